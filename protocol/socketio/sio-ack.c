/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-ack-private.h"

#include "socketio/sio-args-private.h"

struct _SioAck
{
  gatomicrefcount ref_count;
  uint64_t id;
  SioAckSendFunc send;
  GObject *target; /* owned; NULL once answered */
};

G_DEFINE_BOXED_TYPE (SioAck, sio_ack, sio_ack_ref, sio_ack_unref)

SioAck *
sio_ack_new (GObject *target, uint64_t id, SioAckSendFunc send)
{
  SioAck *self = g_new0 (SioAck, 1);

  g_assert (G_IS_OBJECT (target) && send != NULL);
  g_atomic_ref_count_init (&self->ref_count);
  self->id = id;
  self->send = send;
  self->target = g_object_ref (target);
  return self;
}

SioAck *
sio_ack_ref (SioAck *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sio_ack_unref (SioAck *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_object (&self->target);
  g_free (self);
}

void
sio_ack_send (SioAck *self, SioArgs *args)
{
  g_autoptr (GObject) target = NULL;
  g_autoptr (SioArgs) sent = NULL;

  g_return_if_fail (self != NULL);
  target = g_steal_pointer (&self->target);
  if (target == NULL)
    return;
  sent = args != NULL ? sio_args_ref (args) : sio_args_new ();
  sio_args_freeze (sent);
  self->send (target, self->id, sent);
}
