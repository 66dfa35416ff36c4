#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Joining, as a person meets it: what the dialog names before, what it says while the board comes and when it does
not come, and that nothing is left behind (TAP). PICTURES=DIR keeps a screenshot of every step.
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import at_spi  # noqa: E402
from desktop import PATIENCE, Failure, circle, in_front, keep, read_line, run_tests, settled, wait_for  # noqa: E402
from machine import free_port  # noqa: E402

BUILD = pathlib.Path(sys.argv[1])
KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"
BOARD = "AAAAAAAAAAAAAAAAAAAAAA"


def link(port, host="127.0.0.1", scheme="drawbridge", role=""):
    return f"{scheme}://{host}:{port}/{BOARD}#{KEY}.{KEY}{role}"


def boards(desk):
    folder = pathlib.Path(desk.env["XDG_DATA_HOME"]) / "drawbridge/boards"
    return sorted(path.name for path in folder.glob("*")) if folder.exists() else []


class Refuser:
    def __enter__(self):
        here = pathlib.Path(__file__).resolve().parent
        self.child = subprocess.Popen([sys.executable, here / "refuser.py"], stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE)
        self.port = int(read_line(self.child.stdout, PATIENCE))
        return self

    def say(self, code):
        self.child.stdin.write(f"{code}\n".encode())
        self.child.stdin.flush()
        if read_line(self.child.stdout, PATIENCE) != f"now {code}":
            raise Failure("the refusing server does not listen")

    def __exit__(self, *_):
        self.child.terminate()
        self.child.wait()
        self.child.stdin.close()
        self.child.stdout.close()


def test_refusals():
    """Every refusal in plain words with the next step; nothing stays on this computer"""
    rows = [
        ("invite-expired", "This Invitation Has Expired", "Ask the host for a new one."),
        ("not-invited", "This Invitation Is Not Valid", "It was revoked"),
        ("invite-used", "This Invitation Is Used Up", "As many people as it was for"),
        ("banned", "You Were Removed From This Board", "Only a host can let you in"),
        ("locked", "This Board Is Locked", "Try again when the host"),
        ("full", "This Board Is Full", "Try again when somebody has left."),
        ("unsupported", "The Server Speaks Another Version", "Update Drawbridge"),
        ("unknown-board", "The Server Has No Such Board", "Ask the host for a new link."),
        ("unavailable", "The Server Is Busy", "Try again in a minute."),
    ]
    with Refuser() as refuser, at_spi.spoken("Grace", BUILD, 640, 620) as grace:
        refuser.say(rows[0][0])
        grace.start(link(refuser.port, role=".viewer"), maximize=False)
        in_front(grace, "Join a Board")
        at_spi.shows(grace, f"127.0.0.1:{refuser.port}")
        at_spi.shows(grace, "Look and chat")
        at_spi.shows(grace, BOARD)
        keep("ask", grace)
        if boards(grace):
            raise Failure(f"before the yes: {boards(grace)}")
        for code, title, advice in rows:
            refuser.say(code)
            grace.key("alt+j")
            at_spi.shows(grace, title)
            at_spi.shows(grace, advice)
            keep(code, grace)
            if boards(grace):
                raise Failure(f"{code} left behind: {boards(grace)}")
            grace.key("alt+u")
            at_spi.shows(grace, "Look and chat")


def test_ways():
    """Why a server cannot be reached, and what can be done"""
    nobody = free_port()
    web = subprocess.Popen([sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory",
                            "/usr/share/doc/python3"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        port = int(read_line(web.stdout, PATIENCE).split("port ")[1].split()[0])
        rows = [
            ("nobody", link(nobody), "Nobody Hosts There Now"),
            ("not-drawbridge", link(port), "That Is Not a Drawbridge Server"),
            ("no-tls", link(port, scheme="drawbridges"), "That Is Not a Drawbridge Server"),
        ]
        for step, text, words in rows:
            with at_spi.spoken("Grace", BUILD, 640, 620) as grace:
                grace.start(text, maximize=False)
                in_front(grace, "Join a Board")
                at_spi.shows(grace, "What the host allows")
                grace.key("alt+j")
                at_spi.shows(grace, words)
                keep(step, grace)
                if boards(grace):
                    raise Failure(f"{step} left behind: {boards(grace)}")
    finally:
        web.terminate()
        web.wait()
        web.stdout.close()


def test_cancel():
    """While the board comes it is told how far it is, and it can be given up"""
    with Refuser() as refuser, at_spi.spoken("Grace", BUILD, 640, 620) as grace:
        refuser.say("drip")
        grace.start(link(refuser.port, role=".editor"), maximize=False)
        in_front(grace, "Join a Board")
        at_spi.shows(grace, "Draw and chat")
        # Not waiting until it rests: a bar moves.
        grace.xdotool("key", "alt+j")
        at_spi.shows(grace, "Loading the board… 0 of 4000 changes")
        keep("loading", grace)
        if not boards(grace):
            raise Failure("nothing is loading")
        grace.key("alt+c")
        at_spi.shows(grace, "Draw and chat")
        wait_for("nothing left", lambda: not boards(grace))
        # By closing the dialog, too.
        grace.xdotool("key", "alt+j")
        wait_for("loading again", lambda: boards(grace))
        grace.key("Escape")
        wait_for("nothing left", lambda: not boards(grace))


def test_code():
    """An invitation is read from a picture of the code on the host's screen"""
    with at_spi.spoken("Ada", BUILD, 900, 700) as ada, at_spi.spoken("Grace", BUILD, 640, 680) as grace:
        ada.start("--new", "--host")
        ada.printed("link ")
        ada.key("p")
        ada.draw(circle(400, 300, 60))
        settled(ada, elements=1, waiting=0)
        ada.key("ctrl+shift+s")
        wait_for("the button", lambda: at_spi.press(ada, "Show QR Code"))
        picture = f"{grace.home.name}/code.png"
        grace.start()
        grace.key("ctrl+j")
        wait_for("the button", lambda: at_spi.press(grace, "Paste a Picture"))
        at_spi.shows(grace, "There is no picture on the clipboard.")
        keep("no-picture", grace)

        def read():
            """The code may still be fading in."""
            ada.screenshot(picture)
            if not at_spi.press(grace, "Open a Picture…"):
                return False
            in_front(grace, "Picture of a QR Code")
            # To where a path is typed.
            grace.key("ctrl+l")
            grace.type(picture)
            grace.key("Return")
            wait_for("an answer", lambda: any(words in name for _, name in at_spi.names(grace)
                                              for words in ("Draw and chat", "There is no QR code")))
            return any("Draw and chat" in name for _, name in at_spi.names(grace))
        wait_for("an invitation", read)
        in_front(grace, "Join a Board")
        keep("code", grace)
        grace.key("alt+j")
        settled(grace, elements=1, share="online")


def test_join():
    """A board that is there comes into the window; a copy can be opened when its host is gone"""
    with at_spi.spoken("Ada", BUILD, 900, 640) as ada, at_spi.spoken("Grace", BUILD, 900, 640) as grace:
        ada.start("--new", "--host")
        text = ada.printed("link ")
        ada.key("p")
        ada.draw(circle(400, 300, 60))
        settled(ada, elements=1, waiting=0)
        grace.start(text, maximize=False)
        in_front(grace, "Join a Board")
        at_spi.shows(grace, "Draw and chat")
        grace.key("alt+j")
        settled(grace, elements=1, share="online")
        keep("joined", grace)
        grace.key("alt+Home")
        wait_for("Home", lambda: not grace.state())
        ada.close_window()
        again = subprocess.Popen([BUILD / "app/drawbridge", text], env=grace.env, stderr=grace.log)
        again.wait(PATIENCE)
        in_front(grace, "Join a Board")
        at_spi.shows(grace, "Draw and chat")
        grace.key("alt+j")
        at_spi.shows(grace, "Nobody Hosts There Now")
        keep("copy", grace)
        grace.key("alt+o")
        settled(grace, elements=1)


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
