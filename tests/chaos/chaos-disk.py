#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that fails the server while people draw: full, broken, read-only.

Nothing is acknowledged that is not in the file, what fails is counted and said in the log, nobody's
connection ends, and drawing goes on as soon as it can. --full: a small filesystem of its own is really filled
(needs root); else system calls of the server fail under strace. Prints TAP and figures.
"""
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import crowd as crowds  # noqa: E402
import disks  # noqa: E402
import people  # noqa: E402

# Which calls of the writing thread fail, and how: from the when-th on, so many.
FAULTS = [("fdatasync", "EIO", 12, 2), ("pwrite64", "ENOSPC", 90, 4), ("fdatasync", "EIO", 9, 1),
          ("pwrite64", "EIO", 60, 3), ("pwrite64", "EROFS", 80, 5), ("fdatasync", "ENOSPC", 10, 4),
          ("ftruncate", "EIO", 1, 2), ("pwrite64", "EDQUOT", 50, 3)]
STILL = 0.5  # seconds: nobody is acknowledged while the disk is full


def live_with(crowd, fault):
    """One life of the server in which some calls fail. How many commits did."""
    syscall, error, when, n = fault
    crowd.server.prefix = crowds.strace(syscall, f"error={error}:when={when}..{when + n - 1}")
    if not crowd.server.start_if_it_can():  # what failed was the opening of the file
        return 1
    crowd.come_back()
    crowd.burst(5)
    people.wait_for("a commit that fails", lambda: crowd.server.read_metric("failed_commits_total"))
    crowd.wait_for_acks(3 * len(crowd.bots))
    failed = crowd.server.read_metric("failed_commits_total")
    crowd.server.kill()  # with whatever the failure has left behind
    return failed


def fail_now_and_then(crowd):
    lives, failed = crowd.options.lives, 0
    crowd.server.kill()
    for life in range(lives):
        fault = FAULTS[life % len(FAULTS)]
        try:
            failed += live_with(crowd, fault)
        except people.Failure as failure:
            raise people.Failure(f"{fault}: {failure}") from failure
    crowd.server.prefix = []
    crowd.server.start()
    crowd.come_back()
    crowd.figures |= {"lives": lives, "failed_commits": failed}
    crowd.expect(failed >= lives, "some lives saw no failure")


def fill_up(crowd):
    """Fills the disk, sees that nobody is told that anything is stored, and gives room again."""
    joins = crowd.server.read_metric("joins_total")
    crowd.disk.fill()
    people.wait_for("a commit that fails", lambda: crowd.server.read_metric("failed_commits_total"))
    # The file may have had a page left: from some moment on there is none.
    people.wait_for("no more acknowledgements", lambda: stands_still(crowd))
    waiting = crowd.count_in_flight()
    crowd.expect(waiting > 0, "nothing waited for a full disk")
    started = time.monotonic()
    crowd.disk.empty()
    crowd.wait_for_acks(waiting)
    crowd.expect(crowd.server.read_metric("joins_total") == joins, "somebody's connection ended")
    return round(time.monotonic() - started, 2)


def stands_still(crowd):
    before = crowd.count_acknowledged()
    time.sleep(STILL)
    return crowd.count_acknowledged() == before


def fill_really(crowd):
    resumed = []
    for _ in range(crowd.options.lives):
        resumed.append(fill_up(crowd))
    crowd.figures |= {"times_full": len(resumed), "resumed_after_seconds": resumed}
    # Nothing that was taken is unsaid by a start on a disk that cannot be written.
    crowd.server.kill()
    crowd.disk.set_read_only(True)
    crowd.expect(not crowd.server.start_if_it_can(), "the server starts on a disk that it cannot write")
    crowd.expect(crowd.server.process.returncode == 1, "it does not say so by its exit status")
    crowd.disk.set_read_only(False)
    crowd.server.start()
    crowd.come_back()


def run(options, directory, log):
    if options.full:
        return disks.play(options, directory, log, 16, fill_really)
    server = people.Server(options.build, directory / "server", log)
    with crowds.gathered(options, directory, log, server) as crowd:
        return crowds.play(crowd, fail_now_and_then)


if __name__ == "__main__":
    crowds.main(__doc__, run, "a disk that fails", lives=4, full=False)
