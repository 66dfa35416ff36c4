/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-outline.h"

G_BEGIN_DECLS

/* For the ways of making an outline: draw-outline.c, draw-hairline.c. */

/* Pieces between knots in a chunk: a tile that touches a long stroke pays for what is near. */
#define DRAW_OUTLINE_CHUNK_PIECES 24
#define DRAW_OUTLINE_LENGTH_MIN 1e-9

typedef struct {
  double x, y;
  double dx, dy; /* direction of the middle, length 1 */
  double r;
} DrawRib;

typedef struct {
  guint first_xy; /* first coordinate in xy */
  guint first_polygon;
  BoardRect bounds;
} DrawOutlineChunk;

struct _DrawOutline {
  gatomicrefcount refs;

  DrawOutlineKind kind;
  double tolerance;
  GArray *knots;    /* DrawKnot; NULL when not kept */
  GArray *ribs;     /* DrawRib: of the chunk being made; NULL as knots */
  GArray *xy;       /* float: x, y of all polygons in order */
  GArray *polygons; /* guint: points of each */
  GArray *chunks;   /* DrawOutlineChunk */
};

/* From the left ends of the ribs back along their right ends. Less than two: nothing. */
void draw_outline_add_strip (DrawOutline *self, const DrawRib *ribs, guint n_ribs);
/* What was added since is a chunk. */
DrawOutlineChunk draw_outline_begin_chunk (DrawOutline *self);
void draw_outline_end_chunk (DrawOutline *self, DrawOutlineChunk *chunk);

G_END_DECLS
