#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sharing, where something is in the way: a server that asks for a key, a port that is taken, no network (TAP).
PICTURES=DIR keeps a screenshot of every step.
"""
import pathlib
import socket
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import at_spi  # noqa: E402
from desktop import PATIENCE, Failure, circle, in_front, keep, read_line, run_tests, settled, wait_for  # noqa: E402

BUILD = pathlib.Path(sys.argv[1])
KEY = "a-key-of-this-server"


def set_up(desk, **settings):
    keyfile = pathlib.Path(desk.home.name) / "config/glib-2.0/settings/keyfile"
    with keyfile.open("a", encoding="utf-8") as file:
        file.writelines(f"{name}={value}\n" for name, value in settings.items())


def draw_something(desk):
    desk.key("p")
    desk.draw(circle(400, 300, 60))
    settled(desk, elements=1)


def choose_server(desk):
    """In the dialog: on another server, and go."""
    desk.key("alt+v")
    desk.key("alt+h")


def test_key():
    """A server that asks for a key is given it once"""
    with tempfile.TemporaryDirectory() as folder, at_spi.spoken("Ada", BUILD, width=900, height=720) as ada:
        (pathlib.Path(folder) / "key").write_text(KEY + "\n", encoding="ascii")
        (pathlib.Path(folder) / "conf").write_text(
            f"[server]\ncreate=key\ncreate-key-file={folder}/key\n", encoding="ascii")
        server = subprocess.Popen(
            [BUILD / "server/drawbridge-server", "--listen", "127.0.0.1:0", "--data-dir", f"{folder}/data",
             "--config", f"{folder}/conf"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            origin = read_line(server.stdout, PATIENCE).split()[2]
            set_up(ada, server=f"'{origin}'")
            ada.start("--new")
            draw_something(ada)
            ada.key("ctrl+shift+s")
            in_front(ada, "Share Board")
            choose_server(ada)
            at_spi.shows(ada, "This server takes new boards only with its key.")
            keep("key-asked", ada)
            ada.type("not-the-right-key-at-all")
            ada.key("Return")
            at_spi.shows(ada, "The server does not take this key.")
            keep("key-wrong", ada)
            ada.key("ctrl+a")
            ada.type(KEY)
            ada.key("Return")
            settled(ada, share="online")
            keep("key-right", ada)
            ada.key("Escape", "alt+Home")
            wait_for("Home", lambda: not ada.state())
            ada.key("ctrl+n")
            wait_for("a board", ada.state)
            draw_something(ada)
            ada.key("ctrl+shift+s")
            in_front(ada, "Share Board")
            choose_server(ada)
            settled(ada, share="online")
            kept = pathlib.Path(ada.home.name) / "data/drawbridge/server-keys"
            if kept.stat().st_mode & 0o077:
                raise Failure("others can read the key")
        finally:
            server.terminate()
            server.wait()
            server.stdout.close()


def test_port():
    """A port that somebody else took: another one is taken, and it is said what that means"""
    with at_spi.spoken("Ada", BUILD, width=900, height=720) as ada, socket.socket() as stranger:
        stranger.bind(("0.0.0.0", 0))
        stranger.listen()
        host = pathlib.Path(ada.home.name) / "data/drawbridge/host"
        host.mkdir(parents=True)
        (host / "port").write_text(f"{stranger.getsockname()[1]}\n", encoding="ascii")
        ada.start("--new")
        draw_something(ada)
        ada.key("ctrl+shift+s")
        in_front(ada, "Share Board")
        ada.key("alt+h")
        at_spi.shows(ada, "Another program took the port of before")
        settled(ada, share="online")
        keep("port", ada)


def test_nowhere():
    """A server that is not there, and an address that is none"""
    with at_spi.spoken("Ada", BUILD, width=900, height=720) as ada:
        set_up(ada, server="'http://127.0.0.1:1'")
        ada.start("--new")
        draw_something(ada)
        ada.key("ctrl+shift+s")
        in_front(ada, "Share Board")
        choose_server(ada)
        at_spi.shows(ada, "Nobody Hosts There Now. The computer answers")
        keep("nowhere", ada)
        ada.key("alt+a", "ctrl+a")
        ada.type("two words")
        ada.key("Return")
        at_spi.shows(ada, "This is not a server’s address.")
        keep("no-address", ada)
        settled(ada, share="local")


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
