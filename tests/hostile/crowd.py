#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""crowd.py VICTIM: many strangers at once, and a quiet client who has to be served meanwhile."""
import sys
import threading
import time
import zlib

from wire import PATIENCE, Failure, Program, Tap, Wire, mask

N_HALF_HEADS, N_DRIPS = 500, 100
N_CYCLES = 1000
N_READERS, N_DEAF = 50, 5
MAX_BUFFERED = 1024 * 1024
EVENT = 10000
MAX_LEFT_PER_CYCLE = 48  # bytes: a leaked object is more
N_BOMBS, BOMB = 50, 64 * 1024 * 1024
MAX_MESSAGE = 1000000  # what the server takes unless it is told otherwise


def wait_for(what, condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise Failure(f"waited in vain for {what}")
        time.sleep(0.01)


def newcomer(server):
    """Somebody new gets in and is answered."""
    wire = Wire(server.port)
    wire.join()
    wire.ack(b"echo")
    wire.close()


def half_heads(server, tap):
    wires = [Wire(server.port) for _ in range(N_HALF_HEADS)]
    for wire in wires:
        wire.send(b"GET /socket.io/ HTTP/1.1\r\nHo")
    newcomer(server)
    for wire in wires:
        while not wire.ended:
            wire.fill()
        wire.close()


def drips(server, tap):
    """A byte now and then keeps nobody: the head as a whole has its time."""
    wires = [Wire(server.port) for _ in range(N_DRIPS)]
    for wire in wires:
        wire.send(b"GET /socket.io/ HTTP/1.1\r\nHost: ")
    newcomer(server)
    deadline, rounds = time.monotonic() + PATIENCE, 0
    while not all(wire.ended for wire in wires):
        if time.monotonic() > deadline:
            raise Failure(f"{sum(not wire.ended for wire in wires)} drip on")
        for wire in wires:
            wire.drain()
            if not wire.ended:
                wire.send(b"x")
        rounds += 1
        time.sleep(0.1)
    tap.note(f"all closed after {rounds} bytes of each")
    newcomer(server)


# What a parser that calls itself dies of, and a tree that is walked by such a one.
NESTS = [b"[" * 80000, b'{"a":' * 60000, b"[" * 200000 + b"]" * 200000, b"[" * 17 + b"]" * 17]


def deep_nests(server, tap):
    """With a stack of 256 KiB, of which a level of JSON takes a hundred bytes at the least."""
    for nest in NESTS:
        wire = Wire(server.port)
        wire.join()
        wire.text(b'42["echo",' + nest + b"]")
        wait_for("the nest to be refused", lambda: is_cut(wire))  # pylint: disable=cell-var-from-loop
        wire.close()
        newcomer(server)


def flood(server, tap, n=1):
    quiet, flooders = Wire(server.port), [Wire(server.port) for _ in range(n)]
    for wire in [quiet, *flooders]:
        wire.join()
    frames, stop = mask(0x81, b'42["silence"]') * 5000, threading.Event()

    def run(flooder):
        while not stop.is_set():
            flooder.socket.sendall(frames)

    threads = [threading.Thread(target=run, args=(flooder,)) for flooder in flooders]
    for thread in threads:
        thread.start()
    trips = []
    try:
        for number in range(200):
            start = time.monotonic()
            quiet.ack(b"echo", number)
            trips.append((time.monotonic() - start) * 1000)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    trips.sort()
    tap.note(f"beside {n} who flood: median {trips[100]:.2f} ms, worst {trips[-1]:.2f} ms")


def no_descriptors(server, tap):
    """The server may have 60 descriptors; 200 come."""
    wires, cpu = [Wire(server.port) for _ in range(200)], server.cpu()
    time.sleep(1)
    cpu = server.cpu() - cpu
    for wire in wires:
        wire.close()
    tap.note(f"a second without descriptors takes {cpu:.2f} s of CPU")
    if cpu > 0.5:
        raise Failure("it spins")
    # It has to notice first that the others have gone.
    wait_for("a newcomer to be let in", lambda: is_let_in(server))


def is_let_in(server):
    try:
        newcomer(server)
    except (Failure, OSError):
        return False
    return True


def deaf_readers(server, tap):
    wires = [Wire(server.port, buffer=4096 if i < N_DEAF else None) for i in range(N_READERS)]
    for wire in wires:
        wire.join()
    before, most = server.rss(), 0
    for _ in range(40):
        wires[-1].text(b'42["pour",20,%d]' % EVENT)
        for wire in wires[N_DEAF:]:
            for _ in range(20):
                _, data = wire.frame()
                if len(data) < EVENT:
                    raise Failure(f"{data[:80]!r}")
        most = max(most, server.rss() - before)
    wait_for("the slow ones to be closed", lambda: all(is_cut(wire) for wire in wires[:N_DEAF]))
    tap.note(f"RSS grew by {most} KiB at most")
    if most > N_DEAF * MAX_BUFFERED * 1.1 / 1024 + 4096:
        raise Failure(f"RSS grew by {most} KiB")
    for wire in wires[N_DEAF:]:
        wire.ack(b"echo")
    for wire in wires:
        wire.close()


def bombs(server, tap):
    """Each is 64 KiB on its way, and would be 64 MiB."""
    packer = zlib.compressobj(9, wbits=-15)
    bomb = packer.compress(b"4" * BOMB) + packer.flush(zlib.Z_SYNC_FLUSH)[:-4]
    before, most = server.rss(), 0
    for first in (0xC1, 0xC2) * (N_BOMBS // 2):
        wire = Wire(server.port)
        wire.switch(extension="permessage-deflate")
        wire.frame()
        wire.send(mask(first, bomb))
        opcode, data = wire.frame()
        if (opcode, data) != (0x88, b"\x03\xf1"):
            raise Failure(f"{opcode:x} {data[:80]!r} instead of 1009")
        wire.expect_end()
        wire.close()
        most = max(most, server.rss() - before)
    newcomer(server)
    tap.note(f"RSS grew by {most} KiB at most")
    if most > 4 * MAX_MESSAGE / 1024:
        raise Failure(f"RSS grew by {most} KiB")


def is_cut(wire):
    wire.drain()
    return wire.ended


def cycles(server, tap):
    watcher = Wire(server.port)
    watcher.join()

    def heap():
        return int(watcher.ack(b"heap"))

    for _ in range(100):
        newcomer(server)
    time.sleep(0.2)
    before = heap()
    for _ in range(N_CYCLES):
        newcomer(server)
    wait_for("the heap to be where it was", lambda: heap() - before <= N_CYCLES * MAX_LEFT_PER_CYCLE)
    tap.note(f"{(heap() - before) / N_CYCLES:.1f} bytes a cycle")


def five_floods(server, tap):
    flood(server, tap, 5)


SCENES = [("A1 500 half heads", half_heads, ["head-timeout=2000"], []),
          ("A1 100 who drip", drips, ["head-timeout=2000"], []),
          ("A2 a flooder beside a quiet client", flood, [], []),
          ("A2 five flooders beside a quiet client", five_floods, [], []),
          ("A4 50 bombs", bombs, ["per-message-deflate=1024"], []),
          ("A5 no descriptors left", no_descriptors, [], ["--nofile=60"]),
          ("A6 nests, and a small stack", deep_nests, ["--strict"], ["--stack=262144"]),
          ("N5 5 of 50 do not read", deaf_readers, [f"max-buffered={MAX_BUFFERED}"], []),
          ("1,000 come and go", cycles, [], [])]


def main(victim):
    tap = Tap()
    for name, scene, options, limits in SCENES:
        server = Program([victim] + options, limits=limits)
        try:
            scene(server, tap)
            problem = None if server.is_running() else "\n".join(server.last_words())
        except (Failure, OSError) as failure:
            problem = f"{type(failure).__name__} {failure}"
        status = server.stop()
        tap.result(name, problem or (f"status {status}" if status else None))
    return tap.end()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
