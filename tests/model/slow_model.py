#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a log means, read a second time, slowly and in another language.

The board is a list of elements, each a dictionary, and every entry of the log walks through it. Nothing is
shared with the C library: what it says of a log is compared with this, line by line.

  slow_model.py FILE...                        histories as the simulator writes them
  slow_model.py --simulator SIM --seeds N      has it write them first (TAP)

A history is "history SEED", lines "entry MEMBER COUNTER TIME OP", "board", the dump (title, elements in z-order, chats;
a line each), "end".
"""
import argparse
import json
import subprocess
import sys
import tempfile

KNOWN_TYPES = {"freedraw", "rectangle", "diamond", "ellipse", "line", "arrow", "text", "note", "image", "frame"}
# Properties that belong to some of the known types only; an unknown type may have any.
BELONGS = {"points": {"freedraw", "line", "arrow"}}


class Number(str):
    """A number as it is written: the log's numbers have one form, which nobody may change."""


def parse(text):
    return json.loads(text, parse_float=Number, parse_int=Number)


def canonical(value):
    """Keys as sorted bytes, no blanks."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: pair[0].encode())
        return "{" + ",".join(canonical(key) + ":" + canonical(inner) for key, inner in pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


class Board:
    def __init__(self):
        self.title = ""
        self.elements = []
        self.chats = []

    def find(self, wanted):
        for element in self.elements:
            if element["id"] == wanted:
                return element
        return None

    def add(self, element):
        self.remove(element["id"])
        self.elements.append({name: value for name, value in element.items() if value is not None})

    def remove(self, wanted):
        self.elements = [element for element in self.elements if element["id"] != wanted]

    def set(self, wanted, props):
        element = self.find(wanted)
        if element is None:
            return
        kind = element["type"]
        for name in props:
            # All of one change, or nothing of it.
            if kind in KNOWN_TYPES and kind not in BELONGS.get(name, KNOWN_TYPES):
                return
        for name, value in props.items():
            if value is None:
                element.pop(name, None)
            else:
                element[name] = value

    def chat(self, member, time, message):
        if all(known[0] != message["id"] for known in self.chats):
            self.chats.append((message["id"], member, time, message["text"]))

    def apply(self, member, time, op):
        for change in op["c"]:
            what = change[0]
            if what == "+":
                self.add(change[1])
            elif what == "=":
                self.set(change[1], change[2])
            elif what == "-":
                self.remove(change[1])
            elif what == "chat":
                self.chat(member, time, change[1])
            elif what == "title":
                self.title = change[1]

    def dump(self):
        order = sorted(self.elements, key=lambda element: (element["index"].encode(), element["id"].encode()))
        lines = [self.title] + [canonical(element) for element in order]
        return lines + [f"chat {ident} {member} {time}: {text}" for ident, member, time, text in self.chats]


def read_histories(path):
    """Yields the seed, the board by the model, and the lines that the C library wrote."""
    with open(path, encoding="utf-8", newline="\n") as file:
        for line in file:
            assert line.startswith("history "), line
            seed, board = int(line.split()[1]), Board()
            counters = {}
            for entry in file:
                if entry == "board\n":
                    break
                word, member, counter, time, op = entry.rstrip("\n").split(" ", 4)
                assert word == "entry"
                # Counters of a member have no hole.
                counters[member] = counters.get(member, 0) + 1
                assert counters[member] == int(counter), f"seed {seed}: {member} {counter}"
                board.apply(member, time, parse(op))
            lines = []
            for said in file:
                if said == "end\n":
                    break
                lines.append(said.rstrip("\n"))
            yield seed, board, lines


def compare(paths):
    """Prints where they differ. How many histories there were, and in how many they differ."""
    count = wrong = shown = 0
    for path in paths:
        for seed, board, theirs in read_histories(path):
            ours = board.dump()
            count += 1
            shown += len(board.elements)
            if ours == theirs:
                continue
            wrong += 1
            for number in range(max(len(ours), len(theirs))):
                a, b = (lines[number] if number < len(lines) else "(nothing)" for lines in (ours, theirs))
                if a != b:
                    print(f"# seed {seed}, line {number + 1}\n#   model:   {a}\n#   library: {b}")
                    break
    print(f"# {count} histories, {shown} elements")
    return count if shown else 0, wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*")
    parser.add_argument("--simulator")
    parser.add_argument("--seeds", type=int, default=300)
    options = parser.parse_args()
    print("1..1")
    with tempfile.NamedTemporaryFile(suffix=".histories") as file:
        wanted = None
        if options.simulator:
            wanted = options.seeds
            subprocess.run([options.simulator, "--seeds", str(wanted), "--write", file.name],
                           check=True, stdout=subprocess.DEVNULL)
            options.files.append(file.name)
        count, wrong = compare(options.files)
    good = count > 0 and wrong == 0 and wanted in (None, count)
    print(f"{'ok' if good else 'not ok'} 1 - the model and the library agree on {count - wrong} of {count} histories")
    return 0 if good else 1


sys.exit(main())
