/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-message.h"
#include "sim-truth.h"

G_BEGIN_DECLS

/* Both directions of a connection. Each keeps its order and loses nothing until it is cut: that is
 * what TCP and a Socket.IO session promise. What is under way when one end goes away may still
 * reach the other end, long after the end that went has a new connection. */

typedef enum {
  SIM_MESSAGE_CONNECT, /* up: seq = since, wants_snapshot */
  SIM_MESSAGE_OP,      /* up: counter, text */
  SIM_MESSAGE_SNAPSHOT, /* up: seq, 0 = not now: the answer to ASK */
  SIM_MESSAGE_EVENT,   /* up: event, text = its arguments in JSON, blanks between them */
  SIM_MESSAGE_HELLO,   /* down: counter, seq, here, snapshot */
  SIM_MESSAGE_OPS,     /* down: seq = of the first, entries */
  SIM_MESSAGE_ACK,     /* down: counter, seq */
  SIM_MESSAGE_REFUSAL, /* down: counter, refusal, seq = expected counter of a gap */
  SIM_MESSAGE_MEMBERS, /* down: here = who came, gone */
  SIM_MESSAGE_ASK,     /* down: a snapshot is wanted */
} SimMessageType;

typedef struct {
  SimMessageType type;
  int64_t due; /* virtual us */
  uint64_t counter, seq;
  char *text;
  GPtrArray *entries; /* SimEntry */
  BoardRefusal refusal;
  guint here, gone; /* bits: who is */
  const char *event;
  gboolean wants_snapshot; /* of CONNECT */
  BoardSnapshot snapshot;
} SimMessage;

typedef struct {
  GQueue messages;
  int64_t last_due;
} SimPipe;

typedef struct {
  guint client;
  SimPipe up, down;
  gboolean client_left, server_left;
  /* The server's side of it. */
  gboolean joined, live;
  struct _SimSocket *socket; /* owned */
} SimWire;

SimWire *sim_wire_new (guint client);
void sim_wire_free (SimWire *self);
/* message: copied; its entries and text are taken over. delay: us. */
void sim_pipe_push (SimPipe *self, SimMessage message, int64_t due);
/* The next one that has arrived, or NULL. Transfer full. */
SimMessage *sim_pipe_pop (SimPipe *self, int64_t now);
/* Only the first n are still under way. */
void sim_pipe_truncate (SimPipe *self, guint n);
void sim_message_free (SimMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimMessage, sim_message_free)

G_END_DECLS
