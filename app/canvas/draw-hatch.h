/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-manner.h"
#include "canvas/draw-curve.h"

G_BEGIN_DECLS

/* The lines that fill a form by hatching (hachure, cross-hatch, zigzag): parallel, at rough.js'
 * angle. Only those that may touch @clip are made; where they are does not depend on it, so that
 * tiles meet.
 *
 * @ring: (element-type DrawKnot) the form, straight from knot to knot, inside by the even-odd rule.
 * @gap: between two lines; @width: of a line; board units. Returns: lines to be drawn smooth
 * through their knots, (element-type GArray (DrawKnot)), transfer full. */
GPtrArray *draw_hatch_fill (GArray *ring,
                            const DrawManner *manner,
                            double gap,
                            double width,
                            const BoardRect *clip);

G_END_DECLS
