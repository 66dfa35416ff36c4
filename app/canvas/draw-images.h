/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "board/board-types.h"

G_BEGIN_DECLS

/**
 * DrawImages: the pictures of a board by the "fileId" of its image elements, decoded. It does not
 * know where the bytes come from: whoever paints asks, it emits "wanted", and somebody puts the
 * bytes when they have them.
 *
 * Decoding is done by another process without rights (draw-image-decoder.h), for the bytes come
 * from strangers. Decoded pictures are kept up to DRAW_IMAGES_MAX_COST bytes; what was painted
 * least recently goes first and is wanted again when it is painted again.
 *
 * Signals, from the main context that was the default of the thread that made it:
 * - "wanted" (const char *file_id): answer with draw_images_put() or draw_images_fail(), now or
 *   later.
 * - "changed" (const char *file_id, BoardRect *area): it is there, or has failed; @area: where it
 *   was asked for, board coordinates.
 *
 * put, fail and has: main thread. lookup: any thread.
 */
#define DRAW_TYPE_IMAGES (draw_images_get_type ())
G_DECLARE_FINAL_TYPE (DrawImages, draw_images, DRAW, IMAGES, GObject)

#define DRAW_IMAGES_MAX_COST (64 * 1024 * 1024)

/* What the decoder says of a picture. */
typedef enum {
  DRAW_IMAGE_MISSING, /* asked for, or not yet */
  DRAW_IMAGE_READY,
  DRAW_IMAGE_FAILED, /* it never comes: broken, too large, or nobody has it */
} DrawImageState;

/* Transfer full. */
DrawImages *draw_images_new (void);
/* The encoded bytes of a picture, of any origin. They are decoded elsewhere; "changed" follows. */
void draw_images_put (DrawImages *self, const char *file_id, GBytes *bytes);
/* Nobody has it. */
void draw_images_fail (DrawImages *self, const char *file_id);
/* Nobody had it, but now somebody may: it is wanted when it is painted again. */
void draw_images_retry (DrawImages *self, const char *file_id);
DrawImageState draw_images_get_state (DrawImages *self, const char *file_id);

/* Asks for it where it is missing. Returns: whether it is there or has failed. Any thread. */
gboolean draw_images_request (DrawImages *self, const char *file_id, const BoardRect *where);
/* The picture, scaled down by halves to at least @width x @height pixels where it is larger.
 * NULL when it is not there (yet): then it is asked for. @natural_width, @natural_height: (out):
 * its own size in pixels. @where: (nullable): board rectangle to be painted again when it comes.
 * Transfer full: an ARGB32 image surface that must not be changed. Any thread. */
cairo_surface_t *draw_images_lookup (DrawImages *self,
                                     const char *file_id,
                                     double width,
                                     double height,
                                     const BoardRect *where,
                                     int *natural_width,
                                     int *natural_height);

G_END_DECLS
