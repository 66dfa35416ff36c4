#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The relay example passes everything on: test-relay.py RELAY"""
import subprocess
import sys

from gi_peer import GLib, Json, Peer, Sio, args_of, finish, run_checks, wait_for


def mixed():
    """Text, binary, and binary inside of a tree."""
    args = args_of("\u20ac", b"\0\1\2")
    array = Json.Array.new()
    array.add_element(args.placeholder(GLib.Bytes.new(b"in there")))
    node = Json.Node.alloc()
    node.init_array(array)
    args.add_node(node)
    return args


def check_passed_on():
    ada, bob, far = (Peer(url, f'{{"room":"{room}"}}') for room in ("tea", "tea", "coffee"))
    answer = finish(lambda done: ada.socket.emit_with_ack_async("anything at all", mixed(), 5000, None, done),
                    ada.socket.emit_with_ack_finish)
    assert tuple(answer.get_int(0)) == (True, 1), "one other is in the room"
    wait_for(lambda: bob.heard, "the event")
    name, args = bob.heard[0]
    assert name == "anything at all" and args.get_size() == 3 and args.get_string(0) == "\u20ac"
    assert args.get_bytes(1).get_data() == b"\0\1\2"
    assert args.lookup_bytes(args.get_node(2).get_array().get_element(0)).get_data() == b"in there"
    # Who is elsewhere has not heard it by the time that what was said there later has come.
    near = Peer(url, '{"room":"coffee"}')
    near.socket.emit_event("next", None)
    assert far.hear() == ("next", []) and not far.heard and not ada.heard


def check_refused():
    error = Peer(url).error
    assert error.matches(Sio.error_quark(), Sio.Error.REFUSED) and error.message == "Please name a room"


relay = subprocess.Popen([sys.argv[1], "0"], text=True, stdout=subprocess.PIPE)
try:
    url = relay.stdout.readline().strip()
    status = run_checks(check_passed_on, check_refused)
finally:
    relay.kill()
    relay.wait()
sys.exit(status)
