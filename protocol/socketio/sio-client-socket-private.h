/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One type in three files: what happens to a socket (sio-client-socket.c), what it sends (-emit.c), who
 * listens (-listen.c). */
#pragma once

#include "socketio/sio-client-auth.h"
#include "socketio/sio-client-buffer.h"
#include "socketio/sio-client-private.h"
#include "socketio/sio-client-recovery.h"
#include "socketio/sio-client-retries.h"
#include "socketio/sio-listeners.h"
#include "socketio/sio-pending-acks.h"

G_BEGIN_DECLS

/* IDLE -> WAITING (connect) -> CONNECTING (there is a connection: auth is asked for, CONNECT is sent) ->
 * CONNECTED (its reply)
 * CONNECTING, CONNECTED -> WAITING (the connection was lost)
 * WAITING, CONNECTING, CONNECTED -> IDLE (disconnect by either side, refused, given up) */
typedef enum {
  SIO_CLIENT_SOCKET_IDLE,
  SIO_CLIENT_SOCKET_WAITING,
  SIO_CLIENT_SOCKET_CONNECTING,
  SIO_CLIENT_SOCKET_CONNECTED,
} SioClientSocketState;

struct _SioClientSocket {
  GObject parent_instance;

  /* properties */
  guint64 send_buffer_limit; /* bytes */
  SioClientOverflow overflow;
  guint ack_timeout; /* ms, 0 for none */
  guint retries;

  SioClient *client; /* borrowed; NULL when it is gone */
  char *nsp;
  SioClientAuth auth;

  /* the session; sio-client-socket.c */
  SioClientSocketState state;
  char *id;             /* while CONNECTED */
  guint session;        /* counts connections */
  guint auth_serial;    /* counts what auth was asked for */
  gboolean asked;       /* CONNECT was sent on this connection and is not answered yet */
  GSource *timer;       /* owned, while CONNECTING */
  SioClientEarly early; /* while CONNECTING */
  gboolean delivering;  /* the early events: nothing is flushed meanwhile */
  SioClientRecovery recovery;
  gboolean recovered; /* while CONNECTED */

  /* what is sent; -emit.c */
  SioClientBuffer outgoing;
  SioClientRetries queue;
  SioPendingAcks *acks; /* owned, nullable: made for the first one */
  uint64_t next_ack_id;
  gboolean is_uncompressed; /* what is emitted from now on */
  gboolean held; /* something had to wait: "drained" is due */

  /* who listens; -listen.c */
  SioListeners incoming_listeners;
  SioListeners outgoing_listeners;
  guint last_listener_id;
};

/* sio-client-socket.c */
void sio_client_socket_emit_drained (SioClientSocket *self);

/* -emit.c */
/* It is connected: sends what waits. */
void sio_client_socket_flush (SioClientSocket *self);
/* Tells if nothing waits any more that has waited. */
void sio_client_socket_check_drained (SioClientSocket *self);
/* What was sent is not answered any more. */
void sio_client_socket_fail_sent (SioClientSocket *self);
/* Nothing will be sent any more. */
void sio_client_socket_fail_all (SioClientSocket *self);
void sio_client_socket_clear_outgoing (SioClientSocket *self);

G_END_DECLS
