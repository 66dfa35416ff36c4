/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sync/draw-session.h"

G_BEGIN_DECLS

/**
 * DrawChatPanel: what was said, and a line to say something. It changes nothing itself.
 *
 * Signals:
 *   "said" (const char *text, const char *reply, gboolean with_place)   reply: a message's id, nullable
 *   "edited" (const char *id, const char *text), "deleted" (const char *id)   own messages
 *   "whispered" (const char *member, const char *text)   for that member alone
 *   "typing" ()                       something for all is being written
 *   "jumped" (double x, double y)     the place that a message speaks of
 *   "link-clicked" (const char *uri)  http or https
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
/* What one writes next goes to that member alone. */
void draw_chat_panel_begin_whisper (DrawChatPanel *self, DrawMember *member);
/* Private words between that member and this person, who said them if own. Shown until another board
 * is. */
void draw_chat_panel_add_whisper (DrawChatPanel *self,
                                  DrawMember *member,
                                  gboolean own,
                                  const char *text);
/* Somebody writes; told for some seconds. */
void draw_chat_panel_note_typing (DrawChatPanel *self, DrawMember *member);

G_END_DECLS
