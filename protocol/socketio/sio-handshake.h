/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioHandshake:
 *
 * How a socket came: the request that opened its connection, and what its CONNECT said. Immutable,
 * refcounted.
 */
typedef struct _SioHandshake SioHandshake;

#define SIO_TYPE_HANDSHAKE (sio_handshake_get_type ())
SIO_API GType sio_handshake_get_type (void);
/**
 * sio_handshake_new:
 * @object: headers, time, address, xdomain, secure, issued, url, query, auth as the reference has
 *   them; what is missing is empty. Not to be changed afterwards
 *
 * For adapters: the handshake of a socket that is at another server.
 *
 * Returns: (transfer full): of a socket at another server
 */
SIO_API SioHandshake *sio_handshake_new (JsonObject *object);
/**
 * sio_handshake_ref:
 * @self: a handshake
 *
 * One reference more.
 *
 * Returns: (transfer full): @self
 */
SIO_API SioHandshake *sio_handshake_ref (SioHandshake *self);
/**
 * sio_handshake_unref:
 * @self: (transfer full): a handshake
 *
 * One reference less.
 */
SIO_API void sio_handshake_unref (SioHandshake *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioHandshake, sio_handshake_unref)

/**
 * sio_handshake_get_object:
 * @self: a handshake
 *
 * All of it, in the form that the reference has for it.
 *
 * Returns: (transfer none): all of it, in the reference's form; not to be changed
 */
SIO_API JsonObject *sio_handshake_get_object (SioHandshake *self);
/**
 * sio_handshake_get_header:
 * @self: a handshake
 * @name: in lower case
 *
 * One header of the request.
 *
 * Returns: (transfer none) (nullable): the header of the request
 */
SIO_API const char *sio_handshake_get_header (SioHandshake *self, const char *name);
/**
 * sio_handshake_get_query:
 * @self: a handshake
 * @name: a key
 *
 * One parameter of the query.
 *
 * Returns: (transfer none) (nullable): its value in the query of the request, decoded
 */
SIO_API const char *sio_handshake_get_query (SioHandshake *self, const char *name);
/**
 * sio_handshake_get_auth:
 * @self: a handshake
 *
 * The payload of CONNECT: an object, or nothing.
 *
 * Returns: (transfer none) (nullable): what CONNECT carried
 */
SIO_API JsonObject *sio_handshake_get_auth (SioHandshake *self);
/**
 * sio_handshake_get_address:
 * @self: a handshake
 *
 * Where it came from.
 *
 * Returns: (transfer none) (nullable): the numeric address of the peer
 */
SIO_API const char *sio_handshake_get_address (SioHandshake *self);
/**
 * sio_handshake_get_url:
 * @self: a handshake
 *
 * What was requested.
 *
 * Returns: (transfer none) (nullable): path and query of the request
 */
SIO_API const char *sio_handshake_get_url (SioHandshake *self);
/**
 * sio_handshake_get_time:
 * @self: a handshake
 *
 * When the socket came, as text.
 *
 * Returns: (transfer none) (nullable): when the socket came, ISO 8601 in UTC (servers in Node have
 *   other words)
 */
SIO_API const char *sio_handshake_get_time (SioHandshake *self);
/**
 * sio_handshake_get_issued:
 * @self: a handshake
 *
 * When the socket came, as a number.
 *
 * Returns: the same in ms since 1970
 */
SIO_API int64_t sio_handshake_get_issued (SioHandshake *self);
/**
 * sio_handshake_is_secure:
 * @self: a handshake
 *
 * Whether it came by TLS.
 *
 * Returns: whether the connection is TLS, at this server's end
 */
SIO_API gboolean sio_handshake_is_secure (SioHandshake *self);
/**
 * sio_handshake_is_cross_domain:
 * @self: a handshake
 *
 * Whether a page in a browser asked for it.
 *
 * Returns: whether the request had an Origin header
 */
SIO_API gboolean sio_handshake_is_cross_domain (SioHandshake *self);

G_END_DECLS
