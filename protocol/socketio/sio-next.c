/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-next-private.h"

struct _SioNext
{
  gatomicrefcount ref_count;
  SioNextFunc func; /* NULL once answered */
  gpointer user_data;
  GDestroyNotify destroy;
};

G_DEFINE_BOXED_TYPE (SioNext, sio_next, sio_next_ref, sio_next_unref)

SioNext *
sio_next_new (SioNextFunc func, gpointer user_data, GDestroyNotify destroy)
{
  SioNext *self = g_new0 (SioNext, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;
  return self;
}

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
  self->destroy (self->user_data);
  g_free (self);
}

static void
answer (SioNext *self, gboolean accepted, const char *message, JsonNode *data)
{
  g_autoptr (SioNext) alive = sio_next_ref (self);
  SioNextFunc func = g_steal_pointer (&self->func);

  if (func != NULL)
    func (accepted, message, data, self->user_data);
}

void
sio_next_accept (SioNext *self)
{
  g_return_if_fail (self != NULL);
  answer (self, TRUE, NULL, NULL);
}

void
sio_next_reject (SioNext *self, const char *message, JsonNode *data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (message != NULL && g_utf8_validate (message, -1, NULL));
  answer (self, FALSE, message, data);
}
