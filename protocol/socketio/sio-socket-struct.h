/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A socket as its two files see it: sio-socket.c, and sio-socket-emit.c, which is what it sends.
 *
 *   CONNECTING    -> CONNECTED       accepted by the last middleware
 *   CONNECTING    -> DISCONNECTED    refused, or the connection ended: nobody ever knew of it
 *   CONNECTED     -> DISCONNECTING   either side leaves, or the connection ended; rooms stay
 *   DISCONNECTING -> DISCONNECTED
 */
#pragma once

#include "socketio/sio-chain.h"
#include "socketio/sio-comeback.h"
#include "socketio/sio-handlers.h"
#include "socketio/sio-id.h"
#include "socketio/sio-namespace-private.h"
#include "socketio/sio-outgoing-handler.h"
#include "socketio/sio-pending-acks.h"
#include "socketio/sio-socket-private.h"

G_BEGIN_DECLS

typedef enum
{
  SIO_SOCKET_CONNECTING,
  SIO_SOCKET_CONNECTED,
  SIO_SOCKET_DISCONNECTING,
  SIO_SOCKET_DISCONNECTED,
} SioSocketState;

struct _SioSocket
{
  GObject parent_instance;

  SioSocketState state;
  gboolean is_uncompressed;     /* what it emits */
  SioSession *session;          /* owned; NULL once disconnected */
  SioOutgoingHandler *outgoing; /* NULL until there is one, as are handlers and middlewares */
  SioMember member;             /* in the namespace's rooms */
  SioHandlers *handlers;
  SioChain *middlewares;
  SioNamespace *nsp; /* owned */
  char id[SIO_ID_LENGTH + 1];
  char *engine_id;      /* ref string */
  JsonNode *auth;       /* nullable */
  SioPendingAcks *acks; /* NULL until one is wanted */
  int64_t issued;       /* ms since 1970 */
  SioHandshake *handshake; /* NULL until it is asked for */
  JsonNode *data;          /* nullable */
  uint64_t n_dropped;
  SioComeback *comeback;   /* NULL where there is none, and before it is connected or restored */
};

static inline SioAdapter *
sio_socket_get_adapter (SioSocket *self)
{
  return sio_namespace_get_adapter (self->nsp);
}

G_END_DECLS
