/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "files/draw-foreign.h"

#include <gdk/gdk.h>
#include <math.h>
#include <string.h>

#include "board/board-fields.h"
#include "board/board-limits.h"
#include "board/board-schema.h"
#include "files/draw-props.h"

#define FOREIGN "foreign"

static JsonNode *
new_text (const char *text)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, text);
  return node;
}

static JsonNode *
new_number (double number)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_double (node, number);
  return node;
}

/* CSS names and functions, as far as GTK knows them. */
static JsonNode *
mend_color (const char *text)
{
  g_autofree char *hex = NULL;
  GdkRGBA color;

  if (!gdk_rgba_parse (&color, text))
    return NULL;
  if (color.alpha <= 0)
    return new_text ("transparent");
  hex = g_strdup_printf ("#%02x%02x%02x", (guint) lroundf (color.red * 255),
                         (guint) lroundf (color.green * 255), (guint) lroundf (color.blue * 255));
  if (color.alpha < 1)
    {
      g_autofree char *clear
          = g_strdup_printf ("%s%02x", hex, (guint) lroundf (color.alpha * 255));
      return new_text (clear);
    }
  return new_text (hex);
}

static const struct {
  const char *name;
  double min, max;
} ranges[] = {
  { "strokeWidth", BOARD_STROKE_WIDTH_MIN, BOARD_STROKE_WIDTH_MAX },
  { "opacity", 0, 100 },
  { "roughness", 0, 10 },
  { "fontSize", 1, 1000 },
  { "lineHeight", 0.1, 10 },
  { "width", 0, 2 * BOARD_COORDINATE_MAX },
  { "height", 0, 2 * BOARD_COORDINATE_MAX },
};

static JsonNode *
mend_number (const char *name, double number)
{
  if (g_str_equal (name, "angle"))
    return new_number (remainder (number, 2 * G_PI));
  if (g_str_equal (name, "seed") || g_str_equal (name, "version")
      || g_str_equal (name, "versionNonce") || g_str_equal (name, "updated"))
    return new_number (CLAMP (trunc (number), 0, (double) BOARD_MAX_INTEGER));
  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (g_str_equal (ranges[i].name, name))
      return new_number (CLAMP (number, ranges[i].min, ranges[i].max));
  return NULL;
}

static JsonNode *
mend_text (const char *name, const char *text)
{
  const gboolean is_text = g_str_equal (name, "text") || g_str_equal (name, "originalText");

  if (g_str_has_suffix (name, "Color"))
    return mend_color (text);
  if (is_text || g_str_equal (name, "name"))
    {
      const glong max = is_text ? BOARD_MAX_TEXT : BOARD_MAX_TITLE;
      g_autofree char *start = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), max));

      return new_text (start);
    }
  return NULL;
}

/* What comes nearest, or NULL: nothing. */
static JsonNode *
mend (const char *name, JsonNode *value)
{
  const char *text;
  double number;

  if (board_node_string (value, &text))
    return mend_text (name, text);
  if (board_node_number (value, &number))
    return mend_number (name, number);
  return NULL;
}

static void
hide (BoardElementType kind, JsonObject *props, const char *name, JsonObject *foreign)
{
  g_autoptr (JsonNode) was = json_object_dup_member (props, name);
  JsonArray *pair = json_array_new ();
  JsonNode *became = board_schema_name_is_valid (name) ? mend (name, was) : NULL;

  if (became != NULL && !board_schema_check (kind, name, became, NULL))
    g_clear_pointer (&became, json_node_unref);
  json_object_remove_member (props, name);
  if (became != NULL)
    json_object_set_member (props, name, json_node_copy (became));
  json_array_add_element (pair, g_steal_pointer (&was));
  json_array_add_element (pair, became != NULL ? became : json_node_new (JSON_NODE_NULL));
  json_object_set_array_member (foreign, name, pair);
}

/* What Excalidraw writes as null where it is absent, and draw-bundle-writer.c, too. */
static gboolean
is_usually_null (BoardElementType kind, const char *name)
{
  static const char *const names[]
      = { "frameId",    "roundness",      "boundElements", "link",        "index", "startBinding",
          "endBinding", "startArrowhead", "endArrowhead",  "containerId", "crop",  "fileId" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      return TRUE;
  return kind == BOARD_ELEMENT_FRAME && g_str_equal (name, "name");
}

void
draw_foreign_hide (BoardElementType kind, JsonObject *props)
{
  g_autoptr (JsonObject) foreign = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (props);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *name = g_strdup (l->data);
      JsonNode *value = json_object_get_member (props, name);

      if (JSON_NODE_HOLDS_NULL (value) && is_usually_null (kind, name))
        json_object_remove_member (props, name);
      else if (JSON_NODE_HOLDS_NULL (value) || !board_schema_check (kind, name, value, NULL))
        hide (kind, props, name, foreign);
    }
  if (json_object_get_size (foreign) > 0)
    json_object_set_object_member (props, FOREIGN, g_steal_pointer (&foreign));
}

static void
show (JsonObject *props, const char *name, JsonNode *node)
{
  JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonNode *is = json_object_get_member (props, name);
  JsonNode *became;

  if (pair == NULL || json_array_get_length (pair) != 2)
    return;
  became = json_array_get_element (pair, 1);
  if (is == NULL ? JSON_NODE_HOLDS_NULL (became) : json_node_equal (is, became))
    json_object_set_member (props, name, json_array_dup_element (pair, 0));
}

void
draw_foreign_show (JsonObject *props)
{
  JsonObject *foreign = draw_props_get_object (props, FOREIGN);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (foreign == NULL)
    return;
  json_object_ref (foreign);
  json_object_remove_member (props, FOREIGN);
  json_object_iter_init (&iter, foreign);
  while (json_object_iter_next (&iter, &name, &node))
    if (!g_str_equal (name, "id") && !g_str_equal (name, "type"))
      show (props, name, node);
  json_object_unref (foreign);
}
