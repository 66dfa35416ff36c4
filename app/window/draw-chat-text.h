/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What strangers write, made fit to be shown. Nothing of it is ever taken for markup. */

/* Without control characters but line breaks, without what turns the direction of the text around it,
 * and with at most four combining marks in a row. Transfer full. */
char *draw_chat_text_clean (const char *text);
/* The text as Pango markup that shows exactly these characters; web addresses (http and https, nothing
 * else) are links. links: (out): whether there is one. Transfer full. */
char *draw_chat_text_to_markup (const char *text, gboolean *links);
/* Whether "@name" is in the text, whatever the case of the letters. */
gboolean draw_chat_text_mentions (const char *text, const char *name);

G_END_DECLS
