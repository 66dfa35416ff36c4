/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "files/draw-bundle.h"

#include "board/board-limits.h"
#include "canvas/draw-belong.h"
#include "files/draw-bundle-private.h"
#include "files/draw-foreign.h"
#include "files/draw-props.h"
#include "files/draw-relations.h"
#include "json/wire-json.h"

/* Text of elements in one op; sealed and in base64 it is still below BOARD_MAX_OP_BODY. */
#define OP_TEXT_MAX (128 * 1024)
#define OP_CHANGES_MAX 2000

void
draw_bundle_file_free (DrawBundleFile *file)
{
  if (file == NULL)
    return;
  g_free (file->id);
  g_free (file->mime);
  g_bytes_unref (file->bytes);
  g_free (file);
}

DrawBundle *
draw_bundle_new (void)
{
  DrawBundle *self = g_new0 (DrawBundle, 1);

  self->elements = g_ptr_array_new_with_free_func ((GDestroyNotify) board_element_unref);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                       (GDestroyNotify) draw_bundle_file_free);
  return self;
}

void
draw_bundle_free (DrawBundle *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->elements);
  g_hash_table_unref (self->files);
  g_free (self->background);
  g_free (self);
}

static const char *
get_reference (BoardElement *element, const char *name)
{
  JsonNode *node = board_element_get_prop (element, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static gboolean
belongs (GHashTable *wanted, BoardElement *element)
{
  const char *container, *frame;

  if (g_hash_table_contains (wanted, board_element_get_id (element)))
    return TRUE;
  container = get_reference (element, "containerId");
  frame = get_reference (element, "frameId");
  return (container != NULL && g_hash_table_contains (wanted, container))
         || (frame != NULL && g_hash_table_contains (wanted, frame));
}

/* Labels of what is in a frame come with the frame, too. */
static void
add_contents (GHashTable *wanted, GPtrArray *elements)
{
  for (guint i = 0; i < elements->len; i++)
    {
      BoardElement *element = elements->pdata[i];
      const char *frame = get_reference (element, "frameId");

      if (frame != NULL && g_hash_table_contains (wanted, frame))
        g_hash_table_add (wanted, (char *) board_element_get_id (element));
    }
}

DrawBundle *
draw_bundle_new_for_document (BoardDocument *document, GPtrArray *ids)
{
  DrawBundle *self = draw_bundle_new ();
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) all = NULL;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), self);

  all = board_document_query (document, NULL);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    g_hash_table_add (wanted, ids->pdata[i]);
  if (ids != NULL)
    add_contents (wanted, all);
  for (guint i = 0; i < all->len; i++)
    if (ids == NULL || belongs (wanted, all->pdata[i]))
      g_ptr_array_add (self->elements, board_element_ref (all->pdata[i]));
  return self;
}

void
draw_bundle_add_file (
    DrawBundle *self, const char *id, const char *mime, GBytes *bytes, int64_t created)
{
  DrawBundleFile *file;

  g_return_if_fail (self != NULL && id != NULL && mime != NULL && bytes != NULL);

  if (g_hash_table_contains (self->files, id)
      || g_hash_table_size (self->files) >= DRAW_BUNDLE_MAX_FILES)
    return;
  file = g_new0 (DrawBundleFile, 1);
  file->id = g_strdup (id);
  file->mime = g_strdup (mime);
  file->bytes = g_bytes_ref (bytes);
  file->created = created;
  g_hash_table_insert (self->files, file->id, file);
}

GPtrArray *
draw_bundle_get_file_ids (DrawBundle *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (self != NULL, ids);

  for (guint i = 0; i < self->elements->len; i++)
    {
      BoardElement *element = self->elements->pdata[i];
      const char *id = board_element_get_kind (element) == BOARD_ELEMENT_IMAGE
                           ? get_reference (element, "fileId")
                           : NULL;

      if (id != NULL && g_hash_table_add (seen, (char *) id))
        g_ptr_array_add (ids, g_strdup (id));
    }
  return ids;
}

void
draw_bundle_rename_files (DrawBundle *self, GHashTable *names)
{
  g_autoptr (JsonObject) props = json_object_new ();

  g_return_if_fail (self != NULL && names != NULL);

  for (guint i = 0; i < self->elements->len; i++)
    {
      BoardElement *element = self->elements->pdata[i];
      const char *id = board_element_get_kind (element) == BOARD_ELEMENT_IMAGE
                           ? get_reference (element, "fileId")
                           : NULL;
      const char *name = id != NULL ? g_hash_table_lookup (names, id) : NULL;
      BoardElement *renamed;

      if (name == NULL)
        continue;
      json_object_set_string_member (props, "fileId", name);
      renamed = board_element_with (element, props, NULL);
      if (renamed == NULL)
        continue;
      board_element_unref (element);
      self->elements->pdata[i] = renamed;
    }
}

gboolean
draw_bundle_get_bounds (DrawBundle *self, BoardRect *bounds)
{
  g_return_val_if_fail (self != NULL && bounds != NULL, FALSE);

  *bounds = (BoardRect){ 0, 0, 0, 0 };
  for (guint i = 0; i < self->elements->len; i++)
    {
      BoardRect rect;

      board_element_get_bounds (self->elements->pdata[i], &rect);
      board_rect_union (bounds, &rect, bounds);
    }
  return self->elements->len > 0;
}

void
draw_bundle_take_objects (DrawBundle *self, GPtrArray *objects)
{
  for (guint i = 0; i < objects->len; i++)
    {
      JsonObject *props = objects->pdata[i];
      BoardElement *element;

      draw_foreign_hide (board_schema_find_type (draw_props_get_text (props, "type")), props);
      element = board_element_new (props, NULL);
      if (element != NULL)
        g_ptr_array_add (self->elements, element);
      else
        self->n_skipped++;
    }
}

static void
make_copy_of (JsonObject *props, double dx, double dy)
{
  const double x = draw_props_get_number (props, "x", 0) + dx;
  const double y = draw_props_get_number (props, "y", 0) + dy;

  json_object_set_double_member (props, "x",
                                 CLAMP (x, -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX));
  json_object_set_double_member (props, "y",
                                 CLAMP (y, -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX));
  if (draw_props_has (props, "seed"))
    json_object_set_int_member (props, "seed", g_random_int_range (1, G_MAXINT32));
  json_object_remove_member (props, "index");
}

/* The topmost index that the document has; NULL when it is empty. */
static char *
get_top (BoardDocument *document)
{
  g_autoptr (GPtrArray) all = board_document_query (document, NULL);

  return all->len > 0 ? g_strdup (board_element_get_index (all->pdata[all->len - 1])) : NULL;
}

/* What comes into a frame is the frame's, as what is drawn in it. */
static void
put_into_frames (DrawBundle *self, BoardDocument *document)
{
  g_autoptr (DrawEdit) edit = draw_edit_new (document);
  g_autoptr (GPtrArray) elements = NULL;

  for (guint i = 0; i < self->elements->len; i++)
    draw_edit_add (edit, self->elements->pdata[i]);
  draw_belong (edit, document);
  elements = draw_edit_get_elements (edit);
  g_ptr_array_set_size (self->elements, 0);
  for (guint i = 0; i < elements->len; i++)
    /* A frame that comes would take what lies beneath it; that stays as it is. */
    if (board_document_get_element (document, board_element_get_id (elements->pdata[i])) == NULL)
      g_ptr_array_add (self->elements, board_element_ref (elements->pdata[i]));
}

DrawBundle *
draw_bundle_make_copies (DrawBundle *self, BoardDocument *document, double dx, double dy)
{
  DrawBundle *copies = draw_bundle_new ();
  g_autoptr (GPtrArray) objects
      = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autofree char *top = NULL;
  GHashTableIter iter;
  DrawBundleFile *file;

  g_return_val_if_fail (self != NULL && BOARD_IS_DOCUMENT (document), copies);

  top = get_top (document);
  for (guint i = 0; i < self->elements->len; i++)
    {
      JsonObject *props = board_element_to_json (self->elements->pdata[i]);

      make_copy_of (props, dx, dy);
      g_ptr_array_add (objects, props);
    }
  draw_relations_rename (objects, TRUE);
  draw_relations_mend (objects);
  draw_relations_order (objects, top);
  draw_bundle_take_objects (copies, objects);
  put_into_frames (copies, document);
  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &file))
    draw_bundle_add_file (copies, file->id, file->mime, file->bytes, file->created);
  return copies;
}

static gsize
get_text_length (BoardElement *element)
{
  g_autoptr (JsonObject) props = board_element_to_json (element);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  gsize length;

  json_node_set_object (node, props);
  text = wire_json_print (node, &length);
  return length;
}

GPtrArray *
draw_bundle_make_ops (DrawBundle *self)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) board_op_unref);
  BoardOp *op = NULL;
  gsize n_bytes = 0;

  g_return_val_if_fail (self != NULL, ops);

  for (guint i = 0; i < self->elements->len; i++)
    {
      const gsize length = get_text_length (self->elements->pdata[i]);

      if (op == NULL || n_bytes + length > OP_TEXT_MAX
          || board_op_get_n_changes (op) >= OP_CHANGES_MAX)
        {
          op = board_op_new ();
          g_ptr_array_add (ops, op);
          n_bytes = 0;
        }
      board_op_add_element (op, self->elements->pdata[i]);
      n_bytes += length;
    }
  return ops;
}
