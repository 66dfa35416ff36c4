/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-session-removal.h"

/* An id has 64 bytes at most: so many of them are far below what can be sealed. */
#define OP_CHANGES 2000

GPtrArray *
draw_session_make_removal (DrawSession *self, const char *member, guint *n)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) board_op_unref);
  g_autoptr (GPtrArray) elements = NULL;
  BoardReplica *replica;

  g_return_val_if_fail (DRAW_IS_SESSION (self) && member != NULL && n != NULL, ops);

  *n = 0;
  replica = draw_session_get_replica (self);
  elements = board_document_query (draw_session_get_document (self), NULL);
  for (guint i = 0; i < elements->len; i++)
    {
      const char *id = board_element_get_id (g_ptr_array_index (elements, i));
      const char *author = NULL, *writer = NULL;

      if (!board_replica_get_authors (replica, id, &author, &writer) || g_strcmp0 (author, member) != 0)
        continue;
      if (*n % OP_CHANGES == 0)
        g_ptr_array_add (ops, board_op_new ());
      board_op_remove_element (g_ptr_array_index (ops, ops->len - 1), id);
      (*n)++;
    }
  return ops;
}
