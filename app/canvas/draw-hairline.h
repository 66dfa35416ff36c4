/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-outline.h"

G_BEGIN_DECLS

/* A stroke that is seen from so far away that it is about a pixel wide: strips from sample to sample,
 * where curves, round ends and what fills bends would not be seen. */

/* Whether it is one, @knots being all samples, and @tolerance what nobody sees. */
gboolean draw_hairline_fits (const DrawKnot *knots, guint n_knots, double tolerance);
/* Leaves out knots that are nearer than that to the last that stays. Returns: how many are left. */
guint draw_hairline_thin_out (DrawKnot *knots, guint n_knots, double distance);
/* Makes the outline of its knots, of which there are two at least. */
void draw_hairline_add (DrawOutline *self);

G_END_DECLS
