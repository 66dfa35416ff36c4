/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-op-list.h"

#include <string.h>

#include "board-canonical.h"
#include "board-element-private.h"

/* Far below what a sealed op may hold even where deflating saves nothing; one element may be more. */
#define FULL (128 * 1024)
#define MAX_CHANGES 4000

struct _BoardOpList {
  GPtrArray *ops; /* (element-type BoardOp) */
  BoardOp *op;    /* the last of ops, or NULL */
  gsize size;     /* about the length of its text */
};

static GPtrArray *
ops_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) board_op_unref);
}

BoardOpList *
board_op_list_new (void)
{
  BoardOpList *self = g_new0 (BoardOpList, 1);

  self->ops = ops_new ();
  return self;
}

void
board_op_list_free (BoardOpList *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->ops);
  g_free (self);
}

/* The op that has room for so much more. */
static BoardOp *
open_op (BoardOpList *self, gsize more)
{
  if (self->op == NULL || (self->size > 0 && self->size + more > FULL)
      || board_op_get_n_changes (self->op) >= MAX_CHANGES)
    {
      self->op = board_op_new ();
      self->size = 0;
      g_ptr_array_add (self->ops, self->op);
    }
  self->size += more;
  return self->op;
}

void
board_op_list_add_element (BoardOpList *self, BoardElement *element)
{
  g_return_if_fail (self != NULL && element != NULL);

  board_op_add_element (open_op (self, board_element_get_text_length (element) + 8), element);
}

void
board_op_list_set_props (BoardOpList *self, const char *id, JsonObject *props)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GString) text = NULL;

  g_return_if_fail (self != NULL && id != NULL && props != NULL);

  node = json_node_init_object (json_node_alloc (), props);
  text = g_string_new (NULL);
  board_canonical_append (text, node);
  board_op_set_props (open_op (self, text->len + strlen (id) + 10), id, props);
}

void
board_op_list_remove_element (BoardOpList *self, const char *id)
{
  g_return_if_fail (self != NULL && id != NULL);

  board_op_remove_element (open_op (self, strlen (id) + 10), id);
}

void
board_op_list_set_title (BoardOpList *self, const char *title)
{
  g_return_if_fail (self != NULL && title != NULL);

  board_op_set_title (open_op (self, strlen (title) + 12), title);
}

GPtrArray *
board_op_list_steal (BoardOpList *self)
{
  GPtrArray *ops;

  g_return_val_if_fail (self != NULL, NULL);

  ops = self->ops;
  self->ops = ops_new ();
  self->op = NULL;
  return ops;
}

GPtrArray *
board_op_list_copy_document (BoardDocument *document)
{
  g_autoptr (BoardOpList) list = NULL;
  g_autoptr (GPtrArray) elements = NULL;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), NULL);

  list = board_op_list_new ();
  elements = board_document_query (document, NULL);
  if (*board_document_get_title (document) != '\0')
    board_op_list_set_title (list, board_document_get_title (document));
  for (guint i = 0; i < elements->len; i++)
    board_op_list_add_element (list, g_ptr_array_index (elements, i));
  return board_op_list_steal (list);
}
