/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-chat-view.h"
#include "board-history.h"
#include "board-meeting-view.h"
#include "board-overlay.h"
#include "board-state.h"
#include "board/board-replica.h"

G_BEGIN_DECLS

struct _BoardReplica {
  GObject parent_instance;

  char *member;
  uint64_t seq;            /* of the last confirmed entry */
  uint64_t next_counter;   /* that the next own op takes */
  BoardState *state;       /* confirmed */
  BoardOverlay *overlay;   /* pending */
  BoardDocument *document; /* visible: the state with the overlay folded in */
  BoardChatView *chat_view;
  BoardMeetingView *meeting_view;
  BoardHistory *history;

  BoardDamage *damage; /* not yet emitted, or NULL */
  guint frozen;
  guint acts; /* that have begun and not ended */
  gboolean could_undo, could_redo; /* as last notified */
};

/* What changed and nobody has heard of yet. */
BoardDamage *board_replica_get_damage (BoardReplica *self);
/* An own change, on top of everything that is shown. */
void board_replica_show_change (BoardReplica *self, const BoardChange *change);
/* Shows a judged own op on top of everything and keeps it pending. record: in the open step of the
 * history. Returns its counter. */
uint64_t board_replica_push_own (BoardReplica *self, BoardOp *op, gboolean record);
/* The end of everything that changes something: only here do others hear of it, when all is in
 * order. */
void board_replica_settle (BoardReplica *self);
/* When there is a new state: views hold parts of it. */
void board_replica_make_views (BoardReplica *self);

G_END_DECLS
