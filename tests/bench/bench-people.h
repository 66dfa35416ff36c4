/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-message.h"
#include "socketio/sio-client.h"

G_BEGIN_DECLS

/* A board on a server, and people on it: connections of the Socket.IO library without a document behind
 * them, so that the server is measured and not the app. All in one process and thread. */

typedef struct {
  char *origin;
  char *board;
  BoardKey host, invite, key; /* seeds; the board's key */
} BenchBoard;

typedef struct _BenchPerson BenchPerson;

/* An entry of ops or of cast that somebody else wrote. body: borrowed. */
typedef void (*BenchHeardFunc) (BenchPerson *self, const char *body, gboolean cast, gpointer data);

struct _BenchPerson {
  BenchBoard *board; /* borrowed */
  SioClient *client;
  SioClientSocket *socket;
  BoardKey seed;
  char *id;
  gboolean with_snapshot; /* asks for it */
  BoardHello *hello;      /* NULL: not let in yet */
  uint64_t seq;           /* of the last entry that came */
  uint64_t counter;       /* of the last op that was sent */
  guint in_flight;
  guint64 acknowledged;
  BenchHeardFunc heard;
  gpointer heard_data;
  SioAck *question; /* the server's, for a snapshot; owned */
};

/* Creates it on the server. */
BenchBoard *bench_board_create (const char *origin);
void bench_board_free (BenchBoard *self);

/* Connects, as the host or somebody new. */
BenchPerson *bench_person_new (BenchBoard *board, gboolean host, gboolean with_snapshot);
void bench_person_free (BenchPerson *self);
/* Counts what is acknowledged; ends the program when it is refused. */
void bench_person_send_op (BenchPerson *self, const char *body);
void bench_person_send_cast (BenchPerson *self, const char *body);

/* PUT of a snapshot's part, or GET where bytes is NULL; waits, and gives the answer's body. */
GBytes *bench_person_part (BenchPerson *self, const char *id, GBytes *bytes);

G_END_DECLS
