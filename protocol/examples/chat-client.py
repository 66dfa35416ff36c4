#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Talks in a room of chat-server: chat-client.py URL NAME ROOM. Each line of its input is said."""
import sys

import gi

gi.require_version("Json", "1.0")
gi.require_version("Sio", "1.0")
from gi.repository import Gio, GLib, Json, Sio


def args_of(*strings):
    args = Sio.Args.new()
    for string in strings:
        args.add_string(string)
    return args


def strings_of(args):
    return [args.get_string(i) for i in range(args.get_size())]


class Chat:
    def __init__(self, url, name, room):
        self.loop = GLib.MainLoop()
        self.room = room
        self.leaving = self.refused = False
        self.client = Sio.Client.new(url)
        self.client.connect("closed", self.on_closed)
        self.socket = self.client.socket("/")
        self.socket.set_auth(self.auth(name))
        self.socket.connect("connected", self.on_connected)
        self.socket.connect("connect-error", self.on_connect_error)
        self.socket.connect("event", self.on_event)
        self.socket.connect_namespace()
        self.input = Gio.DataInputStream.new(Gio.UnixInputStream.new(sys.stdin.fileno(), False))
        self.read_line()

    @staticmethod
    def auth(name):
        auth = Json.Object()
        auth.set_string_member("name", name)
        node = Json.Node.alloc()
        node.init_object(auth)
        return node

    def on_connected(self, socket, recovered):
        socket.emit_with_ack_async("join", args_of(self.room), 5000, None, self.on_joined)

    def on_joined(self, socket, result):
        try:
            _, people = socket.emit_with_ack_finish(result).get_int(0)
            print(f"{people} in {self.room}", flush=True)
        except GLib.Error as error:
            print(error.message, flush=True)

    def on_connect_error(self, socket, error, data):
        print(error.message, flush=True)
        if error.matches(Sio.error_quark(), Sio.Error.REFUSED):
            self.refused = True
            self.loop.quit()

    def on_closed(self, client, reason, error):
        if self.leaving:
            self.loop.quit()

    def on_event(self, socket, name, args, ack):
        print(name, *strings_of(args), flush=True)

    def leave(self):
        """What was said goes out before the connection ends."""
        self.leaving = True
        if self.client.get_transport() == 0:
            self.loop.quit()
        else:
            self.client.close()

    def read_line(self):
        self.input.read_line_async(GLib.PRIORITY_DEFAULT, None, self.on_line)

    def on_line(self, stream, result):
        line, _ = stream.read_line_finish_utf8(result)
        if line is None:
            self.leave()
            return
        self.socket.emit_event("say", args_of(line))
        self.read_line()


chat = Chat(*sys.argv[1:4])
chat.loop.run()
sys.exit(1 if chat.refused else 0)
