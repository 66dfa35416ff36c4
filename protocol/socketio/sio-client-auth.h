/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-client-socket.h"

G_BEGIN_DECLS

/**
 * SioClientAuth: who gives the payload of CONNECT: a function at once, a function later, or nobody (all
 * zero).
 */
typedef struct {
  SioAuthFunc func;
  SioAuthRequestFunc request_func;
  gpointer data;
  GDestroyNotify destroy;
} SioClientAuth;

/* The payload is there. auth: transfer full, nullable; an object. */
typedef void (*SioAuthReadyFunc) (SioClientSocket *socket, guint serial, JsonNode *auth);

void sio_client_auth_clear (SioClientAuth *self);
/* One of the two functions, or none. */
void sio_client_auth_set (SioClientAuth *self,
                          SioAuthFunc func,
                          SioAuthRequestFunc request_func,
                          gpointer user_data,
                          GDestroyNotify destroy);
/* value: nullable, copied. */
void sio_client_auth_set_value (SioClientAuth *self, JsonNode *value);
/* Asks, which may do anything; ready is called once, now or later, or never. serial: for ready. */
void sio_client_auth_ask (SioClientAuth *self,
                          SioClientSocket *socket,
                          const char *engine_id,
                          guint serial,
                          SioAuthReadyFunc ready);

G_END_DECLS
