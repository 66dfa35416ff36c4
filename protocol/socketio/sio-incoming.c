/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-incoming.h"

typedef struct
{
  SioSocket *socket; /* owned, as are the others */
  char *event;
  SioArgs *args;
  SioAck *ack; /* nullable */
} Incoming;

static gboolean
incoming_is_wanted (gpointer data)
{
  return sio_socket_is_connected (((Incoming *)data)->socket);
}

static void
incoming_ask (const SioMiddleware *middleware, SioNext *next, gpointer data)
{
  Incoming *incoming = data;

  ((SioPacketMiddlewareFunc)middleware->func) (incoming->socket, incoming->event, incoming->args,
                                               next, middleware->user_data);
}

static void
incoming_done (gboolean accepted, const char *message, JsonNode *data, gpointer user_data)
{
  Incoming *incoming = user_data;

  if (accepted)
    sio_socket_dispatch (incoming->socket, incoming->event, incoming->args, incoming->ack);
  else
    sio_socket_tell_error (incoming->socket, message, data);
}

static void
incoming_free (gpointer data)
{
  Incoming *incoming = data;

  g_object_unref (incoming->socket);
  g_free (incoming->event);
  sio_args_unref (incoming->args);
  g_clear_pointer (&incoming->ack, sio_ack_unref);
  g_free (incoming);
}

void
sio_incoming_ask (SioChain *chain, SioSocket *socket, SioPacket *packet, SioAck *ack)
{
  static const SioChainFuncs funcs
      = { incoming_is_wanted, incoming_ask, incoming_done, incoming_free };
  Incoming *incoming = g_new0 (Incoming, 1);

  incoming->socket = g_object_ref (socket);
  incoming->event = g_strdup (packet->event);
  incoming->args = sio_args_ref (packet->args);
  incoming->ack = ack != NULL ? sio_ack_ref (ack) : NULL;
  sio_chain_run (chain, &funcs, incoming);
}
