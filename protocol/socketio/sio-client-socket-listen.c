/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-client-socket-private.h"

typedef enum {
  LISTEN_NAMED,
  LISTEN_ONCE,
  LISTEN_ANY,
  LISTEN_ANY_FIRST,
} How;

/* Guards for all the public functions, which differ in how only. event: of the first two. */
static guint
add (SioClientSocket *self,
     gboolean outgoing,
     How how,
     const char *event,
     SioClientEventFunc func,
     gpointer user_data,
     GDestroyNotify destroy)
{
  gboolean named = how == LISTEN_NAMED || how == LISTEN_ONCE;

  g_return_val_if_fail (SIO_IS_CLIENT_SOCKET (self), 0);
  g_return_val_if_fail (!named || (event != NULL && !sio_packet_is_reserved_event (event)), 0);
  g_return_val_if_fail (func != NULL, 0);

  sio_listeners_add (outgoing ? &self->outgoing_listeners : &self->incoming_listeners,
                     ++self->last_listener_id, event, how == LISTEN_ANY_FIRST, how == LISTEN_ONCE,
                     func, user_data, destroy);
  return self->last_listener_id;
}

guint
sio_client_socket_on (SioClientSocket *self,
                      const char *event,
                      SioClientEventFunc func,
                      gpointer user_data,
                      GDestroyNotify destroy)
{
  return add (self, FALSE, LISTEN_NAMED, event, func, user_data, destroy);
}

guint
sio_client_socket_once (SioClientSocket *self,
                        const char *event,
                        SioClientEventFunc func,
                        gpointer user_data,
                        GDestroyNotify destroy)
{
  return add (self, FALSE, LISTEN_ONCE, event, func, user_data, destroy);
}

guint
sio_client_socket_on_any (SioClientSocket *self,
                          SioClientEventFunc func,
                          gpointer user_data,
                          GDestroyNotify destroy)
{
  return add (self, FALSE, LISTEN_ANY, NULL, func, user_data, destroy);
}

guint
sio_client_socket_prepend_any (SioClientSocket *self,
                               SioClientEventFunc func,
                               gpointer user_data,
                               GDestroyNotify destroy)
{
  return add (self, FALSE, LISTEN_ANY_FIRST, NULL, func, user_data, destroy);
}

guint
sio_client_socket_on_any_outgoing (SioClientSocket *self,
                                   SioClientEventFunc func,
                                   gpointer user_data,
                                   GDestroyNotify destroy)
{
  return add (self, TRUE, LISTEN_ANY, NULL, func, user_data, destroy);
}

guint
sio_client_socket_prepend_any_outgoing (SioClientSocket *self,
                                        SioClientEventFunc func,
                                        gpointer user_data,
                                        GDestroyNotify destroy)
{
  return add (self, TRUE, LISTEN_ANY_FIRST, NULL, func, user_data, destroy);
}

void
sio_client_socket_off (SioClientSocket *self, guint listener_id)
{
  g_return_if_fail (SIO_IS_CLIENT_SOCKET (self));
  g_return_if_fail (listener_id != 0 && listener_id <= self->last_listener_id);

  if (!sio_listeners_remove (&self->incoming_listeners, listener_id))
    sio_listeners_remove (&self->outgoing_listeners, listener_id);
}
