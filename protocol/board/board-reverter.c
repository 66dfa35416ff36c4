/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-reverter.h"

#include <string.h>

#include "board-canonical.h"
#include "board-element-private.h"
#include "board-schema.h"
#include "board/board-op-list.h"
#include "board/board-limits.h"

struct _BoardReverter {
  BoardDocument *document; /* owned */
  BoardOpList *ops;
  GHashTable *now; /* id -> whether it is there after what was written, where that differs */
  GHashTable *written; /* "id prop" -> its value after what was written, NULL for none */
  char *title;     /* after what was written */
  char *id;        /* whose properties are collected */
  JsonObject *props;
};

static void
node_free (gpointer node)
{
  if (node != NULL)
    json_node_unref (node);
}

BoardReverter *
board_reverter_new (BoardDocument *document)
{
  BoardReverter *self = g_new0 (BoardReverter, 1);

  self->document = g_object_ref (document);
  self->title = g_strdup (board_document_get_title (document));
  self->ops = board_op_list_new ();
  self->now = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, node_free);
  return self;
}

static gboolean
is_there (BoardReverter *self, const char *id)
{
  gpointer there;

  if (g_hash_table_lookup_extended (self->now, id, NULL, &there))
    return GPOINTER_TO_INT (there);
  return board_document_get_element (self->document, id) != NULL;
}

static gboolean
is_untouched (BoardReverter *self, const char *id)
{
  return !g_hash_table_contains (self->now, id);
}

static void
set_there (BoardReverter *self, const char *id, gboolean there)
{
  g_hash_table_insert (self->now, g_strdup (id), GINT_TO_POINTER (there));
}

/* Leaves out what is so already, and what the element cannot have any more: somebody may have
 * put one of another type in its place. */
static JsonObject *
changed_props (BoardReverter *self)
{
  BoardElement *element = board_document_get_element (self->document, self->id);
  JsonObject *changed = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, self->props);
  while (json_object_iter_next (&iter, &name, &node))
    {
      g_autoptr (JsonNode) now = NULL;

      if (is_untouched (self, self->id))
        {
          now = board_element_dup_prop (element, name);
          if (board_canonical_equal (now, node)
              || !board_schema_check (board_element_get_kind (element), name, node, NULL))
            continue;
        }
      json_object_set_member (changed, name, json_node_ref (node));
    }
  return changed;
}

static void
flush_props (BoardReverter *self)
{
  g_autoptr (JsonObject) changed = NULL;

  if (self->props == NULL)
    return;
  changed = changed_props (self);
  if (json_object_get_size (changed) > 0)
    board_op_list_set_props (self->ops, self->id, changed);
  g_clear_pointer (&self->props, json_object_unref);
  g_clear_pointer (&self->id, g_free);
}

/* Whether the property still is what the op made of it: the log may have made the op void. Of an
 * element that is brought back by what was written, all is as the op left it. */
static gboolean
is_still_set (BoardReverter *self, const BoardRecord *record)
{
  g_autofree char *key = g_strconcat (record->id, " ", record->prop, NULL);
  g_autoptr (JsonNode) now = NULL;
  gpointer written;

  if (!is_untouched (self, record->id))
    return TRUE;
  if (g_hash_table_lookup_extended (self->written, key, NULL, &written))
    return board_canonical_equal (written, record->set);
  now = board_element_dup_prop (board_document_get_element (self->document, record->id),
                                record->prop);
  return board_canonical_equal (now, record->set);
}

static void
add_prop (BoardReverter *self, const BoardRecord *record)
{
  if (!is_there (self, record->id) || !is_still_set (self, record))
    return;
  if (self->props != NULL && !g_str_equal (self->id, record->id))
    flush_props (self);
  if (self->props == NULL)
    {
      self->props = json_object_new ();
      self->id = g_strdup (record->id);
    }
  json_object_set_member (self->props, record->prop,
                          record->old != NULL ? json_node_ref (record->old)
                                              : json_node_init_null (json_node_alloc ()));
  g_hash_table_insert (self->written, g_strconcat (record->id, " ", record->prop, NULL),
                       record->old != NULL ? json_node_ref (record->old) : NULL);
}

static void
add_gone (BoardReverter *self, const BoardRecord *record)
{
  if (!is_there (self, record->id))
    return;
  board_op_list_remove_element (self->ops, record->id);
  set_there (self, record->id, FALSE);
}

static void
add_there (BoardReverter *self, BoardRecord *record)
{
  BoardElement *now = board_document_get_element (self->document, record->id);
  BoardElement *element = board_record_get_element (record);

  if (is_untouched (self, record->id) && now != NULL && board_element_equal (now, element))
    return;
  board_op_list_add_element (self->ops, element);
  set_there (self, record->id, TRUE);
}

static void
add_title (BoardReverter *self, const BoardRecord *record)
{
  if (g_str_equal (record->title, self->title))
    return;
  board_op_list_set_title (self->ops, record->title);
  g_free (self->title);
  self->title = g_strdup (record->title);
}

void
board_reverter_add (BoardReverter *self, BoardRecord *record)
{
  if (record->dead)
    return;
  if (record->type == BOARD_RECORD_PROP)
    {
      add_prop (self, record);
      return;
    }
  flush_props (self);
  if (record->type == BOARD_RECORD_GONE)
    add_gone (self, record);
  else if (record->type == BOARD_RECORD_THERE)
    add_there (self, record);
  else
    add_title (self, record);
}

GPtrArray *
board_reverter_finish (BoardReverter *self)
{
  GPtrArray *ops;

  flush_props (self);
  ops = board_op_list_steal (self->ops);
  board_op_list_free (self->ops);
  g_hash_table_unref (self->now);
  g_hash_table_unref (self->written);
  g_object_unref (self->document);
  g_free (self->title);
  g_free (self);
  return ops;
}
