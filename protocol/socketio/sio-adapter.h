/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

#include "socketio/sio-args.h"
#include "socketio/sio-rooms.h"

G_BEGIN_DECLS

/* To whom: the union of the rooms (NULL or empty: everybody) without the excepted. Borrowed. */
typedef struct
{
  const char *const *rooms;
  const char *const *except;
  gboolean is_volatile;
} SioSelection;

/**
 * SioAdapter: what knows who is in which room of one namespace and brings broadcasts to them. This
 * class does so for the sockets of this process. One that also reaches other servers overrides
 * broadcast, passes the event on, and chains up for its own sockets.
 *
 * Members are SioSockets.
 */
#define SIO_TYPE_ADAPTER (sio_adapter_get_type ())
G_DECLARE_DERIVABLE_TYPE (SioAdapter, sio_adapter, SIO, ADAPTER, GObject)

struct _SioAdapterClass
{
  GObjectClass parent_class;

  void (*add) (SioAdapter *self, SioMember *member);
  void (*remove) (SioAdapter *self, SioMember *member);
  void (*join) (SioAdapter *self, SioMember *member, const char *room);
  void (*leave) (SioAdapter *self, SioMember *member, const char *room);
  void (*broadcast) (SioAdapter *self, const SioSelection *to, const char *event, SioArgs *args);
};

/* nsp: the namespace's name. */
SioAdapter *sio_adapter_new (const char *nsp);
const char *sio_adapter_get_nsp (SioAdapter *self);
/* Of this process. Borrowed. */
SioRooms *sio_adapter_get_rooms (SioAdapter *self);

void sio_adapter_add (SioAdapter *self, SioMember *member);
void sio_adapter_remove (SioAdapter *self, SioMember *member);
void sio_adapter_join (SioAdapter *self, SioMember *member, const char *room);
void sio_adapter_leave (SioAdapter *self, SioMember *member, const char *room);
/* args: nullable. */
void
sio_adapter_broadcast (SioAdapter *self, const SioSelection *to, const char *event, SioArgs *args);

G_END_DECLS
