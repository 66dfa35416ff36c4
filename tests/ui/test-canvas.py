#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The canvas in the real app: what a screen reader is told, where one is, on sharp screens (TAP).

PICTURES=DIR keeps a screenshot of each step.
"""
import os
import re
import sys

import at_spi
from desktop import Desk, keep, line, quiet, run_tests, wait_for, wave

BUILD = sys.argv[1]


def start(name, accessible=False, scale=None, **options):
    desk = Desk(name, BUILD, **options)
    if accessible:
        desk.env["GTK_A11Y"] = "atspi"
        desk.env.pop("NO_AT_BRIDGE", None)
    if scale:
        desk.env["GDK_SCALE"] = str(scale)
    desk.start("--new")
    return desk


def elements(desk, count):
    wait_for(f"{count} elements", lambda: desk.state().get("elements") == count)


def told(desk, pattern):
    """Waits until something has that name."""
    wait_for(f"a screen reader to be told of {pattern}",
             lambda: any(re.fullmatch(pattern, name) for _, name in at_spi.names(desk)))


def test_walk_is_told():
    """Tab goes from object to object; each is told by type and place."""
    with start("Ada", accessible=True) as desk:
        desk.key("r")
        desk.draw(line(200, 200, 320, 280))
        desk.key("p")
        desk.draw(wave(200, 420, 200, 18, 2))
        elements(desk, 2)
        desk.key("v", "Escape")
        told(desk, "Canvas")
        desk.key("Tab")
        told(desk, r"Canvas: Rectangle at -?\d+, -?\d+")
        keep("walk", desk)
        desk.key("Tab")
        told(desk, r"Canvas: Drawing at -?\d+, -?\d+")
        desk.key("shift+Tab")
        told(desk, r"Canvas: Rectangle at -?\d+, -?\d+")
        desk.key("ctrl+a")
        told(desk, "Canvas: 2 objects selected")
        desk.key("Escape")
        told(desk, "Canvas")
        quiet(desk)


def test_where_am_i():
    """With the minimap shown, away from all that is drawn and back by one key."""
    with start("Ada") as desk:
        desk.key("p")
        desk.draw(wave(200, 300, 200, 18, 2))
        elements(desk, 1)
        desk.key("v", "Escape", "shift+m")
        keep("minimap", desk)
        desk.xdotool("mousemove", "500", "400", *["click", "5"] * 40)
        keep("lost", desk)
        desk.key("shift+1")
        keep("back", desk)
        elements(desk, 1)
        # A verb of the board takes a moment to be allowed after something is selected.
        wait_for("all to be deleted",
                 lambda: desk.key("ctrl+a", "Delete") or desk.state().get("elements") == 0)
        quiet(desk)


def test_sharp_screen():
    """Twice as many pixels: nothing is complained about, and the pen draws where it is."""
    with start("Ada", scale=2, width=1400, height=1000) as desk:
        desk.key("p")
        desk.draw(wave(300, 500, 500, 60, 2))
        elements(desk, 1)
        keep("sharp", desk)
        quiet(desk)


def test_papers():
    """Each paper is painted without a complaint, near and far, light and dark."""
    for dark, paper in ((False, "grid"), (True, "dots"), (False, "lines")):
        desk = Desk("Ada", BUILD, dark=dark)
        with desk:
            settings = os.path.join(desk.home.name, "config/glib-2.0/settings/keyfile")
            with open(settings, "a", encoding="utf-8") as file:
                file.write(f"paper='{paper}'\n")
            desk.start("--new")
            desk.key("p")
            desk.draw(wave(200, 300, 200, 18, 2))
            elements(desk, 1)
            keep(f"paper-{paper}", desk)
            desk.key(*["ctrl+minus"] * 6)
            keep(f"paper-{paper}-far", desk)
            quiet(desk)


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
