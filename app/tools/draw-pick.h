/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-tool-host.h"

G_BEGIN_DECLS

/* Widget pixels beside the ink that still count as on it. */
#define DRAW_PICK_TOLERANCE 5.0

/* The topmost element under a place (board units) that is not locked; a label stands for what it
 * labels. Borrowed; NULL: none. */
BoardElement *draw_pick_element (DrawToolHost *host, double x, double y);
/* The one under that one: what Alt picks. After the lowest comes the topmost again. @above: ids. */
BoardElement *draw_pick_below (DrawToolHost *host, double x, double y, GPtrArray *above);
/* The topmost locked one. */
BoardElement *draw_pick_locked (DrawToolHost *host, double x, double y);
/* The topmost shape that the place is inside of, filled or not, or line under it: what a label can
 * be written on. */
BoardElement *draw_pick_container (DrawToolHost *host, double x, double y);

G_END_DECLS
