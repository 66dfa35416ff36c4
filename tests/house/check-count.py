#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the count that ends every run of the tests tells each way in which a program can fail."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

COUNT = pathlib.Path(__file__).resolve().parent.parent / "count.py"

# Seconds after which meson ends what hangs, and what does not.
HANGS, WORKS = 10, 600

# What a program does, what meson takes its output for, and how many of its cases pass and fail.
PROGRAMS = {
    "good": ("echo 1..1; echo ok 1 - a", "tap", 1, 0),
    "bad-case": ("echo 1..2; echo ok 1 - a; echo not ok 2 - b", "tap", 1, 1),
    "dies-between-cases": ("echo 1..2; echo ok 1 - a; kill -6 $$", "tap", 1, 1),
    "hangs-before-its-cases": ("echo 1..2; exec sleep 60", "tap", 0, 1),
    "hangs-between-cases": ("echo 1..2; echo ok 1 - a; exec sleep 60", "tap", 1, 1),
    "plain-good": ("true", "exitcode", 1, 0),
    "plain-bad": ("echo oh; false", "exitcode", 0, 1),
    "plain-hangs": ("exec sleep 60", "exitcode", 0, 1),
}


def write_project(folder):
    lines = ["project('count')", "sh = find_program('sh')"]
    for name, (script, protocol, _, _) in PROGRAMS.items():
        lines.append(f"test('{name}', sh, args: ['-c', '{script}'], protocol: '{protocol}',"
                     f" timeout: {HANGS if 'hangs' in name else WORKS})")
    (folder / "meson.build").write_text("\n".join(lines) + "\n", encoding="utf-8")


def count(folder):
    env = {key: value for key, value in os.environ.items() if not key.startswith("MESON")}
    for command in (["setup", "build"], ["test", "-C", "build", "--num-processes", str(len(PROGRAMS))]):
        subprocess.run(["meson", *command], cwd=folder, env=env, stdout=subprocess.DEVNULL, check=False)
    return subprocess.run([sys.executable, COUNT, "build/meson-logs/testlog.junit.xml"], cwd=folder,
                          capture_output=True, text=True, check=False)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_project(folder)
        ran = count(folder)
    passed = sum(program[2] for program in PROGRAMS.values())
    failed = sum(program[3] for program in PROGRAMS.values())
    told = set(re.findall(r"^FAILED: (?:count\.)?(\S+)$", ran.stdout, re.MULTILINE))
    wanted = {name for name, program in PROGRAMS.items() if program[3] > 0}
    last = ran.stdout.splitlines()[-1] if ran.stdout else ran.stderr
    print("1..3")
    print(("ok" if last == f"{passed} passed, {failed} failed" else "not ok") + f" 1 - the last line: {last}")
    print(("ok" if told == wanted else "not ok") + f" 2 - who failed is told: {', '.join(sorted(told))}")
    print(("ok" if ran.returncode == 1 else "not ok") + f" 3 - the exit status is {ran.returncode}")


main()
