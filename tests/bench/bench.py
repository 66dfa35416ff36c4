#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench.py BUILD [NAME...] [OPTION...]: runs the benches, JSON lines on stdout, a readable table on stderr.

From the first option on, all goes to the bench that was named.

A bench is a program that prints one JSON object a line:
{"bench", "metric", "value", "unit"} and, where a peer ran beside it in the same run, "peer",
"peer_value", "ratio" (ours / peer). Nothing here judges a number.
"""
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def commands(build):
    """name -> command line."""
    return {
        "relay": [str(HERE / "bench-relay"), str(build)],
        "server": [str(build / "tests/bench/bench-server"), str(build / "server/drawbridge-server")],
        "canvas": [str(HERE / "bench-canvas"), str(build)],
        "open": ["xvfb-run", "-a", "env", "GSK_RENDERER=cairo", str(build / "tests/bench/bench-open")],
    }


def run(name, command):
    """The rows of one bench; they are passed on as they come."""
    rows = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        for line in program.stdout:
            try:
                rows.append(json.loads(line))
            except ValueError:
                print(line, end="", file=sys.stderr)
                continue
            print(line, end="", flush=True)
    if program.returncode != 0 or not rows:
        print(f"{name}: ended with {program.returncode} and {len(rows)} figures", file=sys.stderr)
        return rows, False
    return rows, True


def number(value):
    return "" if value is None else f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.3g}"


def table(rows):
    head = ("bench", "metric", "value", "unit", "peer", "peer's", "ratio")
    cells = [head] + [(r["bench"], r["metric"], number(r["value"]), r["unit"], r.get("peer", ""),
                       number(r.get("peer_value")), number(r.get("ratio"))) for r in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    for row in cells:
        print("  ".join(c.rjust(w) if i in (2, 5, 6) else c.ljust(w)
                        for i, (c, w) in enumerate(zip(row, widths))).rstrip(), file=sys.stderr)


def main(build, *arguments):
    known = commands(pathlib.Path(build))
    first_option = next((i for i, a in enumerate(arguments) if a.startswith("-")), len(arguments))
    names, options = arguments[:first_option], arguments[first_option:]
    if options and len(names) != 1:
        print("Options go to one bench: name it", file=sys.stderr)
        return 2
    for name in names:
        if name not in known:
            print(f"There is no bench \"{name}\"; there are: {' '.join(known)}", file=sys.stderr)
            return 2
    rows, good = [], True
    for name in names or known:
        more, ok = run(name, known[name] + list(options))
        rows += more
        good = good and ok
    if rows:
        table(rows)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
