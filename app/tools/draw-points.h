/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-edit.h"
#include "canvas/draw-mark.h"

G_BEGIN_DECLS

/* The points of a line or arrow that is not turned, as a hand takes them. */

typedef struct {
  guint index;     /* of the point; of a new one: before which it goes */
  gboolean is_new; /* the middle of a piece was taken: a point is made there */
} DrawPointHandle;

/* Whether its points can be taken one by one: a line or arrow, not turned, not an elbow arrow, with
 * few enough of them. */
gboolean draw_points_can_edit (BoardElement *element);
/* FALSE when none is within reach (board units). */
gboolean
draw_points_find (BoardElement *element, double x, double y, double reach, DrawPointHandle *handle);
void draw_points_add_marks (BoardElement *element, GArray *marks);
/* Puts the point at (x, y), board coordinates. @edit gets "points", "x", "y", "width", "height". */
void draw_points_move (DrawEdit *edit,
                       BoardElement *element,
                       const DrawPointHandle *handle,
                       double x,
                       double y);
/* Whether it is the first or the last one: those can be bound. */
gboolean
draw_points_is_end (BoardElement *element, const DrawPointHandle *handle, gboolean *at_end);
/* "points" with x, y, width and height of a way given in board coordinates. @xy: n pairs, 2 or more.
 */
/* Around the point that was chosen. */
void draw_points_add_chosen_mark (BoardElement *element, guint index, GArray *marks);
/* Takes a point away; an end that goes lets go of what it was bound to. FALSE: two must stay. */
gboolean draw_points_remove (DrawEdit *edit, BoardElement *element, guint index);
void draw_points_set (JsonObject *props, const double *xy, guint n);
/* A way of right angles between two places, for an arrow that is bound to nothing. Transfer full:
 * (element-type double) pairs. */
GArray *draw_points_route (const double from[2], const double to[2]);
/* Makes a line that goes straight from end to end, or by right angles. */
void draw_points_set_elbowed (DrawEdit *edit, BoardElement *element, gboolean elbowed);

G_END_DECLS
