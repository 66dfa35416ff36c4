/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-chats.h"
#include "board-overlay.h"
#include "board/board-document.h"

G_BEGIN_DECLS

/**
 * BoardChatView: how a document shows messages: those of the log, with pending edits folded in,
 * at the same places as in the log; behind them those that are pending.
 */
typedef struct _BoardChatView BoardChatView;

/* All borrowed. */
BoardChatView *board_chat_view_new (const char *member,
                                    BoardChats *chats,
                                    BoardOverlay *overlay,
                                    BoardDocument *document);
void board_chat_view_free (BoardChatView *self);

/* An own change, on top of everything. */
void board_chat_view_push (BoardChatView *self, const BoardChange *change, BoardDamage *damage);
/* Takes the messages of an own op, pending until now, from behind the confirmed ones. */
void board_chat_view_hide (BoardChatView *self, BoardOp *op, BoardDamage *damage);
/* Shows what was said since there were ever messages, and drops what the log dropped. */
void board_chat_view_advance (BoardChatView *self, guint64 ever, BoardDamage *damage);
/* Shows a message as log and pending ops say. */
void board_chat_view_refresh (BoardChatView *self, const char *id, BoardDamage *damage);

G_END_DECLS
