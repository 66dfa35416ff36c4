/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "canvas/draw-selection.h"
#include "tools/draw-tools.h"

/* Takes whole elements: all that the sweep touches fade while it lasts and go, as one op, when it
 * ends. */
#define DRAW_TYPE_ERASER_TOOL (draw_eraser_tool_get_type ())
G_DECLARE_FINAL_TYPE (DrawEraserTool, draw_eraser_tool, DRAW, ERASER_TOOL, GObject)

/* Widget pixels around the pointer. */
#define RADIUS 6.0

struct _DrawEraserTool {
  GObject parent_instance;

  GPtrArray *ids;   /* (element-type utf8) touched so far */
  GHashTable *seen; /* the same ids, borrowed from ids */
  double last_x, last_y;
};

static void draw_eraser_tool_tool_init (DrawToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrawEraserTool,
                               draw_eraser_tool,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DRAW_TYPE_TOOL, draw_eraser_tool_tool_init))

static void
forget (DrawEraserTool *self)
{
  g_hash_table_remove_all (self->seen);
  g_ptr_array_set_size (self->ids, 0);
}

static gboolean
touch (DrawEraserTool *self, BoardElement *element, double x, double y, double radius)
{
  const char *id = board_element_get_id (element);
  char *copy;

  if (g_hash_table_contains (self->seen, id) || board_element_get_locked (element)
      || !board_element_hit_segment (element, self->last_x, self->last_y, x, y, radius))
    return FALSE;
  copy = g_strdup (id);
  g_ptr_array_add (self->ids, copy);
  g_hash_table_add (self->seen, copy);
  return TRUE;
}

static gboolean
sweep (DrawEraserTool *self, DrawToolHost *host, double x, double y)
{
  BoardDocument *document = draw_tool_host_get_document (host);
  const double radius = RADIUS / draw_viewport_get_scale (draw_tool_host_get_viewport (host));
  const BoardRect area
      = { MIN (x, self->last_x) - radius, MIN (y, self->last_y) - radius,
          fabs (x - self->last_x) + 2 * radius, fabs (y - self->last_y) + 2 * radius };
  g_autoptr (GPtrArray) near = NULL;
  gboolean found = FALSE;

  if (document == NULL)
    return FALSE;
  near = board_document_query (document, &area);
  for (guint i = 0; i < near->len; i++)
    found |= touch (self, near->pdata[i], x, y, radius);
  self->last_x = x;
  self->last_y = y;
  return found;
}

static void
sweep_samples (DrawEraserTool *self, DrawToolHost *host, const DrawSample *samples, gsize n_samples)
{
  gboolean found = FALSE;

  for (gsize i = 0; i < n_samples; i++)
    found |= sweep (self, host, samples[i].x, samples[i].y);
  if (found)
    draw_tool_host_show_faded (host, self->ids);
}

static void
draw_eraser_tool_press (DrawTool *tool,
                        DrawToolHost *host,
                        const DrawSample *sample,
                        GdkModifierType state)
{
  DrawEraserTool *self = DRAW_ERASER_TOOL (tool);

  forget (self);
  self->last_x = sample->x;
  self->last_y = sample->y;
  sweep_samples (self, host, sample, 1);
}

static void
draw_eraser_tool_motion (DrawTool *tool,
                         DrawToolHost *host,
                         const DrawSample *samples,
                         gsize n_samples,
                         GdkModifierType state)
{
  sweep_samples (DRAW_ERASER_TOOL (tool), host, samples, n_samples);
}

static void
draw_eraser_tool_release (DrawTool *tool,
                          DrawToolHost *host,
                          const DrawSample *sample,
                          GdkModifierType state)
{
  DrawEraserTool *self = DRAW_ERASER_TOOL (tool);
  g_autoptr (GPtrArray) ops = NULL;

  sweep_samples (self, host, sample, 1);
  ops = draw_selection_delete (draw_tool_host_get_document (host), self->ids);
  for (guint i = 0; i < ops->len; i++)
    draw_tool_host_emit_op (host, ops->pdata[i]);
  draw_tool_host_show_faded (host, NULL);
  forget (self);
}

static void
draw_eraser_tool_cancel (DrawTool *tool, DrawToolHost *host)
{
  draw_tool_host_show_faded (host, NULL);
  forget (DRAW_ERASER_TOOL (tool));
}

static const char *
draw_eraser_tool_get_cursor (DrawTool *tool)
{
  return "cell";
}

static void
draw_eraser_tool_tool_init (DrawToolInterface *iface)
{
  iface->press = draw_eraser_tool_press;
  iface->motion = draw_eraser_tool_motion;
  iface->release = draw_eraser_tool_release;
  iface->cancel = draw_eraser_tool_cancel;
  iface->get_cursor = draw_eraser_tool_get_cursor;
}

static void
draw_eraser_tool_finalize (GObject *object)
{
  DrawEraserTool *self = DRAW_ERASER_TOOL (object);

  g_hash_table_unref (self->seen);
  g_ptr_array_unref (self->ids);
  G_OBJECT_CLASS (draw_eraser_tool_parent_class)->finalize (object);
}

static void
draw_eraser_tool_class_init (DrawEraserToolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_eraser_tool_finalize;
}

static void
draw_eraser_tool_init (DrawEraserTool *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->seen = g_hash_table_new (g_str_hash, g_str_equal);
}

DrawTool *
draw_eraser_tool_new (void)
{
  return g_object_new (DRAW_TYPE_ERASER_TOOL, NULL);
}
