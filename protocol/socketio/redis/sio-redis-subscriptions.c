/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/redis/sio-redis-subscriptions.h"

typedef struct {
  grefcount ref_count;
  SioRedisMessageFunc func; /* NULL once it was removed */
  gpointer user_data;
} Listener;

struct _SioRedisSubscriptions {
  GHashTable *channels[2]; /* of channels, of patterns: name -> GPtrArray of Listener, all owned */
};

static Listener *
listener_ref (Listener *listener)
{
  g_ref_count_inc (&listener->ref_count);
  return listener;
}

static void
listener_unref (Listener *listener)
{
  if (g_ref_count_dec (&listener->ref_count))
    g_free (listener);
}

SioRedisSubscriptions *
sio_redis_subscriptions_new (void)
{
  SioRedisSubscriptions *self = g_new0 (SioRedisSubscriptions, 1);

  for (guint i = 0; i < G_N_ELEMENTS (self->channels); i++)
    self->channels[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                               (GDestroyNotify) g_ptr_array_unref);
  return self;
}

void
sio_redis_subscriptions_free (SioRedisSubscriptions *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->channels); i++)
    g_hash_table_unref (self->channels[i]);
  g_free (self);
}

gboolean
sio_redis_subscriptions_add (SioRedisSubscriptions *self,
                             const char *channel,
                             gboolean is_pattern,
                             SioRedisMessageFunc func,
                             gpointer user_data)
{
  GHashTable *channels = self->channels[is_pattern ? 1 : 0];
  GPtrArray *listeners = g_hash_table_lookup (channels, channel);
  gboolean is_first = listeners == NULL;
  Listener *listener = g_new0 (Listener, 1);

  g_ref_count_init (&listener->ref_count);
  listener->func = func;
  listener->user_data = user_data;
  if (is_first)
    {
      listeners = g_ptr_array_new_with_free_func ((GDestroyNotify) listener_unref);
      g_hash_table_insert (channels, g_strdup (channel), listeners);
    }
  g_ptr_array_add (listeners, listener);
  return is_first;
}

static void
remove_listener (GPtrArray *listeners, gpointer user_data)
{
  for (guint i = listeners->len; i > 0; i--)
    {
      Listener *listener = listeners->pdata[i - 1];

      if (listener->user_data != user_data)
        continue;
      listener->func = NULL;
      g_ptr_array_remove_index (listeners, i - 1);
    }
}

void
sio_redis_subscriptions_remove (SioRedisSubscriptions *self,
                                gpointer listener,
                                SioRedisChannelFunc unused,
                                gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->channels); i++)
    {
      GHashTableIter iter;
      gpointer channel;
      gpointer listeners;

      g_hash_table_iter_init (&iter, self->channels[i]);
      while (g_hash_table_iter_next (&iter, &channel, &listeners))
        {
          remove_listener (listeners, listener);
          if (((GPtrArray *) listeners)->len > 0)
            continue;
          unused (channel, i == 1, user_data);
          g_hash_table_iter_remove (&iter);
        }
    }
}

void
sio_redis_subscriptions_foreach (SioRedisSubscriptions *self,
                                 SioRedisChannelFunc func,
                                 gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->channels); i++)
    {
      GHashTableIter iter;
      gpointer channel;

      g_hash_table_iter_init (&iter, self->channels[i]);
      while (g_hash_table_iter_next (&iter, &channel, NULL))
        func (channel, i == 1, user_data);
    }
}

static gpointer
copy_listener (gconstpointer listener, gpointer unused)
{
  return listener_ref ((Listener *) listener);
}

void
sio_redis_subscriptions_deliver (SioRedisSubscriptions *self,
                                 const char *subscribed,
                                 gboolean is_pattern,
                                 const char *channel,
                                 GBytes *message)
{
  GPtrArray *listeners = g_hash_table_lookup (self->channels[is_pattern ? 1 : 0], subscribed);
  g_autoptr (GPtrArray) now
      = listeners != NULL ? g_ptr_array_copy (listeners, copy_listener, NULL) : NULL;

  for (guint i = 0; now != NULL && i < now->len; i++)
    {
      Listener *listener = now->pdata[i];

      if (listener->func != NULL)
        listener->func (channel, message, listener->user_data);
    }
}
