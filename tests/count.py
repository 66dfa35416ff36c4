#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the test cases of meson's JUnit reports and prints "N passed, N failed[, N skipped]".

What failed is told before that, for whoever sees only the end of a long output. A case is a line of a test's TAP output, or the whole program where it has none. The exit status is 1
when something failed or when nothing ran.
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


def tell(element):
    """Prints what a suite, or a program that is one case, said before it failed: its bad lines with their
    comments, else its last lines."""
    lines = [line for kind in ("system-out", "system-err") for text in element.iter(kind)
             for line in (text.text or "").splitlines()]
    said, bad = [], False
    for line in lines:
        bad = line.startswith(("not ok", "Bail out!")) or (bad and line.startswith("#"))
        if bad:
            said.append(line)
    print(f"FAILED: {element.get('name')}")
    for line in (said or lines)[-TOLD_LINES:]:
        print(f"  {line}")


def died(path):
    """The names of the tests that ended badly, whatever their cases said: meson's JUnit report has no
    word of a program that aborts between two cases or that took too long, its JSON report beside it has."""
    with open(pathlib.Path(path).with_name("testlog.json"), encoding="utf-8", errors="replace") as file:
        tests = [json.loads(line) for line in file]
    return {test["name"] for test in tests if test["result"] not in ("OK", "SKIP", "EXPECTEDFAIL")}


def main(paths):
    passed = failed = skipped = 0
    for path in paths:
        ended_badly, told = died(path), set()
        for suite in read(path).iter("testsuite"):
            bad = programs = 0
            told.add(suite.get("name").split(".", 1)[-1])
            for case in suite.iter("testcase"):
                told.add(case.get("name"))
                if case.find("skipped") is not None:
                    skipped += 1
                elif case.get("name") in ended_badly:
                    programs += 1
                    tell(case)
                elif case.find("failure") is not None or case.find("error") is not None:
                    bad += 1
                else:
                    passed += 1
            if suite.get("name").split(".", 1)[-1] in ended_badly:
                bad = max(bad, 1)
            failed += bad + programs
            if bad:
                tell(suite)
        # What did not even begin to speak.
        for name in sorted(ended_badly - told):
            failed += 1
            print(f"FAILED: {name}")
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


sys.exit(main(sys.argv[1:]))
