/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-types-private.h"

/* Not G_DEFINE_QUARK(): a formatter takes the dashes of the name for minus signs. */
GQuark
sio_error_quark (void)
{
  return g_quark_from_static_string ("sio-error-quark");
}

G_DEFINE_ENUM_TYPE (SioDisconnectReason,
                    sio_disconnect_reason,
                    G_DEFINE_ENUM_VALUE (SIO_DISCONNECT_TRANSPORT_ERROR, "transport-error"),
                    G_DEFINE_ENUM_VALUE (SIO_DISCONNECT_TRANSPORT_CLOSE, "transport-close"),
                    G_DEFINE_ENUM_VALUE (SIO_DISCONNECT_FORCED_CLOSE, "forced-close"),
                    G_DEFINE_ENUM_VALUE (SIO_DISCONNECT_PING_TIMEOUT, "ping-timeout"),
                    G_DEFINE_ENUM_VALUE (SIO_DISCONNECT_PARSE_ERROR, "parse-error"),
                    G_DEFINE_ENUM_VALUE (SIO_DISCONNECT_SERVER_SHUTTING_DOWN,
                                         "server-shutting-down"),
                    G_DEFINE_ENUM_VALUE (SIO_DISCONNECT_FORCED_SERVER_CLOSE, "forced-server-close"),
                    G_DEFINE_ENUM_VALUE (SIO_DISCONNECT_CLIENT_NAMESPACE, "client-namespace"),
                    G_DEFINE_ENUM_VALUE (SIO_DISCONNECT_SERVER_NAMESPACE, "server-namespace"),
                    G_DEFINE_ENUM_VALUE (SIO_DISCONNECT_TOO_SLOW, "too-slow"))

G_DEFINE_ENUM_TYPE (SioOverflow,
                    sio_overflow,
                    G_DEFINE_ENUM_VALUE (SIO_OVERFLOW_DISCONNECT, "disconnect"),
                    G_DEFINE_ENUM_VALUE (SIO_OVERFLOW_DROP, "drop"))

G_DEFINE_ENUM_TYPE (SioPacketType,
                    sio_packet_type,
                    G_DEFINE_ENUM_VALUE (SIO_PACKET_CONNECT, "connect"),
                    G_DEFINE_ENUM_VALUE (SIO_PACKET_DISCONNECT, "disconnect"),
                    G_DEFINE_ENUM_VALUE (SIO_PACKET_EVENT, "event"),
                    G_DEFINE_ENUM_VALUE (SIO_PACKET_ACK, "ack"),
                    G_DEFINE_ENUM_VALUE (SIO_PACKET_CONNECT_ERROR, "connect-error"),
                    G_DEFINE_ENUM_VALUE (SIO_PACKET_BINARY_EVENT, "binary-event"),
                    G_DEFINE_ENUM_VALUE (SIO_PACKET_BINARY_ACK, "binary-ack"))

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

SioDisconnectReason
sio_disconnect_reason_from_engine (EioCloseReason reason)
{
  switch (reason)
    {
    case EIO_CLOSE_REASON_TRANSPORT_CLOSE:
      return SIO_DISCONNECT_TRANSPORT_CLOSE;
    case EIO_CLOSE_REASON_TRANSPORT_ERROR:
      return SIO_DISCONNECT_TRANSPORT_ERROR;
    case EIO_CLOSE_REASON_PING_TIMEOUT:
      return SIO_DISCONNECT_PING_TIMEOUT;
    case EIO_CLOSE_REASON_PARSE_ERROR:
      return SIO_DISCONNECT_PARSE_ERROR;
    case EIO_CLOSE_REASON_FORCED_CLOSE:
      return SIO_DISCONNECT_FORCED_CLOSE;
    case EIO_CLOSE_REASON_TOO_SLOW:
      return SIO_DISCONNECT_TOO_SLOW;
    }
  g_return_val_if_reached (SIO_DISCONNECT_TRANSPORT_ERROR);
}
