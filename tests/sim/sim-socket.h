/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-server.h"
#include "socketio/sio-socket.h"

G_BEGIN_DECLS

/**
 * SimSocket: what the room takes for a SioSocket: the linker sends its calls of the Socket.IO library's
 * server here (--wrap). What is emitted becomes a message on the wire.
 */
#define SIM_TYPE_SOCKET (sim_socket_get_type ())
G_DECLARE_FINAL_TYPE (SimSocket, sim_socket, SIM, SOCKET, GObject)

/* The server's end of that wire; wire: borrowed until sim_socket_end(). */
SimSocket *sim_socket_new (SimServer *server, SimWire *wire);
SimServer *sim_socket_get_server (SimSocket *self);
/* NULL when it has ended. */
SimWire *sim_socket_get_wire (SimSocket *self);
/* What stands for a SioNamespace: all sockets of the server's wires. Transfer full. */
GObject *sim_namespace_new (SimServer *server);

/* "op", with an ack that answers that counter; body: borrowed. */
void sim_socket_receive_op (SimSocket *self, uint64_t counter, const char *body);
/* Any other event, with an ack that nobody waits for; json: the arguments. */
void sim_socket_receive (SimSocket *self, const char *event, const char *json);
/* The answer to the server's question, if it still waits for one. */
void sim_socket_receive_answer (SimSocket *self, const char *json);
/* What was queued has gone out, and the room waits for that. */
void sim_socket_drain (SimSocket *self);
/* The connection is gone. */
void sim_socket_end (SimSocket *self);

G_END_DECLS
