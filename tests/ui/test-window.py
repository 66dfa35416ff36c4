#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The app of one person under a virtual display, driven by keys and pointer (TAP).

Command line and exit status, Home and back, renaming, chat beside shortcuts of one letter, a link that
asks before anything is joined, a window as small as a telephone. PICTURES=DIR keeps a screenshot of each step.
"""
import pathlib
import subprocess
import sys
import traceback

from desktop import PATIENCE, Desk, Failure, circle, in_front, keep, line, quiet, same_board, settled, wait_for, wave

BUILD = pathlib.Path(sys.argv[1])


def board_files(desk):
    return list(pathlib.Path(desk.env["XDG_DATA_HOME"], "drawbridge", "boards").glob("*.drawbridge"))


def test_command_line():
    """Exit status and words of the command line."""
    with Desk("Ada", BUILD) as ada:
        cases = [(["--version"], 0, "drawbridge "), (["--help"], 0, "--join"), (["--nonsense"], 2, ""),
                 (["--join", "drawbridge://host/x"], 2, ""), (["--join", "x", "--new"], 2, ""),
                 (["--server", "http://127.0.0.1:1"], 2, ""), (["--host", "--server", "ftp://x"], 2, "")]
        for arguments, status, words in cases:
            run = subprocess.run([BUILD / "app" / "drawbridge", *arguments], env=ada.env, timeout=PATIENCE,
                                 capture_output=True, text=True, check=False)
            if run.returncode != status or words not in run.stdout or (status and not run.stderr):
                raise Failure(f"{arguments}: {run.returncode} {run.stdout!r} {run.stderr!r}")


def test_home_and_back():
    """A board is made, named, left and opened again by keys alone; an untouched one leaves nothing."""
    with Desk("Ada", BUILD) as ada:
        ada.start()
        if ada.state():
            raise Failure(f"Home shows a board: {ada.state()}")
        keep("home-empty", ada)
        ada.key("ctrl+n")
        settled(ada, elements=0, share="local")
        ada.key("alt+Home")
        wait_for("Home", lambda: not ada.state())
        wait_for("no file of an untouched board", lambda: not board_files(ada))
        ada.key("ctrl+n")
        settled(ada, elements=0)
        ada.draw(circle(400, 320, 80))
        settled(ada, elements=1)
        ada.key("F2")
        ada.type("Fair & <b>square</b>")
        ada.key("Return")
        settled(ada, title="Fair & <b>square</b>")
        ada.key("alt+Home")
        wait_for("Home", lambda: not ada.state())
        ada.settle()
        keep("home", ada)
        ada.click(150, 150)
        settled(ada, elements=1, title="Fair & <b>square</b>")
        ada.key("ctrl+z")
        settled(ada, title="")
        ada.key("ctrl+z")
        settled(ada, elements=0)
        ada.key("ctrl+shift+z")
        settled(ada, elements=1)
        quiet(ada)
        if ada.close_window() != 0:
            raise Failure("the app did not end with 0")


def test_keys_and_chat():
    """Letters choose tools on the board and are letters in the chat."""
    with Desk("Ada", BUILD) as ada:
        ada.start("--new")
        settled(ada, elements=0)
        ada.draw(line(300, 300, 600, 300))
        settled(ada, elements=1)
        ada.key("F9")
        ada.type("help, vhpe 170")
        ada.key("ctrl+a", "BackSpace")
        ada.type("even <b>bold</b> words")
        ada.key("Return")
        keep("chat", ada)
        ada.key("F9")
        # Neither Ctrl+A, BackSpace nor the letters reached the board.
        settled(ada, elements=1)
        ada.draw(line(300, 400, 600, 400))
        settled(ada, elements=2)
        ada.key("e")
        ada.draw(line(450, 250, 450, 350))
        settled(ada, elements=1)
        ada.key("v")
        ada.click(450, 400)
        ada.key("Delete")
        settled(ada, elements=0)
        ada.key("ctrl+z")
        settled(ada, elements=1)
        quiet(ada)


def test_link_asks():
    """A link from elsewhere asks first; --join is the person's own word."""
    with Desk("Ada", BUILD) as ada, Desk("Grace", BUILD) as grace:
        ada.start("--new", "--host")
        link = ada.printed("link ")
        ada.draw(wave(300, 300, 200, 20))
        grace.start(link, maximize=False)
        keep("link", grace)
        if grace.state() or board_files(grace):
            raise Failure("a link was joined without a question")
        if ada.state()["members"] != 1:
            raise Failure("a link was used without a question")
        in_front(grace, "Join a Board")
        grace.key("Return")
        settled(grace, elements=1, share="online")
        same_board(ada, grace)
        quiet(ada)
        quiet(grace)


def test_foreign_file():
    """A file that is no board stays as it is."""
    with Desk("Ada", BUILD) as ada:
        notes = pathlib.Path(ada.home.name, "notes.txt")
        notes.write_text("not a board", encoding="utf-8")
        ada.start(str(notes))
        keep("foreign", ada)
        if ada.state() or notes.read_text(encoding="utf-8") != "not a board":
            raise Failure("a foreign file was taken for a board")
        if [path.name for path in notes.parent.glob("notes*")] != ["notes.txt"]:
            raise Failure("something was made beside a foreign file")
        quiet(ada)


def test_small():
    """360 x 294 is enough, in the dark too."""
    # Without a compositor GTK draws a border of 5 pixels around the window.
    width, height = 370, 304
    with Desk("Ada", BUILD, width=width, height=height, dark=True) as ada:
        ada.start("--new", maximize=False)
        settled(ada, elements=0)
        ada.resize(width, height)
        out = subprocess.run(["xdotool", "getwindowgeometry", "--shell", ada.window], env=ada.env,
                             capture_output=True, text=True, check=True).stdout
        size = dict(pair.split("=") for pair in out.split())
        if (int(size["WIDTH"]), int(size["HEIGHT"])) != (width, height):
            raise Failure(f"the window is {size['WIDTH']} x {size['HEIGHT']}")
        keep("small", ada)
        ada.draw(line(150, 120, 300, 200))
        settled(ada, elements=1)
        quiet(ada)


def main():
    tests = [test_command_line, test_home_and_back, test_keys_and_chat, test_link_asks, test_foreign_file,
             test_small]
    print(f"1..{len(tests)}", flush=True)
    bad = 0
    for number, test in enumerate(tests, 1):
        title = test.__doc__
        try:
            test()
            print(f"ok {number} - {title}", flush=True)
        except Exception:  # a test reports whatever went wrong
            bad = 1
            for text in traceback.format_exc().splitlines():
                print(f"# {text}")
            print(f"not ok {number} - {title}", flush=True)
    return bad


if __name__ == "__main__":
    sys.exit(main())
