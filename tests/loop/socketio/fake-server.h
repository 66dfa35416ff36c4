/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define FAKE_OPEN                                                                                  \
  "0{\"sid\":\"abcdefghijklmnopqrst\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,"        \
  "\"pingTimeout\":20000,\"maxPayload\":1000000}"
#define FAKE_CONNECT "40{\"sid\":\"tsrqponmlkjihgfedcba\"}"

/**
 * FakeServer: what a server might do to a client. Whatever it sends is the test's words. A
 * websocket is greeted with @open, CONNECT is answered with @connect; a GET is answered with the
 * next of the bodies given to fake_server_answer() and waits when there is none; a POST is answered
 * with "ok".
 */
typedef struct
{
  SoupServer *server; /* owned */
  guint port;
  const char *open;                    /* borrowed; NULL: silence */
  const char *connect;                 /* borrowed; NULL: silence */
  const char *probe;                   /* borrowed; answer to "2probe"; NULL: silence */
  SoupWebsocketConnection *connection; /* owned, the last one */
  GPtrArray *got;                      /* owned: char *, packets by websocket, bodies by POST */
  GQueue answers;                      /* of Answer, owned */
  GQueue waiting;                      /* of SoupServerMessage, owned */
  guint n_connections;
  guint n_gets;
  gboolean offered_deflate;  /* in any handshake of a websocket */
  gboolean accepts_gzip;     /* in the last request */
  const char *encoding;      /* borrowed; of what GETs are answered with; NULL: none is said */
} FakeServer;

FakeServer *fake_server_new (void);
void fake_server_free (FakeServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeServer, fake_server_free)

/* Listens with TLS from now on, at another port. */
void fake_server_use_tls (FakeServer *self, GTlsCertificate *certificate);
/* Agrees to compress websockets from now on (libsoup's), and does so with all messages. */
void fake_server_use_deflate (FakeServer *self);
/* By websocket, as it is. */
void fake_server_send (FakeServer *self, const char *text);
void fake_server_send_bytes (FakeServer *self,
                             SoupWebsocketDataType type,
                             gconstpointer data,
                             gsize size);
/* Ends the websocket without a closing handshake. */
void fake_server_cut (FakeServer *self);
/* For the next GET, or the one that waits. */
void fake_server_answer (FakeServer *self, guint status, const char *body, gssize length);
/* Answers what waits with a noop, as servers do while the client changes to a websocket. Always TRUE: for
 * wait_until(). */
gboolean fake_server_release_polls (FakeServer *self);
/* The packets got that begin so. */
guint fake_server_count (FakeServer *self, const char *begin);

G_END_DECLS
