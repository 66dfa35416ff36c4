/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-painter.h"
#include "canvas/draw-shape.h"

G_BEGIN_DECLS

/* The part of a picture that is seen, as shares of it: 0, 0, 1, 1 is all. */
typedef struct {
  double x, y, width, height;
} DrawPictureCrop;

void draw_picture_get_crop (BoardElement *element, DrawPictureCrop *crop);
void draw_picture_get_flip (BoardElement *element, gboolean *across, gboolean *down);

/* The picture of an image element, cropped and flipped as it says, placed on the box of @frame (in
 * the element's own coordinates: its place is the origin, its angle undone). NULL when it is not
 * there: then it is asked for. Transfer full. */
cairo_pattern_t *draw_picture_create_pattern (BoardElement *element,
                                              const DrawShapeFrame *frame,
                                              const DrawPainting *painting);

G_END_DECLS
