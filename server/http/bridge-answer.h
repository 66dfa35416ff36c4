/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "board/board-message.h"

G_BEGIN_DECLS

/* How this server answers over HTTP: every answer carries the headers that keep browsers from making
 * anything else of it. */

void bridge_answer_headers (SoupServerMessage *message, guint status);
/* length: in bytes, -1: body ends in NUL. body: copied. */
void bridge_answer (SoupServerMessage *message,
                    guint status,
                    const char *type,
                    const char *body,
                    gssize length);
/* With the status' own words. */
void bridge_answer_status (SoupServerMessage *message, guint status);
void bridge_answer_refusal (SoupServerMessage *message,
                            guint status,
                            BoardRefusal refusal,
                            const char *text);

/* Whether who asks is on this computer: from a loopback address and not through a proxy. */
gboolean bridge_message_is_local (SoupServerMessage *message);

G_END_DECLS
