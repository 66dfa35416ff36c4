/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/redis/sio-redis-address.h"

#include <gio/gunixsocketaddress.h>

#define DEFAULT_PORT 6379

static gboolean
is_one_of (const char *word, const char *const *words)
{
  return word != NULL && g_strv_contains (words, word);
}

static GSocketConnectable *
find_where (GUri *uri)
{
  static const char *const unix_schemes[] = { "unix", "redis+unix", NULL };
  static const char *const schemes[] = { "redis", "rediss", NULL };
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);
  int port = g_uri_get_port (uri);

  if (is_one_of (scheme, unix_schemes) && g_uri_get_path (uri)[0] == '/')
    return G_SOCKET_CONNECTABLE (g_unix_socket_address_new (g_uri_get_path (uri)));
  if (!is_one_of (scheme, schemes) || host == NULL || *host == '\0' || port == 0)
    return NULL;
  return g_network_address_new (host, port > 0 ? port : DEFAULT_PORT);
}

static char *
dup_if_any (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

SioRedisAddress *
sio_redis_address_parse (const char *text, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD, NULL);
  g_autoptr (GSocketConnectable) where = uri != NULL ? find_where (uri) : NULL;
  SioRedisAddress *self;

  if (where == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "not the address of a Redis server");
      return NULL;
    }
  self = g_new0 (SioRedisAddress, 1);
  self->where = g_steal_pointer (&where);
  self->tls = g_strcmp0 (g_uri_get_scheme (uri), "rediss") == 0;
  self->user = dup_if_any (g_uri_get_user (uri));
  self->password = dup_if_any (g_uri_get_password (uri));
  return self;
}

void
sio_redis_address_free (SioRedisAddress *self)
{
  g_object_unref (self->where);
  g_free (self->user);
  g_free (self->password);
  g_free (self);
}
