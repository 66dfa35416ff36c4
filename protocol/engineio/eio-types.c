/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-types.h"

G_DEFINE_QUARK (eio-error-quark, eio_error)

G_DEFINE_ENUM_TYPE (EioCloseReason, eio_close_reason,
  G_DEFINE_ENUM_VALUE (EIO_CLOSE_REASON_TRANSPORT_CLOSE, "transport-close"),
  G_DEFINE_ENUM_VALUE (EIO_CLOSE_REASON_TRANSPORT_ERROR, "transport-error"),
  G_DEFINE_ENUM_VALUE (EIO_CLOSE_REASON_PING_TIMEOUT, "ping-timeout"),
  G_DEFINE_ENUM_VALUE (EIO_CLOSE_REASON_PARSE_ERROR, "parse-error"),
  G_DEFINE_ENUM_VALUE (EIO_CLOSE_REASON_FORCED_CLOSE, "forced-close"),
  G_DEFINE_ENUM_VALUE (EIO_CLOSE_REASON_TOO_SLOW, "too-slow"))

G_DEFINE_FLAGS_TYPE (EioTransports, eio_transports,
  G_DEFINE_ENUM_VALUE (EIO_TRANSPORT_POLLING, "polling"),
  G_DEFINE_ENUM_VALUE (EIO_TRANSPORT_WEBSOCKET, "websocket"))

G_DEFINE_FLAGS_TYPE (EioCookieFlags, eio_cookie_flags,
  G_DEFINE_ENUM_VALUE (EIO_COOKIE_HTTP_ONLY, "http-only"),
  G_DEFINE_ENUM_VALUE (EIO_COOKIE_SECURE, "secure"))

const char *
eio_close_reason_to_string (EioCloseReason reason)
{
  static const char *const words[] = {
    [EIO_CLOSE_REASON_TRANSPORT_CLOSE] = "transport close",
    [EIO_CLOSE_REASON_TRANSPORT_ERROR] = "transport error",
    [EIO_CLOSE_REASON_PING_TIMEOUT] = "ping timeout",
    [EIO_CLOSE_REASON_PARSE_ERROR] = "parse error",
    [EIO_CLOSE_REASON_FORCED_CLOSE] = "forced close",
    [EIO_CLOSE_REASON_TOO_SLOW] = "too slow",
  };

  g_return_val_if_fail ((guint) reason < G_N_ELEMENTS (words), NULL);

  return words[reason];
}
