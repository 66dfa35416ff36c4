#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Links from web pages, mails and messages, through the opener of the desktop as a browser uses it (TAP): nothing is
connected to before a person has said yes, whatever the link is; and of what is said on a board only web addresses
can be opened. PICTURES=DIR keeps a screenshot of each step.
"""
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import threading
import urllib.parse

import at_spi
from desktop import APP_ID, PATIENCE, Desk, Failure, in_front, keep, quiet, run_tests, settled, wait_for, windows

BUILD = pathlib.Path(sys.argv[1]).resolve()
DATA = pathlib.Path(__file__).resolve().parents[2] / "data"
BOARD = "AAAAAAAAAAAAAAAAAAAAAA"
KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"
SECRET = f"#{KEY}.{KEY}"


class Doorbell:
    """A port at which it is counted who comes; nobody is answered."""

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port, self.rung = self.socket.getsockname()[1], 0
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def _listen(self):
        while True:
            try:
                self.socket.accept()[0].close()
            except OSError:
                return
            self.rung += 1

    def __exit__(self, *_):
        self.socket.close()


def evil(port):
    """What a web page may hand to the opener, most of it with the address of a server that is there."""
    here = f"127.0.0.1:{port}"
    good = f"{here}/{BOARD}{SECRET}"
    return [
        "drawbridge:", "drawbridge://", "drawbridge:///", "drawbridge:--help", "drawbridge:-n", "drawbridge:--new",
        "drawbridge://--help", "drawbridge://--join", f"drawbridge://--join={good}", f"drawbridge://-n/{BOARD}{SECRET}",
        f"drawbridge:{good}", f"drawbridge:/{good}", f"drawbridge:///{good}", f"drawbridge://{here}",
        f"drawbridge://{here}/", f"drawbridge://{here}/{BOARD}", f"drawbridge://{here}/{BOARD}#",
        f"drawbridge://{here}/{BOARD}#{KEY}", f"drawbridge://{here}/{BOARD}?{KEY}.{KEY}",
        f"drawbridge://{here}/{BOARD}?join=1{SECRET}", f"drawbridge://{here}/{BOARD}?auto=yes&yes=1{SECRET}",
        f"drawbridge://ada@{good}", f"drawbridge://ada:secret@{good}", f"drawbridge://example.org@{good}",
        f"drawbridge://127.1:{port}/{BOARD}{SECRET}", f"drawbridge://2130706433:{port}/{BOARD}{SECRET}",
        f"drawbridge://0x7f000001:{port}/{BOARD}{SECRET}", f"drawbridge://127.0.0.1:0{port}/{BOARD}{SECRET}",
        f"drawbridge://127.0.0.1:0/{BOARD}{SECRET}", f"drawbridge://127.0.0.1:99999/{BOARD}{SECRET}",
        f"drawbridge://127.0.0.1:-1/{BOARD}{SECRET}", f"drawbridge://127.0.0.1:/{BOARD}{SECRET}",
        f"drawbridge://[::ffff:127.0.0.1%25lo]:{port}/{BOARD}{SECRET}", f"drawbridge://[127.0.0.1]:{port}/{BOARD}{SECRET}",
        f"drawbridge://{here}/../{BOARD}{SECRET}", f"drawbridge://{here}/../../etc/passwd{SECRET}",
        f"drawbridge://{here}/%2e%2e%2f{BOARD}{SECRET}", f"drawbridge://{here}/{BOARD}/{SECRET}",
        f"drawbridge://{here}/b/{BOARD}{SECRET}", f"drawbridge://{good}.host", f"drawbridge://{good}.viewer.editor",
        f"drawbridge://{good}#", f"drawbridge://{good}%00", f"drawbridge://{good}%0d%0aHost:%20me",
        f"drawbridge://{here}\r\nHost: me/{BOARD}{SECRET}", f"drawbridge://{good}\n", f"drawbridge://{good} --join",
        f"drawbridge://{good}'; touch pwned; '", f"drawbridge://$(touch pwned)/{BOARD}{SECRET}",
        f"drawbridge://{here}/`touch pwned`{SECRET}", "drawbridge://<b>bold</b>&amp;<a href='x'>",
        "drawbridge://%s%n%s%n%1000000d", "drawbridge://\u202egro.elpmaxe", f"drawbridge://b\u00fccher.example/{BOARD}{SECRET}",
        f"drawbridge://{'a' * 300}/{BOARD}{SECRET}", f"drawbridge://{here}/{'A' * 30000}{SECRET}",
        f"drawbridge://{good}" * 20, "drawbridge://" + "/" * 5000, "drawbridge://" + "[" * 3000,
        f"drawbridges://ada@{good}", f"DRAWBRIDGE://ada@{good}",
    ]


def install(desk):
    """The app as its package puts it there, and a browser that writes down what it is to open."""
    root = pathlib.Path(desk.home.name)
    folder = root / "data" / "applications"
    folder.mkdir(parents=True)
    shutil.copy(DATA / f"{APP_ID}.desktop.in", folder / f"{APP_ID}.desktop")
    browser = root / "browser.sh"
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$@" >> "{root}/opened"\n', encoding="utf-8")
    browser.chmod(0o755)
    (folder / "browser.desktop").write_text(
        f"[Desktop Entry]\nType=Application\nName=Browser\nExec={browser} %u\n", encoding="utf-8")
    handlers = {"drawbridge": APP_ID, "drawbridges": APP_ID, "DRAWBRIDGE": APP_ID,
                "http": "browser", "https": "browser", "javascript": "browser", "smb": "browser", "mailto": "browser"}
    (root / "config" / "mimeapps.list").write_text("[Default Applications]\n" + "".join(
        f"x-scheme-handler/{scheme}={name}.desktop\n" for scheme, name in handlers.items()), encoding="utf-8")
    desk.env["PATH"] = f"{desk.build / 'app'}:{os.environ['PATH']}"


def without_bus(desk):
    """As a desktop does it that starts a second program for each link, instead of telling the first."""
    entry = pathlib.Path(desk.home.name, "data", "applications", f"{APP_ID}.desktop")
    entry.write_text(entry.read_text(encoding="utf-8").replace("DBusActivatable=true\n", ""), encoding="utf-8")


def follow(desk, *links):
    for link in links:
        subprocess.run(["gio", "open", link], env=desk.env, cwd=desk.home.name, check=False, timeout=PATIENCE,
                       capture_output=True)
    desk.settle()


def opened(desk):
    path = pathlib.Path(desk.home.name, "opened")
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def nothing_happened(desk, bell, before):
    state = desk.state()
    if bell.rung:
        raise Failure(f"connected to {bell.rung} times before anybody said yes")
    if (state["hash"], state["share"]) != before:
        raise Failure(f"the board is another: {state}")
    if windows(desk) > 2:
        raise Failure(f"{windows(desk)} windows are open")
    if list(pathlib.Path(desk.home.name).rglob("pwned")):
        raise Failure("a link was a command")
    if len(list(pathlib.Path(desk.home.name).rglob("*.drawbridge"))) > 1:
        raise Failure("a link made a board")


def go_away(desk):
    wait_for("the dialog to go", lambda: desk.key("Escape") or windows(desk) == 1)


def test_bad():
    """Sixty links that mean no good, told to the app that runs and by a second one: one dialog, no connection"""
    with Doorbell() as bell, at_spi.spoken("Grace", BUILD) as grace:
        install(grace)
        grace.start("--new")
        before = (grace.state()["hash"], grace.state()["share"])
        for how in ("bus", "program"):
            follow(grace, *evil(bell.port))
            in_front(grace, "Join a Board")
            at_spi.shows(grace, "not a whole invitation")
            nothing_happened(grace, bell, before)
            keep(f"bad-{how}", grace)
            go_away(grace)
            nothing_happened(grace, bell, before)
            without_bus(grace)
        quiet(grace)


def test_good():
    """A good link asks; one that comes while it is asked takes its place; only yes connects"""
    with Doorbell() as bell, at_spi.spoken("Grace", BUILD) as grace:
        install(grace)
        grace.start("--new")
        before = (grace.state()["hash"], grace.state()["share"])
        for number, how in enumerate(("bus", "program")):
            follow(grace, f"drawbridge://localhost:{bell.port}/{BOARD}{SECRET}.viewer")
            in_front(grace, "Join a Board")
            at_spi.shows(grace, f"localhost:{bell.port}")
            at_spi.shows(grace, "Look and chat")
            follow(grace, f"drawbridge://127.0.0.1:{bell.port}/{BOARD}{SECRET}.editor")
            at_spi.shows(grace, f"127.0.0.1:{bell.port}")
            at_spi.shows(grace, "Draw and chat")
            in_front(grace, "Join a Board")
            nothing_happened(grace, bell, before)
            keep(f"good-{how}", grace)
            if number == 0:
                go_away(grace)
                nothing_happened(grace, bell, before)
                without_bus(grace)
        grace.lively = True  # it asks on and on there
        grace.key("alt+j")
        wait_for("the server to be asked", lambda: bell.rung)
        go_away(grace)
        quiet(grace)


def click_last_words(desk):
    """On what was said last: the line above the field to write in, a few units up or down with the fonts that there are."""
    for y in range(652, 636, -4):
        desk.click(750, y)
        if at_spi.is_said(desk, "Open This Address[?]"):
            return True
    return False


def test_said():
    """Of what is said only a web address is a link; it is shown whole before it is opened, and opened as it was said"""
    address = "https://example.org/?a&b"
    others = ["javascript:alert(1)", "file:///etc/passwd", "smb://host/share/", f"drawbridge://h/{BOARD}"]
    with at_spi.spoken("Ada", BUILD) as ada, at_spi.spoken("Grace", BUILD) as grace:
        install(grace)
        ada.start("--new", "--host")
        grace.start("--join", ada.printed("link "))
        settled(ada, members=2)
        grace.key("F9")
        ada.key("F9")
        for number, words in enumerate([*others, address], 1):
            ada.type(words)
            ada.key("Return")
            settled(grace, chats=number)
            at_spi.shows(grace, words)
            grace.settle()
            if words != address and click_last_words(grace):
                raise Failure(f"{words} can be opened")
        wait_for("the question", lambda: click_last_words(grace))
        at_spi.shows(grace, address)
        keep("said", grace)
        if opened(grace):
            raise Failure(f"nobody said yes: {opened(grace)}")
        grace.key("alt+o")
        wait_for("the browser", lambda: opened(grace))
        if opened(grace) != ["1", address]:
            raise Failure(f"opened: {opened(grace)}")
        quiet(grace)


def test_mail():
    """An invitation goes into a letter whole, and nowhere else"""
    with at_spi.spoken("Ada", BUILD) as ada:
        install(ada)
        ada.start("--new")
        ada.key("ctrl+shift+s")
        in_front(ada, "Share Board")
        ada.key("alt+h")
        settled(ada, share="online")
        at_spi.shows(ada, "Only this computer")
        if not at_spi.is_said(ada, "Send by E-Mail"):
            print("# no other computer could come: there is nobody to write to")
            return
        wait_for("the button", lambda: at_spi.press(ada, "Send by E-Mail"))
        wait_for("the letter", lambda: len(opened(ada)) == 2)
        number, letter = opened(ada)
        parts = urllib.parse.urlsplit(letter)
        body = urllib.parse.parse_qs(parts.query)["body"][0]
        if number != "1" or parts.scheme != "mailto" or parts.path:
            raise Failure(f"{number}: {letter}")
        if not re.search(r"^drawbridge://[^/@]+/[\w-]+#[\w-]+\.[\w-]+\S*$", body, re.M):
            raise Failure(body)
        keep("mail", ada)
        quiet(ada)


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
