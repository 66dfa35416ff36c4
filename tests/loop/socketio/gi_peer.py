# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The library through its introspection data: a client with a record of what happens to it, and tests in TAP."""
import sys
import traceback

import gi

gi.require_version("Json", "1.0")
gi.require_version("Sio", "1.0")
from gi.repository import GLib, Json, Sio

PATIENCE_S = 120


def wait_for(condition, what):
    late = []
    source = GLib.timeout_add_seconds(PATIENCE_S, lambda: late.append(True) or GLib.SOURCE_REMOVE)
    while not condition() and not late:
        GLib.MainContext.default().iteration(True)
    assert not late, f"waited in vain for {what}"
    GLib.source_remove(source)


def finish(start, finish_call):
    """Calls an asynchronous function and gives its result."""
    results = []
    start(lambda source, result: results.append(result))
    wait_for(lambda: results, "a result")
    return finish_call(results[0])


def args_of(*values):
    args = Sio.Args.new()
    for value in values:
        if isinstance(value, str):
            args.add_string(value)
        elif isinstance(value, bytes):
            args.add_bytes(GLib.Bytes.new(value))
        else:
            args.add_int(value)
    return args


class Peer:
    def __init__(self, url, auth=None, namespace="/"):
        self.heard, self.error, self.reason = [], None, None
        self.client = Sio.Client.new(url)
        self.socket = self.client.socket(namespace)
        if auth is not None:
            self.socket.set_auth(Json.from_string(auth))
        self.socket.connect("event", self.on_event)
        self.socket.connect("connect-error", self.on_connect_error)
        self.socket.connect("disconnected", self.on_disconnected)
        self.socket.connect_namespace()
        wait_for(lambda: self.socket.is_connected() or self.error, "a connection")

    def on_event(self, socket, name, args, ack):
        self.heard.append((name, args))
        if ack is not None:
            ack.send(args_of("answer to", name))

    def on_connect_error(self, socket, error, data):
        self.error, self.data = error, data

    def on_disconnected(self, socket, reason):
        self.reason = reason

    def hear(self):
        wait_for(lambda: self.heard, "an event")
        name, args = self.heard.pop(0)
        return name, [args.get_string(i) for i in range(args.get_size())]


def run_checks(*checks):
    failed = False
    print(f"1..{len(checks)}")
    for number, check in enumerate(checks, 1):
        try:
            check()
            print(f"ok {number} - {check.__name__}")
        except Exception as error:
            failed = True
            traceback.print_exc()
            print(f"# {error!r}\nnot ok {number} - {check.__name__}")
    sys.stdout.flush()
    return 1 if failed else 0
