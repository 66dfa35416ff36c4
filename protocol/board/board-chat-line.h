/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

#include "board-change.h"
#include "board-hash.h"

G_BEGIN_DECLS

/* A chat message of a log: immutable, counted; shared by the confirmed and the visible state. */
typedef struct {
  char *id;
  char *member;
  char *text;
  char *reply; /* the message that it answers, or NULL */
  gboolean has_place;
  double x, y;
  int64_t time; /* ms since the epoch; 0 while it is pending */
  gboolean edited, deleted;
  BoardHash hash;
} BoardChatLine;

BoardChatLine *
board_chat_line_new (const char *id, const char *member, const char *text, int64_t time);
/* change: of type BOARD_CHANGE_CHAT. */
BoardChatLine *board_chat_line_say (const BoardChange *change, const char *member, int64_t time);
/* What an edit or a deletion by that member makes of it, (transfer full); NULL when that member
 * cannot: others' messages and deleted ones stay as they are. */
BoardChatLine *
board_chat_line_change (const BoardChatLine *self, const BoardChange *change, const char *member);
BoardChatLine *board_chat_line_ref (BoardChatLine *self);
void board_chat_line_unref (BoardChatLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardChatLine, board_chat_line_unref)
/* All of it as canonical JSON: what is hashed, compared and kept in snapshots. */
void board_chat_line_append (GString *out, const BoardChatLine *self);

G_END_DECLS
