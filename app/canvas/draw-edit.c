/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-edit.h"

#include "board/board-limits.h"

/* A change of place is about 80 bytes of JSON; sealed and in base64, 1,500 of them are 160 KiB. */
#define CHANGES_MAX 1500

/* One of the three: */
typedef struct {
  char *id;
  JsonObject *props;     /* set */
  BoardElement *element; /* added */
  gboolean removed;
} Change;

struct _DrawEdit {
  BoardDocument *document;
  GPtrArray *changes; /* (element-type Change) in order */
  GHashTable *by_id;  /* the same, borrowed */
};

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->id);
  g_clear_pointer (&change->props, json_object_unref);
  g_clear_pointer (&change->element, board_element_unref);
  g_free (change);
}

DrawEdit *
draw_edit_new (BoardDocument *document)
{
  DrawEdit *self;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), NULL);

  self = g_new0 (DrawEdit, 1);
  self->document = g_object_ref (document);
  self->changes = g_ptr_array_new_with_free_func (change_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
draw_edit_free (DrawEdit *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->changes);
  g_object_unref (self->document);
  g_free (self);
}

static Change *
ensure_change (DrawEdit *self, const char *id)
{
  Change *change = g_hash_table_lookup (self->by_id, id);

  if (change != NULL)
    return change;
  change = g_new0 (Change, 1);
  change->id = g_strdup (id);
  g_ptr_array_add (self->changes, change);
  g_hash_table_insert (self->by_id, change->id, change);
  return change;
}

static void
copy_member (JsonObject *from, const char *name, JsonNode *value, gpointer to)
{
  json_object_set_member (to, name, json_node_copy (value));
}

/* What is added has no history: it simply becomes another one. */
static void
set_added (Change *change, JsonObject *props)
{
  BoardElement *element = board_element_with (change->element, props, NULL);

  if (element == NULL)
    return;
  board_element_unref (change->element);
  change->element = element;
}

void
draw_edit_set (DrawEdit *self, const char *id, JsonObject *props)
{
  Change *change;

  g_return_if_fail (self != NULL && id != NULL && props != NULL);

  change = g_hash_table_lookup (self->by_id, id);
  if (change != NULL && change->removed)
    return;
  if (change != NULL && change->element != NULL)
    {
      set_added (change, props);
      return;
    }
  if (board_document_get_element (self->document, id) == NULL)
    return;
  change = ensure_change (self, id);
  if (change->props == NULL)
    change->props = json_object_new ();
  json_object_foreach_member (props, copy_member, change->props);
}

void
draw_edit_set_member (DrawEdit *self, const char *id, const char *name, JsonNode *value)
{
  g_autoptr (JsonObject) props = json_object_new ();

  json_object_set_member (props, name, value);
  draw_edit_set (self, id, props);
}

void
draw_edit_add (DrawEdit *self, BoardElement *element)
{
  Change *change;

  g_return_if_fail (self != NULL && element != NULL);

  change = ensure_change (self, board_element_get_id (element));
  g_return_if_fail (change->element == NULL);
  change->element = board_element_ref (element);
}

void
draw_edit_remove (DrawEdit *self, const char *id)
{
  Change *change;

  g_return_if_fail (self != NULL && id != NULL);

  change = ensure_change (self, id);
  change->removed = TRUE;
  g_clear_pointer (&change->props, json_object_unref);
  g_clear_pointer (&change->element, board_element_unref);
}

void
draw_edit_move (DrawEdit *self, const char *id, double dx, double dy)
{
  g_autoptr (BoardElement) element = NULL;
  g_autoptr (JsonObject) props = json_object_new ();
  const double max = BOARD_COORDINATE_MAX;

  g_return_if_fail (self != NULL && id != NULL);

  element = draw_edit_get_element (self, id);
  if (element == NULL)
    return;
  json_object_set_double_member (props, "x", CLAMP (board_element_get_x (element) + dx, -max, max));
  json_object_set_double_member (props, "y", CLAMP (board_element_get_y (element) + dy, -max, max));
  draw_edit_set (self, id, props);
}

BoardElement *
draw_edit_get_element (DrawEdit *self, const char *id)
{
  Change *change;
  BoardElement *element;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  change = g_hash_table_lookup (self->by_id, id);
  element = board_document_get_element (self->document, id);
  if (change != NULL && change->removed)
    return NULL;
  if (change != NULL && change->element != NULL)
    return board_element_ref (change->element);
  if (element == NULL)
    return NULL;
  if (change == NULL)
    return board_element_ref (element);
  return board_element_with (element, change->props, NULL);
}

gboolean
draw_edit_has (DrawEdit *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, FALSE);

  return g_hash_table_contains (self->by_id, id);
}

gboolean
draw_edit_keeps (DrawEdit *self, const char *id)
{
  const Change *change;

  g_return_val_if_fail (self != NULL && id != NULL, FALSE);

  change = g_hash_table_lookup (self->by_id, id);
  if (change != NULL && (change->removed || change->element != NULL))
    return !change->removed;
  return board_document_get_element (self->document, id) != NULL;
}

gboolean
draw_edit_sets (DrawEdit *self, const char *id, const char *name)
{
  const Change *change;

  g_return_val_if_fail (self != NULL && id != NULL, FALSE);

  change = g_hash_table_lookup (self->by_id, id);
  return change != NULL && change->props != NULL && json_object_has_member (change->props, name);
}

GPtrArray *
draw_edit_list_ids (DrawEdit *self)
{
  GPtrArray *ids = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, ids);

  for (guint i = 0; i < self->changes->len; i++)
    g_ptr_array_add (ids, ((Change *) self->changes->pdata[i])->id);
  return ids;
}

guint
draw_edit_get_n_changes (DrawEdit *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->changes->len;
}

GPtrArray *
draw_edit_get_elements (DrawEdit *self)
{
  GPtrArray *elements = g_ptr_array_new_with_free_func ((GDestroyNotify) board_element_unref);

  g_return_val_if_fail (self != NULL, elements);

  for (guint i = 0; i < self->changes->len; i++)
    {
      const Change *change = self->changes->pdata[i];
      BoardElement *element = draw_edit_get_element (self, change->id);

      if (element != NULL)
        g_ptr_array_add (elements, element);
    }
  return elements;
}

static void
add_to_op (BoardOp *op, const Change *change)
{
  if (change->removed)
    board_op_remove_element (op, change->id);
  else if (change->element != NULL)
    board_op_add_element (op, change->element);
  else
    board_op_set_props (op, change->id, change->props);
}

GPtrArray *
draw_edit_get_ops (DrawEdit *self)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) board_op_unref);

  g_return_val_if_fail (self != NULL, ops);

  for (guint i = 0; i < self->changes->len; i++)
    {
      if (i % CHANGES_MAX == 0)
        g_ptr_array_add (ops, board_op_new ());
      add_to_op (ops->pdata[ops->len - 1], self->changes->pdata[i]);
    }
  return ops;
}
