/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-types.h"

G_DEFINE_QUARK (sio-error-quark, sio_error)

const char *
sio_disconnect_reason_to_string (SioDisconnectReason reason, gboolean at_client)
{
  switch (reason)
    {
    case SIO_DISCONNECT_TRANSPORT_ERROR:
      return "transport error";
    case SIO_DISCONNECT_TRANSPORT_CLOSE:
      return "transport close";
    case SIO_DISCONNECT_FORCED_CLOSE:
      return "forced close";
    case SIO_DISCONNECT_PING_TIMEOUT:
      return "ping timeout";
    case SIO_DISCONNECT_PARSE_ERROR:
      return "parse error";
    case SIO_DISCONNECT_SERVER_SHUTTING_DOWN:
      return "server shutting down";
    case SIO_DISCONNECT_FORCED_SERVER_CLOSE:
      return "forced server close";
    case SIO_DISCONNECT_CLIENT_NAMESPACE:
      return at_client ? "io client disconnect" : "client namespace disconnect";
    case SIO_DISCONNECT_SERVER_NAMESPACE:
      return at_client ? "io server disconnect" : "server namespace disconnect";
    case SIO_DISCONNECT_TOO_SLOW:
      return "too slow";
    }
  g_return_val_if_reached (NULL);
}
