#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The example servers and clients talk: test-examples.py SERVER CLIENT...

Each client is tried with itself and with the one named before it. Programs that end in .py and .js are
run by their interpreters.
"""
import subprocess
import sys

INTERPRETERS = {"py": [sys.executable], "js": ["gjs", "-m"]}


def command(program):
    return [*INTERPRETERS.get(program.rpartition(".")[2], []), program]


class Program:
    def __init__(self, *arguments):
        self.process = subprocess.Popen([*command(arguments[0]), *arguments[1:]], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def say(self, *texts):
        self.process.stdin.write("".join(text + "\n" for text in texts))
        self.process.stdin.flush()

    def hear(self):
        return self.process.stdout.readline().rstrip("\n")

    def expect(self, line):
        heard = self.hear()
        assert heard == line, f"heard {heard!r} and not {line!r}"

    def leave(self):
        self.process.stdin.close()
        return self.process.wait(300)

    def kill(self):
        self.process.kill()
        self.process.wait()


def talk(url, first, second, programs):
    def join(program, name):
        programs.append(Program(program, url, name, "tea"))
        return programs[-1]

    ada = join(first, "ada")
    ada.expect("1 in tea")
    bob = join(second, "bob")
    bob.expect("2 in tea")
    ada.expect("joined bob")
    ada.say("hello \u20ac")
    bob.expect("said ada hello \u20ac")
    bob.say("hi", "and", "bye")
    assert bob.leave() == 0
    for line in ("said bob hi", "said bob and", "said bob bye", "left bob"):
        ada.expect(line)
    nobody = join(second, "")
    nobody.expect("Please say your name")
    assert nobody.process.wait(300) == 1, "who is refused says so"
    assert ada.leave() == 0


def main():
    server_program, clients = sys.argv[1], sys.argv[2:]
    pairs = [(client, client) for client in clients] + list(zip(clients, clients[1:]))
    failed = False
    print(f"1..{len(pairs)}")
    for number, (first, second) in enumerate(pairs, 1):
        programs = [Program(server_program, "0")]
        title = " and ".join(name.rpartition("/")[2] for name in (first, second))
        try:
            talk(programs[0].hear(), first, second, programs)
            print(f"ok {number} - {title}")
        except (AssertionError, OSError, subprocess.TimeoutExpired) as error:
            failed = True
            print(f"# {error}\nnot ok {number} - {title}")
        finally:
            for program in programs:
                program.kill()
    return 1 if failed else 0


sys.exit(main())
