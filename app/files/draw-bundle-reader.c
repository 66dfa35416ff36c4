/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "board/board-limits.h"
#include "files/draw-bundle-private.h"
#include "files/draw-json-walk.h"
#include "files/draw-payload.h"
#include "files/draw-props.h"
#include "files/draw-relations.h"
#include "files/draw-restore.h"
#include "json/wire-json.h"

/* Of the whole text, which is only judged: no tree is made of it. */
static const WireJsonLimits text_limits = {
  .max_bytes = DRAW_BUNDLE_MAX_BYTES,
  .max_depth = 64,
  .max_values = 100 * 1000 * 1000,
  .max_members = 100 * 1000,
};

/* Of one element; an op and "foreign" are five levels more. */
static const WireJsonLimits element_limits = {
  .max_bytes = 4 * 1024 * 1024,
  .max_depth = BOARD_MAX_DEPTH - 5,
  .max_values = BOARD_MAX_VALUES,
  .max_members = BOARD_MAX_PROPS - 8,
};

static const WireJsonLimits file_limits = {
  .max_bytes = DRAW_BUNDLE_MAX_FILE / 3 * 4 + 4096,
  .max_depth = 8,
  .max_values = 1000,
  .max_members = 100,
};

static JsonObject *
parse_object (const DrawJsonPiece *piece, const WireJsonLimits *limits)
{
  g_autoptr (JsonNode) node = wire_json_parse (piece->text, piece->length, limits, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

GPtrArray *
draw_bundle_read_objects (const DrawJsonPiece *elements, guint *n_skipped)
{
  GPtrArray *objects = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  DrawJsonWalk walk;
  DrawJsonPiece key, piece;

  if (!draw_json_walk_init (&walk, elements->text, elements->length) || walk.object)
    return objects;
  while (draw_json_walk_next (&walk, &key, &piece))
    {
      g_autoptr (JsonObject) props = parse_object (&piece, &element_limits);
      gboolean deleted = props != NULL && draw_props_get_bool (props, "isDeleted", FALSE);

      if (deleted)
        continue;
      if (props != NULL && objects->len < BOARD_MAX_ELEMENTS && draw_restore_element (props))
        g_ptr_array_add (objects, g_steal_pointer (&props));
      else
        (*n_skipped)++;
    }
  return objects;
}

void
draw_bundle_relate_objects (DrawBundle *self, GPtrArray *objects)
{
  draw_notes_join (objects);
  draw_relations_rename (objects, FALSE);
  draw_relations_mend (objects);
  draw_relations_order (objects, NULL);
  draw_bundle_take_objects (self, objects);
}

static void
read_elements (DrawBundle *self, const DrawJsonPiece *elements)
{
  g_autoptr (GPtrArray) objects = draw_bundle_read_objects (elements, &self->n_skipped);

  draw_bundle_relate_objects (self, objects);
}

/* "data:image/png;base64,...." */
static GBytes *
decode_url (const char *url)
{
  const char *comma = strchr (url, ',');
  gsize length;
  guchar *data;

  if (!g_str_has_prefix (url, "data:") || comma == NULL || comma - url > 256
      || g_strstr_len (url, comma - url, ";base64") == NULL)
    return NULL;
  data = g_base64_decode (comma + 1, &length);
  return g_bytes_new_take (data, length);
}

static void
read_file (DrawBundle *self, const DrawJsonPiece *key, const DrawJsonPiece *piece)
{
  g_autoptr (JsonObject) props = parse_object (piece, &file_limits);
  g_autofree char *id = g_strndup (key->text, MIN (key->length, BOARD_MAX_NAME_BYTES + 1));
  const char *url = props != NULL ? draw_props_get_text (props, "dataURL") : NULL;
  const char *mime = props != NULL ? draw_props_get_text (props, "mimeType") : NULL;
  g_autoptr (GBytes) bytes = url != NULL ? decode_url (url) : NULL;

  if (bytes == NULL || !board_schema_id_is_valid (id)
      || g_bytes_get_size (bytes) > DRAW_BUNDLE_MAX_FILE)
    return;
  draw_bundle_add_file (self, id,
                        mime != NULL && strlen (mime) <= 64 ? mime : "application/octet-stream",
                        bytes, (int64_t) draw_props_get_number (props, "created", 0));
}

void
draw_bundle_read_files (DrawBundle *self, const DrawJsonPiece *files)
{
  DrawJsonWalk walk;
  DrawJsonPiece key, piece;

  if (!draw_json_walk_init (&walk, files->text, files->length) || !walk.object)
    return;
  while (draw_json_walk_next (&walk, &key, &piece))
    read_file (self, &key, &piece);
}

static void
read_sheet (DrawBundle *self, const DrawJsonPiece *state)
{
  g_autoptr (JsonObject) props = parse_object (state, &element_limits);
  const char *color = props != NULL ? draw_props_get_text (props, "viewBackgroundColor") : NULL;

  if (color != NULL && board_schema_color_is_valid (color))
    self->background = g_strdup (color);
}

static gboolean
is_known_type (const char *text, gsize length)
{
  static const char *const types[]
      = { "\"excalidraw\"", "\"excalidraw/clipboard\"", "\"excalidraw-api/clipboard\"" };
  DrawJsonPiece type;

  if (!draw_json_find (text, length, "type", &type))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (draw_json_piece_equals (&type, types[i]))
      return TRUE;
  return FALSE;
}

gboolean
draw_bundle_check_text (const char **text, gsize *length, GError **error)
{
  g_autoptr (GError) wrong = NULL;

  if (*length >= 3 && memcmp (*text, "\xef\xbb\xbf", 3) == 0)
    {
      *text += 3;
      *length -= 3;
    }
  if (*length > DRAW_BUNDLE_MAX_BYTES)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                           "The file is too large.");
      return FALSE;
    }
  if (wire_json_validate (*text, *length, &text_limits, &wrong))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s", wrong->message);
  return FALSE;
}

DrawBundle *
draw_bundle_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (DrawBundle) self = NULL;
  DrawJsonPiece piece;

  g_return_val_if_fail (text != NULL, NULL);

  if (!draw_bundle_check_text (&text, &length, error))
    return NULL;
  if (draw_json_find (text, length, "type", &piece)
      && draw_json_piece_equals (&piece, "\"excalidrawlib\""))
    return draw_bundle_read_library (text, length);
  if (!is_known_type (text, length) || !draw_json_find (text, length, "elements", &piece)
      || piece.text[0] != '[')
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "This is not an Excalidraw drawing.");
      return NULL;
    }
  self = draw_bundle_new ();
  read_elements (self, &piece);
  if (draw_json_find (text, length, "files", &piece))
    draw_bundle_read_files (self, &piece);
  if (draw_json_find (text, length, "appState", &piece))
    read_sheet (self, &piece);
  return g_steal_pointer (&self);
}

DrawBundle *
draw_bundle_load (GBytes *bytes, GError **error)
{
  g_autoptr (GBytes) inside = NULL;
  const char *text;
  gsize length;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (draw_payload_is_png (bytes) || draw_payload_is_svg (bytes))
    {
      inside = draw_payload_find (bytes, error);
      if (inside == NULL)
        return NULL;
      bytes = inside;
    }
  text = g_bytes_get_data (bytes, &length);
  return draw_bundle_parse (text != NULL ? text : "", length, error);
}
