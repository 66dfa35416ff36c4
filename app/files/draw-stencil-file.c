/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "files/draw-stencil-file.h"

#include <string.h>

#include "board/board-limits.h"
#include "files/draw-bundle-private.h"
#include "json/wire-json.h"

/* How far the type of a file is looked for: behind it are megabytes. */
#define SNIFFED 4096
#define TYPE "\"excalidrawlib\""

/* Of a member that is a single value. */
static const WireJsonLimits value_limits = {
  .max_bytes = 16 * 1024,
  .max_depth = 2,
  .max_values = 2,
  .max_members = 1,
};

/* --- reading --- */

typedef struct {
  GPtrArray *stencils;
  GHashTable *ids;     /* (element-type utf8), of the stencils */
  DrawBundle *bundle;  /* the pictures of all of them */
  guint n_elements;
  guint n_skipped;
} Reading;

static JsonNode *
find_value (const DrawJsonPiece *item, const char *name)
{
  DrawJsonPiece piece;
  JsonNode *node;

  if (!draw_json_find (item->text, item->length, name, &piece))
    return NULL;
  node = wire_json_parse (piece.text, piece.length, &value_limits, NULL);
  if (node != NULL && !JSON_NODE_HOLDS_VALUE (node))
    g_clear_pointer (&node, json_node_unref);
  return node;
}

static char *
find_text (const DrawJsonPiece *item, const char *name)
{
  g_autoptr (JsonNode) node = find_value (item, name);

  return node != NULL ? g_strdup (json_node_get_string (node)) : NULL;
}

/* Milliseconds and microseconds since the epoch. */
static int64_t
find_time (const DrawJsonPiece *item, const char *name)
{
  g_autoptr (JsonNode) node = find_value (item, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64
             ? MAX (json_node_get_int (node), 0)
             : 0;
}

static void
add_pictures (Reading *reading, DrawBundle *bundle)
{
  g_autoptr (GPtrArray) ids = draw_bundle_get_file_ids (bundle);

  for (guint i = 0; i < ids->len; i++)
    {
      DrawBundleFile *file = g_hash_table_lookup (reading->bundle->files, ids->pdata[i]);

      if (file != NULL)
        draw_bundle_add_file (bundle, file->id, file->mime, file->bytes, file->created);
    }
}

/* @item: NULL in version 1, where a stencil is its elements. */
static void
read_stencil (const DrawJsonPiece *item, const DrawJsonPiece *elements, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (DrawBundle) bundle = draw_bundle_new ();
  g_autoptr (GPtrArray) objects = NULL;
  g_autoptr (DrawStencil) stencil = NULL;
  g_autofree char *id = item != NULL ? find_text (item, "id") : NULL;
  g_autofree char *name = item != NULL ? find_text (item, "name") : NULL;
  g_autofree char *status = item != NULL ? find_text (item, "status") : NULL;
  const DrawStencilFacts facts = {
    .id = id != NULL && board_schema_id_is_valid (id) ? id : NULL,
    .name = name,
    .created = item != NULL ? find_time (item, "created") : 0,
    .order = item != NULL ? find_time (item, "order") : 0,
    .published = g_strcmp0 (status, "published") == 0,
  };

  if (reading->stencils->len >= DRAW_STENCIL_FILE_MAX || reading->n_elements > BOARD_MAX_ELEMENTS)
    {
      reading->n_skipped++;
      return;
    }
  objects = draw_bundle_read_objects (elements, &bundle->n_skipped);
  draw_bundle_relate_objects (bundle, objects);
  add_pictures (reading, bundle);
  reading->n_skipped += bundle->n_skipped;
  reading->n_elements += bundle->elements->len;
  stencil = draw_stencil_new (g_steal_pointer (&bundle), &facts);
  if (stencil == NULL
      || !g_hash_table_add (reading->ids, g_strdup (draw_stencil_get_id (stencil))))
    reading->n_skipped++;
  else
    g_ptr_array_add (reading->stencils, g_steal_pointer (&stencil));
}

GPtrArray *
draw_stencil_file_parse (const char *text, gsize length, guint *n_skipped, GError **error)
{
  Reading reading = { 0 };
  DrawJsonPiece piece;

  g_return_val_if_fail (text != NULL && n_skipped != NULL, NULL);

  *n_skipped = 0;
  if (!draw_bundle_check_text (&text, &length, error))
    return NULL;
  if (!draw_json_find (text, length, "type", &piece) || !draw_json_piece_equals (&piece, TYPE))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "This is not a library.");
      return NULL;
    }
  reading.stencils = g_ptr_array_new_with_free_func (g_object_unref);
  reading.ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reading.bundle = draw_bundle_new ();
  if (draw_json_find (text, length, "files", &piece))
    draw_bundle_read_files (reading.bundle, &piece);
  draw_bundle_foreach_stencil (text, length, read_stencil, &reading);
  *n_skipped = reading.n_skipped;
  g_hash_table_unref (reading.ids);
  draw_bundle_free (reading.bundle);
  return reading.stencils;
}

gboolean
draw_stencil_file_sniff (GBytes *bytes)
{
  gsize length;
  const char *text;

  g_return_val_if_fail (bytes != NULL, FALSE);

  text = g_bytes_get_data (bytes, &length);
  return text != NULL && g_strstr_len (text, (gssize) MIN (length, SNIFFED), TYPE) != NULL;
}

/* --- writing --- */

static void
append_stencil (GString *out, DrawStencil *stencil)
{
  DrawStencilFacts facts;

  draw_stencil_get_facts (stencil, &facts);
  g_string_append (out, "{\"id\":");
  wire_json_append_string (out, facts.id);
  g_string_append_printf (out, ",\"status\":\"%s\",\"created\":%" G_GINT64_FORMAT,
                          facts.published ? "published" : "unpublished", facts.created);
  if (*facts.name != '\0')
    {
      g_string_append (out, ",\"name\":");
      wire_json_append_string (out, facts.name);
    }
  g_string_append_printf (out, ",\"order\":%" G_GINT64_FORMAT ",\n\"elements\":", facts.order);
  draw_bundle_append_elements (out, draw_stencil_get_bundle (stencil)->elements);
  g_string_append_c (out, '}');
}

/* What any of them needs; what has the same name is the same. */
static DrawBundle *
gather_pictures (GPtrArray *stencils)
{
  DrawBundle *all = draw_bundle_new ();

  for (guint i = 0; i < stencils->len; i++)
    {
      DrawBundle *bundle = draw_stencil_get_bundle (stencils->pdata[i]);
      GHashTableIter iter;
      DrawBundleFile *file;

      g_ptr_array_extend (all->elements, bundle->elements, (GCopyFunc) (void (*) (void)) board_element_ref, NULL);
      g_hash_table_iter_init (&iter, bundle->files);
      while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &file))
        draw_bundle_add_file (all, file->id, file->mime, file->bytes, file->created);
    }
  return all;
}

GBytes *
draw_stencil_file_print (GPtrArray *stencils)
{
  GString *out;
  g_autoptr (DrawBundle) pictures = NULL;

  g_return_val_if_fail (stencils != NULL, NULL);

  out = g_string_new ("{\"type\":\"excalidrawlib\",\n\"version\":2,\n\"source\":\"drawbridge\",\n"
                      "\"libraryItems\":[");
  for (guint i = 0; i < stencils->len; i++)
    {
      g_string_append (out, i > 0 ? ",\n" : "\n");
      append_stencil (out, stencils->pdata[i]);
    }
  g_string_append (out, "]");
  pictures = gather_pictures (stencils);
  if (g_hash_table_size (pictures->files) > 0)
    {
      g_string_append (out, ",\n");
      draw_bundle_append_files (out, pictures);
    }
  g_string_append (out, "}\n");
  return g_string_free_to_bytes (out);
}
