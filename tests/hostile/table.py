#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""table.py TABLE TARGET PROGRAM: does to a running server what the rows of the table say.

TARGET: default, strict (the victim, PROGRAM), board (drawbridge-server, PROGRAM), or reference
(PROGRAM is server.cjs; NODE_PATH leads to socket.io): the last only says where it differs. The table
explains its own language. Between the rows somebody else, who was there first, has to be served.
"""
import os
import re
import sys
import tempfile
import threading
import time

import wire
from wire import POLLING, SWITCH, WEBSOCKET, Failure, Program, Tap, Wire, mask

# Milliseconds, so that nobody waits long for a deadline.
TIMEOUTS = {"connect-timeout": 1500, "attachment-timeout": 1000, "upgrade-timeout": 1000, "head-timeout": 1000}
# Bytes that one row may leave in the server's heap once its connections are gone.
MAX_LEFT = 64 * 1024
MAX_RSS = 16 * 1024  # KiB that all rows together may leave

ESCAPE = re.compile(rb"\\x([0-9a-fA-F]{2})|\\([rnt0\\])")
LETTERS = {b"r": b"\r", b"n": b"\n", b"t": b"\t", b"0": b"\0", b"\\": b"\\"}
CODES = {0: "Transport unknown", 1: "Session ID unknown", 2: "Bad handshake method", 3: "Bad request",
         4: "Forbidden", 5: "Unsupported protocol version"}


def expand(text, names):
    """Bytes: \\xhh \\r \\n \\0, <N*text> repeated, {name} replaced."""
    for name, value in names.items():
        text = text.replace("{" + name + "}", value)
    data = text.encode("utf-8")
    data = re.sub(rb"<(\d+)\*([^>]*)>", lambda m: m.group(2) * int(m.group(1)), data)
    return ESCAPE.sub(lambda m: bytes([int(m.group(1), 16)]) if m.group(1) else LETTERS[m.group(2)], data)


class Row:
    """One row on one server: the verbs of the table are its methods do_*."""

    def __init__(self, server):
        self.port = server.port
        self.wires = {}
        self.sid = ""
        self.joined = ""
        self.said = 0

    def wire(self, name="a"):
        if name not in self.wires:
            self.wires[name] = Wire(self.port, "127.0.0.2" if name == "far" else "127.0.0.1")
        return self.wires[name]

    def names(self):
        return {"polling": POLLING, "websocket": WEBSOCKET, "sid": self.sid, "host": f"127.0.0.1:{self.port}",
                "session": f"{POLLING}&sid={self.sid}",
                "switch": "".join(f"{name}: {value}\\r\\n" for name, value in SWITCH.items())}

    def close(self):
        for wire in self.wires.values():
            wire.close()

    def step(self, line):
        """[NAME:] VERB [REST]"""
        match = re.fullmatch(r"(?:(\w+): )?(->|\w+) ?(.*)", line)
        name, verb, rest = match.groups()
        wire = self.wire(name or "a")
        if verb == "->":
            self.expect(wire, name or "a", rest)
        else:
            getattr(self, "do_" + verb)(wire, rest)

    # --- what is done ---

    def do_http(self, wire, rest):
        """METHOD TARGET [| Name: value]... [| =body]"""
        line, *parts = rest.split(" | ")
        method, target = line.split(" ", 1)
        headers, body = {}, None
        for part in parts:
            if part.startswith("="):
                body = expand(part[1:], self.names())
            elif part == "switch":
                headers.update(SWITCH)
            else:
                name, _, value = part.partition(":")
                headers[name] = expand(value.strip(), self.names()).decode("latin-1") if value else None
        wire.ask(method, expand(target, self.names()).decode("latin-1"), headers, body)

    def do_raw(self, wire, rest):
        wire.send(expand(rest, self.names()))

    def do_polling(self, wire, rest):
        """Opens a session."""
        wire.ask("GET", POLLING)
        status, _, body = wire.answer()
        self.sid = re.search(rb'"sid":"([^"]+)"', body).group(1).decode()

    def do_post(self, wire, rest):
        wire.ask("POST", f"{POLLING}&sid={self.sid}", {}, expand(rest, self.names()))

    def do_get(self, wire, rest):
        wire.ask("GET", f"{POLLING}&sid={self.sid}")

    def do_settle(self, wire, rest):
        """Until the server has taken what was sent. Nothing says so; it has answered somebody who came later."""
        time.sleep(0.03)
        other = Wire(self.port)
        other.ask("GET", "/nowhere")
        other.answer()
        other.close()

    def do_websocket(self, wire, rest):
        wire.switch()
        _, data = wire.frame()
        self.sid = re.search(rb'"sid":"([^"]+)"', data).group(1).decode()

    def do_join(self, wire, rest):
        wire.join(rest.encode())
        self.joined = rest

    def do_candidate(self, wire, rest):
        """A websocket for the session."""
        wire.switch(f"{WEBSOCKET}&sid={self.sid}")

    def do_text(self, wire, rest):
        wire.text(expand(rest, self.names()))

    def do_binary(self, wire, rest):
        wire.send(mask(0x82, expand(rest, self.names())))

    def do_frame(self, wire, rest):
        """FIRST [DATA]"""
        first, _, data = rest.partition(" ")
        wire.send(mask(int(first, 16), expand(data, self.names())))

    def do_frames(self, wire, rest):
        """N FIRST [DATA]"""
        n, first, *data = rest.split(" ", 2)
        wire.send(mask(int(first, 16), expand("".join(data), self.names())) * int(n))

    def do_drip(self, wire, rest):
        """One byte now and then until the other side has enough; then what is left unsaid stays so."""
        deadline = time.monotonic() + 60
        for byte in expand(rest, self.names()):
            if wire.ended:
                return
            if time.monotonic() > deadline:
                raise Failure("dripped for a minute")
            wire.send(bytes([byte]))
            time.sleep(0.05)
            wire.drain()
        raise Failure("all of it was taken")

    def do_end(self, wire, rest):
        wire.socket.shutdown(1)

    def do_reset(self, wire, rest):
        wire.reset()

    # --- what is expected ---

    def expect(self, wire, name, what):
        verb, _, rest = what.partition(" ")
        if re.match(r"\d{3}", verb):
            self.expect_answer(wire, verb, rest)
        else:
            getattr(self, "expect_" + verb)(wire, rest)

    def expect_answer(self, wire, status, rest):
        """NNN[{code}] [body]; "..." in a body stands for anything."""
        got, _, body = wire.answer()
        match = re.fullmatch(r"(\d{3})(?:\{(\d)\})?", status)
        if match.group(2):
            rest = '{"code":%s,"message":"%s"}' % (match.group(2), CODES[int(match.group(2))])
        if got != int(match.group(1)) or (rest and not self.matches(body, rest)):
            raise Failure(f"{got} {body[:200]!r}")

    def matches(self, data, pattern):
        parts = [re.escape(expand(part, self.names())) for part in pattern.split("...")]
        return re.fullmatch(b".*".join(parts), data, re.S) is not None

    def expect_text(self, wire, rest):
        first, data = wire.frame()
        if first != 0x81 or not self.matches(data, rest):
            raise Failure(f"{first:#x} {data[:200]!r}")

    def expect_binary(self, wire, rest):
        first, data = wire.frame()
        if first != 0x82 or not self.matches(data, rest):
            raise Failure(f"{first:#x} {data[:200]!r}")

    def expect_close(self, wire, rest):
        """[CODE]: a close frame with or without a code, then the end."""
        first, data = wire.frame()
        code = str(int.from_bytes(data[:2], "big")) if data else ""
        if first != 0x88 or code != rest:
            raise Failure(f"{first:#x} {data[:200]!r}")
        wire.expect_end()

    def expect_end(self, wire, rest):
        wire.expect_end()

    def expect_cut(self, wire, rest):
        """The end, whatever came before it."""
        while not wire.ended:
            wire.fill()

    def expect_open(self, wire, rest):
        """Another request is answered."""
        wire.ask("GET", "/nowhere")
        status, _, _ = wire.answer()
        if status != 404:
            raise Failure(f"{status} instead of 404")

    def expect_pong(self, wire, rest):
        """The websocket lives, and nothing came before the answer."""
        wire.send(mask(0x89, b"there?"))
        first, data = wire.frame()
        if (first, data) != (0x8a, b"there?"):
            raise Failure(f"{first:#x} {data[:200]!r}")

    def expect_echo(self, wire, rest):
        """The socket lives, and nothing came before the answer."""
        self.said += 1
        text = f'42{self.joined}["echo","still here {self.said}"]'.encode()
        wire.text(text)
        first, data = wire.frame()
        if (first, data) != (0x81, text):
            raise Failure(f"{first:#x} {data[:200]!r}")

    def expect_alive(self, wire, rest):
        """A polling session takes a noop packet."""
        other = Wire(self.port)
        other.ask("POST", f"{POLLING}&sid={self.sid}", {}, b"6")
        status, _, body = other.answer()
        other.close()
        if (status, body) != (200, b"ok"):
            raise Failure(f"{status} {body[:200]!r}")

    def expect_gone(self, wire, rest):
        """There is no such session any more."""
        deadline = time.monotonic() + 10
        while True:
            other = Wire(self.port)
            other.ask("POST", f"{POLLING}&sid={self.sid}", {}, b"6")
            status, _, body = other.answer()
            other.close()
            if b'{"code":1,' in body:
                return
            if time.monotonic() > deadline:
                raise Failure(f"{status} {body[:200]!r}")
            time.sleep(0.01)


class Table:
    """[NAME] begins a row; "@ TARGET..." limits it; "TARGET? STEP" is a step for these targets only."""

    def __init__(self, path, target):
        self.rows = []
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                self.read(line.strip("\n").strip(), number, target)
        self.rows = [row for row in self.rows if target in row[1]]

    def read(self, line, number, target):
        if not line or line.startswith("#"):
            return
        if line.startswith("["):
            # What one target cannot do, a row without steps of its own does not ask of it.
            self.rows.append((line[1:-1], {"default", "strict", "board", "reference"}, []))
            return
        name, targets, steps = self.rows[-1]
        if line.startswith("@ "):
            targets.intersection_update(line[2:].split())
            return
        match = re.match(r"([a-z,]+)\? (.*)", line)
        if match is None:
            steps.append((number, line))
        elif target in match.group(1).split(","):
            steps.append((number, match.group(2)))
        if re.match(r"(\w+: )?join\b", line):
            targets.discard("board")  # nobody joins a board without an invitation

    def slow(self):
        return [row for row in self.rows if row[0].endswith(", slow")]

    def quick(self):
        return [row for row in self.rows if not row[0].endswith(", slow")]


def play(server, row):
    """NULL, or what went wrong."""
    player = Row(server)
    number, line = 0, ""
    try:
        for number, line in row[2]:
            player.step(line)
        return None
    except (Failure, OSError, AttributeError) as problem:
        return f"line {number}: {line[:200]}: {type(problem).__name__} {problem}"
    finally:
        player.close()


class Witness:
    """Somebody who was there before, and has to be served all the time."""

    def __init__(self, server, target):
        self.server, self.speaks = server, target in ("default", "strict")
        self.silent = target == "reference"
        self.wire = Wire(server.port)
        if self.speaks:
            self.wire.join()
        self.longest = 0.0

    def check(self):
        start = time.monotonic()
        if self.speaks:
            self.wire.ack(b"echo")
        else:
            self.wire.ask("GET", "/nowhere")
            self.wire.answer()
        self.longest = max(self.longest, time.monotonic() - start)

    def heap(self):
        return int(self.wire.ack(b"heap")) if self.speaks else 0

    def settled_heap(self, wanted):
        """The heap once the server has noticed who has gone."""
        deadline = time.monotonic() + 3
        while True:
            heap = self.heap()
            if heap <= wanted or time.monotonic() > deadline:
                return heap
            time.sleep(0.01)


def check_row(server, witness, row):
    before = witness.heap()
    problem = play(server, row)
    if witness.silent:
        return problem
    if not server.is_running():
        return (problem or "") + "\nthe server has died\n" + "\n".join(server.last_words())
    try:
        witness.check()
        left = witness.settled_heap(before + MAX_LEFT) - before
    except (Failure, OSError) as failure:
        return f"{problem or ''}\nsomebody else: {failure}"
    if left > MAX_LEFT:
        return f"{problem or ''}\n{left} bytes are left"
    return problem


def start(target, program, directory):
    if target == "board":
        config = os.path.join(directory, "server.conf")
        with open(config, "w", encoding="ascii") as file:
            file.write("[limits]\n" + "".join(f"{name}={TIMEOUTS[name]}\n" for name in ("connect-timeout", "head-timeout")))
        return Program([program, "--memory", "--listen", "127.0.0.1:0", "--config", config], by_signal=True)
    if target == "reference":
        return Program(["node", program, '{"connectTimeout":1500,"upgradeTimeout":1000}'])
    options = [f"{name}={value}" for name, value in TIMEOUTS.items()]
    return Program([program] + (["--strict"] if target == "strict" else []) + options)


def run_slow(server, rows):
    """The slow rows, side by side; returns a dictionary that fills and the threads."""
    problems = {}

    def run(row):
        problems[row[0]] = play(server, row)

    threads = [threading.Thread(target=run, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    return problems, threads


def main(path, target, program):
    tap = Tap()
    table = Table(path, target)
    if target == "reference":
        wire.PATIENCE = 2.0  # it leaves much unanswered
    with tempfile.TemporaryDirectory() as directory:
        server = start(target, program, directory)
        witness = Witness(server, target)
        play(server, ("warm up", (), [(0, "http GET /nowhere"), (0, "-> 404")]))
        rss = server.rss()
        for row in table.quick():
            problem = check_row(server, witness, row)
            if target == "reference":
                tap.result(row[0] + (" # the reference differs" if problem else ""))
                tap.note(problem or "the same")
            else:
                tap.result(row[0], problem)
            if not server.is_running():
                server = start(target, program, directory)
                witness = Witness(server, target)
        problems, threads = run_slow(server, table.slow())
        for thread in threads:
            thread.join()
        for name, problem in problems.items():
            tap.result(name, problem if target != "reference" else None)
        grown = server.rss() - rss
        tap.note(f"the longest that somebody else waited: {witness.longest * 1000:.1f} ms; RSS grew by {grown} KiB")
        if target != "reference":
            tap.result("memory", f"{grown} KiB" if grown > MAX_RSS else None)
            witness.wire.close()
            status = server.stop()
            tap.result("the server ends well", f"status {status}" if status else None)
        else:
            server.stop()
    return tap.end()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
