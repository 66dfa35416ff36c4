/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/* What carries it is exported from the library; all else is hidden. */
#define EIO_API __attribute__ ((visibility ("default")))

/**
 * EIO_ERROR:
 *
 * The domain of [error@Eio.Error].
 */
#define EIO_ERROR (eio_error_quark ())
/**
 * eio_error_quark:
 *
 * The domain of [error@Eio.Error].
 *
 * Returns: the domain
 */
EIO_API GQuark eio_error_quark (void);

/**
 * EioError:
 * @EIO_ERROR_UNKNOWN_TRANSPORT: code 0 of the protocol
 * @EIO_ERROR_UNKNOWN_SID: code 1
 * @EIO_ERROR_BAD_METHOD: code 2
 * @EIO_ERROR_BAD_REQUEST: code 3
 * @EIO_ERROR_FORBIDDEN: code 4
 * @EIO_ERROR_UNSUPPORTED_VERSION: code 5
 * @EIO_ERROR_PARSE: bytes that are not an Engine.IO packet, payload or websocket frame
 * @EIO_ERROR_TOO_LARGE: a packet, payload, message or header beyond its limit
 * @EIO_ERROR_TRANSPORT: the connection failed
 * @EIO_ERROR_TIMEOUT: the handshake took too long or the heartbeat stopped
 * @EIO_ERROR_CLOSED: the socket is closed
 *
 * What goes wrong at the level of Engine.IO. The first six have the numbers that the protocol gives
 * them.
 */
typedef enum {
  EIO_ERROR_UNKNOWN_TRANSPORT = 0,
  EIO_ERROR_UNKNOWN_SID = 1,
  EIO_ERROR_BAD_METHOD = 2,
  EIO_ERROR_BAD_REQUEST = 3,
  EIO_ERROR_FORBIDDEN = 4,
  EIO_ERROR_UNSUPPORTED_VERSION = 5,
  EIO_ERROR_PARSE,
  EIO_ERROR_TOO_LARGE,
  EIO_ERROR_TRANSPORT,
  EIO_ERROR_TIMEOUT,
  EIO_ERROR_CLOSED,
} EioError;

/**
 * EioCloseReason:
 * @EIO_CLOSE_REASON_TRANSPORT_CLOSE: the peer closed, in order
 * @EIO_CLOSE_REASON_TRANSPORT_ERROR: the connection broke or broke the protocol
 * @EIO_CLOSE_REASON_PING_TIMEOUT: the heartbeat stopped
 * @EIO_CLOSE_REASON_PARSE_ERROR: what came was not Engine.IO
 * @EIO_CLOSE_REASON_FORCED_CLOSE: this side closed
 * @EIO_CLOSE_REASON_TOO_SLOW: the peer did not read what was sent, until more than max-buffered
 *   bytes were waiting
 *
 * Why a session ended.
 */
typedef enum {
  EIO_CLOSE_REASON_TRANSPORT_CLOSE,
  EIO_CLOSE_REASON_TRANSPORT_ERROR,
  EIO_CLOSE_REASON_PING_TIMEOUT,
  EIO_CLOSE_REASON_PARSE_ERROR,
  EIO_CLOSE_REASON_FORCED_CLOSE,
  EIO_CLOSE_REASON_TOO_SLOW,
} EioCloseReason;

#define EIO_TYPE_CLOSE_REASON (eio_close_reason_get_type ())
EIO_API GType eio_close_reason_get_type (void);
/**
 * eio_close_reason_to_string:
 * @reason: a reason
 *
 * The reference's words for a reason, such as "ping timeout".
 *
 * Returns: (transfer none): the words
 */
EIO_API const char *eio_close_reason_to_string (EioCloseReason reason);

/**
 * EioTransports:
 * @EIO_TRANSPORT_POLLING: HTTP long polling: one request waits for what comes, others bring what goes
 * @EIO_TRANSPORT_WEBSOCKET: a websocket
 *
 * What carries a session.
 */
typedef enum /*< flags >*/ {
  EIO_TRANSPORT_POLLING = 1 << 0,
  EIO_TRANSPORT_WEBSOCKET = 1 << 1,
} EioTransports;

#define EIO_TYPE_TRANSPORTS (eio_transports_get_type ())
EIO_API GType eio_transports_get_type (void);

/**
 * EioCookieFlags:
 * @EIO_COOKIE_HTTP_ONLY: scripts of the page cannot read it
 * @EIO_COOKIE_SECURE: browsers send it by TLS only
 *
 * What a session's cookie is like.
 */
typedef enum /*< flags >*/ {
  EIO_COOKIE_HTTP_ONLY = 1 << 0,
  EIO_COOKIE_SECURE = 1 << 1,
} EioCookieFlags;

#define EIO_TYPE_COOKIE_FLAGS (eio_cookie_flags_get_type ())
EIO_API GType eio_cookie_flags_get_type (void);

G_END_DECLS
