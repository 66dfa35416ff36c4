/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-document.h"

G_BEGIN_DECLS

/* Ends of arrows and lines that stick to what they touch: "startBinding" and "endBinding", {"elementId",
 * "fixedPoint":[fx,fy], "mode":"inside"|"orbit"}. The fixed point is a part of the element's
 * box, turned as it is. Inside: the end is right there. Orbit: the line aims there and ends just
 * outside of the outline. Only the arrow says so: what is bound to is not changed, and a binding to
 * something that is not there any more binds nothing. */
typedef struct {
  const char *element; /* borrowed from the arrow */
  double fx, fy;       /* 0..1 */
  gboolean inside;
} BoardBinding;

/* FALSE when that end is free. What older files say (focus and gap) aims at the middle. */
gboolean board_binding_get (BoardElement *arrow, gboolean at_end, BoardBinding *binding);
/* What to bind an end to that is dropped at a place: the topmost shape, text, note, picture or frame
 * whose outline is within reach (board units), or that holds the place; NULL for none. Borrowed. */
BoardElement *board_binding_find (BoardDocument *document,
                                  double x,
                                  double y,
                                  double reach,
                                  const char *except_id);
/* The value of "startBinding" or "endBinding" for an end at a place. Transfer full. */
JsonNode *board_binding_make (BoardElement *target, double x, double y, gboolean inside);
/* Where an end so bound is, if the line comes from (from_x, from_y). */
void board_binding_place (BoardElement *target,
                          const BoardBinding *binding,
                          double from_x,
                          double from_y,
                          double *x,
                          double *y);
/* What "=" makes the arrow follow what its ends are bound to: "x", "y", "points", "width",
 * "height". start, end: those elements as they will be, or NULL: that end stays where it is. An elbow
 * arrow gets its whole way anew. Transfer full; NULL when nothing changes. */
JsonObject *board_binding_follow (BoardElement *arrow, BoardElement *start, BoardElement *end);

G_END_DECLS
