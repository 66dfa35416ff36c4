/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-cast.h"

#include <string.h>

#include "board-element-private.h"
#include "board-fields.h"
#include "board-schema.h"
#include "board/board-limits.h"
#include "json/wire-json.h"

#define HASH_DIGITS 32

typedef struct {
  const char *name;
  gboolean (*parse) (JsonObject *object, BoardCast *cast, GError **error);
  void (*append) (GString *out, const BoardCast *cast); /* what follows the kind */
} Kind;

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
  g_free (cast->text);
  g_strfreev (cast->ids);
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

static void
append_place (GString *out, const BoardCast *cast)
{
  append_number (out, "x", cast->x);
  append_number (out, "y", cast->y);
}

/* Where the place may be absent. */
static gboolean
parse_cursor (JsonObject *object, BoardCast *cast, GError **error)
{
  return (!board_fields_has (object, "x") && !board_fields_has (object, "y"))
         || parse_place (object, cast, error);
}

static void
append_cursor (GString *out, const BoardCast *cast)
{
  if (cast->has_place)
    append_place (out, cast);
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

static void
append_id (GString *out, const BoardCast *cast)
{
  append_text (out, "id", cast->id);
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

static void
append_ink (GString *out, const BoardCast *cast)
{
  g_autofree char *points = board_stroke_pack (cast->points);

  append_place (out, cast);
  append_id (out, cast);
  append_text (out, "color", cast->color);
  append_number (out, "width", cast->width);
  append_number (out, "from", cast->from);
  append_text (out, "points", points);
}

static gboolean
parse_text (JsonObject *object, glong max, gboolean line, BoardCast *cast, GError **error)
{
  const char *text;

  if (!board_fields_string (object, "text", BOARD_MAX_CAST_TEXT, &text, error))
    return FALSE;
  if (*text == '\0' || g_utf8_strlen (text, -1) > max)
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_LIMIT, "\"text\" is empty or too long");
      return FALSE;
    }
  for (const char *c = text; line && *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return fail (error, "\"text\" has a control character");
  cast->text = g_strdup (text);
  return TRUE;
}

static gboolean
parse_reaction (JsonObject *object, BoardCast *cast, GError **error)
{
  return parse_text (object, BOARD_MAX_REACTION, TRUE, cast, error)
         && parse_cursor (object, cast, error);
}

static void
append_reaction (GString *out, const BoardCast *cast)
{
  append_text (out, "text", cast->text);
  append_cursor (out, cast);
}

static gboolean
parse_flag (JsonObject *object, const char *name, gboolean *value, GError **error)
{
  return !board_fields_has (object, name) || board_fields_bool (object, name, value, error);
}

static gboolean
parse_view (JsonObject *object, BoardCast *cast, GError **error)
{
  return parse_place (object, cast, error)
         && board_fields_number (object, "width", 0, 2 * BOARD_COORDINATE_MAX, &cast->width, error)
         && board_fields_number (object, "height", 0, 2 * BOARD_COORDINATE_MAX, &cast->height,
                                 error)
         && parse_flag (object, "call", &cast->call, error);
}

static void
append_view (GString *out, const BoardCast *cast)
{
  append_place (out, cast);
  append_number (out, "width", cast->width);
  append_number (out, "height", cast->height);
  if (cast->call)
    g_string_append (out, ",\"call\":true");
}

static gboolean
parse_selection (JsonObject *object, BoardCast *cast, GError **error)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  JsonArray *array;

  if (!board_fields_array (object, "ids", BOARD_MAX_CAST_IDS, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *id;

      if (!board_node_string (json_array_get_element (array, i), &id)
          || !board_schema_id_is_valid (id))
        return fail (error, "\"ids\" has an entry that is no id");
      g_strv_builder_add (ids, id);
    }
  cast->ids = g_strv_builder_end (ids);
  return TRUE;
}

static void
append_selection (GString *out, const BoardCast *cast)
{
  append_name (out, "ids");
  g_string_append_c (out, '[');
  for (guint i = 0; cast->ids != NULL && cast->ids[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      wire_json_append_string (out, cast->ids[i]);
    }
  g_string_append_c (out, ']');
}

static gboolean
parse_on (JsonObject *object, BoardCast *cast, GError **error)
{
  return board_fields_bool (object, "on", &cast->on, error);
}

static void
append_on (GString *out, const BoardCast *cast)
{
  append_name (out, "on");
  g_string_append (out, cast->on ? "true" : "false");
}

static gboolean
parse_say (JsonObject *object, BoardCast *cast, GError **error)
{
  return parse_id (object, cast, error) && parse_text (object, BOARD_MAX_CHAT, FALSE, cast, error);
}

static void
append_say (GString *out, const BoardCast *cast)
{
  append_id (out, cast);
  append_text (out, "text", cast->text);
}

static gboolean
parse_hash (JsonObject *object, BoardCast *cast, GError **error)
{
  const char *hash;

  if (!board_fields_int (object, "seq", 1, BOARD_MAX_INTEGER, &cast->seq, error)
      || !board_fields_string (object, "hash", HASH_DIGITS, &hash, error))
    return FALSE;
  if (strspn (hash, "0123456789abcdef") != HASH_DIGITS)
    return fail (error, "\"hash\" is no hash");
  cast->text = g_strdup (hash);
  return TRUE;
}

static void
append_hash (GString *out, const BoardCast *cast)
{
  append_name (out, "seq");
  g_string_append_printf (out, "%" G_GINT64_FORMAT, (gint64) cast->seq);
  append_text (out, "hash", cast->text);
}

static const Kind kinds[] = {
  [BOARD_CAST_UNKNOWN] = { NULL, NULL, NULL },
  [BOARD_CAST_CURSOR] = { "cursor", parse_cursor, append_cursor },
  [BOARD_CAST_INK] = { "ink", parse_ink, append_ink },
  [BOARD_CAST_INK_END] = { "ink-end", parse_id, append_id },
  [BOARD_CAST_TYPING] = { "typing", NULL, NULL },
  [BOARD_CAST_LASER] = { "laser", parse_ink, append_ink },
  [BOARD_CAST_REACTION] = { "reaction", parse_reaction, append_reaction },
  [BOARD_CAST_VIEW] = { "view", parse_view, append_view },
  [BOARD_CAST_SELECTION] = { "selection", parse_selection, append_selection },
  [BOARD_CAST_HAND] = { "hand", parse_on, append_on },
  [BOARD_CAST_PRESENT] = { "present", parse_on, append_on },
  [BOARD_CAST_SPOTLIGHT] = { "spotlight", parse_on, append_on },
  [BOARD_CAST_AWAY] = { "away", parse_on, append_on },
  [BOARD_CAST_SAY] = { "say", parse_say, append_say },
  [BOARD_CAST_HASH] = { "hash", parse_hash, append_hash },
};

static BoardCastType
find_type (const char *name)
{
  for (gsize i = 1; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      return (BoardCastType) i;
  return BOARD_CAST_UNKNOWN;
}

/* Whether the members that its kind cannot do without are there. */
static gboolean
is_complete (const BoardCast *cast)
{
  switch (cast->type)
    {
    case BOARD_CAST_UNKNOWN:
      return FALSE;
    case BOARD_CAST_INK:
    case BOARD_CAST_LASER:
      return cast->id != NULL && cast->color != NULL && cast->points != NULL;
    case BOARD_CAST_INK_END:
      return cast->id != NULL;
    case BOARD_CAST_REACTION:
      return cast->text != NULL;
    case BOARD_CAST_SAY:
      return cast->id != NULL && cast->text != NULL;
    case BOARD_CAST_HASH:
      return cast->seq > 0 && cast->text != NULL;
    default:
      return TRUE;
    }
}

char *
board_cast_to_json (const BoardCast *cast)
{
  const Kind *kind;
  GString *out;

  g_return_val_if_fail (cast != NULL && is_complete (cast), NULL);

  kind = &kinds[cast->type];
  out = g_string_new ("{\"k\":");
  wire_json_append_string (out, kind->name);
  if (kind->append != NULL)
    kind->append (out, cast);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

BoardCast *
board_cast_from_json (const char *text, gssize length, GError **error)
{
  g_autoptr (BoardCast) cast = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;
  gboolean (*parse) (JsonObject *, BoardCast *, GError **);
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
  cast = board_cast_new (find_type (kind));
  parse = kinds[cast->type].parse;
  return parse == NULL || parse (object, cast, error) ? g_steal_pointer (&cast) : NULL;
}
