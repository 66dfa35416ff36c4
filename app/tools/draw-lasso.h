/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-element.h"
#include "canvas/draw-mark.h"

G_BEGIN_DECLS

/* DrawLasso: a loop drawn around things. Its end is joined to its beginning. */
typedef struct _DrawLasso DrawLasso;

DrawLasso *draw_lasso_new (double x, double y);
void draw_lasso_free (DrawLasso *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawLasso, draw_lasso_free)

/* Steps shorter than @step (board units) are left out. */
void draw_lasso_add (DrawLasso *self, double x, double y, double step);
void draw_lasso_get_bounds (DrawLasso *self, BoardRect *bounds);
gboolean draw_lasso_contains_point (DrawLasso *self, double x, double y);
/* Whether all of the element is within: of a stroke its points, of a form its corners. */
gboolean draw_lasso_contains (DrawLasso *self, BoardElement *element);
void draw_lasso_add_marks (DrawLasso *self, GArray *marks);

G_END_DECLS
