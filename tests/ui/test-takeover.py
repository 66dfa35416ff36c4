#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host has vanished, with the server: a guest hosts the board, and others find it there as it was (TAP).
PICTURES=DIR keeps a screenshot of every step.
"""
import pathlib
import socket
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import machine  # noqa: E402
from desktop import (Desk, Failure, circle, family, in_front, keep, line, run_tests, same_board,  # noqa: E402
                     settled, wait_for, windows)

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
    in_front(desk, "Share Board")
    keep("dialog", desk)
    desk.key("alt+h")
    settled(desk, share="online", role="host")
    desk.settle()
    keep("hosted", desk)


def vanish(desk):
    """Its app is killed, and with it goes its server: the port is free."""
    started = [pid for pid in family(desk.app.pid) if pid != desk.app.pid]
    desk.kill()
    wait_for("the server to end", lambda: not any(pathlib.Path(f"/proc/{pid}").exists() for pid in started))


def prefer_port(desk, port):
    """As if its app had hosted there before."""
    folder = pathlib.Path(desk.env["XDG_DATA_HOME"]) / "drawbridge/host"
    folder.mkdir(parents=True)
    (folder / "port").write_text(f"{port}\n", encoding="ascii")


def take_over(is_port_free):
    with Desk("Grace", BUILD, color="#e66100") as grace, Desk("Alan", BUILD, color="#2ec27e") as alan, \
            socket.socket() as stranger:
        with Desk("Ada", BUILD) as ada:
            port = machine.free_port()
            for host in ada, grace:
                prefer_port(host, port)
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
            vanish(ada)
        if not is_port_free:
            stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            stranger.bind(("", port))
            stranger.listen()
        wait_for("Grace to notice", lambda: grace.state().get("share") in ("offline", "connecting"))
        alan.key("p")
        alan.draw(line(300, 420, 600, 430))
        settled(alan, elements=3, waiting=1)
        host_here(grace)
        if len(boards(grace)) != 1:
            raise Failure("that is another board")
        # Whoever was invited is: only the place may be another one.
        if (read_link(grace) == link) != is_port_free:
            raise Failure(f"not the link of the new place: {read_link(grace)}")
        link = read_link(grace)
        alan.close_window()
        alan.start("--join", link)
        settled(alan, share="online", elements=3, waiting=0)
        settled(grace, elements=3, waiting=0)


def test_host_comes_back():
    """A host whose app and server died hosts again with the app, and guests come back by themselves"""
    with Desk("Ada", BUILD) as ada, Desk("Grace", BUILD, color="#e66100") as grace:
        prefer_port(ada, machine.free_port())
        ada.start("--new", "--host")
        grace.start("--join", ada.printed("link "))
        settled(grace, share="online")
        ada.key("p")
        ada.draw(circle(400, 300, 60))
        same_board(ada, grace)
        vanish(ada)
        grace.key("p")
        grace.draw(line(200, 200, 500, 240))
        settled(grace, elements=2, waiting=1)
        ada.start()
        settled(ada, share="online", role="host", elements=2)
        same_board(ada, grace)
        keep("back", ada, grace)


def test_other_port():
    """The board goes on with all that was on it, and who was there joins it again"""
    take_over(is_port_free=False)


def test_same_port():
    """Also where the server of before had the very address that the new one has"""
    take_over(is_port_free=True)


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
