#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two computers on one network, each with a real Avahi daemon: what one announces the other finds (TAP).

test-nearby-avahi.py TOOL: see avahi_net.py.
"""
import os
import subprocess
import sys
import tempfile

import avahi_net
from avahi_net import PATIENCE, Computer, wait_for

BOARD = "AAAAAAAAAAAAAAAAAAAAAA"
FOUND = f"board {BOARD}|Physics <b>&|Ada|10.77.0.1|3730"


class Tool:
    """nearby-tool on a computer."""

    def __init__(self, computer, path, *arguments):
        self.child = computer.spawn(path, *arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        os.set_blocking(self.child.stdout.fileno(), False)
        self.text = ""

    def says(self, line, timeout=PATIENCE):
        def look():
            self.text += (self.child.stdout.read() or b"").decode()
            return line in self.text.splitlines()
        wait_for(f"\"{line}\" in {self.text!r}", look, timeout)

    def end(self):
        self.child.stdin.close()
        self.child.wait(PATIENCE)


def main():
    avahi_net.go_inside()
    tool = sys.argv[1]
    print("1..3", flush=True)
    with tempfile.TemporaryDirectory(prefix="drawbridge-nearby-") as folder:
        other = avahi_net.other_network()
        avahi_net.join_by_cable(other.pid)
        ada = Computer(folder, "ada", "here")
        grace = Computer(folder, "grace", "there", avahi_net.enter(other.pid))
        look = Tool(grace, tool, "look")
        announce = Tool(ada, tool, "announce", BOARD, "Physics <b>&\u202e", "Ada", "3730")
        announce.says("announced")
        look.says(FOUND)
        print("ok 1 - a board that is announced is found from another computer", flush=True)
        late = Tool(grace, tool, "look")
        late.says(FOUND)
        late.end()
        print("ok 2 - it is found by who looks later", flush=True)
        announce.end()
        look.says("gone 1")
        print("ok 3 - it is gone when it is not announced any more", flush=True)
        look.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
