/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The drawing inside of a picture of it, as Excalidraw puts it there: in a PNG the chunk tEXt of
 * the keyword "application/vnd.excalidraw+json", in an SVG a comment of <metadata>; both hold
 * {"encoding":"bstring","compressed":true,"encoded":"..."} with deflated bytes as characters. */

#define DRAW_PAYLOAD_MAX (64 * 1024 * 1024) /* inflated */

gboolean draw_payload_is_png (GBytes *bytes);
/* By its beginning. */
gboolean draw_payload_is_svg (GBytes *bytes);
/* The text of the drawing in a PNG or SVG, to be judged by whoever reads it. Errors:
 * G_IO_ERROR_NOT_FOUND (there is none), _INVALID_DATA, _MESSAGE_TOO_LARGE. Transfer full. */
GBytes *draw_payload_find (GBytes *picture, GError **error);
/* A PNG with the drawing in it. Transfer full; NULL when png is none. */
GBytes *draw_payload_add_to_png (GBytes *png, const char *text, gsize length);
/* The same for an SVG that has an element <svg ...>. */
GBytes *draw_payload_add_to_svg (GBytes *svg, const char *text, gsize length);

G_END_DECLS
