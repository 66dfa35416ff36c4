/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-broadcast-private.h"

#include "socketio/sio-packet.h"

struct _SioBroadcast
{
  gatomicrefcount ref_count;
  SioAdapter *adapter; /* owned */
  GPtrArray *rooms;    /* NULL-terminated; NULL: everybody */
  GPtrArray *except;   /* NULL-terminated, nullable */
  gboolean is_volatile;
};

G_DEFINE_BOXED_TYPE (SioBroadcast, sio_broadcast, sio_broadcast_ref, sio_broadcast_unref)

SioBroadcast *
sio_broadcast_new (SioAdapter *adapter)
{
  SioBroadcast *self = g_new0 (SioBroadcast, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->adapter = g_object_ref (adapter);
  return self;
}

SioBroadcast *
sio_broadcast_ref (SioBroadcast *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sio_broadcast_unref (SioBroadcast *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->rooms, g_ptr_array_unref);
  g_clear_pointer (&self->except, g_ptr_array_unref);
  g_object_unref (self->adapter);
  g_free (self);
}

static void
append (GPtrArray **strings, const char *string)
{
  if (*strings == NULL)
    *strings = g_ptr_array_new_with_free_func (g_free);
  else
    g_ptr_array_set_size (*strings, (*strings)->len - 1);
  g_ptr_array_add (*strings, g_strdup (string));
  g_ptr_array_add (*strings, NULL);
}

void
sio_broadcast_to (SioBroadcast *self, const char *room)
{
  g_return_if_fail (self != NULL && room != NULL);
  append (&self->rooms, room);
}

void
sio_broadcast_except (SioBroadcast *self, const char *room)
{
  g_return_if_fail (self != NULL && room != NULL);
  append (&self->except, room);
}

void
sio_broadcast_set_volatile (SioBroadcast *self, gboolean is_volatile)
{
  g_return_if_fail (self != NULL);
  self->is_volatile = is_volatile;
}

void
sio_broadcast_emit (SioBroadcast *self, const char *event, SioArgs *args)
{
  SioSelection to;

  g_return_if_fail (self != NULL);
  g_return_if_fail (event != NULL && !sio_packet_is_reserved_event (event));
  to.rooms = self->rooms != NULL ? (const char *const *)self->rooms->pdata : NULL;
  to.except = self->except != NULL ? (const char *const *)self->except->pdata : NULL;
  to.is_volatile = self->is_volatile;
  sio_adapter_broadcast (self->adapter, &to, event, args);
}
