/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "canvas/draw-image-header.h"

G_BEGIN_DECLS

/* The first line of what the decoding process answers, in host byte order; rows of ARGB32 pixels
 * (alpha multiplied in, no padding) follow. */
typedef struct {
  char magic[4]; /* DRAW_IMAGE_MAGIC */
  guint32 natural_width, natural_height;
  guint32 width, height; /* of the pixels that follow */
} DrawImageAnswer;

#define DRAW_IMAGE_MAGIC "DBI1"
/* Larger pictures are scaled down to it: more than any screen shows. */
#define DRAW_IMAGE_KEPT_PIXELS (8 * 1024 * 1024)
/* What a picture may cost, seconds of CPU. The process can wait for nothing but itself, so the time that passes
 * says only how busy the machine is: a picture is not broken because something else is computed. */
#define DRAW_IMAGE_CPU_MAX 5
#define DRAW_IMAGE_TIMEOUT 60 /* seconds */

/* Decodes a picture in another process, drawbridge-image-loader, that may do nothing but read,
 * compute and write: strangers' bytes meet decoders there. Blocks for DRAW_IMAGE_TIMEOUT at most;
 * any thread. @natural_width, @natural_height: (out): pixels of the picture itself, turned as its
 * camera says. Returns: an ARGB32 image surface, transfer full, or NULL. Errors: G_IO_ERROR, those
 * of the header, TIMED_OUT, INVALID_DATA (the process gave up or died). */
cairo_surface_t *
draw_image_decode (GBytes *bytes, int *natural_width, int *natural_height, GError **error);

G_END_DECLS
