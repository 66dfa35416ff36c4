/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-chat-line.h"

G_BEGIN_DECLS

/**
 * BoardChats: what was said on a board, in the order of the log: the newest BOARD_MAX_CHATS
 * messages.
 */
typedef struct _BoardChats BoardChats;

BoardChats *board_chats_new (void);
void board_chats_free (BoardChats *self);

/* Takes a change of a message in. FALSE when it changes nothing: the id was used before, there is
 * no such message, or it is not that member's. */
gboolean
board_chats_apply (BoardChats *self, const char *member, int64_t time, const BoardChange *change);
/* Puts a message of a snapshot behind all. FALSE when the id was used before. */
gboolean board_chats_append (BoardChats *self, BoardChatLine *line);
guint board_chats_get_length (BoardChats *self);
/* Those included that were dropped since. */
guint64 board_chats_get_ever (BoardChats *self);
BoardChatLine *board_chats_get (BoardChats *self, guint i);
/* The place of that message, or -1. */
int board_chats_find (BoardChats *self, const char *id);
BoardHash board_chats_get_hash (BoardChats *self);

G_END_DECLS
