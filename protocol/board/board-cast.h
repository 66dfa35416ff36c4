/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "board/board-stroke.h"

G_BEGIN_DECLS

/* What is inside a sealed cast: {"k":kind, ...}. Ephemeral: never stored, may be lost, newest wins.
 * Places and widths have the ranges of an element's, ids and colours its syntax. */
typedef enum {
  BOARD_CAST_UNKNOWN,
  BOARD_CAST_CURSOR, /* {"k":"cursor","x","y"}; without x, y: the pointer left */
  /* {"k":"ink","id","color","width","x","y","from":n,"points":packed}: points from index n on of
   * the wet stroke `id` */
  BOARD_CAST_INK,
  /* {"k":"ink-end","id"}: the wet stroke was given up; a finished one ends by its op */
  BOARD_CAST_INK_END,
  BOARD_CAST_TYPING, /* {"k":"typing"} */
} BoardCastType;

/* Owns its texts and its points. */
typedef struct {
  BoardCastType type;
  gboolean has_place; /* of a cursor; ink always has one */
  double x, y;
  char *id;
  char *color;
  double width;
  guint from;
  BoardStroke *points;
} BoardCast;

BoardCast *board_cast_new (BoardCastType type);
void board_cast_free (BoardCast *cast);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardCast, board_cast_free)
/* Transfer full. cast: not of kind BOARD_CAST_UNKNOWN. */
char *board_cast_to_json (const BoardCast *cast);
/* Strict as ops are; an unknown kind gives BOARD_CAST_UNKNOWN. length: bytes, or -1 when
 * terminated. */
BoardCast *board_cast_from_json (const char *text, gssize length, GError **error);

G_END_DECLS
