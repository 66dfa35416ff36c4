/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-curve.h"

G_BEGIN_DECLS

/* Cuts a line of straight pieces into dashes: @on units of ink, @off units of none, and again. Of
 * those only what may touch @clip is made, so that a dash of a line as long as the board costs what
 * is seen of it; where they are does not depend on the clip. Ends are round, so what is inked is
 * longer by the width of the line.
 *
 * Returns: (element-type GArray (DrawKnot)), transfer full. */
GPtrArray *
draw_dash_cut (const DrawKnot *knots, guint n_knots, double on, double off, const BoardRect *clip);

G_END_DECLS
