#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A chat in rooms, as chat-server.c: chat-server.py [PORT]."""
import collections
import sys

import gi

gi.require_version("Sio", "1.0")
from gi.repository import Gio, GLib, Sio

MAX_ROOM_NAME = 64


def args_of(*values):
    args = Sio.Args.new()
    for value in values:
        if isinstance(value, str):
            args.add_string(value)
        else:
            args.add_int(value)
    return args


class Person:
    """Somebody who is connected; socket is theirs."""

    def __init__(self, chat, socket, name):
        self.chat, self.socket, self.name, self.room = chat, socket, name, None
        socket.on("join", self.on_join)
        socket.on("say", self.on_say)
        socket.connect("disconnecting", self.on_disconnecting)

    def tell_others(self, event, *texts):
        self.socket.to(self.room).emit(event, args_of(self.name, *texts))

    def leave(self):
        if self.room is None:
            return
        self.tell_others("left")
        self.socket.leave(self.room)
        self.chat.people_in[self.room] -= 1
        self.room = None

    def on_join(self, socket, args, ack):
        room = args.get_string(0)
        if room is None or len(room) > MAX_ROOM_NAME:
            return
        self.leave()
        self.room = room
        socket.join(room)
        self.chat.people_in[room] += 1
        if ack is not None:
            ack.send(args_of(self.chat.people_in[room]))
        self.tell_others("joined")

    def on_say(self, socket, args, ack):
        text = args.get_string(0)
        if text is not None and self.room is not None:
            self.tell_others("said", text)

    def on_disconnecting(self, socket, reason):
        self.leave()
        del self.chat.people[socket.get_id()]


class Chat:
    def __init__(self, port):
        self.people = {}
        self.people_in = collections.Counter()
        self.server = Sio.Server.new()
        namespace = self.server.of("/")
        namespace.use(self.ask_name)
        namespace.connect("connection", self.on_connection)
        self.server.listen(Gio.InetSocketAddress.new_from_string("127.0.0.1", port), None)
        print(f"http://127.0.0.1:{self.server.get_engine().get_port()}", flush=True)

    @staticmethod
    def name_of(socket):
        """Strangers may send anything: look at the type before the value."""
        auth = socket.get_auth()
        node = auth.get_member("name") if auth is not None and auth.has_member("name") else None
        return node.get_string() if node is not None and node.get_value_type().name == "gchararray" else None

    def ask_name(self, namespace, socket, answer):
        if self.name_of(socket):
            answer.accept()
        else:
            answer.reject("Please say your name", None)

    def on_connection(self, namespace, socket):
        self.people[socket.get_id()] = Person(self, socket, self.name_of(socket))


chat = Chat(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
GLib.MainLoop().run()
