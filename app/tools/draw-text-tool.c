/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-text-tool.h"

#include <math.h>

#include "canvas/draw-scene.h"
#include "canvas/draw-shape.h"
#include "canvas/draw-text.h"
#include "tools/draw-pick.h"
#include "tools/draw-tools.h"

/* A click begins a text, or goes on with one that is there; a drag gives it its width. On a shape it
 * is the shape's label. */
#define DRAW_TYPE_TEXT_TOOL (draw_text_tool_get_type ())
G_DECLARE_FINAL_TYPE (DrawTextTool, draw_text_tool, DRAW, TEXT_TOOL, DrawStyledTool)

/* Widget pixels: a shorter drag was a click. */
#define DRAG_MIN 12.0

struct _DrawTextTool {
  DrawStyledTool parent_instance;

  double start_x, start_y;
};

static void draw_text_tool_tool_init (DrawToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrawTextTool,
                               draw_text_tool,
                               DRAW_TYPE_STYLED_TOOL,
                               G_IMPLEMENT_INTERFACE (DRAW_TYPE_TOOL, draw_text_tool_tool_init))

static JsonObject *
make_props (DrawStyle *style, BoardDocument *document, double x, double y)
{
  JsonObject *props = json_object_new ();
  g_autofree char *id = board_element_make_id ();
  g_autofree char *index = board_document_index_above (document);
  const double line
      = draw_style_get_number (style, "fontSize")
        * draw_text_get_line_height ((int) draw_style_get_number (style, "fontFamily"));

  draw_style_apply (style, BOARD_ELEMENT_TEXT, props);
  json_object_set_string_member (props, "id", id);
  json_object_set_string_member (props, "type", "text");
  json_object_set_string_member (props, "index", index);
  json_object_set_string_member (props, "text", "");
  json_object_set_double_member (props, "x", x);
  json_object_set_double_member (props, "y", y - line / 2);
  json_object_set_double_member (props, "width", 1);
  json_object_set_double_member (props, "height", line);
  json_object_set_boolean_member (props, "autoResize", TRUE);
  return props;
}

static void
write_new (DrawToolHost *host, JsonObject *props, BoardElement *container)
{
  g_autoptr (BoardElement) element = board_element_new (props, NULL);
  g_autoptr (DrawWriting) writing = NULL;

  if (element == NULL)
    return;
  writing = draw_writing_new_for (draw_tool_host_get_document (host), element, container);
  draw_tool_host_write (host, writing);
}

void
draw_text_tool_begin (DrawToolHost *host, DrawStyle *style, double x, double y, double width)
{
  g_autoptr (JsonObject) props = make_props (style, draw_tool_host_get_document (host), x, y);

  if (width > 0)
    {
      json_object_set_double_member (props, "width", width);
      json_object_set_boolean_member (props, "autoResize", FALSE);
    }
  write_new (host, props, NULL);
}

static void
begin_label (DrawToolHost *host, DrawStyle *style, BoardElement *container)
{
  g_autoptr (JsonObject) props
      = make_props (style, draw_tool_host_get_document (host), board_element_get_x (container),
                    board_element_get_y (container));

  json_object_set_string_member (props, "containerId", board_element_get_id (container));
  json_object_set_string_member (props, "textAlign", "center");
  json_object_set_string_member (props, "verticalAlign", "middle");
  if (board_element_get_kind (container) != BOARD_ELEMENT_ARROW)
    json_object_set_double_member (props, "angle", board_element_get_angle (container));
  write_new (host, props, container);
}

static void
write_on (DrawToolHost *host, BoardElement *element)
{
  g_autoptr (DrawWriting) writing = draw_writing_new (draw_tool_host_get_document (host), element);

  draw_tool_host_write (host, writing);
}

gboolean
draw_text_tool_edit (DrawToolHost *host, DrawStyle *style, BoardElement *element)
{
  BoardElement *label;

  switch (board_element_get_kind (element))
    {
    case BOARD_ELEMENT_TEXT:
    case BOARD_ELEMENT_NOTE:
      write_on (host, element);
      return TRUE;
    case BOARD_ELEMENT_RECTANGLE:
    case BOARD_ELEMENT_DIAMOND:
    case BOARD_ELEMENT_ELLIPSE:
    case BOARD_ELEMENT_ARROW:
      label = draw_scene_find_label (draw_tool_host_get_document (host), element);
      if (label != NULL)
        write_on (host, label);
      else
        begin_label (host, style, element);
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
draw_text_tool_edit_at (DrawToolHost *host, DrawStyle *style, double x, double y)
{
  BoardElement *element = draw_pick_element (host, x, y);

  if (element != NULL && draw_text_tool_edit (host, style, element))
    return TRUE;
  element = draw_pick_container (host, x, y);
  return element != NULL && draw_text_tool_edit (host, style, element);
}

static void
draw_text_tool_press (DrawTool *tool,
                      DrawToolHost *host,
                      const DrawSample *sample,
                      GdkModifierType state)
{
  DrawTextTool *self = DRAW_TEXT_TOOL (tool);

  self->start_x = sample->x;
  self->start_y = sample->y;
}

static double
get_dragged (DrawTextTool *self, DrawToolHost *host, const DrawSample *sample)
{
  const double scale = draw_viewport_get_scale (draw_tool_host_get_viewport (host));
  const double width = fabs (sample->x - self->start_x);

  return width * scale >= DRAG_MIN ? width : 0;
}

static void
draw_text_tool_motion (DrawTool *tool,
                       DrawToolHost *host,
                       const DrawSample *samples,
                       gsize n_samples,
                       GdkModifierType state)
{
  DrawTextTool *self = DRAW_TEXT_TOOL (tool);
  const DrawSample *last = &samples[n_samples - 1];
  const BoardRect band = { MIN (last->x, self->start_x), MIN (last->y, self->start_y),
                           fabs (last->x - self->start_x), fabs (last->y - self->start_y) };

  if (get_dragged (self, host, last) > 0)
    draw_tool_host_show_band (host, &band);
}

static void
draw_text_tool_release (DrawTool *tool,
                        DrawToolHost *host,
                        const DrawSample *sample,
                        GdkModifierType state)
{
  DrawTextTool *self = DRAW_TEXT_TOOL (tool);
  DrawStyle *style = draw_styled_tool_get_style (DRAW_STYLED_TOOL (tool));
  const double width = get_dragged (self, host, sample);

  draw_tool_host_show_band (host, NULL);
  if (draw_tool_host_get_document (host) == NULL)
    return;
  if (width > 0)
    draw_text_tool_begin (host, style, MIN (sample->x, self->start_x),
                          MIN (sample->y, self->start_y), width);
  else if (!draw_text_tool_edit_at (host, style, sample->x, sample->y))
    draw_text_tool_begin (host, style, sample->x, sample->y, 0);
}

static void
draw_text_tool_cancel (DrawTool *tool, DrawToolHost *host)
{
  draw_tool_host_show_band (host, NULL);
}

static const char *
draw_text_tool_get_cursor (DrawTool *tool)
{
  return "text";
}

static void
draw_text_tool_tool_init (DrawToolInterface *iface)
{
  iface->press = draw_text_tool_press;
  iface->motion = draw_text_tool_motion;
  iface->release = draw_text_tool_release;
  iface->cancel = draw_text_tool_cancel;
  iface->get_cursor = draw_text_tool_get_cursor;
}

static void
draw_text_tool_class_init (DrawTextToolClass *klass)
{
}

static void
draw_text_tool_init (DrawTextTool *self)
{
}

DrawTool *
draw_text_tool_new (void)
{
  return g_object_new (DRAW_TYPE_TEXT_TOOL, NULL);
}
