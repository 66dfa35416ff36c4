#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The relay example passes everything on, by the library's introspection data: test-relay.py RELAY"""
import subprocess
import sys

import gi

gi.require_version("Json", "1.0")
gi.require_version("Sio", "1.0")
from gi.repository import GLib, Json, Sio

PATIENCE_S = 20
context = GLib.MainContext.default()


def wait_for(condition, what):
    late = []
    source = GLib.timeout_add_seconds(PATIENCE_S, lambda: late.append(True) or GLib.SOURCE_REMOVE)
    while not condition() and not late:
        context.iteration(True)
    if not late:
        GLib.source_remove(source)
    assert not late, f"waited in vain for {what}"


class Peer:
    """A client in a room, with a record of what it has heard."""

    def __init__(self, url, room):
        self.heard, self.error = [], None
        self.client = Sio.Client.new(url)
        self.socket = self.client.socket("/")
        if room is not None:
            self.socket.set_auth(Json.from_string('{"room":"%s"}' % room))
        self.socket.connect("event", lambda socket, name, args, ack: self.heard.append((name, args)))
        self.socket.connect("connect-error", self.on_connect_error)
        self.socket.connect_namespace()
        wait_for(lambda: self.socket.is_connected() or self.error, "a connection")

    def on_connect_error(self, socket, error, data):
        self.error = error


def mixed():
    """Text, binary and binary inside of a tree."""
    args = Sio.Args.new()
    args.add_string("\u20ac")
    args.add_bytes(GLib.Bytes.new(b"\0\1\2"))
    inside = args.placeholder(GLib.Bytes.new(b"in there"))
    array = Json.Array.new()
    array.add_element(inside)
    node = Json.Node.alloc()
    node.init_array(array)
    args.add_node(node)
    return args


def check_passed_on(url):
    ada, bob, far = Peer(url, "tea"), Peer(url, "tea"), Peer(url, "coffee")
    answers = []
    ada.socket.emit_with_ack_async(
        "anything at all", mixed(), 5000, None,
        lambda socket, result: answers.append(socket.emit_with_ack_finish(result)))
    wait_for(lambda: bob.heard and answers, "the event and its answer")
    assert tuple(answers[0].get_int(0)) == (True, 1), "one other is in the room"
    name, args = bob.heard[0]
    assert name == "anything at all" and args.get_size() == 3 and args.get_string(0) == "\u20ac"
    assert args.get_bytes(1).get_data() == b"\0\1\2"
    assert args.lookup_bytes(args.get_node(2).get_array().get_element(0)).get_data() == b"in there"
    # Who is elsewhere has heard nothing when what was said there later has come.
    near = Peer(url, "coffee")
    near.socket.emit_event("next", None)
    wait_for(lambda: far.heard, "what was said elsewhere")
    assert [name for name, _ in far.heard] == ["next"] and not ada.heard


def check_refused(url):
    error = Peer(url, None).error
    assert error.matches(Sio.error_quark(), Sio.Error.REFUSED) and error.message == "Please name a room"


relay = subprocess.Popen([sys.argv[1], "0"], text=True, stdout=subprocess.PIPE)
failed = False
try:
    url = relay.stdout.readline().strip()
    checks = [check_passed_on, check_refused]
    print(f"1..{len(checks)}")
    for number, check in enumerate(checks, 1):
        try:
            check(url)
            print(f"ok {number} - {check.__name__}")
        except AssertionError as error:
            failed = True
            print(f"# {error}\nnot ok {number} - {check.__name__}")
finally:
    relay.kill()
    relay.wait()
sys.exit(1 if failed else 0)
