/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-binding.h"

#include <math.h>

#include "board-element-private.h"
#include "board-fields.h"
#include "board-schema.h"
#include "board/board-elbow.h"
#include "board/board-limits.h"
#include "board/board-transform.h"

/* Between an outline and the tip of an arrow, beside half of the outline's width: Excalidraw's. */
#define DISTANCE 5.0
#define N_CORNERS 48

typedef struct {
  double x, y;
} Place;

static gboolean
can_be_bound_to (BoardElement *element)
{
  switch (board_element_get_kind (element))
    {
    case BOARD_ELEMENT_RECTANGLE:
    case BOARD_ELEMENT_DIAMOND:
    case BOARD_ELEMENT_ELLIPSE:
    case BOARD_ELEMENT_TEXT:
    case BOARD_ELEMENT_NOTE:
    case BOARD_ELEMENT_IMAGE:
    case BOARD_ELEMENT_FRAME:
      return TRUE;
    default:
      return FALSE;
    }
}

/* What the schema has judged. */
static void
read_fixed_point (JsonObject *object, BoardBinding *binding)
{
  JsonNode *node = json_object_get_member (object, "fixedPoint");
  JsonArray *pair;

  binding->fx = binding->fy = 0.5;
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  pair = json_node_get_array (node);
  binding->fx = CLAMP (json_array_get_double_element (pair, 0), 0, 1);
  binding->fy = CLAMP (json_array_get_double_element (pair, 1), 0, 1);
}

gboolean
board_binding_get (BoardElement *arrow, gboolean at_end, BoardBinding *binding)
{
  JsonNode *node;
  JsonObject *object;
  const char *mode;

  g_return_val_if_fail (arrow != NULL && binding != NULL, FALSE);

  node = board_element_get_prop (arrow, at_end ? "endBinding" : "startBinding");
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  object = json_node_get_object (node);
  binding->element = json_object_get_string_member (object, "elementId");
  read_fixed_point (object, binding);
  binding->inside = board_node_string (json_object_get_member (object, "mode"), &mode)
                    && g_str_equal (mode, "inside");
  return TRUE;
}

static Place
rotate (Place place, Place about, double angle)
{
  double c = cos (angle), s = sin (angle);
  double dx = place.x - about.x, dy = place.y - about.y;

  return (Place){ about.x + dx * c - dy * s, about.y + dx * s + dy * c };
}

static Place
middle_of (const BoardRect *box)
{
  return (Place){ box->x + box->width / 2, box->y + box->height / 2 };
}

static Place
to_own_axes (BoardElement *element, double x, double y)
{
  board_element_turn_back (element, &x, &y);
  return (Place){ x, y };
}

BoardElement *
board_binding_find (BoardDocument *document,
                    double x,
                    double y,
                    double reach,
                    const char *except_id)
{
  const BoardRect area = { x - reach, y - reach, 2 * reach + 1e-3, 2 * reach + 1e-3 };
  g_autoptr (GPtrArray) near = NULL;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document) && reach >= 0, NULL);

  near = board_document_query (document, &area);
  for (guint i = near->len; i-- > 0;)
    {
      BoardElement *element = g_ptr_array_index (near, i);
      BoardRect box;
      Place place;

      if (!can_be_bound_to (element) || g_strcmp0 (board_element_get_id (element), except_id) == 0)
        continue;
      board_transform_get_box (element, &box);
      place = to_own_axes (element, x, y);
      if (board_rect_contains (&box, place.x, place.y) || board_element_hit (element, x, y, reach))
        return element; /* the document holds it on */
    }
  return NULL;
}

static double
part (double value, double start, double length)
{
  return length > 0 ? CLAMP ((value - start) / length, 0, 1) : 0.5;
}

JsonNode *
board_binding_make (BoardElement *target, double x, double y, gboolean inside)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonArray *pair = json_array_new ();
  BoardRect box;
  Place place;

  json_node_take_object (node, object);
  g_return_val_if_fail (target != NULL, node);

  board_transform_get_box (target, &box);
  place = to_own_axes (target, x, y);
  json_array_add_double_element (pair, part (place.x, box.x, box.width));
  json_array_add_double_element (pair, part (place.y, box.y, box.height));
  json_object_set_string_member (object, "elementId", board_element_get_id (target));
  json_object_set_array_member (object, "fixedPoint", pair);
  json_object_set_string_member (object, "mode", inside ? "inside" : "orbit");
  return node;
}

/* The outline, grown by the distance that arrows keep, in the element's own axes. */
static guint
get_outline (BoardElement *element, const BoardRect *box, Place *corners)
{
  double grow = DISTANCE + board_element_get_stroke_width (element) / 2;
  Place middle = middle_of (box);
  double rx = box->width / 2 + grow, ry = box->height / 2 + grow;

  switch (board_element_get_kind (element))
    {
    case BOARD_ELEMENT_ELLIPSE:
      for (guint i = 0; i < N_CORNERS; i++)
        {
          double angle = 2 * G_PI * i / N_CORNERS;

          corners[i] = (Place){ middle.x + rx * cos (angle), middle.y + ry * sin (angle) };
        }
      return N_CORNERS;
    case BOARD_ELEMENT_DIAMOND:
      /* so that the sides move outwards by grow */
      {
        double side = hypot (box->width, box->height);

        rx = box->width / 2 + (box->height > 0 ? grow * side / box->height : grow);
        ry = box->height / 2 + (box->width > 0 ? grow * side / box->width : grow);
      }
      corners[0] = (Place){ middle.x, middle.y - ry };
      corners[1] = (Place){ middle.x + rx, middle.y };
      corners[2] = (Place){ middle.x, middle.y + ry };
      corners[3] = (Place){ middle.x - rx, middle.y };
      return 4;
    default:
      corners[0] = (Place){ middle.x - rx, middle.y - ry };
      corners[1] = (Place){ middle.x + rx, middle.y - ry };
      corners[2] = (Place){ middle.x + rx, middle.y + ry };
      corners[3] = (Place){ middle.x - rx, middle.y + ry };
      return 4;
    }
}

/* Where the segment from a to b crosses the segment c-d, as a part of it; 2 where it does not. */
static double
crossing (Place a, Place b, Place c, Place d)
{
  double rx = b.x - a.x, ry = b.y - a.y, sx = d.x - c.x, sy = d.y - c.y;
  double cross = rx * sy - ry * sx, t, u;

  if (cross == 0)
    return 2;
  t = ((c.x - a.x) * sy - (c.y - a.y) * sx) / cross;
  u = ((c.x - a.x) * ry - (c.y - a.y) * rx) / cross;
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? t : 2;
}

static Place
fixed_place (const BoardRect *box, const BoardBinding *binding)
{
  return (Place){ box->x + binding->fx * box->width, box->y + binding->fy * box->height };
}

/* Who comes from within the outline goes right to the point. */
static Place
orbit_place (BoardElement *target, const BoardRect *box, Place from, Place aim)
{
  Place corners[N_CORNERS];
  guint n = get_outline (target, box, corners);
  double first = 2;

  for (guint i = 0; i < n; i++)
    first = MIN (first, crossing (from, aim, corners[i], corners[(i + 1) % n]));
  if (first > 1)
    return aim;
  return (Place){ from.x + (aim.x - from.x) * first, from.y + (aim.y - from.y) * first };
}

void
board_binding_place (BoardElement *target,
                     const BoardBinding *binding,
                     double from_x,
                     double from_y,
                     double *x,
                     double *y)
{
  BoardRect box;
  Place place;

  g_return_if_fail (target != NULL && binding != NULL && x != NULL && y != NULL);

  board_transform_get_box (target, &box);
  place = fixed_place (&box, binding);
  if (!binding->inside)
    place = orbit_place (target, &box, to_own_axes (target, from_x, from_y), place);
  place = rotate (place, middle_of (&box), board_element_get_angle (target));
  *x = place.x;
  *y = place.y;
}

/* --- Following ---------------------------------------------------------------------------------- */

/* An arrow's points on the board, and what its ends are bound to. */
typedef struct {
  GArray *points; /* (element-type Place) */
  BoardElement *target[2];
  BoardBinding binding[2];
} Arrow;

static Place *
point_at (Arrow *arrow, guint i)
{
  return &g_array_index (arrow->points, Place, i);
}

static gboolean
read_points (BoardElement *element, Arrow *arrow)
{
  JsonNode *node = board_element_get_prop (element, "points");
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonArray *pair = json_array_get_array_element (array, i);
      Place place = { 0, 0 };

      board_node_number (json_array_get_element (pair, 0), &place.x);
      board_node_number (json_array_get_element (pair, 1), &place.y);
      place.x += board_element_get_x (element);
      place.y += board_element_get_y (element);
      g_array_append_val (arrow->points, place);
    }
  return arrow->points->len >= 2;
}

/* Where the line aims at that end before the outline stops it. */
static Place
aim_of (Arrow *arrow, guint end)
{
  BoardElement *target = arrow->target[end];
  BoardRect box;
  Place place;

  if (target == NULL)
    return *point_at (arrow, end == 0 ? 0 : arrow->points->len - 1);
  board_transform_get_box (target, &box);
  place = fixed_place (&box, &arrow->binding[end]);
  return rotate (place, middle_of (&box), board_element_get_angle (target));
}

static void
follow_straight (Arrow *arrow)
{
  guint n = arrow->points->len;
  Place aims[2] = { aim_of (arrow, 0), aim_of (arrow, 1) };

  for (guint end = 0; end < 2; end++)
    {
      Place *place = point_at (arrow, end == 0 ? 0 : n - 1);
      Place from = n > 2 ? *point_at (arrow, end == 0 ? 1 : n - 2) : aims[1 - end];

      if (arrow->target[end] != NULL)
        board_binding_place (arrow->target[end], &arrow->binding[end], from.x, from.y, &place->x,
                             &place->y);
    }
}

static BoardHeading
heading_of (double dx, double dy)
{
  if (fabs (dx) >= fabs (dy))
    return dx >= 0 ? BOARD_HEADING_RIGHT : BOARD_HEADING_LEFT;
  return dy >= 0 ? BOARD_HEADING_DOWN : BOARD_HEADING_UP;
}

/* A bound end leaves by the side that its point is nearest to, a free one towards the other. */
static BoardElbowEnd
elbow_end (Arrow *arrow, guint end, Place aim, Place other)
{
  BoardElement *target = arrow->target[end];
  BoardElbowEnd result = { .x = aim.x, .y = aim.y };
  BoardRect box;
  Place middle;
  double dx, dy, out;

  if (target == NULL)
    {
      result.heading = heading_of (other.x - aim.x, other.y - aim.y);
      return result;
    }
  board_transform_get_box (target, &box);
  middle = middle_of (&box);
  dx = (aim.x - middle.x) / MAX (box.width, 1);
  dy = (aim.y - middle.y) / MAX (box.height, 1);
  result.heading = fabs (dx) < 1e-3 && fabs (dy) < 1e-3
                       ? heading_of (other.x - aim.x, other.y - aim.y)
                       : heading_of (dx, dy);
  board_element_get_bounds (target, &result.box);
  if (arrow->binding[end].inside)
    return result;
  /* straight out of the outline */
  out = box.width + box.height + 4 * DISTANCE;
  board_binding_place (target, &arrow->binding[end],
                       aim.x
                           + (result.heading == BOARD_HEADING_RIGHT  ? out
                              : result.heading == BOARD_HEADING_LEFT ? -out
                                                                     : 0),
                       aim.y
                           + (result.heading == BOARD_HEADING_DOWN ? out
                              : result.heading == BOARD_HEADING_UP ? -out
                                                                   : 0),
                       &result.x, &result.y);
  return result;
}

static void
follow_elbowed (Arrow *arrow)
{
  Place aims[2] = { aim_of (arrow, 0), aim_of (arrow, 1) };
  BoardElbowEnd start = elbow_end (arrow, 0, aims[0], aims[1]);
  BoardElbowEnd end = elbow_end (arrow, 1, aims[1], aims[0]);
  g_autoptr (GArray) way = board_elbow_route (&start, &end);

  g_array_set_size (arrow->points, 0);
  for (guint i = 0; i < way->len; i++)
    {
      const BoardElbowPoint *point = &g_array_index (way, BoardElbowPoint, i);
      Place place = { point->x, point->y };

      g_array_append_val (arrow->points, place);
    }
}

static double
clamp_place (double value)
{
  return CLAMP (value, -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX);
}

static JsonObject *
write_points (Arrow *arrow)
{
  JsonObject *props = json_object_new ();
  JsonArray *array = json_array_sized_new (arrow->points->len);
  Place first = *point_at (arrow, 0), low = first, high = first;

  for (guint i = 0; i < arrow->points->len; i++)
    {
      Place place = *point_at (arrow, i);
      JsonArray *pair = json_array_sized_new (2);

      low = (Place){ MIN (low.x, place.x), MIN (low.y, place.y) };
      high = (Place){ MAX (high.x, place.x), MAX (high.y, place.y) };
      json_array_add_double_element (pair, clamp_place (place.x - first.x));
      json_array_add_double_element (pair, clamp_place (place.y - first.y));
      json_array_add_array_element (array, pair);
    }
  json_object_set_double_member (props, "x", clamp_place (first.x));
  json_object_set_double_member (props, "y", clamp_place (first.y));
  json_object_set_array_member (props, "points", array);
  json_object_set_double_member (props, "width", high.x - low.x);
  json_object_set_double_member (props, "height", high.y - low.y);
  return props;
}

static gboolean
is_elbowed (BoardElement *element)
{
  JsonNode *node = board_element_get_prop (element, "elbowed");

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

static gboolean
changes_anything (BoardElement *element, JsonObject *props)
{
  g_autoptr (BoardElement) changed = board_element_with (element, props, NULL);

  return changed != NULL && !board_element_equal (changed, element);
}

JsonObject *
board_binding_follow (BoardElement *element, BoardElement *start, BoardElement *end)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (JsonObject) props = NULL;
  Arrow arrow = { .points = points };

  g_return_val_if_fail (element != NULL, NULL);

  if (start != NULL && board_binding_get (element, FALSE, &arrow.binding[0]))
    arrow.target[0] = start;
  if (end != NULL && board_binding_get (element, TRUE, &arrow.binding[1]))
    arrow.target[1] = end;
  if ((arrow.target[0] == NULL && arrow.target[1] == NULL) || !read_points (element, &arrow))
    return NULL;
  if (is_elbowed (element))
    follow_elbowed (&arrow);
  else
    follow_straight (&arrow);
  props = write_points (&arrow);
  return changes_anything (element, props) ? g_steal_pointer (&props) : NULL;
}
