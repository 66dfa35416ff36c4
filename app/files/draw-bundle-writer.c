/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "files/draw-bundle-private.h"
#include "files/draw-foreign.h"
#include "files/draw-ink.h"
#include "files/draw-props.h"
#include "json/wire-json.h"

/* What Excalidraw's own files have in every element, with what an absent one means on a board. */
static void
complete_common (JsonObject *props)
{
  const guint hash = g_str_hash (draw_props_get_text (props, "id")) & 0x7fffffff;
  static const char *const nulls[] = { "frameId", "roundness", "boundElements", "link" };

  draw_props_default_number (props, "x", 0);
  draw_props_default_number (props, "y", 0);
  draw_props_default_number (props, "width", 0);
  draw_props_default_number (props, "height", 0);
  draw_props_default_number (props, "angle", 0);
  draw_props_default_text (props, "strokeColor", "#1e1e1e");
  draw_props_default_text (props, "backgroundColor", "transparent");
  draw_props_default_text (props, "fillStyle", "solid");
  draw_props_default_number (props, "strokeWidth", 2);
  draw_props_default_text (props, "strokeStyle", "solid");
  draw_props_default_number (props, "roughness", 0);
  draw_props_default_number (props, "opacity", 100);
  draw_props_default_number (props, "seed", hash);
  draw_props_default_number (props, "version", 1);
  draw_props_default_number (props, "versionNonce", hash);
  draw_props_default_number (props, "updated", 1);
  if (!draw_props_has (props, "groupIds"))
    json_object_set_array_member (props, "groupIds", json_array_new ());
  if (!draw_props_has (props, "locked"))
    json_object_set_boolean_member (props, "locked", FALSE);
  json_object_set_boolean_member (props, "isDeleted", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (nulls); i++)
    draw_props_default_null (props, nulls[i]);
}

static void
complete_line (JsonObject *props, gboolean arrow)
{
  static const char *const nulls[]
      = { "startBinding", "endBinding", "startArrowhead", "endArrowhead" };

  for (guint i = 0; i < G_N_ELEMENTS (nulls); i++)
    draw_props_default_null (props, nulls[i]);
  if (arrow && !draw_props_has (props, "elbowed"))
    json_object_set_boolean_member (props, "elbowed", FALSE);
  if (!arrow && !draw_props_has (props, "polygon"))
    json_object_set_boolean_member (props, "polygon", FALSE);
}

static void
complete_text (JsonObject *props)
{
  g_autofree char *text = NULL;

  draw_props_default_text (props, "text", "");
  text = g_strdup (draw_props_get_text (props, "text"));
  draw_props_default_text (props, "originalText", text != NULL ? text : "");
  draw_props_default_number (props, "fontSize", 20);
  draw_props_default_number (props, "fontFamily", 5);
  draw_props_default_text (props, "textAlign", "left");
  draw_props_default_text (props, "verticalAlign", "top");
  draw_props_default_number (props, "lineHeight", 1.25);
  draw_props_default_null (props, "containerId");
  if (!draw_props_has (props, "autoResize"))
    json_object_set_boolean_member (props, "autoResize", TRUE);
}

static void
complete_image (JsonObject *props)
{
  draw_props_default_null (props, "fileId");
  draw_props_default_null (props, "crop");
  draw_props_default_text (props, "status", "saved");
  if (!draw_props_has (props, "scale"))
    {
      JsonArray *scale = json_array_new ();

      json_array_add_int_element (scale, 1);
      json_array_add_int_element (scale, 1);
      json_object_set_array_member (props, "scale", scale);
    }
}

static void
complete (JsonObject *props)
{
  const BoardElementType kind = board_schema_find_type (draw_props_get_text (props, "type"));

  if (kind == BOARD_ELEMENT_FREEDRAW)
    draw_ink_unpack (props);
  if (kind == BOARD_ELEMENT_FREEDRAW || kind == BOARD_ELEMENT_LINE || kind == BOARD_ELEMENT_ARROW)
    draw_ink_add_size (props);
  complete_common (props);
  switch (kind)
    {
    case BOARD_ELEMENT_FREEDRAW:
      if (!draw_props_has (props, "simulatePressure"))
        json_object_set_boolean_member (props, "simulatePressure", FALSE);
      break;
    case BOARD_ELEMENT_LINE:
    case BOARD_ELEMENT_ARROW:
      complete_line (props, kind == BOARD_ELEMENT_ARROW);
      break;
    case BOARD_ELEMENT_TEXT:
      complete_text (props);
      break;
    case BOARD_ELEMENT_IMAGE:
      complete_image (props);
      break;
    case BOARD_ELEMENT_FRAME:
      draw_props_default_null (props, "name");
      break;
    case BOARD_ELEMENT_RECTANGLE:
    case BOARD_ELEMENT_DIAMOND:
    case BOARD_ELEMENT_ELLIPSE:
    case BOARD_ELEMENT_NOTE:
    case BOARD_ELEMENT_UNKNOWN:
    default:
      break;
    }
}

/* Sorted: the same drawing is the same text. */
static void
append_object (GString *out, JsonObject *props)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (props), (GCompareFunc) strcmp);

  g_string_append (out, "{\"id\":");
  wire_json_append_node (out, json_object_get_member (props, "id"));
  for (GList *l = names; l != NULL; l = l->next)
    if (!g_str_equal (l->data, "id"))
      {
        g_string_append_c (out, ',');
        wire_json_append_string (out, l->data);
        g_string_append_c (out, ':');
        wire_json_append_node (out, json_object_get_member (props, l->data));
      }
  g_string_append_c (out, '}');
}

void
draw_bundle_append_elements (GString *out, GPtrArray *elements)
{
  g_autoptr (GPtrArray) objects
      = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  for (guint i = 0; i < elements->len; i++)
    {
      JsonObject *props = board_element_to_json (elements->pdata[i]);

      draw_foreign_show (props);
      g_ptr_array_add (objects, props);
    }
  draw_notes_split (objects);
  g_string_append_c (out, '[');
  for (guint i = 0; i < objects->len; i++)
    {
      g_string_append (out, i > 0 ? ",\n" : "\n");
      complete (objects->pdata[i]);
      append_object (out, objects->pdata[i]);
      g_clear_pointer ((JsonObject **) &objects->pdata[i], json_object_unref);
    }
  g_ptr_array_set_free_func (objects, NULL);
  g_string_append (out, objects->len > 0 ? "\n]" : "]");
}

static void
append_file (GString *out, const DrawBundleFile *file)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (file->bytes, &length);
  g_autofree char *text = g_base64_encode (data, length);

  wire_json_append_string (out, file->id);
  g_string_append (out, ":{\"mimeType\":");
  wire_json_append_string (out, file->mime);
  g_string_append (out, ",\"id\":");
  wire_json_append_string (out, file->id);
  g_string_append (out, ",\"dataURL\":\"data:");
  for (const char *c = file->mime; *c != '\0'; c++)
    if (g_ascii_isalnum (*c) || strchr ("/+-.", *c) != NULL)
      g_string_append_c (out, *c);
  g_string_append_printf (out, ";base64,%s\",\"created\":%" G_GINT64_FORMAT "}", text,
                          file->created);
}

/* Those that elements name, in the order in which they do. */
void
draw_bundle_append_files (GString *out, DrawBundle *self)
{
  g_autoptr (GPtrArray) ids = draw_bundle_get_file_ids (self);
  guint n = 0;

  g_string_append (out, "\"files\":{");
  for (guint i = 0; i < ids->len; i++)
    {
      DrawBundleFile *file = g_hash_table_lookup (self->files, ids->pdata[i]);

      if (file == NULL)
        continue;
      g_string_append (out, n++ > 0 ? ",\n" : "\n");
      append_file (out, file);
    }
  g_string_append (out, n > 0 ? "\n}" : "}");
}

char *
draw_bundle_print (DrawBundle *self, DrawBundleForm form, gsize *length)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, g_string_free (out, FALSE));

  if (form == DRAW_BUNDLE_CLIPBOARD)
    g_string_append (out, "{\"type\":\"excalidraw/clipboard\",\n\"elements\":");
  else
    g_string_append (out, "{\"type\":\"excalidraw\",\n\"version\":2,\n\"source\":\"drawbridge\",\n"
                          "\"elements\":");
  draw_bundle_append_elements (out, self->elements);
  if (form == DRAW_BUNDLE_FILE)
    {
      g_string_append (out, ",\n\"appState\":{\"gridSize\":20,\"gridStep\":5,"
                            "\"gridModeEnabled\":false,\"viewBackgroundColor\":");
      wire_json_append_string (out, self->background != NULL ? self->background : "#ffffff");
      g_string_append_c (out, '}');
    }
  g_string_append (out, ",\n");
  draw_bundle_append_files (out, self);
  g_string_append (out, "}\n");
  if (length != NULL)
    *length = out->len;
  return g_string_free (out, FALSE);
}
