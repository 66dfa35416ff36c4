#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the count that ends every run of the tests tells each way in which a program can fail."""
import concurrent.futures as futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

COUNT = pathlib.Path(__file__).resolve().parent.parent / "count.py"
SECOND = COUNT.with_name("second.py")

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


# A program that fails when it runs first and not when it runs again.
ONCE = "if test -e {0}; then echo ok 1 - a; else touch {0}; echo not ok 1 - a; fi"

# What fails in a project, each of one suite, whether that gets a second run, how many pass and fail then, and
# what is told. Each project has a program that is good, too.
SECONDS = {
    "is mended": ({"once": ("unit", ONCE.format("once"))}, True, 2, 0, "UNSTEADY: once"),
    "fails again": ({"bad": ("ui", "echo not ok 1 - a")}, True, 1, 1, "FAILED: bad"),
    "asserts": ({"asserts": ("loop", "echo assertion failed >&2; " + ONCE.format("asserts").replace(
        "echo not ok 1 - a", "kill -6 $$"))}, True, 2, 0, "UNSTEADY: asserts"),
    "one of two": ({"once": ("unit", ONCE.format("once")), "bad": ("unit", "echo not ok 1 - a")}, True, 1, 2,
                   "FAILED: once"),
    "crashes": ({"crashes": ("unit", "kill -11 $$")}, False, 1, 1, "FAILED: crashes"),
    "is caught": ({"caught": ("unit", "echo AddressSanitizer: oh; echo not ok 1 - a")}, False, 1, 1,
                  "FAILED: caught"),
    "may have lost something": ({"lost": ("chaos", ONCE.format("lost"))}, False, 1, 1, "FAILED: lost"),
    "too many": ({f"once-{n}": ("unit", ONCE.format(n)) for n in range(4)}, False, 1, 4, "FAILED: once-0"),
}


def test_line(name, script, options):
    return f"test('{name}', sh, args: ['-c', '{script}'], {options})"


def run_project(folder, lines):
    """Builds and tests what the lines say; returns the environment for more of that."""
    text = "\n".join(["project('count')", "sh = find_program('sh')", *lines]) + "\n"
    (folder / "meson.build").write_text(text, encoding="utf-8")
    env = {key: value for key, value in os.environ.items() if not key.startswith("MESON")}
    for command in (["setup", "build"], ["test", "-C", "build", "--num-processes", str(len(lines))]):
        subprocess.run(["meson", *command], cwd=folder, env=env, stdout=subprocess.DEVNULL, check=False)
    return env


def count(folder):
    return subprocess.run([sys.executable, COUNT, "build/meson-logs/testlog.junit.xml"], cwd=folder,
                          capture_output=True, text=True, check=False)


def last_line(ran):
    return ran.stdout.splitlines()[-1] if ran.stdout else ran.stderr


def check_first():
    """Yields whether something holds, and what."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        run_project(folder, [test_line(name, script, f"protocol: '{protocol}', "
                                       f"timeout: {HANGS if 'hangs' in name else WORKS}")
                             for name, (script, protocol, _, _) in PROGRAMS.items()])
        ran = count(folder)
    passed = sum(program[2] for program in PROGRAMS.values())
    failed = sum(program[3] for program in PROGRAMS.values())
    told = set(re.findall(r"^FAILED: (?:count\.)?(\S+)$", ran.stdout, re.MULTILINE))
    wanted = {name for name, program in PROGRAMS.items() if program[3] > 0}
    yield last_line(ran) == f"{passed} passed, {failed} failed", f"the last line: {last_line(ran)}"
    yield told == wanted, f"who failed is told: {', '.join(sorted(told))}"
    yield ran.returncode == 1, f"the exit status is {ran.returncode}"


def check_second(what, programs, is_run, passed, failed, told):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        lines = [test_line(name, f"cd {folder}; echo 1..1; {script}", f"protocol: 'tap', suite: '{suite}'")
                 for name, (suite, script) in {"good": ("house", "echo ok 1 - a"), **programs}.items()]
        env = run_project(folder, lines)
        second = subprocess.run([sys.executable, SECOND, "build"], cwd=folder, env=env, stdout=subprocess.DEVNULL,
                                check=False)
        ran = count(folder)
        was_run = (folder / "build/meson-logs/second.json").exists()
    names = re.sub(r"^(\w+: ).* / ", r"\1", ran.stdout, flags=re.MULTILINE).splitlines()
    return (last_line(ran) == f"{passed} passed, {failed} failed" and told in names and was_run == is_run
            and (ran.returncode == 0) == (failed == 0) and (second.returncode == 0) == (failed == 0),
            f"what {what}: {last_line(ran)}")


def main():
    with futures.ThreadPoolExecutor(4) as pool:
        seconds = [pool.submit(check_second, what, *row) for what, row in SECONDS.items()]
        checks = [*check_first(), *(future.result() for future in seconds)]
    print(f"1..{len(checks)}")
    for number, (holds, what) in enumerate(checks, 1):
        print(("ok" if holds else "not ok") + f" {number} - {what}")


main()
