/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "board/board-binding.h"
#include "board/board-limits.h"
#include "canvas/draw-box.h"
#include "canvas/draw-selection.h"
#include "tools/draw-grid.h"
#include "tools/draw-points.h"
#include "tools/draw-styled-tool.h"
#include "tools/draw-tools.h"

/* Draws a line or arrow: by a drag from end to end, or by clicks, a point each, until a second click
 * at the same place, Return or Escape. Shift keeps a piece at a multiple of 15 degrees, Alt draws
 * from the middle. The ends of an arrow stick to what they touch, unless by Ctrl. */
#define DRAW_TYPE_LINE_TOOL (draw_line_tool_get_type ())
G_DECLARE_FINAL_TYPE (DrawLineTool, draw_line_tool, DRAW, LINE_TOOL, DrawStyledTool)

/* Widget pixels. */
#define DRAG_MIN 3.0
#define BIND_REACH 12.0
#define ANGLE_STEP (G_PI / 12)
#define POINTS_MAX 500

/* IDLE -> DRAGGING   pressed
 * DRAGGING -> IDLE   released after a drag: the line is made
 * DRAGGING -> ADDING released at the same place: it goes on by clicks
 * ADDING -> IDLE     a second click at the same place, Return, Escape, another tool */
typedef enum { IDLE, DRAGGING, ADDING } Mode;

struct _DrawLineTool {
  DrawStyledTool parent_instance;

  BoardElementType type;
  Mode mode;

  /* of the line being drawn */
  char *id, *index;
  int32_t seed;
  GArray *xy;  /* (element-type double) pairs that stay, board coordinates */
  double x, y; /* where the pointer is */
  GdkModifierType state;
  gboolean start_free, end_free; /* bound to nothing, by Ctrl */
  char *target;                  /* id of what the end sticks to, or NULL */
};

static void draw_line_tool_tool_init (DrawToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrawLineTool,
                               draw_line_tool,
                               DRAW_TYPE_STYLED_TOOL,
                               G_IMPLEMENT_INTERFACE (DRAW_TYPE_TOOL, draw_line_tool_tool_init))

static void
set_mode (DrawLineTool *self, Mode mode)
{
  self->mode = mode;
  if (mode != IDLE)
    return;
  g_array_set_size (self->xy, 0);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->index, g_free);
  g_clear_pointer (&self->target, g_free);
}

static guint
get_n_points (DrawLineTool *self)
{
  return self->xy->len / 2;
}

static double
get_scale (DrawToolHost *host)
{
  return draw_viewport_get_scale (draw_tool_host_get_viewport (host));
}

static void
add_point (DrawLineTool *self, double x, double y)
{
  const double pair[2] = { x, y };

  g_array_append_vals (self->xy, pair, 2);
}

static void
get_last (DrawLineTool *self, double *x, double *y)
{
  *x = g_array_index (self->xy, double, self->xy->len - 2);
  *y = g_array_index (self->xy, double, self->xy->len - 1);
}

/* Where the next point is to be. */
static void
get_next (DrawLineTool *self, double *x, double *y)
{
  double from_x, from_y, length, angle;

  get_last (self, &from_x, &from_y);
  *x = self->x;
  *y = self->y;
  if ((self->state & GDK_SHIFT_MASK) == 0)
    return;
  length = hypot (*x - from_x, *y - from_y);
  angle = round (atan2 (*y - from_y, *x - from_x) / ANGLE_STEP) * ANGLE_STEP;
  *x = from_x + length * cos (angle);
  *y = from_y + length * sin (angle);
}

/* ---- sticking ---- */

static BoardElement *
find_target (DrawLineTool *self, DrawToolHost *host, double x, double y)
{
  BoardDocument *document = draw_tool_host_get_document (host);

  if (self->type != BOARD_ELEMENT_ARROW || document == NULL)
    return NULL;
  return board_binding_find (document, x, y, BIND_REACH / get_scale (host), self->id);
}

static void
follow (DrawLineTool *self, DrawToolHost *host, const DrawSample *sample, GdkModifierType state)
{
  const double max = BOARD_COORDINATE_MAX / 2;
  double grid;

  self->state = state;
  if (!isfinite (sample->x) || !isfinite (sample->y))
    return;
  /* What an arrow sticks to is more than the grid. */
  grid = find_target (self, host, sample->x, sample->y) == NULL ? draw_grid_get (host, state) : 0;
  self->x = CLAMP (draw_grid_round (grid, sample->x), -max, max);
  self->y = CLAMP (draw_grid_round (grid, sample->y), -max, max);
}

static void
set_binding (JsonObject *props, const char *name, BoardElement *target, double x, double y)
{
  if (target != NULL)
    json_object_set_member (props, name, board_binding_make (target, x, y, FALSE));
}

static BoardElement *
bind (DrawLineTool *self, DrawToolHost *host, JsonObject *props, const GArray *xy)
{
  const double *places = (const double *) xy->data;
  const guint n = xy->len / 2;
  BoardElement *start = self->start_free ? NULL : find_target (self, host, places[0], places[1]);
  BoardElement *end
      = self->end_free ? NULL : find_target (self, host, places[2 * n - 2], places[2 * n - 1]);
  g_autoptr (BoardElement) element = NULL;
  g_autoptr (JsonObject) followed = NULL;

  /* A short arrow within one shape says something about that shape, and is bound at no end. */
  if (start != NULL && start == end)
    start = end = NULL;
  set_binding (props, "startBinding", start, places[0], places[1]);
  set_binding (props, "endBinding", end, places[2 * n - 2], places[2 * n - 1]);
  g_free (self->target);
  self->target = end != NULL ? g_strdup (board_element_get_id (end)) : NULL;
  element = board_element_new (props, NULL);
  if (element == NULL || (start == NULL && end == NULL))
    return g_steal_pointer (&element);
  followed = board_binding_follow (element, start, end);
  if (followed == NULL)
    return g_steal_pointer (&element);
  return board_element_with (element, followed, NULL);
}

/* ---- the element ---- */

/* @with_pointer: a last point at the pointer. */
static GArray *
get_way (DrawLineTool *self, gboolean with_pointer)
{
  GArray *xy = g_array_copy (self->xy);
  double pair[2];

  if (!with_pointer)
    return xy;
  get_next (self, &pair[0], &pair[1]);
  g_array_append_vals (xy, pair, 2);
  if ((self->state & GDK_ALT_MASK) != 0 && self->mode == DRAGGING)
    for (guint i = 0; i < 2; i++)
      g_array_index (xy, double, i) = 2 * g_array_index (xy, double, i) - pair[i];
  return xy;
}

static gboolean
is_elbowed (DrawLineTool *self)
{
  DrawStyle *style = draw_styled_tool_get_style (DRAW_STYLED_TOOL (self));

  return self->type == BOARD_ELEMENT_ARROW
         && json_node_get_boolean (draw_style_get (style, "elbowed"));
}

/* NULL when it cannot be: too few points. */
static BoardElement *
make_element (DrawLineTool *self, DrawToolHost *host, gboolean with_pointer)
{
  g_autoptr (GArray) xy = get_way (self, with_pointer);
  g_autoptr (JsonObject) props = json_object_new ();

  if (xy->len < 4)
    return NULL;
  json_object_set_string_member (props, "id", self->id);
  json_object_set_string_member (props, "index", self->index);
  json_object_set_string_member (props, "type",
                                 self->type == BOARD_ELEMENT_ARROW ? "arrow" : "line");
  json_object_set_int_member (props, "seed", self->seed);
  draw_style_apply (draw_styled_tool_get_style (DRAW_STYLED_TOOL (self)), self->type, props);
  if (is_elbowed (self))
    {
      const double *places = (const double *) xy->data;
      g_autoptr (GArray) route = draw_points_route (places, places + xy->len - 2);

      draw_points_set (props, (const double *) route->data, route->len / 2);
    }
  else
    draw_points_set (props, (const double *) xy->data, xy->len / 2);
  return bind (self, host, props, xy);
}

static void
show (DrawLineTool *self, DrawToolHost *host)
{
  g_autoptr (BoardElement) element = make_element (self, host, TRUE);

  draw_tool_host_show_element (host, element);
  draw_tool_host_marks_changed (host);
}

static void
finish (DrawLineTool *self, DrawToolHost *host, gboolean with_pointer)
{
  g_autoptr (BoardElement) element = make_element (self, host, with_pointer);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  set_mode (self, IDLE);
  draw_tool_host_show_element (host, element);
  if (element != NULL)
    draw_tool_host_add (host, element);
  draw_tool_host_show_element (host, NULL);
  if (element == NULL)
    return;
  g_ptr_array_add (ids, (gpointer) board_element_get_id (element));
  draw_tool_host_set_selection (host, ids);
  draw_tool_host_done (host);
}

/* ---- the hand ---- */

static void
begin (DrawLineTool *self, DrawToolHost *host, GdkModifierType state)
{
  self->id = board_element_make_id ();
  self->index = board_document_index_above (draw_tool_host_get_document (host));
  self->seed = g_random_int_range (1, G_MAXINT32);
  self->start_free = (state & GDK_CONTROL_MASK) != 0;
  add_point (self, self->x, self->y);
  set_mode (self, DRAGGING);
}

static void
draw_line_tool_press (DrawTool *tool,
                      DrawToolHost *host,
                      const DrawSample *sample,
                      GdkModifierType state)
{
  DrawLineTool *self = DRAW_LINE_TOOL (tool);
  double x, y;

  if (draw_tool_host_get_document (host) == NULL)
    return;
  follow (self, host, sample, state);
  if (self->mode == IDLE)
    {
      begin (self, host, state);
      return;
    }
  get_next (self, &x, &y);
  if (get_n_points (self) < POINTS_MAX)
    add_point (self, x, y);
}

static void
draw_line_tool_motion (DrawTool *tool,
                       DrawToolHost *host,
                       const DrawSample *samples,
                       gsize n_samples,
                       GdkModifierType state)
{
  DrawLineTool *self = DRAW_LINE_TOOL (tool);

  if (self->mode == IDLE)
    return;
  follow (self, host, &samples[n_samples - 1], state);
  self->end_free = (state & GDK_CONTROL_MASK) != 0;
  show (self, host);
}

/* While clicks add points, the pointer shows where the next one would be. */
static void
draw_line_tool_hover (DrawTool *tool,
                      DrawToolHost *host,
                      const DrawSample *sample,
                      GdkModifierType state)
{
  DrawLineTool *self = DRAW_LINE_TOOL (tool);
  BoardElement *target;

  if (self->mode == ADDING)
    {
      draw_line_tool_motion (tool, host, sample, 1, state);
      return;
    }
  target = (state & GDK_CONTROL_MASK) != 0 ? NULL : find_target (self, host, sample->x, sample->y);
  g_free (self->target);
  self->target = target != NULL ? g_strdup (board_element_get_id (target)) : NULL;
  draw_tool_host_marks_changed (host);
}

static gboolean
is_click (DrawLineTool *self, DrawToolHost *host)
{
  double x, y;

  get_last (self, &x, &y);
  return hypot (self->x - x, self->y - y) * get_scale (host) < DRAG_MIN;
}

static void
draw_line_tool_release (DrawTool *tool,
                        DrawToolHost *host,
                        const DrawSample *sample,
                        GdkModifierType state)
{
  DrawLineTool *self = DRAW_LINE_TOOL (tool);

  if (self->mode == IDLE)
    return;
  follow (self, host, sample, state);
  if (self->mode == DRAGGING && !is_click (self, host))
    {
      self->end_free = (state & GDK_CONTROL_MASK) != 0;
      finish (self, host, TRUE);
      return;
    }
  set_mode (self, ADDING);
}

/* The point that the second click added is there already. */
static void
draw_line_tool_activate (DrawTool *tool,
                         DrawToolHost *host,
                         const DrawSample *sample,
                         GdkModifierType state)
{
  DrawLineTool *self = DRAW_LINE_TOOL (tool);

  if (self->mode != ADDING || get_n_points (self) < 2)
    return;
  g_array_set_size (self->xy, self->xy->len - 2);
  finish (self, host, FALSE);
}

static gboolean
draw_line_tool_key (DrawTool *tool, DrawToolHost *host, guint keyval, GdkModifierType state)
{
  DrawLineTool *self = DRAW_LINE_TOOL (tool);

  if (self->mode != ADDING
      || (keyval != GDK_KEY_Escape && keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter))
    return FALSE;
  finish (self, host, FALSE);
  return TRUE;
}

static void
draw_line_tool_cancel (DrawTool *tool, DrawToolHost *host)
{
  draw_tool_host_show_element (host, NULL);
  set_mode (DRAW_LINE_TOOL (tool), IDLE);
}

static void
draw_line_tool_put_away (DrawTool *tool, DrawToolHost *host)
{
  DrawLineTool *self = DRAW_LINE_TOOL (tool);

  if (self->mode == ADDING)
    finish (self, host, FALSE);
  set_mode (self, IDLE);
}

static GArray *
draw_line_tool_get_marks (DrawTool *tool, DrawToolHost *host)
{
  DrawLineTool *self = DRAW_LINE_TOOL (tool);
  BoardElement *target
      = self->target != NULL
            ? board_document_get_element (draw_tool_host_get_document (host), self->target)
            : NULL;
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (DrawMark));
  BoardRect box;

  if (target != NULL)
    {
      draw_box_get (target, &box);
      draw_mark_add_box (marks, DRAW_MARK_TARGET, &box, board_element_get_angle (target));
    }
  for (guint i = 0; self->mode == ADDING && i < get_n_points (self); i++)
    draw_mark_add_handle (marks, DRAW_MARK_DOT, g_array_index (self->xy, double, 2 * i),
                          g_array_index (self->xy, double, 2 * i + 1), 0);
  return marks;
}

static const char *
draw_line_tool_get_cursor (DrawTool *tool)
{
  return "crosshair";
}

static void
draw_line_tool_tool_init (DrawToolInterface *iface)
{
  iface->press = draw_line_tool_press;
  iface->motion = draw_line_tool_motion;
  iface->release = draw_line_tool_release;
  iface->cancel = draw_line_tool_cancel;
  iface->hover = draw_line_tool_hover;
  iface->activate = draw_line_tool_activate;
  iface->key = draw_line_tool_key;
  iface->put_away = draw_line_tool_put_away;
  iface->get_marks = draw_line_tool_get_marks;
  iface->get_cursor = draw_line_tool_get_cursor;
}

static void
draw_line_tool_finalize (GObject *object)
{
  DrawLineTool *self = DRAW_LINE_TOOL (object);

  set_mode (self, IDLE);
  g_array_unref (self->xy);
  G_OBJECT_CLASS (draw_line_tool_parent_class)->finalize (object);
}

static void
draw_line_tool_class_init (DrawLineToolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_line_tool_finalize;
}

static void
draw_line_tool_init (DrawLineTool *self)
{
  self->xy = g_array_new (FALSE, FALSE, sizeof (double));
}

DrawTool *
draw_line_tool_new (BoardElementType type)
{
  DrawLineTool *self;

  g_return_val_if_fail (type == BOARD_ELEMENT_LINE || type == BOARD_ELEMENT_ARROW, NULL);

  self = g_object_new (DRAW_TYPE_LINE_TOOL, NULL);
  self->type = type;
  return DRAW_TOOL (self);
}
