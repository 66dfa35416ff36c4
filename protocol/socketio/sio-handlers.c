/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Nearly every socket has the same few handlers, so this is a sorted array of exactly its size, and the
 * names are shared by all.
 */
#include "socketio/sio-handlers.h"

#include <string.h>

/* What has to be told when it is dropped, in an rc box: a handler may replace itself while it runs. */
typedef struct
{
  gpointer user_data;
  GDestroyNotify destroy;
} Owned;

typedef struct
{
  char *event; /* a reference to an interned string */
  SioEventFunc func;
  gpointer user_data;
  Owned *owned; /* nullable */
} Handler;

struct _SioHandlers
{
  guint n;
  Handler *handlers; /* sorted by event */
};

static void
owned_clear (gpointer data)
{
  Owned *owned = data;

  owned->destroy (owned->user_data);
}

static void
owned_release (Owned *owned)
{
  if (owned != NULL)
    g_rc_box_release_full (owned, owned_clear);
}

SioHandlers *
sio_handlers_new (void)
{
  return g_new0 (SioHandlers, 1);
}

void
sio_handlers_free (SioHandlers *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      g_ref_string_release (self->handlers[i].event);
      owned_release (self->handlers[i].owned);
    }
  g_free (self->handlers);
  g_free (self);
}

/* Where the event is, or belongs. */
static guint
find (SioHandlers *self, const char *event, gboolean *is_there)
{
  guint low = 0, high = self->n;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = strcmp (event, self->handlers[middle].event);

      if (order == 0)
        {
          *is_there = TRUE;
          return middle;
        }
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  *is_there = FALSE;
  return low;
}

static Handler *
insert (SioHandlers *self, guint at, const char *event)
{
  self->handlers = g_renew (Handler, self->handlers, self->n + 1);
  memmove (&self->handlers[at + 1], &self->handlers[at], (self->n - at) * sizeof (Handler));
  self->n++;
  self->handlers[at] = (Handler){ .event = g_ref_string_new_intern (event) };
  return &self->handlers[at];
}

void
sio_handlers_set (SioHandlers *self,
                  const char *event,
                  SioEventFunc func,
                  gpointer user_data,
                  GDestroyNotify destroy)
{
  gboolean is_there;
  guint at = find (self, event, &is_there);
  Handler *handler = is_there ? &self->handlers[at] : insert (self, at, event);
  Owned *old = handler->owned;

  handler->func = func;
  handler->user_data = user_data;
  handler->owned = NULL;
  if (destroy != NULL)
    {
      handler->owned = g_rc_box_new (Owned);
      *handler->owned = (Owned){ user_data, destroy };
    }
  owned_release (old);
}

void
sio_handlers_remove (SioHandlers *self, const char *event)
{
  gboolean is_there;
  guint at = find (self, event, &is_there);
  Handler removed;

  if (!is_there)
    return;
  removed = self->handlers[at];
  self->n--;
  memmove (&self->handlers[at], &self->handlers[at + 1], (self->n - at) * sizeof (Handler));
  g_ref_string_release (removed.event);
  owned_release (removed.owned);
}

void
sio_handlers_call (SioHandlers *self,
                   SioSocket *socket,
                   const char *event,
                   SioArgs *args,
                   SioAck *ack)
{
  gboolean is_there;
  guint at = find (self, event, &is_there);
  Handler handler;

  if (!is_there)
    return;
  handler = self->handlers[at];
  if (handler.owned != NULL)
    g_rc_box_acquire (handler.owned);
  handler.func (socket, args, ack, handler.user_data);
  owned_release (handler.owned);
}
