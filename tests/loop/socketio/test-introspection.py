#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The library through its introspection data: two example clients in Python talk by the example server.

test-introspection.py SERVER CLIENT
"""
import subprocess
import sys

try:
    import gi  # noqa: F401
except ImportError:
    print("1..0 # SKIP PyGObject is not installed")
    sys.exit(0)


class Client:
    def __init__(self, url, name):
        self.process = subprocess.Popen([sys.executable, sys.argv[2], url, name, "tea"], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def say(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    def expect(self, line):
        heard = self.process.stdout.readline().rstrip("\n")
        if heard != line:
            sys.exit(f"Bail out! heard {heard!r} and not {line!r}")

    def leave(self):
        self.process.stdin.close()
        return self.process.wait(10)


def talk(url):
    ada = Client(url, "ada")
    ada.expect("1 in tea")
    bob = Client(url, "bob")
    bob.expect("2 in tea")
    ada.expect("joined bob")
    ada.say("hello \u20ac")
    bob.expect("said ada hello \u20ac")
    bob.say("hi")
    ada.expect("said bob hi")
    status = bob.leave()
    ada.expect("left bob")
    nobody = Client(url, "")
    nobody.expect("Please say your name")
    return status == 0 and ada.leave() == 0 and nobody.leave() == 0


server = subprocess.Popen([sys.argv[1], "0"], text=True, stdout=subprocess.PIPE)
try:
    print("1..1")
    print("ok 1" if talk(server.stdout.readline().strip()) else "not ok 1", "- two clients in Python")
finally:
    server.terminate()
    server.wait()
