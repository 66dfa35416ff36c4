/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-path.h"
#include "canvas/draw-manner.h"

G_BEGIN_DECLS

/* Numbers that look random and are the same for the same seed: Park and Miller's generator with the
 * multiplier 48271, as rough.js has it, so that files of Excalidraw wobble alike. */
typedef struct {
  uint32_t state;
} DrawRandom;

void draw_random_init (DrawRandom *self, uint32_t seed);
/* 0..1 */
double draw_random_next (DrawRandom *self);

/**
 * Lines as a hand draws them: bent a little, missing their ends a little, drawn twice. Our own
 * making of what rough.js (which Excalidraw draws with) shows: the same offsets, bows and double
 * strokes, with curves of ours in between.
 *
 * Returns: lines to be drawn smooth through their knots, (element-type GArray (DrawKnot)), transfer
 * full. @n_strokes: how often each is drawn: 2, or 1 for what is dashed.
 */
GPtrArray *draw_sketch_path (const DrawPath *path, const DrawManner *manner, guint n_strokes);
/* One line of a hatching, from @a to @b: added to @lines. Its wobble depends on @random alone. */
void draw_sketch_add_line (GPtrArray *lines,
                           const DrawKnot *a,
                           const DrawKnot *b,
                           double roughness,
                           DrawRandom *random);
/* An empty array that owns its lines. */
GPtrArray *draw_sketch_lines_new (void);

G_END_DECLS
