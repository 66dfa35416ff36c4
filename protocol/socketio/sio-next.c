/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-next-private.h"

#include "socketio/sio-socket-private.h"

struct _SioNext
{
  gatomicrefcount ref_count;
  gboolean is_answered;
  guint i;          /* in the chain */
  GPtrArray *chain; /* owned, as are the others */
  SioNamespace *nsp;
  SioSocket *socket;
};

G_DEFINE_BOXED_TYPE (SioNext, sio_next, sio_next_ref, sio_next_unref)

SioNext *
sio_next_ref (SioNext *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sio_next_unref (SioNext *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->chain);
  g_object_unref (self->socket);
  g_object_unref (self->nsp);
  g_free (self);
}

void
sio_next_run (SioNamespace *nsp, SioSocket *socket, GPtrArray *chain, guint i)
{
  g_autoptr (SioNext) next = NULL;
  SioMiddleware *middleware;

  if (!sio_socket_is_connecting (socket))
    return;
  if (i == chain->len)
    {
      sio_socket_accept (socket);
      return;
    }
  next = g_new0 (SioNext, 1);
  g_atomic_ref_count_init (&next->ref_count);
  next->i = i;
  next->chain = g_ptr_array_ref (chain);
  next->nsp = g_object_ref (nsp);
  next->socket = g_object_ref (socket);
  middleware = g_ptr_array_index (chain, i);
  middleware->func (nsp, socket, next, middleware->user_data);
}

void
sio_next_accept (SioNext *self)
{
  g_autoptr (SioNext) alive = NULL;

  g_return_if_fail (self != NULL);
  if (self->is_answered)
    return;
  alive = sio_next_ref (self);
  self->is_answered = TRUE;
  sio_next_run (self->nsp, self->socket, self->chain, self->i + 1);
}

void
sio_next_reject (SioNext *self, const char *message, JsonNode *data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (message != NULL && g_utf8_validate (message, -1, NULL));
  if (self->is_answered)
    return;
  self->is_answered = TRUE;
  sio_socket_refuse (self->socket, message, data);
}
