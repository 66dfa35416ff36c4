/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-chat-line.h"
#include "board-hash.h"
#include "board-meeting-private.h"
#include "board/board-document.h"

G_BEGIN_DECLS

/* How the replica writes the document. Every writer adds to the damage what it changed. */

/* Shows the element, new or in place of the one of that id. */
void board_document_put (BoardDocument *self, BoardElement *element, BoardDamage *damage);
/* The same for many, in any order. (element-type BoardElement) */
void board_document_put_all (BoardDocument *self, GPtrArray *elements, BoardDamage *damage);
void board_document_take (BoardDocument *self, const char *id, BoardDamage *damage);
/* Nothing drawn and nothing said any more. */
void board_document_clear (BoardDocument *self, BoardDamage *damage);
void board_document_set_title (BoardDocument *self, const char *title, BoardDamage *damage);
void board_document_insert_chat (BoardDocument *self,
                                 guint at,
                                 BoardChatLine *line,
                                 BoardDamage *damage);
void board_document_remove_chat (BoardDocument *self, guint at, BoardDamage *damage);
void
board_document_put_chat (BoardDocument *self, guint at, BoardChatLine *line, BoardDamage *damage);
/* Has it show that one from now on. */
void board_document_show_meeting (BoardDocument *self, BoardMeeting *meeting);
BoardChatLine *board_document_peek_chat (BoardDocument *self, guint at);
BoardHash board_document_get_hash (BoardDocument *self);

G_END_DECLS
