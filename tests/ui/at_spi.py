#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader sees: prints one JSON list [role, name] a line for all objects of the app,
the hidden ones too: GTK 4.8 tells of none but windows whether they are showing.

To be run in the session of a desk: at_spi.names(desk) does that.
"""
import json
import subprocess
import sys

APP = "drawbridge"


def walk(node, depth=0):
    if node is None or depth > 40:
        return
    print(json.dumps([node.get_role_name(), node.get_name() or ""]))
    for i in range(min(node.get_child_count(), 300)):
        walk(node.get_child_at_index(i), depth + 1)


def names(desk):
    """All (role, name); nothing while the app is not on the bus yet."""
    done = subprocess.run([sys.executable, __file__], env=desk.env, capture_output=True, text=True,
                          timeout=60, check=False)
    rows = [json.loads(text) for text in done.stdout.splitlines() if text.startswith("[")]
    return {(role, name) for role, name in rows}


def main():
    import gi  # pylint: disable=import-outside-toplevel
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi  # pylint: disable=import-outside-toplevel
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        app = desktop.get_child_at_index(i)
        if app is not None and APP in (app.get_name() or "").lower():
            walk(app)
    return 0


if __name__ == "__main__":
    sys.exit(main())
