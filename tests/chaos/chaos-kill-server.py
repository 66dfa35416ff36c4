#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of the server at random moments while people draw.

At the end everybody comes back by itself; no acknowledged op is missing or doubled in the server's
file, and all boards are equal. Prints TAP and one JSON line of figures.
"""
import argparse
import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import people  # noqa: E402


def count_in_flight(bots):
    return sum(len(bot.submitted) - len(bot.acknowledged) for bot in bots)


def draw_and_kill(server, bots, kills, chance):
    """Returns how many ops were on their way at the kills, in all."""
    in_flight = 0
    for _ in range(kills):
        time.sleep(chance.uniform(0.05, 1.2))
        if chance.random() < 0.5:  # in the middle of a storm
            for bot in bots:
                bot.tell("burst 20")
            time.sleep(chance.uniform(0, 0.03))
        server.kill()
        in_flight += count_in_flight(bots)
        time.sleep(chance.choice([0, 0, 0.1, 0.4]))
        server.start()
    return in_flight


def run(options, directory, log):
    chance = random.Random(options.seed)
    server = people.Server(options.build, directory / "server", log).start()
    bots = [people.Bot(options.build, directory, number, log) for number in range(options.bots)]
    try:
        bots[0].create(server.origin)
        for bot in bots[1:]:
            bot.join(bots[0].link)
        for bot in bots:
            bot.tell(f"draw {options.rate}")
        started = time.monotonic()
        in_flight = draw_and_kill(server, bots, options.kills, chance)
        for bot in bots:
            bot.tell("draw 0")
        drawn = time.monotonic()
        for bot in bots:
            bot.settle()
        settled = time.monotonic()
        # Settled one after the other: the last one's ops reach the others a moment later.
        states = people.wait_for("equal positions", lambda: same_seq(bots), 20)
        for bot in bots:
            bot.quit()
        server.stop()
        figures, problems = people.check_log(server.read_log(bots[0].board), bots)
        problems += people.check_equal(states)
        problems += [f"bot {bot.number} draws nothing" for bot in bots if not bot.acknowledged]
        problems += [f"bot {bot.number}: op {counter} was never acknowledged" for bot in bots
                     for counter in sorted(bot.submitted - set(bot.acknowledged))]
        # A checker that saw no op cut off has checked nothing.
        problems += ["no op was on its way at any kill"] if options.kills and not in_flight else []
        problems += [f"bot {bot.number}: {message}" for bot in bots for message in bot.trouble]
        figures |= {"kills": options.kills, "bots": options.bots, "seed": options.seed,
                    "in_flight_at_kills": in_flight, "submitted": sum(len(bot.submitted) for bot in bots),
                    "seconds": round(drawn - started, 1), "settle_seconds": round(settled - drawn, 1)}
        return figures, problems
    finally:
        for child in [*bots, server]:
            child.end()


def same_seq(bots):
    states = [bot.state() for bot in bots]
    return states if len({state["seq"] for state in states}) == 1 else None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--bots", type=int, default=8)
    parser.add_argument("--rate", type=float, default=20, help="changes a second of each")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    options = parser.parse_args()
    return people.report(run, options, f"{options.kills} kills of the server")


if __name__ == "__main__":
    sys.exit(main())
