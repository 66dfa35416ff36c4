/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-styled-tool.h"

#include "canvas/draw-color.h"

#define WIDTH_MIN 0.1
#define WIDTH_MAX 64.0

typedef struct {
  DrawStyle *style;
} DrawStyledToolPrivate;

enum { PROP_STYLE = 1, PROP_COLOR, PROP_WIDTH, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DrawStyledTool, draw_styled_tool, G_TYPE_OBJECT)

static const char *const type_names[] = {
  [BOARD_ELEMENT_FREEDRAW] = "freedraw", [BOARD_ELEMENT_RECTANGLE] = "rectangle",
  [BOARD_ELEMENT_DIAMOND] = "diamond",   [BOARD_ELEMENT_ELLIPSE] = "ellipse",
  [BOARD_ELEMENT_LINE] = "line",         [BOARD_ELEMENT_ARROW] = "arrow",
  [BOARD_ELEMENT_TEXT] = "text",         [BOARD_ELEMENT_NOTE] = "note",
  [BOARD_ELEMENT_IMAGE] = "image",       [BOARD_ELEMENT_FRAME] = "frame",
};

static DrawStyledToolPrivate *
get_private (DrawStyledTool *self)
{
  return draw_styled_tool_get_instance_private (self);
}

static void
draw_styled_tool_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DrawStyledTool *self = DRAW_STYLED_TOOL (object);

  switch (id)
    {
    case PROP_STYLE:
      g_value_set_object (value, get_private (self)->style);
      break;
    case PROP_COLOR:
      g_value_set_string (value, draw_styled_tool_get_color (self));
      break;
    case PROP_WIDTH:
      g_value_set_double (value, draw_styled_tool_get_width (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_color (DrawStyledTool *self, const char *color)
{
  GdkRGBA parsed;

  if (draw_color_parse (color, FALSE, &parsed))
    draw_style_set (get_private (self)->style, "strokeColor",
                    json_node_init_string (json_node_alloc (), color));
}

static void
draw_styled_tool_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DrawStyledTool *self = DRAW_STYLED_TOOL (object);

  switch (id)
    {
    case PROP_STYLE:
      if (g_value_get_object (value) != NULL)
        g_set_object (&get_private (self)->style, g_value_get_object (value));
      break;
    case PROP_COLOR:
      set_color (self, g_value_get_string (value));
      break;
    case PROP_WIDTH:
      draw_style_set (get_private (self)->style, "strokeWidth",
                      json_node_init_double (json_node_alloc (), g_value_get_double (value)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
draw_styled_tool_finalize (GObject *object)
{
  g_object_unref (get_private (DRAW_STYLED_TOOL (object))->style);
  G_OBJECT_CLASS (draw_styled_tool_parent_class)->finalize (object);
}

static void
draw_styled_tool_class_init (DrawStyledToolClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = draw_styled_tool_finalize;
  object_class->get_property = draw_styled_tool_get_property;
  object_class->set_property = draw_styled_tool_set_property;

  properties[PROP_STYLE] = g_param_spec_object ("style", NULL, NULL, DRAW_TYPE_STYLE, flags);
  properties[PROP_COLOR] = g_param_spec_string ("color", NULL, NULL, "#1e1e1e", flags);
  properties[PROP_WIDTH]
      = g_param_spec_double ("width", NULL, NULL, WIDTH_MIN, WIDTH_MAX, 2, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
draw_styled_tool_init (DrawStyledTool *self)
{
  get_private (self)->style = draw_style_new ();
}

DrawStyle *
draw_styled_tool_get_style (DrawStyledTool *self)
{
  g_return_val_if_fail (DRAW_IS_STYLED_TOOL (self), NULL);

  return get_private (self)->style;
}

const char *
draw_styled_tool_get_color (DrawStyledTool *self)
{
  g_return_val_if_fail (DRAW_IS_STYLED_TOOL (self), NULL);

  return draw_style_get_text (get_private (self)->style, "strokeColor");
}

double
draw_styled_tool_get_width (DrawStyledTool *self)
{
  g_return_val_if_fail (DRAW_IS_STYLED_TOOL (self), 0);

  return draw_style_get_number (get_private (self)->style, "strokeWidth");
}

JsonObject *
draw_styled_tool_make_props (DrawStyledTool *self,
                             BoardDocument *document,
                             BoardElementType type,
                             double x,
                             double y,
                             double width,
                             double height)
{
  JsonObject *props = json_object_new ();
  g_autofree char *id = board_element_make_id ();
  g_autofree char *index = NULL;

  g_return_val_if_fail (DRAW_IS_STYLED_TOOL (self), props);
  g_return_val_if_fail (type < G_N_ELEMENTS (type_names) && type_names[type] != NULL, props);

  index = board_document_index_above (document);
  json_object_set_string_member (props, "id", id);
  json_object_set_string_member (props, "type", type_names[type]);
  json_object_set_string_member (props, "index", index);
  json_object_set_double_member (props, "x", x);
  json_object_set_double_member (props, "y", y);
  json_object_set_double_member (props, "width", width);
  json_object_set_double_member (props, "height", height);
  /* What makes a sloppy outline look the same everywhere. */
  json_object_set_int_member (props, "seed", g_random_int_range (1, G_MAXINT32));
  draw_style_apply (get_private (self)->style, type, props);
  return props;
}
