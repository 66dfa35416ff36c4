#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a host does, seen by one guest in the dark and by another in a window of 360 units (TAP): presenting, the spotlight, dots, a
mention told by the desktop, a place spoken of, being sent away, the end. PICTURES=DIR keeps a screenshot of each step.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import at_spi
from at_spi import shows, spoken, told
from desktop import PATIENCE, Failure, circle, in_front, keep, line, quiet, read_line, run_tests, settled, wait_for, wave, windows

BUILD = pathlib.Path(sys.argv[1]).resolve()


class Notifications:
    """What the desktop is told, see notifications.py."""

    def __init__(self, desk):
        self.process = subprocess.Popen([sys.executable, pathlib.Path(__file__).parent / "notifications.py"],
                                        env=desk.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if read_line(self.process.stdout, PATIENCE) != "ready":
            raise Failure("no notifications")

    def next(self):
        return json.loads(read_line(self.process.stdout, PATIENCE))

    def click(self, action):
        self.process.stdin.write(f"{action}\n".encode())
        self.process.stdin.flush()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(PATIENCE)


class Lesson:
    """Ada hosts; Grace sits in the dark, Alan has a small window."""

    def __enter__(self):
        self.desks = [spoken("Ada", BUILD, composited=True),
                      spoken("Grace", BUILD, dark=True, color="#e66100", composited=True),
                      spoken("Alan", BUILD, 360, 640, color="#2ec27e", composited=True)]
        ada, grace, alan = self.desks
        ada.start("--new", "--host")
        link = ada.printed("link ")
        for desk in (grace, alan):
            desk.start("--join", link)
        for desk in self.desks:
            settled(desk, members=3)
        ada.key("p")
        ada.draw(circle(400, 300, 60))
        ada.draw(wave(300, 450, 300, 20))
        for desk in (grace, alan):
            settled(desk, elements=2)
        return self.desks

    def __exit__(self, *_):
        for desk in self.desks:
            desk.end()


def press(desk, name):
    """A button; what it does comes a moment after it was pressed."""
    wait_for(f"the button \"{name}\"", lambda: at_spi.press(desk, name))
    desk.settle()


def brightness(desk, x, y):
    """Of the pixel there, 0 to 1."""
    with tempfile.NamedTemporaryFile(suffix=".png") as picture:
        desk.screenshot(picture.name)
        shown = subprocess.run(["convert", picture.name, "-crop", f"1x1+{x}+{y}", "-format", "%[fx:intensity]", "info:"],
                               capture_output=True, text=True, check=True)
    return float(shown.stdout)


def people(desk, key):
    """A key in the list of people."""
    before = windows(desk)
    wait_for("the list of people", lambda: windows(desk) > before or desk.key("ctrl+shift+p"))
    desk.key(key, "Escape")


def test_spotlight():
    """It gets dark for everybody but around one's pointer, until one stops it"""
    ada, grace, alan = desks
    corners = {ada: (60, 600), alan: (20, 500)}
    people(ada, "alt+o")
    told(ada, "All look at your pointer")
    ada.xdotool("mousemove", "380", "280", "mousemove", "400", "300")
    for desk, corner in corners.items():
        wait_for(f"the dark for {desk.name}", lambda: brightness(desk, *corner) < 0.6)  # noqa: B023
    if brightness(ada, 400, 320) < 0.9:
        raise Failure("no light at the pointer")
    keep("spotlight", *desks)
    press(ada, "Stop")
    for desk, corner in corners.items():
        wait_for(f"the light for {desk.name}", lambda: brightness(desk, *corner) > 0.9)  # noqa: B023
    wait_for("the end for Ada", lambda: not at_spi.is_said(ada, "All look at your pointer"))


def test_present():
    """Who presents is told so, and the others that they follow; either may stop it"""
    ada, grace, alan = desks
    people(ada, "alt+p")
    told(ada, "You present")
    for desk in (grace, alan):
        told(desk, "Ada presents")
    keep("present", *desks)
    ada.key("h")
    ada.draw(line(700, 500, 600, 400))
    grace.key("h")
    grace.draw(line(700, 500, 650, 450))
    wait_for("Grace to look for herself", lambda: not at_spi.is_said(grace, "Ada presents"))
    keep("present-left", *desks)
    press(ada, "Stop")
    wait_for("the end for Ada", lambda: not at_spi.is_said(ada, "You present"))
    wait_for("the end for Alan", lambda: not at_spi.is_said(alan, "Ada presents"))
    alan.key("ctrl+0")
    told(alan, "100 %")
    # What is said of it goes by itself; that he sees as much as she does stays.
    wait_for("Alan to be brought there", lambda: people(ada, "alt+b") or not at_spi.is_said(alan, "100 %"))
    keep("brought", *desks)
    for desk in desks:
        quiet(desk)


def test_dots():
    """Everybody gets dots, puts them on things, and all see which got the most"""
    ada, grace, alan = desks
    ada.key("ctrl+shift+m")
    in_front(ada, "Polls and Timer")
    keep("meeting", ada)
    press(ada, "Start with the dots Start")
    shows(ada, "You have 3 dots left")
    press(ada, "Start the timer Start")
    keep("dots-begun", *desks)
    ada.key("Escape")
    for desk in desks:
        in_front(desk, "Drawbridge")
        desk.key("v", "ctrl+a", "ctrl+shift+m")
        in_front(desk, "Polls and Timer")
        shows(desk, "You have 3 dots left")
        keep("dots-ask", desk)
        press(desk, "Put a Dot")
        keep("dots-put", desk)
    for desk in desks:
        shows(desk, "3 dots")
        quiet(desk)
        desk.key("Escape")
        in_front(desk, "Drawbridge")
    keep("dots", *desks)


def test_talk():
    """A mention is told by the desktop while the window is away, and its click brings the window; a place that is
    spoken of is shown"""
    ada, grace, alan = desks
    with Notifications(grace) as told_by_desktop:
        grace.xdotool("windowminimize", "--sync", grace.window)
        ada.key("F9")
        ada.type("<b>@Grace</b>, look here & there")
        press(ada, "Say where")
        ada.key("Return")
        app, title, body, actions = told_by_desktop.next()
        if "<" in title + body or "look" in body or title != "Ada" or body != "You were mentioned on a board.":
            raise Failure(f"{app}: {title}: {body}")
        if "default" not in actions:
            raise Failure(f"nothing to click: {actions}")
        told_by_desktop.click("default")
        in_front(grace, "Drawbridge")
    keep("unread", *desks)
    for desk in (grace, alan):
        desk.key("h")
        desk.draw(line(200, 400, 60, 250))
        desk.key("F9")
        shows(desk, "<b>@Grace</b>, look here & there")
        keep("place", desk)
        press(desk, "Show Where")
        keep("jumped", desk)
    for desk in desks:
        quiet(desk)


def send_away(desk, row):
    """The person in that row of the list, by the menu: the last item but one."""
    at_spi.press_until(desk, "ctrl+shift+p", "Thumbs up")
    # A menu that opens under the pointer has its item there chosen.
    desk.xdotool("mousemove", "30", "400")
    desk.key(*["Down"] * row, "Return")
    shows(desk, "Send Away")
    desk.key(*["Down"] * 8)
    keep("menu", desk)
    desk.key("Return", "Escape")


def test_end():
    """Who is sent away is told so in words with what to do, and so are all when the host is gone"""
    ada, grace, alan = desks
    send_away(ada, 2)
    settled(alan, share="refused")
    shows(alan, "The host asked you to leave. Your copy stays here.")
    send_away(ada, 1)
    settled(grace, share="refused")
    keep("sent-away", *desks)
    for desk in (grace, alan):
        desk.key("alt+r")
        settled(desk, share="online")
    for desk in (grace, alan):
        desk.lively = True  # they try to reach her
    ada.close_window()
    for desk in (grace, alan):
        wait_for("nobody to be there", lambda: desk.state().get("share") in ("offline", "connecting"))
    keep("host-gone", grace, alan)
    for desk in desks:
        quiet(desk)


if __name__ == "__main__":
    with Lesson() as desks:
        sys.exit(run_tests(globals()))
