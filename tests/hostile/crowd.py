#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""crowd.py VICTIM: many strangers at once, and a quiet client who has to be served meanwhile."""
import sys
import threading
import time

from wire import PATIENCE, Failure, Program, Tap, Wire, mask

N_HALF_HEADS = 500
N_CYCLES = 1000
N_READERS, N_DEAF = 50, 5
MAX_BUFFERED = 1024 * 1024
EVENT = 10000
MAX_LEFT_PER_CYCLE = 48  # bytes: a leaked object is more


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


def flood(server, tap):
    quiet, flooder = Wire(server.port), Wire(server.port)
    quiet.join()
    flooder.join()
    frames, stop = mask(0x81, b'42["silence"]') * 5000, threading.Event()

    def run():
        while not stop.is_set():
            flooder.socket.sendall(frames)

    thread = threading.Thread(target=run)
    thread.start()
    trips = []
    try:
        for number in range(200):
            start = time.monotonic()
            quiet.ack(b"echo", number)
            trips.append((time.monotonic() - start) * 1000)
    finally:
        stop.set()
        thread.join()
    trips.sort()
    tap.note(f"beside a flood: median {trips[100]:.2f} ms, worst {trips[-1]:.2f} ms")


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


SCENES = [("A1 500 half heads", half_heads, ["head-timeout=2000"], None),
          ("A2 a flooder beside a quiet client", flood, [], None),
          ("A5 no descriptors left", no_descriptors, [], 60),
          ("N5 5 of 50 do not read", deaf_readers, [f"max-buffered={MAX_BUFFERED}"], None),
          ("1,000 come and go", cycles, [], None)]


def main(victim):
    tap = Tap()
    for name, scene, options, nofile in SCENES:
        server = Program([victim] + options, nofile=nofile)
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
