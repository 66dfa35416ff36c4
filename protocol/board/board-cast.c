/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-cast.h"

#include <string.h>

#include "board-element-private.h"
#include "board-fields.h"
#include "board-schema.h"
#include "board/board-limits.h"
#include "json/wire-json.h"

static const char *const kind_names[] = {
  [BOARD_CAST_UNKNOWN] = NULL,
  [BOARD_CAST_CURSOR] = "cursor",
  [BOARD_CAST_INK] = "ink",
  [BOARD_CAST_INK_END] = "ink-end",
  [BOARD_CAST_TYPING] = "typing",
};

BoardCast *
board_cast_new (BoardCastType type)
{
  BoardCast *cast = g_new0 (BoardCast, 1);

  cast->type = type;
  return cast;
}

void
board_cast_free (BoardCast *cast)
{
  if (cast == NULL)
    return;
  g_free (cast->id);
  g_free (cast->color);
  g_clear_pointer (&cast->points, board_stroke_unref);
  g_free (cast);
}

static void
append_name (GString *out, const char *name)
{
  g_string_append_c (out, ',');
  wire_json_append_string (out, name);
  g_string_append_c (out, ':');
}

static void
append_text (GString *out, const char *name, const char *text)
{
  append_name (out, name);
  wire_json_append_string (out, text);
}

static void
append_number (GString *out, const char *name, double value)
{
  append_name (out, name);
  wire_json_append_double (out, value + 0.0);
}

static void
append_ink (GString *out, const BoardCast *cast)
{
  g_autofree char *points = board_stroke_pack (cast->points);

  append_text (out, "id", cast->id);
  append_text (out, "color", cast->color);
  append_number (out, "width", cast->width);
  append_number (out, "from", cast->from);
  append_text (out, "points", points);
}

char *
board_cast_to_json (const BoardCast *cast)
{
  GString *out;

  g_return_val_if_fail (cast != NULL && cast->type != BOARD_CAST_UNKNOWN, NULL);
  g_return_val_if_fail (cast->type != BOARD_CAST_INK || (cast->points && cast->color), NULL);
  g_return_val_if_fail (
      cast->id != NULL || (cast->type != BOARD_CAST_INK && cast->type != BOARD_CAST_INK_END), NULL);

  out = g_string_new ("{\"k\":");
  wire_json_append_string (out, kind_names[cast->type]);
  if (cast->type == BOARD_CAST_INK || (cast->type == BOARD_CAST_CURSOR && cast->has_place))
    {
      append_number (out, "x", cast->x);
      append_number (out, "y", cast->y);
    }
  if (cast->type == BOARD_CAST_INK)
    append_ink (out, cast);
  if (cast->type == BOARD_CAST_INK_END)
    append_text (out, "id", cast->id);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

static BoardCastType
find_kind (const char *name)
{
  for (gsize i = 1; i < G_N_ELEMENTS (kind_names); i++)
    if (g_str_equal (kind_names[i], name))
      return (BoardCastType) i;
  return BOARD_CAST_UNKNOWN;
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_SCHEMA, what);
  return FALSE;
}

static gboolean
parse_place (JsonObject *object, BoardCast *cast, GError **error)
{
  cast->has_place = TRUE;
  return board_fields_number (object, "x", -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX, &cast->x,
                              error)
         && board_fields_number (object, "y", -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX, &cast->y,
                                 error);
}

static gboolean
parse_id (JsonObject *object, BoardCast *cast, GError **error)
{
  const char *id;

  if (!board_fields_string (object, "id", BOARD_MAX_NAME_BYTES, &id, error))
    return FALSE;
  if (!board_schema_id_is_valid (id))
    return fail (error, "\"id\" is no id");
  cast->id = g_strdup (id);
  return TRUE;
}

static gboolean
parse_ink (JsonObject *object, BoardCast *cast, GError **error)
{
  const char *color, *points;
  int64_t from;

  if (!parse_place (object, cast, error) || !parse_id (object, cast, error)
      || !board_fields_string (object, "color", 16, &color, error)
      || !board_fields_number (object, "width", BOARD_STROKE_WIDTH_MIN, BOARD_STROKE_WIDTH_MAX,
                               &cast->width, error)
      || !board_fields_int (object, "from", 0, BOARD_MAX_POINTS - 1, &from, error)
      || !board_fields_string (object, "points", BOARD_MAX_CAST_TEXT, &points, error))
    return FALSE;
  if (!board_schema_color_is_valid (color))
    return fail (error, "\"color\" is no colour");
  cast->color = g_strdup (color);
  cast->from = (guint) from;
  cast->points = board_stroke_unpack (points, error);
  if (cast->points == NULL)
    return FALSE;
  return cast->from + board_stroke_get_n_points (cast->points) <= BOARD_MAX_POINTS
         || fail (error, "Ink beyond the longest stroke");
}

static gboolean
parse_cast (JsonObject *object, BoardCast *cast, GError **error)
{
  switch (cast->type)
    {
    case BOARD_CAST_CURSOR:
      return (!board_fields_has (object, "x") && !board_fields_has (object, "y"))
             || parse_place (object, cast, error);
    case BOARD_CAST_INK:
      return parse_ink (object, cast, error);
    case BOARD_CAST_INK_END:
      return parse_id (object, cast, error);
    default:
      return TRUE;
    }
}

BoardCast *
board_cast_from_json (const char *text, gssize length, GError **error)
{
  g_autoptr (BoardCast) cast = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;
  const char *kind;
  gsize size;

  g_return_val_if_fail (text != NULL, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  if (size > BOARD_MAX_CAST_TEXT)
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_LIMIT, "The cast is too long");
      return NULL;
    }
  root = board_element_parse_json (text, size, error);
  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      fail (error, "A cast is not an object");
      return NULL;
    }
  object = json_node_get_object (root);
  if (!board_fields_string (object, "k", BOARD_MAX_NAME_BYTES, &kind, error))
    return NULL;
  cast = board_cast_new (find_kind (kind));
  return parse_cast (object, cast, error) ? g_steal_pointer (&cast) : NULL;
}
