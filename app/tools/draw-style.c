/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-style.h"

#include "canvas/draw-text.h"

struct _DrawStyle {
  GObject parent_instance;

  JsonObject *values;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawStyle, draw_style, G_TYPE_OBJECT)

#define TYPE(t) (1u << BOARD_ELEMENT_##t)
#define SHAPES (TYPE (RECTANGLE) | TYPE (DIAMOND) | TYPE (ELLIPSE))
#define LINES (TYPE (LINE) | TYPE (ARROW))
#define WORDS (TYPE (TEXT) | TYPE (NOTE))

/* initial: for the next element. absent: what an element means that does not say (Excalidraw's
 * defaults). */
static const struct {
  const char *name;
  guint types;
  const char *initial, *absent;
} rows[] = {
  { "strokeColor", SHAPES | LINES | WORDS | TYPE (FREEDRAW), "\"#1e1e1e\"", "\"#1e1e1e\"" },
  { "backgroundColor", SHAPES | TYPE (LINE) | TYPE (NOTE), "\"transparent\"", "\"transparent\"" },
  { "fillStyle", SHAPES | TYPE (LINE), "\"solid\"", "\"solid\"" },
  { "strokeWidth", SHAPES | LINES | TYPE (FREEDRAW), "2", "2" },
  { "strokeStyle", SHAPES | LINES, "\"solid\"", "\"solid\"" },
  { "roughness", SHAPES | LINES, "0", "1" },
  { "roundness", TYPE (RECTANGLE) | TYPE (DIAMOND) | LINES, "false", "false" },
  { "fontFamily", WORDS, "6", "5" },
  { "fontSize", WORDS, "20", "20" },
  { "textAlign", WORDS, "\"left\"", "\"left\"" },
  { "elbowed", TYPE (ARROW), "false", "false" },
  { "startArrowhead", TYPE (ARROW), "\"none\"", "\"none\"" },
  { "endArrowhead", TYPE (ARROW), "\"arrow\"", "\"none\"" },
  { "opacity", ~TYPE (FRAME), "100", "100" },
};

static int
find_row (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (rows[i].name, name) == 0)
      return (int) i;
  return -1;
}

static void
draw_style_finalize (GObject *object)
{
  json_object_unref (DRAW_STYLE (object)->values);
  G_OBJECT_CLASS (draw_style_parent_class)->finalize (object);
}

static void
draw_style_class_init (DrawStyleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_style_finalize;
  signals[CHANGED] = g_signal_new ("changed", DRAW_TYPE_STYLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
draw_style_init (DrawStyle *self)
{
  self->values = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    json_object_set_member (self->values, rows[i].name, json_from_string (rows[i].initial, NULL));
}

DrawStyle *
draw_style_new (void)
{
  return g_object_new (DRAW_TYPE_STYLE, NULL);
}

JsonNode *
draw_style_get (DrawStyle *self, const char *name)
{
  g_return_val_if_fail (DRAW_IS_STYLE (self), NULL);

  return json_object_get_member (self->values, name);
}

const char *
draw_style_get_text (DrawStyle *self, const char *name)
{
  JsonNode *node = draw_style_get (self, name);

  return node != NULL ? json_node_get_string (node) : NULL;
}

double
draw_style_get_number (DrawStyle *self, const char *name)
{
  JsonNode *node = draw_style_get (self, name);

  return node != NULL ? json_node_get_double (node) : 0;
}

static gboolean
is_number (JsonNode *node)
{
  return json_node_get_value_type (node) == G_TYPE_INT64
         || json_node_get_value_type (node) == G_TYPE_DOUBLE;
}

static gboolean
is_alike (JsonNode *a, JsonNode *b)
{
  if (!JSON_NODE_HOLDS_VALUE (a) || !JSON_NODE_HOLDS_VALUE (b))
    return FALSE;
  return json_node_get_value_type (a) == json_node_get_value_type (b)
         || (is_number (a) && is_number (b));
}

void
draw_style_set (DrawStyle *self, const char *name, JsonNode *value)
{
  g_autoptr (JsonNode) owned = value;
  JsonNode *before;

  g_return_if_fail (DRAW_IS_STYLE (self));
  g_return_if_fail (name != NULL && value != NULL);

  before = json_object_get_member (self->values, name);
  if (before == NULL || !is_alike (before, value) || json_node_equal (before, value))
    return;
  json_object_set_member (self->values, name, g_steal_pointer (&owned));
  g_signal_emit (self, signals[CHANGED], 0, name);
}

static JsonNode *
make_roundness (BoardElementType type)
{
  JsonObject *roundness = json_object_new ();
  JsonNode *node = json_node_alloc ();

  /* Excalidraw: rectangles have corners of a fixed radius, anything else in proportion. */
  json_object_set_int_member (roundness, "type", type == BOARD_ELEMENT_RECTANGLE ? 3 : 2);
  json_node_init_object (node, roundness);
  json_object_unref (roundness);
  return node;
}

JsonNode *
draw_style_to_board (BoardElementType type, const char *name, JsonNode *value)
{
  g_return_val_if_fail (name != NULL && value != NULL, NULL);

  if (g_str_equal (name, "roundness"))
    return json_node_get_boolean (value) ? make_roundness (type)
                                         : json_node_init_null (json_node_alloc ());
  if (g_str_has_suffix (name, "Arrowhead") && g_strcmp0 (json_node_get_string (value), "none") == 0)
    return json_node_init_null (json_node_alloc ());
  /* Paper has a colour: a note without one of its own has that of notes. */
  if (type == BOARD_ELEMENT_NOTE && g_str_equal (name, "backgroundColor")
      && g_strcmp0 (json_node_get_string (value), "transparent") == 0)
    return json_node_init_null (json_node_alloc ());
  return json_node_copy (value);
}

void
draw_style_apply (DrawStyle *self, BoardElementType type, JsonObject *props)
{
  g_return_if_fail (DRAW_IS_STYLE (self));
  g_return_if_fail (props != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonNode) node = NULL;

      if ((rows[i].types & (1u << type)) == 0)
        continue;
      node = draw_style_to_board (type, rows[i].name,
                                  json_object_get_member (self->values, rows[i].name));
      if (!JSON_NODE_HOLDS_NULL (node))
        json_object_set_member (props, rows[i].name, g_steal_pointer (&node));
    }
  if ((WORDS & (1u << type)) != 0)
    json_object_set_double_member (props, "lineHeight",
                                   draw_text_get_line_height (
                                       (int) draw_style_get_number (self, "fontFamily")));
}

char *
draw_style_save (DrawStyle *self)
{
  g_autoptr (JsonNode) node = json_node_alloc ();

  g_return_val_if_fail (DRAW_IS_STYLE (self), NULL);

  json_node_init_object (node, self->values);
  return json_to_string (node, FALSE);
}

void
draw_style_load (DrawStyle *self, const char *text)
{
  g_autoptr (JsonNode) node = text != NULL && *text != '\0' ? json_from_string (text, NULL) : NULL;

  g_return_if_fail (DRAW_IS_STYLE (self));

  for (guint i = 0; node != NULL && JSON_NODE_HOLDS_OBJECT (node) && i < G_N_ELEMENTS (rows); i++)
    {
      JsonNode *value = json_object_get_member (json_node_get_object (node), rows[i].name);

      if (value != NULL)
        draw_style_set (self, rows[i].name, json_node_copy (value));
    }
}

gboolean
draw_style_concerns (BoardElementType type, const char *name)
{
  const int row = find_row (name);

  return row >= 0 && (rows[row].types & (1u << type)) != 0;
}

JsonNode *
draw_style_dup_value (BoardElement *element, const char *name)
{
  const int row = find_row (name);
  JsonNode *node;

  g_return_val_if_fail (element != NULL && row >= 0, NULL);

  node = board_element_get_prop (element, name);
  if (g_str_equal (name, "roundness"))
    return json_node_init_boolean (json_node_alloc (),
                                   node != NULL && JSON_NODE_HOLDS_OBJECT (node));
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return json_from_string (rows[row].absent, NULL);
  return json_node_copy (node);
}
