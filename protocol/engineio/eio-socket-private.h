/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

#include "engineio/eio-polling.h"
#include "engineio/eio-session.h"
#include "engineio/eio-socket.h"
#include "engineio/eio-websocket.h"

G_BEGIN_DECLS

/* What all sockets of a server share. */
typedef struct {
  EioWebsocketHouse websocket;
  EioSessionOptions session;
  gsize max_buffered; /* 0 = no limit */
  gsize compress_from; /* bytes of a body of polling from which on it is compressed; 0: never */
  EioFrame *ping;
  EioFrame *noop;
  EioFrame *close;
  /* The socket has ended; called before its signal. */
  void (*closed) (EioSocket *socket, gpointer user_data);
  gpointer user_data;
} EioSocketHouse;

/* Of the handshake request. */
typedef struct {
  const char *id;
  const char *address;
  gboolean is_secure;
  GHashTable *query;
  SoupMessageHeaders *headers;
} EioSocketIdentity;

/* A session on long polling, or on @websocket (taken) if that is not NULL. @house outlives it. */
EioSocket *eio_socket_new (const EioSocketHouse *house,
                           const EioSocketIdentity *identity,
                           EioWebsocket *websocket,
                           EioFrame *open);
/* Instead of the signals "message" and "drained", and before "closed": for who sits on every socket, as
 * Socket.IO does. A signal costs some 1,000 instructions a message more than a call (libffi, boxed
 * arguments), its three handlers several hundred bytes a socket. */
typedef struct {
  void (*message) (EioSocket *socket, GBytes *data, gboolean binary, gpointer user_data);
  void (*drained) (EioSocket *socket, gpointer user_data);
  void (*closed) (EioSocket *socket, EioCloseReason reason, gpointer user_data);
} EioSocketFuncs;

/* @funcs: (nullable): back to the signals. @user_data: borrowed. */
void
eio_socket_set_funcs (EioSocket *self, const EioSocketFuncs *funcs, gpointer user_data);
/* eio_socket_send_frame() without its guards: a broadcast is nothing else. Calls nobody back. */
void eio_socket_push_frame (EioSocket *self, EioFrame *frame);
/* Whether that many bytes more stay within max-buffered. */
gboolean eio_socket_has_place (EioSocket *self, gsize size);
/* Its id, to be kept: a GRefString. */
char *eio_socket_ref_id (EioSocket *self);
/* Ends it without a word: the server goes away. */
void eio_socket_abandon (EioSocket *self);

/* A GET of a polling session. FALSE: one waits already, the session has ended. */
gboolean eio_socket_poll (EioSocket *self, SoupServerMessage *message);
/* The head of a POST. FALSE: another is on its way, the session has ended. */
gboolean eio_socket_post_begin (EioSocket *self, SoupServerMessage *message);
/* The body of it. @message is answered, now or later. */
void eio_socket_post_end (EioSocket *self, SoupServerMessage *message, GBytes *payload);
/* What a request did breaks the transport. */
void eio_socket_transport_error (EioSocket *self);
/* A websocket with the session's id, taken. @wants_base64: it does not want binary frames. */
void eio_socket_attach (EioSocket *self, EioWebsocket *websocket, gboolean wants_base64);

G_END_DECLS
