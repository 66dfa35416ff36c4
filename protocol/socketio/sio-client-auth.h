/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-client-socket.h"

G_BEGIN_DECLS

/**
 * SioClientAuth: who gives the payload of CONNECT. All zero: nobody.
 */
typedef struct {
  SioAuthFunc func;
  gpointer data;
  GDestroyNotify destroy;
} SioClientAuth;

void sio_client_auth_clear (SioClientAuth *self);
/* func: nullable. */
void sio_client_auth_set (SioClientAuth *self,
                          SioAuthFunc func,
                          gpointer user_data,
                          GDestroyNotify destroy);
/* value: nullable, copied. */
void sio_client_auth_set_value (SioClientAuth *self, JsonNode *value);
/* Asks, which may do anything. Returns: transfer full, nullable; an object. */
JsonNode *
sio_client_auth_make (SioClientAuth *self, SioClientSocket *socket, const char *engine_id);

G_END_DECLS
