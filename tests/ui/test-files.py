#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drawings in and out of the real app: the command line without a display, then the window (TAP).

PICTURES=DIR keeps a screenshot of each step.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from desktop import PATIENCE, Desk, Failure, in_front, keep, line, quiet, run_tests, settled, wait_for, windows

BUILD = pathlib.Path(sys.argv[1])
FIXTURES = pathlib.Path(__file__).resolve().parents[1] / "fixtures" / "excalidraw"
EVERYTHING = FIXTURES / "everything.excalidraw"


def blind(folder):
    """An environment without display and session bus."""
    env = {key: value for key, value in os.environ.items()
           if key not in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")}
    return {**env, "HOME": folder, "XDG_DATA_HOME": f"{folder}/data", "XDG_CONFIG_HOME": f"{folder}/config",
            "XDG_CACHE_HOME": f"{folder}/cache", "GSETTINGS_SCHEMA_DIR": str(BUILD / "data"),
            "GSETTINGS_BACKEND": "memory", "LC_ALL": "C.UTF-8", "G_DEBUG": "fatal-criticals"}


def drawbridge(folder, *arguments, status=0):
    run = subprocess.run([str(BUILD / "app" / "drawbridge"), *map(str, arguments)], env=blind(folder),
                         capture_output=True, text=True, timeout=PATIENCE, check=False)
    if run.returncode != status or (status == 0 and run.stderr):
        raise Failure(f"{arguments} ended with {run.returncode}: {run.stdout}{run.stderr}")
    return run


def elements(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))["elements"]


def test_without_display():
    """--import and --export of every format, from drawings and boards, without a display."""
    with tempfile.TemporaryDirectory() as folder:
        board = drawbridge(folder, "--import", EVERYTHING).stdout.strip().removeprefix("board ")
        for suffix, magic in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF"), ("excalidraw", b"{")):
            for source in (EVERYTHING, board):
                target = pathlib.Path(folder, f"out.{suffix}")
                drawbridge(folder, "--export", target, source)
                if not target.read_bytes().startswith(magic):
                    raise Failure(f"{target} is not what its name says")
                target.unlink()
        again = pathlib.Path(folder, "again.excalidraw")
        drawbridge(folder, "--export", again, board)
        # The pictures of a board have names of their own.
        before, after = elements(EVERYTHING), elements(again)
        for element in before + after:
            element.pop("fileId", None)
        if before != after:
            different = [(a, b) for a, b in zip(before, after) if a != b]
            raise Failure(f"not the same: {different[:1]}")
        if len(json.loads(again.read_text(encoding="utf-8"))["files"]) != 1:
            raise Failure("the picture was lost")


def test_usage():
    """What cannot be done says so, with the right status."""
    with tempfile.TemporaryDirectory() as folder:
        bad = pathlib.Path(folder, "bad.excalidraw")
        bad.write_text("{}", encoding="utf-8")
        out = pathlib.Path(folder, "x.png")
        for arguments, status in ((["--export", out], 2), (["--export", "x.doc", EVERYTHING], 2),
                                  (["--export", out, EVERYTHING, EVERYTHING], 2), (["--export", out, bad], 1),
                                  (["--export", out, "/nowhere.excalidraw"], 1), (["--import", bad], 1),
                                  (["--import", bad, "--export", out], 2),
                                  (["--export", "/nowhere/x.png", EVERYTHING], 1)):
            if not drawbridge(folder, *arguments, status=status).stderr:
                raise Failure(f"{arguments}: not a word")
        if list(pathlib.Path(folder).rglob("*.drawbridge")) or out.exists():
            raise Failure("something was left behind")


def test_open_copy_paste():
    """A drawing is opened from the command line, copied, pasted, cut and pasted again."""
    with Desk("Ada", BUILD) as ada:
        ada.start(str(EVERYTHING))
        settled(ada, elements=17, title="everything")
        keep("opened", ada)
        ada.key("ctrl+a", "ctrl+c")
        ada.xdotool("mousemove", "500", "300", "sleep", "0.3")
        ada.key("ctrl+v")
        # A locked ellipse is not selected by Ctrl+A.
        settled(ada, elements=33)
        ada.key("ctrl+x")
        settled(ada, elements=17)
        ada.key("ctrl+v")
        settled(ada, elements=33)
        keep("pasted", ada)
        ada.key("ctrl+z")
        settled(ada, elements=17)
        quiet(ada)


def test_export_dialog():
    """The export dialog shows what goes out, and goes away with Escape."""
    with Desk("Ada", BUILD) as ada:
        ada.start(str(EVERYTHING))
        settled(ada, elements=17)
        ada.key("ctrl+shift+e")
        in_front(ada, "Export")
        ada.settle()
        keep("export", ada)
        ada.key("Escape")
        wait_for("the dialog to go", lambda: windows(ada) == 1)
        quiet(ada)


def test_picture_for_home():
    """Home's picture of a board is made while the board is open, when the hand rests."""
    with Desk("Ada", BUILD) as ada:
        ada.start("--new")
        folder = pathlib.Path(ada.home.name, "cache", "drawbridge", "thumbnails")
        ada.draw(line(300, 300, 500, 320))
        settled(ada, elements=1)
        picture = wait_for("the picture", lambda: next(folder.glob("*.png"), None))
        first = picture.read_bytes()
        ada.draw(line(300, 400, 500, 350))
        settled(ada, elements=2)
        wait_for("another picture", lambda: picture.read_bytes() != first)
        quiet(ada)


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
