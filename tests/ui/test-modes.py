#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every screen from right to left, with letters twice as large, in high contrast and without motion, as narrow as a
telephone: it opens, it closes, it fits, nothing is complained about, and drawing works (TAP).
PICTURES=DIR keeps screenshots."""
import pathlib
import subprocess
import sys
import tempfile

from desktop import PATIENCE, Desk, Failure, keep, line, quiet, run_tests, settled, wait_for, windows

BUILD = pathlib.Path(sys.argv[1])
EVERYTHING = pathlib.Path(__file__).resolve().parents[1] / "fixtures" / "excalidraw" / "everything.excalidraw"
SCREENS = (("menu", ["F10"], ["Escape"]), ("palette", ["slash"], ["Escape"]),
           ("library", ["ctrl+l"], ["ctrl+l"]), ("chat", ["F9"], ["F9"]),
           ("properties", ["ctrl+a", "g"], ["Escape", "Escape"]), ("export", ["ctrl+shift+e"], ["Escape"]),
           ("preferences", ["ctrl+comma"], ["Escape"]), ("shortcuts", ["ctrl+question"], ["Escape"]),
           ("share", ["ctrl+shift+s"], ["Escape"]), ("join", ["ctrl+j"], ["Escape"]))


# Screens that are part of the board's window.
PANELS = ("library", "chat")


def width(desk):
    found = subprocess.run(["xdotool", "getwindowgeometry", "--shell", desk.window], env=desk.env,
                           capture_output=True, text=True, check=True)
    return int(dict(row.split("=") for row in found.stdout.split())["WIDTH"])


# 360, and the frame that the toolkit draws around it where nothing else does.
NARROW = (370, 650)


def walk(mode, prepare=None, size=NARROW, **options):
    with Desk("Ada", BUILD, width=size[0], height=size[1], **options) as ada:
        ada.env.update(options.get("env") or {})
        if prepare:
            prepare(ada)
        ada.start(str(EVERYTHING))
        settled(ada, elements=17)
        if width(ada) > size[0]:
            raise Failure(f"the window is {width(ada)} wide")
        keep(f"{mode}-board", ada)
        for name, opens, closes in SCREENS:
            ada.key(*opens)
            if name not in PANELS:
                wait_for(f"a window for {name}", lambda: windows(ada) > 1)
            ada.settle()
            keep(f"{mode}-{name}", ada)
            ada.key(*closes)
            wait_for(f"{name} to go", lambda: windows(ada) == 1)
        ada.key("p")
        ada.draw(line(120, 420, 240, 480))
        settled(ada, elements=18)
        ada.key("alt+Home")
        ada.settle()
        keep(f"{mode}-home", ada)
        quiet(ada)


def test_right_to_left():
    """From right to left."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["localedef", "-i", "he_IL", "-f", "UTF-8", f"{folder}/he_IL.UTF-8"], check=True, timeout=PATIENCE)
        # The toolkit turns round where the app is translated; nobody has translated it yet.
        words = pathlib.Path(folder, "he", "LC_MESSAGES")
        words.mkdir(parents=True)
        subprocess.run(["msgfmt", "-o", str(words / "drawbridge.mo"), "-"], check=True, timeout=PATIENCE,
                       input=b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
        walk("rtl", env={"LC_ALL": "he_IL.UTF-8", "LOCPATH": folder, "DRAWBRIDGE_LOCALEDIR": folder})


def test_large_letters():
    """Letters of twice the size."""
    walk("large", prepare=lambda desk: desk._spawn(
        "xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", "Xft.dpi: 192").wait())


def test_high_contrast():
    """High contrast, dark and light."""
    walk("contrast", env={"ADW_DEBUG_HIGH_CONTRAST": "1"})
    walk("contrast-dark", env={"ADW_DEBUG_HIGH_CONTRAST": "1"}, dark=True, size=(900, 640))


def test_no_motion():
    """Reduced motion."""
    walk("still", settings="gtk-enable-animations=false\n")


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
