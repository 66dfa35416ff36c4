/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "canvas/draw-selection.h"
#include "tools/draw-tools.h"

#define DRAW_TYPE_SELECT_TOOL (draw_select_tool_get_type ())
G_DECLARE_FINAL_TYPE (DrawSelectTool, draw_select_tool, DRAW, SELECT_TOOL, GObject)

/* Widget pixels. */
#define PICK_TOLERANCE 5.0
#define DRAG_MIN 3.0

/* IDLE -> HOLDING   pressed on an element, or inside of what is selected
 * IDLE -> BANDING   pressed on nothing
 * HOLDING -> MOVING the pointer went further than a click trembles
 * any -> IDLE       released or cancelled */
typedef enum { IDLE, HOLDING, BANDING, MOVING } Mode;

struct _DrawSelectTool {
  GObject parent_instance;

  Mode mode;
  double start_x, start_y;
  gboolean on_nothing; /* pressed beside all ink, though inside of the selection's box */
  char *alone;         /* of several selected, the one that a click leaves selected */
  GPtrArray *moved;    /* (element-type utf8): the same array for the whole drag */
  GPtrArray *before;   /* the selection that a band adds to */
};

static void draw_select_tool_tool_init (DrawToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrawSelectTool,
                               draw_select_tool,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DRAW_TYPE_TOOL, draw_select_tool_tool_init))

static void
set_mode (DrawSelectTool *self, Mode mode)
{
  self->mode = mode;
  if (mode == IDLE)
    {
      g_clear_pointer (&self->moved, g_ptr_array_unref);
      g_clear_pointer (&self->before, g_ptr_array_unref);
      g_clear_pointer (&self->alone, g_free);
    }
}

static GPtrArray *
copy_ids (GPtrArray *ids)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    g_ptr_array_add (copy, g_strdup (ids->pdata[i]));
  return copy;
}

/* Adds the id, or takes it away where it was. */
static void
toggle_id (GPtrArray *ids, const char *id)
{
  guint place;

  if (g_ptr_array_find_with_equal_func (ids, id, g_str_equal, &place))
    g_ptr_array_remove_index (ids, place);
  else
    g_ptr_array_add (ids, g_strdup (id));
}

static double
to_board (DrawToolHost *host, double pixels)
{
  return pixels / draw_viewport_get_scale (draw_tool_host_get_viewport (host));
}

static BoardElement *
pick (DrawToolHost *host, const DrawSample *sample)
{
  BoardDocument *document = draw_tool_host_get_document (host);
  BoardElement *element = NULL;

  if (document != NULL)
    element = board_document_pick (document, sample->x, sample->y, to_board (host, PICK_TOLERANCE));
  return element != NULL && !board_element_get_locked (element) ? element : NULL;
}

static void
press_element (DrawSelectTool *self, DrawToolHost *host, BoardElement *element, gboolean extend)
{
  const char *id = board_element_get_id (element);
  GPtrArray *selection = draw_tool_host_get_selection (host);

  if (extend || !draw_selection_contains (selection, id))
    {
      g_autoptr (GPtrArray) ids = copy_ids (extend ? selection : NULL);

      toggle_id (ids, id);
      draw_tool_host_set_selection (host, ids);
    }
  else
    self->alone = g_strdup (id);
  set_mode (self, HOLDING);
}

static void
press_nothing (DrawSelectTool *self, DrawToolHost *host, const DrawSample *sample, gboolean extend)
{
  GPtrArray *selection = draw_tool_host_get_selection (host);
  BoardRect bounds;

  self->on_nothing = TRUE;
  if (!extend && draw_selection_get_bounds (draw_tool_host_get_document (host), selection, &bounds)
      && board_rect_contains (&bounds, sample->x, sample->y))
    {
      set_mode (self, HOLDING);
      return;
    }
  self->before = copy_ids (extend ? selection : NULL);
  draw_tool_host_set_selection (host, self->before);
  set_mode (self, BANDING);
}

static void
draw_select_tool_press (DrawTool *tool,
                        DrawToolHost *host,
                        const DrawSample *sample,
                        GdkModifierType state)
{
  DrawSelectTool *self = DRAW_SELECT_TOOL (tool);
  const gboolean extend = (state & GDK_SHIFT_MASK) != 0;
  BoardElement *element = pick (host, sample);

  set_mode (self, IDLE);
  self->start_x = sample->x;
  self->start_y = sample->y;
  self->on_nothing = FALSE;
  if (element != NULL)
    press_element (self, host, element, extend);
  else
    press_nothing (self, host, sample, extend);
}

static gboolean
is_within (const BoardRect *band, BoardElement *element)
{
  BoardRect bounds;

  board_element_get_bounds (element, &bounds);
  return bounds.x >= band->x && bounds.y >= band->y
         && bounds.x + bounds.width <= band->x + band->width
         && bounds.y + bounds.height <= band->y + band->height;
}

/* What lies wholly within the band, and what was selected before it. */
static void
select_banded (DrawSelectTool *self, DrawToolHost *host, const BoardRect *band)
{
  BoardDocument *document = draw_tool_host_get_document (host);
  g_autoptr (GPtrArray) ids = copy_ids (self->before);
  g_autoptr (GPtrArray) near = NULL;

  if (document == NULL)
    return;
  near = board_document_query (document, band);
  for (guint i = 0; i < near->len; i++)
    {
      BoardElement *element = near->pdata[i];
      const char *id = board_element_get_id (element);

      if (!board_element_get_locked (element) && is_within (band, element)
          && !draw_selection_contains (self->before, id))
        g_ptr_array_add (ids, g_strdup (id));
    }
  draw_tool_host_set_selection (host, ids);
}

static void
drag_to (DrawSelectTool *self, DrawToolHost *host, const DrawSample *sample)
{
  const double dx = sample->x - self->start_x, dy = sample->y - self->start_y;
  const BoardRect band
      = { MIN (sample->x, self->start_x), MIN (sample->y, self->start_y), fabs (dx), fabs (dy) };

  if (self->mode == HOLDING && hypot (dx, dy) > to_board (host, DRAG_MIN))
    {
      self->moved = copy_ids (draw_tool_host_get_selection (host));
      set_mode (self, MOVING);
    }
  if (self->mode == MOVING)
    draw_tool_host_show_moved (host, self->moved, dx, dy);
  if (self->mode == BANDING)
    {
      draw_tool_host_show_band (host, &band);
      select_banded (self, host, &band);
    }
}

static void
draw_select_tool_motion (DrawTool *tool,
                         DrawToolHost *host,
                         const DrawSample *samples,
                         gsize n_samples,
                         GdkModifierType state)
{
  drag_to (DRAW_SELECT_TOOL (tool), host, &samples[n_samples - 1]);
}

static void
finish_move (DrawSelectTool *self, DrawToolHost *host, const DrawSample *sample)
{
  g_autoptr (GPtrArray) ops
      = draw_selection_move (draw_tool_host_get_document (host), self->moved,
                             sample->x - self->start_x, sample->y - self->start_y);

  for (guint i = 0; i < ops->len; i++)
    draw_tool_host_emit_op (host, ops->pdata[i]);
  draw_tool_host_show_moved (host, NULL, 0, 0);
}

static void
finish_click (DrawSelectTool *self, DrawToolHost *host)
{
  g_autoptr (GPtrArray) ids = copy_ids (NULL);

  if (self->alone != NULL)
    g_ptr_array_add (ids, g_steal_pointer (&self->alone));
  if (self->on_nothing || ids->len > 0)
    draw_tool_host_set_selection (host, ids);
}

static void
draw_select_tool_release (DrawTool *tool,
                          DrawToolHost *host,
                          const DrawSample *sample,
                          GdkModifierType state)
{
  DrawSelectTool *self = DRAW_SELECT_TOOL (tool);

  drag_to (self, host, sample);
  if (self->mode == MOVING)
    finish_move (self, host, sample);
  else if (self->mode == HOLDING)
    finish_click (self, host);
  draw_tool_host_show_band (host, NULL);
  set_mode (self, IDLE);
}

static void
draw_select_tool_cancel (DrawTool *tool, DrawToolHost *host)
{
  DrawSelectTool *self = DRAW_SELECT_TOOL (tool);

  if (self->mode == MOVING)
    {
      draw_tool_host_show_moved (host, self->moved, 0, 0);
      draw_tool_host_show_moved (host, NULL, 0, 0);
    }
  if (self->mode == BANDING)
    draw_tool_host_set_selection (host, self->before);
  draw_tool_host_show_band (host, NULL);
  set_mode (self, IDLE);
}

static void
draw_select_tool_tool_init (DrawToolInterface *iface)
{
  iface->press = draw_select_tool_press;
  iface->motion = draw_select_tool_motion;
  iface->release = draw_select_tool_release;
  iface->cancel = draw_select_tool_cancel;
}

static void
draw_select_tool_finalize (GObject *object)
{
  set_mode (DRAW_SELECT_TOOL (object), IDLE);
  G_OBJECT_CLASS (draw_select_tool_parent_class)->finalize (object);
}

static void
draw_select_tool_class_init (DrawSelectToolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_select_tool_finalize;
}

static void
draw_select_tool_init (DrawSelectTool *self)
{
}

DrawTool *
draw_select_tool_new (void)
{
  return g_object_new (DRAW_TYPE_SELECT_TOOL, NULL);
}
