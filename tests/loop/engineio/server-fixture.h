/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A server that echoes, and writes down what happens to its sessions.
 */
#pragma once

#include "engineio/eio-server.h"
#include "raw-client.h"

G_BEGIN_DECLS

typedef struct {
  EioServer *server;
  guint16 port;
  GString *log;      /* "open", "text x", "binary n", "closed reason", each with a ';' behind */
  EioSocket *socket; /* the last one, a reference */
} ServerFixture;

/* Properties as for g_object_new(). */
void server_fixture_set_up (ServerFixture *self, const char *first_property, ...);
/* Checks that nothing of the server is left. */
void server_fixture_tear_down (ServerFixture *self);
/* Runs the loop until the log holds @text. */
void server_fixture_expect_log (ServerFixture *self, const char *text);
/* Opens a polling session; its id, and in @target the URL of it. */
char *server_fixture_open_polling (ServerFixture *self, RawClient *client);
/* Opens a websocket session. */
RawClient *server_fixture_open_websocket (ServerFixture *self);

G_END_DECLS
