#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a log means, read a second time, slowly and in another language.

The board is a list of elements, each a dictionary, and every entry of the log walks through it. Nothing is
shared with the C library: what it says of a log is compared with this, line by line.

  slow_model.py FILE...                        histories as the simulator writes them
  slow_model.py --simulator SIM --seeds N      has it write them first (TAP)

A history is "history SEED", lines "entry MEMBER COUNTER TIME OP", "board", the dump (title, elements in z-order, chats,
polls with their votes, the ballot, dots, the timer; a line each), "end".
"""
import argparse
import json
import subprocess
import sys
import tempfile

KNOWN_TYPES = {"freedraw", "rectangle", "diamond", "ellipse", "line", "arrow", "text", "note", "image", "frame"}
# Properties that belong to some of the known types only; an unknown type may have any.
BELONGS = {"points": {"freedraw", "line", "arrow"}}
# What is nothing without a property of that name keeps it.
NEEDED = {"points": {"freedraw", "line", "arrow"}}


class Number(str):
    """A number as it is written: the log's numbers have one form, which nobody may change."""


def parse(text):
    return json.loads(text, parse_float=Number, parse_int=Number)


def canonical(value):
    """Keys as sorted bytes, no blanks."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
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
        self.polls = []
        self.ballot = None
        self.dots = {}
        self.timer = None

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
        for name, value in props.items():
            # All of one change, or nothing of it.
            if kind in KNOWN_TYPES and kind not in BELONGS.get(name, KNOWN_TYPES):
                return
            if value is None and kind in NEEDED.get(name, ()):
                return
        for name, value in props.items():
            if value is None:
                element.pop(name, None)
            else:
                element[name] = value

    def chat(self, member, time, message):
        if self.message(message["id"]) is None:
            self.chats.append({"member": member, "time": Number(time), **message})

    def message(self, wanted):
        return next((chat for chat in self.chats if chat["id"] == wanted), None)

    def chat_change(self, member, wanted, text):
        """An edit, or with no text a deletion: of a message of one's own that is not deleted."""
        chat = self.message(wanted)
        if chat is None or chat["member"] != member or "deleted" in chat:
            return
        chat.pop("edited", None)
        chat["text"] = text or ""
        chat["deleted" if text is None else "edited"] = True

    def poll(self, wanted):
        return next((poll for poll in self.polls if poll["id"] == wanted), None)

    def vote(self, member, wanted, choices):
        poll = self.poll(wanted)
        if poll is None or poll["closed"] or len(choices) > (len(poll["options"]) if poll["many"] else 1):
            return
        if all(int(choice) < len(poll["options"]) for choice in choices):
            poll["votes"][member] = choices

    def dot(self, member, ballot, element, count):
        if self.ballot is None or self.ballot["id"] != ballot or self.ballot["closed"]:
            return
        others = sum(n for (where, who), n in self.dots.items() if who == member and where != element)
        if others + int(count) <= int(self.ballot["each"]):
            self.dots[element, member] = int(count)

    def meet(self, member, time, change):
        what = change[0]
        if what == "poll":
            if self.poll(change[1]["id"]) is None:
                self.polls.append({"many": False, **change[1], "member": member, "time": time, "closed": False,
                                   "votes": {}})
        elif what == "poll-vote":
            self.vote(member, change[1], change[2])
        elif what == "poll-close":
            if self.poll(change[1]):
                self.poll(change[1])["closed"] = True
        elif what == "poll-delete":
            self.polls = [poll for poll in self.polls if poll["id"] != change[1]]
        elif what == "ballot":
            if self.ballot is None or self.ballot["id"] != change[1]:
                self.ballot = {"id": change[1], "member": member, "time": time, "each": change[2], "closed": False}
                self.dots = {}
        elif what == "ballot-close":
            if self.ballot is not None and self.ballot["id"] == change[1]:
                self.ballot["closed"] = True
        elif what == "dot":
            self.dot(member, change[1], change[2], change[3])
        elif what == "timer":
            self.timer = change[1] and {"paused": False, **change[1], "member": member, "time": time}

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
            elif what == "chat-edit":
                self.chat_change(member, change[1], change[2])
            elif what == "chat-delete":
                self.chat_change(member, change[1], None)
            elif what == "title":
                self.title = change[1]
            else:
                self.meet(member, Number(time), change)

    def meeting(self):
        """What is neither drawn nor said."""
        rows = []
        for poll in self.polls:
            rows.append(["poll"] + [poll[name] for name in ("id", "member", "time", "question", "options", "many",
                                                            "closed")])
            rows += [["vote", poll["id"], member, choices] for member, choices in sorted(poll["votes"].items())
                     if choices]
        if self.ballot is not None:
            rows.append(["ballot"] + [self.ballot[name] for name in ("id", "member", "time", "each", "closed")])
        rows += [["dots", *where, Number(n)] for where, n in sorted(self.dots.items()) if n]
        if self.timer is not None:
            rows.append(["timer"] + [self.timer[name] for name in ("member", "time", "ms", "paused")])
        return [canonical(row) for row in rows]

    def dump(self):
        order = sorted(self.elements, key=lambda element: (element["index"].encode(), element["id"].encode()))
        lines = [self.title] + [canonical(element) for element in order]
        return lines + ["chat " + canonical(chat) for chat in self.chats] + self.meeting()


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
