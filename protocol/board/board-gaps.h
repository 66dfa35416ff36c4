/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-element.h"

G_BEGIN_DECLS

/* What was rubbed out of a freedraw: a property "gap:<id>" each, [from, to]. Places along a stroke
 * are numbers of points: 2.5 is halfway between the third and the fourth. Two people who erase
 * parts of one stroke write different properties, so both parts go, a new colour stays, and undo
 * brings back one part. A value that is no such pair, or beyond the stroke, is no gap. */
typedef struct {
  double from, to; /* 0 <= from < to <= number of points - 1 */
} BoardGap;

/* In order and apart from each other, those that overlap or touch as one. Returns: (transfer full)
 * (element-type BoardGap), empty for an element without gaps. */
GArray *board_gaps_list (BoardElement *element);
/* What an eraser of that radius takes away on its way from (x0, y0) to (x1, y1), in board
 * coordinates: gaps that are not there yet, as above. width counts: what is thick goes by its
 * middle line. */
GArray *
board_gaps_cut (BoardElement *element, double x0, double y0, double x1, double y1, double radius);
/* A property for each of the gaps, to be set by one "=". Transfer full. */
JsonObject *board_gaps_make_props (GArray *gaps);
/* What of the element is left: strokes relative to its x, y, whose ends lie between points with
 * pressure, tilt and time in between. One dot is a stroke of one point. Returns: (transfer full)
 * (element-type BoardStroke): the whole stroke where there is no gap, none where all is gone. */
GPtrArray *board_gaps_split (BoardElement *element);

/* The same of any stroke and gaps. */
GPtrArray *board_stroke_split (BoardStroke *stroke, GArray *gaps);

G_END_DECLS
