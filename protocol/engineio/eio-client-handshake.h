/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The opening handshake of RFC 6455 section 4.1 at the client's side, bytes out and bytes in, no I/O.
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Bytes of an answer's head. */
#define EIO_CLIENT_HANDSHAKE_MAX_HEAD 16384

/* A new key, of strong randomness. */
char *eio_client_handshake_new_key (void);
/* The head of the request: the method, address and fields of the message, the fields of the
 * handshake, and the cookies of the jar, which is nullable. deflate: whether compression is offered. */
GBytes *eio_client_handshake_encode (SoupMessage *message,
                                     const char *key,
                                     SoupCookieJar *jar,
                                     gboolean deflate);
/* The length of the head at the beginning of the bytes, its empty line included; 0 when it is not
 * complete. */
gsize eio_client_handshake_find_end (const char *bytes, gsize size);
/* Judges the head of an answer; cookies of any answer go into the jar, which is nullable. deflate: whether
 * compression was offered, and then whether it is used. FALSE: EIO_ERROR_TRANSPORT. */
gboolean eio_client_handshake_check (const char *head,
                                     gsize size,
                                     SoupMessage *message,
                                     const char *key,
                                     SoupCookieJar *jar,
                                     gboolean *deflate,
                                     GError **error);

G_END_DECLS
