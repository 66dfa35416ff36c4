/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-link.h"
#include "board/board-message.h"
#include "socketio/sio-server.h"

G_BEGIN_DECLS

/* One entry of the log, as the real server keeps it. */
typedef struct {
  char *member;
  uint64_t counter;
  char *body;
} FakeEntry;

/**
 * FakeServer: a board's server in this process, on a port of loopback, with an honest log and the
 * faults that a test asks for. It checks proofs; it keeps no roles, limits or disk.
 */
typedef struct {
  BoardLink *link;
  guint16 port;
  SioServer *sio;      /* NULL while it is down */
  GPtrArray *log;      /* FakeEntry */
  GPtrArray *sockets;  /* SioSocket, joined */
  GHashTable *members; /* socket id -> member id */
  GHashTable *profiles; /* member id -> sealed profile */

  /* Faults. */
  BoardRole role;          /* of everybody */
  uint64_t refuse_counter; /* this op is refused... */
  BoardRefusal refusal;
  guint refuse_times;      /* ...so often */
  guint refuse_connects;   /* so many CONNECTs are refused, with `refusal` */
  gboolean mute;           /* takes what comes and answers nothing */
  const char *babble;      /* borrowed: the next op is taken and answered with this JSON */
  guint drop_ops_event;    /* so many broadcasts are lost */
  BoardSnapshot snapshot;  /* offered to those who ask, true or not; seq 0: none */
  int64_t now;             /* of hello */
  guint history_page;      /* entries of an answer to history; 0: it has none */
  const char *history_lie; /* borrowed: this JSON is the answer instead */
  /* Figures. */
  guint n_connects, n_received, n_refused, n_shortcuts;
  guint n_questions, n_probes; /* for the log; for a sign of life */
} FakeServer;

FakeServer *fake_server_new (void);
void fake_server_free (FakeServer *self);
/* Listens, always on the same port. */
void fake_server_start (FakeServer *self);
/* Gone, as if it was killed: the log is on its disk. */
void fake_server_stop (FakeServer *self);
/* Ends every connection. */
void fake_server_kick (FakeServer *self);
/* An op of a stranger that is here too: text sealed with the board's key, or a body as it stands. */
void fake_server_add_op (FakeServer *self, const BoardKey *member_seed, uint64_t counter, const char *text);
void fake_server_add_body (FakeServer *self, const char *member, uint64_t counter, const char *body);
/* Highest counter of that member in the log. */
uint64_t fake_server_get_counter (FakeServer *self, const char *member);
void fake_server_emit (FakeServer *self, const char *event, SioArgs *args);

G_END_DECLS
