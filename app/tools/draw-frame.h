/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-mark.h"

G_BEGIN_DECLS

typedef enum {
  DRAW_HANDLE_NONE,
  DRAW_HANDLE_NW,
  DRAW_HANDLE_N,
  DRAW_HANDLE_NE,
  DRAW_HANDLE_E,
  DRAW_HANDLE_SE,
  DRAW_HANDLE_S,
  DRAW_HANDLE_SW,
  DRAW_HANDLE_W,
  DRAW_HANDLE_TURN,
} DrawHandle;

/* What is around a selection: a box that may be turned about its middle, with handles on it. A
 * value; board units, radians. @scale: widget pixels per board unit, for handles are as large as a
 * hand needs them. */
typedef struct {
  BoardRect box;
  double angle;
} DrawFrame;

/* The handle within reach of the place. */
DrawHandle draw_frame_find (const DrawFrame *self, double x, double y, double scale);
void draw_frame_add_marks (const DrawFrame *self, double scale, GArray *marks);
/* Without the knob that turns. */
void draw_frame_add_side_marks (const DrawFrame *self, double scale, GArray *marks);
/* The name of a CSS cursor; NULL for none. */
const char *draw_frame_get_cursor (const DrawFrame *self, DrawHandle handle);
/* -1, 0 or 1: which side of the box a handle is at. */
void draw_frame_get_side (DrawHandle handle, int *column, int *row);
/* What the frame's sides are multiplied with when the handle is dragged by (dx, dy): negative when it
 * goes past the other side, never smaller than a thousandth. @by_middle: the middle stays, else the
 * opposite side. @in_ratio: both sides alike. */
void draw_frame_drag (const DrawFrame *self,
                      DrawHandle handle,
                      double dx,
                      double dy,
                      gboolean by_middle,
                      gboolean in_ratio,
                      double *sx,
                      double *sy);

G_END_DECLS
