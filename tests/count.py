#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the test cases of meson's JUnit reports and prints "N passed, N failed[, N skipped]".

What failed is told before that, for whoever sees only the end of a long output. A case is a line of a test's TAP output, or the whole program where it has none. The exit status is 1
when something failed or when nothing ran.
"""
import re
import sys
import xml.etree.ElementTree as ElementTree


# What XML 1.0 (section 2.2) cannot hold, as itself or as a reference; a test's output may have it.
FORBIDDEN = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]|&#[0-9a-fA-Fx]+;")

# Enough for a backtrace.
TOLD_LINES = 60


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return ElementTree.fromstring(FORBIDDEN.sub("?", file.read()))


def tell(suite):
    """Prints what a suite that failed said: its bad lines with their comments, else its last lines."""
    lines = [line for kind in ("system-out", "system-err") for text in suite.iter(kind)
             for line in (text.text or "").splitlines()]
    said, bad = [], False
    for line in lines:
        bad = line.startswith(("not ok", "Bail out!")) or (bad and line.startswith("#"))
        if bad:
            said.append(line)
    print(f"FAILED: {suite.get('name')}")
    for line in (said or lines)[-TOLD_LINES:]:
        print(f"  {line}")


def main(paths):
    passed = failed = skipped = 0
    for path in paths:
        for suite in read(path).iter("testsuite"):
            cases = list(suite.iter("testcase"))
            bad = 0
            for case in cases:
                if case.find("skipped") is not None:
                    skipped += 1
                elif case.find("failure") is not None or case.find("error") is not None:
                    bad += 1
                else:
                    passed += 1
            # A program that dies between two cases has no failing case of its own.
            declared = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            failed += max(bad, declared)
            if bad or declared:
                tell(suite)
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


sys.exit(main(sys.argv[1:]))
