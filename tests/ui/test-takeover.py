#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host has vanished, with the server: a guest hosts the board, and others find it there as it was (TAP).
PICTURES=DIR keeps a screenshot of every step.
"""
import pathlib
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from desktop import Desk, Failure, circle, keep, line, run_tests, settled, wait_for, windows  # noqa: E402

BUILD = pathlib.Path(sys.argv[1])


def boards(desk):
    """Files of boards, of which there is one for each."""
    return sorted((pathlib.Path(desk.env["XDG_DATA_HOME"]) / "drawbridge/boards").glob("*.drawbridge"))


def read_link(desk):
    """What Copy would give: as the file has it."""
    database = sqlite3.connect(f"file:{boards(desk)[0]}?mode=ro", uri=True)
    try:
        return database.execute("SELECT value FROM meta WHERE name = 'link'").fetchone()[0]
    finally:
        database.close()


def host_here(desk):
    before = windows(desk)
    desk.key("F10")
    wait_for("the menu", lambda: windows(desk) > before)
    desk.settle()
    keep("menu", desk)
    desk.key("c")
    desk.settle()
    keep("dialog", desk)
    desk.key("alt+h")
    settled(desk, share="online", role="host")
    desk.settle()
    keep("hosted", desk)


def test_takeover():
    """The board goes on with all that was on it, and who was there joins it again"""
    with Desk("Grace", BUILD, color="#e66100") as grace, Desk("Alan", BUILD, color="#2ec27e") as alan:
        with Desk("Ada", BUILD) as ada:
            ada.start("--new", "--host")
            link = ada.printed("link ")
            for guest in grace, alan:
                guest.start("--join", link)
                settled(guest, share="online")
            ada.key("p")
            ada.draw(circle(400, 300, 60))
            grace.key("p")
            grace.draw(line(200, 200, 500, 240))
            for desk in ada, grace, alan:
                settled(desk, elements=2, waiting=0)
            ada.kill()
        wait_for("Grace to notice", lambda: grace.state().get("share") in ("offline", "connecting"))
        alan.key("p")
        alan.draw(line(300, 420, 600, 430))
        settled(alan, elements=3, waiting=1)
        host_here(grace)
        if len(boards(grace)) != 1:
            raise Failure("that is another board")
        wait_for("the new link", lambda: read_link(grace) != link)
        link = read_link(grace)
        alan.close_window()
        alan.start("--join", link)
        settled(alan, share="online", elements=3, waiting=0)
        settled(grace, elements=3, waiting=0)


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
