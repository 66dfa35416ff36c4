/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-adapter.h"

#include "socketio/sio-outgoing.h"
#include "socketio/sio-socket-private.h"

typedef struct
{
  char *nsp;
  SioRooms *rooms;
  GPtrArray *spare; /* for the receivers of the next broadcast; NULL during one */
} SioAdapterPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (SioAdapter, sio_adapter, G_TYPE_OBJECT)

#define PRIVATE(self) ((SioAdapterPrivate *)sio_adapter_get_instance_private (self))

static void
sio_adapter_real_add (SioAdapter *self, SioMember *member)
{
  sio_rooms_add (PRIVATE (self)->rooms, member);
}

static void
sio_adapter_real_remove (SioAdapter *self, SioMember *member)
{
  sio_rooms_remove (PRIVATE (self)->rooms, member);
}

static void
sio_adapter_real_join (SioAdapter *self, SioMember *member, const char *room)
{
  sio_rooms_join (PRIVATE (self)->rooms, member, room);
}

static void
sio_adapter_real_leave (SioAdapter *self, SioMember *member, const char *room)
{
  sio_rooms_leave (PRIVATE (self)->rooms, member, room);
}

/* A broadcast from inside of a broadcast finds none and makes its own. */
static GPtrArray *
take_spare (SioAdapterPrivate *priv)
{
  GPtrArray *spare = g_steal_pointer (&priv->spare);

  return spare != NULL ? spare : g_ptr_array_new_with_free_func (g_object_unref);
}

/* First who, then to them: a socket that breaks on being written to changes the rooms. */
static void
sio_adapter_real_broadcast (SioAdapter *self,
                            const SioSelection *to,
                            const char *event,
                            SioArgs *args)
{
  g_autoptr (SioAdapter) alive = g_object_ref (self);
  SioAdapterPrivate *priv = PRIVATE (self);
  g_autoptr (GPtrArray) receivers = take_spare (priv);
  g_autoptr (SioOutgoing) outgoing = NULL;

  sio_rooms_select (priv->rooms, to->rooms, to->except, receivers);
  for (guint i = 0; i < receivers->len; i++)
    g_object_ref (receivers->pdata[i]);
  if (receivers->len > 0)
    outgoing = sio_outgoing_new (priv->nsp, event, args);
  for (guint i = 0; i < receivers->len; i++)
    sio_socket_deliver (receivers->pdata[i], outgoing, to->is_volatile);
  g_ptr_array_set_size (receivers, 0);
  if (priv->spare == NULL)
    priv->spare = g_steal_pointer (&receivers);
}

static void
sio_adapter_finalize (GObject *object)
{
  SioAdapterPrivate *priv = PRIVATE (SIO_ADAPTER (object));

  g_clear_pointer (&priv->spare, g_ptr_array_unref);
  sio_rooms_free (priv->rooms);
  g_free (priv->nsp);
  G_OBJECT_CLASS (sio_adapter_parent_class)->finalize (object);
}

static void
sio_adapter_class_init (SioAdapterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sio_adapter_finalize;
  klass->add = sio_adapter_real_add;
  klass->remove = sio_adapter_real_remove;
  klass->join = sio_adapter_real_join;
  klass->leave = sio_adapter_real_leave;
  klass->broadcast = sio_adapter_real_broadcast;
}

static void
sio_adapter_init (SioAdapter *self)
{
  PRIVATE (self)->rooms = sio_rooms_new ();
}

SioAdapter *
sio_adapter_new (const char *nsp)
{
  SioAdapter *self = g_object_new (SIO_TYPE_ADAPTER, NULL);

  PRIVATE (self)->nsp = g_strdup (nsp);
  return self;
}

const char *
sio_adapter_get_nsp (SioAdapter *self)
{
  return PRIVATE (self)->nsp;
}

SioRooms *
sio_adapter_get_rooms (SioAdapter *self)
{
  return PRIVATE (self)->rooms;
}

void
sio_adapter_add (SioAdapter *self, SioMember *member)
{
  SIO_ADAPTER_GET_CLASS (self)->add (self, member);
}

void
sio_adapter_remove (SioAdapter *self, SioMember *member)
{
  SIO_ADAPTER_GET_CLASS (self)->remove (self, member);
}

void
sio_adapter_join (SioAdapter *self, SioMember *member, const char *room)
{
  SIO_ADAPTER_GET_CLASS (self)->join (self, member, room);
}

void
sio_adapter_leave (SioAdapter *self, SioMember *member, const char *room)
{
  SIO_ADAPTER_GET_CLASS (self)->leave (self, member, room);
}

void
sio_adapter_broadcast (SioAdapter *self, const SioSelection *to, const char *event, SioArgs *args)
{
  SIO_ADAPTER_GET_CLASS (self)->broadcast (self, to, event, args);
}
