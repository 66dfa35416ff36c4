#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dragging to the real app and out of it, from and to another program, with a real pointer (TAP).
PICTURES=DIR keeps screenshots."""
import pathlib
import subprocess
import sys

from desktop import PATIENCE, Desk, Failure, keep, line, quiet, read_line, run_tests, settled, wait_for

BUILD = pathlib.Path(sys.argv[1])
FIXTURES = pathlib.Path(__file__).resolve().parents[1] / "fixtures"
SHAPES = FIXTURES / "excalidraw" / "shapes.excalidrawlib"
EVERYTHING = FIXTURES / "excalidraw" / "everything.excalidraw"
PICTURE = next((FIXTURES / "pictures").glob("*.png"))
WIDTH, HEIGHT, PEER = 1000, 720, 200


class Table:
    """The app, and beside it the window of another program."""

    def __init__(self, *peer):
        self.desk = Desk("Ada", BUILD, width=WIDTH + PEER, height=HEIGHT)
        try:
            self.desk.start("--new", maximize=False)
            self.desk.resize(WIDTH, HEIGHT)
            self.desk.key("v")
            if peer:
                self.start_peer(*peer)
        except BaseException:
            self.desk.end()
            raise

    def start_peer(self, *arguments):
        self.peer = self.desk._spawn(str(BUILD / "tests" / "ui" / "drag-peer"), *map(str, arguments),
                                     stdout=subprocess.PIPE)
        if read_line(self.peer.stdout, PATIENCE) != "ready":
            raise Failure("the other program does not start")
        window = wait_for("its window", self.find_peer)
        self.desk.xdotool("windowmove", window, str(WIDTH), "0")
        self.desk.settle()

    def find_peer(self):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.peer.pid)],
                               env=self.desk.env, capture_output=True, text=True, check=False).stdout.split()
        return found[-1] if found else None

    def drag(self, start, end):
        steps = []
        for n, (x, y) in enumerate(line(*start, *end, steps=30)):
            steps += ["mousemove", str(round(x)), str(round(y)), "sleep", "0.02"]
            steps += ["mousedown", "1", "sleep", "0.1"] if n == 0 else []
        self.desk.xdotool(*steps)
        # The other side has answered before it is let go.
        self.desk.settle()
        keep("over", self.desk)
        self.desk.xdotool("mouseup", "1")
        self.desk.settle()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.desk.end()


FROM_PEER, TO_BOARD = (WIDTH + PEER / 2, PEER / 2), (400, 400)


def drop(count, *gift):
    with Table("give", *gift) as table:
        table.drag(FROM_PEER, TO_BOARD)
        settled(table.desk, elements=count)
        keep(gift[0], table.desk)
        quiet(table.desk)


def test_text():
    """Words that are dropped are a text."""
    drop(1, "text", "dragged here")


def test_files():
    """Files of a file manager: a picture and a drawing."""
    drop(18, "file", PICTURE, EVERYTHING)


def test_browser():
    """What a browser gives is the picture, and nothing is fetched."""
    drop(1, "picture", PICTURE, "https://example.invalid/picture.png")


def test_library_file():
    """A library that is dropped goes into the library; from there a drawing is dragged to its place."""
    with Table("give", "file", SHAPES) as table:
        ada = table.desk
        table.drag(FROM_PEER, TO_BOARD)
        wait_for("the library on disk", lambda: len(
            list(pathlib.Path(ada.home.name, "data", "drawbridge", "library").glob("*.excalidrawlib"))) == 4)
        ada.settle()
        table.drag((WIDTH - 230, 150), (300, 300))
        settled(ada, elements=3)
        keep("from-library", ada)
        quiet(ada)


def take(mime):
    """A rectangle is drawn, selected and dragged by its handle to another program."""
    with Table() as table:
        ada = table.desk
        ada.key("r")
        ada.draw(line(200, 200, 320, 300))
        settled(ada, elements=1)
        ada.key("ctrl+a")
        ada.settle()
        # Only now: its window takes the keys.
        table.start_peer("take", mime)
        keep("handle", ada)
        table.drag((WIDTH - 35, (HEIGHT + 47) / 2), FROM_PEER)
        words = read_line(table.peer.stdout, PATIENCE)
        keep("taken", ada)
        if not words or not words.startswith(f"took {mime} ") or int(words.split()[-1]) < 100:
            raise Failure(f"the other program said: {words}")
        quiet(ada)


def test_take_png():
    """The selection is dragged out as PNG."""
    take("image/png")


def test_take_svg():
    """The selection is dragged out as SVG."""
    take("image/svg+xml")


def test_take_elements():
    """The selection is dragged out as elements."""
    take("application/vnd.excalidraw.clipboard+json")


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
