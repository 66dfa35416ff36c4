/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-schema.h"

#include <math.h>
#include <string.h>

#include "board-fields.h"
#include "board-index.h"
#include "board/board-limits.h"

typedef enum {
  RULE_ID,
  RULE_INDEX,
  RULE_TOKEN, /* one of a list that may grow: 1..32 of A-Z a-z 0-9 - _ */
  RULE_TEXT,  /* max: characters */
  RULE_COLOR,
  RULE_NUMBER, /* min..max */
  RULE_INT,    /* min..max */
  RULE_BOOL,
  RULE_OBJECT, /* any */
  RULE_IDS,    /* max: entries */
  RULE_PAIR,   /* of numbers min..max */
  RULE_POINTS, /* pairs of numbers, 1..max of them */
  RULE_PACKED, /* board-stroke.h */
  /* Objects whose members are judged by the rows of parts[]; members without one are kept. */
  RULE_ROUNDNESS,
  RULE_BINDING,
  RULE_CROP,
  RULE_STROKE_OPTIONS,
  /* Arrays of such objects. max: entries */
  RULE_BOUND,
  RULE_SEGMENTS,
} Rule;

#define TYPE(t) (1u << BOARD_ELEMENT_##t)
#define ALL (~0u)
#define SHAPES (TYPE (RECTANGLE) | TYPE (DIAMOND) | TYPE (ELLIPSE))
#define LINES (TYPE (LINE) | TYPE (ARROW))
#define WORDS (TYPE (TEXT) | TYPE (NOTE))
#define BIG (2 * BOARD_COORDINATE_MAX)

typedef struct {
  const char *name;
  guint types; /* which may have it */
  guint needs; /* which must have it */
  Rule rule;
  double min, max;
} Row;

/* Sorted by name; a name with several rows holds different things on different types. Ranges:
 * what can be painted without harm (cairo 1.16 never returns from huge radii and angles), wide
 * enough for any real .excalidraw file. */
static const Row rows[] = {
  { "angle", ALL, 0, RULE_NUMBER, -100, 100 },
  { "autoResize", WORDS, 0, RULE_BOOL, 0, 0 },
  { "backgroundColor", ALL, 0, RULE_COLOR, 0, 0 },
  { "baseline", WORDS, 0, RULE_NUMBER, -BIG, BIG },
  { "boundElements", ALL, 0, RULE_BOUND, 0, 1000 },
  { "containerId", WORDS, 0, RULE_ID, 0, 0 },
  { "crop", TYPE (IMAGE), 0, RULE_CROP, 0, 0 },
  { "customData", ALL, 0, RULE_OBJECT, 0, 0 },
  { "elbowed", LINES, 0, RULE_BOOL, 0, 0 },
  { "endArrowhead", LINES, 0, RULE_TOKEN, 0, 0 },
  { "endBinding", LINES, 0, RULE_BINDING, 0, 0 },
  { "endIsSpecial", LINES, 0, RULE_BOOL, 0, 0 },
  { "fileId", TYPE (IMAGE), 0, RULE_ID, 0, 0 },
  { "fillStyle", ALL, 0, RULE_TOKEN, 0, 0 },
  { "fixedSegments", LINES, 0, RULE_SEGMENTS, 0, 1000 },
  { "fontFamily", WORDS, 0, RULE_INT, 0, 1000 },
  { "fontSize", WORDS, 0, RULE_NUMBER, 1, 1000 },
  { "frameId", ALL, 0, RULE_ID, 0, 0 },
  { "groupIds", ALL, 0, RULE_IDS, 0, 16 },
  { "height", ALL, 0, RULE_NUMBER, 0, BIG },
  { "id", ALL, ALL, RULE_ID, 0, 0 },
  { "index", ALL, ALL, RULE_INDEX, 0, 0 },
  { "isDeleted", ALL, 0, RULE_BOOL, 0, 0 },
  { "lastCommittedPoint", LINES | TYPE (FREEDRAW), 0, RULE_PAIR, -BIG, BIG },
  { "lineHeight", WORDS, 0, RULE_NUMBER, 0.1, 10 },
  { "link", ALL, 0, RULE_TEXT, 0, 2048 },
  { "locked", ALL, 0, RULE_BOOL, 0, 0 },
  { "name", TYPE (FRAME), 0, RULE_TEXT, 0, BOARD_MAX_TITLE },
  { "opacity", ALL, 0, RULE_NUMBER, 0, 100 },
  { "originalText", WORDS, 0, RULE_TEXT, 0, BOARD_MAX_TEXT },
  { "points", LINES, LINES, RULE_POINTS, -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX },
  { "points", TYPE (FREEDRAW), TYPE (FREEDRAW), RULE_PACKED, 0, 0 },
  { "polygon", LINES, 0, RULE_BOOL, 0, 0 },
  { "roughness", ALL, 0, RULE_NUMBER, 0, 10 },
  { "roundness", ALL, 0, RULE_ROUNDNESS, 0, 0 },
  { "scale", TYPE (IMAGE), 0, RULE_PAIR, -100, 100 },
  { "seed", ALL, 0, RULE_INT, 0, BOARD_MAX_INTEGER },
  { "simulatePressure", TYPE (FREEDRAW), 0, RULE_BOOL, 0, 0 },
  { "startArrowhead", LINES, 0, RULE_TOKEN, 0, 0 },
  { "startBinding", LINES, 0, RULE_BINDING, 0, 0 },
  { "startIsSpecial", LINES, 0, RULE_BOOL, 0, 0 },
  { "status", TYPE (IMAGE), 0, RULE_TOKEN, 0, 0 },
  { "strokeColor", ALL, 0, RULE_COLOR, 0, 0 },
  { "strokeOptions", TYPE (FREEDRAW), 0, RULE_STROKE_OPTIONS, 0, 0 },
  { "strokeStyle", ALL, 0, RULE_TOKEN, 0, 0 },
  { "strokeWidth", ALL, 0, RULE_NUMBER, BOARD_STROKE_WIDTH_MIN, BOARD_STROKE_WIDTH_MAX },
  { "text", WORDS, 0, RULE_TEXT, 0, BOARD_MAX_TEXT },
  { "textAlign", WORDS, 0, RULE_TOKEN, 0, 0 },
  { "type", ALL, ALL, RULE_TOKEN, 0, 0 },
  { "updated", ALL, 0, RULE_INT, 0, BOARD_MAX_INTEGER },
  { "version", ALL, 0, RULE_INT, 0, BOARD_MAX_INTEGER },
  { "versionNonce", ALL, 0, RULE_INT, 0, BOARD_MAX_INTEGER },
  { "verticalAlign", WORDS, 0, RULE_TOKEN, 0, 0 },
  { "width", ALL, 0, RULE_NUMBER, 0, BIG },
  { "x", ALL, 0, RULE_NUMBER, -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX },
  { "y", ALL, 0, RULE_NUMBER, -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX },
};

/* Members of objects: types is not looked at, needs says whether the object must have it. As a
 * property does, a member may be null where it may be absent. */
static const Row roundness_members[] = {
  { "type", ALL, ALL, RULE_INT, 1, 100 },
  { "value", ALL, 0, RULE_NUMBER, 0, BIG },
};
/* The fixed point of an arrow that keeps its distance lies outside of the box, of a thin box far
 * outside. "focus" and "gap" are what was said before there were fixed points. */
static const Row binding_members[] = {
  { "elementId", ALL, ALL, RULE_ID, 0, 0 },    { "fixedPoint", ALL, 0, RULE_PAIR, -BIG, BIG },
  { "focus", ALL, 0, RULE_NUMBER, -BIG, BIG }, { "gap", ALL, 0, RULE_NUMBER, -BIG, BIG },
  { "mode", ALL, 0, RULE_TOKEN, 0, 0 },
};
static const Row crop_members[] = {
  { "x", ALL, ALL, RULE_NUMBER, -BIG, BIG },
  { "y", ALL, ALL, RULE_NUMBER, -BIG, BIG },
  { "width", ALL, ALL, RULE_NUMBER, 0, BIG },
  { "height", ALL, ALL, RULE_NUMBER, 0, BIG },
  { "naturalWidth", ALL, ALL, RULE_NUMBER, 0, BIG },
  { "naturalHeight", ALL, ALL, RULE_NUMBER, 0, BIG },
};
static const Row stroke_options_members[] = {
  { "streamline", ALL, 0, RULE_NUMBER, 0, 1 },
  { "variability", ALL, 0, RULE_TOKEN, 0, 0 },
};
static const Row bound_members[] = {
  { "id", ALL, ALL, RULE_ID, 0, 0 },
  { "type", ALL, ALL, RULE_TOKEN, 0, 0 },
};
static const Row segment_members[] = {
  { "index", ALL, ALL, RULE_INT, 0, BOARD_MAX_POINTS },
  { "start", ALL, ALL, RULE_PAIR, -BIG, BIG },
  { "end", ALL, ALL, RULE_PAIR, -BIG, BIG },
};

#define PART(members)                                                                              \
  {                                                                                                \
    members, G_N_ELEMENTS (members)                                                                \
  }

static const struct {
  const Row *members;
  gsize n;
} parts[] = {
  [RULE_ROUNDNESS] = PART (roundness_members),
  [RULE_BINDING] = PART (binding_members),
  [RULE_CROP] = PART (crop_members),
  [RULE_STROKE_OPTIONS] = PART (stroke_options_members),
  [RULE_BOUND] = PART (bound_members),
  [RULE_SEGMENTS] = PART (segment_members),
};

static const struct {
  const char *name;
  BoardElementType type;
} types[] = {
  { "freedraw", BOARD_ELEMENT_FREEDRAW }, { "rectangle", BOARD_ELEMENT_RECTANGLE },
  { "diamond", BOARD_ELEMENT_DIAMOND },   { "ellipse", BOARD_ELEMENT_ELLIPSE },
  { "line", BOARD_ELEMENT_LINE },         { "arrow", BOARD_ELEMENT_ARROW },
  { "text", BOARD_ELEMENT_TEXT },         { "note", BOARD_ELEMENT_NOTE },
  { "image", BOARD_ELEMENT_IMAGE },       { "frame", BOARD_ELEMENT_FRAME },
};

BoardElementType
board_schema_find_type (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].name, name))
      return types[i].type;
  return BOARD_ELEMENT_UNKNOWN;
}

static gboolean
word_is_valid (const char *word, gsize max)
{
  gsize length = strnlen (word, max + 1);

  if (length == 0 || length > max)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (word[i]) && word[i] != '-' && word[i] != '_')
      return FALSE;
  return TRUE;
}

gboolean
board_schema_id_is_valid (const char *id)
{
  return word_is_valid (id, BOARD_MAX_NAME_BYTES);
}

gboolean
board_schema_name_is_valid (const char *name)
{
  gsize length = strnlen (name, BOARD_MAX_NAME_BYTES + 1);

  if (length == 0 || length > BOARD_MAX_NAME_BYTES)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isprint (name[i]) || name[i] == '"' || name[i] == '\\')
      return FALSE;
  return TRUE;
}

gboolean
board_schema_color_is_valid (const char *color)
{
  gsize length = strnlen (color, 12);

  if (g_str_equal (color, "transparent"))
    return TRUE;
  if (color[0] != '#' || (length != 4 && length != 7 && length != 9))
    return FALSE;
  for (gsize i = 1; i < length; i++)
    if (!g_ascii_isxdigit (color[i]))
      return FALSE;
  return TRUE;
}

static gboolean
fail (GError **error, BoardError code, const char *name, const char *what)
{
  g_set_error (error, BOARD_ERROR, code, "\"%s\" %s", name, what);
  return FALSE;
}

static gboolean check_row (const Row *row, JsonNode *value, GError **error);

static gboolean
check_string (const Row *row, JsonNode *value, GError **error)
{
  const char *text;

  if (!board_node_string (value, &text))
    return fail (error, BOARD_ERROR_SCHEMA, row->name, "is not a string");
  if (row->rule == RULE_TEXT)
    return g_utf8_strlen (text, -1) <= (glong) row->max
           || fail (error, BOARD_ERROR_LIMIT, row->name, "is too long");
  if ((row->rule == RULE_ID && !board_schema_id_is_valid (text))
      || (row->rule == RULE_INDEX && !board_index_is_valid (text))
      || (row->rule == RULE_TOKEN && !word_is_valid (text, 32))
      || (row->rule == RULE_COLOR && !board_schema_color_is_valid (text)))
    return fail (error, BOARD_ERROR_SCHEMA, row->name, "has a text that it cannot have");
  return TRUE;
}

static gboolean
check_range (const Row *row, double number, GError **error)
{
  return (number >= row->min && number <= row->max)
         || fail (error, BOARD_ERROR_RANGE, row->name, "is out of range");
}

static gboolean
check_number (const Row *row, JsonNode *value, GError **error)
{
  double number;

  if (!board_node_number (value, &number))
    return fail (error, BOARD_ERROR_SCHEMA, row->name, "is not a number");
  if (row->rule == RULE_INT && number != trunc (number))
    return fail (error, BOARD_ERROR_SCHEMA, row->name, "is not a whole number");
  return check_range (row, number, error);
}

static gboolean
check_pair (const Row *row, JsonNode *value, GError **error)
{
  JsonArray *array;
  double number;

  if (!JSON_NODE_HOLDS_ARRAY (value) || json_array_get_length (json_node_get_array (value)) != 2)
    return fail (error, BOARD_ERROR_SCHEMA, row->name, "is not a pair of numbers");
  array = json_node_get_array (value);
  for (guint i = 0; i < 2; i++)
    {
      if (!board_node_number (json_array_get_element (array, i), &number))
        return fail (error, BOARD_ERROR_SCHEMA, row->name, "is not a pair of numbers");
      if (!check_range (row, number, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_points (const Row *row, JsonArray *array, GError **error)
{
  guint length = json_array_get_length (array);

  if (length < 1 || length > BOARD_MAX_POINTS)
    return fail (error, BOARD_ERROR_LIMIT, row->name, "has no points or too many");
  for (guint i = 0; i < length; i++)
    if (!check_pair (row, json_array_get_element (array, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
check_ids (const Row *row, JsonArray *array, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *id;

      if (!board_node_string (json_array_get_element (array, i), &id)
          || !board_schema_id_is_valid (id))
        return fail (error, BOARD_ERROR_SCHEMA, row->name, "has an entry that is no id");
    }
  return TRUE;
}

static gboolean
check_object (const Row *row, JsonNode *value, GError **error)
{
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (value))
    return fail (error, BOARD_ERROR_SCHEMA, row->name, "is not an object");
  object = json_node_get_object (value);
  for (gsize i = 0; i < parts[row->rule].n; i++)
    {
      const Row *member = &parts[row->rule].members[i];

      if (board_fields_has (object, member->name))
        {
          if (!check_row (member, json_object_get_member (object, member->name), error))
            return FALSE;
        }
      else if (member->needs != 0)
        return fail (error, BOARD_ERROR_SCHEMA, row->name, "lacks what it must say");
    }
  return TRUE;
}

static gboolean
check_objects (const Row *row, JsonArray *array, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!check_object (row, json_array_get_element (array, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
check_array (const Row *row, JsonNode *value, GError **error)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (value))
    return fail (error, BOARD_ERROR_SCHEMA, row->name, "is not an array");
  array = json_node_get_array (value);
  if (row->rule == RULE_POINTS)
    return check_points (row, array, error);
  if (json_array_get_length (array) > (guint) row->max)
    return fail (error, BOARD_ERROR_LIMIT, row->name, "has too many entries");
  return row->rule == RULE_IDS ? check_ids (row, array, error) : check_objects (row, array, error);
}

static gboolean
check_packed (const Row *row, JsonNode *value, GError **error)
{
  g_autoptr (BoardStroke) stroke = NULL;
  const char *text;

  if (!board_node_string (value, &text))
    return fail (error, BOARD_ERROR_SCHEMA, row->name, "is not packed points");
  stroke = board_stroke_unpack (text, error);
  return stroke != NULL;
}

static gboolean
check_row (const Row *row, JsonNode *value, GError **error)
{
  switch (row->rule)
    {
    case RULE_ID:
    case RULE_INDEX:
    case RULE_TOKEN:
    case RULE_TEXT:
    case RULE_COLOR:
      return check_string (row, value, error);
    case RULE_NUMBER:
    case RULE_INT:
      return check_number (row, value, error);
    case RULE_BOOL:
      return (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_BOOLEAN)
             || fail (error, BOARD_ERROR_SCHEMA, row->name, "is not a boolean");
    case RULE_OBJECT:
      return JSON_NODE_HOLDS_OBJECT (value)
             || fail (error, BOARD_ERROR_SCHEMA, row->name, "is not an object");
    case RULE_ROUNDNESS:
    case RULE_BINDING:
    case RULE_CROP:
    case RULE_STROKE_OPTIONS:
      return check_object (row, value, error);
    case RULE_IDS:
    case RULE_POINTS:
    case RULE_BOUND:
    case RULE_SEGMENTS:
      return check_array (row, value, error);
    case RULE_PAIR:
      return check_pair (row, value, error);
    case RULE_PACKED:
      return check_packed (row, value, error);
    default:
      g_assert_not_reached ();
    }
}

/* The first row of that name, or NULL for a property that this version does not know. */
static const Row *
find_rows (const char *name)
{
  gsize low = 0, high = G_N_ELEMENTS (rows);

  while (low < high)
    {
      gsize middle = (low + high) / 2;

      if (strcmp (rows[middle].name, name) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low < G_N_ELEMENTS (rows) && g_str_equal (rows[low].name, name) ? &rows[low] : NULL;
}

gboolean
board_schema_check (BoardElementType type, const char *name, JsonNode *value, GError **error)
{
  const Row *row = find_rows (name);
  gboolean any = type == BOARD_ELEMENT_UNKNOWN;
  gboolean tried = FALSE;

  if (!board_schema_name_is_valid (name))
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_SCHEMA,
                           "A property has a name that it cannot have");
      return FALSE;
    }
  if (row == NULL)
    return TRUE;
  for (; row < rows + G_N_ELEMENTS (rows) && g_str_equal (row->name, name); row++)
    {
      if (!any && !(row->types & (1u << type)))
        continue;
      if (JSON_NODE_HOLDS_NULL (value))
        return (any ? row->needs != ALL : !(row->needs & (1u << type)))
               || fail (error, BOARD_ERROR_SCHEMA, name, "cannot be taken away");
      if (tried)
        g_clear_error (error);
      if (check_row (row, value, error))
        return TRUE;
      tried = TRUE;
    }
  return tried ? FALSE
               : fail (error, BOARD_ERROR_SCHEMA, name, "does not belong to this type of element");
}

gboolean
board_schema_takes_number (BoardElementType type, const char *name, double number)
{
  const Row *row = find_rows (name);

  return row != NULL && row->rule == RULE_NUMBER && (row->types & (1u << type)) != 0
         && check_range (row, number, NULL);
}

gboolean
board_schema_check_complete (BoardElementType type, JsonObject *props, GError **error)
{
  for (const Row *row = rows; row < rows + G_N_ELEMENTS (rows); row++)
    {
      gboolean needed = row->needs == ALL || (row->needs & (1u << type));

      if (needed && !board_fields_has (props, row->name))
        return fail (error, BOARD_ERROR_SCHEMA, row->name, "is missing");
    }
  return TRUE;
}
