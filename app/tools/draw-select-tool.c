/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "canvas/draw-box.h"
#include "canvas/draw-selection.h"
#include "canvas/draw-settle.h"
#include "tools/draw-copy.h"
#include "tools/draw-crop.h"
#include "tools/draw-grid.h"
#include "tools/draw-lasso.h"
#include "tools/draw-pick.h"
#include "tools/draw-point-choice.h"
#include "tools/draw-reshape.h"
#include "tools/draw-snap.h"
#include "tools/draw-text-tool.h"
#include "tools/draw-tools.h"

#define DRAW_TYPE_SELECT_TOOL (draw_select_tool_get_type ())
G_DECLARE_FINAL_TYPE (DrawSelectTool, draw_select_tool, DRAW, SELECT_TOOL, DrawStyledTool)

/* Widget pixels. */
#define DRAG_MIN 3.0
#define SNAP_REACH 5.0
#define LASSO_STEP 2.0
/* Frames around single elements are drawn up to that many; around all of them always. */
#define BOXES_MAX 100

/* IDLE -> RESHAPING  pressed on a handle
 * IDLE -> HOLDING    pressed on an element, or inside of what is selected
 * IDLE -> BANDING    pressed on nothing
 * IDLE -> LASSOING   the same with the lasso, or with Ctrl
 * HOLDING -> MOVING  the pointer went further than a click trembles
 * HOLDING -> COPYING the same with Alt
 * IDLE -> CROPPING   pressed on a picture that is being cropped
 * any -> IDLE        released or cancelled */
typedef enum { IDLE, HOLDING, BANDING, LASSOING, MOVING, COPYING, RESHAPING, CROPPING } Mode;

struct _DrawSelectTool {
  DrawStyledTool parent_instance;

  gboolean with_lasso;
  char *entered; /* the group whose members are picked one by one; NULL: groups are whole */

  Mode mode;
  double start_x, start_y;
  double dx, dy;       /* the way of what is moved, snapped */
  gboolean on_nothing; /* pressed beside all ink, though inside of the selection's box */
  char *alone;         /* of several selected, the one that a click leaves selected */
  GPtrArray *moved;    /* (element-type utf8): the same array for the whole drag */
  GPtrArray *before;   /* the selection that a band adds to */
  GPtrArray *copies;   /* (element-type utf8): what is selected after copying */
  GPtrArray *copy_ops; /* (element-type BoardOp) */
  BoardRect start_box; /* of what is moved */
  DrawSnap *snap;      /* NULL: nothing catches */
  DrawLasso *lasso;
  DrawReshape *reshape;
  GPtrArray *followers; /* (element-type utf8) arrows that follow what is moved; NULL: none */
  const char *cursor;   /* over a handle, or NULL */
  DrawCrop *crop;       /* a picture is being cropped: from a double click to Return, or NULL */
  DrawPointChoice point;
};

static void draw_select_tool_tool_init (DrawToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrawSelectTool,
                               draw_select_tool,
                               DRAW_TYPE_STYLED_TOOL,
                               G_IMPLEMENT_INTERFACE (DRAW_TYPE_TOOL, draw_select_tool_tool_init))

static void
set_mode (DrawSelectTool *self, Mode mode)
{
  self->mode = mode;
  if (mode != IDLE)
    return;
  g_clear_pointer (&self->moved, g_ptr_array_unref);
  g_clear_pointer (&self->before, g_ptr_array_unref);
  g_clear_pointer (&self->copies, g_ptr_array_unref);
  g_clear_pointer (&self->copy_ops, g_ptr_array_unref);
  g_clear_pointer (&self->alone, g_free);
  g_clear_pointer (&self->snap, draw_snap_free);
  g_clear_pointer (&self->lasso, draw_lasso_free);
  g_clear_pointer (&self->reshape, draw_reshape_free);
  g_clear_pointer (&self->followers, g_ptr_array_unref);
}

/* Adds the ids, or takes them away where the first one was. */
static void
toggle_ids (GPtrArray *ids, GPtrArray *toggled)
{
  const gboolean add = !draw_selection_contains (ids, toggled->pdata[0]);
  guint place;

  for (guint i = 0; i < toggled->len; i++)
    if (g_ptr_array_find_with_equal_func (ids, toggled->pdata[i], g_str_equal, &place) == add)
      continue;
    else if (add)
      g_ptr_array_add (ids, g_strdup (toggled->pdata[i]));
    else
      g_ptr_array_remove_index (ids, place);
}

static double
to_board (DrawToolHost *host, double pixels)
{
  return pixels / draw_viewport_get_scale (draw_tool_host_get_viewport (host));
}

/* ---- what is picked ---- */

/* The element with its group, unless that group was entered. */
static GPtrArray *
get_whole (DrawSelectTool *self, DrawToolHost *host, BoardElement *element)
{
  g_autoptr (GPtrArray) ids = draw_selection_copy_ids (NULL);

  g_ptr_array_add (ids, g_strdup (board_element_get_id (element)));
  if (self->entered != NULL && g_strcmp0 (draw_selection_get_group (element), self->entered) == 0)
    return g_steal_pointer (&ids);
  return draw_selection_with_groups (draw_tool_host_get_document (host), ids);
}

/* Clicking outside of a group leaves it. */
static void
leave_group (DrawSelectTool *self, BoardElement *element)
{
  if (element == NULL || g_strcmp0 (draw_selection_get_group (element), self->entered) != 0)
    g_clear_pointer (&self->entered, g_free);
}

static void
press_element (DrawSelectTool *self, DrawToolHost *host, BoardElement *element, gboolean extend)
{
  const char *id = board_element_get_id (element);
  GPtrArray *selection = draw_tool_host_get_selection (host);

  leave_group (self, element);
  if (extend || !draw_selection_contains (selection, id))
    {
      g_autoptr (GPtrArray) ids = draw_selection_copy_ids (extend ? selection : NULL);
      g_autoptr (GPtrArray) whole = get_whole (self, host, element);

      toggle_ids (ids, whole);
      draw_tool_host_set_selection (host, ids);
    }
  else
    self->alone = g_strdup (id);
  set_mode (self, HOLDING);
}

static gboolean
get_selection_box (DrawToolHost *host, BoardRect *box)
{
  g_autoptr (GPtrArray) elements
      = draw_selection_get_elements (draw_tool_host_get_document (host),
                                     draw_tool_host_get_selection (host));

  return draw_box_get_all (elements, box);
}

static void
press_nothing (DrawSelectTool *self,
               DrawToolHost *host,
               const DrawSample *sample,
               GdkModifierType state)
{
  const gboolean extend = (state & GDK_SHIFT_MASK) != 0;
  const gboolean lasso = self->with_lasso != ((state & GDK_CONTROL_MASK) != 0);
  GPtrArray *selection = draw_tool_host_get_selection (host);
  BoardRect box;

  self->on_nothing = TRUE;
  if (!extend && get_selection_box (host, &box) && board_rect_contains (&box, sample->x, sample->y))
    {
      set_mode (self, HOLDING);
      return;
    }
  leave_group (self, NULL);
  self->before = draw_selection_copy_ids (extend ? selection : NULL);
  draw_tool_host_set_selection (host, self->before);
  if (lasso)
    self->lasso = draw_lasso_new (sample->x, sample->y);
  set_mode (self, lasso ? LASSOING : BANDING);
}

/* A press on a picture that is being cropped; elsewhere cropping ends. */
static gboolean
press_crop (DrawSelectTool *self, DrawToolHost *host, const DrawSample *sample)
{
  if (self->crop == NULL)
    return FALSE;
  if (draw_crop_press (self->crop, host, sample))
    set_mode (self, CROPPING);
  else
    draw_crop_end (&self->crop, host, TRUE);
  return self->mode == CROPPING;
}

static void
draw_select_tool_press (DrawTool *tool,
                        DrawToolHost *host,
                        const DrawSample *sample,
                        GdkModifierType state)
{
  DrawSelectTool *self = DRAW_SELECT_TOOL (tool);
  BoardElement *element;

  set_mode (self, IDLE);
  if (press_crop (self, host, sample))
    return;
  self->reshape = draw_reshape_new (host, sample);
  if (self->reshape != NULL)
    {
      set_mode (self, RESHAPING);
      return;
    }
  element = draw_pick_element (host, sample->x, sample->y);
  self->start_x = sample->x;
  self->start_y = sample->y;
  self->dx = self->dy = 0;
  self->on_nothing = FALSE;
  if (element != NULL)
    press_element (self, host, element, (state & GDK_SHIFT_MASK) != 0);
  else
    press_nothing (self, host, sample, state);
}

/* ---- the band and the lasso ---- */

static gboolean
is_within (const BoardRect *band, BoardElement *element)
{
  BoardRect bounds;

  draw_box_get_outer (element, &bounds);
  return bounds.x >= band->x && bounds.y >= band->y
         && bounds.x + bounds.width <= band->x + band->width
         && bounds.y + bounds.height <= band->y + band->height;
}

/* What lies wholly within the band or lasso, and what was selected before it. */
static void
select_caught (DrawSelectTool *self, DrawToolHost *host, const BoardRect *band)
{
  BoardDocument *document = draw_tool_host_get_document (host);
  g_autoptr (GPtrArray) ids = draw_selection_copy_ids (self->before);
  g_autoptr (GPtrArray) whole = NULL;
  g_autoptr (GPtrArray) near = NULL;

  if (document == NULL)
    return;
  near = board_document_query (document, band);
  for (guint i = 0; i < near->len; i++)
    {
      BoardElement *element = near->pdata[i];
      const char *id = board_element_get_id (element);

      if (!board_element_get_locked (element) && !draw_selection_contains (self->before, id)
          && (self->lasso != NULL ? draw_lasso_contains (self->lasso, element)
                                  : is_within (band, element)))
        g_ptr_array_add (ids, g_strdup (id));
    }
  whole = draw_selection_with_groups (document, ids);
  draw_tool_host_set_selection (host, whole);
}

static void
drag_band (DrawSelectTool *self, DrawToolHost *host, const DrawSample *sample)
{
  const BoardRect band = { MIN (sample->x, self->start_x), MIN (sample->y, self->start_y),
                           fabs (sample->x - self->start_x), fabs (sample->y - self->start_y) };

  draw_tool_host_show_band (host, &band);
  select_caught (self, host, &band);
}

static void
drag_lasso (DrawSelectTool *self, DrawToolHost *host, const DrawSample *samples, gsize n_samples)
{
  BoardRect bounds;

  for (gsize i = 0; i < n_samples; i++)
    draw_lasso_add (self->lasso, samples[i].x, samples[i].y, to_board (host, LASSO_STEP));
  draw_lasso_get_bounds (self->lasso, &bounds);
  select_caught (self, host, &bounds);
  draw_tool_host_marks_changed (host);
}

/* ---- moving ---- */

static void
begin_drag (DrawSelectTool *self, DrawToolHost *host, GdkModifierType state)
{
  BoardDocument *document = draw_tool_host_get_document (host);
  g_autoptr (GPtrArray) elements = NULL;
  BoardRect visible;

  self->moved = draw_selection_with_dependents (document, draw_tool_host_get_selection (host));
  elements = draw_selection_get_elements (document, self->moved);
  draw_box_get_all (elements, &self->start_box);
  draw_viewport_get_visible (draw_tool_host_get_viewport (host), &visible);
  self->snap = draw_snap_new (document, &visible, self->moved);
  if (self->moved->len <= BOXES_MAX)
    self->followers = draw_settle_list_followers (document, self->moved);
  if (self->followers != NULL && self->followers->len == 0)
    g_clear_pointer (&self->followers, g_ptr_array_unref);
  set_mode (self, (state & GDK_ALT_MASK) != 0 ? COPYING : MOVING);
}

/* The way to the sample: Shift keeps it level or upright, then it is caught, by the grid or by what
 * is near, unless by Ctrl. */
static void
find_way (DrawSelectTool *self, DrawToolHost *host, const DrawSample *sample, GdkModifierType state)
{
  const double grid = draw_grid_get (host, state);
  double dx = sample->x - self->start_x, dy = sample->y - self->start_y, snap_x, snap_y;
  BoardRect box = self->start_box;

  if ((state & GDK_SHIFT_MASK) != 0)
    {
      if (fabs (dx) >= fabs (dy))
        dy = 0;
      else
        dx = 0;
    }
  box.x += dx;
  box.y += dy;
  if (grid > 0)
    {
      snap_x = dx != 0 ? draw_grid_find_way (grid, box.x) : 0;
      snap_y = dy != 0 ? draw_grid_find_way (grid, box.y) : 0;
    }
  else
    draw_snap_box (self->snap, &box,
                   (state & GDK_CONTROL_MASK) != 0 ? 0 : to_board (host, SNAP_REACH), &snap_x,
                   &snap_y);
  self->dx = dx + snap_x;
  self->dy = dy + snap_y;
}

/* (element-type BoardElement), borrowed from the ops. */
static GPtrArray *
get_added (GPtrArray *ops)
{
  GPtrArray *elements = g_ptr_array_new ();

  for (guint i = 0; i < ops->len; i++)
    for (guint n = 0; n < board_op_get_n_changes (ops->pdata[i]); n++)
      g_ptr_array_add (elements, board_op_get_change_element (ops->pdata[i], n));
  return elements;
}

static void
show_copies (DrawSelectTool *self, DrawToolHost *host)
{
  g_autoptr (GPtrArray) elements = NULL;

  g_clear_pointer (&self->copies, g_ptr_array_unref);
  g_clear_pointer (&self->copy_ops, g_ptr_array_unref);
  self->copy_ops
      = draw_copy_elements (draw_tool_host_get_document (host), draw_tool_host_get_selection (host),
                            self->dx, self->dy, &self->copies);
  elements = get_added (self->copy_ops);
  draw_tool_host_show_stand_ins (host, elements->len <= BOXES_MAX ? elements : NULL);
}

/* Arrows bound to what is moved, as they will be. */
static void
show_followers (DrawSelectTool *self, DrawToolHost *host)
{
  BoardDocument *document = draw_tool_host_get_document (host);
  g_autoptr (DrawEdit) edit = NULL;
  g_autoptr (GPtrArray) elements = NULL;

  if (self->followers == NULL)
    return;
  edit = draw_edit_new (document);
  draw_selection_move_in (edit, document, self->moved, self->dx, self->dy);
  draw_settle (edit, document);
  elements = draw_edit_get_elements (edit);
  for (guint i = elements->len; i-- > 0;)
    if (draw_selection_contains (self->moved, board_element_get_id (elements->pdata[i])))
      g_ptr_array_remove_index (elements, i);
  draw_tool_host_show_stand_ins (host, elements);
}

static void
drag_to (DrawSelectTool *self,
         DrawToolHost *host,
         const DrawSample *samples,
         gsize n_samples,
         GdkModifierType state)
{
  const DrawSample *last = &samples[n_samples - 1];

  if (self->mode == HOLDING
      && hypot (last->x - self->start_x, last->y - self->start_y) > to_board (host, DRAG_MIN))
    begin_drag (self, host, state);
  switch (self->mode)
    {
    case MOVING:
      find_way (self, host, last, state);
      draw_tool_host_show_moved (host, self->moved, self->dx, self->dy);
      show_followers (self, host);
      break;
    case COPYING:
      find_way (self, host, last, state);
      show_copies (self, host);
      break;
    case RESHAPING:
      draw_reshape_drag (self->reshape, host, last, state);
      break;
    case CROPPING:
      draw_crop_drag (self->crop, host, last, state);
      break;
    case BANDING:
      drag_band (self, host, last);
      break;
    case LASSOING:
      drag_lasso (self, host, samples, n_samples);
      break;
    case IDLE:
    case HOLDING:
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
draw_select_tool_motion (DrawTool *tool,
                         DrawToolHost *host,
                         const DrawSample *samples,
                         gsize n_samples,
                         GdkModifierType state)
{
  drag_to (DRAW_SELECT_TOOL (tool), host, samples, n_samples, state);
}

static void
finish_move (DrawSelectTool *self, DrawToolHost *host)
{
  g_autoptr (GPtrArray) ops
      = draw_selection_move (draw_tool_host_get_document (host), self->moved, self->dx, self->dy);

  draw_tool_host_emit_ops (host, ops);
  draw_tool_host_show_moved (host, NULL, 0, 0);
  if (self->followers != NULL)
    draw_tool_host_show_stand_ins (host, NULL);
}

static void
finish_copy (DrawSelectTool *self, DrawToolHost *host)
{
  draw_tool_host_emit_ops (host, self->copy_ops);
  draw_tool_host_show_stand_ins (host, NULL);
  draw_tool_host_set_selection (host, self->copies);
}

/* Of several selected one stays selected; Alt goes on to what lies beneath. */
static void
finish_click (DrawSelectTool *self,
              DrawToolHost *host,
              const DrawSample *sample,
              GdkModifierType state)
{
  BoardElement *element = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  if ((state & GDK_ALT_MASK) != 0 && !self->on_nothing)
    element = draw_pick_below (host, sample->x, sample->y,
                               self->alone != NULL ? draw_tool_host_get_selection (host) : NULL);
  else if (self->alone != NULL)
    element = board_document_get_element (draw_tool_host_get_document (host), self->alone);
  ids = element != NULL ? get_whole (self, host, element) : draw_selection_copy_ids (NULL);
  if (self->on_nothing || element != NULL)
    draw_tool_host_set_selection (host, ids);
}

/* What is locked can be selected alone, so that it can be unlocked. */
static void
finish_band (DrawSelectTool *self, DrawToolHost *host, const DrawSample *sample)
{
  BoardElement *locked;
  g_autoptr (GPtrArray) ids = NULL;

  if (hypot (sample->x - self->start_x, sample->y - self->start_y) > to_board (host, DRAG_MIN))
    return;
  locked = draw_pick_locked (host, sample->x, sample->y);
  if (locked == NULL || self->before->len > 0)
    return;
  ids = draw_selection_copy_ids (NULL);
  g_ptr_array_add (ids, g_strdup (board_element_get_id (locked)));
  draw_tool_host_set_selection (host, ids);
}

static void
draw_select_tool_release (DrawTool *tool,
                          DrawToolHost *host,
                          const DrawSample *sample,
                          GdkModifierType state)
{
  DrawSelectTool *self = DRAW_SELECT_TOOL (tool);

  drag_to (self, host, sample, 1, state);
  if (self->mode == MOVING)
    finish_move (self, host);
  else if (self->mode == COPYING)
    finish_copy (self, host);
  else if (self->mode == HOLDING)
    finish_click (self, host, sample, state);
  else if (self->mode == BANDING)
    finish_band (self, host, sample);
  else if (self->mode == RESHAPING)
    {
      draw_point_choice_set (&self->point, host, self->reshape);
      draw_reshape_finish (self->reshape, host);
    }
  draw_tool_host_show_band (host, NULL);
  set_mode (self, IDLE);
  draw_tool_host_marks_changed (host);
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
  if (self->mode == COPYING || self->followers != NULL)
    draw_tool_host_show_stand_ins (host, NULL);
  if (self->mode == RESHAPING)
    draw_reshape_cancel (self->reshape, host);
  if (self->mode == CROPPING)
    draw_crop_undo_drag (self->crop, host);
  if (self->mode == BANDING || self->mode == LASSOING)
    draw_tool_host_set_selection (host, self->before);
  draw_tool_host_show_band (host, NULL);
  set_mode (self, IDLE);
  draw_tool_host_marks_changed (host);
}

/* ---- the second click, and what is shown ---- */

static void
draw_select_tool_activate (DrawTool *tool,
                           DrawToolHost *host,
                           const DrawSample *sample,
                           GdkModifierType state)
{
  DrawSelectTool *self = DRAW_SELECT_TOOL (tool);
  DrawStyle *style = draw_styled_tool_get_style (DRAW_STYLED_TOOL (tool));
  BoardElement *element = draw_pick_element (host, sample->x, sample->y);
  const char *group = element != NULL ? draw_selection_get_group (element) : NULL;
  g_autoptr (GPtrArray) ids = NULL;

  if (draw_tool_host_get_document (host) == NULL || self->crop != NULL)
    return;
  if (element != NULL && (group == NULL || g_strcmp0 (group, self->entered) == 0)
      && (self->crop = draw_crop_new (host, board_element_get_id (element))) != NULL)
    return;
  if (group == NULL || g_strcmp0 (group, self->entered) == 0)
    {
      if (!draw_text_tool_edit_at (host, style, sample->x, sample->y) && element == NULL)
        draw_text_tool_begin (host, style, sample->x, sample->y, 0);
      return;
    }
  g_free (self->entered);
  self->entered = g_strdup (group);
  ids = get_whole (self, host, element);
  draw_tool_host_set_selection (host, ids);
}

/* Return: to write on the one that is selected, or to crop it. Delete: the point that was clicked.
 * Tab walks from object to object; past the last one it leaves the canvas. */
static gboolean
draw_select_tool_key (DrawTool *tool, DrawToolHost *host, guint keyval, GdkModifierType state)
{
  DrawSelectTool *self = DRAW_SELECT_TOOL (tool);
  GPtrArray *selection = draw_tool_host_get_selection (host);
  BoardElement *element;

  if (self->crop != NULL)
    return draw_crop_key (&self->crop, host, keyval, state);
  if (keyval == GDK_KEY_Delete || keyval == GDK_KEY_BackSpace)
    return draw_point_choice_remove (&self->point, host);
  if (keyval == GDK_KEY_Tab && (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0)
    return draw_tool_host_walk (host, (state & GDK_SHIFT_MASK) != 0 ? -1 : 1);
  if (keyval == GDK_KEY_ISO_Left_Tab)
    return draw_tool_host_walk (host, -1);
  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) || selection->len != 1
      || draw_tool_host_get_document (host) == NULL)
    return FALSE;
  element = board_document_get_element (draw_tool_host_get_document (host), selection->pdata[0]);
  self->crop = draw_crop_new (host, selection->pdata[0]);
  return element != NULL && !board_element_get_locked (element)
         && (self->crop != NULL
             || draw_text_tool_edit (host, draw_styled_tool_get_style (DRAW_STYLED_TOOL (tool)),
                                 element));
}

/* A thin box around each of several, and around what is locked. */
static void
add_boxes (DrawSelectTool *self, DrawToolHost *host, double dx, double dy, GArray *marks)
{
  GPtrArray *selection = draw_tool_host_get_selection (host);
  BoardRect box;

  for (guint i = 0; selection->len <= BOXES_MAX && i < selection->len; i++)
    {
      BoardElement *element
          = board_document_get_element (draw_tool_host_get_document (host), selection->pdata[i]);

      if (element == NULL || (selection->len == 1 && !board_element_get_locked (element)))
        continue;
      draw_box_get (element, &box);
      box.x += dx;
      box.y += dy;
      draw_mark_add_box (marks, DRAW_MARK_BOX, &box, board_element_get_angle (element));
    }
}

static void
add_selection_marks (DrawSelectTool *self, DrawToolHost *host, GArray *marks)
{
  const gboolean moves = self->mode == MOVING || self->mode == COPYING;
  DrawFrame frame;

  if (self->crop != NULL)
    {
      draw_crop_add_marks (self->crop, host, marks);
      return;
    }
  if (self->mode == RESHAPING)
    {
      draw_reshape_add_marks (self->reshape, host, marks);
      return;
    }
  add_boxes (self, host, moves ? self->dx : 0, moves ? self->dy : 0, marks);
  if (!moves)
    {
      draw_reshape_add_handles (host, marks);
      draw_point_choice_add_mark (&self->point, host, marks);
      return;
    }
  if (!draw_reshape_get_frame (host, &frame))
    return;
  frame.box.x += self->dx;
  frame.box.y += self->dy;
  draw_mark_add_box (marks, DRAW_MARK_FRAME, &frame.box, frame.angle);
}

static GArray *
draw_select_tool_get_marks (DrawTool *tool, DrawToolHost *host)
{
  DrawSelectTool *self = DRAW_SELECT_TOOL (tool);
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (DrawMark));
  BoardRect box = self->start_box;

  add_selection_marks (self, host, marks);
  if (self->mode == MOVING || self->mode == COPYING)
    {
      box.x += self->dx;
      box.y += self->dy;
      draw_snap_add_guides (self->snap, &box, marks);
    }
  if (self->mode == LASSOING)
    draw_lasso_add_marks (self->lasso, marks);
  return marks;
}

static void
draw_select_tool_hover (DrawTool *tool,
                        DrawToolHost *host,
                        const DrawSample *sample,
                        GdkModifierType state)
{
  DrawSelectTool *self = DRAW_SELECT_TOOL (tool);

  self->cursor = self->crop != NULL
                     ? draw_crop_get_cursor (self->crop, host, sample->x, sample->y)
                     : draw_reshape_get_cursor (host, sample->x, sample->y);
}

static const char *
draw_select_tool_get_cursor (DrawTool *tool)
{
  return DRAW_SELECT_TOOL (tool)->cursor;
}

static void
draw_select_tool_put_away (DrawTool *tool, DrawToolHost *host)
{
  draw_crop_end (&DRAW_SELECT_TOOL (tool)->crop, host, TRUE);
}

static void
draw_select_tool_tool_init (DrawToolInterface *iface)
{
  iface->put_away = draw_select_tool_put_away;
  iface->hover = draw_select_tool_hover;
  iface->get_cursor = draw_select_tool_get_cursor;
  iface->press = draw_select_tool_press;
  iface->motion = draw_select_tool_motion;
  iface->release = draw_select_tool_release;
  iface->cancel = draw_select_tool_cancel;
  iface->activate = draw_select_tool_activate;
  iface->key = draw_select_tool_key;
  iface->get_marks = draw_select_tool_get_marks;
}

static void
draw_select_tool_finalize (GObject *object)
{
  DrawSelectTool *self = DRAW_SELECT_TOOL (object);

  set_mode (self, IDLE);
  g_clear_pointer (&self->crop, draw_crop_free);
  draw_point_choice_clear (&self->point);
  g_free (self->entered);
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

DrawTool *
draw_lasso_tool_new (void)
{
  DrawSelectTool *self = g_object_new (DRAW_TYPE_SELECT_TOOL, NULL);

  self->with_lasso = TRUE;
  return DRAW_TOOL (self);
}
