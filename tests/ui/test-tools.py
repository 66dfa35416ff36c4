#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each tool and verb by real events: what it draws is read from the board's own file (TAP).

PICTURES=DIR keeps a screenshot of each step. ONLY=test_x runs one.
"""
import base64
import hashlib
import json
import os
import pathlib
import sqlite3
import struct
import subprocess
import sys
import tempfile
import zlib

from desktop import PATIENCE, Desk, Failure, circle, keep, line, quiet, run_tests, wait_for

BUILD = pathlib.Path(sys.argv[1])
ONLY = os.environ.get("ONLY")


def document(desk):
    """The board as its file has it: a board that is not shared is its journal of ops."""
    files = list(pathlib.Path(desk.env["XDG_DATA_HOME"], "drawbridge", "boards").glob("*.drawbridge"))
    if not files:
        return {}
    with sqlite3.connect(f"file:{files[0]}?mode=ro", uri=True) as base:
        ops = [json.loads(row[0]) for row in base.execute("SELECT op FROM pending ORDER BY counter")]
    elements = {}
    for change in (change for op in ops for change in op["c"]):
        if change[0] == "+":
            elements[change[1]["id"]] = dict(change[1])
        elif change[0] == "-":
            elements.pop(change[1], None)
        elif change[0] == "=" and change[1] in elements:
            for name, value in change[2].items():
                if value is None:
                    elements[change[1]].pop(name, None)
                else:
                    elements[change[1]][name] = value
    return elements


def drawn(desk):
    """All elements, bottom first."""
    return sorted(document(desk).values(), key=lambda element: (element["index"], element["id"]))


def await_board(desk, what, condition, timeout=None):
    """Waits until the board fulfils the condition, and returns its elements."""
    def check():
        elements = drawn(desk)
        try:
            return elements if condition(elements) else None
        except (IndexError, KeyError):
            return None
    try:
        return wait_for(what, check, timeout or PATIENCE)
    except Failure as failure:
        keep("failed", desk)
        raise Failure(f"{failure}; there is {drawn(desk)}") from None


def near(a, b, reach=1.5):
    return abs(a - b) <= reach


class Board(Desk):
    """A desk with an empty board, or with what a file has."""

    def __init__(self, what="--new", elements=0, **options):
        super().__init__("Ada", BUILD, **options)
        self.start(what)
        wait_for("a board", lambda: self.state().get("elements") == elements)

    def __exit__(self, *_):
        try:
            if not self.alive():
                raise Failure(f"the app is gone:\n{self.read_log()}")
            quiet(self)
            self.quit()
            if self.app.wait(PATIENCE) != 0:
                raise Failure(f"the app did not end with 0:\n{self.read_log()}")
        finally:
            self.end()

    def shape(self, key, x0, y0, x1, y1):
        """Draws a shape: the tool goes back to selecting."""
        self.key(key)
        self.draw(line(x0, y0, x1, y1, 6))

    def drag(self, x0, y0, x1, y1, keys=()):
        for key in keys:
            self.xdotool("keydown", key)
        self.draw(line(x0, y0, x1, y1, 8))
        for key in keys:
            self.xdotool("keyup", key)


def color_at(board, x, y):
    picture = board.screenshot(f"{board.home.name}/color.png")
    return subprocess.run(["convert", str(picture), "-format", f"%[pixel:p{{{x},{y}}}]", "info:"], capture_output=True,
                          text=True, check=True).stdout.strip()


def three(board):
    """Three rectangles in a row."""
    for n, x in enumerate((150, 350, 550)):
        board.shape("r", x, 150 + 30 * n, x + 100, 230 + 50 * n)
    return await_board(board, "three rectangles", lambda e: len(e) == 3)


def test_shapes():
    """Each shape from corner to corner; what was made is selected, and the tool goes back unless kept."""
    with Board() as board:
        for n, (key, kind) in enumerate([("r", "rectangle"), ("d", "diamond"), ("o", "ellipse"),
                                         ("a", "arrow"), ("l", "line")]):
            board.shape(key, 120 + 150 * n, 150, 220 + 150 * n, 250)
            elements = await_board(board, kind, lambda e, n=n: len(e) == n + 1)
            if elements[n]["type"] != kind or not near(elements[n]["width"], 100):
                raise Failure(f"{elements[n]}")
        keep("shapes", board)
        board.key("Delete")
        await_board(board, "the newest to be gone", lambda e: len(e) == 4)
        board.key("q", "r")
        board.draw(line(150, 350, 250, 450, 6))
        board.draw(line(350, 350, 450, 450, 6))
        await_board(board, "two rectangles by the tool that was kept", lambda e: len(e) == 6)


def test_select_and_arrange():
    """Band, move, copy with Alt, nudge, align, distribute, group, order, lock; one step of undo each."""
    with Board() as board:
        first = three(board)
        board.key("Escape")
        board.drag(120, 120, 700, 400)
        keep("selected", board)
        board.key("ctrl+shift+Up")
        await_board(board, "tops in line", lambda e: all(near(x["y"], e[0]["y"], 0.1) for x in e))
        board.key("ctrl+z")
        await_board(board, "one step back", lambda e: [x["y"] for x in e] == [x["y"] for x in first])
        board.key("Right", "shift+Down")
        await_board(board, "a nudge", lambda e: near(e[0]["x"], first[0]["x"] + 1, 0.01)
                    and near(e[2]["y"], first[2]["y"] + 10, 0.01))
        board.key("ctrl+z", "ctrl+z", "ctrl+g")
        await_board(board, "a group", lambda e: len({tuple(x["groupIds"]) for x in e}) == 1)
        # A click on one selects all; dragging moves all.
        board.key("Escape")
        board.drag(150, 190, 150, 390)
        await_board(board, "a group that moves", lambda e: all(
            near(x["y"], y["y"] + 200, 6) for x, y in zip(e, first)))
        keep("group", board)
        board.key("ctrl+shift+g")
        await_board(board, "no group", lambda e: all(not x["groupIds"] for x in e))
        board.key("Escape")
        board.drag(350, 400, 350, 150, keys=["alt"])
        await_board(board, "a copy", lambda e: len(e) == 4 and near(e[3]["x"], e[1]["x"], 6))
        board.key("ctrl+bracketleft")
        board.key("ctrl+shift+bracketleft")
        await_board(board, "the copy at the bottom", lambda e: near(e[0]["x"], 350, 6))
        board.key("ctrl+d")
        await_board(board, "another copy", lambda e: len(e) == 5)
        board.key("ctrl+shift+l", "Delete")
        await_board(board, "one that is locked stays", lambda e: any(x.get("locked") for x in e))
        board.key("Escape")
        board.click(455, 200)
        board.key("ctrl+alt+l", "Delete")
        await_board(board, "unlocked, it goes", lambda e: len(e) == 4)


def test_lasso():
    """A loop selects what is within."""
    with Board() as board:
        three(board)
        board.key("Escape", "shift+l")
        board.draw(circle(200, 190, 110, steps=24))
        keep("lasso", board)
        board.key("Delete")
        await_board(board, "the first to be gone", lambda e: len(e) == 2 and near(e[0]["x"], 350, 6))


def test_menu():
    """The secondary button's menu, by keys."""
    with Board() as board:
        three(board)
        board.xdotool("mousemove", "150", "190", "click", "3")
        board.settle()
        keep("menu", board)
        board.key("Return")
        await_board(board, "a copy", lambda e: len(e) == 4)


def test_handles():
    """Handles resize, in ratio and about the middle; the knob turns; a flip; a line's point bends."""
    with Board() as board:
        board.shape("r", 300, 200, 400, 260)
        board.drag(404, 264, 504, 294)
        await_board(board, "a larger one", lambda e: near(e[0]["width"], 200) and near(e[0]["height"], 90))
        keep("handles", board)
        board.drag(504, 294, 470, 279, keys=["shift", "alt"])
        elements = await_board(board, "smaller, in ratio, about its middle", lambda e: near(
            e[0]["width"] / e[0]["height"], 200 / 90, 0.1) and near(e[0]["width"], 134, 8)
            and near(e[0]["x"] + e[0]["width"] / 2, 395))
        board.key("ctrl+z")
        await_board(board, "one step back", lambda e: near(e[0]["width"], 200))
        # The knob above the middle of the top: to the right of the middle is a right angle.
        board.drag(400, 174, 530, 247)
        elements = await_board(board, "a quarter of a turn", lambda e: near(e[0]["angle"], 1.5708, 0.03))
        keep("turned", board)
        board.key("Escape")
        board.shape("l", 600, 400, 800, 400)
        board.drag(700, 400, 700, 300)
        elements = await_board(board, "a bent line", lambda e: len(e[-1]["points"]) == 3)
        keep("bent", board)
        if not near(elements[-1]["height"], 100):
            raise Failure(f"{elements[-1]}")
        board.key("shift+v")
        await_board(board, "a line bent down", lambda e: e[-1]["points"][1][1] > 90)


def test_arrows_stick():
    """An arrow drawn from shape to shape follows both; moved away by itself it lets go."""
    with Board() as board:
        board.shape("r", 150, 150, 250, 250)
        board.shape("r", 550, 350, 650, 450)
        board.shape("a", 258, 200, 542, 400)
        elements = await_board(board, "a bound arrow", lambda e: e[2].get("startBinding") and e[2].get("endBinding"))
        if elements[2]["startBinding"]["elementId"] != elements[0]["id"]:
            raise Failure(f"{elements}")
        keep("bound", board)
        before = elements[2]
        board.key("Escape")
        board.drag(550, 360, 450, 260)
        elements = await_board(board, "an arrow that follows", lambda e: not near(
            e[2]["points"][-1][0], before["points"][-1][0], 30))
        keep("followed", board)
        board.key("ctrl+z")
        await_board(board, "one step for both", lambda e: near(e[2]["points"][-1][0], before["points"][-1][0], 0.1)
                    and near(e[1]["x"], 545, 8))


def test_pens():
    """A highlighter lets ink through; a stroke that is held becomes what it was meant to be; a way of clicks."""
    with Board() as board:
        board.key("p")
        board.draw(line(200, 200, 500, 200))
        board.key("m")
        board.draw(line(200, 205, 500, 205))
        elements = await_board(board, "a highlighter's stroke", lambda e: len(e) == 2)
        if elements[1].get("customData") != {"highlighter": True} or elements[1]["strokeWidth"] != 20:
            raise Failure(f"{elements[1]}")
        board.key("p")
        ring = circle(650, 300, 80, steps=60)
        steps = ["mousemove", str(round(ring[0][0])), str(round(ring[0][1])), "mousedown", "1"]
        for x, y in ring[1:]:
            steps += ["mousemove", str(round(x)), str(round(y)), "sleep", "0.01"]
        board.xdotool(*steps)
        # The tool counts how long the pen rests: the app rests only after that.
        board.settle()
        keep("held", board)
        board.xdotool("mouseup", "1")
        elements = await_board(board, "a form", lambda e: len(e) == 3)
        if elements[2]["type"] != "ellipse" or not near(elements[2]["width"], 160, 6):
            raise Failure(f"{elements[2]}")
        board.key("l")
        for x, y in ((200, 450), (300, 400), (400, 450)):
            board.click(x, y)
            # Longer than between the two of a double click.
            board.xdotool("sleep", "0.5")
        keep("way-wet", board)
        board.key("Return")
        await_board(board, "a line of three points", lambda e: len(e[3]["points"]) == 3)
        board.key("k")
        board.draw(circle(400, 300, 60))
        keep("laser", board)


def test_eraser_by_part():
    """What the eraser passes over goes, as a gap; undo brings it back; a stroke rubbed out wholly is gone."""
    with Board() as board:
        board.key("p")
        board.draw(line(200, 200, 500, 200))
        board.draw(line(200, 300, 230, 300))
        board.key("shift+e")
        board.draw(line(350, 150, 350, 250))
        await_board(board, "a gap", lambda e: [k for k in e[0] if k.startswith("gap:")])
        keep("gap", board)
        board.draw(line(190, 300, 240, 300))
        await_board(board, "one to be gone", lambda e: len(e) == 1)
        board.key("ctrl+z", "ctrl+z")
        await_board(board, "no gap", lambda e: len(e) == 2 and not [k for k in e[0] if k.startswith("gap:")])


def test_text():
    """Free text, a label that makes its shape grow, notes one after the other, editing again."""
    with Board() as board:
        board.key("t")
        board.click(300, 200)
        board.type("Bridges open v1")
        keep("text-wet", board)
        board.key("Escape")
        text = await_board(board, "a text", lambda e: len(e) == 1)[0]
        if text["text"] != "Bridges open v1" or text["type"] != "text" or text["width"] < 60:
            raise Failure(f"{text}")
        # In the text Ctrl+Z is the text's.
        board.key("Return")
        board.key("ctrl+a")
        board.type("Once")
        board.key("ctrl+Return")
        await_board(board, "another text", lambda e: e[0]["text"] == "Once")
        board.key("ctrl+z")
        await_board(board, "the first text", lambda e: e[0]["text"] == "Bridges open v1")

        board.shape("r", 300, 300, 400, 340)
        board.key("Return")
        board.type("a label of many words that has to be broken")
        keep("label-wet", board)
        board.key("Escape")
        elements = await_board(board, "a label", lambda e: len(e) == 3)
        shape = next(e for e in elements if e["type"] == "rectangle")
        label = next(e for e in elements if e.get("containerId") == shape["id"])
        if "\n" not in label["text"] or shape["boundElements"] != [{"id": label["id"], "type": "text"}] \
                or shape["height"] < 60:
            raise Failure(f"{shape} {label}")
        keep("label", board)

        board.key("n")
        board.click(700, 250)
        board.type("first")
        board.key("Tab")
        board.type("second")
        keep("notes-wet", board)
        board.key("Escape")
        notes = await_board(board, "two notes", lambda e: len([x for x in e if x["type"] == "note"]) == 2)
        first, second = [e for e in notes if e["type"] == "note"]
        if first["text"] != "first" or second["text"] != "second" or not near(
                second["x"], first["x"] + first["width"] + 16):
            raise Failure(f"{first} {second}")
        keep("notes", board)


def test_text_zoomed():
    """Written at 300 %, the text has the size that it says."""
    with Board() as board:
        for _ in range(3):
            board.key("ctrl+plus")
        board.key("t")
        board.click(300, 300)
        board.type("Zoomed")
        keep("text-zoomed-wet", board)
        board.key("Escape")
        text = await_board(board, "a text", lambda e: len(e) == 1)[0]
        keep("text-zoomed", board)
        if text["fontSize"] != 20 or not 40 < text["width"] < 110:
            raise Failure(f"{text}")


def test_properties():
    """What is chosen in the popover is for what is selected and for what comes next."""
    with Board() as board:
        board.shape("r", 200, 150, 320, 250)
        board.shape("o", 420, 150, 540, 250)
        before = await_board(board, "two shapes", lambda e: len(e) == 2)
        board.key("ctrl+a", "g")
        keep("properties", board)

        def choose(x, y, name, condition):
            """Clicks until all have what was chosen: the popover may still be on its way."""
            def chosen():
                board.click(x, y)
                try:
                    return await_board(board, name, lambda e: any(name in one for one in e) and
                                       all(condition(one[name]) for one in e if name in one), 2)
                except Failure:
                    return None
            wait_for(f"{name} to be chosen", chosen)

        choose(786, 194, "strokeColor", lambda color: color not in ("#1e1e1e", before[0]["strokeColor"]))
        choose(786, 370, "backgroundColor", lambda color: color.startswith("#"))
        choose(788, 440, "fillStyle", lambda style: style == "hachure")
        choose(860, 476, "strokeWidth", lambda width: width == 8)
        choose(788, 512, "strokeStyle", lambda style: style == "dashed")
        choose(824, 548, "roughness", lambda roughness: roughness == 2)
        choose(788, 584, "roundness", lambda roundness: roundness["type"] == 3)
        choose(800, 624, "opacity", lambda opacity: 20 < opacity < 80)
        keep("properties-chosen", board)
        looks = drawn(board)[0]
        board.key("Escape", "Escape")
        board.shape("d", 200, 320, 320, 420)
        made = await_board(board, "a third one", lambda e: len(e) == 3)[2]
        for name in ("strokeColor", "backgroundColor", "fillStyle", "strokeWidth", "strokeStyle", "opacity"):
            if made[name] != looks[name]:
                raise Failure(f"{name} of the next one is {made[name]}, not {looks[name]}")


def test_grid():
    """By one key all that is made and moved keeps to the squares; Ctrl lets go."""
    with Board() as board:
        board.key("ctrl+apostrophe")
        board.shape("r", 211, 163, 324, 248)
        shape = await_board(board, "a shape on the grid", lambda e: len(e) == 1)[0]
        keep("grid", board)
        for name in ("x", "y", "width", "height"):
            if shape[name] % 20 != 0:
                raise Failure(f"{name} is beside the grid: {shape}")
        board.key("Right")
        await_board(board, "it to go by a square", lambda e: e[0]["x"] == shape["x"] + 20)
        board.key("r")
        board.drag(411, 163, 524, 248, ("ctrl",))
        free = await_board(board, "a free one", lambda e: len(e) == 2)[1]
        if not near(free["width"], 113) or not near(free["height"], 85):
            raise Failure(f"Ctrl did not let go: {free}")


def test_frames():
    """What is drawn in a frame, or moved into it, is the frame's; it goes with it, and stays without it."""
    with Board() as board:
        board.shape("f", 300, 150, 620, 450)
        frame = await_board(board, "a frame", lambda e: len(e) == 1)[0]
        board.shape("r", 350, 200, 430, 260)
        await_board(board, "what is drawn in it", lambda e: e[1]["frameId"] == frame["id"])
        keep("frame-in", board)
        board.drag(350, 247, 150, 247)
        await_board(board, "it to leave", lambda e: "frameId" not in e[1])
        board.drag(150, 247, 450, 317)
        inside = await_board(board, "it to come back", lambda e: e[1]["frameId"] == frame["id"])[1]
        board.key("Escape")
        board.drag(300, 400, 360, 440)
        await_board(board, "it to go along", lambda e: near(e[1]["x"], inside["x"] + 60))
        keep("frame-moved", board)
        board.key("Delete")
        await_board(board, "it to stay", lambda e: len(e) == 1 and "frameId" not in e[0])


def test_line_points():
    """A drag between two points adds one; a click on a point and Delete take it away."""
    with Board() as board:
        board.shape("l", 200, 200, 400, 200)
        await_board(board, "a line", lambda e: len(e) == 1)
        board.drag(300, 200, 300, 280)
        await_board(board, "a third point", lambda e: len(e[0]["points"]) == 3)
        board.click(300, 280)
        keep("point-chosen", board)
        board.key("Delete")
        await_board(board, "the point to go", lambda e: len(e) == 1 and len(e[0]["points"]) == 2)


def make_png(width, height):
    """A picture of that many pixels, half red, half blue."""
    row = b"\0" + b"\xe0\x1b\x24" * (width // 2) + b"\x1c\x71\xd8" * (width - width // 2)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b""))


def make_scene(folder):
    """A drawing with one picture, as Excalidraw writes it."""
    png = make_png(400, 200)
    name = hashlib.sha1(png).hexdigest()
    element = {"id": "picture", "type": "image", "x": 0, "y": 0, "width": 400, "height": 200, "fileId": name,
               "status": "saved", "scale": [1, 1]}
    file = {"id": name, "mimeType": "image/png", "created": 1,
            "dataURL": "data:image/png;base64," + base64.b64encode(png).decode()}
    path = pathlib.Path(folder, "picture.excalidraw")
    path.write_text(json.dumps({"type": "excalidraw", "version": 2, "elements": [element], "appState": {},
                                "files": {name: file}}), encoding="utf-8")
    return str(path)


def test_crop():
    """A picture is cropped by keys and by hand, and had back whole."""
    with tempfile.TemporaryDirectory() as folder, Board(what=make_scene(folder), elements=1) as board:
        # Only a picture that is there can be cropped.
        wait_for("the picture to be painted", lambda: color_at(board, 480, 380) == "srgb(224,27,36)")
        board.key("v", "ctrl+a", "Return")
        board.xdotool("key", "--delay", "30", *["shift+Left"] * 20)
        board.key("Return")
        first = await_board(board, "the picture to be cropped", lambda e: e[0].get("crop"))[0]["crop"]
        if first["naturalWidth"] != 400 or not 0 < first["width"] < 400 or first["x"] != 0:
            raise Failure(f"{first}")
        board.key("Return")
        keep("crop", board)
        board.drag(480, 380, 440, 380)
        board.key("Return")
        await_board(board, "the picture to be moved beneath its frame",
                    lambda e: 0 < e[0]["crop"]["x"] and near(e[0]["crop"]["width"], first["width"]))
        keep("cropped", board)
        board.key("Return", "BackSpace", "Return")
        await_board(board, "the whole picture", lambda e: "crop" not in e[0] and near(e[0]["width"], 400))


if __name__ == "__main__":
    sys.exit(run_tests({name: test for name, test in globals().items()
                        if not ONLY or name in ONLY.split(",")}))
