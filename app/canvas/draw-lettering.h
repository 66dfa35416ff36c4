/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "canvas/draw-text.h"

G_BEGIN_DECLS

/* Paints text into @box (user space of @cr, board units) with the source of @cr. @vertical: "top",
 * "middle", "bottom", NULL for the top. @scale: device pixels per board unit. */
void draw_lettering_paint (cairo_t *cr,
                           const DrawText *text,
                           const BoardRect *box,
                           const char *vertical,
                           double scale);

G_END_DECLS
