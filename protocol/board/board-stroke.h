/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-types.h"

G_BEGIN_DECLS

/* One sample of a pen. x, y in board units relative to the element's x, y; kept as BoardPrecision
 * says. pressure 0..1 (0.5 where the device has none); tilt_x, tilt_y -1..1 (0 = upright);
 * time in ms since the first sample. */
typedef struct {
  double x, y;
  float pressure;
  float tilt_x, tilt_y;
  uint32_t time;
} BoardPoint;

/* What coordinates are rounded to. */
typedef enum {
  BOARD_PRECISION_USUAL, /* 1/16 board unit: not seen up to 400 % */
  BOARD_PRECISION_FINE,  /* 1/1024: for what is drawn from nearer, up to 6400 % */
} BoardPrecision;

/* From that scale (device pixels in a board unit) on, a sixteenth is more than a quarter of a
 * pixel: what is drawn there is kept finer. */
#define BOARD_FINE_SCALE 4.0

/**
 * BoardStroke: the points of a stroke, immutable and refcounted (any thread).
 *
 * Packed as text: base64url of varints (LEB128, zigzag for signed): first a byte of flags (1 =
 * pressures, 2 = tilts, 4 = times, 8 = fine), then the count, then for each point dx, dy in steps
 * of 1/16 unit (fine: of 1/1024) against the point before (the first: against 0) and, where
 * flagged, dpressure (1/1023), dtilt_x, dtilt_y (1/127), dtime (ms). What is not flagged is 0.5, 0, 0.
 *
 * A stroke keeps its points packed, a sixth of their size: a board holds 100,000 of them.
 */
typedef struct _BoardStroke BoardStroke;

#define BOARD_TYPE_STROKE (board_stroke_get_type ())
GType board_stroke_get_type (void);
/* points are copied; n_points 1..BOARD_MAX_POINTS. Everything is rounded to the packed precision
 * and clamped to its range (+-BOARD_COORDINATE_MAX, pressure 0..1, tilt -1..1, time 0..2^31-1
 * ms) here, so that what is drawn is what everybody gets; what is not finite counts as 0. */
BoardStroke *board_stroke_new (const BoardPoint *points, gsize n_points);
BoardStroke *board_stroke_new_with_precision (const BoardPoint *points,
                                              gsize n_points,
                                              BoardPrecision precision);
BoardStroke *board_stroke_ref (BoardStroke *self);
void board_stroke_unref (BoardStroke *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardStroke, board_stroke_unref)
gsize board_stroke_get_n_points (BoardStroke *self);
/* All points at once, unpacked at the first call and kept as long as the stroke: for who comes
 * back to them. Who passes over them once takes a BoardStrokeReader. Borrowed. */
const BoardPoint *board_stroke_get_points (BoardStroke *self, gsize *n_points);
/* Of the centre line, relative to the element; width or height are 0 for a straight line or a
 * dot. */
void board_stroke_get_extents (BoardStroke *self, BoardRect *extents);
gboolean board_stroke_has_pressure (BoardStroke *self);
BoardPrecision board_stroke_get_precision (BoardStroke *self);
/* The same packed text. */
gboolean board_stroke_equal (BoardStroke *a, BoardStroke *b);
/* Transfer full. */
char *board_stroke_pack (BoardStroke *self);
void board_stroke_append_packed (BoardStroke *self, GString *out);
/* Bytes of that text. */
gsize board_stroke_get_packed_length (BoardStroke *self);
/* Errors: BOARD_ERROR_SYNTAX (not base64url of such varints), _RANGE (a value that cannot be),
 * _LIMIT (no points, or more than BOARD_MAX_POINTS). */
BoardStroke *board_stroke_unpack (const char *text, GError **error);
/* The same of a text that need not end there. */
BoardStroke *board_stroke_unpack_length (const char *text, gsize length, GError **error);

/* Walks over the points without unpacking them all. On the stack; the stroke must outlive it. */
typedef struct {
  /*< private >*/
  const guint8 *at;
  const guint8 *end;
  guint left;
  guint8 flags;
  int64_t x, y, pressure, tilt_x, tilt_y, time;
} BoardStrokeReader;

void board_stroke_reader_init (BoardStrokeReader *reader, BoardStroke *stroke);
/* FALSE after the last. */
gboolean board_stroke_reader_next (BoardStrokeReader *reader, BoardPoint *point);

G_END_DECLS
