#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at a board as it was, in the real app (TAP). What is on the bar is read as a screen reader reads it.

PICTURES=DIR keeps a screenshot of each step.
"""
import pathlib
import sys

from at_spi import is_said, press_until, spoken, told
from desktop import Desk, Failure, circle, keep, line, quiet, run_tests, same_board, settled, wait_for, wave

BUILD = sys.argv[1]


def test_alone():
    """A board that was never shared: back to its beginning, through its steps, and away; nothing changed."""
    with spoken("Ada", BUILD) as ada:
        ada.start("--new")
        ada.key("p")
        for n in range(3):
            ada.draw(circle(250 + 120 * n, 250, 50, steps=12))
            settled(ada, elements=n + 1)
        before = ada.state()["hash"]
        ada.key("ctrl+shift+h")
        told(ada, "3 of 3", "Not shared yet", "Back to the Board")
        keep("end", ada)
        press_until(ada, "Home", "0 of 3", "The beginning")
        ada.key("Right")
        told(ada, "1 of 3")
        keep("first", ada)
        # Keys of the board do nothing to it meanwhile.
        ada.key("ctrl+a", "Delete", "ctrl+z")
        ada.key("space")
        told(ada, "3 of 3")
        ada.key("Escape")
        wait_for("the board again", lambda: not is_said(ada, "Back to the Board"))
        if ada.state()["hash"] != before:
            raise Failure("looking at the past changed the board")
        ada.draw(line(300, 450, 500, 500))
        settled(ada, elements=4)
        quiet(ada)


def test_together():
    """The past names who drew; others draw on meanwhile; offline, after a restart, it is all still there."""
    with spoken("Ada", BUILD) as ada, Desk("Grace", BUILD, color="#e66100") as grace:
        ada.start("--new", "--host")
        link = ada.printed("link ")
        grace.start("--join", link)
        wait_for("both to be there", lambda: grace.state().get("members") == 2 and ada.state().get("members") == 2)
        for desk in (ada, grace):
            desk.key("p")
        ada.draw(circle(300, 250, 60, steps=12))
        settled(grace, elements=1)
        grace.draw(wave(300, 400, 300, 12, 3))
        settled(ada, elements=2)
        ada.key("ctrl+shift+h")
        told(ada, "Grace", "2 of 2")
        keep("grace", ada)
        press_until(ada, "Home", "0 of 2")
        ada.key("Right")
        told(ada, "Ada", "1 of 2")
        grace.draw(line(600, 200, 700, 300))
        settled(ada, elements=3)
        told(ada, "1 of 2")
        ada.key("Escape")
        board = same_board(ada, grace)
        grace.kill()
        ada.close_window()
        board_file = next(pathlib.Path(ada.home.name).rglob("*.drawbridge"))
        ada.env["DRAWBRIDGE_SERVER"] = "/nonexistent"
        ada.start(str(board_file))
        wait_for("the same board", lambda: ada.state().get("hash") == board)
        ada.key("ctrl+shift+h")
        told(ada, "Grace", "3 of 3")
        quiet(ada)


def test_who():
    """Of what is pointed at the author and the time are told; from there only that author's things are shown."""
    with spoken("Ada", BUILD) as ada, Desk("Grace", BUILD, color="#e66100") as grace:
        ada.start("--new", "--host")
        grace.start("--join", ada.printed("link "))
        settled(ada, members=2)
        grace.key("p")
        ada.key("r")
        ada.draw(line(500, 500, 600, 560))
        settled(grace, elements=1)
        grace.draw(line(300, 400, 500, 400))
        settled(ada, elements=2)
        ada.key("v", "Escape")
        ada.xdotool("mousemove", "380", "400", "sleep", "0.2", "mousemove", "384", "400")
        press_until(ada, "shift+i", "Grace", "Just now|.+ ago", "See How It Came", "Undo Everything They Did…")
        keep("who", ada)
        ada.key("Return")
        told(ada, "2 of 2", "Back to the Board")
        keep("only", ada)
        ada.key("Escape")
        settled(ada, elements=2)
        for desk in (ada, grace):
            quiet(desk)


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
