/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a picture may be at most: 24 kB of PNG can say 14,000 x 14,000 pixels, which are 780 MB. */
#define DRAW_IMAGE_MAX_BYTES (8 * 1024 * 1024)
#define DRAW_IMAGE_MAX_SIDE 8192
#define DRAW_IMAGE_MAX_PIXELS (24 * 1024 * 1024)

typedef enum {
  DRAW_IMAGE_PNG,
  DRAW_IMAGE_JPEG,
  DRAW_IMAGE_WEBP,
  DRAW_IMAGE_GIF,
} DrawImageType;

typedef struct {
  DrawImageType type;
  int width, height; /* pixels, 1..DRAW_IMAGE_MAX_SIDE each; before a camera's rotation */
} DrawImageHeader;

/* Reads what the beginning of a picture says of it, by code of our own, before any decoder sees it.
 * Errors (G_IO_ERROR): NOT_SUPPORTED (no format that is taken), INVALID_DATA (cut off, or no size),
 * MESSAGE_TOO_LARGE (more bytes, a longer side or more pixels than above). */
gboolean
draw_image_header_parse (const guint8 *data, gsize length, DrawImageHeader *header, GError **error);
/* "png", "jpeg", "webp", "gif": as gdk-pixbuf and, after "image/", MIME call it. */
const char *draw_image_type_get_name (DrawImageType type);

G_END_DECLS
