/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "board/board-types.h"

G_BEGIN_DECLS

/* What stands between a person and a board, as far as a person can do something about it. */
typedef enum {
  DRAW_OBSTACLE_NONE,
  /* On the way. */
  DRAW_OBSTACLE_NO_NETWORK,     /* this computer has none */
  DRAW_OBSTACLE_NO_SUCH_NAME,   /* the host's name means nothing here */
  DRAW_OBSTACLE_NOBODY_LISTENS, /* the computer is there, a server is not */
  DRAW_OBSTACLE_NO_WAY,         /* no route */
  DRAW_OBSTACLE_NO_ANSWER,      /* off, elsewhere, or behind a firewall */
  DRAW_OBSTACLE_CERTIFICATE,    /* TLS */
  DRAW_OBSTACLE_NOT_DRAWBRIDGE, /* something else answers */
  /* The server's no. */
  DRAW_OBSTACLE_NO_BOARD,
  DRAW_OBSTACLE_ENDED,
  DRAW_OBSTACLE_NOT_INVITED,
  DRAW_OBSTACLE_EXPIRED,
  DRAW_OBSTACLE_USED_UP,
  DRAW_OBSTACLE_BANNED,
  DRAW_OBSTACLE_KICKED,
  DRAW_OBSTACLE_REPLACED, /* opened somewhere else by the same member */
  DRAW_OBSTACLE_LOCKED,
  DRAW_OBSTACLE_FULL,
  DRAW_OBSTACLE_BUSY,
  DRAW_OBSTACLE_VERSION,
  DRAW_OBSTACLE_OLDER, /* the server's copy is older than the one here */
  DRAW_OBSTACLE_REFUSED,
  DRAW_N_OBSTACLES,
} DrawObstacle;

DrawObstacle draw_obstacle_of_refusal (BoardRefusal refusal);
/* Of a request that did not come to an answer: errors of GResolver, GIO, GTls and libsoup. */
DrawObstacle draw_obstacle_of_error (const GError *error);

/* A heading: what it is. Translated, static; "" for none. */
const char *draw_obstacle_get_title (DrawObstacle obstacle);
/* One or two sentences: what can be done about it. Translated, static; "" for none. */
const char *draw_obstacle_get_advice (DrawObstacle obstacle);
/* Whether the same link can be good a moment later. */
gboolean draw_obstacle_may_pass (DrawObstacle obstacle);

G_END_DECLS
