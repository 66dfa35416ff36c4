/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-chat-view.h"

#include "board-document-private.h"

struct _BoardChatView {
  const char *member;
  BoardChats *chats;
  BoardOverlay *overlay;
  BoardDocument *document;
  guint n_confirmed; /* messages at the front of the document's, the same as in chats */
};

BoardChatView *
board_chat_view_new (const char *member,
                     BoardChats *chats,
                     BoardOverlay *overlay,
                     BoardDocument *document)
{
  BoardChatView *self = g_new0 (BoardChatView, 1);

  self->member = member;
  self->chats = chats;
  self->overlay = overlay;
  self->document = document;
  return self;
}

void
board_chat_view_free (BoardChatView *self)
{
  g_free (self);
}

/* Among the pending ones, or -1. */
static int
find_pending (BoardChatView *self, const char *id)
{
  guint n = board_document_get_n_chats (self->document);

  for (guint at = self->n_confirmed; at < n; at++)
    if (g_str_equal (board_document_peek_chat (self->document, at)->id, id))
      return (int) at;
  return -1;
}

static void
push_line (BoardChatView *self, const BoardChange *change, BoardDamage *damage)
{
  g_autoptr (BoardChatLine) line = board_chat_line_say (change, self->member, 0);

  board_document_insert_chat (self->document, board_document_get_n_chats (self->document), line,
                              damage);
}

void
board_chat_view_push (BoardChatView *self, const BoardChange *change, BoardDamage *damage)
{
  int at = board_chats_find (self->chats, change->id);
  g_autoptr (BoardChatLine) line = NULL;

  if (change->type == BOARD_CHANGE_CHAT)
    {
      push_line (self, change, damage);
      return;
    }
  if (at < 0)
    at = find_pending (self, change->id);
  if (at >= 0)
    line = board_chat_line_change (board_document_peek_chat (self->document, (guint) at), change,
                                   self->member);
  if (line != NULL)
    board_document_put_chat (self->document, (guint) at, line, damage);
}

void
board_chat_view_hide (BoardChatView *self, BoardOp *op, BoardDamage *damage)
{
  for (guint i = 0; i < board_op_get_n_changes (op); i++)
    if (board_op_get_change_type (op, i) == BOARD_CHANGE_CHAT)
      {
        int at = find_pending (self, board_op_get_change_id (op, i));

        if (at >= 0)
          board_document_remove_chat (self->document, (guint) at, damage);
      }
}

void
board_chat_view_advance (BoardChatView *self, guint64 ever, BoardDamage *damage)
{
  guint n = board_chats_get_length (self->chats);
  guint added = (guint) (board_chats_get_ever (self->chats) - ever);

  for (guint i = n - MIN (added, n); i < n; i++)
    {
      BoardChatLine *confirmed = board_chats_get (self->chats, i);
      g_autoptr (BoardChatLine) line
          = board_overlay_fold_chat (self->overlay, confirmed, self->member);

      board_document_insert_chat (self->document, self->n_confirmed++, line, damage);
    }
  for (; self->n_confirmed > n; self->n_confirmed--)
    board_document_remove_chat (self->document, 0, damage);
}

void
board_chat_view_refresh (BoardChatView *self, const char *id, BoardDamage *damage)
{
  int at = board_chats_find (self->chats, id);
  g_autoptr (BoardChatLine) base = NULL;
  g_autoptr (BoardChatLine) line = NULL;

  if (at >= 0)
    base = board_chat_line_ref (board_chats_get (self->chats, (guint) at));
  else if ((at = find_pending (self, id)) >= 0)
    base = board_overlay_find_chat (self->overlay, id, self->member);
  if (base == NULL)
    return;
  line = board_overlay_fold_chat (self->overlay, base, self->member);
  board_document_put_chat (self->document, (guint) at, line, damage);
}
