/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-transform.h"

#include <math.h>

#include "board-element-private.h"
#include "board-fields.h"
#include "board/board-limits.h"

/* A side of something that has one is never shorter, and never longer than half of a board. */
#define MIN_SIDE 0.0625
#define MAX_SIDE BOARD_COORDINATE_MAX
#define MIN_FONT 1.0
#define MAX_FONT 1000.0

typedef struct {
  double x, y;
} Place;

/* Where an element is to be. */
typedef struct {
  Place middle;
  double width, height; /* of the box */
  double angle;
  gboolean flip_x, flip_y;
} Target;

static gboolean
is_path (BoardElement *element)
{
  BoardElementType kind = board_element_get_kind (element);

  return kind == BOARD_ELEMENT_FREEDRAW || kind == BOARD_ELEMENT_LINE
         || kind == BOARD_ELEMENT_ARROW;
}

static double
get_number (BoardElement *element, const char *name, double fallback)
{
  double value = fallback;

  board_node_number (board_element_get_prop (element, name), &value);
  return value;
}

static double
clamp_place (double value)
{
  return CLAMP (value, -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX);
}

/* The points of a line or a stroke. Borrowed. */
static const BoardPoint *
get_points (BoardElement *element, BoardStroke **owned, gsize *n_points)
{
  *owned = board_element_ref_path (element);
  return board_stroke_get_points (*owned, n_points);
}

void
board_transform_get_box (BoardElement *element, BoardRect *box)
{
  g_return_if_fail (element != NULL && box != NULL);

  if (is_path (element))
    {
      g_autoptr (BoardStroke) path = board_element_ref_path (element);

      board_stroke_get_extents (path, box);
      box->x += board_element_get_x (element);
      box->y += board_element_get_y (element);
      return;
    }
  *box = (BoardRect){ board_element_get_x (element), board_element_get_y (element),
                      get_number (element, "width", 0), get_number (element, "height", 0) };
}

static Place
rotate (Place place, Place about, double angle)
{
  double c = cos (angle), s = sin (angle);
  double dx = place.x - about.x, dy = place.y - about.y;

  return (Place){ about.x + dx * c - dy * s, about.y + dx * s + dy * c };
}

/* 0 <= angle < 2 pi */
static double
normal_angle (double angle)
{
  angle = fmod (angle, 2 * G_PI);
  if (angle < 0)
    angle += 2 * G_PI;
  return angle < 2 * G_PI ? angle : 0;
}

static Target
target_of (BoardElement *element, BoardRect *box)
{
  board_transform_get_box (element, box);
  return (Target){ .middle = { box->x + box->width / 2, box->y + box->height / 2 },
                   .width = box->width,
                   .height = box->height,
                   .angle = board_element_get_angle (element) };
}

static double
clamp_side (double side, double was)
{
  return was == 0 ? 0 : CLAMP (side, MIN_SIDE, MAX_SIDE);
}

static JsonNode *
make_pair (double a, double b)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *pair = json_array_new ();

  json_array_add_double_element (pair, a);
  json_array_add_double_element (pair, b);
  json_node_take_array (node, pair);
  return node;
}

static JsonNode *
make_points (const BoardPoint *points, gsize n_points)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_sized_new ((guint) n_points);

  for (gsize i = 0; i < n_points; i++)
    json_array_add_element (array,
                            make_pair (clamp_place (points[i].x), clamp_place (points[i].y)));
  json_node_take_array (node, array);
  return node;
}

/* The points of the path within the new box, relative to the place of the first one, as they are
 * kept. */
static void
set_path (BoardElement *element, const BoardRect *box, const Target *target, JsonObject *props)
{
  g_autoptr (BoardStroke) path = NULL;
  g_autofree BoardPoint *moved = NULL;
  const BoardPoint *points;
  double sx = box->width > 0 ? target->width / box->width : 1;
  double sy = box->height > 0 ? target->height / box->height : 1;
  double left = box->x - board_element_get_x (element) + box->width / 2;
  double top = box->y - board_element_get_y (element) + box->height / 2;
  Place first;
  gsize n_points;

  points = get_points (element, &path, &n_points);
  moved = g_memdup2 (points, n_points * sizeof *points);
  sx *= target->flip_x ? -1 : 1;
  sy *= target->flip_y ? -1 : 1;
  first = (Place){ target->middle.x + (points[0].x - left) * sx,
                   target->middle.y + (points[0].y - top) * sy };
  for (gsize i = 0; i < n_points; i++)
    {
      moved[i].x = (points[i].x - points[0].x) * sx;
      moved[i].y = (points[i].y - points[0].y) * sy;
    }
  json_object_set_double_member (props, "x", clamp_place (first.x));
  json_object_set_double_member (props, "y", clamp_place (first.y));
  if (board_element_get_kind (element) == BOARD_ELEMENT_FREEDRAW)
    {
      g_autoptr (BoardStroke) stroke = board_stroke_new_with_precision (
          moved, n_points, board_stroke_get_precision (path));
      g_autofree char *packed = board_stroke_pack (stroke);

      json_object_set_string_member (props, "points", packed);
    }
  else
    json_object_set_member (props, "points", make_points (moved, n_points));
}

/* A picture is mirrored by the sign of its scale. */
static void
set_mirror (BoardElement *element, const Target *target, JsonObject *props)
{
  JsonNode *node = board_element_get_prop (element, "scale");
  double x = 1, y = 1;

  if (board_element_get_kind (element) != BOARD_ELEMENT_IMAGE
      || !(target->flip_x || target->flip_y))
    return;
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    {
      board_node_number (json_array_get_element (json_node_get_array (node), 0), &x);
      board_node_number (json_array_get_element (json_node_get_array (node), 1), &y);
    }
  json_object_set_member (props, "scale",
                          make_pair (target->flip_x ? -x : x, target->flip_y ? -y : y));
}

static void
set_font (BoardElement *element, const BoardRect *box, const Target *target, JsonObject *props)
{
  double size = get_number (element, "fontSize", 20);

  if (board_element_get_kind (element) != BOARD_ELEMENT_TEXT || box->height <= 0
      || target->height == box->height)
    return;
  json_object_set_double_member (props, "fontSize",
                                 CLAMP (size * target->height / box->height, MIN_FONT, MAX_FONT));
}

/* What wild numbers came to counts as what it is beyond. */
static double
tame (double value)
{
  return isnan (value) ? 0 : CLAMP (value, -4 * BOARD_COORDINATE_MAX, 4 * BOARD_COORDINATE_MAX);
}

static JsonObject *
place_at (BoardElement *element, const BoardRect *box, Target *target)
{
  JsonObject *props = json_object_new ();
  gboolean sized = target->width != box->width || target->height != box->height || target->flip_x
                   || target->flip_y;

  target->middle = (Place){ tame (target->middle.x), tame (target->middle.y) };
  if (is_path (element) && sized)
    set_path (element, box, target, props);
  else
    {
      /* a path's own place is not the corner of its box */
      double dx = target->middle.x - target->width / 2 - box->x;
      double dy = target->middle.y - target->height / 2 - box->y;

      json_object_set_double_member (props, "x", clamp_place (board_element_get_x (element) + dx));
      json_object_set_double_member (props, "y", clamp_place (board_element_get_y (element) + dy));
    }
  if (sized)
    {
      json_object_set_double_member (props, "width", target->width);
      json_object_set_double_member (props, "height", target->height);
      set_font (element, box, target, props);
      set_mirror (element, target, props);
    }
  if (target->angle != board_element_get_angle (element))
    json_object_set_double_member (props, "angle", normal_angle (target->angle));
  return props;
}

JsonObject *
board_transform_move (BoardElement *element, double dx, double dy)
{
  BoardRect box;
  Target target;

  g_return_val_if_fail (element != NULL && isfinite (dx) && isfinite (dy), NULL);

  target = target_of (element, &box);
  target.middle.x += dx;
  target.middle.y += dy;
  return place_at (element, &box, &target);
}

JsonObject *
board_transform_rotate (BoardElement *element, double cx, double cy, double angle)
{
  BoardRect box;
  Target target;

  g_return_val_if_fail (element != NULL && isfinite (cx) && isfinite (cy), NULL);
  g_return_val_if_fail (isfinite (angle), NULL);

  target = target_of (element, &box);
  target.middle = rotate (target.middle, (Place){ cx, cy }, angle);
  target.angle = normal_angle (target.angle + angle);
  return place_at (element, &box, &target);
}

static void
size_target (Target *target, double sx, double sy)
{
  target->width = clamp_side (target->width * fabs (sx), target->width);
  target->height = clamp_side (target->height * fabs (sy), target->height);
}

JsonObject *
board_transform_scale (BoardElement *element, double ax, double ay, double sx, double sy)
{
  double c, s;
  BoardRect box;
  Target target;

  g_return_val_if_fail (element != NULL && isfinite (ax) && isfinite (ay), NULL);
  g_return_val_if_fail (isfinite (sx) && isfinite (sy), NULL);

  target = target_of (element, &box);
  c = cos (target.angle);
  s = sin (target.angle);
  target.middle.x = ax + (target.middle.x - ax) * sx;
  target.middle.y = ay + (target.middle.y - ay) * sy;
  size_target (&target, hypot (c * sx, s * sy), hypot (s * sx, c * sy));
  /* A mirror turns the other way round. What one mirror does to a box that is turned by a is another
   * mirror of it, turned by -a. */
  target.flip_x = sx < 0;
  target.flip_y = sy < 0;
  if (target.flip_x != target.flip_y)
    target.angle = normal_angle (-target.angle);
  return place_at (element, &box, &target);
}

JsonObject *
board_transform_resize (BoardElement *element, double fx, double fy, double sx, double sy)
{
  Place anchor, middle;
  BoardRect box;
  Target target;

  g_return_val_if_fail (element != NULL && isfinite (fx) && isfinite (fy), NULL);
  g_return_val_if_fail (isfinite (sx) && isfinite (sy), NULL);

  target = target_of (element, &box);
  middle = target.middle;
  anchor = (Place){ box.x + fx * box.width, box.y + fy * box.height };
  size_target (&target, sx, sy);
  target.flip_x = sx < 0;
  target.flip_y = sy < 0;
  /* from the anchor to the middle, in the element's own axes */
  target.middle.x = anchor.x + (0.5 - fx) * target.width * (sx < 0 ? -1 : 1);
  target.middle.y = anchor.y + (0.5 - fy) * target.height * (sy < 0 ? -1 : 1);
  target.middle = rotate (target.middle, middle, target.angle);
  return place_at (element, &box, &target);
}
