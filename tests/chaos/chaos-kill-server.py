#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of the server while people draw: at random moments, or on entering a system call.

With --syscalls the server runs under strace, which kills it in the n-th call of one kind in one of its
threads: before a write, a sync, an answer, in the middle of a recovery. Prints TAP and figures.
"""
import collections
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import crowd as crowds  # noqa: E402
import people  # noqa: E402

# How far a life under a storm gets in each; most die within a second.
SYSCALLS = {"fdatasync": 40, "pwrite64": 200, "sendto": 60, "sendmsg": 30, "recvfrom": 60, "unlink": 3,
            "ftruncate": 3, "openat": 30, "fcntl": 150, "close": 20}
STORM = 40  # ops of each bot that a life may take


def kill_at_random(crowd):
    crowd.server.start()
    if crowd.chance.random() < 0.7:  # else some are still waiting to try again
        crowd.come_back()
    time.sleep(crowd.chance.uniform(0.05, 1.2))
    if crowd.chance.random() < 0.5:  # in the middle of a storm
        crowd.burst(20)
        time.sleep(crowd.chance.uniform(0, 0.03))
    crowd.server.kill()
    return True


def kill_in_syscall(crowd, deaths):
    """One life that ends in a system call, at the start or under a storm. Whether it did."""
    name = crowd.chance.choice(list(SYSCALLS))
    nth = crowd.chance.randint(1, SYSCALLS[name])
    crowd.server.prefix = crowds.strace(name, f"signal=SIGKILL:when={nth}")
    started = crowd.server.start_if_it_can()
    if started:
        crowd.come_back()
        wanted = crowd.count_submitted() + STORM * len(crowd.bots)
        crowd.burst(10)
        # A life is as long as what is done in it, however long that takes here.
        people.wait_for("the storm to be over",
                        lambda: crowd.server.is_gone() or crowd.count_acknowledged() >= wanted)
        if not crowd.server.is_gone():
            crowd.server.kill()
            return False
        crowd.server.wait_gone()
    deaths[name] += 1
    deaths["at the start"] += not started
    return True


def make_trouble(crowd):
    options, in_flight, kills, lives, deaths = crowd.options, 0, 0, 0, collections.Counter()
    crowd.server.kill()
    while kills < options.kills:
        lives += 1
        if lives > 6 * options.kills:
            raise people.Failure(f"the server does not die in its system calls: {dict(deaths)}")
        kills += kill_in_syscall(crowd, deaths) if options.syscalls else kill_at_random(crowd)
        in_flight += crowd.count_in_flight()
        time.sleep(crowd.chance.choice([0, 0, 0.1, 0.4]))
    crowd.server.prefix = []
    crowd.server.start()
    crowd.come_back()
    crowd.figures |= {"kills": options.kills, "in_flight_at_kills": in_flight}
    crowd.figures |= {"deaths": dict(deaths)} if options.syscalls else {}
    # A checker that saw no op cut off has checked nothing.
    crowd.expect(in_flight > 0, "no op was on its way at any kill")


def run(options, directory, log):
    server = people.Server(options.build, directory / "server", log)
    with crowds.gathered(options, directory, log, server) as crowd:
        return crowds.play(crowd, make_trouble)


if __name__ == "__main__":
    crowds.main(__doc__, run, "{kills} kills of the server", kills=8, syscalls=False)
