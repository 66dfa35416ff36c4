/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "files/draw-restore.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "board/board-limits.h"
#include "board/board-schema.h"
#include "files/draw-ink.h"
#include "files/draw-props.h"

/* A line of more than that is taken as corrupt (Excalidraw: MAX_ALLOWED_LINEAR_ELEMENT_SIZE). */
#define LINE_MAX_SIZE 75000.0
#define FONT_DEFAULT 5
#define FONT_SIZE_DEFAULT 20

static void
rename_type (JsonObject *props, const char *type)
{
  if (g_strcmp0 (type, "draw") == 0)
    json_object_set_string_member (props, "type", "line");
}

/* "strokeSharpness" and "boundElementIds" of version 1. */
static void
renew_names (JsonObject *props)
{
  const char *sharpness = draw_props_get_text (props, "strokeSharpness");
  JsonArray *ids = draw_props_get_array (props, "boundElementIds");

  if (g_strcmp0 (sharpness, "round") == 0 && !draw_props_has (props, "roundness"))
    {
      JsonObject *roundness = json_object_new ();

      json_object_set_int_member (roundness, "type", 1);
      json_object_set_object_member (props, "roundness", roundness);
    }
  if (ids != NULL && !draw_props_has (props, "boundElements"))
    {
      JsonArray *bound = json_array_new ();

      for (guint i = 0; i < json_array_get_length (ids); i++)
        {
          JsonObject *entry = json_object_new ();

          json_object_set_member (entry, "id", json_array_dup_element (ids, i));
          json_object_set_string_member (entry, "type", "arrow");
          json_array_add_object_element (bound, entry);
        }
      json_object_set_array_member (props, "boundElements", bound);
    }
  json_object_remove_member (props, "strokeSharpness");
  json_object_remove_member (props, "boundElementIds");
}

/* Drawn from right to left, or upwards. */
static void
turn_right_way (JsonObject *props, const char *place, const char *size)
{
  const double way = draw_props_get_number (props, size, 0);

  if (way >= 0)
    return;
  json_object_set_double_member (props, place, draw_props_get_number (props, place, 0) + way);
  json_object_set_double_member (props, size, -way);
}

static gboolean
restore_common (JsonObject *props)
{
  const char *const places[] = { "x", "y" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const double place = draw_props_get_number (props, places[i], 0);

      if (fabs (place) > BOARD_COORDINATE_MAX)
        return FALSE;
      json_object_set_double_member (props, places[i], place);
    }
  renew_names (props);
  /* The board's own default is 0. */
  draw_props_default_number (props, "roughness", 1);
  json_object_remove_member (props, "isDeleted");
  return TRUE;
}

static void
restore_arrowhead (JsonObject *props, const char *name)
{
  static const char *const renamed[][2] = {
    { "dot", "circle" },
    { "crowfoot_one", "cardinality_one" },
    { "crowfoot_many", "cardinality_many" },
    { "crowfoot_one_or_many", "cardinality_one_or_many" },
  };
  const char *head = draw_props_get_text (props, name);

  for (gsize i = 0; head != NULL && i < G_N_ELEMENTS (renamed); i++)
    if (g_str_equal (renamed[i][0], head))
      {
        json_object_set_string_member (props, name, renamed[i][1]);
        return;
      }
}

static gboolean
restore_line (JsonObject *props, gboolean arrow)
{
  if (arrow && !json_object_has_member (props, "endArrowhead"))
    json_object_set_string_member (props, "endArrowhead", "arrow");
  restore_arrowhead (props, "startArrowhead");
  restore_arrowhead (props, "endArrowhead");
  draw_ink_mend_path (props);
  json_object_set_double_member (props, "width", fabs (draw_props_get_number (props, "width", 0)));
  json_object_set_double_member (props, "height",
                                 fabs (draw_props_get_number (props, "height", 0)));
  return draw_props_get_number (props, "width", 0) <= LINE_MAX_SIZE
         && draw_props_get_number (props, "height", 0) <= LINE_MAX_SIZE;
}

/* "20px Virgil" of version 1. */
static void
restore_font (JsonObject *props)
{
  static const char *const names[][2] = { { "Virgil", "1" },
                                          { "Helvetica", "2" },
                                          { "Cascadia", "3" } };
  const char *font = draw_props_get_text (props, "font");
  const char *family;
  double size;

  if (font == NULL)
    return;
  size = g_ascii_strtod (font, NULL);
  if (isfinite (size) && size >= 1)
    draw_props_default_number (props, "fontSize", size);
  family = strchr (font, ' ');
  for (gsize i = 0; family != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (family + 1, names[i][0]))
      draw_props_default_number (props, "fontFamily", atoi (names[i][1]));
  json_object_remove_member (props, "font");
}

static void
restore_text (JsonObject *props)
{
  restore_font (props);
  draw_props_default_number (props, "fontSize", FONT_SIZE_DEFAULT);
  draw_props_default_number (props, "fontFamily", FONT_DEFAULT);
  draw_props_default_text (props, "textAlign", "left");
  draw_props_default_text (props, "verticalAlign", "top");
  draw_props_default_text (props, "text", "");
  if (!draw_props_has (props, "originalText"))
    {
      g_autofree char *text = g_strdup (draw_props_get_text (props, "text"));

      json_object_set_string_member (props, "originalText", text != NULL ? text : "");
    }
}

static gboolean
restore_kind (JsonObject *props, BoardElementType kind)
{
  switch (kind)
    {
    case BOARD_ELEMENT_FREEDRAW:
      return draw_ink_pack (props);
    case BOARD_ELEMENT_LINE:
    case BOARD_ELEMENT_ARROW:
      return restore_line (props, kind == BOARD_ELEMENT_ARROW);
    case BOARD_ELEMENT_TEXT:
    case BOARD_ELEMENT_NOTE:
      restore_text (props);
      break;
    case BOARD_ELEMENT_RECTANGLE:
    case BOARD_ELEMENT_DIAMOND:
    case BOARD_ELEMENT_ELLIPSE:
    case BOARD_ELEMENT_IMAGE:
    case BOARD_ELEMENT_FRAME:
    case BOARD_ELEMENT_UNKNOWN:
    default:
      break;
    }
  turn_right_way (props, "x", "width");
  turn_right_way (props, "y", "height");
  return TRUE;
}

gboolean
draw_restore_element (JsonObject *props)
{
  const char *type = draw_props_get_text (props, "type");

  g_return_val_if_fail (props != NULL, FALSE);

  if (type == NULL || g_str_equal (type, "selection")
      || draw_props_get_bool (props, "isDeleted", FALSE) || !board_schema_id_is_valid (type))
    return FALSE;
  rename_type (props, type);
  return restore_common (props)
         && restore_kind (props, board_schema_find_type (draw_props_get_text (props, "type")));
}
