/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-types.h"

G_BEGIN_DECLS

typedef enum {
  BOARD_HEADING_RIGHT,
  BOARD_HEADING_DOWN,
  BOARD_HEADING_LEFT,
  BOARD_HEADING_UP,
} BoardHeading;

/* One end of an arrow of right angles. */
typedef struct {
  double x, y;
  BoardHeading heading; /* to where the line leaves that end */
  BoardRect box;        /* what it is bound to and should not be crossed; empty for nothing */
} BoardElbowEnd;

typedef struct {
  double x, y;
} BoardElbowPoint;

/* A way from start to end along both axes alone that leaves both ends as they say: with few bends,
 * short, around both boxes where there is room. Both ends are in it; the same ends give the same
 * way everywhere. Returns: (transfer full) (element-type BoardElbowPoint), 2 or more. */
GArray *board_elbow_route (const BoardElbowEnd *start, const BoardElbowEnd *end);

G_END_DECLS
