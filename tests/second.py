#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""second.py BUILD [PATIENCE]: gives what failed in meson's last run there a second run, alone, where that is fair, with
PATIENCE times the time-outs.

Displays, window managers, peers in other languages and the kernel's scheduler stand in tests beside the program, and
one of some four thousand cases that goes wrong once is no reason to judge nothing. What passes only now is told by
count.py as unsteady, with what it said before; it is a bug of the test or of the program, and to be mended.

Never a second time: what crashed, hung, or was caught by a sanitizer or by GLib's own complaints; what proves that
nothing is lost (chaos, sim); and when more than MOST programs failed. The exit status is 0 when all pass.
"""
import json
import pathlib
import re
import signal
import subprocess
import sys

MOST = 3
# Suites whose failures may be somebody else's; asan: those of them that also run under sanitizers.
FAIR = {"unit", "loop", "interop", "hostile", "ui", "asan"}
GRAVE = re.compile(r"Sanitizer|runtime error:|-CRITICAL \*\*|-ERROR \*\*|free\(\)|corrupt|stack smashing")
# Of GLib's and of C's own assertions.
ASSERTED = re.compile(r"assertion failed|Assertion .* failed|should not be reached")


def is_fair(test):
    """test: a line of meson's JSON report. Its name is "project:suite+suite / name"."""
    suites = set(test["name"].partition(" / ")[0].partition(":")[2].split("+"))
    said = test.get("stdout", "") + test.get("stderr", "")
    if test["result"] not in ("FAIL", "ERROR") or not suites or not suites <= FAIR or GRAVE.search(said):
        return False
    return test["returncode"] in (0, 1) or (
        test["returncode"] in (-signal.SIGABRT, 128 + signal.SIGABRT) and bool(ASSERTED.search(said)))


def main(build, patience="1"):
    with open(pathlib.Path(build) / "meson-logs/testlog.json", encoding="utf-8", errors="replace") as file:
        tests = [json.loads(line) for line in file]
    bad = [test for test in tests if test["result"] not in ("OK", "SKIP", "EXPECTEDFAIL")]
    if not bad or len(bad) > MOST or not all(is_fair(test) for test in bad):
        return 1
    names = [test["name"].rpartition(" / ")[2] for test in bad]
    return subprocess.run(["meson", "test", "-C", build, "--no-rebuild", "--print-errorlogs", "--num-processes", "1",
                           "--timeout-multiplier", patience, "--logbase", "second", *names], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
