# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Raw connections to a server, and servers to connect to: what the hostile tests are written in."""
import os
import queue
import re
import select
import socket
import struct
import subprocess
import threading
import time

PATIENCE = 120.0  # seconds for anything that has to happen
POLLING = "/socket.io/?EIO=4&transport=polling"
WEBSOCKET = "/socket.io/?EIO=4&transport=websocket"
SWITCH = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
          "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}


class Failure(Exception):
    pass


def mask(first, data):
    """A frame of a client; first: its first byte."""
    size = len(data)
    if size < 126:
        head = struct.pack("!BB", first, 0x80 | size)
    elif size < 65536:
        head = struct.pack("!BBH", first, 0x80 | 126, size)
    else:
        head = struct.pack("!BBQ", first, 0x80 | 127, size)
    # A key of noughts: masked all the same.
    return head + b"\0\0\0\0" + data


def request(method, target, host, headers=(), body=None):
    fields = {"Host": host, **dict(headers)}
    if body is not None and not {"content-length", "transfer-encoding"} & {n.lower() for n in fields}:
        fields["Content-Length"] = str(len(body))
    head = f"{method} {target} HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in fields.items() if v is not None)
    return head.encode("latin-1") + b"\r\n" + (body or b"")


class Wire:
    """One TCP connection."""

    def __init__(self, port, source="127.0.0.1", buffer=None):
        self.socket = socket.socket()
        if buffer is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.socket.bind((source, 0))
        self.socket.settimeout(PATIENCE)
        self.socket.connect(("127.0.0.1", port))
        self.host = f"127.0.0.1:{port}"
        self.input = b""
        self.ended = False

    def send(self, data):
        """Sends, and reads what comes meanwhile: a peer may answer before it has taken everything."""
        view = memoryview(data)
        while view and not self.ended:
            readable, writable, _ = select.select([self.socket], [self.socket], [], PATIENCE)
            if not readable and not writable:
                raise Failure("the server takes nothing")
            try:
                if writable:
                    view = view[self.socket.send(view):]
                elif readable:
                    self.fill()
            except ConnectionError:
                # What it said before it hung up may still be there.
                self.drain()
                self.ended = True

    def fill(self):
        """Waits for more; False at the end."""
        try:
            data = self.socket.recv(65536)
        except socket.timeout:
            raise Failure(f"nothing came; so far {self.input[:80]!r}") from None
        except ConnectionError:
            data = b""
        self.input += data
        self.ended = self.ended or not data
        return bool(data)

    def drain(self):
        while not self.ended and select.select([self.socket], [], [], 0)[0]:
            self.fill()

    def need(self, n):
        while len(self.input) < n:
            if self.ended or not self.fill():
                raise Failure(f"ended after {self.input[:80]!r}")

    def take(self, n):
        self.need(n)
        data, self.input = self.input[:n], self.input[n:]
        return data

    def close(self):
        self.socket.close()

    def reset(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def expect_end(self):
        """Nothing more comes, and then the end."""
        while not self.ended:
            self.fill()
        if self.input:
            raise Failure(f"{self.input[:80]!r} instead of the end")

    # --- HTTP ---

    def ask(self, method, target, headers=(), body=None):
        self.send(request(method, target, self.host, headers, body))

    def answer(self):
        """(status, head, body) of the next answer."""
        while b"\r\n\r\n" not in self.input:
            self.need(len(self.input) + 1)
        head, _, self.input = self.input.partition(b"\r\n\r\n")
        match = re.match(rb"HTTP/1\.1 (\d{3}) ", head)
        if match is None:
            raise Failure(f"{head[:80]!r} is no answer")
        length = re.search(rb"\r\nContent-Length: *(\d+)", head, re.I)
        status = int(match.group(1))
        if length is not None:
            body = self.take(int(length.group(1)))
        elif status in (101, 204):
            body = b""
        elif re.search(rb"\r\nTransfer-Encoding: *chunked", head, re.I):
            body = self.chunks()
        else:
            while not self.ended:
                self.fill()
            body, self.input = self.input, b""
        return status, head, body

    def chunks(self):
        body = b""
        while True:
            while b"\r\n" not in self.input:
                self.need(len(self.input) + 1)
            size, _, self.input = self.input.partition(b"\r\n")
            piece = self.take(int(size, 16) + 2)[:-2]
            if not piece:
                return body
            body += piece

    # --- websocket ---

    def switch(self, target=WEBSOCKET, extension=None):
        """extension: one that the server has to accept."""
        self.ask("GET", target, {**SWITCH, "Sec-WebSocket-Extensions": extension})
        status, head, body = self.answer()
        if status != 101 or (extension or "").encode() not in head:
            raise Failure(f"{status} {body[:80]!r} instead of a websocket")

    def text(self, data):
        self.send(mask(0x81, data))

    def frame(self):
        """(first byte, data) of the next frame; answers heartbeats by itself."""
        while True:
            first, size = self.take(2)
            if size == 126:
                size, = struct.unpack("!H", self.take(2))
            elif size == 127:
                size, = struct.unpack("!Q", self.take(8))
            data = self.take(size)
            if (first, data) != (0x81, b"2"):
                return first, data
            self.text(b"3")

    def join(self, nsp=b""):
        """An Engine.IO session on websocket, and in it a socket of "/" or of nsp, "/name,"."""
        self.switch()
        self.frame()
        self.text(b"40" + nsp)
        first, data = self.frame()
        if first != 0x81 or not data.startswith(b"40" + nsp + b"{"):
            raise Failure(f"{data[:80]!r} instead of a CONNECT")

    def ack(self, event, number=0):
        """The first value of the answer to an event without arguments, as text."""
        self.text(b'42%d["%s"]' % (number, event))
        while True:
            first, data = self.frame()
            match = re.fullmatch(rb"43%d\[(.*)\]" % number, data)
            if match is not None:
                return match.group(1)
            if first == 0x88:
                raise Failure(f"closed instead of an answer to {event!r}")


class Program:
    """A server that prints its address and ends with its standard input or, by_signal, by SIGTERM."""

    def __init__(self, argv, by_signal=False, environment=None, limits=()):
        """limits: as prlimit takes them."""
        self.by_signal = by_signal
        prefix = ["prlimit", *limits] if limits else []
        self.process = subprocess.Popen(
            prefix + argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "G_DEBUG": "fatal-criticals", **(environment or {})})
        self.stderr = queue.SimpleQueue()
        threading.Thread(target=self.read_stderr, daemon=True).start()
        line = self.process.stdout.readline().decode()
        match = re.search(r"ready .*?(\d+)$", line.strip())
        if match is None:
            raise Failure(f"{argv[0]} said {line!r}")
        self.port = int(match.group(1))

    def read_stderr(self):
        for line in self.process.stderr:
            self.stderr.put(line.decode("utf-8", "replace").rstrip())

    def last_words(self):
        time.sleep(0.2)
        lines = []
        while not self.stderr.empty():
            lines.append(self.stderr.get())
        return lines[-20:]

    def is_running(self):
        return self.process.poll() is None

    def rss(self):
        """KiB."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1))

    def n_files(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def cpu(self):
        """Seconds."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        """The exit status; a server that has to be killed was hanging."""
        self.process.stdin.close()
        if self.by_signal:
            self.process.terminate()
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


class Tap:
    """Test Anything Protocol, one line a test."""

    def __init__(self):
        self.number = self.failed = 0

    def result(self, name, problem=None):
        self.number += 1
        for line in (problem or "").splitlines():
            print(f"# {line}")
        print(f"{'not ok' if problem else 'ok'} {self.number} - {name}", flush=True)
        self.failed += bool(problem)

    def note(self, text):
        print(f"# {text}", flush=True)

    def end(self):
        print(f"1..{self.number}")
        return 1 if self.failed or not self.number else 0
