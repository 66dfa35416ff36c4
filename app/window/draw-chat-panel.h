/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sync/draw-session.h"

G_BEGIN_DECLS

/**
 * DrawChatPanel: what is said on the board, and a place to say something. All of it is strangers'
 * text: shown as it is, never as markup, and no more of it than a person can read.
 *
 * Signal: "said" (const char *text): stripped, not empty, at most BOARD_MAX_CHAT characters.
 */
#define DRAW_TYPE_CHAT_PANEL (draw_chat_panel_get_type ())
G_DECLARE_FINAL_TYPE (DrawChatPanel, draw_chat_panel, DRAW, CHAT_PANEL, GtkWidget)

/* Both nullable. members: of DrawMember, for names and colours. */
void draw_chat_panel_set_board (DrawChatPanel *self, BoardDocument *document, GListModel *members);
/* To be called when the chat changed. */
void draw_chat_panel_update (DrawChatPanel *self);
/* shared: only on a shared board does an own message wait for something. */
void draw_chat_panel_set_shared (DrawChatPanel *self, gboolean shared);
void draw_chat_panel_set_can_write (DrawChatPanel *self, gboolean can_write);
void draw_chat_panel_focus (DrawChatPanel *self);

G_END_DECLS
