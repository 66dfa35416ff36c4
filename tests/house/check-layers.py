#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include whom: greps every #include and fails on a breach of the rules below.

Also: every source file carries its licence, headers use #pragma once, and nothing is longer than it
may be. Output is TAP: one line a rule.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)

# room -> rooms whose headers it may include ("room/header.h"); its own room is always allowed.
ROOMS = {
    "protocol/json": [],
    "protocol/engineio": ["json"],
    "protocol/socketio": ["engineio", "json"],
    "protocol/board": ["json"],
    "server/config": [],
    "server/log": [],
    "server/store": ["config", "log", "board"],
    "server/room": ["config", "log", "store", "socketio", "engineio", "board"],
    "server/http": ["config", "log", "store", "board", "json"],
    "server": ["config", "log", "store", "room", "http", "socketio", "engineio", "board", "json"],
    "app/sync": ["board", "socketio", "engineio", "json"],
    "app/canvas": ["board"],
    "app/tools": ["board", "canvas"],
    "app/files": ["board", "canvas", "json"],
    "app/widgets": [],
    "app/dialogs": ["board", "sync", "widgets"],
    "app/window": ["board", "canvas", "tools", "sync", "dialogs", "files", "widgets"],
    "app": ["board", "canvas", "tools", "sync", "dialogs", "files", "widgets", "window"],
}
# room -> system headers that it must not see.
FORBIDDEN = {
    "protocol/board": ["gtk", "cairo", "libsoup", "gio/gsocket", "hiredis", "sqlite3"],
    "protocol/engineio": ["gtk", "cairo", "sodium", "sqlite3"],
    "protocol/socketio": ["gtk", "cairo", "sodium", "sqlite3"],
    "server": ["gtk", "cairo", "adwaita"],
    "app/sync": ["gtk", "gdk", "adwaita", "cairo"],
}
# header -> the only files that may include it.
ONLY = {
    "sqlite3.h": ["server/store/bridge-sqlite-store", "app/sync/draw-journal"],
    "sodium.h": ["protocol/board/"],
    "hiredis/hiredis.h": ["protocol/socketio/redis/"],
}
# What the room of a live board may know of the board: the envelope, never the document.
ROOM_BOARD = {"board/board-message.h", "board/board-invite.h", "board/board-limits.h", "board/board-types.h"}
LICENCE = {"protocol/json": "LGPL-2.1-or-later", "protocol/engineio": "LGPL-2.1-or-later",
           "protocol/socketio": "LGPL-2.1-or-later"}
MAX_LINES = 800


def room_of(path):
    parts = path.split("/")
    for n in (2, 1):
        room = "/".join(parts[:n])
        if room in ROOMS and len(parts) > n:
            return room
    return None


def check(path, text, report):
    room = room_of(path)
    if room is None:
        return
    own = room.split("/")[-1]
    for kind, header in INCLUDE.findall(text):
        if kind == '"' and "/" in header:
            target = header.split("/")[0]
            if target != own and target not in ROOMS[room]:
                report("layers", f"{path} includes {header}")
            if room in ("server/room", "server/store") and target == "board" and header not in ROOM_BOARD:
                report("layers", f"{path} includes {header}: the server never sees the document")
        elif kind == '"' and (ROOT / path).parent.joinpath(header).exists() is False \
                and any((ROOT / r / header).exists() for r in ROOMS):
            report("layers", f"{path} includes {header} of another room without naming the room")
        for top, banned in FORBIDDEN.items():
            if (room == top or room.startswith(top + "/")) and kind == "<" \
                    and any(header.startswith(b) for b in banned):
                report("system headers", f"{path} includes <{header}>")
        for name, files in ONLY.items():
            if header == name and not any(path.startswith(f) for f in files):
                report("one owner", f"{path} includes <{header}>")


def check_licence(path, text, report):
    room = room_of(path)
    # Tests and examples of the library may carry its licence.
    wanted = [LICENCE.get(room, "GPL-3.0-or-later")] + (["LGPL-2.1-or-later"] if room is None else [])
    head = text[:600]
    if "SPDX-FileCopyrightText:" not in head or \
            not any(f"SPDX-License-Identifier: {licence}" in head for licence in wanted):
        report("licences", f"{path} lacks SPDX lines for {' or '.join(wanted)}")


def main():
    rules = ["layers", "system headers", "one owner", "licences", "pragma once", "length"]
    breaches = {rule: [] for rule in rules}

    def report(rule, text):
        breaches[rule].append(text)

    files = [p for top in ("protocol", "server", "app", "tests") for p in (ROOT / top).rglob("*.[ch]")
             if "node_modules" not in p.parts]
    for file in files:
        path = str(file.relative_to(ROOT))
        text = file.read_text(encoding="utf-8")
        check(path, text, report)
        check_licence(path, text, report)
        if file.suffix == ".h" and "#pragma once" not in text:
            report("pragma once", path)
        if not path.startswith("tests/bench/") and text.count("\n") > MAX_LINES:
            report("length", f"{path}: {text.count(chr(10))} lines")

    print(f"1..{len(rules)}")
    for number, rule in enumerate(rules, 1):
        for text in breaches[rule]:
            print(f"# {text}")
        print(f"{'not ok' if breaches[rule] else 'ok'} {number} - {rule} ({len(files)} files)")
    return 1 if any(breaches.values()) else 0


sys.exit(main())
