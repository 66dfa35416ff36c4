/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-remote-socket.h"

#include "socketio/sio-adapter-private.h"
#include "socketio/sio-packet.h"

struct _SioRemoteSocket
{
  gatomicrefcount ref_count;
  SioAdapter *adapter; /* owned, as are the others */
  char *id;
  SioHandshake *handshake; /* nullable */
  GStrv rooms;
  JsonNode *data; /* nullable */
};

G_DEFINE_BOXED_TYPE (SioRemoteSocket,
                     sio_remote_socket,
                     sio_remote_socket_ref,
                     sio_remote_socket_unref)

SioRemoteSocket *
sio_remote_socket_new (SioAdapter *adapter,
                       const char *id,
                       SioHandshake *handshake,
                       const char *const *rooms,
                       JsonNode *data)
{
  SioRemoteSocket *self;

  g_return_val_if_fail (SIO_IS_ADAPTER (adapter), NULL);
  g_return_val_if_fail (id != NULL && rooms != NULL, NULL);
  self = g_new0 (SioRemoteSocket, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->adapter = g_object_ref (adapter);
  self->id = g_strdup (id);
  self->handshake = handshake != NULL ? sio_handshake_ref (handshake) : NULL;
  self->rooms = g_strdupv ((GStrv)rooms);
  self->data = data != NULL ? json_node_ref (data) : NULL;
  return self;
}

SioRemoteSocket *
sio_remote_socket_ref (SioRemoteSocket *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sio_remote_socket_unref (SioRemoteSocket *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->adapter);
  g_free (self->id);
  g_clear_pointer (&self->handshake, sio_handshake_unref);
  g_strfreev (self->rooms);
  g_clear_pointer (&self->data, json_node_unref);
  g_free (self);
}

const char *
sio_remote_socket_get_id (SioRemoteSocket *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->id;
}

SioHandshake *
sio_remote_socket_get_handshake (SioRemoteSocket *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->handshake;
}

const char *const *
sio_remote_socket_get_rooms (SioRemoteSocket *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return (const char *const *)self->rooms;
}

JsonNode *
sio_remote_socket_get_data (SioRemoteSocket *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->data;
}

/* The socket is alone in the room of its id. */
void
sio_remote_socket_emit (SioRemoteSocket *self, const char *event, SioArgs *args)
{
  const char *const rooms[] = { self->id, NULL };

  g_return_if_fail (self != NULL);
  g_return_if_fail (event != NULL && !sio_packet_is_reserved_event (event));
  sio_adapter_broadcast (self->adapter, &(SioSelection){ .rooms = rooms }, event, args);
}

void
sio_remote_socket_join (SioRemoteSocket *self, const char *room)
{
  const char *const rooms[] = { self->id, NULL };
  const char *const joined[] = { room, NULL };

  g_return_if_fail (self != NULL && room != NULL);
  sio_adapter_add_sockets (self->adapter, &(SioSelection){ .rooms = rooms }, joined);
}

void
sio_remote_socket_leave (SioRemoteSocket *self, const char *room)
{
  const char *const rooms[] = { self->id, NULL };
  const char *const left[] = { room, NULL };

  g_return_if_fail (self != NULL && room != NULL);
  sio_adapter_del_sockets (self->adapter, &(SioSelection){ .rooms = rooms }, left);
}

void
sio_remote_socket_disconnect (SioRemoteSocket *self, gboolean close_connection)
{
  const char *const rooms[] = { self->id, NULL };

  g_return_if_fail (self != NULL);
  sio_adapter_disconnect_sockets (self->adapter, &(SioSelection){ .rooms = rooms },
                                  close_connection);
}
