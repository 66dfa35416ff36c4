#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real window on a board of strangers who mean no good, behind a server that lets them (TAP): what they send is
text or nothing; what is too much is left out; the window goes on answering and does not grow.

PICTURES=DIR keeps a screenshot of each step. Says how long the window took to answer, which is never judged.
"""
import re
import select
import subprocess
import sys
import time

from at_spi import press_until, spoken, told
from desktop import PATIENCE, Failure, circle, keep, quiet, read_line, run_tests, settled, wait_for

BUILD = sys.argv[1]
# More than a window takes for what it keeps of a crowd; a flood that is kept is ten times that.
GROWTH_KB = 40 * 1024


class Swarm:
    """The program "swarm": see there for what can be asked of it."""

    def __init__(self, people, *how):
        self.process = subprocess.Popen([f"{BUILD}/tests/ui/swarm", str(people), *how],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.link = read_line(self.process.stdout, PATIENCE).removeprefix("link ")

    def start(self, words):
        self.process.stdin.write(words.encode() + b"\n")
        self.process.stdin.flush()

    def is_done(self):
        ready, _, _ = select.select([self.process.stdout], [], [], 0.05)
        return bool(ready) and read_line(self.process.stdout, PATIENCE) == "done"

    def ask(self, words):
        self.start(words)
        wait_for(f"{words} to be done", self.is_done)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(timeout=PATIENCE)


def memory_of(desk):
    """Resident kB."""
    with open(f"/proc/{desk.app.pid}/status", encoding="utf-8") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1])


def answers_during(desk, swarm, words):
    """How long the window took to answer meanwhile, ms, in order."""
    times = []
    swarm.start(words)
    while not swarm.is_done():
        before = time.monotonic()
        if "hash" not in desk.state():
            raise Failure(f"the window says nothing: {desk.read_log()}")
        times.append((time.monotonic() - before) * 1000)
    return sorted(times)


def test_malformed():
    """Every malformed cast and op of twenty people: nothing comes of it, and what is drawn is still there."""
    with Swarm(20) as swarm, spoken("Ada", BUILD) as ada:
        ada.start("--join", swarm.link)
        settled(ada, members=21, share="online")
        ada.key("p")
        ada.draw(circle(300, 300, 60, steps=12))
        settled(ada, elements=1, seq=1)
        swarm.ask("casts")
        swarm.ask("ops")
        wait_for("all of it to be read", lambda: ada.state().get("seq", 0) > 25)
        settled(ada, elements=1, chats=0, polls=0, hands=0, title="", share="online")
        keep("malformed", ada)
        swarm.ask("react")
        settled(ada, hands=5)
        keep("reactions", ada)
        ada.draw(circle(500, 300, 60, steps=12))
        settled(ada, elements=2)
        quiet(ada)


def test_literal():
    """Names and messages that look like markup, commands and links are the letters that they are."""
    with Swarm(20) as swarm, spoken("Ada", BUILD) as ada:
        ada.start("--join", swarm.link)
        settled(ada, members=21, share="online")
        swarm.ask("talk")
        settled(ada, chats=11)
        ada.key("F9")
        told(ada, re.escape("<b>bold</b> & <i>"), re.escape("<span size='2147483647'>W</span>"), re.escape("%s%n%s%n"),
             re.escape("javascript:alert(1) file:///etc/passwd smb://host drawbridge://host/x"))
        keep("talk", ada)
        ada.key("F9")
        press_until(ada, "ctrl+shift+p", re.escape("<b>bold</b>"), re.escape("_mnemonic _names"),
                    re.escape("%s%n%x %1000000d"))
        keep("names", ada)
        ada.key("Escape")
        quiet(ada)


def test_floods():
    """Ten thousand cursors, and as many wet strokes, a second: the window answers, and does not grow."""
    with Swarm(50) as swarm, spoken("Ada", BUILD) as ada:
        ada.start("--join", swarm.link)
        settled(ada, members=51, share="online")
        for kind in ("cursors", "ink"):
            swarm.ask(f"{kind} 1500")
            begin = memory_of(ada)
            times = answers_during(ada, swarm, f"{kind} 4000")
            keep(kind, ada)
            grown = memory_of(ada) - begin
            print(f"# {kind}: {len(times)} answers, median {times[len(times) // 2]:.0f} ms, "
                  f"longest {times[-1]:.0f} ms; grown by {grown} kB")
            if grown > GROWTH_KB:
                raise Failure(f"{kind}: the window grew by {grown} kB")
        ada.key("p")
        ada.draw(circle(300, 300, 60, steps=12))
        settled(ada, elements=1)
        quiet(ada)


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
