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
  g_free (self->reply);
}

static void
append_text (GString *out, const char *name, const char *text)
{
  g_string_append_printf (out, "%s\"%s\":", out->str[out->len - 1] == '{' ? "" : ",", name);
  wire_json_append_string (out, text);
}

void
board_chat_line_append (GString *out, const BoardChatLine *self)
{
  g_string_append_c (out, '{');
  if (self->has_place)
    {
      g_string_append (out, "\"at\":[");
      wire_json_append_double (out, self->x + 0.0);
      g_string_append_c (out, ',');
      wire_json_append_double (out, self->y + 0.0);
      g_string_append_c (out, ']');
    }
  if (self->deleted || self->edited)
    g_string_append_printf (out, "%s\"%s\":true", self->has_place ? "," : "",
                            self->deleted ? "deleted" : "edited");
  append_text (out, "id", self->id);
  append_text (out, "member", self->member);
  if (self->reply != NULL)
    append_text (out, "reply", self->reply);
  append_text (out, "text", self->text);
  g_string_append_printf (out, ",\"time\":%" G_GINT64_FORMAT "}", (gint64) self->time);
}

static BoardChatLine *
line_finish (BoardChatLine *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  board_chat_line_append (text, self);
  self->hash = board_hash_text ('c', text->str);
  return self;
}

static BoardChatLine *
line_make (const char *id, const char *member, const char *text, int64_t time)
{
  BoardChatLine *self = g_rc_box_new0 (BoardChatLine);

  self->id = g_strdup (id);
  self->member = g_strdup (member);
  self->text = g_strdup (text);
  self->time = time;
  return self;
}

BoardChatLine *
board_chat_line_new (const char *id, const char *member, const char *text, int64_t time)
{
  return line_finish (line_make (id, member, text, time));
}

BoardChatLine *
board_chat_line_say (const BoardChange *change, const char *member, int64_t time)
{
  BoardChatLine *self = line_make (change->id, member, change->text, time);

  self->reply = g_strdup (change->reply);
  self->has_place = change->has_place;
  self->x = change->x;
  self->y = change->y;
  return line_finish (self);
}

BoardChatLine *
board_chat_line_change (const BoardChatLine *self, const BoardChange *change, const char *member)
{
  gboolean deleted = change->type == BOARD_CHANGE_CHAT_DELETE;
  BoardChatLine *changed;

  if (self->deleted || !g_str_equal (self->member, member))
    return NULL;
  changed = line_make (self->id, member, deleted ? "" : change->text, self->time);
  changed->deleted = deleted;
  changed->edited = !deleted;
  changed->reply = g_strdup (self->reply);
  changed->has_place = self->has_place;
  changed->x = self->x;
  changed->y = self->y;
  return line_finish (changed);
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
