/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What is chosen is for what is selected and for what is made next. What is shown is the look of
 * what is selected; when nothing is, of what the tool in hand would make. */
#include "window/draw-board-view-private.h"

#include "tools/draw-restyle.h"

/* What a tool makes; UNKNOWN: nothing. */
static const BoardElementType made[N_TOOLS] = {
  [TOOL_PEN] = BOARD_ELEMENT_FREEDRAW, [TOOL_HIGHLIGHTER] = BOARD_ELEMENT_FREEDRAW,    [TOOL_RECTANGLE] = BOARD_ELEMENT_RECTANGLE,
  [TOOL_DIAMOND] = BOARD_ELEMENT_DIAMOND, [TOOL_ELLIPSE] = BOARD_ELEMENT_ELLIPSE,
  [TOOL_ARROW] = BOARD_ELEMENT_ARROW,     [TOOL_LINE] = BOARD_ELEMENT_LINE,
  [TOOL_TEXT] = BOARD_ELEMENT_TEXT,       [TOOL_NOTE] = BOARD_ELEMENT_NOTE,
};

/* The style that the tool in hand draws with. */
static DrawStyle *
get_style (DrawBoardView *self)
{
  return self->tool == TOOL_HIGHLIGHTER ? self->marker_style : self->style;
}

static DrawToolHost *
get_host (DrawBoardView *self)
{
  return DRAW_TOOL_HOST (self->canvas);
}

static gboolean
has_selection (DrawBoardView *self)
{
  return draw_tool_host_get_document (get_host (self)) != NULL
         && draw_canvas_get_selection (self->canvas)->len > 0;
}

static void
choose (DrawBoardView *self, const char *name, JsonNode *value)
{
  if (has_selection (self))
    {
      g_autoptr (GPtrArray) ops
          = draw_restyle_set (draw_tool_host_get_document (get_host (self)),
                              draw_canvas_get_selection (self->canvas), name, value);

      draw_tool_host_emit_ops (get_host (self), ops);
    }
  draw_style_set (get_style (self), name, json_node_copy (value));
}

static void
on_color_chosen (DrawToolBar *bar, const char *color, DrawBoardView *self)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), color);

  choose (self, "strokeColor", node);
}

static void
on_width_chosen (DrawToolBar *bar, double width, DrawBoardView *self)
{
  g_autoptr (JsonNode) node = json_node_init_double (json_node_alloc (), width);

  choose (self, "strokeWidth", node);
}

static void
on_property_chosen (DrawProperties *properties,
                    const char *name,
                    JsonNode *value,
                    DrawBoardView *self)
{
  choose (self, name, value);
}

static DrawLook
get_look (DrawBoardView *self, const char *name, JsonNode **value)
{
  if (has_selection (self))
    return draw_restyle_get (draw_tool_host_get_document (get_host (self)),
                             draw_canvas_get_selection (self->canvas), name, value);
  *value = NULL;
  if (!draw_style_concerns (made[self->tool], name) || made[self->tool] == BOARD_ELEMENT_UNKNOWN)
    return DRAW_LOOK_NONE;
  *value = json_node_copy (draw_style_get (get_style (self), name));
  return DRAW_LOOK_SAME;
}

void
draw_board_view_update_style (DrawBoardView *self)
{
  DrawProperties *properties = draw_tool_bar_get_properties (self->tool_bar);

  for (guint i = 0; i < draw_properties_get_n_names (); i++)
    {
      const char *name = draw_properties_get_nth_name (i);
      g_autoptr (JsonNode) value = NULL;
      const DrawLook look = get_look (self, name, &value);

      draw_properties_show (properties, name, look != DRAW_LOOK_NONE, value);
      if (value != NULL && g_str_equal (name, "strokeColor"))
        draw_tool_bar_set_color (self->tool_bar, json_node_get_string (value));
      else if (value != NULL && g_str_equal (name, "strokeWidth"))
        draw_tool_bar_set_width (self->tool_bar, json_node_get_double (value));
    }
}

static void
on_style_changed (DrawStyle *style, const char *name, DrawBoardView *self)
{
  draw_board_view_update_style (self);
  g_object_notify (G_OBJECT (self), "style");
}

void
draw_board_view_init_style (DrawBoardView *self)
{
  DrawProperties *properties = draw_tool_bar_get_properties (self->tool_bar);

  self->style = draw_style_new ();
  draw_style_set (self->style, "strokeColor",
                  json_node_init_string (json_node_alloc (), "#241f31"));
  draw_style_set (self->style, "strokeWidth", json_node_init_int (json_node_alloc (), 4));
  self->marker_style = draw_style_new ();
  draw_style_set (self->marker_style, "strokeColor",
                  json_node_init_string (json_node_alloc (), "#f6d32d"));
  draw_style_set (self->marker_style, "strokeWidth", json_node_init_int (json_node_alloc (), 20));
  g_signal_connect_object (self->marker_style, "changed", G_CALLBACK (on_style_changed), self, 0);
  g_signal_connect_object (self->style, "changed", G_CALLBACK (on_style_changed), self, 0);
  g_signal_connect_object (self->tool_bar, "color-chosen", G_CALLBACK (on_color_chosen), self, 0);
  g_signal_connect_object (self->tool_bar, "width-chosen", G_CALLBACK (on_width_chosen), self, 0);
  g_signal_connect_object (properties, "chosen", G_CALLBACK (on_property_chosen), self, 0);
  g_signal_connect_object (self->canvas, "selection-changed",
                           G_CALLBACK (draw_board_view_update_style), self, G_CONNECT_SWAPPED);
}
