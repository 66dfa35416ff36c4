#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server is away for a while, and people go on drawing: how long after its return is each of them back?

Nobody is told to try again: it is what the app does by itself. With --limit S later than that is a fault. Prints
TAP and figures.
"""
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import crowd as crowds  # noqa: E402


def be_away(crowd):
    late, missed = [], 0
    for _ in range(crowd.options.outages):
        crowd.server.kill()
        time.sleep(crowd.chance.uniform(1, crowd.options.longest))
        missed += crowd.count_in_flight()
        before = [len(bot.acknowledged) for bot in crowd.bots]
        crowd.server.start()
        started, back = time.monotonic(), {}
        while len(back) < len(crowd.bots) and time.monotonic() < started + crowds.people.PATIENCE:
            back |= {bot.number: time.monotonic() - started for bot, n in zip(crowd.bots, before)
                     if bot.number not in back and len(bot.acknowledged) > n}
            time.sleep(0.02)
        crowd.expect(len(back) == len(crowd.bots), "not everybody comes back")
        late += back.values()
    crowd.figures |= {"outages": crowd.options.outages, "drawn_meanwhile": missed, "back_after_s": {
        "mean": round(sum(late) / len(late), 2), "longest": round(max(late), 2)}}
    crowd.expect(missed > 0, "nobody drew meanwhile")
    crowd.expect(crowd.options.limit == 0 or max(late) <= crowd.options.limit, "somebody was away for too long")


def run(options, directory, log):
    server = crowds.people.Server(options.build, directory / "server", log)
    with crowds.gathered(options, directory, log, server) as crowd:
        return crowds.play(crowd, be_away)


if __name__ == "__main__":
    crowds.main(__doc__, run, "{outages} outages", outages=2, longest=3.0, limit=0.0, rate=2.0)
