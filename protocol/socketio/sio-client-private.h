/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Between a connection and the sockets of its namespaces. */
#pragma once

#include "socketio/sio-client-buffer.h"
#include "socketio/sio-client.h"
#include "socketio/sio-packet.h"

G_BEGIN_DECLS

/* What a socket asks of its client. */

/* The socket has become active: connects, or goes on doing so. */
void sio_client_want (SioClient *self, SioClientSocket *socket);
/* The socket is not active any more: the last one ends the connection. */
void sio_client_unwant (SioClient *self);
gboolean sio_client_is_open (SioClient *self);
/* FALSE when the heartbeat shows that the connection is dead; the sockets have been told then. */
gboolean sio_client_check_alive (SioClient *self);
gboolean sio_client_is_writable (SioClient *self);
gsize sio_client_get_engine_buffered_amount (SioClient *self);
gboolean sio_client_has_connected_socket (SioClient *self);
guint sio_client_get_timeout (SioClient *self);
/* Whether the server takes a packet of that text and those attachments. args: nullable. */
gboolean sio_client_check_size (SioClient *self, GBytes *text, SioArgs *args);
/* A packet's text and the attachments behind it. args: nullable. */
void sio_client_send (SioClient *self, GBytes *text, SioArgs *args);
/* The same for an event of that socket, which may still be dropped. */
void sio_client_send_event (SioClient *self, SioClientSocket *socket, const SioClientEvent *event);
/* Drops the socket's oldest event that waits in the connection; ack_id: the one that it asks for, or negative.
 * FALSE: there is none. */
gboolean
sio_client_drop_oldest (SioClient *self, SioClientSocket *socket, int64_t *ack_id);
/* Bytes of all that the connection was given and has not dropped: what it is given next begins there. */
uint64_t sio_client_get_given (SioClient *self);
/* The peer broke the protocol, or does not answer: ends the connection, to be made anew. */
void sio_client_fail (SioClient *self, SioDisconnectReason reason, GError *error);

/* What a client tells its sockets. */

SioClientSocket *sio_client_socket_new (SioClient *client, const char *nsp);
/* The connection is there: sends CONNECT if the socket is active. */
void sio_client_socket_handle_open (SioClientSocket *self);
/* packet: of its namespace; what is in it may be taken. */
void sio_client_socket_handle_packet (SioClientSocket *self, SioPacket *packet);
/* The connection is gone. */
void sio_client_socket_handle_close (SioClientSocket *self, SioDisconnectReason reason);
/* An attempt to connect has failed. */
void sio_client_socket_handle_failure (SioClientSocket *self, const GError *error);
/* No further attempt will be made. */
void sio_client_socket_handle_give_up (SioClientSocket *self);
/* What waited to leave the connection has left. */
void sio_client_socket_handle_drained (SioClientSocket *self);
/* The client goes away: fails what waits. */
void sio_client_socket_detach (SioClientSocket *self);

G_END_DECLS
