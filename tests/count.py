#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the test cases of meson's JUnit reports and prints "N passed, N failed[, N skipped]".

A case is a line of a test's TAP output, or the whole program where it has none. The exit status is 1
when something failed or when nothing ran.
"""
import sys
import xml.etree.ElementTree as ElementTree


def main(paths):
    passed = failed = skipped = 0
    for path in paths:
        for suite in ElementTree.parse(path).getroot().iter("testsuite"):
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
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


sys.exit(main(sys.argv[1:]))
