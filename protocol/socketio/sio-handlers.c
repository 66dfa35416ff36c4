/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-handlers.h"

struct _SioHandlers
{
  GHashTable *table; /* event -> Handler, owned */
};

/* In an rc box: a handler may replace itself while it runs. */
typedef struct
{
  SioEventFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} Handler;

static void
handler_clear (gpointer data)
{
  Handler *handler = data;

  if (handler->destroy != NULL)
    handler->destroy (handler->user_data);
}

static void
handler_release (gpointer handler)
{
  g_rc_box_release_full (handler, handler_clear);
}

SioHandlers *
sio_handlers_new (void)
{
  SioHandlers *self = g_new0 (SioHandlers, 1);

  self->table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, handler_release);
  return self;
}

void
sio_handlers_free (SioHandlers *self)
{
  g_hash_table_unref (self->table);
  g_free (self);
}

void
sio_handlers_set (SioHandlers *self,
                  const char *event,
                  SioEventFunc func,
                  gpointer user_data,
                  GDestroyNotify destroy)
{
  Handler *handler = g_rc_box_new (Handler);

  *handler = (Handler){ func, user_data, destroy };
  g_hash_table_replace (self->table, g_strdup (event), handler);
}

void
sio_handlers_call (SioHandlers *self,
                   SioSocket *socket,
                   const char *event,
                   SioArgs *args,
                   SioAck *ack)
{
  Handler *handler = g_hash_table_lookup (self->table, event);

  if (handler == NULL)
    return;
  g_rc_box_acquire (handler);
  handler->func (socket, args, ack, handler->user_data);
  handler_release (handler);
}
