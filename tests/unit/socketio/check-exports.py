#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The library exports what its public headers declare, and nothing else: check-exports.py LIBRARY HEADER...

Also: each umbrella header (eio.h, sio.h) has all the public headers of its room. Output is TAP.
"""
import pathlib
import re
import subprocess
import sys

COMMENT = re.compile(r"/\*.*?\*/", re.S)
FUNCTION = re.compile(r"^(?:SIO|EIO)_API\s[^;({]*?\b(\w+)\s*\(", re.M)
TYPE = re.compile(r"^(?:SIO|EIO)_API\s+G_DECLARE_\w+\s*\(\w+,\s*(\w+),", re.M)


def exported(library):
    """Without what sanitizers and the linker add."""
    lines = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout
    return {name for name in (line.split()[-1] for line in lines.splitlines()) if not name.startswith("_")}


def declared(headers):
    names = set()
    for header in headers:
        text = COMMENT.sub("", header.read_text())
        names |= {name for name in FUNCTION.findall(text) if not name.startswith("G_DECLARE_")}
        names |= {name + "_get_type" for name in TYPE.findall(text)}
    return names


def missing_in_umbrella(headers):
    missing = []
    for umbrella in (header for header in headers if header.name in ("eio.h", "sio.h")):
        prefix = umbrella.stem + "-"
        included = set(re.findall(r'#include "\w+/([\w.-]+)"', umbrella.read_text()))
        missing += [f"{umbrella.name}: {header.name}" for header in headers
                    if header.name.startswith(prefix) and header.name not in included
                    and header.parent.name != "redis"]  # optional: a program that wants it says so
    return missing


def main():
    library, headers = sys.argv[1], [pathlib.Path(name) for name in sys.argv[2:]]
    have, want = exported(library), declared(headers)
    rules = [
        ("only names of the library", sorted(name for name in have if not name.startswith(("sio_", "eio_")))),
        ("nothing that no header declares", sorted(have - want)),
        ("all that the headers declare", sorted(want - have)),
        ("umbrella headers have all public headers", missing_in_umbrella(headers)),
    ]
    print(f"1..{len(rules)}")
    print(f"# {len(have)} exported")
    for number, (rule, breaches) in enumerate(rules, 1):
        for breach in breaches:
            print(f"# {breach}")
        print(f"{'not ok' if breaches else 'ok'} {number} - {rule}")
    return 1 if any(breaches for _, breaches in rules) or not have else 0


sys.exit(main())
