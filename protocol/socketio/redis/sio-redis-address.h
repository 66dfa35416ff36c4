/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SioRedisAddress: where a Redis server is, and who comes.
 * @where: a GNetworkAddress or a GUnixSocketAddress
 * @tls: over TLS
 * @user: nullable: the default one
 * @password: nullable
 */
typedef struct {
  GSocketConnectable *where;
  gboolean tls;
  char *user;
  char *password;
} SioRedisAddress;

/* redis://[[user]:password@]host[:port][/database] (rediss:// over TLS, port 6379 unless given), or
 * [redis+]unix://[[user]:password@]/path. The database is of no meaning to channels. NULL and
 * G_IO_ERROR_INVALID_ARGUMENT, that names no password, otherwise. */
SioRedisAddress *sio_redis_address_parse (const char *uri, GError **error);
void sio_redis_address_free (SioRedisAddress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioRedisAddress, sio_redis_address_free)

G_END_DECLS
