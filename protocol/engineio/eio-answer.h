/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What Engine.IO's HTTP requests are answered with.
 */
#pragma once

#include <libsoup/soup.h>

#include "engineio/eio-types.h"

G_BEGIN_DECLS

/* The protocol's words for a code. */
const char *eio_answer_text (EioError code);
/* 400, or 403 for FORBIDDEN, with {"code":n,"message":...}. @text: (nullable): instead of the usual. */
void eio_answer_error (SoupServerMessage *message, EioError code, const char *text);
/* FORBIDDEN with another status. */
void eio_answer_refusal (SoupServerMessage *message, guint status, const char *text);
/* To a poll. @compress_from: bytes from which on it is compressed if the request asks for it; 0: never. */
void eio_answer_payload (SoupServerMessage *message, GString *payload, gsize compress_from);
/* To a POST. */
void eio_answer_ok (SoupServerMessage *message);

G_END_DECLS
