/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "board/board-limits.h"
#include "tools/draw-grid.h"
#include "tools/draw-styled-tool.h"
#include "tools/draw-tools.h"

/* Drags a rectangle, diamond, ellipse, note or frame from corner to corner. Shift keeps the sides
 * equal, Alt draws from the middle: both as in Excalidraw. */
#define DRAW_TYPE_SHAPE_TOOL (draw_shape_tool_get_type ())
G_DECLARE_FINAL_TYPE (DrawShapeTool, draw_shape_tool, DRAW, SHAPE_TOOL, DrawStyledTool)

/* Widget pixels: a shorter drag was a click. */
#define DRAG_MIN 3.0
/* Board units: of a note that is made by a click. */
#define NOTE_SIDE 160.0

struct _DrawShapeTool {
  DrawStyledTool parent_instance;

  BoardElementType type;

  /* of the shape being drawn */
  char *id; /* NULL when there is none */
  char *index;
  int32_t seed; /* what makes a sloppy outline look the same everywhere */
  double x0, y0, x1, y1;
  GdkModifierType state;
};

static const char *const type_names[] = {
  [BOARD_ELEMENT_RECTANGLE] = "rectangle", [BOARD_ELEMENT_DIAMOND] = "diamond",
  [BOARD_ELEMENT_ELLIPSE] = "ellipse",     [BOARD_ELEMENT_NOTE] = "note",
  [BOARD_ELEMENT_FRAME] = "frame",
};

static void draw_shape_tool_tool_init (DrawToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrawShapeTool,
                               draw_shape_tool,
                               DRAW_TYPE_STYLED_TOOL,
                               G_IMPLEMENT_INTERFACE (DRAW_TYPE_TOOL, draw_shape_tool_tool_init))

/* What Shift makes of the way from the start. */
static void
constrain (double *dx, double *dy)
{
  const double side = MAX (fabs (*dx), fabs (*dy));

  *dx = copysign (side, *dx);
  *dy = copysign (side, *dy);
}

/* From the first corner to the other one. */
static void
get_way (DrawShapeTool *self, double *x, double *y, double *dx, double *dy)
{
  *x = self->x0;
  *y = self->y0;
  *dx = self->x1 - self->x0;
  *dy = self->y1 - self->y0;
  if (self->state & GDK_SHIFT_MASK)
    constrain (dx, dy);
  if (self->state & GDK_ALT_MASK)
    {
      *x -= *dx;
      *y -= *dy;
      *dx *= 2;
      *dy *= 2;
    }
}

static void
set_place (JsonObject *props, double x, double y, double width, double height)
{
  json_object_set_double_member (props, "x", x);
  json_object_set_double_member (props, "y", y);
  json_object_set_double_member (props, "width", width);
  json_object_set_double_member (props, "height", height);
}

static void
set_geometry (DrawShapeTool *self, JsonObject *props)
{
  double x, y, dx, dy;

  get_way (self, &x, &y, &dx, &dy);
  set_place (props, MIN (x, x + dx), MIN (y, y + dy), fabs (dx), fabs (dy));
}

/* The element as it is now; NULL when it cannot be (beyond the board's end). */
static BoardElement *
make_element (DrawShapeTool *self)
{
  g_autoptr (JsonObject) props = json_object_new ();

  json_object_set_string_member (props, "id", self->id);
  json_object_set_string_member (props, "type", type_names[self->type]);
  json_object_set_string_member (props, "index", self->index);
  json_object_set_int_member (props, "seed", self->seed);
  draw_style_apply (draw_styled_tool_get_style (DRAW_STYLED_TOOL (self)), self->type, props);
  set_geometry (self, props);
  return board_element_new (props, NULL);
}

static void
follow (DrawShapeTool *self, DrawToolHost *host, const DrawSample *sample, GdkModifierType state)
{
  const double max = BOARD_COORDINATE_MAX, grid = draw_grid_get (host, state);

  self->state = state;
  if (!isfinite (sample->x) || !isfinite (sample->y))
    return;
  self->x1 = CLAMP (draw_grid_round (grid, sample->x), -max, max);
  self->y1 = CLAMP (draw_grid_round (grid, sample->y), -max, max);
}

static gboolean
is_click (DrawShapeTool *self, DrawToolHost *host)
{
  const double scale = draw_viewport_get_scale (draw_tool_host_get_viewport (host));

  return hypot (self->x1 - self->x0, self->y1 - self->y0) * scale < DRAG_MIN;
}

static void
show (DrawShapeTool *self, DrawToolHost *host)
{
  g_autoptr (BoardElement) element = is_click (self, host) ? NULL : make_element (self);

  draw_tool_host_show_element (host, element);
}

static void
forget (DrawShapeTool *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->index, g_free);
}

static void
draw_shape_tool_press (DrawTool *tool,
                       DrawToolHost *host,
                       const DrawSample *sample,
                       GdkModifierType state)
{
  DrawShapeTool *self = DRAW_SHAPE_TOOL (tool);
  BoardDocument *document = draw_tool_host_get_document (host);

  forget (self);
  if (document == NULL)
    return;
  self->id = board_element_make_id ();
  self->index = board_document_index_above (document);
  self->seed = g_random_int_range (1, G_MAXINT32);
  follow (self, host, sample, state);
  self->x0 = self->x1;
  self->y0 = self->y1;
}

static void
draw_shape_tool_motion (DrawTool *tool,
                        DrawToolHost *host,
                        const DrawSample *samples,
                        gsize n_samples,
                        GdkModifierType state)
{
  DrawShapeTool *self = DRAW_SHAPE_TOOL (tool);

  if (self->id == NULL || n_samples == 0)
    return;
  follow (self, host, &samples[n_samples - 1], state);
  show (self, host);
}

/* A note is there to be written on. A click makes one, too. */
static void
write_note (DrawShapeTool *self, DrawToolHost *host)
{
  g_autoptr (BoardElement) note = NULL;
  g_autoptr (DrawWriting) writing = NULL;

  if (is_click (self, host))
    {
      self->state = 0;
      self->x0 -= NOTE_SIDE / 2;
      self->y0 -= NOTE_SIDE / 2;
      self->x1 = self->x0 + NOTE_SIDE;
      self->y1 = self->y0 + NOTE_SIDE;
    }
  note = make_element (self);
  draw_tool_host_show_element (host, NULL);
  if (note == NULL)
    return;
  writing = draw_writing_new_for (draw_tool_host_get_document (host), note, NULL);
  draw_tool_host_write (host, writing);
}

static void
select_made (DrawToolHost *host, BoardElement *element)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_ptr_array_add (ids, (gpointer) board_element_get_id (element));
  draw_tool_host_set_selection (host, ids);
  draw_tool_host_done (host);
}

static void
draw_shape_tool_release (DrawTool *tool,
                         DrawToolHost *host,
                         const DrawSample *sample,
                         GdkModifierType state)
{
  DrawShapeTool *self = DRAW_SHAPE_TOOL (tool);
  g_autoptr (BoardElement) element = NULL;

  if (self->id == NULL)
    return;
  follow (self, host, sample, state);
  if (self->type == BOARD_ELEMENT_NOTE)
    {
      write_note (self, host);
      forget (self);
      return;
    }
  show (self, host);
  element = is_click (self, host) ? NULL : make_element (self);
  if (element != NULL)
    draw_tool_host_add (host, element);
  draw_tool_host_show_element (host, NULL);
  if (element != NULL)
    select_made (host, element);
  forget (self);
}

static void
draw_shape_tool_cancel (DrawTool *tool, DrawToolHost *host)
{
  draw_tool_host_show_element (host, NULL);
  forget (DRAW_SHAPE_TOOL (tool));
}

static const char *
draw_shape_tool_get_cursor (DrawTool *tool)
{
  return "crosshair";
}

static void
draw_shape_tool_tool_init (DrawToolInterface *iface)
{
  iface->press = draw_shape_tool_press;
  iface->motion = draw_shape_tool_motion;
  iface->release = draw_shape_tool_release;
  iface->cancel = draw_shape_tool_cancel;
  iface->get_cursor = draw_shape_tool_get_cursor;
}

static void
draw_shape_tool_finalize (GObject *object)
{
  forget (DRAW_SHAPE_TOOL (object));
  G_OBJECT_CLASS (draw_shape_tool_parent_class)->finalize (object);
}

static void
draw_shape_tool_class_init (DrawShapeToolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_shape_tool_finalize;
}

static void
draw_shape_tool_init (DrawShapeTool *self)
{
}

DrawTool *
draw_shape_tool_new (BoardElementType type)
{
  DrawShapeTool *self;

  g_return_val_if_fail (type < G_N_ELEMENTS (type_names) && type_names[type] != NULL, NULL);

  self = g_object_new (DRAW_TYPE_SHAPE_TOOL, NULL);
  self->type = type;
  return DRAW_TOOL (self);
}
