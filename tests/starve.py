#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""starve.py PROGRAM...: runs it, and keeps it and all that it starts waiting at moments that nobody chose.

What a busy machine does to a test now and then this does all the time: a process is stopped for up to STARVE_LONGEST
seconds (default 0.4), or one thread of it gets what the others leave, about every STARVE_EVERY seconds
(default 0.25). A test that fails here and not alone asserts what the scheduler decides. To be used as
meson test --wrapper; its exit status is the program's.
"""
import contextlib
import os
import random
import signal
import subprocess
import sys
import threading

LONGEST = float(os.environ.get("STARVE_LONGEST", "0.4"))
EVERY = float(os.environ.get("STARVE_EVERY", "0.25"))


def family(pid):
    """The process and all that it started."""
    yield pid
    with contextlib.suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as children:
                for child in children.read().split():
                    yield from family(int(child))


def is_stopped(pid):
    with contextlib.suppress(OSError), open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
        return stat.read().rpartition(")")[2].split()[0] in "Tt"
    return True


def stop(pid, seconds, over):
    # Who is stopped by the test itself has to stay so.
    if not is_stopped(pid):
        os.kill(pid, signal.SIGSTOP)
        over.wait(seconds)
        os.kill(pid, signal.SIGCONT)


def starve(pid, seconds, over, chance):
    thread = int(chance.choice(os.listdir(f"/proc/{pid}/task")))
    os.sched_setscheduler(thread, os.SCHED_IDLE, os.sched_param(0))
    over.wait(seconds)
    os.sched_setscheduler(thread, os.SCHED_OTHER, os.sched_param(0))


def annoy(pid, over):
    chance = random.Random()
    while not over.wait(chance.expovariate(1 / EVERY)):
        someone = chance.choice(list(family(pid)))
        # It may have ended by now.
        with contextlib.suppress(OSError):
            if chance.random() < 0.6:
                stop(someone, chance.choice([0.02, 0.08, LONGEST * chance.random()]), over)
            else:
                starve(someone, LONGEST * chance.random(), over, chance)


def main(command):
    child, over = subprocess.Popen(command), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: child.send_signal(number))
    thread = threading.Thread(target=annoy, args=(child.pid, over))
    thread.start()
    status = child.wait()
    over.set()
    thread.join()
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
