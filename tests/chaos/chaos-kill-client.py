#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of the app while it is offline, and opening the same file again.

What the file had got, by itself, is there and is sent, once. Prints TAP and figures.
"""
import argparse
import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import people  # noqa: E402


def die_offline(bot, chance):
    """One life without a connection. Returns what must have survived it: (counters, state)."""
    bot.reopen("--offline")
    # What the last life said in its last moment may be gone; its counters are given again.
    bot.submitted = set(range(1, bot.state()["waiting"] + 1))
    bot.tell("draw 100")
    time.sleep(chance.uniform(0.1, 0.6))
    bot.tell("draw 0")
    state = bot.state()
    surely = set(bot.submitted)
    # A second, or however long it takes here: without anything more being done it is on its way to the disk.
    people.wait_for("all to be in the file", lambda: bot.last_in_file() >= max(surely))
    if chance.random() < 0.5:  # and something more that may be cut in the middle
        bot.tell("burst 200")
        time.sleep(chance.uniform(0, 0.05))
    bot.kill()
    return surely, state


def run(options, directory, log):
    chance = random.Random(options.seed)
    server = people.Server(options.build, directory / "server", log).start()
    bot, other = (people.Bot(options.build, directory, number, log) for number in (1, 2))
    problems = []
    try:
        bot.create(server.origin)
        other.join(bot.link)
        bot.quit()
        surely = set()
        for life in range(options.kills):
            surely, state = die_offline(bot, chance)
            bot.reopen("--offline")
            after = bot.state()
            if after["waiting"] < state["waiting"]:
                problems.append(f"life {life}: {state['waiting']} waited, {after['waiting']} are left")
            if after["waiting"] == state["waiting"] and after["hash"] != state["hash"]:
                problems.append(f"life {life}: the board is another one")
            bot.kill()
        bot.reopen()
        bot.settle()
        people.wait_for("the other one has all", lambda: same_hash(bot, other))
        for one in (bot, other):
            one.quit()
        server.stop()
        board_log = server.read_log(bot.board)
        figures, more = people.check_log(board_log, [bot, other])
        problems += more
        sent = {counter for _, member, counter in board_log if member == bot.member}
        problems += [f"op {counter} is lost" for counter in sorted(surely - sent)]
        problems += bot.trouble + other.trouble
        figures |= {"kills": options.kills, "seed": options.seed, "must_survive": len(surely)}
        return figures, problems
    finally:
        for child in (bot, other, server):
            child.end()


def same_hash(bot, other):
    ours, theirs = bot.state(), other.state()
    return (ours["seq"], ours["hash"]) == (theirs["seq"], theirs["hash"])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    options = parser.parse_args()
    return people.report(run, options, f"{options.kills} kills of the app while offline")


if __name__ == "__main__":
    sys.exit(main())
