#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""demo.py BUILD PICTURE: Ada hosts a new board, Grace joins by its link, both draw; one picture of both.

The main job of the product from end to end, with the real programs: the server is started by Ada's app,
keeps its store in SQLite, and everything that Grace sees came through it.
"""
import subprocess
import sys
import tempfile

from desktop import Desk, circle, line, same_board, wait_for, wave


def bridge(desk):
    """Two towers, the deck between them and the chains."""
    for x in (250, 610):
        desk.draw(line(x, 480, x, 300) + line(x, 300, x + 90, 300) + line(x + 90, 300, x + 90, 480), 0.004)
        desk.draw(line(x, 300, x, 270, 6) + line(x, 270, x + 22, 270, 6) + line(x + 22, 270, x + 22, 290, 6), 0.004)
        desk.draw(line(x + 90, 300, x + 90, 270, 6) + line(x + 90, 270, x + 68, 270, 6) + line(x + 68, 270, x + 68, 290, 6), 0.004)
    desk.draw(line(345, 440, 605, 440, 40))
    desk.draw([(345 + 260 * i / 40, 320 + 110 * (1 - (2 * i / 40 - 1) ** 2)) for i in range(41)])


def water_and_sun(desk):
    for n in range(3):
        desk.draw(wave(180 + 30 * n, 510 + 24 * n, 560 - 60 * n, 6, 7 - n))
    desk.key("o")
    desk.draw(line(758, 138, 842, 222))
    desk.key("p")
    for n in range(8):
        ray = circle(800, 180, 58, steps=8)[n]
        end = circle(800, 180, 84, steps=8)[n]
        desk.draw(line(*ray, *end, steps=6), 0.004)


def main(build, picture):
    with Desk("Ada", build, color="#3584e4", composited=True) as ada, \
            Desk("Grace", build, color="#e66100", dark=True, composited=True) as grace:
        ada.start("--new", "--host")
        link = ada.printed("link ")
        print(f"Ada hosts a board: {link.split('#')[0]}#…")
        grace.start("--join", link)
        wait_for("both to be on the board", lambda: grace.state().get("members") == 2
                 and ada.state().get("members") == 2)
        for desk in (ada, grace):
            desk.key("p")
        bridge(ada)
        water_and_sun(grace)
        # A stroke that is not finished yet, so that the picture shows wet ink and cursors.
        board = same_board(ada, grace)
        state = ada.state()
        print(f"Both boards are equal: {state['elements']} elements at position {state['seq']}, hash {board}")
        wet = wave(420, 200, 160, 18, 2)
        ada.xdotool("mousemove", str(round(wet[0][0])), str(round(wet[0][1])), "mousedown", "1")
        for x, y in wet[1:40]:
            ada.xdotool("mousemove", str(round(x)), str(round(y)))
        grace.xdotool("mousemove", "640", "240")
        grace.xdotool("mousemove", "644", "244", "sleep", "0.7")
        with tempfile.TemporaryDirectory() as folder:
            shots = [desk.screenshot(f"{folder}/{desk.name}.png") for desk in (ada, grace)]
            subprocess.run(["montage", *shots, "-tile", "2x1", "-geometry", "+12+12", "-background",
                            "#77767b", picture], check=True)
        ada.xdotool("mouseup", "1")
    print(f"A picture of both windows: {picture}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
