/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-chats.h"

#include "board/board-limits.h"

struct _BoardChats {
  GPtrArray *lines; /* (element-type BoardChatLine) */
  GHashTable *ids;  /* own copy -> its place among all that there ever were, from 0 */
  guint64 ever;
  BoardHash hash;
};

BoardChats *
board_chats_new (void)
{
  BoardChats *self = g_new0 (BoardChats, 1);

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) board_chat_line_unref);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
board_chats_free (BoardChats *self)
{
  g_hash_table_unref (self->ids);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

static void
drop_oldest (BoardChats *self)
{
  BoardChatLine *oldest = g_ptr_array_index (self->lines, 0);

  board_hash_subtract (&self->hash, oldest->hash);
  g_hash_table_remove (self->ids, oldest->id);
  g_ptr_array_remove_index (self->lines, 0);
}

gboolean
board_chats_append (BoardChats *self, BoardChatLine *line)
{
  /* The first message of an id stays: ids are random, a second one is a mistake or malice. */
  if (g_hash_table_contains (self->ids, line->id))
    return FALSE;
  g_hash_table_insert (self->ids, g_strdup (line->id), GSIZE_TO_POINTER (self->ever++));
  g_ptr_array_add (self->lines, board_chat_line_ref (line));
  board_hash_add (&self->hash, line->hash);
  if (self->lines->len > BOARD_MAX_CHATS)
    drop_oldest (self);
  return TRUE;
}

static gboolean
change_line (BoardChats *self, const char *member, const BoardChange *change)
{
  int at = board_chats_find (self, change->id);
  BoardChatLine *old = at >= 0 ? board_chats_get (self, (guint) at) : NULL;
  BoardChatLine *line = old != NULL ? board_chat_line_change (old, change, member) : NULL;

  if (line == NULL)
    return FALSE;
  board_hash_subtract (&self->hash, old->hash);
  board_hash_add (&self->hash, line->hash);
  board_chat_line_unref (old);
  self->lines->pdata[at] = line;
  return TRUE;
}

gboolean
board_chats_apply (BoardChats *self, const char *member, int64_t time, const BoardChange *change)
{
  g_autoptr (BoardChatLine) line = NULL;

  if (change->type != BOARD_CHANGE_CHAT)
    return change_line (self, member, change);
  line = board_chat_line_say (change, member, time);
  return board_chats_append (self, line);
}

guint
board_chats_get_length (BoardChats *self)
{
  return self->lines->len;
}

guint64
board_chats_get_ever (BoardChats *self)
{
  return self->ever;
}

BoardChatLine *
board_chats_get (BoardChats *self, guint i)
{
  return g_ptr_array_index (self->lines, i);
}

int
board_chats_find (BoardChats *self, const char *id)
{
  gpointer ever;

  if (!g_hash_table_lookup_extended (self->ids, id, NULL, &ever))
    return -1;
  return (int) (GPOINTER_TO_SIZE (ever) - (self->ever - self->lines->len));
}

BoardHash
board_chats_get_hash (BoardChats *self)
{
  return self->hash;
}
