/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "board/board-stroke.h"

G_BEGIN_DECLS

/* What is inside a sealed cast or whisper: {"k":kind, ...}. Ephemeral: never stored, may be lost,
 * newest wins. Places, sizes and widths have the ranges of an element's, ids and colours its
 * syntax. Who comes later has not heard of it: what lasts (a raised hand, who presents) is cast
 * again to those who come. */
typedef enum {
  BOARD_CAST_UNKNOWN,
  BOARD_CAST_CURSOR, /* {"k":"cursor","x","y"}; without x, y: the pointer left */
  /* {"k":"ink","id","color","width","x","y","from":n,"points":packed}: points from index n on of
   * the wet stroke `id` */
  BOARD_CAST_INK,
  /* {"k":"ink-end","id"}: the wet stroke was given up; a finished one ends by its op */
  BOARD_CAST_INK_END,
  BOARD_CAST_TYPING, /* {"k":"typing"} */
  /* As ink: a trail that everybody lets fade by themselves. */
  BOARD_CAST_LASER,
  /* {"k":"reaction","text","x","y"}: an emoji, 1..BOARD_MAX_REACTION characters; x, y may be absent */
  BOARD_CAST_REACTION,
  /* {"k":"view","x","y","width","height"}: what the member sees, for those who follow; "call":true:
   * everybody is asked to come there, of which only a host's counts */
  BOARD_CAST_VIEW,
  /* {"k":"selection","ids":[..]}: what the member has selected, all of it; at most
   * BOARD_MAX_CAST_IDS, who has more names some */
  BOARD_CAST_SELECTION,
  BOARD_CAST_HAND,    /* {"k":"hand","on":bool}: raised */
  BOARD_CAST_PRESENT, /* {"k":"present","on":bool}: asks to be followed */
  BOARD_CAST_SPOTLIGHT, /* {"k":"spotlight","on":bool}: everybody is to look at the member's pointer */
  BOARD_CAST_AWAY,    /* {"k":"away","on":bool}: nobody sits there now */
  /* {"k":"say","id","text"}: private words, in a whisper alone; text: 1..BOARD_MAX_CHAT characters */
  BOARD_CAST_SAY,
  /* {"k":"hash","seq","hash"}: what the member has at that position of the log, 1.., as
   * board_replica_dup_confirmed_hash() says it: who has something else there reads the log anew */
  BOARD_CAST_HASH,
} BoardCastType;

/* Owns its texts, ids and points. */
typedef struct {
  BoardCastType type;
  gboolean has_place; /* of a cursor, a reaction; ink and the like always have one */
  double x, y;
  double width; /* of ink, laser: of the line; of a view: of what is seen */
  double height;
  char *id;
  char *color;
  guint from;
  BoardStroke *points;
  char *text;  /* of a hash, too */
  int64_t seq; /* of a hash */
  char **ids; /* terminated */
  gboolean call;
  gboolean on;
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
