/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-styled-tool.h"

#include "canvas/draw-color.h"

#define WIDTH_MIN 0.1
#define WIDTH_MAX 64.0

typedef struct {
  char *color;
  double width;
} DrawStyledToolPrivate;

enum { PROP_COLOR = 1, PROP_WIDTH, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DrawStyledTool, draw_styled_tool, G_TYPE_OBJECT)

static DrawStyledToolPrivate *
get_private (DrawStyledTool *self)
{
  return draw_styled_tool_get_instance_private (self);
}

static void
draw_styled_tool_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  const DrawStyledToolPrivate *priv = get_private (DRAW_STYLED_TOOL (object));

  switch (id)
    {
    case PROP_COLOR:
      g_value_set_string (value, priv->color);
      break;
    case PROP_WIDTH:
      g_value_set_double (value, priv->width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_color (DrawStyledTool *self, const char *color)
{
  DrawStyledToolPrivate *priv = get_private (self);
  GdkRGBA parsed;

  if (!draw_color_parse (color, FALSE, &parsed) || g_strcmp0 (color, priv->color) == 0)
    return;
  g_free (priv->color);
  priv->color = g_strdup (color);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOR]);
}

static void
set_width (DrawStyledTool *self, double width)
{
  DrawStyledToolPrivate *priv = get_private (self);

  if (width == priv->width)
    return;
  priv->width = width;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDTH]);
}

static void
draw_styled_tool_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DrawStyledTool *self = DRAW_STYLED_TOOL (object);

  switch (id)
    {
    case PROP_COLOR:
      set_color (self, g_value_get_string (value));
      break;
    case PROP_WIDTH:
      set_width (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
draw_styled_tool_finalize (GObject *object)
{
  g_free (get_private (DRAW_STYLED_TOOL (object))->color);
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

  properties[PROP_COLOR] = g_param_spec_string ("color", NULL, NULL, "#1e1e1e", flags);
  properties[PROP_WIDTH]
      = g_param_spec_double ("width", NULL, NULL, WIDTH_MIN, WIDTH_MAX, 2, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
draw_styled_tool_init (DrawStyledTool *self)
{
  DrawStyledToolPrivate *priv = get_private (self);

  priv->color = g_strdup ("#1e1e1e");
  priv->width = 2;
}

const char *
draw_styled_tool_get_color (DrawStyledTool *self)
{
  g_return_val_if_fail (DRAW_IS_STYLED_TOOL (self), NULL);

  return get_private (self)->color;
}

double
draw_styled_tool_get_width (DrawStyledTool *self)
{
  g_return_val_if_fail (DRAW_IS_STYLED_TOOL (self), 0);

  return get_private (self)->width;
}
