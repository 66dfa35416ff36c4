/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-tools.h"

/* Drags the sheet. Counts in widget pixels, since board coordinates move under the pointer. */
#define DRAW_TYPE_HAND_TOOL (draw_hand_tool_get_type ())
G_DECLARE_FINAL_TYPE (DrawHandTool, draw_hand_tool, DRAW, HAND_TOOL, GObject)

struct _DrawHandTool {
  GObject parent_instance;

  double last_x, last_y;       /* widget pixels */
  double dragged_x, dragged_y; /* since the press */
};

static void draw_hand_tool_tool_init (DrawToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrawHandTool,
                               draw_hand_tool,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DRAW_TYPE_TOOL, draw_hand_tool_tool_init))

static void
draw_hand_tool_press (DrawTool *tool,
                      DrawToolHost *host,
                      const DrawSample *sample,
                      GdkModifierType state)
{
  DrawHandTool *self = DRAW_HAND_TOOL (tool);

  draw_viewport_to_widget (draw_tool_host_get_viewport (host), sample->x, sample->y, &self->last_x,
                           &self->last_y);
  self->dragged_x = self->dragged_y = 0;
}

static void
drag_to (DrawHandTool *self, DrawToolHost *host, const DrawSample *sample)
{
  DrawViewport *viewport = draw_tool_host_get_viewport (host);
  double x, y;

  draw_viewport_to_widget (viewport, sample->x, sample->y, &x, &y);
  draw_viewport_pan (viewport, x - self->last_x, y - self->last_y);
  self->dragged_x += x - self->last_x;
  self->dragged_y += y - self->last_y;
  self->last_x = x;
  self->last_y = y;
}

static void
draw_hand_tool_motion (DrawTool *tool,
                       DrawToolHost *host,
                       const DrawSample *samples,
                       gsize n_samples,
                       GdkModifierType state)
{
  drag_to (DRAW_HAND_TOOL (tool), host, &samples[n_samples - 1]);
}

static void
draw_hand_tool_release (DrawTool *tool,
                        DrawToolHost *host,
                        const DrawSample *sample,
                        GdkModifierType state)
{
  drag_to (DRAW_HAND_TOOL (tool), host, sample);
}

static void
draw_hand_tool_cancel (DrawTool *tool, DrawToolHost *host)
{
  DrawHandTool *self = DRAW_HAND_TOOL (tool);

  draw_viewport_pan (draw_tool_host_get_viewport (host), -self->dragged_x, -self->dragged_y);
}

static const char *
draw_hand_tool_get_cursor (DrawTool *tool)
{
  return "grab";
}

static void
draw_hand_tool_tool_init (DrawToolInterface *iface)
{
  iface->press = draw_hand_tool_press;
  iface->motion = draw_hand_tool_motion;
  iface->release = draw_hand_tool_release;
  iface->cancel = draw_hand_tool_cancel;
  iface->get_cursor = draw_hand_tool_get_cursor;
}

static void
draw_hand_tool_class_init (DrawHandToolClass *klass)
{
}

static void
draw_hand_tool_init (DrawHandTool *self)
{
}

DrawTool *
draw_hand_tool_new (void)
{
  return g_object_new (DRAW_TYPE_HAND_TOOL, NULL);
}
