#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader sees: prints one JSON list [role, name, focusable, path] a line for all objects of the app,
the hidden ones too: GTK 4.8 tells of none but windows whether they are showing.

To be run in the session of a desk: at_spi.names(desk) does that.
"""
import json
import re
import subprocess
import sys

from desktop import PATIENCE, Desk, Failure, keep, wait_for

APP = "drawbridge"


def says(node, depth=0):
    """A name, or of a list item what is in it: that is what a screen reader reads."""
    name = node.get_name() or ""
    if name.strip() or node.get_role_name() != "list item" and depth == 0 or depth > 5:
        return name
    children = (node.get_child_at_index(i) for i in range(min(node.get_child_count(), 20)))
    return " ".join(filter(None, (says(child, depth + 1) for child in children if child is not None)))


def walk(node, focusable, path=()):
    if node is None or len(path) > 40:
        return
    role, name = node.get_role_name(), says(node)
    path = (*path, f"{role} {name!r}")
    print(json.dumps([role, name, node.get_state_set().contains(focusable), " > ".join(path[-5:])]))
    for i in range(min(node.get_child_count(), 300)):
        walk(node.get_child_at_index(i), focusable, path)


def objects(desk):
    """All of them; nothing while the app is not on the bus yet."""
    done = subprocess.run([sys.executable, __file__], env=desk.env, capture_output=True, text=True,
                          timeout=PATIENCE, check=False)
    return [json.loads(text) for text in done.stdout.splitlines() if text.startswith("[")]


def press(desk, name):
    """Presses the button of that name, as a screen reader does. FALSE: there is none."""
    done = subprocess.run([sys.executable, __file__, name], env=desk.env, capture_output=True, text=True,
                          timeout=PATIENCE, check=False)
    return done.stdout.strip() == "pressed"


def names(desk):
    """All (role, name)."""
    return {(role, name) for role, name, _, _ in objects(desk)}


def nameless(desk):
    """Where the keyboard can be without that anything is said. Scroll panes hand the focus to what is in them."""
    return sorted({path for role, name, focusable, path in objects(desk)
                   if focusable and role != "scroll pane" and not name.strip()})


def spoken(name, build, *size, **options):
    """A desk whose app tells a screen reader what is on it."""
    desk = Desk(name, build, *size, **options)
    desk.env["GTK_A11Y"] = "atspi"
    desk.env.pop("NO_AT_BRIDGE", None)
    return desk


def is_said(desk, *patterns):
    """Whether something has each of these names now."""
    found = [name for _, name in names(desk)]
    return all(any(re.fullmatch(pattern, name) for name in found) for pattern in patterns)


def told(desk, *patterns):
    wait_for(f"a screen reader to be told of {patterns}", lambda: is_said(desk, *patterns))


def shows(desk, words):
    """Waits until these words are somewhere in the app."""
    try:
        wait_for(words, lambda: any(words in name for _, name in names(desk)))
    except Failure as failure:
        keep("failed", desk)
        raise Failure(f"{failure}: {sorted({name for _, name in names(desk) if name})}") from None


def press_until(desk, key, *patterns):
    """A key that does no harm when it is pressed again, until that is said."""
    wait_for(f"{patterns} after {key}", lambda: desk.key(key) or is_said(desk, *patterns))


def press_in(node, name):
    """Of several of that name, the first that can be pressed."""
    if node is None:
        return False
    if node.get_role_name() in ("push button", "button") and node.get_name() == name:
        action = node.get_action_iface()
        if action is not None and action.get_n_actions() > 0 and action.do_action(0):
            return True
    return any(press_in(node.get_child_at_index(i), name) for i in range(min(node.get_child_count(), 300)))


def main():
    import gi  # pylint: disable=import-outside-toplevel
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi  # pylint: disable=import-outside-toplevel
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        app = desktop.get_child_at_index(i)
        if app is not None and APP in (app.get_name() or "").lower():
            if len(sys.argv) == 1:
                walk(app, Atspi.StateType.FOCUSABLE)
            elif press_in(app, sys.argv[1]):
                print("pressed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
