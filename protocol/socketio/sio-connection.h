/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-decoder.h"

G_BEGIN_DECLS

/**
 * SioConnection: the server's side of one Engine.IO session: which namespaces it is in, and what
 * each message means for them. No I/O, no clock: messages go in, what is to be done comes out.
 */
typedef struct _SioConnection SioConnection;

typedef enum
{
  SIO_CONNECTION_NOTHING,
  SIO_CONNECTION_CONNECT, /* wants packet->nsp; answer with _accept() or _refuse(), now or later */
  SIO_CONNECTION_DISCONNECT, /* left packet->nsp */
  SIO_CONNECTION_EVENT,
  SIO_CONNECTION_ACK,    /* with an id */
  SIO_CONNECTION_BREACH, /* against the protocol or beyond a limit: close the session */
} SioConnectionAction;

/* limits: borrowed. max_namespaces: joined and being joined at a time, and refused without one
 * joined in between. */
SioConnection *sio_connection_new (const SioPacketLimits *limits, guint max_namespaces);
void sio_connection_free (SioConnection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioConnection, sio_connection_free)

/* packet: empty, filled unless the result is NOTHING or BREACH; to be cleared by the caller.
 * data: what _set_data() gave for packet->nsp, referenced no further (of DISCONNECT: the last that
 * the connection knows of it). error: set when the result is BREACH. */
SioConnectionAction sio_connection_receive (SioConnection *self,
                                            GBytes *message,
                                            gboolean binary,
                                            SioPacket *packet,
                                            gpointer *data,
                                            GError **error);

/* What stands for the namespace that is being joined; borrowed. */
void sio_connection_set_data (SioConnection *self, const char *nsp, gpointer data);
/* The ends of joining. */
void sio_connection_accept (SioConnection *self, const char *nsp);
void sio_connection_refuse (SioConnection *self, const char *nsp);
/* The server ends it. What the client sent before it knew is ignored from here on. */
void sio_connection_leave (SioConnection *self, const char *nsp);
/* The session has ended or is to end: nothing that comes means anything any more. Returns what
 * _set_data() gave for those joined or being joined, in the order of joining; (transfer container).
 */
GPtrArray *sio_connection_close (SioConnection *self);

guint sio_connection_get_n_joined (SioConnection *self);
/* As _close() returns it, without closing. */
GPtrArray *sio_connection_get_all (SioConnection *self);
/* The only one of them; NULL if there are none or several. */
gpointer sio_connection_get_lone (SioConnection *self);
/* Whether any of them is one that func says TRUE to; func must change nothing. */
gboolean sio_connection_any (SioConnection *self, gboolean (*func) (gpointer data));
/* Whether attachments of a packet are outstanding. */
gboolean sio_connection_is_waiting (SioConnection *self);

G_END_DECLS
