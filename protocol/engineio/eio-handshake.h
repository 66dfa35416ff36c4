/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The data of the open packet.
 */
#pragma once

#include "engineio/eio-types.h"

G_BEGIN_DECLS

typedef struct {
  char *sid;              /* 1 to 128 characters of base64url */
  EioTransports upgrades; /* what the session may be upgraded to */
  guint ping_interval;    /* ms, 1 to a day */
  guint ping_timeout;     /* ms, 1 to a day */
  gsize max_payload;      /* bytes of one message or POST; 0 = not said */
} EioHandshake;

#define EIO_HANDSHAKE_INIT { NULL, 0, 0, 0, 0 }

void eio_handshake_clear (EioHandshake *handshake);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EioHandshake, eio_handshake_clear)

/* The reference's order of keys. */
GBytes *eio_handshake_encode (const EioHandshake *handshake);
/* EIO_ERROR_PARSE unless every field but maxPayload is there and within its range. Transports that we
 * do not know are left out of @upgrades, unknown keys are ignored. */
gboolean eio_handshake_decode (GBytes *json, EioHandshake *handshake, GError **error);

G_END_DECLS
