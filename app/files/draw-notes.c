/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-element.h"
#include "board/board-limits.h"
#include "files/draw-bundle-private.h"
#include "files/draw-props.h"

#define MARK "drawbridge"
#define NOTE_COLOR "#fff3bf"
#define NOTE_PADDING 12.0

/* What a label has of a note's properties. */
static const char *const wording[] = {
  "text",      "originalText",  "fontSize",   "fontFamily",
  "textAlign", "verticalAlign", "lineHeight", "autoResize",
};

static void
mark (JsonObject *props, const char *what)
{
  JsonObject *data = draw_props_get_object (props, "customData");

  if (data == NULL)
    {
      data = json_object_new ();
      json_object_set_object_member (props, "customData", data);
    }
  json_object_set_string_member (data, MARK, what);
}

static gboolean
is_marked (JsonObject *props, const char *what)
{
  JsonObject *data = draw_props_get_object (props, "customData");

  return data != NULL && g_strcmp0 (draw_props_get_text (data, MARK), what) == 0;
}

static void
unmark (JsonObject *props)
{
  JsonObject *data = draw_props_get_object (props, "customData");

  json_object_remove_member (data, MARK);
  if (json_object_get_size (data) == 0)
    json_object_remove_member (props, "customData");
}

static void
move_wording (JsonObject *from, JsonObject *to)
{
  for (guint i = 0; i < G_N_ELEMENTS (wording); i++)
    if (json_object_has_member (from, wording[i]))
      {
        json_object_set_member (to, wording[i], json_object_dup_member (from, wording[i]));
        json_object_remove_member (from, wording[i]);
      }
}

static void
set_place (JsonObject *label, JsonObject *note)
{
  const double padding = 2 * NOTE_PADDING;
  const double width = draw_props_get_number (note, "width", 0);
  const double height = draw_props_get_number (note, "height", 0);

  json_object_set_double_member (label, "x", draw_props_get_number (note, "x", 0) + NOTE_PADDING);
  json_object_set_double_member (label, "y", draw_props_get_number (note, "y", 0) + NOTE_PADDING);
  json_object_set_double_member (label, "width", MAX (width - padding, 1));
  json_object_set_double_member (label, "height", MAX (height - padding, 1));
}

static const char *const shared[] = { "angle", "opacity", "strokeColor", "frameId", "groupIds",
                                      "locked", "index" };

/* Cut short, or not: an id of its own in any case, the same at every export. */
static char *
make_label_id (JsonObject *note)
{
  return g_strdup_printf ("%.*s-t", BOARD_MAX_NAME_BYTES - 2, draw_props_get_text (note, "id"));
}

static JsonObject *
split_note (JsonObject *note)
{
  JsonObject *label = json_object_new ();
  JsonArray *bound = json_array_new ();
  JsonObject *entry = json_object_new ();
  g_autofree char *id = make_label_id (note);

  json_object_set_string_member (label, "id", id);
  json_object_set_string_member (label, "type", "text");
  json_object_set_string_member (label, "containerId", draw_props_get_text (note, "id"));
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    if (json_object_has_member (note, shared[i]))
      json_object_set_member (label, shared[i], json_object_dup_member (note, shared[i]));
  set_place (label, note);
  move_wording (note, label);
  mark (label, "note-text");

  json_object_set_string_member (note, "type", "rectangle");
  draw_props_default_text (note, "backgroundColor", NOTE_COLOR);
  json_object_set_string_member (entry, "id", id);
  json_object_set_string_member (entry, "type", "text");
  json_array_add_object_element (bound, entry);
  json_object_set_array_member (note, "boundElements", bound);
  mark (note, "note");
  return label;
}

void
draw_notes_split (GPtrArray *objects)
{
  for (guint i = 0; i < objects->len; i++)
    {
      JsonObject *props = objects->pdata[i];

      if (g_strcmp0 (draw_props_get_text (props, "type"), "note") == 0)
        g_ptr_array_insert (objects, (int) ++i, split_note (props));
    }
}

void
draw_notes_join (GPtrArray *objects)
{
  g_autoptr (GHashTable) notes = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < objects->len; i++)
    if (is_marked (objects->pdata[i], "note") && draw_props_has (objects->pdata[i], "id")
        && draw_props_get_text (objects->pdata[i], "id") != NULL)
      g_hash_table_insert (notes, (char *) draw_props_get_text (objects->pdata[i], "id"),
                           objects->pdata[i]);
  for (guint i = objects->len; i-- > 0;)
    {
      JsonObject *label = objects->pdata[i];
      const char *id = draw_props_get_text (label, "containerId");
      JsonObject *note = id != NULL ? g_hash_table_lookup (notes, id) : NULL;

      if (note == NULL || note == label || !is_marked (label, "note-text"))
        continue;
      g_hash_table_remove (notes, id);
      json_object_set_string_member (note, "type", "note");
      move_wording (label, note);
      json_object_remove_member (note, "boundElements");
      unmark (note);
      g_ptr_array_remove_index (objects, i);
    }
}
