#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The library panel in the real app, by pointer and by keys (TAP). PICTURES=DIR keeps screenshots."""
import pathlib
import subprocess
import sys

from desktop import PATIENCE, Desk, Failure, keep, line, quiet, run_tests, settled, wait_for

BUILD = pathlib.Path(sys.argv[1])
SHAPES = pathlib.Path(__file__).resolve().parents[1] / "fixtures" / "excalidraw" / "shapes.excalidrawlib"
# Of the first picture, from the right edge of the window and from the top.
FIRST = (230, 150)
ENTRY = (200, 75)


def kept(desk):
    return sorted(pathlib.Path(desk.home.name, "data", "drawbridge", "library").glob("*.excalidrawlib"))


def has_kept(desk, count):
    wait_for(f"{count} drawings on disk", lambda: len(kept(desk)) == count)


def open_file(desk, path):
    """As a file manager does while the app runs."""
    subprocess.run([str(BUILD / "app" / "drawbridge"), str(path)], env=desk.env, check=True, timeout=PATIENCE)


def insert_first(desk):
    """Clicks the first picture, which is three elements, until the panel has come so far that it
    takes that; a click more is no fault of the app."""
    def inserted():
        desk.click(desk.width - FIRST[0], FIRST[1])
        return desk.state().get("elements")
    count = wait_for("the drawing on the board", inserted)
    if count % 3:
        raise Failure(f"{count} elements came")


def test_import_and_insert():
    """A library that is opened stays, and a click puts a drawing of it on the board."""
    with Desk("Ada", BUILD) as ada:
        ada.start("--new")
        ada.key("v")
        open_file(ada, SHAPES)
        has_kept(ada, 4)
        insert_first(ada)
        keep("inserted", ada)
        open_file(ada, SHAPES)
        if len(kept(ada)) != 4:
            raise Failure("the same library was taken twice")
        quiet(ada)


def test_add_search_remove():
    """What is selected goes into the library; search, Enter, Delete and Undo by keys."""
    with Desk("Ada", BUILD) as ada:
        ada.start("--new")
        ada.key("r")
        ada.draw(line(300, 250, 420, 330))
        settled(ada, elements=1)
        ada.key("ctrl+shift+b")
        has_kept(ada, 1)
        open_file(ada, SHAPES)
        has_kept(ada, 5)
        # The newest are first: the library, then what was drawn before.
        ada.settle()
        ada.click(ada.width - ENTRY[0], ENTRY[1])
        ada.type("server")
        keep("search", ada)
        # Into the grid, to its only drawing.
        ada.key("Tab", "Tab", "Tab", "Return")
        settled(ada, elements=4)
        ada.click(ada.width - ENTRY[0], ENTRY[1])
        ada.key("Tab", "Tab", "Tab", "Delete")
        has_kept(ada, 4)
        keep("removed", ada)
        quiet(ada)
        ada.close_window()
        if len(kept(ada)) != 4:
            raise Failure("the library changed at the end")


def test_restart():
    """The library is there again, and is shared by boards."""
    with Desk("Ada", BUILD) as ada:
        ada.start("--new")
        ada.key("v")
        open_file(ada, SHAPES)
        has_kept(ada, 4)
        ada.close_window()
        ada.start("--new")
        ada.key("v", "ctrl+l")
        insert_first(ada)
        quiet(ada)


def test_palette():
    """What has a name in the library is inserted from the palette, which / opens and Escape closes."""
    with Desk("Ada", BUILD) as ada:
        ada.start("--new")
        open_file(ada, SHAPES)
        has_kept(ada, 4)
        ada.settle()
        ada.key("ctrl+l")
        ada.settle()
        ada.key("slash")
        ada.settle()
        ada.type("insert server")
        ada.settle()
        keep("palette", ada)
        ada.key("Return")
        settled(ada, elements=3)
        ada.key("slash")
        ada.settle()
        ada.key("Escape")
        ada.settle()
        # The keys are the board's again.
        ada.key("Delete")
        settled(ada, elements=0)
        quiet(ada)


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
