/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-bindings.h"

void
sio_socket_emit_event (SioSocket *self, const char *event, SioArgs *args)
{
  sio_socket_emit (self, event, args);
}

void
sio_socket_disconnect_namespace (SioSocket *self, gboolean close_connection)
{
  sio_socket_disconnect (self, close_connection);
}

void
sio_namespace_emit_event (SioNamespace *self, const char *event, SioArgs *args)
{
  sio_namespace_emit (self, event, args);
}

gboolean
sio_client_socket_emit_event (SioClientSocket *self, const char *event, SioArgs *args)
{
  return sio_client_socket_emit (self, event, args);
}

void
sio_client_socket_connect_namespace (SioClientSocket *self)
{
  sio_client_socket_connect (self);
}

void
sio_client_socket_disconnect_namespace (SioClientSocket *self)
{
  sio_client_socket_disconnect (self);
}
