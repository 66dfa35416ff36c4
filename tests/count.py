#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the test cases of meson's JUnit reports and prints "N passed, N failed[, N skipped]".

What failed is told before that, for whoever sees only the end of a long output, and what passed only in a second run
(second.py) as unsteady. A case is a line of a test's TAP output, or the whole program where it has none. The exit
status is 1 when something failed or when nothing ran.
"""
import json
import pathlib
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


def tell(element, verdict="FAILED"):
    """Prints what a suite, or a program that is one case, said before it failed: its bad lines with their
    comments, else its last lines."""
    lines = [line for kind in ("system-out", "system-err") for text in element.iter(kind)
             for line in (text.text or "").splitlines()]
    said, bad = [], False
    for line in lines:
        bad = line.startswith(("not ok", "Bail out!")) or (bad and line.startswith("#"))
        if bad:
            said.append(line)
    print(f"{verdict}: {element.get('name')}")
    for line in (said or lines)[-TOLD_LINES:]:
        print(f"  {line}")


def results(path):
    """What each test of a report came to, by name, whatever its cases said: meson's JUnit report has no
    word of a program that aborts between two cases or that took too long, its JSON report beside it has."""
    with open(pathlib.Path(path).with_suffix("").with_suffix(".json"), encoding="utf-8", errors="replace") as file:
        return {test["name"]: test["result"] for test in map(json.loads, file)}


def is_bad(result):
    return result not in ("OK", "SKIP", "EXPECTEDFAIL")


def name_of(suite):
    return suite.get("name").split(".", 1)[-1]


class Count:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def add_case(self, case, ended_badly):
        """Returns whether it is a bad line of a program that has several."""
        if case.find("skipped") is not None:
            self.skipped += 1
        elif case.get("name") in ended_badly:
            self.failed += 1
            tell(case)
        elif case.find("failure") is not None or case.find("error") is not None:
            return True
        else:
            self.passed += 1
        return False

    def add_suite(self, suite, ended_badly, mended):
        bad = 0
        for case in suite.iter("testcase"):
            if case.get("name") in mended:
                tell(case, "UNSTEADY")
            else:
                bad += self.add_case(case, ended_badly)
        if name_of(suite) in ended_badly:
            bad = max(bad, 1)
        self.failed += bad
        if bad:
            tell(suite)

    def add_report(self, path, mended=frozenset()):
        """mended: names of those whose second run counts instead."""
        ended_badly = {name for name, result in results(path).items() if is_bad(result)} - mended
        told = set()
        for suite in read(path).iter("testsuite"):
            told |= {name_of(suite)} | {case.get("name") for case in suite.iter("testcase")}
            if name_of(suite) in mended:
                tell(suite, "UNSTEADY")
            else:
                self.add_suite(suite, ended_badly, mended)
        # What did not even begin to speak.
        for name in sorted(ended_badly - told):
            self.failed += 1
            print(f"FAILED: {name}")


def main(paths):
    count = Count()
    for path in paths:
        second = pathlib.Path(path).with_name("second.junit.xml")
        mended = frozenset()
        if second.exists() and not any(is_bad(result) for result in results(second).values()):
            mended = frozenset(results(second))
            count.add_report(second)
        count.add_report(path, mended)
    print(f"{count.passed} passed, {count.failed} failed" + (f", {count.skipped} skipped" if count.skipped else ""))
    return 1 if count.failed or not count.passed else 0


sys.exit(main(sys.argv[1:]))
