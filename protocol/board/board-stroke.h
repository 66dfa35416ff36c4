/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-types.h"

G_BEGIN_DECLS

/* One sample of a pen. x, y in board units relative to the element's x, y; precision 1/16.
 * pressure 0..1 (0.5 where the device has none); tilt_x, tilt_y -1..1 (0 = upright);
 * time in ms since the first sample. */
typedef struct {
  double x, y;
  float pressure;
  float tilt_x, tilt_y;
  uint32_t time;
} BoardPoint;

/**
 * BoardStroke: the points of a stroke, immutable and refcounted (any thread).
 *
 * Packed as text: base64url of varints (LEB128, zigzag for signed): first a byte of flags (1 = pressures, 2 = tilts,
 * 4 = times), then the count, then for each point dx, dy in 1/16 units against the point before and, where
 * flagged, dpressure (1/1023), dtilt_x, dtilt_y (1/127), dtime (ms).
 */
typedef struct _BoardStroke BoardStroke;

#define BOARD_TYPE_STROKE (board_stroke_get_type ())
GType board_stroke_get_type (void);
/* points are copied; n_points 1..BOARD_MAX_POINTS. Coordinates are rounded to 1/16 here, so that
 * what is drawn is what everybody gets. */
BoardStroke *board_stroke_new (const BoardPoint *points, gsize n_points);
BoardStroke *board_stroke_ref (BoardStroke *self);
void board_stroke_unref (BoardStroke *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardStroke, board_stroke_unref)
const BoardPoint *board_stroke_get_points (BoardStroke *self, gsize *n_points);
/* Of the centre line, relative to the element. */
void board_stroke_get_extents (BoardStroke *self, BoardRect *extents);
gboolean board_stroke_has_pressure (BoardStroke *self);
char *board_stroke_pack (BoardStroke *self);
/* Errors: BOARD_ERROR_SYNTAX, _RANGE, _LIMIT. */
BoardStroke *board_stroke_unpack (const char *text, GError **error);

G_END_DECLS
