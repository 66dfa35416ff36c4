#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A lesson: one real window and a class of people without a screen draw on one board for a while.

usage: lesson.py BUILD [--people 30] [--seconds 300] [--rate 0.5]

Says, as one JSON line, what the frames and the turns of the window's main loop took (between two of which neither
pen nor key is looked at), how long it took to answer over its session bus, how busy its main thread was, how much
memory it grew by, and whether all boards are equal at the end. Of frames and turns "cpu" is what they took of a
processor, the rest what passed meanwhile: on a busy machine most of that is waiting. Fails when the boards are not equal,
when the app warned of anything, or when it died.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from desktop import Desk, Failure, circle, read_line, wait_for


class Pupil:
    """tests/chaos/bot with a pipe to each side."""

    def __init__(self, build, link, folder, number, rate):
        self.process = subprocess.Popen(
            [build / "tests" / "chaos" / "bot", "--directory", folder, "--join", link, "--rate", str(rate),
             "--seed", str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def say(self, words):
        self.process.stdin.write(words.encode() + b"\n")
        self.process.stdin.flush()

    def state(self):
        """Its next "state" line; the others are read away."""
        self.say("state")
        while True:
            line = read_line(self.process.stdout, 20)
            if line is None:
                raise Failure("a pupil is silent")
            event = json.loads(line)
            if event.get("event") == "state":
                return event

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=20)


def memory_of(process):
    """Resident kB."""
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def busy_of(process):
    """CPU seconds of its main thread, which draws the frames."""
    fields = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def in_ms(measured, name):
    return {key: round(measured[f"{name}-{key}"] / 1000, 1) for key in ("p50", "p99", "max")}


def attend(ada, seconds):
    """Ada draws now and then; how long her window took to answer, in ms."""
    answers, end, turn = [], time.monotonic() + seconds, 0
    while time.monotonic() < end:
        before = time.monotonic()
        state = ada.state()
        if "hash" not in state:
            raise Failure(f"the window says nothing: {ada.read_log()}")
        answers.append((time.monotonic() - before) * 1000)
        turn += 1
        if turn % 10 == 0:
            ada.draw(circle(250 + turn % 500, 300, 30, steps=12))
    return sorted(answers)


def settled(ada, pupils):
    states = [ada.state()] + [pupil.state() for pupil in pupils]
    hashes = {state["hash"] for state in states}
    return states if len(hashes) == 1 and all(state["waiting"] == 0 for state in states) else None


def lesson(options):
    build = pathlib.Path(options.build)
    with Desk("Ada", build, lively=True) as ada, tempfile.TemporaryDirectory() as folder:
        ada.start("--new", "--host")
        link, pupils = ada.printed("link "), []
        try:
            for number in range(options.people):
                place = pathlib.Path(folder, str(number))
                place.mkdir()
                pupils.append(Pupil(build, link, place, number, options.rate))
            wait_for("everybody to come", lambda: ada.state().get("members") == options.people + 1, 60)
            ada.key("p")
            begin, busy = memory_of(ada.app), busy_of(ada.app)
            ada.measured()
            answers = attend(ada, options.seconds)
            busy = busy_of(ada.app) - busy
            measured = ada.measured()
            for pupil in pupils:
                pupil.say("draw 0")
            states = wait_for("equal boards", lambda: settled(ada, pupils), 120)
            grown = memory_of(ada.app) - begin
        finally:
            for pupil in pupils:
                pupil.end()
        warnings = [line for line in ada.read_log().splitlines() if "WARNING" in line or "CRITICAL" in line]
        print(json.dumps({
            "people": options.people, "seconds": options.seconds, "ops": states[0]["seq"],
            "elements": states[0]["elements"], "boards": len(states), "equal": True,
            "answer_ms": {"p50": round(answers[len(answers) // 2], 1),
                          "p99": round(answers[len(answers) * 99 // 100], 1), "max": round(answers[-1], 1)},
            **{name: in_ms(measured, name) for name in ("frame", "frame-cpu", "turn", "turn-cpu")},
            "frames": measured["frames"], "turns": measured["turns"],
            "main_thread_percent": round(100 * busy / options.seconds, 1),
            "memory_kb": {"begin": begin, "grown": grown,
                          "grown_per_element": round(grown / max(states[0]["elements"], 1), 1)},
            "warnings": len(warnings)}))
        return 1 if warnings else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--rate", type=float, default=0.5)
    return lesson(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
