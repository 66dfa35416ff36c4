#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""corpus.py pack DIRECTORY FILE | unpack FILE DIRECTORY: a corpus as one file, an input a line, base64.

Packing takes the shortest inputs, and at most 64 KiB of them.
"""
import base64
import hashlib
import pathlib
import sys

MAX_BYTES = 64 * 1024


def pack(directory, file):
    inputs = sorted({path.read_bytes() for path in pathlib.Path(directory).iterdir()}, key=lambda i: (len(i), i))
    lines, total = [], 0
    for data in inputs:
        total += len(data)
        if total <= MAX_BYTES:
            lines.append(base64.b64encode(data).decode())
    pathlib.Path(file).write_text("\n".join(lines) + "\n", encoding="ascii")


def unpack(file, directory):
    directory = pathlib.Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    for line in pathlib.Path(file).read_text(encoding="ascii").splitlines():
        data = base64.b64decode(line)
        (directory / hashlib.sha1(data).hexdigest()).write_bytes(data)


{"pack": pack, "unpack": unpack}[sys.argv[1]](*sys.argv[2:])
