/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-chat-line.h"

#include "json/wire-json.h"

static void
line_clear (gpointer data)
{
  BoardChatLine *self = data;

  g_free (self->id);
  g_free (self->member);
  g_free (self->text);
}

static BoardHash
line_hash (const BoardChatLine *self)
{
  g_autoptr (GString) text = g_string_new ("[");

  wire_json_append_string (text, self->id);
  g_string_append_c (text, ',');
  wire_json_append_string (text, self->member);
  g_string_append_c (text, ',');
  wire_json_append_string (text, self->text);
  g_string_append_c (text, ',');
  wire_json_append_int (text, self->time);
  g_string_append_c (text, ']');
  return board_hash_text ('c', text->str);
}

BoardChatLine *
board_chat_line_new (const char *id, const char *member, const char *text, int64_t time)
{
  BoardChatLine *self = g_rc_box_new0 (BoardChatLine);

  self->id = g_strdup (id);
  self->member = g_strdup (member);
  self->text = g_strdup (text);
  self->time = time;
  self->hash = line_hash (self);
  return self;
}

BoardChatLine *
board_chat_line_ref (BoardChatLine *self)
{
  return g_rc_box_acquire (self);
}

void
board_chat_line_unref (BoardChatLine *self)
{
  g_rc_box_release_full (self, line_clear);
}
