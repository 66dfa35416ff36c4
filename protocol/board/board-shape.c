/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-shape.h"

#include <math.h>

/* What painters add around the line itself. A freedraw is at most twice as wide as it says,
 * where the pen was pressed; the longest arrowhead is 25 units; sloppy outlines stray by a few. */
#define MARGIN 1.0
#define SLOPPY_MARGIN 4.0
#define ARROWHEAD 25.0
/* A curve through the points of a line leaves their box by at most this part of it. */
#define OVERSHOOT 0.2
#define ELLIPSE_CORNERS 48
#define MAX_CORNERS ELLIPSE_CORNERS

typedef struct {
  double x, y;
} Place;

static gboolean
has_path (const BoardShape *self)
{
  return self->path != NULL;
}

/* The box before rotation. */
static BoardRect
get_box (const BoardShape *self)
{
  BoardRect box = { self->x, self->y, self->width, self->height };

  if (has_path (self))
    {
      board_stroke_get_extents (self->path, &box);
      box.x += self->x;
      box.y += self->y;
    }
  return box;
}

static double
get_margin (const BoardShape *self, const BoardRect *box)
{
  switch (self->kind)
    {
    case BOARD_ELEMENT_FREEDRAW:
      return self->stroke_width + MARGIN;
    case BOARD_ELEMENT_LINE:
      return self->stroke_width + SLOPPY_MARGIN + OVERSHOOT * MAX (box->width, box->height);
    case BOARD_ELEMENT_ARROW:
      return self->stroke_width + SLOPPY_MARGIN + ARROWHEAD
             + OVERSHOOT * MAX (box->width, box->height);
    default:
      return self->stroke_width + SLOPPY_MARGIN;
    }
}

static Place
rotate (Place place, Place middle, double angle)
{
  double c = cos (angle), s = sin (angle);
  double dx = place.x - middle.x, dy = place.y - middle.y;

  return (Place){ middle.x + dx * c - dy * s, middle.y + dx * s + dy * c };
}

static Place
middle_of (const BoardRect *box)
{
  return (Place){ box->x + box->width / 2, box->y + box->height / 2 };
}

static void
rotate_box (BoardRect *box, double angle)
{
  Place middle = middle_of (box);
  double c = fabs (cos (angle)), s = fabs (sin (angle));
  double width = box->width * c + box->height * s;
  double height = box->width * s + box->height * c;

  *box = (BoardRect){ middle.x - width / 2, middle.y - height / 2, width, height };
}

void
board_shape_get_bounds (const BoardShape *self, BoardRect *bounds)
{
  BoardRect box = get_box (self);
  double margin = get_margin (self, &box);

  if (self->angle != 0)
    rotate_box (&box, self->angle);
  *bounds = (BoardRect){ box.x - margin, box.y - margin, box.width + 2 * margin,
                         box.height + 2 * margin };
}

/* The square of the distance between a place and a segment. */
static double
place_distance (Place p, Place a, Place b)
{
  double dx = b.x - a.x, dy = b.y - a.y;
  double length = dx * dx + dy * dy;
  double t = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0;
  double x, y;

  t = CLAMP (t, 0, 1);
  x = a.x + t * dx - p.x;
  y = a.y + t * dy - p.y;
  return x * x + y * y;
}

static double
turn (Place a, Place b, Place c)
{
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static gboolean
segments_cross (Place a, Place b, Place c, Place d)
{
  double abc = turn (a, b, c), abd = turn (a, b, d);
  double cda = turn (c, d, a), cdb = turn (c, d, b);

  return ((abc > 0 && abd < 0) || (abc < 0 && abd > 0))
         && ((cda > 0 && cdb < 0) || (cda < 0 && cdb > 0));
}

/* Whether the segments a-b and c-d come within reach of each other. */
static gboolean
segments_near (Place a, Place b, Place c, Place d, double reach)
{
  double square = reach * reach;

  return place_distance (a, c, d) <= square || place_distance (b, c, d) <= square
         || place_distance (c, a, b) <= square || place_distance (d, a, b) <= square
         || segments_cross (a, b, c, d);
}

static gboolean
path_hit (const BoardShape *self, Place a, Place b, double reach)
{
  BoardStrokeReader reader;
  BoardPoint point;
  Place last;

  board_stroke_reader_init (&reader, self->path);
  board_stroke_reader_next (&reader, &point);
  last = (Place){ self->x + point.x, self->y + point.y };
  if (place_distance (last, a, b) <= reach * reach)
    return TRUE;
  while (board_stroke_reader_next (&reader, &point))
    {
      Place next = { self->x + point.x, self->y + point.y };

      if (segments_near (a, b, last, next, reach))
        return TRUE;
      last = next;
    }
  return FALSE;
}

static guint
ellipse_corners (const BoardRect *box, Place *corners)
{
  Place middle = middle_of (box);

  for (guint i = 0; i < ELLIPSE_CORNERS; i++)
    {
      double angle = 2 * G_PI * i / ELLIPSE_CORNERS;

      corners[i] = (Place){ middle.x + box->width / 2 * cos (angle),
                            middle.y + box->height / 2 * sin (angle) };
    }
  return ELLIPSE_CORNERS;
}

static guint
get_corners (const BoardShape *self, const BoardRect *box, Place *corners)
{
  Place middle = middle_of (box);
  double right = box->x + box->width, bottom = box->y + box->height;

  if (self->kind == BOARD_ELEMENT_ELLIPSE)
    return ellipse_corners (box, corners);
  if (self->kind == BOARD_ELEMENT_DIAMOND)
    {
      corners[0] = (Place){ middle.x, box->y };
      corners[1] = (Place){ right, middle.y };
      corners[2] = (Place){ middle.x, bottom };
      corners[3] = (Place){ box->x, middle.y };
      return 4;
    }
  corners[0] = (Place){ box->x, box->y };
  corners[1] = (Place){ right, box->y };
  corners[2] = (Place){ right, bottom };
  corners[3] = (Place){ box->x, bottom };
  return 4;
}

/* All our outlines are convex and go round in one direction. */
static gboolean
is_inside (const Place *corners, guint n, Place place)
{
  for (guint i = 0; i < n; i++)
    if (turn (corners[i], corners[(i + 1) % n], place) < 0)
      return FALSE;
  return TRUE;
}

static gboolean
outline_hit (const BoardShape *self, const BoardRect *box, Place a, Place b, double reach)
{
  Place corners[MAX_CORNERS];
  guint n = get_corners (self, box, corners);

  for (guint i = 0; i < n; i++)
    if (segments_near (a, b, corners[i], corners[(i + 1) % n], reach))
      return TRUE;
  return self->filled && is_inside (corners, n, a);
}

void
board_shape_turn_back (const BoardShape *self, double *x, double *y)
{
  BoardRect box = get_box (self);
  Place place = rotate ((Place){ *x, *y }, middle_of (&box), -self->angle);

  *x = place.x;
  *y = place.y;
}

gboolean
board_shape_hit (const BoardShape *self,
                 double x0,
                 double y0,
                 double x1,
                 double y1,
                 double tolerance)
{
  BoardRect box = get_box (self);
  double reach = self->stroke_width / 2 + tolerance;
  Place a = { x0, y0 }, b = { x1, y1 };

  if (self->angle != 0)
    {
      a = rotate (a, middle_of (&box), -self->angle);
      b = rotate (b, middle_of (&box), -self->angle);
    }
  if (MAX (a.x, b.x) < box.x - reach || MIN (a.x, b.x) > box.x + box.width + reach
      || MAX (a.y, b.y) < box.y - reach || MIN (a.y, b.y) > box.y + box.height + reach)
    return FALSE;
  if (self->kind == BOARD_ELEMENT_UNKNOWN)
    return FALSE;
  return has_path (self) ? path_hit (self, a, b, reach) : outline_hit (self, &box, a, b, reach);
}
