/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One websocket at the server after its handshake: frames over a pipe.
 */
#pragma once

#include "engineio/eio-farewell.h"
#include "engineio/eio-types.h"

G_BEGIN_DECLS

typedef struct _EioWebsocket EioWebsocket;

typedef struct {
  /* @data is only valid during the call. The websocket may be closed or freed in it. */
  void (*message) (const guint8 *data, gsize size, gboolean binary, gpointer user_data);
  /* All that was sent has been taken by the kernel. */
  void (*drained) (gpointer user_data);
  /* The peer is gone or broke the protocol; nothing more is called, the owner frees. */
  void (*gone) (EioCloseReason reason, gpointer user_data);
} EioWebsocketFuncs;

typedef struct {
  EioReactor *reactor;   /* borrowed, outlives the websocket */
  EioTimers *timers;     /* likewise */
  EioFarewell *farewell; /* likewise */
  gsize max_message;
  gsize deflate_from; /* bytes from which on messages are compressed for who has agreed; 0: nobody may */
} EioWebsocketHouse;

/* @pipe: taken. @early: (nullable): bytes that came with the handshake; handled in the next turn. */
EioWebsocket *eio_websocket_new (const EioWebsocketHouse *house, EioPipe *pipe, GBytes *early);
/* The handshake has agreed to compression: messages that come may be compressed. */
void eio_websocket_use_deflate (EioWebsocket *self);
gboolean eio_websocket_uses_deflate (EioWebsocket *self);
void eio_websocket_set_funcs (EioWebsocket *self,
                              const EioWebsocketFuncs *funcs,
                              gpointer user_data);
/* Drops the connection at once, with whatever is queued. */
void eio_websocket_free (EioWebsocket *self);
/* Frees, but writes what is queued and a close frame first, within 30 s. @code: of EioWsCode. */
void eio_websocket_close (EioWebsocket *self, guint16 code);
/* Queues a whole frame; leaves at the end of this turn, or when the reactor's delay allows. The span stays the caller's. */
void eio_websocket_send (EioWebsocket *self, const EioSpan *wire);
/* Writes now what the kernel takes, and calls nobody. */
void eio_websocket_flush (EioWebsocket *self);
gsize eio_websocket_get_buffered (EioWebsocket *self);
/* Whether the kernel takes no more for now. */
gboolean eio_websocket_is_blocked (EioWebsocket *self);
/* Whether anything left since the last time this was asked, or nothing waits. */
gboolean eio_websocket_check_progress (EioWebsocket *self);

G_END_DECLS
