/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-polygon.h"

#include <math.h>

/* Points may be that many clip sizes away before the polygon is cut: a clip is at most some
 * thousand device pixels, so a point that passes is far below cairo's limit. */
#define REACH 64

typedef struct {
  double x, y;
} Point;

static gboolean
is_near (const float *xy, guint n_points, const BoardRect *near)
{
  for (guint i = 0; i < n_points; i++)
    if (!board_rect_contains (near, xy[2 * i], xy[2 * i + 1]))
      return FALSE;
  return TRUE;
}

static void
add_path (cairo_t *cr, const Point *points, guint n_points)
{
  if (n_points < 3)
    return;
  cairo_new_sub_path (cr);
  for (guint i = 0; i < n_points; i++)
    cairo_line_to (cr, points[i].x, points[i].y);
  cairo_close_path (cr);
}

/* How far inside of an edge of the rectangle a point is; edges: left, right, top, bottom. */
static double
inside (const BoardRect *rect, guint edge, Point p)
{
  switch (edge)
    {
    case 0:
      return p.x - rect->x;
    case 1:
      return rect->x + rect->width - p.x;
    case 2:
      return p.y - rect->y;
    default:
      return rect->y + rect->height - p.y;
    }
}

/* Sutherland and Hodgman: cut at one edge after the other. */
static GArray *
cut_at_edge (GArray *points, const BoardRect *rect, guint edge)
{
  GArray *cut = g_array_sized_new (FALSE, FALSE, sizeof (Point), points->len + 4);

  for (guint i = 0; i < points->len; i++)
    {
      const Point a = g_array_index (points, Point, i);
      const Point b = g_array_index (points, Point, (i + 1) % points->len);
      const double da = inside (rect, edge, a), db = inside (rect, edge, b);

      if (da >= 0)
        g_array_append_val (cut, a);
      if ((da >= 0) != (db >= 0))
        {
          const double t = da / (da - db);
          const Point p = { a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t };

          g_array_append_val (cut, p);
        }
    }
  g_array_unref (points);
  return cut;
}

static void
add_cut (cairo_t *cr, const float *xy, guint n_points, const BoardRect *rect)
{
  GArray *points = g_array_sized_new (FALSE, FALSE, sizeof (Point), n_points);

  for (guint i = 0; i < n_points; i++)
    {
      const Point p = { xy[2 * i], xy[2 * i + 1] };

      g_array_append_val (points, p);
    }
  for (guint edge = 0; edge < 4; edge++)
    points = cut_at_edge (points, rect, edge);
  add_path (cr, (const Point *) points->data, points->len);
  g_array_unref (points);
}

void
draw_polygon_add (cairo_t *cr, const float *xy, guint n_points, const BoardRect *clip)
{
  const double reach = REACH * MAX (clip->width, clip->height);
  const BoardRect near
      = { clip->x - reach, clip->y - reach, clip->width + 2 * reach, clip->height + 2 * reach };

  g_return_if_fail (cr != NULL && xy != NULL && clip != NULL);

  if (n_points < 3)
    return;
  if (!is_near (xy, n_points, &near))
    {
      add_cut (cr, xy, n_points, &near);
      return;
    }
  cairo_new_sub_path (cr);
  for (guint i = 0; i < n_points; i++)
    cairo_line_to (cr, xy[2 * i], xy[2 * i + 1]);
  cairo_close_path (cr);
}
