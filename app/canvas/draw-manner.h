/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-element.h"

G_BEGIN_DECLS

typedef enum {
  DRAW_FILL_SOLID,
  DRAW_FILL_HACHURE,
  DRAW_FILL_CROSS_HATCH,
  DRAW_FILL_ZIGZAG,
} DrawFill;

typedef enum { DRAW_DASH_SOLID, DRAW_DASH_DASHED, DRAW_DASH_DOTTED } DrawDash;

/* How an element is drawn, beside its colours. A value. */
typedef struct {
  DrawFill fill;
  DrawDash dash;
  double roughness; /* 0: exact; 1: by hand; 2: by a child's hand. Already less for small forms */
  uint32_t seed;    /* the same seed wobbles alike; never 0 */
} DrawManner;

void draw_manner_init (DrawManner *self, BoardElement *element);

G_END_DECLS
