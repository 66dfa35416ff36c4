# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ways to a server that are worse than loopback: a network that loses and delays, a proxy that
lets no websocket through and keeps what passes."""
import asyncio
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time

import people

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 1, 0x1000
HERE, THERE = "10.213.77.1", "10.213.77.2"


def _ip(*arguments):
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


class LossyNetwork:
    """A network of its own, reached over a line that loses and delays packets; needs root.

    there(): what a program is run by to be at its other end; it reaches this side as HERE.
    """

    def __init__(self, loss, milliseconds, seed):
        self.loss, self.delay, self.chance = loss, milliseconds / 1000, random.Random(seed)
        self.name = f"chaos-{os.getpid()}"
        self.ends, self.passed, self.lost = [], 0, 0
        self.running = False

    def _open_end(self, device):
        end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        self.ends.append(end)
        fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH22x", device.encode(), IFF_TUN | IFF_NO_PI))

    def __enter__(self):
        if os.geteuid() != 0:
            raise people.Skip("a network of its own needs root")
        near, far = f"ca{os.getpid()}", f"cb{os.getpid()}"
        try:
            _ip("netns", "add", self.name)
            self._open_end(near)
            self._open_end(far)
            _ip("link", "set", far, "netns", self.name)
            for where, device, address in (([], near, HERE), (["-n", self.name], far, THERE)):
                _ip(*where, "addr", "add", f"{address}/24", "dev", device)
                _ip(*where, "link", "set", device, "up")
        except (OSError, subprocess.CalledProcessError) as error:
            self.__exit__()
            raise people.Skip(f"no network can be made here: {error}") from error
        self.running = True
        self.carrier = threading.Thread(target=self._carry, daemon=True)
        self.carrier.start()
        return self

    def __exit__(self, *_):
        if self.running:
            self.running = False
            self.carrier.join(people.PATIENCE)
        for end in self.ends:
            os.close(end)
        subprocess.run(["ip", "netns", "del", self.name], capture_output=True)

    def there(self):
        return ["ip", "netns", "exec", self.name]

    def _take(self, index, due):
        """Reads what is there; half of the delay of a round trip, a tenth more or less, which reorders."""
        while True:
            try:
                packet = os.read(self.ends[index], 65536)
            except BlockingIOError:
                return
            if self.chance.random() < self.loss:
                self.lost += 1
                continue
            self.passed += 1
            at = time.monotonic() + self.delay / 2 * self.chance.uniform(0.9, 1.1)
            heapq.heappush(due, (at, self.passed, 1 - index, packet))

    def _carry(self):
        due = []
        while self.running:
            wait = min(0.2, max(0, due[0][0] - time.monotonic())) if due else 0.2
            for end in select.select(self.ends, [], [], wait)[0]:
                self._take(self.ends.index(end), due)
            while due and due[0][0] <= time.monotonic():
                _, _, index, packet = heapq.heappop(due)
                try:
                    os.write(self.ends[index], packet)
                except OSError:
                    self.lost += 1


class Proxy:
    """Between clients and a server: passes bytes on and hands each piece to on_bytes(connection,
    from_client, piece); with websockets=False it ends every connection that asks for one."""

    def __init__(self, port, on_bytes=None, websockets=True):
        self.target, self.on_bytes, self.websockets = port, on_bytes or (lambda *piece: None), websockets
        self.refused = self.connections = 0
        self.loop = asyncio.new_event_loop()
        self.ready = threading.Event()

    def __enter__(self):
        threading.Thread(target=self._run, daemon=True).start()
        self.ready.wait(people.PATIENCE)
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.loop.stop)

    def _run(self):
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self.ready.set()
        self.loop.run_forever()

    async def _serve(self, reader, writer):
        try:
            first = await reader.read(65536)
            if not self.websockets and b"upgrade: websocket" in first.lower():
                self.refused += 1
                writer.close()
                return
            there, to_there = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        self.connections += 1
        number = self.connections
        self.on_bytes(number, True, first)
        to_there.write(first)
        await asyncio.gather(self._pass(number, True, reader, to_there), self._pass(number, False, there, writer))

    async def _pass(self, number, from_client, reader, writer):
        try:
            while piece := await reader.read(65536):
                self.on_bytes(number, from_client, piece)
                writer.write(piece)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()
