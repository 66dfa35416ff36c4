#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Home: pictures of boards, search, rename, duplicate, delete with undo (TAP). PICTURES=DIR keeps screenshots."""
import pathlib
import subprocess
import sys
import time

import at_spi
from desktop import Desk, Failure, circle, keep, quiet, run_tests, settled, wait_for, wave, windows

BUILD = pathlib.Path(sys.argv[1])
OFFER_SECONDS = 10  # so long what is deleted can be had back


def boards(desk):
    return sorted(pathlib.Path(desk.env["XDG_DATA_HOME"], "drawbridge", "boards").glob("*.drawbridge"))


def thumbnails(desk):
    return list(pathlib.Path(desk.env["XDG_CACHE_HOME"], "drawbridge", "thumbnails").glob("*.png"))


def home(desk):
    desk.key("alt+Home")
    wait_for("Home", lambda: not desk.state())


def make_board(desk, title, draw):
    desk.key("ctrl+n")
    settled(desk, elements=0)
    draw()
    desk.key("F2")
    desk.type(title)
    desk.key("Return")
    settled(desk, title=title)
    count = len(thumbnails(desk))
    home(desk)
    wait_for("a picture", lambda: len(thumbnails(desk)) > count)
    desk.settle()


def renaming(desk):
    """Asks for a new title of the card that has the keyboard, as soon as one has."""
    wait_for("the dialog", lambda: windows(desk) == 2 or desk.key("F2") or desk.xdotool("sleep", "0.5"))
    desk.settle()


def on_card(desk):
    """Waits until a card has the keyboard: only then does F2 do anything."""
    renaming(desk)
    desk.key("Escape")
    wait_for("the dialog to go", lambda: windows(desk) == 1)


def test_boards():
    """Boards are found, renamed, copied, and deleted for good only when nobody wants them back."""
    with Desk("Ada", BUILD) as ada:
        ada.start()
        make_board(ada, "Rivers", lambda: [ada.draw(wave(200, 200 + 60 * n, 500, 20)) for n in range(4)])
        make_board(ada, "Suns", lambda: [ada.draw(circle(250 + 200 * n, 300, 80)) for n in range(3)])
        keep("grid", ada)
        ada.key("ctrl+f")
        ada.type("river")
        keep("search", ada)
        ada.key("Tab")
        on_card(ada)
        ada.key("Return")
        settled(ada, title="Rivers", elements=4)
        home(ada)
        ada.key("ctrl+f", "Escape")
        ada.key("Tab")
        renaming(ada)
        keep("rename", ada)
        ada.key("ctrl+a")
        ada.type("Lakes")
        ada.key("Return")
        wait_for("the dialog to go", lambda: windows(ada) == 1)
        on_card(ada)
        ada.key("Return")
        settled(ada, title="Lakes")
        home(ada)
        before = boards(ada)
        on_card(ada)
        asked = time.monotonic()
        ada.key("Delete")
        keep("deleted", ada)
        if boards(ada) != before and time.monotonic() - asked < OFFER_SECONDS:
            raise Failure("a board was deleted before the offer to undo was gone")
        wait_for("the board to be deleted", lambda: len(boards(ada)) == 1)
        wait_for("its picture to go", lambda: len(thumbnails(ada)) == 1)
        quiet(ada)


def test_two_windows():
    """Home in one window shows what comes to be in another."""
    with at_spi.spoken("Ada", BUILD) as ada:
        ada.start()
        ada.key("ctrl+shift+n")
        wait_for("another window", lambda: windows(ada) == 2)
        ada.settle()
        ada.key("ctrl+n")
        at_spi.shows(ada, "Untitled, Just now")
        quiet(ada)


def pixels(desk):
    """What is on the screen now, without what stands around the sheet."""
    picture = desk.screenshot(f"{desk.env['XDG_CACHE_HOME']}/look.png")
    return subprocess.run(["convert", picture, "-crop", "600x300+200+200", "rgb:-"], check=True,
                          capture_output=True).stdout


def test_large_board():
    """A large board is read by a thread; it is seen where it was left, and as it was. Leaving at once does no harm."""
    with Desk("Ada", BUILD) as ada:
        folder = pathlib.Path(ada.env["XDG_DATA_HOME"], "drawbridge", "boards")
        folder.mkdir(parents=True)
        board = folder / "uc8agPk6CkUC2KbXk70GCA.drawbridge"
        subprocess.run([BUILD / "tests/bench/bench-open", "--strokes", "8000", "--write", board], check=True)
        ada.start(str(board))
        settled(ada, title="Many strokes", elements=8400)
        ada.key("ctrl+minus", "ctrl+minus")
        ada.settle()
        before = pixels(ada)
        keep("large", ada)
        home(ada)
        stills = pathlib.Path(ada.env["XDG_CACHE_HOME"], "drawbridge", "thumbnails")
        wait_for("a picture of the view", lambda: list(stills.glob("*.still")))
        on_card(ada)
        ada.key("Return")
        settled(ada, title="Many strokes", elements=8400)
        wait_for("the same picture", lambda: pixels(ada) == before)
        # It is not read in the time between these two keys.
        home(ada)
        on_card(ada)
        ada.key("Return", "alt+Home")
        wait_for("Home", lambda: not ada.state())
        on_card(ada)
        wait_for("the board", lambda: ada.key("Return") or ada.state().get("elements") == 8400)
        wait_for("the same picture", lambda: pixels(ada) == before)
        quiet(ada)


def test_invitation_on_clipboard():
    """A link on the clipboard is noticed, and joining asks."""
    with Desk("Ada", BUILD) as ada:
        ada.start("--new", "--host")
        link = ada.printed("link ")
        ada.draw(circle(400, 300, 80))
        settled(ada, elements=1)
        # What is written in the chat can be copied from there.
        ada.key("F9")
        ada.type(link)
        ada.key("ctrl+a", "ctrl+c", "ctrl+a", "BackSpace", "F9")
        home(ada)
        ada.settle()
        keep("invitation", ada)
        quiet(ada)


def test_boards_come_back():
    """What was open when the app died is open again; after Quit it is not."""
    with Desk("Ada", BUILD) as ada:
        ada.start("--new")
        ada.draw(circle(400, 300, 80))
        settled(ada, elements=1)
        ada.settle()
        ada.kill()
        ada.start()
        settled(ada, elements=1)
        if ada.close_window() != 0:
            raise Failure("the app did not end with 0")
        ada.start()
        if ada.state():
            raise Failure("a board is open that was closed")
        quiet(ada)


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
