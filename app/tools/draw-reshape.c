/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-reshape.h"

#include <math.h>

#include "board/board-binding.h"
#include "board/board-transform.h"
#include "canvas/draw-box.h"
#include "canvas/draw-selection.h"
#include "canvas/draw-settle.h"
#include "canvas/draw-shape.h"
#include "canvas/draw-writing.h"
#include "tools/draw-grid.h"
#include "tools/draw-snap.h"

/* Widget pixels. */
#define POINT_REACH 8.0
#define SNAP_REACH 5.0
#define BIND_REACH 12.0
#define ANGLE_STEP (G_PI / 12)
/* Close to a right angle it is one. */
#define RIGHT_ANGLE_REACH (2 * G_PI / 180)
/* More elements are not made anew with each motion: their picture is bent. */
#define SHOWN_MAX 200

struct _DrawReshape {
  /* RESIZE and TURN: the handle; else the point */
  DrawHandle handle;
  DrawPointHandle point;
  char *line; /* id of what the point is of; NULL: a handle of the frame */

  DrawFrame frame; /* at the press */
  double start_x, start_y;
  double turn;          /* so far */
  double sx, sy;        /* what sides are multiplied with so far, and */
  double fx, fy;        /* the point that stays, as shares of the frame */
  GPtrArray *ids;       /* (element-type utf8) of elements, when they are many; else NULL */
  BoardRect box;        /* as it is dragged; when not turned */
  DrawSnap *snap;       /* or NULL */
  GPtrArray *elements;  /* (element-type BoardElement) as they were, dependents included */
  gboolean in_ratio;    /* text and pictures keep theirs */
  DrawEdit *edit;       /* of the last drag, or NULL */
  BoardElement *target; /* what the end would stick to, or NULL */
};

static double
get_scale (DrawToolHost *host)
{
  return draw_viewport_get_scale (draw_tool_host_get_viewport (host));
}

static GPtrArray *
get_selected (DrawToolHost *host)
{
  return draw_selection_get_elements (draw_tool_host_get_document (host),
                                      draw_tool_host_get_selection (host));
}

gboolean
draw_reshape_get_frame (DrawToolHost *host, DrawFrame *frame)
{
  g_autoptr (GPtrArray) elements = get_selected (host);

  g_return_val_if_fail (frame != NULL, FALSE);

  *frame = (DrawFrame){ { 0, 0, 0, 0 }, 0 };
  if (elements->len != 1)
    return draw_box_get_all (elements, &frame->box);
  draw_box_get (elements->pdata[0], &frame->box);
  frame->angle = board_element_get_angle (elements->pdata[0]);
  return TRUE;
}

BoardElement *
draw_reshape_get_line (DrawToolHost *host)
{
  g_autoptr (GPtrArray) elements = get_selected (host);

  if (elements->len != 1 || !draw_points_can_edit (elements->pdata[0]))
    return NULL;
  return board_document_get_element (draw_tool_host_get_document (host),
                                     board_element_get_id (elements->pdata[0]));
}

/* ---- the gesture ---- */

static gboolean
keeps_ratio (GPtrArray *elements)
{
  for (guint i = 0; i < elements->len; i++)
    if (board_element_get_kind (elements->pdata[i]) == BOARD_ELEMENT_TEXT
        || board_element_get_kind (elements->pdata[i]) == BOARD_ELEMENT_IMAGE)
      return TRUE;
  return FALSE;
}

static DrawReshape *
create (DrawToolHost *host, const DrawSample *sample)
{
  BoardDocument *document = draw_tool_host_get_document (host);
  DrawReshape *self = g_new0 (DrawReshape, 1);
  g_autoptr (GPtrArray) selected = get_selected (host);
  g_autoptr (GPtrArray) all
      = draw_selection_with_dependents (document, draw_tool_host_get_selection (host));
  BoardRect visible;

  draw_viewport_get_visible (draw_tool_host_get_viewport (host), &visible);
  draw_reshape_get_frame (host, &self->frame);
  self->box = self->frame.box;
  self->start_x = sample->x;
  self->start_y = sample->y;
  self->snap = draw_snap_new (document, &visible, all);
  self->sx = self->sy = 1;
  self->elements = draw_selection_get_elements (document, all);
  if (self->elements->len > SHOWN_MAX)
    self->ids = g_steal_pointer (&all);
  self->in_ratio = keeps_ratio (selected);
  return self;
}

DrawReshape *
draw_reshape_new (DrawToolHost *host, const DrawSample *sample)
{
  BoardElement *line;
  DrawPointHandle point = { 0, FALSE };
  DrawReshape *self;
  DrawFrame frame;
  DrawHandle handle = DRAW_HANDLE_NONE;

  g_return_val_if_fail (sample != NULL, NULL);

  if (draw_tool_host_get_document (host) == NULL || !draw_reshape_get_frame (host, &frame))
    return NULL;
  line = draw_reshape_get_line (host);
  if (line != NULL
      && !draw_points_find (line, sample->x, sample->y, POINT_REACH / get_scale (host), &point))
    return NULL;
  if (line == NULL)
    handle = draw_frame_find (&frame, sample->x, sample->y, get_scale (host));
  if (line == NULL && handle == DRAW_HANDLE_NONE)
    return NULL;
  self = create (host, sample);
  self->handle = handle;
  self->point = point;
  self->line = line != NULL ? g_strdup (board_element_get_id (line)) : NULL;
  return self;
}

void
draw_reshape_free (DrawReshape *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->line);
  g_clear_pointer (&self->snap, draw_snap_free);
  g_clear_pointer (&self->edit, draw_edit_free);
  g_clear_pointer (&self->target, board_element_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_ptr_array_unref (self->elements);
  g_free (self);
}

/* A side handle of a text gives it a width at which its lines break. */
static gboolean
widen_text (DrawReshape *self, BoardElement *element, double sx, JsonObject *props)
{
  int column, row;
  BoardRect box;
  double width;

  draw_frame_get_side (self->handle, &column, &row);
  if (row != 0 || board_element_get_kind (element) != BOARD_ELEMENT_TEXT)
    return FALSE;
  draw_box_get (element, &box);
  width = MAX (fabs (sx) * box.width, draw_shape_get_number (element, "fontSize", 1, 1000, 20));
  json_object_set_double_member (props, "width", width);
  json_object_set_boolean_member (props, "autoResize", FALSE);
  if (column < 0)
    json_object_set_double_member (props, "x", box.x + box.width - width);
  return TRUE;
}

static void
resize_one (DrawReshape *self, BoardElement *element, double sx, double sy, double fx, double fy)
{
  g_autoptr (JsonObject) props = json_object_new ();

  if (!widen_text (self, element, sx, props))
    {
      json_object_unref (props);
      props = board_transform_resize (element, fx, fy, sx, sy);
    }
  draw_edit_set (self->edit, board_element_get_id (element), props);
}

/* How far the dragged sides go on to be caught. */
static void
snap (DrawReshape *self, DrawToolHost *host, double *dx, double *dy, GdkModifierType state)
{
  const double reach = SNAP_REACH / get_scale (host);
  const BoardRect *box = &self->frame.box;
  double snap_x = 0, snap_y = 0;
  int column, row;

  if (self->frame.angle != 0 || (state & GDK_CONTROL_MASK) != 0)
    return;
  draw_frame_get_side (self->handle, &column, &row);
  const double x = box->x + (column > 0 ? box->width : 0) + *dx;
  const double y = box->y + (row > 0 ? box->height : 0) + *dy;
  const double grid = draw_grid_get (host, state);

  if (grid > 0)
    {
      snap_x = column != 0 ? draw_grid_find_way (grid, x) : 0;
      snap_y = row != 0 ? draw_grid_find_way (grid, y) : 0;
    }
  else
    draw_snap_point (self->snap, x, y, reach, column != 0 ? &snap_x : NULL,
                     row != 0 ? &snap_y : NULL);
  *dx += snap_x;
  *dy += snap_y;
}

/* The box that comes of scaling a part of another stays where its point (fx, fy) is. */
static void
scale_box (const BoardRect *from, double fx, double fy, double sx, double sy, BoardRect *to)
{
  const double x = from->x + from->width * fx, y = from->y + from->height * fy;

  *to = (BoardRect){ x - from->width * fabs (sx) * (sx < 0 ? 1 - fx : fx),
                     y - from->height * fabs (sy) * (sy < 0 ? 1 - fy : fy), from->width * fabs (sx),
                     from->height * fabs (sy) };
}

static gboolean
is_alone (DrawReshape *self, DrawToolHost *host)
{
  g_autoptr (GPtrArray) selected = get_selected (host);

  return selected->len == 1;
}

static void
resize (DrawReshape *self, DrawToolHost *host, double dx, double dy, GdkModifierType state)
{
  const gboolean by_middle = (state & GDK_ALT_MASK) != 0;
  int column, row;

  draw_frame_get_side (self->handle, &column, &row);
  snap (self, host, &dx, &dy, state);
  draw_frame_drag (&self->frame, self->handle, dx, dy, by_middle,
                   ((state & GDK_SHIFT_MASK) != 0) != (self->in_ratio && column != 0 && row != 0),
                   &self->sx, &self->sy);
  self->fx = by_middle || column == 0 ? 0.5 : column > 0 ? 0 : 1;
  self->fy = by_middle || row == 0 ? 0.5 : row > 0 ? 0 : 1;
  scale_box (&self->frame.box, self->fx, self->fy, self->sx, self->sy, &self->box);
}

static void
apply_size (DrawReshape *self, DrawToolHost *host)
{
  const BoardRect *box = &self->frame.box;
  const gboolean alone = is_alone (self, host);

  for (guint i = 0; i < self->elements->len; i++)
    {
      BoardElement *element = self->elements->pdata[i];
      g_autoptr (JsonObject) props = NULL;

      /* What a lone shape has on it follows it. */
      if (alone && i > 0)
        break;
      if (alone)
        {
          resize_one (self, element, self->sx, self->sy, self->fx, self->fy);
          continue;
        }
      props = board_transform_scale (element, box->x + box->width * self->fx,
                                     box->y + box->height * self->fy, self->sx, self->sy);
      draw_edit_set (self->edit, board_element_get_id (element), props);
    }
}

static void
turn (DrawReshape *self, const DrawSample *sample, GdkModifierType state)
{
  const BoardRect *box = &self->frame.box;
  const double cx = box->x + box->width / 2, cy = box->y + box->height / 2;
  double angle = self->frame.angle + atan2 (sample->y - cy, sample->x - cx)
                 - atan2 (self->start_y - cy, self->start_x - cx);
  const double right = round (angle / (G_PI / 2)) * (G_PI / 2);

  if ((state & GDK_SHIFT_MASK) != 0)
    angle = round (angle / ANGLE_STEP) * ANGLE_STEP;
  else if ((state & GDK_CONTROL_MASK) == 0 && fabs (angle - right) < RIGHT_ANGLE_REACH)
    angle = right;
  self->turn = angle - self->frame.angle;
}

static void
apply_turn (DrawReshape *self)
{
  const BoardRect *box = &self->frame.box;
  const double cx = box->x + box->width / 2, cy = box->y + box->height / 2;

  for (guint i = 0; i < self->elements->len; i++)
    {
      g_autoptr (JsonObject) props
          = board_transform_rotate (self->elements->pdata[i], cx, cy, self->turn);

      draw_edit_set (self->edit, board_element_get_id (self->elements->pdata[i]), props);
    }
}

/* An end sticks to what it is dropped on, and lets go elsewhere. */
static void
bind_end (DrawReshape *self,
          DrawToolHost *host,
          BoardElement *line,
          gboolean at_end,
          const DrawSample *sample,
          GdkModifierType state)
{
  BoardElement *target
      = (state & GDK_CONTROL_MASK) != 0
            ? NULL
            : board_binding_find (draw_tool_host_get_document (host), sample->x, sample->y,
                                  BIND_REACH / get_scale (host), board_element_get_id (line));
  g_autoptr (BoardElement) bound = NULL;
  g_autoptr (BoardElement) other = NULL;
  g_autoptr (JsonObject) props = NULL;
  BoardBinding binding;

  g_clear_pointer (&self->target, board_element_unref);
  if (target != NULL)
    self->target = board_element_ref (target);
  draw_edit_set_member (self->edit, self->line, at_end ? "endBinding" : "startBinding",
                        target != NULL ? board_binding_make (target, sample->x, sample->y,
                                                             (state & GDK_ALT_MASK) != 0)
                                       : json_node_init_null (json_node_alloc ()));
  bound = draw_edit_get_element (self->edit, self->line);
  if (bound == NULL)
    return;
  if (board_binding_get (bound, !at_end, &binding))
    other = draw_edit_get_element (self->edit, binding.element);
  props = board_binding_follow (bound, at_end ? other : target, at_end ? target : other);
  if (props != NULL)
    draw_edit_set (self->edit, self->line, props);
}

static void
bend (DrawReshape *self, DrawToolHost *host, const DrawSample *sample, GdkModifierType state)
{
  BoardElement *line = board_document_get_element (draw_tool_host_get_document (host), self->line);
  const double grid = draw_grid_get (host, state);
  gboolean at_end;

  if (line == NULL)
    return;
  draw_points_move (self->edit, line, &self->point, draw_grid_round (grid, sample->x),
                    draw_grid_round (grid, sample->y));
  if (draw_points_is_end (line, &self->point, &at_end))
    bind_end (self, host, line, at_end, sample, state);
}

static void
fit_words (DrawReshape *self, BoardDocument *document)
{
  for (guint i = 0; i < self->elements->len; i++)
    {
      const BoardElementType kind = board_element_get_kind (self->elements->pdata[i]);

      if (kind == BOARD_ELEMENT_TEXT || kind == BOARD_ELEMENT_NOTE)
        draw_writing_fit (self->edit, document, board_element_get_id (self->elements->pdata[i]));
    }
}

/* What came of the last drag. */
static void
make_edit (DrawReshape *self,
           DrawToolHost *host,
           const DrawSample *sample,
           GdkModifierType state)
{
  BoardDocument *document = draw_tool_host_get_document (host);

  g_clear_pointer (&self->edit, draw_edit_free);
  self->edit = draw_edit_new (document);
  if (self->line != NULL)
    bend (self, host, sample, state);
  else if (self->handle == DRAW_HANDLE_TURN)
    apply_turn (self);
  else
    {
      apply_size (self, host);
      fit_words (self, document);
    }
  draw_settle (self->edit, document);
}

/* The picture of all, bent. */
static void
show_many (DrawReshape *self, DrawToolHost *host)
{
  const BoardRect *box = &self->frame.box;
  const gboolean turns = self->handle == DRAW_HANDLE_TURN;
  const double x = box->x + box->width * (turns ? 0.5 : self->fx);
  const double y = box->y + box->height * (turns ? 0.5 : self->fy);
  const double xx = turns ? cos (self->turn) : self->sx, yy = turns ? xx : self->sy;
  const double yx = turns ? sin (self->turn) : 0;
  graphene_matrix_t matrix;

  graphene_matrix_init_from_2d (&matrix, xx, yx, -yx, yy, x - xx * x + yx * y, y - yx * x - yy * y);
  draw_tool_host_show_shaped (host, self->ids, &matrix);
}

void
draw_reshape_drag (DrawReshape *self,
                   DrawToolHost *host,
                   const DrawSample *sample,
                   GdkModifierType state)
{
  g_autoptr (GPtrArray) elements = NULL;

  g_return_if_fail (self != NULL && sample != NULL);

  if (!isfinite (sample->x) || !isfinite (sample->y))
    return;
  if (self->handle == DRAW_HANDLE_TURN)
    turn (self, sample, state);
  else if (self->line == NULL)
    resize (self, host, sample->x - self->start_x, sample->y - self->start_y, state);
  if (self->ids != NULL)
    show_many (self, host);
  else
    {
      make_edit (self, host, sample, state);
      elements = draw_edit_get_elements (self->edit);
      draw_tool_host_show_stand_ins (host, elements);
    }
  draw_tool_host_marks_changed (host);
}

void
draw_reshape_finish (DrawReshape *self, DrawToolHost *host)
{
  g_return_if_fail (self != NULL);

  if (self->ids != NULL && (self->sx != 1 || self->sy != 1 || self->turn != 0))
    make_edit (self, host, NULL, 0);
  if (self->edit != NULL)
    {
      g_autoptr (GPtrArray) ops = draw_edit_get_ops (self->edit);

      draw_tool_host_emit_ops (host, ops);
    }
  if (self->ids != NULL)
    draw_tool_host_show_shaped (host, NULL, NULL);
  else
    draw_tool_host_show_stand_ins (host, NULL);
}

void
draw_reshape_cancel (DrawReshape *self, DrawToolHost *host)
{
  g_return_if_fail (self != NULL);

  self->turn = 0;
  self->sx = self->sy = 1;
  self->fx = self->fy = 0;
  if (self->ids != NULL)
    {
      show_many (self, host);
      draw_tool_host_show_shaped (host, NULL, NULL);
      return;
    }
  draw_tool_host_show_stand_ins (host, NULL);
}

gboolean
draw_reshape_get_point (DrawReshape *self, guint *index)
{
  g_return_val_if_fail (self != NULL && index != NULL, FALSE);

  *index = self->point.index;
  return self->line != NULL && !self->point.is_new;
}

/* ---- what is shown ---- */

void
draw_reshape_add_marks (DrawReshape *self, DrawToolHost *host, GArray *marks)
{
  DrawFrame frame;
  BoardRect box;

  g_return_if_fail (self != NULL && marks != NULL);

  if (self->target != NULL)
    {
      draw_box_get (self->target, &box);
      draw_mark_add_box (marks, DRAW_MARK_TARGET, &box, board_element_get_angle (self->target));
    }
  if (self->line != NULL)
    return;
  frame = self->frame;
  if (self->handle == DRAW_HANDLE_TURN)
    frame.angle += self->turn;
  else if (frame.angle == 0)
    frame.box = self->box;
  if (self->handle == DRAW_HANDLE_TURN || frame.angle == 0)
    draw_mark_add_box (marks, DRAW_MARK_FRAME, &frame.box, frame.angle);
  if (frame.angle == 0 && self->handle != DRAW_HANDLE_TURN)
    draw_snap_add_guides (self->snap, &frame.box, marks);
}

void
draw_reshape_add_handles (DrawToolHost *host, GArray *marks)
{
  BoardElement *line = draw_reshape_get_line (host);
  DrawFrame frame;

  if (line != NULL)
    draw_points_add_marks (line, marks);
  else if (draw_reshape_get_frame (host, &frame))
    draw_frame_add_marks (&frame, get_scale (host), marks);
}

const char *
draw_reshape_get_cursor (DrawToolHost *host, double x, double y)
{
  BoardElement *line;
  DrawPointHandle point;
  DrawFrame frame;

  if (draw_tool_host_get_document (host) == NULL || !draw_reshape_get_frame (host, &frame))
    return NULL;
  line = draw_reshape_get_line (host);
  if (line != NULL)
    return draw_points_find (line, x, y, POINT_REACH / get_scale (host), &point) ? "crosshair"
                                                                                 : NULL;
  return draw_frame_get_cursor (&frame, draw_frame_find (&frame, x, y, get_scale (host)));
}
