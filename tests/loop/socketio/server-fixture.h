/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A server on loopback and peers that speak to it by websocket, word for word. */
#pragma once

#include <libsoup/soup.h>

#include "socketio/sio-server.h"

G_BEGIN_DECLS

typedef struct _Peer Peer;

typedef struct
{
  SioServer *server;
  SioNamespace *nsp; /* "/" */
  SoupSession *session;
  GPtrArray *peers; /* owned */
  GString *log;     /* for handlers: words with blanks between them */
} ServerFixture;

void server_fixture_set_up (ServerFixture *fixture, gconstpointer unused);
void server_fixture_tear_down (ServerFixture *fixture, gconstpointer unused);

/* Runs the main loop until the condition holds; fails the test when it does not within 10 s. */
typedef gboolean (*Condition) (gpointer data);
void wait_for (Condition condition, gpointer data);

void log_word (ServerFixture *fixture, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Waits until that many words have come, compares and empties the log. */
void expect_log (ServerFixture *fixture, const char *expected);

/* An open Engine.IO session. Borrowed. */
Peer *peer_open (ServerFixture *fixture);
/* The same where host listens first. */
Peer *peer_open_at (ServerFixture *fixture, SoupServer *host);
/* An Engine.IO text packet, as it is. */
void peer_send (Peer *self, const char *text);
void peer_send_bytes (Peer *self, const char *bytes);
/* The next message: a packet's text, "b:" and a binary one's bytes, or "closed". */
char *peer_next (Peer *self);
/* The same, matched against a glob pattern. */
void peer_expect (Peer *self, const char *pattern);
/* Joins a namespace ("/" or "/name"); returns the socket at the server. Borrowed. */
SioSocket *peer_join (Peer *self, const char *nsp);
void peer_close (Peer *self);

G_END_DECLS
