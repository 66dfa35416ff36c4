/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-selection.h"

G_BEGIN_DECLS

typedef enum {
  DRAW_ALIGN_LEFT,
  DRAW_ALIGN_CENTER,
  DRAW_ALIGN_RIGHT,
  DRAW_ALIGN_TOP,
  DRAW_ALIGN_MIDDLE,
  DRAW_ALIGN_BOTTOM,
} DrawAlign;

typedef enum {
  DRAW_ORDER_BACK,
  DRAW_ORDER_BACKWARD,
  DRAW_ORDER_FORWARD,
  DRAW_ORDER_FRONT,
} DrawOrder;

/* Verbs on what is selected. As in draw-selection.h: they return the ops to be emitted, transfer
 * full, never NULL; none where there is nothing to do. What is grouped is moved as one thing. */

/* To the edge or middle of the box around all. */
GPtrArray *draw_arrange_align (BoardDocument *document, GPtrArray *ids, DrawAlign align);
/* The same room between one and the next, the outermost stay. */
GPtrArray *draw_arrange_distribute (BoardDocument *document, GPtrArray *ids, gboolean vertical);
/* About the middle of the box around all: left becomes right, or (vertical) top bottom. */
GPtrArray *draw_arrange_flip (BoardDocument *document, GPtrArray *ids, gboolean vertical);
/* Backward and forward: past the next one that they overlap with. */
GPtrArray *draw_arrange_order (BoardDocument *document, GPtrArray *ids, DrawOrder order);
GPtrArray *draw_arrange_group (BoardDocument *document, GPtrArray *ids);
/* Takes the outermost groups away. */
GPtrArray *draw_arrange_ungroup (BoardDocument *document, GPtrArray *ids);
/* Locked ones are not left out here. */
GPtrArray *draw_arrange_lock (BoardDocument *document, GPtrArray *ids, gboolean locked);

G_END_DECLS
