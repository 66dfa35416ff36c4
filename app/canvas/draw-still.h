/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DrawStill: what was seen of a board when it was left: the place, and its tiles as one picture. It
 * is shown for the moment that reading the board takes, and is never anything but a picture.
 *
 * As bytes: a line of text, "drawbridge-still 1 X Y SCALE LEVEL COLUMN ROW DARK", and a PNG or
 * nothing. Immutable and refcounted.
 */
typedef struct {
  gatomicrefcount refs;

  double x, y;   /* the middle of what was seen: board units */
  double scale;  /* of the viewport */
  double level;  /* of the tiles: device pixels in a board unit */
  int column, row; /* of the first tile */
  gboolean dark;
  cairo_surface_t *picture; /* whole tiles, what is on them alone; NULL for none */
} DrawStill;

/* picture: (transfer none) (nullable): not to be changed any more. */
DrawStill *draw_still_new (double x,
                           double y,
                           double scale,
                           double level,
                           int column,
                           int row,
                           gboolean dark,
                           cairo_surface_t *picture);
DrawStill *draw_still_ref (DrawStill *self);
void draw_still_unref (DrawStill *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawStill, draw_still_unref)

/* Any thread. */
GBytes *draw_still_save (DrawStill *self);
/* NULL and G_IO_ERROR_INVALID_DATA, or what draw_image_header_parse() says, when the bytes are none. */
DrawStill *draw_still_load (GBytes *bytes, GError **error);

G_END_DECLS
