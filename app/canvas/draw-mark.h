/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "canvas/draw-viewport.h"

G_BEGIN_DECLS

typedef enum {
  DRAW_MARK_LINE,   /* from (x0, y0) to (x1, y1) */
  DRAW_MARK_GUIDE,  /* a line that tells what snapped to what */
  DRAW_MARK_BOX,    /* a thin frame: corners (x0, y0) and (x1, y1), turned about its middle */
  DRAW_MARK_FRAME,  /* a strong frame */
  DRAW_MARK_TARGET, /* a broad, faint frame: what would be caught here */
  DRAW_MARK_HANDLE, /* a square at (x0, y0), turned */
  DRAW_MARK_KNOB,   /* a disc at (x0, y0) */
  DRAW_MARK_CHOSEN, /* a full disc as large as a knob */
  DRAW_MARK_DOT,    /* a small full disc at (x0, y0) */
} DrawMarkKind;

/**
 * DrawMark: something that a tool shows over the sheet and that is not on the board: a frame, a
 * handle, a guide. Places in board coordinates; how thick and large it is, the screen says. A value.
 */
typedef struct {
  DrawMarkKind kind;
  double x0, y0, x1, y1;
  double angle; /* radians */
} DrawMark;

/* Half of a handle's side, in widget pixels. */
#define DRAW_MARK_HANDLE_SIZE 4.5
/* Widget pixels between a frame and what it frames. */
#define DRAW_MARK_MARGIN 4.0

void
draw_mark_add_line (GArray *marks, DrawMarkKind kind, double x0, double y0, double x1, double y1);
void draw_mark_add_box (GArray *marks, DrawMarkKind kind, const BoardRect *box, double angle);
void draw_mark_add_handle (GArray *marks, DrawMarkKind kind, double x, double y, double angle);

/* Shows marks on a widget of width x height pixels. Marks far outside of it cost nothing. */
void draw_mark_snapshot (GArray *marks,
                         GtkSnapshot *snapshot,
                         DrawViewport *viewport,
                         double width,
                         double height);

G_END_DECLS
