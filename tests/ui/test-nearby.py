#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Boards near: Ada announces hers, Grace on another computer finds it on Home and joins by her invitation (TAP). Each
has a real Avahi daemon and a network namespace: see tests/loop/sync/avahi_net.py. PICTURES=DIR keeps screenshots.
"""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "loop/sync"))

import at_spi  # noqa: E402
import avahi_net  # noqa: E402
from desktop import Desk, circle, in_front, keep, run_tests, settled, wait_for  # noqa: E402

BUILD = pathlib.Path(sys.argv[1])


def names(desk):
    return [name for _, name in at_spi.names(desk)]


def link_of(desk):
    """The link that Share shows."""
    return next(name for name in names(desk) if name.startswith("drawbridge://10.77.0.1"))


class Seat(Desk):
    """A desk at a computer of that network, heard by a screen reader."""

    def __init__(self, name, computer, **options):
        super().__init__(name, BUILD, **options)
        self.enter = computer.enter
        self.env["DBUS_SYSTEM_BUS_ADDRESS"] = computer.env["DBUS_SYSTEM_BUS_ADDRESS"]
        self.env["GTK_A11Y"] = "atspi"
        self.env.pop("NO_AT_BRIDGE", None)

    def _spawn(self, *command, **options):
        # The display's sockets are files; the app alone needs the network.
        enter = self.enter if "drawbridge" in command[0] else []
        return super()._spawn(*enter, *command, **options)


def announce(desk):
    keyfile = pathlib.Path(desk.home.name) / "config/glib-2.0/settings/keyfile"
    with keyfile.open("a", encoding="utf-8") as settings:
        settings.write("announce=true\n")


def test_nearby():
    """A board that is announced is found near, and joined by invitation alone"""
    with tempfile.TemporaryDirectory(prefix="drawbridge-nearby-") as folder:
        other = avahi_net.other_network()
        avahi_net.join_by_cable(other.pid)
        here = avahi_net.Computer(folder, "ada", "here")
        there = avahi_net.Computer(folder, "grace", "there", avahi_net.enter(other.pid))
        with Seat("Ada", here, width=900, height=700) as ada, Seat("Grace", there, width=900, height=700) as grace:
            announce(ada)
            ada.start("--new")
            ada.key("p")
            ada.draw(circle(400, 300, 60))
            settled(ada, elements=1)
            grace.start()
            keep("alone", grace)
            ada.key("ctrl+shift+s")
            in_front(ada, "Share Board")
            keep("host", ada)
            ada.key("Return")
            at_spi.shows(ada, "People near you see it now.")
            keep("hosted", ada)
            settled(ada, share="online")
            at_spi.shows(grace, "Hosted by Ada · 10.77.0.1")
            keep("home", grace)

            grace.settle()
            grace.click(450, 124)
            at_spi.shows(grace, "To join “Untitled” you need an invitation. Ask Ada")
            in_front(grace, "Join a Board")
            keep("wanted", grace)
            grace.type(link_of(ada))
            at_spi.shows(grace, "Draw and chat")
            keep("confirm", grace)
            grace.key("alt+j")
            settled(grace, elements=1, share="online")

            # Who was there before needs no invitation again, only where it is now.
            grace.key("alt+Home")
            wait_for("Home", lambda: not grace.state())
            at_spi.shows(grace, "Hosted by Ada · 10.77.0.1")
            keep("home-again", grace)
            grace.settle()
            grace.click(450, 124)
            at_spi.shows(grace, "You were on this board before.")
            in_front(grace, "Join a Board")
            keep("known", grace)
            grace.key("alt+j")
            settled(grace, elements=1, share="online")
            grace.key("alt+Home")
            at_spi.shows(grace, "Hosted by Ada · 10.77.0.1")

            ada.key("alt+s")
            wait_for("nothing near", lambda: not any("Hosted by Ada" in name for name in names(grace)))
            keep("gone", grace)


def test_without():
    """Without the daemon it is said in words, and hosting works all the same"""
    with Desk("Ada", BUILD, 900, 700) as ada:
        ada.env.update(GTK_A11Y="atspi", DBUS_SYSTEM_BUS_ADDRESS="unix:path=/nonexistent")
        ada.env.pop("NO_AT_BRIDGE")
        announce(ada)
        ada.start()
        ada.key("ctrl+j")
        at_spi.shows(ada, "Boards near you cannot be found")
        keep("without-join", ada)
        ada.key("Escape", "ctrl+n")
        wait_for("a board", ada.state)
        ada.key("ctrl+shift+s")
        in_front(ada, "Share Board")
        ada.key("Return")
        at_spi.shows(ada, "Not announced: the service Avahi does not run")
        keep("without-share", ada)


if __name__ == "__main__":
    avahi_net.go_inside()
    sys.exit(run_tests(globals()))
