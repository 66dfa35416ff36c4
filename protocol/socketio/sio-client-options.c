/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-client-options.h"

void
sio_client_options_init (SioClientOptions *self)
{
  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->query = g_ptr_array_new_with_free_func (g_free);
}

void
sio_client_options_clear (SioClientOptions *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_object (&self->session);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->query, g_ptr_array_unref);
}

static void
set_pair (GPtrArray *pairs,
          const char *name,
          const char *value,
          int (*compare) (const char *, const char *))
{
  for (guint i = 0; i + 1 < pairs->len; i += 2)
    if (compare (pairs->pdata[i], name) == 0)
      {
        g_ptr_array_remove_range (pairs, i, 2);
        break;
      }
  g_ptr_array_add (pairs, g_strdup (name));
  g_ptr_array_add (pairs, g_strdup (value));
}

void
sio_client_options_set_header (SioClientOptions *self, const char *name, const char *value)
{
  set_pair (self->headers, name, value, g_ascii_strcasecmp);
}

void
sio_client_options_set_query (SioClientOptions *self, const char *name, const char *value)
{
  set_pair (self->query, name, value, strcmp);
}

EioClient *
sio_client_options_new_engine (const SioClientOptions *self,
                               GUri *uri,
                               guint open_timeout_ms,
                               gboolean websocket_first)
{
  EioClient *engine;

  engine = g_object_new (EIO_TYPE_CLIENT, "uri", uri, "path", self->path, "transports",
                         self->transports, "upgrade", self->upgrade, "websocket-first",
                         self->websocket_first || websocket_first, "try-all-transports",
                         self->try_all, "open-timeout", open_timeout_ms, "max-payload",
                         self->max_payload, "session", self->session, NULL);
  for (guint i = 0; i + 1 < self->headers->len; i += 2)
    eio_client_set_header (engine, self->headers->pdata[i], self->headers->pdata[i + 1]);
  for (guint i = 0; i + 1 < self->query->len; i += 2)
    eio_client_set_query (engine, self->query->pdata[i], self->query->pdata[i + 1]);
  return engine;
}
