#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""screenshots.py BUILD FOLDER: pictures of every screen, light and dark, as README and metainfo show them."""
import pathlib
import subprocess
import sys

from desktop import Desk, circle, line, settled, wait_for, wave

SHAPES = pathlib.Path(__file__).resolve().parents[1] / "fixtures" / "excalidraw" / "shapes.excalidrawlib"


def draw_boards(desk):
    """Three boards, so that Home has something to show."""
    desk.start("--new")
    for n in range(4):
        desk.draw(wave(180, 220 + 70 * n, 560, 22, 3 + n), 0.002)
    rename(desk, "Rivers")
    desk.key("alt+Home")
    wait_for("Home", lambda: not desk.state())
    desk.xdotool("sleep", "0.5")
    desk.key("ctrl+n")
    wait_for("a board", lambda: desk.state().get("elements") == 0)
    for n in range(3):
        desk.draw(circle(240 + 210 * n, 320, 80), 0.002)
    rename(desk, "Phases of the moon")
    desk.key("alt+Home")
    wait_for("Home", lambda: not desk.state())
    desk.xdotool("sleep", "0.5")
    desk.key("ctrl+n")
    wait_for("a board", lambda: desk.state().get("elements") == 0)
    plan(desk)
    rename(desk, "Plan")


def rename(desk, title):
    desk.key("F2")
    desk.xdotool("sleep", "0.5")
    desk.type(title)
    desk.key("Return")
    settled(desk, title=title)


def plan(desk):
    """Boxes, arrows and handwriting."""
    for n, key in enumerate(("r", "d", "o")):
        desk.key(key)
        x = 160 + 240 * n
        desk.draw(line(x, 240, x + 160, 340), 0.004)
    for n in range(2):
        desk.key("a")
        x = 330 + 240 * n
        desk.draw(line(x, 290, x + 60, 290), 0.004)
    desk.key("p")
    desk.draw(wave(180, 430, 520, 14, 9), 0.002)
    desk.draw(wave(180, 480, 380, 12, 7), 0.002)
    desk.key("Escape")


def take(desk, folder, name):
    desk.xdotool("mousemove", str(desk.width - 3), str(desk.height - 3), "sleep", "0.8")
    path = desk.screenshot(folder / f"{name}.png")
    subprocess.run(["mogrify", "-strip", "-colors", "200", str(path)], check=True)


def library(desk):
    """The panel, with drawings in it."""
    subprocess.run([str(desk.build / "app" / "drawbridge"), str(SHAPES)], env=desk.env, check=True, timeout=60)
    folder = pathlib.Path(desk.home.name, "data", "drawbridge", "library")
    wait_for("the library", lambda: len(list(folder.glob("*.excalidrawlib"))) == 4)
    # What was said of it has gone.
    desk.xdotool("sleep", "6")


def tour(desk, folder, suffix):
    draw_boards(desk)
    take(desk, folder, f"board{suffix}")
    desk.key("ctrl+shift+e")
    take(desk, folder, f"export{suffix}")
    desk.key("Escape")
    library(desk)
    take(desk, folder, f"library{suffix}")
    desk.key("ctrl+l")
    desk.key("ctrl+shift+s")
    take(desk, folder, f"share{suffix}")
    desk.key("Escape")
    desk.key("ctrl+comma")
    take(desk, folder, f"preferences{suffix}")
    desk.key("Escape")
    desk.key("alt+Home")
    wait_for("Home", lambda: not desk.state())
    desk.xdotool("sleep", "1")
    take(desk, folder, f"home{suffix}")


def main(build, folder):
    folder = pathlib.Path(folder)
    for dark, suffix in ((False, ""), (True, "-dark")):
        with Desk("Ada", build, width=1000, height=640, dark=dark) as ada:
            tour(ada, folder, suffix)


if __name__ == "__main__":
    main(*sys.argv[1:3])
