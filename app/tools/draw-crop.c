/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-crop.h"

#include <math.h>

#include "canvas/draw-box.h"
#include "canvas/draw-edit.h"
#include "canvas/draw-picture.h"
#include "canvas/draw-settle.h"
#include "canvas/draw-shape.h"
#include "tools/draw-frame.h"

/* Board units: no side becomes shorter. */
#define SIDE_MIN 4.0
/* Of the opacity of what is left out. */
#define FAINT 0.35
#define STEP 1.0

/* What can be taken hold of. */
typedef enum { NOTHING, HANDLE, PICTURE } Grip;

/* Boxes are of the sheet as it would be without the picture's angle, turned back about the middle
 * of the element as it was at first. */
struct _DrawCrop {
  char *id;
  char *whole_id; /* of the element that stands for the whole picture */
  double angle, cx, cy;
  double natural_width, natural_height; /* pixels */
  gboolean across, down;                /* flipped */
  BoardRect whole, seen;                /* seen: within whole */

  Grip grip;
  DrawHandle handle;
  double start_x, start_y;
  BoardRect start_whole, start_seen;
  gboolean changed;
};

/* ---- places ---- */

/* Where an element whose unturned box is @box is on the board. */
static void
get_place (const DrawCrop *self, const BoardRect *box, double *x, double *y)
{
  double cx = box->x + box->width / 2, cy = box->y + box->height / 2;

  draw_box_turn_point (&cx, &cy, self->cx, self->cy, self->angle);
  *x = cx - box->width / 2;
  *y = cy - box->height / 2;
}

static void
to_box (const DrawCrop *self, double *x, double *y)
{
  draw_box_turn_point (x, y, self->cx, self->cy, -self->angle);
}

static void
get_frame (const DrawCrop *self, const BoardRect *box, DrawFrame *frame)
{
  frame->box = *box;
  frame->angle = self->angle;
  get_place (self, box, &frame->box.x, &frame->box.y);
}

static double
get_scale (DrawToolHost *host)
{
  return draw_viewport_get_scale (draw_tool_host_get_viewport (host));
}

/* ---- elements ---- */

static BoardElement *
get_element (const DrawCrop *self, DrawToolHost *host)
{
  BoardDocument *document = draw_tool_host_get_document (host);

  return document != NULL ? board_document_get_element (document, self->id) : NULL;
}

static void
set_box (const DrawCrop *self, JsonObject *props, const BoardRect *box)
{
  double x, y;

  get_place (self, box, &x, &y);
  json_object_set_double_member (props, "x", x);
  json_object_set_double_member (props, "y", y);
  json_object_set_double_member (props, "width", box->width);
  json_object_set_double_member (props, "height", box->height);
}

static gboolean
is_whole (const DrawCrop *self)
{
  return fabs (self->whole.width - self->seen.width) < 0.01
         && fabs (self->whole.height - self->seen.height) < 0.01;
}

/* Pixels are counted from the picture's own corner, which a flip puts elsewhere. */
static JsonNode *
make_crop (const DrawCrop *self)
{
  const double across = self->natural_width / self->whole.width;
  const double down = self->natural_height / self->whole.height;
  const double left = self->seen.x - self->whole.x, top = self->seen.y - self->whole.y;
  const double right = self->whole.width - left - self->seen.width;
  const double bottom = self->whole.height - top - self->seen.height;
  JsonNode *node = json_node_new (is_whole (self) ? JSON_NODE_NULL : JSON_NODE_OBJECT);
  JsonObject *crop;

  if (is_whole (self))
    return node;
  crop = json_object_new ();
  json_object_set_double_member (crop, "x", MAX (self->across ? right : left, 0) * across);
  json_object_set_double_member (crop, "y", MAX (self->down ? bottom : top, 0) * down);
  json_object_set_double_member (crop, "width", self->seen.width * across);
  json_object_set_double_member (crop, "height", self->seen.height * down);
  json_object_set_double_member (crop, "naturalWidth", self->natural_width);
  json_object_set_double_member (crop, "naturalHeight", self->natural_height);
  json_node_take_object (node, crop);
  return node;
}

static JsonObject *
make_props (const DrawCrop *self)
{
  JsonObject *props = json_object_new ();

  set_box (self, props, &self->seen);
  json_object_set_member (props, "crop", make_crop (self));
  return props;
}

/* The whole picture, faint. */
static BoardElement *
make_whole (const DrawCrop *self, BoardElement *element)
{
  g_autoptr (JsonObject) props = board_element_to_json (element);

  json_object_set_string_member (props, "id", self->whole_id);
  json_object_remove_member (props, "crop");
  json_object_remove_member (props, "boundElements");
  json_object_set_double_member (props, "opacity",
                                 draw_shape_get_number (element, "opacity", 0, 100, 100) * FAINT);
  set_box (self, props, &self->whole);
  return board_element_new (props, NULL);
}

static void
show (DrawCrop *self, DrawToolHost *host)
{
  BoardElement *element = get_element (self, host);
  g_autoptr (GPtrArray) stand_ins
      = g_ptr_array_new_with_free_func ((GDestroyNotify) board_element_unref);
  g_autoptr (BoardElement) whole = element != NULL ? make_whole (self, element) : NULL;
  g_autoptr (JsonObject) props = make_props (self);
  BoardElement *seen = element != NULL ? board_element_with (element, props, NULL) : NULL;

  if (seen != NULL)
    g_ptr_array_add (stand_ins, seen);
  draw_tool_host_show_element (host, whole);
  draw_tool_host_show_stand_ins (host, stand_ins);
  draw_tool_host_marks_changed (host);
}

/* ---- the beginning ---- */

/* The whole picture's box follows from what is seen of it. */
static void
find_whole (DrawCrop *self, BoardElement *element)
{
  DrawPictureCrop crop;
  double x, y;

  draw_picture_get_crop (element, &crop);
  draw_picture_get_flip (element, &self->across, &self->down);
  draw_box_get (element, &self->seen);
  self->whole.width = self->seen.width / crop.width;
  self->whole.height = self->seen.height / crop.height;
  x = self->across ? 1 - crop.x - crop.width : crop.x;
  y = self->down ? 1 - crop.y - crop.height : crop.y;
  self->whole.x = self->seen.x - x * self->whole.width;
  self->whole.y = self->seen.y - y * self->whole.height;
}

DrawCrop *
draw_crop_new (DrawToolHost *host, const char *id)
{
  BoardDocument *document = draw_tool_host_get_document (host);
  BoardElement *element = document != NULL ? board_document_get_element (document, id) : NULL;
  int width, height;
  DrawCrop *self;

  if (element == NULL || board_element_get_kind (element) != BOARD_ELEMENT_IMAGE
      || board_element_get_locked (element)
      || !draw_tool_host_get_picture_size (host, draw_shape_get_text (element, "fileId"), &width,
                                           &height))
    return NULL;
  self = g_new0 (DrawCrop, 1);
  self->id = g_strdup (id);
  self->whole_id = board_element_make_id ();
  self->natural_width = width;
  self->natural_height = height;
  self->angle = board_element_get_angle (element);
  find_whole (self, element);
  self->cx = self->seen.x + self->seen.width / 2;
  self->cy = self->seen.y + self->seen.height / 2;
  show (self, host);
  return self;
}

void
draw_crop_free (DrawCrop *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->whole_id);
  g_free (self);
}

/* ---- dragging ---- */

static DrawHandle
find_handle (DrawCrop *self, DrawToolHost *host, double x, double y)
{
  DrawFrame frame;
  DrawHandle handle;

  get_frame (self, &self->seen, &frame);
  handle = draw_frame_find (&frame, x, y, get_scale (host));
  return handle == DRAW_HANDLE_TURN ? DRAW_HANDLE_NONE : handle;
}

static Grip
find_grip (DrawCrop *self, DrawToolHost *host, double x, double y, DrawHandle *handle)
{
  *handle = find_handle (self, host, x, y);
  if (*handle != DRAW_HANDLE_NONE)
    return HANDLE;
  to_box (self, &x, &y);
  return board_rect_contains (&self->whole, x, y) ? PICTURE : NOTHING;
}

static void
begin (DrawCrop *self, Grip grip, DrawHandle handle)
{
  self->grip = grip;
  self->handle = handle;
  self->start_whole = self->whole;
  self->start_seen = self->seen;
}

gboolean
draw_crop_press (DrawCrop *self, DrawToolHost *host, const DrawSample *sample)
{
  DrawHandle handle;
  Grip grip;

  g_return_val_if_fail (self != NULL && sample != NULL, FALSE);

  grip = find_grip (self, host, sample->x, sample->y, &handle);
  begin (self, grip, handle);
  self->start_x = sample->x;
  self->start_y = sample->y;
  to_box (self, &self->start_x, &self->start_y);
  return grip != NOTHING;
}

/* The side from @near to @far, of which the one or the other moves by @way, within the picture. */
static void
drag_side (double *near, double *length, double from, double to, int side, double way)
{
  const double far = *near + *length;

  if (side > 0)
    *length = CLAMP (far + way, *near + SIDE_MIN, to) - *near;
  else if (side < 0)
    {
      *near = CLAMP (*near + way, from, far - SIDE_MIN);
      *length = far - *near;
    }
}

static void
drag_handle (DrawCrop *self, double dx, double dy, gboolean in_ratio)
{
  const BoardRect *whole = &self->whole;
  int column, row;

  self->seen = self->start_seen;
  draw_frame_get_side (self->handle, &column, &row);
  if (in_ratio && column != 0 && row != 0)
    dy = dx * column * row * self->seen.height / self->seen.width;
  drag_side (&self->seen.x, &self->seen.width, whole->x, whole->x + whole->width, column, dx);
  drag_side (&self->seen.y, &self->seen.height, whole->y, whole->y + whole->height, row, dy);
}

/* The picture goes along beneath its frame, as far as it covers it. */
static void
drag_picture (DrawCrop *self, double dx, double dy)
{
  const BoardRect *seen = &self->seen, *from = &self->start_whole;

  self->whole.x = CLAMP (from->x + dx, seen->x + seen->width - from->width, seen->x);
  self->whole.y = CLAMP (from->y + dy, seen->y + seen->height - from->height, seen->y);
}

static void
drag_by (DrawCrop *self, DrawToolHost *host, double dx, double dy, gboolean in_ratio)
{
  if (self->grip == HANDLE)
    drag_handle (self, dx, dy, in_ratio);
  else if (self->grip == PICTURE)
    drag_picture (self, dx, dy);
  self->changed |= dx != 0 || dy != 0;
  show (self, host);
}

void
draw_crop_drag (DrawCrop *self,
                DrawToolHost *host,
                const DrawSample *sample,
                GdkModifierType state)
{
  double x, y;

  g_return_if_fail (self != NULL && sample != NULL);

  x = sample->x;
  y = sample->y;
  if (!isfinite (x) || !isfinite (y))
    return;
  to_box (self, &x, &y);
  drag_by (self, host, x - self->start_x, y - self->start_y, (state & GDK_SHIFT_MASK) != 0);
}

void
draw_crop_undo_drag (DrawCrop *self, DrawToolHost *host)
{
  g_return_if_fail (self != NULL);

  self->whole = self->start_whole;
  self->seen = self->start_seen;
  show (self, host);
}

/* ---- the end ---- */

static void
emit (DrawCrop *self, DrawToolHost *host)
{
  g_autoptr (DrawEdit) edit = draw_edit_new (draw_tool_host_get_document (host));
  g_autoptr (JsonObject) props = make_props (self);
  g_autoptr (GPtrArray) ops = NULL;

  draw_edit_set (edit, self->id, props);
  draw_settle (edit, draw_tool_host_get_document (host));
  ops = draw_edit_get_ops (edit);
  draw_tool_host_emit_ops (host, ops);
}

void
draw_crop_end (DrawCrop **crop, DrawToolHost *host, gboolean keep)
{
  g_autoptr (DrawCrop) self = NULL;

  g_return_if_fail (crop != NULL);

  self = g_steal_pointer (crop);
  if (self == NULL)
    return;
  draw_tool_host_show_element (host, NULL);
  if (keep && self->changed && get_element (self, host) != NULL)
    emit (self, host);
  draw_tool_host_show_stand_ins (host, NULL);
  draw_tool_host_marks_changed (host);
}

/* ---- keys ---- */

static void
step (DrawCrop *self, DrawToolHost *host, double dx, double dy, gboolean of_frame)
{
  begin (self, of_frame ? HANDLE : PICTURE, DRAW_HANDLE_SE);
  drag_by (self, host, dx, dy, FALSE);
}

static void
reset (DrawCrop *self, DrawToolHost *host)
{
  self->seen = self->whole;
  self->changed = TRUE;
  show (self, host);
}

gboolean
draw_crop_key (DrawCrop **crop, DrawToolHost *host, guint keyval, GdkModifierType state)
{
  const gboolean of_frame = (state & GDK_SHIFT_MASK) != 0;

  g_return_val_if_fail (crop != NULL && *crop != NULL, FALSE);

  switch (keyval)
    {
    case GDK_KEY_Left:
      step (*crop, host, -STEP, 0, of_frame);
      return TRUE;
    case GDK_KEY_Right:
      step (*crop, host, STEP, 0, of_frame);
      return TRUE;
    case GDK_KEY_Up:
      step (*crop, host, 0, -STEP, of_frame);
      return TRUE;
    case GDK_KEY_Down:
      step (*crop, host, 0, STEP, of_frame);
      return TRUE;
    case GDK_KEY_BackSpace:
    case GDK_KEY_Delete:
      reset (*crop, host);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_Escape:
      draw_crop_end (crop, host, keyval != GDK_KEY_Escape);
      return TRUE;
    default:
      return FALSE;
    }
}

/* ---- what is shown ---- */

void
draw_crop_add_marks (DrawCrop *self, DrawToolHost *host, GArray *marks)
{
  DrawFrame frame;

  g_return_if_fail (self != NULL && marks != NULL);

  get_frame (self, &self->whole, &frame);
  draw_mark_add_box (marks, DRAW_MARK_BOX, &frame.box, frame.angle);
  get_frame (self, &self->seen, &frame);
  draw_frame_add_side_marks (&frame, get_scale (host), marks);
}

const char *
draw_crop_get_cursor (DrawCrop *self, DrawToolHost *host, double x, double y)
{
  DrawHandle handle;
  DrawFrame frame;

  g_return_val_if_fail (self != NULL, NULL);

  switch (find_grip (self, host, x, y, &handle))
    {
    case HANDLE:
      get_frame (self, &self->seen, &frame);
      return draw_frame_get_cursor (&frame, handle);
    case PICTURE:
      return "move";
    default:
      return NULL;
    }
}
