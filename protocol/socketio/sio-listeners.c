/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-listeners.h"

/* In an rc box: a listener may be removed while it runs. */
typedef struct {
  guint id;
  char *event; /* owned; NULL for all */
  gboolean once;
  gboolean removed;
  SioClientEventFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} Listener;

static void
listener_clear (gpointer data)
{
  Listener *listener = data;

  g_free (listener->event);
  if (listener->destroy != NULL)
    listener->destroy (listener->user_data);
}

static void
listener_release (gpointer data)
{
  g_rc_box_release_full (data, listener_clear);
}

static gpointer
listener_acquire (gconstpointer listener, gpointer user_data)
{
  return g_rc_box_acquire ((gpointer)listener);
}

void
sio_listeners_clear (SioListeners *self)
{
  g_autoptr (GPtrArray) list = g_steal_pointer (&self->list);

  for (guint i = 0; list != NULL && i < list->len; i++)
    ((Listener *)list->pdata[i])->removed = TRUE;
}

void
sio_listeners_add (SioListeners *self,
                   guint id,
                   const char *event,
                   gboolean first,
                   gboolean once,
                   SioClientEventFunc func,
                   gpointer user_data,
                   GDestroyNotify destroy)
{
  Listener *listener = g_rc_box_new0 (Listener);

  *listener = (Listener){ .id = id,
                          .event = g_strdup (event),
                          .once = once,
                          .func = func,
                          .user_data = user_data,
                          .destroy = destroy };
  if (self->list == NULL)
    self->list = g_ptr_array_new_with_free_func (listener_release);
  g_ptr_array_insert (self->list, first ? 0 : -1, listener);
}

gboolean
sio_listeners_remove (SioListeners *self, guint id)
{
  for (guint i = 0; self->list != NULL && i < self->list->len; i++)
    {
      Listener *listener = self->list->pdata[i];

      if (listener->id != id)
        continue;
      listener->removed = TRUE;
      g_ptr_array_remove_index (self->list, i);
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_for (const Listener *listener, gboolean named, const char *event)
{
  if (listener->removed || named != (listener->event != NULL))
    return FALSE;
  return !named || g_str_equal (listener->event, event);
}

void
sio_listeners_tell (SioListeners *self,
                    gboolean named,
                    SioClientSocket *socket,
                    const char *event,
                    SioArgs *args,
                    SioAck *ack)
{
  g_autoptr (GPtrArray) list = NULL;

  if (self->list == NULL || self->list->len == 0)
    return;
  list = g_ptr_array_copy (self->list, (GCopyFunc)listener_acquire, NULL);
  for (guint i = 0; i < list->len; i++)
    {
      Listener *listener = list->pdata[i];

      if (!is_for (listener, named, event))
        continue;
      if (listener->once)
        sio_listeners_remove (self, listener->id);
      listener->func (socket, event, args, ack, listener->user_data);
    }
}
