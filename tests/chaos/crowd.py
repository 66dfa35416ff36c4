# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A crowd draws on one board while something is done to the server: what all of these tests share.

In the end everybody is back by itself; what was acknowledged and what anybody saw is in the server's
file, once, where it was said to be; and all boards are equal.
"""
import argparse
import contextlib
import pathlib
import random
import sys
import time

import people


class Crowd:
    """A server, bots on one board of it, and what was counted and found wrong meanwhile."""

    def __init__(self, options, directory, log, server):
        self.options, self.directory, self.log, self.server = options, directory, log, server
        self.chance = random.Random(options.seed)
        self.bots = [people.Bot(options.build, directory, number, log) for number in range(options.bots)]
        self.figures, self.problems = {"seed": options.seed, "bots": options.bots}, []

    def gather(self, origin=None, link=lambda link: link):
        """link: the way to the board for those who join."""
        self.bots[0].create(origin or self.server.origin)
        for bot in self.bots[1:]:
            bot.join(link(self.bots[0].link))
        for bot in self.bots:
            bot.settle()

    def draw(self, rate):
        for bot in self.bots:
            bot.tell(f"draw {rate}")

    def come_back(self):
        """Nobody waits out the pause between two tries."""
        for bot in self.bots:
            bot.tell("reconnect")

    def burst(self, n):
        for bot in self.bots:
            bot.tell(f"burst {n}")

    def count_submitted(self):
        return sum(len(bot.submitted) for bot in self.bots)

    def count_acknowledged(self):
        return sum(len(bot.acknowledged) for bot in self.bots)

    def count_in_flight(self):
        return self.count_submitted() - self.count_acknowledged()

    def wait_for_acks(self, n, timeout=people.PATIENCE):
        """That many more, of everybody together."""
        wanted = self.count_acknowledged() + n
        people.wait_for(f"{n} more acknowledgements", lambda: self.count_acknowledged() >= wanted, timeout)

    def expect(self, condition, problem):
        if not condition:
            self.problems.append(problem)

    def come_to_rest(self):
        for bot in self.bots:
            bot.settle()
        # Settled one after the other: the last one's ops reach the others a moment later.
        return people.wait_for("equal positions", self._same_seq)

    def _same_seq(self):
        states = [bot.state() for bot in self.bots]
        return states if len({state["seq"] for state in states}) == 1 else None

    def check(self, states):
        """Everybody has quit, and the server is down."""
        log = self.server.read_log(self.bots[0].board)
        figures, problems = people.check_log(log, self.bots)
        self.figures |= figures | {"submitted": self.count_submitted()}
        self.problems += problems + people.check_equal(states)
        for bot in self.bots:
            self.problems += people.check_seen(log, bot)
            self.problems += [f"bot {bot.number}: op {counter} was never acknowledged"
                              for counter in sorted(bot.submitted - set(bot.acknowledged))]
            self.problems += [f"bot {bot.number}: {message}" for bot in self.bots for message in bot.trouble]
            self.expect(bot.acknowledged, f"bot {bot.number} draws nothing")

    def check_now(self, when):
        """The server is down, everybody else goes on: nothing that was acknowledged is missing."""
        _, problems = people.check_log(self.server.read_log(self.bots[0].board), self.bots)
        self.problems += [f"{when}: {problem}" for problem in problems]

    def end(self):
        for child in [*self.bots, self.server]:
            child.end()


def play(crowd, trouble):
    """trouble(crowd): what is done to the server while the crowd draws; it is running when it returns.
    Returns figures and problems, as people.report() wants them."""
    try:
        crowd.draw(crowd.options.rate)
        started = time.monotonic()
        trouble(crowd)
        crowd.draw(0)
        drawn = time.monotonic()
        states = crowd.come_to_rest()
        crowd.figures |= {"seconds": round(drawn - started, 1),
                          "settle_seconds": round(time.monotonic() - drawn, 1)}
        for bot in crowd.bots:
            bot.quit()
        crowd.server.stop()
        crowd.check(states)
    except people.Failure as failure:
        crowd.problems.append(str(failure))
    finally:
        crowd.end()
    return crowd.figures, crowd.problems


def strace(syscall, what):
    """What a server is run by to fail in that system call of some thread. what: as strace's inject."""
    if not people.can_trace():
        raise people.Skip("strace is not there, or may not trace")
    return ["strace", "-f", "-qqq", "-o", "/dev/null",
            "-e", f"trace={syscall}", "-e", f"inject={syscall}:{what}"]


def main(doc, run, title, **defaults):
    """run(options, directory, log). defaults: of --bots, --rate and what else run() needs."""
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    for name, value in ({"bots": 8, "rate": 20.0} | defaults).items():
        if value is False:
            parser.add_argument(f"--{name}", action="store_true")
        else:
            parser.add_argument(f"--{name}", type=type(value), default=value)
    options = parser.parse_args()
    sys.exit(people.report(run, options, title.format(**vars(options))))


@contextlib.contextmanager
def gathered(options, directory, log, server):
    """A crowd on a server that is started; all of it ends with the block."""
    crowd = Crowd(options, directory, log, server)
    try:
        server.start()
        crowd.gather()
        yield crowd
    finally:
        crowd.end()
