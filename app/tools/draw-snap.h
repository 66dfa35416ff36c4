/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-document.h"

G_BEGIN_DECLS

/**
 * DrawSnap: the lines that something being moved or resized can be caught by: edges and middles of
 * what else is in sight. Handwriting does not catch: it has no edges that anybody means.
 */
typedef struct _DrawSnap DrawSnap;

/* What is in @visible except @moved (ids). At most DRAW_SNAP_MAX elements are looked at; NULL,
 * when there are more: then everything would catch. Transfer full. */
#define DRAW_SNAP_MAX 400
DrawSnap *draw_snap_new (BoardDocument *document, const BoardRect *visible, GPtrArray *moved);
void draw_snap_free (DrawSnap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawSnap, draw_snap_free)

/* How far @box has to go on to be caught: the shortest way within @reach, per axis; 0 where nothing
 * catches. Its edges and its middle are tried. */
void draw_snap_box (DrawSnap *self, const BoardRect *box, double reach, double *dx, double *dy);
/* The same for a point; an axis is left out with NULL. */
void draw_snap_point (DrawSnap *self, double x, double y, double reach, double *dx, double *dy);
/* Adds guides (DrawMark) for every line that @box lies on now. */
void draw_snap_add_guides (DrawSnap *self, const BoardRect *box, GArray *marks);

G_END_DECLS
