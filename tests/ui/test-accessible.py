#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A screen reader walks the windows of the real app: nothing that can have the keyboard is nameless (TAP)."""
import sys

import at_spi
from desktop import Desk, Failure, in_front, line, run_tests, settled, wait_for

BUILD = sys.argv[1]


def nothing_nameless(desk, what):
    wait_for(f"{what} on the accessibility bus", lambda: at_spi.objects(desk))
    found = at_spi.nameless(desk)
    if found:
        raise Failure(f"{what}: without a name: " + "; ".join(found))


def test_home_and_board():
    """Home, a board and its dialogs."""
    with Desk("Ada", BUILD) as ada:
        ada.env["GTK_A11Y"] = "atspi"
        ada.env.pop("NO_AT_BRIDGE", None)
        ada.start("--new")
        ada.key("r")
        ada.draw(line(300, 300, 420, 380))
        settled(ada, elements=1)
        nothing_nameless(ada, "a board")
        ada.key("ctrl+shift+e")
        in_front(ada, "Export")
        nothing_nameless(ada, "the export dialog")
        ada.key("Escape")
        ada.key("ctrl+comma")
        in_front(ada, "Preferences")
        nothing_nameless(ada, "preferences")
        ada.key("Escape")
        ada.key("alt+Home")
        wait_for("Home", lambda: not ada.state())
        ada.settle()
        nothing_nameless(ada, "Home")


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
