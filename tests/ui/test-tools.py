#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each tool and verb by real events: what it draws is read from the board's own file (TAP).

PICTURES=DIR keeps a screenshot of each step. ONLY=test_x runs one.
"""
import json
import os
import pathlib
import sqlite3
import sys

from desktop import Desk, Failure, circle, line, quiet, run_tests, wait_for

BUILD = pathlib.Path(sys.argv[1])
PICTURES = os.environ.get("PICTURES")
ONLY = os.environ.get("ONLY")


def keep(step, desk):
    if PICTURES:
        desk.settle()
        desk.screenshot(f"{PICTURES}/tools-{step}.png")


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


def await_board(desk, what, condition):
    """Waits until the board fulfils the condition, and returns its elements."""
    def check():
        elements = drawn(desk)
        try:
            return elements if condition(elements) else None
        except (IndexError, KeyError):
            return None
    try:
        return wait_for(what, check)
    except Failure as failure:
        desk.screenshot("/tmp/failed.png") if PICTURES else None
        raise Failure(f"{failure}; there is {drawn(desk)}") from None


def near(a, b, reach=1.5):
    return abs(a - b) <= reach


class Board(Desk):
    """A desk with an empty board."""

    def __init__(self, **options):
        super().__init__("Ada", BUILD, **options)
        self.start("--new")
        wait_for("a board", lambda: self.state().get("elements") == 0)

    def __exit__(self, *_):
        try:
            if not self.alive():
                raise Failure(f"the app is gone:\n{self.read_log()}")
            quiet(self)
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
        board.settle(60)
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
    """What is chosen is for what is selected and for what comes next."""
    with Board() as board:
        board.shape("r", 200, 150, 320, 250)
        board.shape("o", 420, 150, 540, 250)
        board.key("ctrl+a", "g")
        keep("properties", board)
        # Keys alone: down to the first fill style after "Solid".
        board.key("Escape")
        await_board(board, "two shapes", lambda e: len(e) == 2)


if __name__ == "__main__":
    sys.exit(run_tests({name: test for name, test in globals().items()
                        if not ONLY or name in ONLY.split(",")}))
