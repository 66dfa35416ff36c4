/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-painter.h"
#include "canvas/draw-shape.h"

G_BEGIN_DECLS

/* The picture of an image element, cropped and flipped as it says, placed on the box of @frame (in
 * the element's own coordinates: its place is the origin, its angle undone). NULL when it is not
 * there: then it is asked for. Transfer full. */
cairo_pattern_t *draw_picture_create_pattern (BoardElement *element,
                                              const DrawShapeFrame *frame,
                                              const DrawPainting *painting);

G_END_DECLS
