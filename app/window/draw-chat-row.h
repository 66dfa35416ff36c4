/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "board/board-document.h"
#include "sync/draw-member.h"

G_BEGIN_DECLS

/* DrawChatRow: one message: who, when, what. A long one is folded; the whole of it comes by a
 * click. */
#define DRAW_TYPE_CHAT_ROW (draw_chat_row_get_type ())
G_DECLARE_FINAL_TYPE (DrawChatRow, draw_chat_row, DRAW, CHAT_ROW, GtkListBoxRow)

typedef enum
{
  DRAW_CHAT_ROW_CONTINUED = 1 << 0, /* the message above is by the same person, who is not named again */
  DRAW_CHAT_ROW_MENTION = 1 << 1,   /* it names the person at this computer */
  DRAW_CHAT_ROW_PRIVATE = 1 << 2,   /* between two: it is stored nowhere */
} DrawChatRowFlags;

/* member: the author if known. reply: what it answers, in short; nullable. What can be done about the
 * message are actions "message.*" with its id: reply, edit, delete, jump, copy. */
GtkWidget *draw_chat_row_new (const BoardChat *chat,
                              DrawMember *member,
                              DrawChatRowFlags flags,
                              const char *reply);
/* shared: a message that the server has not ordered is marked as waiting. */
void draw_chat_row_set_shared (DrawChatRow *self, gboolean shared);
/* FALSE: nothing is known of who said it. */
gboolean draw_chat_row_has_author (DrawChatRow *self);
/* Whether the row shows just this message in this state. */
gboolean draw_chat_row_shows (DrawChatRow *self, const BoardChat *chat);
/* What is shown of a message before the click: at most 600 characters and 12 lines, "…" where it
 * was cut. Transfer full. */
char *draw_chat_row_fold (const char *text, gboolean *folded);

G_END_DECLS
