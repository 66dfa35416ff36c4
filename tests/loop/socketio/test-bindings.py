#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What other languages get of the library: values, ownership, callbacks, errors, both ends in one process."""
import sys

from gi_peer import GLib, Json, Peer, Sio, args_of, finish, run_checks, wait_for
from gi.repository import Gio


class Server:
    def __init__(self):
        self.server = Sio.Server.new()
        self.sockets = []
        self.main = self.server.of("/")
        self.main.connect("connection", lambda namespace, socket: self.sockets.append(socket))
        self.server.listen(Gio.InetSocketAddress.new_from_string("127.0.0.1", 0), None)
        self.url = f"http://127.0.0.1:{self.server.get_engine().get_port()}"

    def meet(self, auth=None):
        """A client and its socket at the server."""
        peer = Peer(self.url, auth)
        return peer, next(s for s in self.sockets if s.get_id() == peer.socket.get_id())


def check_values():
    args = Sio.Args.new()
    args.add_null()
    args.add_boolean(True)
    args.add_int(-5)
    args.add_double(0.5)
    args.add_string("\u20ac")
    args.add_json('{"a":[1]}', -1)
    args.add_node(Json.from_string("[2]"))
    assert args.get_json() == '[null,true,-5,0.5,"\u20ac",{"a":[1]},[2]]', args.get_json()
    assert args.get_size() == 7 and args.get_node(7) is None and args.get_string(1) is None
    assert tuple(args.get_boolean(1)) == (True, True) and tuple(args.get_int(2)) == (True, -5)
    assert tuple(args.get_double(3)) == (True, 0.5) and tuple(args.get_int(4))[0] is False
    assert args.get_object(5).get_array_member("a").get_int_element(0) == 1 and args.get_array(6).get_length() == 1


def check_answers():
    server = Server()
    peer, socket = server.meet('{"who":"ada"}')
    assert socket.get_auth().get_string_member("who") == "ada"
    assert socket.get_handshake().get_address() == "127.0.0.1" and socket.get_handshake().get_query("EIO") == "4"
    socket.on("ask", lambda socket, args, ack: ack.send(args_of("heard", args.get_string(0))))
    answer = finish(lambda done: peer.socket.emit_with_ack_async("ask", args_of("this"), 5000, None, done),
                    peer.socket.emit_with_ack_finish)
    assert answer.get_json() == '["heard","this"]', answer.get_json()
    answer = finish(lambda done: socket.emit_with_ack_async("back", None, 5000, None, done),
                    socket.emit_with_ack_finish)
    assert answer.get_json() == '["answer to","back"]', answer.get_json()


def check_listeners():
    server = Server()
    peer, socket = server.meet()
    told = []
    peer.socket.on("a", lambda socket, event, args, ack: told.append(("on", event, args.get_json())))
    peer.socket.once("a", lambda socket, event, args, ack: told.append(("once", event)))
    any_id = peer.socket.on_any(lambda socket, event, args, ack: told.append(("any", event)))
    peer.socket.on_any_outgoing(lambda socket, event, args, ack: told.append(("out", event, ack)))
    peer.socket.emit_event("b", None)
    for event in ("a", "a"):
        socket.emit_event(event, args_of(1))
    wait_for(lambda: len(peer.heard) == 2, "both")
    assert told == [("out", "b", None), ("any", "a"), ("on", "a", "[1]"), ("once", "a"), ("any", "a"),
                    ("on", "a", "[1]")], told
    peer.socket.off(any_id)
    del told[:]
    socket.emit_event("c", None)
    wait_for(lambda: len(peer.heard) == 3, "the last")
    assert not told, told


def check_late_auth():
    server = Server()
    requests = []
    client = Sio.Client.new(server.url)
    client.set_property("transports", ["websocket", "polling"])
    socket = client.socket("/")
    socket.set_auth_request_func(lambda socket, request: requests.append(request))
    socket.connect_namespace()
    wait_for(lambda: requests, "the question")
    assert requests[0].get_engine_id() == client.get_engine_id()
    requests[0].respond(Json.from_string('{"token":"fetched"}'))
    wait_for(socket.is_connected, "a connection")
    assert server.sockets[0].get_auth().get_string_member("token") == "fetched"


def check_many():
    server = Server()
    pairs = [server.meet() for _ in range(3)]
    for _, socket in pairs[:2]:
        socket.join("tea")
        socket.set_data(Json.from_string('{"n":1}'))
    broadcast = server.main.to("tea")
    done, responses = finish(lambda done: broadcast.emit_with_ack_async("all", None, None, done),
                             Sio.Broadcast.emit_with_ack_finish)
    assert done and [answer.get_json() for answer in responses] == ['["answer to","all"]'] * 2
    fetched = finish(lambda done: broadcast.fetch_sockets_async(None, done), Sio.Broadcast.fetch_sockets_finish)
    assert {socket.get_id() for socket in fetched} == {socket.get_id() for _, socket in pairs[:2]}
    assert all(set(socket.get_rooms()) == {"tea", socket.get_id()} for socket in fetched)
    assert all(Json.to_string(socket.get_data(), False) == '{"n":1}' for socket in fetched)
    assert pairs[0][1].dup_rooms() == [pairs[0][1].get_id(), "tea"] and pairs[2][1].dup_rooms() == [pairs[2][1].get_id()]
    fetched[0].emit("alone", args_of("x"))
    pairs[0][1].broadcast().emit("others", None)
    assert pairs[2][0].hear() == ("others", [])


def check_middlewares():
    server = Server()
    server.main.use(lambda namespace, socket, answer:
                    answer.accept() if socket.get_auth() else answer.reject("No", Json.from_string('{"code":7}')))
    refused = Peer(server.url)
    assert refused.error.message == "No" and refused.error.matches(Sio.error_quark(), Sio.Error.REFUSED)
    assert refused.data.get_object().get_int_member("code") == 7
    peer, socket = server.meet("{}")
    heard = []
    socket.use(lambda socket, event, args, answer: answer.accept() if event == "good" else answer.reject("bad", None))
    socket.connect("error", lambda socket, message, data: heard.append(message))
    socket.on("good", lambda socket, args, ack: heard.append("good"))
    peer.socket.emit_event("evil", None)
    peer.socket.emit_event("good", None)
    wait_for(lambda: len(heard) == 2, "both")
    assert heard == ["bad", "good"]


def check_namespaces():
    server = Server()
    come = []
    parent = server.server.of_pattern(GLib.Regex.new("^/room-[0-9]+$", 0, 0))
    parent.connect("connection", lambda namespace, socket: come.append(socket.get_namespace().get_name()))
    Peer(server.url, namespace="/room-12")
    assert come == ["/room-12"] and Peer(server.url, namespace="/other").error.message == "Invalid namespace"


class CountingAdapter(Sio.Adapter):
    """One that joins several servers would pass it on here."""

    def __init__(self):
        super().__init__()
        self.passed_on = []

    def do_broadcast(self, to, event, args):
        if not to.is_local:
            self.passed_on.append((event, args.get_json()))
        Sio.Adapter.do_broadcast(self, to, event, args)


def check_adapter():
    server = Server()
    adapters = []

    def make(namespace):
        adapters.append(CountingAdapter())
        return adapters[-1]

    server.server.set_adapter(make)
    peer, _ = server.meet()
    server.main.emit_event("wide", args_of("x"))
    local = server.main.broadcast()
    local.set_local(True)
    local.emit("narrow", None)
    assert peer.hear() == ("wide", ["x"]) and peer.hear() == ("narrow", [])
    assert adapters[0].passed_on == [("wide", '["x"]')], adapters[0].passed_on


def check_ends():
    server = Server()
    reasons = []
    peer, socket = server.meet()
    socket.connect("disconnected", lambda socket, reason: reasons.append(reason))
    peer.socket.disconnect_namespace()
    wait_for(lambda: reasons, "the end")
    assert reasons == [Sio.DisconnectReason.CLIENT_NAMESPACE], reasons
    assert peer.reason is Sio.DisconnectReason.CLIENT_NAMESPACE, peer.reason
    assert Sio.DisconnectReason.to_string(peer.reason, True) == "io client disconnect"
    peer, socket = server.meet()
    socket.disconnect_namespace(False)
    wait_for(lambda: peer.reason is not None, "the end")
    assert peer.reason is Sio.DisconnectReason.SERVER_NAMESPACE, peer.reason


def check_errors():
    try:
        Sio.Client.new("no address")
        raise AssertionError("taken for an address")
    except GLib.Error as error:
        assert error.domain == "g-uri-quark", error.domain
    server = Server()
    peer, _ = server.meet()
    try:
        finish(lambda done: peer.socket.emit_with_ack_async("nobody hears", None, 1, None, done),
               peer.socket.emit_with_ack_finish)
        raise AssertionError("answered")
    except GLib.Error as error:
        assert error.matches(Sio.error_quark(), Sio.Error.TIMEOUT), error


def check_version():
    assert (Sio.get_major_version(), Sio.get_minor_version(), Sio.get_micro_version()) == \
        (Sio.MAJOR_VERSION, Sio.MINOR_VERSION, Sio.MICRO_VERSION)


sys.exit(run_checks(check_values, check_answers, check_listeners, check_late_auth, check_many, check_middlewares,
                    check_namespaces, check_adapter, check_ends, check_errors, check_version))
