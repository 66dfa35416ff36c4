/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-op.h"

G_BEGIN_DECLS

/* One change of an op. Of the fields those that the type has; owned. */
typedef struct {
  BoardChangeType type;
  char *id;              /* of an element, a message, a poll, a ballot */
  BoardElement *element; /* of "+" */
  JsonObject *props;     /* of "=" */
  char *text;         /* of a message, a title, a poll's question; of an unknown change all of it */
  char *reply;        /* the message that a message answers, or NULL */
  gboolean has_place; /* of a message: it speaks of a place */
  double x, y;
  char **options;  /* of a poll, terminated */
  gboolean many;   /* of a poll: more than one may be chosen */
  guint32 choices; /* of a vote: bit n is option n */
  char *target;    /* of dots: the element */
  guint count;     /* of dots; of a ballot: for each member */
  int64_t ms;      /* of a timer; 0 ends it */
  gboolean paused;
} BoardChange;

BoardChange *board_change_new (BoardChangeType type);
void board_change_free (BoardChange *self);
/* NULL and an error that an op becomes void by. */
BoardChange *board_change_parse (JsonNode *node, GError **error);
/* Canonical. */
void board_change_append (GString *out, const BoardChange *self);

/* Of an op that is talk. */
gboolean board_change_type_is_talk (BoardChangeType type);
/* Of polls, ballots, dots and timers. */
gboolean board_change_type_is_meeting (BoardChangeType type);

/* An op of the one change. */
BoardOp *board_op_from_node (JsonNode *node, GError **error);
/* Borrowed. */
const BoardChange *board_op_peek_change (BoardOp *op, guint i);

G_END_DECLS
