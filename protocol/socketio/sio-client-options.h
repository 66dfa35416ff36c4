/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-client.h"

G_BEGIN_DECLS

/**
 * SioClientOptions: how a client's engines are made: what its properties and functions have set.
 */
typedef struct {
  EioTransports transports;
  gboolean upgrade;
  gboolean websocket_first;
  gboolean try_all;
  char *path; /* owned */
  guint64 max_payload;
  SoupSession *session; /* owned, nullable */
  GPtrArray *headers;   /* owned: name, value, name, value, ... */
  GPtrArray *query;     /* the same */
} SioClientOptions;

void sio_client_options_init (SioClientOptions *self);
void sio_client_options_clear (SioClientOptions *self);
/* These replace the one of the same name. */
void sio_client_options_set_header (SioClientOptions *self, const char *name, const char *value);
void sio_client_options_set_query (SioClientOptions *self, const char *name, const char *value);
/* An engine that does nothing yet. */
EioClient *sio_client_options_new_engine (const SioClientOptions *self,
                                          GUri *uri,
                                          guint open_timeout_ms,
                                          gboolean websocket_first);

G_END_DECLS
