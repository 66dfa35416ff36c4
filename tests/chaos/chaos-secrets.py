#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server and the wire know of what people say: nothing.

Words are planted in a board's title, a note, a message, a blob and the members' names. Everything that passed
between the apps and the server, in both directions, and every file that the server leaves is searched for them,
and for the board's key: as they are, in base64, hexadecimal, UTF-16 and deflated. Prints TAP and figures.
"""
import base64
import pathlib
import re
import secrets
import sys
import threading
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import crowd as crowds  # noqa: E402
import networks  # noqa: E402
import people  # noqa: E402

BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
SHORT = 12  # bytes of a deflate stream that could hold anything


def forms_of(word):
    """The word as it may stand in bytes that are no text of ours."""
    yield word
    yield word.decode("latin-1").encode("utf-16-le")
    yield word.hex().encode()
    yield word.hex().upper().encode()
    for shift in range(3):  # wherever it begins in the three bytes of a group
        text = base64.b64encode(bytes(shift) + word)[4 if shift else 0:-4]
        yield text
        yield text.translate(bytes.maketrans(b"+/", b"-_"))


def inflate(data, form):
    try:
        return zlib.decompressobj(form).decompress(data, 1 << 20)
    except zlib.error:
        return b""


def layers_of(data, depth=2):
    """The bytes, what its runs of base64 stand for, and what either is inflated, behind a header or not."""
    yield data
    if depth == 0:
        return
    for run in BASE64.findall(data) if len(data) > SHORT else []:
        packed = run.translate(bytes.maketrans(b"-_", b"+/"))
        yield from layers_of(base64.b64decode(packed + b"A" * (-len(packed) % 4)), depth - 1)
    for start in (0, 1, 25):  # a body's flags and nonce come first
        for form in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
            plain = inflate(data[start:], form)
            if len(plain) >= SHORT:
                yield plain


def find(words, places):
    """[(word, place)] of words (a dictionary) that are in places (name, bytes)."""
    forms = [(name, form) for name, word in words.items() for form in forms_of(word)]
    return sorted({(name, place) for place, data in places for layer in layers_of(data)
                   for name, form in forms if form in layer})


def check_the_search(words):
    """Whoever finds nothing has to be able to find."""
    problems = []
    for name, word in words.items():
        text = b'{"c":[["chat","' + word + b'"]]}'
        deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        packed = deflate.compress(text * 2) + deflate.flush()
        for how, data in {"plain": text, "hex": text.hex().encode(), "zlib": zlib.compress(text),
                          "base64": base64.b64encode(text), "url": base64.urlsafe_b64encode(b"xy" + text),
                          "sealed form": base64.urlsafe_b64encode(bytes(25) + packed)}.items():
            if find({name: word}, [("here", data)]) != [(name, "here")]:
                problems.append(f"the search does not find {name} in {how}")
    return problems


class Wire:
    """All that passed, by connection and direction; what clients masked is unmasked."""

    def __init__(self):
        self.streams, self.lock = {}, threading.Lock()

    def take(self, connection, from_client, piece):
        with self.lock:
            self.streams.setdefault((connection, from_client), bytearray()).extend(piece)

    def list_places(self):
        for (connection, from_client), data in sorted(self.streams.items()):
            data = bytes(data)
            name = f"connection {connection} {'up' if from_client else 'down'}"
            yield name, data
            head, end, rest = data.partition(b"\r\n\r\n")
            if from_client and end and b"upgrade: websocket" in head.lower():
                for payload in unmask(rest):
                    yield name, payload


def unmask(data):
    while len(data) >= 6:
        length, at = data[1] & 127, 2
        if length >= 126:
            size = 2 if length == 126 else 8
            length, at = int.from_bytes(data[2:2 + size], "big"), 2 + size
        mask, payload = data[at:at + 4], data[at + 4:at + 4 + length]
        repeated = (mask * (len(payload) // 4 + 1))[:len(payload)]
        yield (int.from_bytes(payload, "big") ^ int.from_bytes(repeated, "big")).to_bytes(len(payload), "big")
        data = data[at + 4 + length:]


def read_files(directory):
    return [(str(path.relative_to(directory)), path.read_bytes()) for path in sorted(directory.rglob("*"))
            if path.is_file()]


def hold_session(crowd, proxy, words):
    """Two people plant and draw, a third comes later and has it all."""
    ann, bob, cem = crowd.bots
    ann.create(proxy.origin, "--name", words["host's name"].decode())
    bob.join(ann.link, "--name", words["guest's name"].decode())
    for bot, part in ((ann, "one"), (bob, "other")):
        bot.tell("plant " + words[f"{part}'s words"].decode())
        bot.tell("burst 5")
        bot.settle()
    cem.join(ann.link)
    cem.settle()
    wanted = [words["one's words"], words["other's words"], words["host's name"], words["guest's name"]]
    for word in wanted:
        people.wait_for("everybody knows the words", lambda: all(
            bot.count(word.decode()) > 0 for bot in crowd.bots))
    return cem.count(words["one's words"].decode())


def run(options, directory, log):
    words = {name: f"{animal}{secrets.token_hex(6)}".encode() for name, animal in {
        "one's words": "Zebrafink", "other's words": "Quastenflosser", "host's name": "Okapi",
        "guest's name": "Axolotl"}.items()}
    problems = check_the_search(words)
    wire = Wire()
    server = people.Server(options.build, directory / "server", log).start()
    crowd = crowds.Crowd(options, directory, log, server)
    try:
        with networks.Proxy(server.port, on_bytes=wire.take) as proxy:
            places = hold_session(crowd, proxy, words)
            key = crowd.bots[0].link.partition("#")[2].split(".")
            for bot in crowd.bots:
                bot.quit()
        server.stop()
    finally:
        crowd.end()
    words |= {"the invitation's seed": base64.urlsafe_b64decode(key[0] + "="),
              "the board's key": base64.urlsafe_b64decode(key[1] + "=")}
    log.flush()
    captured = list(wire.list_places())
    files = read_files(directory / "server") + [("the log", pathlib.Path(log.name).read_bytes())]
    problems += [f"{word} in {place}" for word, place in find(words, captured + files)]
    figures = {"seed": options.seed, "planted_in": places, "connections": len(wire.streams) // 2,
               "captured_bytes": sum(map(len, wire.streams.values())), "files": len(files),
               "file_bytes": sum(len(data) for _, data in files)}
    if not any(b'"op",' in data for name, data in captured if name.endswith("up")):
        problems.append("no op was captured")
    if not any(name.startswith("blobs/") for name, _ in files):
        problems.append("no blob was stored")
    return figures, problems


if __name__ == "__main__":
    crowds.main(__doc__, run, "planted words are nowhere", bots=3)
