/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-client-socket-private.h"

static guint
add (SioClientSocket *self,
     SioListeners *listeners,
     const char *event,
     gboolean first,
     gboolean once,
     SioClientEventFunc func,
     gpointer user_data,
     GDestroyNotify destroy)
{
  guint id = ++self->last_listener_id;

  sio_listeners_add (listeners, id, event, first, once, func, user_data, destroy);
  return id;
}

guint
sio_client_socket_on (SioClientSocket *self,
                      const char *event,
                      SioClientEventFunc func,
                      gpointer user_data,
                      GDestroyNotify destroy)
{
  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), 0);
  g_return_val_if_fail (event != NULL && !sio_packet_is_reserved_event (event), 0);
  g_return_val_if_fail (func != NULL, 0);

  return add (self, &self->incoming_listeners, event, FALSE, FALSE, func, user_data, destroy);
}

guint
sio_client_socket_once (SioClientSocket *self,
                        const char *event,
                        SioClientEventFunc func,
                        gpointer user_data,
                        GDestroyNotify destroy)
{
  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), 0);
  g_return_val_if_fail (event != NULL && !sio_packet_is_reserved_event (event), 0);
  g_return_val_if_fail (func != NULL, 0);

  return add (self, &self->incoming_listeners, event, FALSE, TRUE, func, user_data, destroy);
}

guint
sio_client_socket_on_any (SioClientSocket *self,
                          SioClientEventFunc func,
                          gpointer user_data,
                          GDestroyNotify destroy)
{
  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), 0);
  g_return_val_if_fail (func != NULL, 0);

  return add (self, &self->incoming_listeners, NULL, FALSE, FALSE, func, user_data, destroy);
}

guint
sio_client_socket_prepend_any (SioClientSocket *self,
                               SioClientEventFunc func,
                               gpointer user_data,
                               GDestroyNotify destroy)
{
  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), 0);
  g_return_val_if_fail (func != NULL, 0);

  return add (self, &self->incoming_listeners, NULL, TRUE, FALSE, func, user_data, destroy);
}

guint
sio_client_socket_on_any_outgoing (SioClientSocket *self,
                                   SioClientEventFunc func,
                                   gpointer user_data,
                                   GDestroyNotify destroy)
{
  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), 0);
  g_return_val_if_fail (func != NULL, 0);

  return add (self, &self->outgoing_listeners, NULL, FALSE, FALSE, func, user_data, destroy);
}

guint
sio_client_socket_prepend_any_outgoing (SioClientSocket *self,
                                        SioClientEventFunc func,
                                        gpointer user_data,
                                        GDestroyNotify destroy)
{
  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), 0);
  g_return_val_if_fail (func != NULL, 0);

  return add (self, &self->outgoing_listeners, NULL, TRUE, FALSE, func, user_data, destroy);
}

void
sio_client_socket_off (SioClientSocket *self, guint listener_id)
{
  gboolean found;

  g_return_if_fail (SIO_IS_CLIENT_SOCKET (self));
  g_return_if_fail (listener_id != 0 && listener_id <= self->last_listener_id);

  found = sio_listeners_remove (&self->incoming_listeners, listener_id);
  if (!found)
    sio_listeners_remove (&self->outgoing_listeners, listener_id);
}
