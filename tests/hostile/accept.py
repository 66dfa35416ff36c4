#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""accept.py VICTIM: every other accept() of the server fails, in each of the ways that it may; everybody gets in.

Each failure is made by strace, before the kernel looks at the queue. A SoupServer never accepts again after one.
"""
import pathlib
import sys
import tempfile

from crowd import newcomer, wait_for
from wire import Failure, Program, Tap

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from machine import can_trace  # noqa: E402

ERRORS = ["ECONNABORTED", "EPERM", "ENETDOWN", "EMFILE", "ENFILE", "ENOBUFS", "EPROTO"]
N_NEWCOMERS = 20


def fail_with(error, victim, tap):
    with tempfile.NamedTemporaryFile(mode="r") as log:
        server = Program(["strace", "-f", "-qq", "-o", log.name, "-e", "trace=accept,accept4",
                          "-e", f"inject=accept,accept4:error={error}:when=2+2", victim])
        try:
            for _ in range(N_NEWCOMERS):
                newcomer(server)
            # What is written about a call may be late.
            wait_for("the failures", lambda: log.seek(0) == 0 and log.read().count("INJECTED") >= N_NEWCOMERS // 2)
            problem = None if server.is_running() else "\n".join(server.last_words())
        except (Failure, OSError) as failure:
            problem = f"{type(failure).__name__} {failure}"
        status = server.stop()
        tap.note(f"{log.seek(0) or log.read().count('INJECTED')} failures, {N_NEWCOMERS} newcomers")
    tap.result(f"A5 accept: {error}", problem or (f"status {status}" if status else None))


def main(victim):
    tap = Tap()
    if not can_trace():
        print("1..0 # SKIP strace is not there, or may not trace")
        return 0
    for error in ERRORS:
        fail_with(error, victim, tap)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
