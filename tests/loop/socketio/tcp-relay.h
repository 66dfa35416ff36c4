/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * TcpRelay: a port that stays ours while the server behind it goes and comes again elsewhere: a port
 * that was let go of may be anybody's next, of the client that tries to reach it as well. Serves as an
 * HTTP proxy, too: CONNECT opens a tunnel to the server, whatever host it names; everything else is
 * passed on as it is.
 */
typedef struct _TcpRelay TcpRelay;

TcpRelay *tcp_relay_new (guint target);
void tcp_relay_free (TcpRelay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TcpRelay, tcp_relay_free)
guint tcp_relay_get_port (TcpRelay *self);
/* 0: nobody serves; who connects is cut off. */
void tcp_relay_set_target (TcpRelay *self, guint target);
/* Bytes that have come from clients, or from servers. */
uint64_t tcp_relay_get_n_bytes (TcpRelay *self, gboolean from_clients);
/* The heads of the first requests of all connections, one after the other. */
const char *tcp_relay_get_heads (TcpRelay *self);

G_END_DECLS
