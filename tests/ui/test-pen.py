#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pen's page of the preferences by real events: what is chosen there is so at once (TAP).

PICTURES=DIR keeps a screenshot of each step.
"""
import json
import pathlib
import re
import sqlite3
import sys

from desktop import Desk, Failure, in_front, keep, quiet, run_tests, settled, wait_for, wave, windows

BUILD = pathlib.Path(sys.argv[1])


def setting(desk, key):
    text = pathlib.Path(desk.home.name, "config/glib-2.0/settings/keyfile").read_text(encoding="utf-8")
    found = re.search(rf"^{key}='?(.*?)'?$", text, re.M)
    return found.group(1) if found else ""


def do_until(desk, what, act, key, condition):
    """Does it again as long as the setting is not so: the dialog may still be on its way."""
    def check():
        act()
        try:
            return wait_for(what, lambda: condition(setting(desk, key)), 2)
        except Failure:
            return None
    wait_for(f"{what} ({key} is {setting(desk, key)!r})", check)


def open_page(desk):
    desk.key("ctrl+comma")
    in_front(desk, "Preferences")
    desk.settle()
    desk.xdotool("mousemove", "560", "68", "click", "1")


def test_pressure():
    """The end of the curve is dragged, a point is added by a key; what is chosen goes to the settings at once."""
    with Desk("Ada", BUILD) as ada:
        ada.start("--new")
        settled(ada, elements=0)
        open_page(ada)
        do_until(ada, "the curve to be bent", lambda: ada.draw([(449, 172), (449, 200), (449, 244)]),
                 "pressure-curve", lambda curve: re.fullmatch(r"0,0 1,0\.[3-7]\d*", curve))
        keep("curve", ada)
        ada.key("Insert")
        wait_for("a third point", lambda: setting(ada, "pressure-curve").count(",") == 3)
        ada.draw(wave(500, 250, 180, 20, 3))
        keep("page", ada)
        quiet(ada)


def draw_trembling(desk, y):
    """Draws a line that trembles by 6 pixels, and gives how much there is to say of it."""
    before = desk.state()["elements"]
    desk.draw([(200 + 3 * i, y + (6 if i % 2 else -6)) for i in range(80)])
    settled(desk, elements=before + 1)
    return desk.length_of_last()


class PenDesk(Desk):
    """Reads what was drawn from the board's own file."""

    def length_of_last(self):
        file = next(pathlib.Path(self.env["XDG_DATA_HOME"], "drawbridge", "boards").glob("*.drawbridge"))

        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as base:
            ops = [json.loads(row[0]) for row in base.execute("SELECT op FROM pending ORDER BY counter")]
        return len(ops[-1]["c"][0][1]["points"])


def test_stabiliser():
    """The stabiliser chosen in the list calms the next stroke on the board."""
    with PenDesk("Ada", BUILD) as ada:
        ada.start("--new")
        settled(ada, elements=0)
        ada.key("p")
        before = draw_trembling(ada, 200)
        open_page(ada)
        do_until(ada, "the stabiliser to be chosen",
                 lambda: (ada.click(675, 415), ada.xdotool("sleep", "0.5"), ada.key("End", "Return")),
                 "stabiliser", lambda value: value == "strong")
        keep("stabiliser", ada)
        ada.key("Escape")
        wait_for("the dialog to go", lambda: windows(ada) == 1)
        after = draw_trembling(ada, 400)
        # What is calm needs fewer points.
        if after > before * 0.7:
            raise Failure(f"a trembling line has {before} letters without it, {after} with it")
        quiet(ada)


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
