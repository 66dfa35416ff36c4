/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-tile-layer.h"

G_BEGIN_DECLS

/* What is printed on the sheet. */
typedef enum {
  DRAW_PAPER_PLAIN,
  DRAW_PAPER_DOTS,
  DRAW_PAPER_LINES,
  DRAW_PAPER_GRID,
} DrawPaper;

/* Board units between two lines of a grid, as Excalidraw has it ("gridSize"); every
 * DRAW_PAPER_STEP-th is stronger. */
#define DRAW_PAPER_SPACING 20.0
#define DRAW_PAPER_STEP 5

/* "plain", "dots", "lines", "grid"; anything else is plain. */
DrawPaper draw_paper_parse (const char *name);
const char *draw_paper_get_name (DrawPaper paper);

/* Paints it over the sheet, from the main thread, each frame: a few dozen rectangles. Lines lie on
 * whole device pixels. Where they would lie too close, only each fifth is seen, and so on. */
void draw_paper_snapshot (DrawPaper paper,
                          double spacing,
                          GtkSnapshot *snapshot,
                          const DrawView *view,
                          gboolean dark);

G_END_DECLS
