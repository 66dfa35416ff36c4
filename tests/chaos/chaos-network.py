#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""People draw over a bad line: 5 % of the packets are lost, a round trip takes 300 ms (needs root).

With --polling: over a proxy that lets no websocket through. The server is killed now and then meanwhile.
Prints TAP and figures.
"""
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import crowd as crowds  # noqa: E402
import networks  # noqa: E402
import people  # noqa: E402


def draw_for_a_while(crowd):
    """Everybody is acknowledged, and again after the server has died."""
    deadline = time.monotonic() + crowd.options.seconds
    lives = 0
    while time.monotonic() < deadline or lives == 0:
        crowd.wait_for_acks(4 * len(crowd.bots))
        people.wait_for("everybody is acknowledged", lambda: all(bot.acknowledged for bot in crowd.bots))
        time.sleep(crowd.chance.uniform(0, 0.5))
        crowd.server.kill()
        lives += 1
        crowd.server.start()
        crowd.come_back()
    crowd.wait_for_acks(4 * len(crowd.bots))
    crowd.figures |= {"lives": lives}


def draw_by_polling(options, directory, log):
    server = people.Server(options.build, directory / "server", log).start()
    with networks.Proxy(server.port, websockets=False) as proxy:
        crowd = crowds.Crowd(options, directory, log, server)
        try:
            crowd.gather(proxy.origin)
            figures, problems = crowds.play(crowd, draw_for_a_while)
        finally:
            crowd.end()
        crowd.expect(proxy.refused > 0, "nobody asked for a websocket")
        return figures | {"refused_websockets": proxy.refused}, problems


def draw_over_a_bad_line(options, directory, log):
    with networks.LossyNetwork(options.loss / 100, options.delay, options.seed) as network:
        server = people.Server(options.build, directory / "server", log)
        server.arguments += ["--listen", f"{networks.HERE}:{server.port}"]
        crowd = crowds.Crowd(options, directory, log, server)
        for bot in crowd.bots[1:]:
            bot.prefix = network.there()
        try:
            server.start()
            crowd.gather(link=lambda link: link.replace("127.0.0.1", networks.HERE, 1))
            figures, problems = crowds.play(crowd, draw_for_a_while)
        finally:
            crowd.end()
        crowd.expect(network.lost > 0, "no packet was lost")
        return figures | {"packets": network.passed, "lost_packets": network.lost}, problems


def run(options, directory, log):
    return draw_by_polling(options, directory, log) if options.polling else draw_over_a_bad_line(
        options, directory, log)


if __name__ == "__main__":
    crowds.main(__doc__, run, "a bad line", seconds=5.0, polling=False, loss=5.0, delay=300.0, rate=4.0)
