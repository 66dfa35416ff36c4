/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-raster.h"

#include <math.h>
#include <string.h>

/* A pixel's sum starts anew in each row. Sums of a row stay 0 but in few places, so a row has a bit
 * for each block of eight pixels that an edge has touched, and the rest is skipped or filled as
 * runs. */
#define BLOCK_SHIFT 3
#define BLOCK_PIXELS (1 << BLOCK_SHIFT)
/* Coverage below half a step of eight bits is none. */
#define COVERAGE_MIN (0.5f / 255)

typedef struct {
  double x, y;
} Point;

struct _DrawRaster {
  cairo_surface_t *surface;
  GArray *points;               /* Point: of the polygon being added */
  int left, top, right, bottom; /* clip */
  int first_row, last_row;      /* that edges have touched; first > last when none */
  uint32_t touched[DRAW_RASTER_MAX];
  /* Two more, for what an edge in the last pixel adds to its right. */
  float areas[DRAW_RASTER_MAX][DRAW_RASTER_MAX + 2];
};

DrawRaster *
draw_raster_new (cairo_surface_t *surface)
{
  DrawRaster *self;

  g_return_val_if_fail (cairo_image_surface_get_format (surface) == CAIRO_FORMAT_ARGB32, NULL);
  g_return_val_if_fail (cairo_image_surface_get_width (surface) <= DRAW_RASTER_MAX, NULL);
  g_return_val_if_fail (cairo_image_surface_get_height (surface) <= DRAW_RASTER_MAX, NULL);

  self = g_new0 (DrawRaster, 1);
  self->surface = surface;
  self->points = g_array_new (FALSE, FALSE, sizeof (Point));
  self->first_row = DRAW_RASTER_MAX;
  self->last_row = -1;
  draw_raster_set_clip (self, 0, 0, DRAW_RASTER_MAX, DRAW_RASTER_MAX);
  return self;
}

void
draw_raster_free (DrawRaster *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->points);
  g_free (self);
}

void
draw_raster_set_clip (DrawRaster *self, int x, int y, int width, int height)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->last_row < 0);

  self->left = CLAMP (x, 0, cairo_image_surface_get_width (self->surface));
  self->top = CLAMP (y, 0, cairo_image_surface_get_height (self->surface));
  self->right = CLAMP (x + width, self->left, cairo_image_surface_get_width (self->surface));
  self->bottom = CLAMP (y + height, self->top, cairo_image_surface_get_height (self->surface));
}

/* ---- edges ---- */

static inline void
touch (DrawRaster *self, int row, int first, int last)
{
  const guint from = (guint) MIN (first, DRAW_RASTER_MAX - 1) >> BLOCK_SHIFT;
  const guint to = (guint) MIN (last, DRAW_RASTER_MAX - 1) >> BLOCK_SHIFT;

  self->touched[row] |= (2u << to) - (1u << from);
}

/* The part of an edge within one row, from @x0 to @x1 (x0 <= x1, both within the image's width), of
 * signed height @d, over more than one pixel: how much of each pixel is to its right. */
static void
add_flat_span (float *areas, double x0, double x1, int first, int end, double d)
{
  const double slope = 1 / (x1 - x0), from = 1 - (x0 - first), to = x1 - (end - 1);
  const double first_area = 0.5 * slope * from * from, last_area = 0.5 * slope * to * to;
  double sum = first_area;

  areas[first] += (float) (d * first_area);
  for (int x = first + 1; x < end - 1; x++)
    {
      const double area = slope * (x - first - 1 + from + 0.5);

      areas[x] += (float) (d * (area - sum));
      sum = area;
    }
  areas[end - 1] += (float) (d * (1 - last_area - sum));
  areas[end] += (float) (d * last_area);
}

static inline void
add_span (DrawRaster *self, int row, double x0, double x1, double d)
{
  float *areas = self->areas[row];
  const int first = (int) x0, whole = (int) x1, end = whole + (whole < x1);

  if (end <= first + 1)
    {
      const double right = d * (0.5 * (x0 + x1) - first);

      areas[first] += (float) (d - right);
      areas[first + 1] += (float) right;
      touch (self, row, first, first + 1);
      return;
    }
  add_flat_span (areas, x0, x1, first, end, d);
  touch (self, row, first, end);
}

/* An edge whose x stays within the clip; y0 < y1, within the clip, too. */
static void
add_inner_edge (DrawRaster *self, double x0, double y0, double x1, double y1, double sign)
{
  const double step = (x1 - x0) / (y1 - y0);
  const double low = MIN (x0, x1), high = MAX (x0, x1);
  const int last_whole = (int) y1, last = last_whole - (last_whole == y1);
  double x = x0, y = y0;

  for (int row = (int) y0; row <= last; row++)
    {
      const double bottom = row < last ? row + 1 : y1;
      const double next = CLAMP (x + step * (bottom - y), low, high);

      add_span (self, row, MIN (x, next), MAX (x, next), sign * (bottom - y));
      x = next;
      y = bottom;
    }
  self->first_row = MIN (self->first_row, (int) y0);
  self->last_row = MAX (self->last_row, last);
}

/* y0 < y1, within the clip. What is left of it counts as if on its border, what is right of it not
 * at all. */
static void
add_edge (DrawRaster *self, double x0, double y0, double x1, double y1, double sign)
{
  const double low = self->left, high = self->right;
  double cuts[4] = { y0, y1, y1, y1 };
  guint n_cuts = 1;

  if (x0 >= high && x1 >= high)
    return;
  if ((x0 < low) != (x1 < low))
    cuts[n_cuts++] = y0 + (low - x0) * (y1 - y0) / (x1 - x0);
  if ((x0 > high) != (x1 > high))
    cuts[n_cuts++] = y0 + (high - x0) * (y1 - y0) / (x1 - x0);
  if (n_cuts == 3 && cuts[1] > cuts[2])
    {
      const double swap = cuts[1];

      cuts[1] = cuts[2];
      cuts[2] = swap;
    }
  cuts[n_cuts] = y1;
  for (guint i = 0; i < n_cuts; i++)
    {
      const double from = CLAMP (cuts[i], y0, y1), to = CLAMP (cuts[i + 1], y0, y1);
      const double xa = x0 + (from - y0) * (x1 - x0) / (y1 - y0);
      const double xb = x0 + (to - y0) * (x1 - x0) / (y1 - y0);

      if (to <= from || (xa + xb) / 2 >= high)
        continue;
      add_inner_edge (self, CLAMP (xa, low, high), from, CLAMP (xb, low, high), to, sign);
    }
}

/* Any edge: turned downward, and cut at the clip's top and bottom. */
static void
add_line (DrawRaster *self, double x0, double y0, double x1, double y1)
{
  const double low = self->top, high = self->bottom;
  const double sign = y0 < y1 ? 1 : -1;

  if (y0 == y1 || MAX (y0, y1) <= low || MIN (y0, y1) >= high)
    return;
  if (sign < 0)
    {
      const double x = x0, y = y0;

      x0 = x1, y0 = y1;
      x1 = x, y1 = y;
    }

  const double step = (x1 - x0) / (y1 - y0);
  const double ya = MAX (y0, low), yb = MIN (y1, high);
  if (yb > ya)
    add_edge (self, x0 + (ya - y0) * step, ya, x0 + (yb - y0) * step, yb, sign);
}

/* All of it is within the clip: nothing needs to be cut. */
static void
add_inner_polygon (DrawRaster *self, const Point *points, guint n_points)
{
  const Point *a = &points[n_points - 1];

  for (guint i = 0; i < n_points; i++)
    {
      const Point *b = &points[i];

      if (a->y < b->y)
        add_inner_edge (self, a->x, a->y, b->x, b->y, 1);
      else if (a->y > b->y)
        add_inner_edge (self, b->x, b->y, a->x, a->y, -1);
      a = b;
    }
}

static void
add_polygon (DrawRaster *self, const Point *points, guint n_points, Point low, Point high)
{
  if (low.x >= self->right || high.x <= self->left || low.y >= self->bottom || high.y <= self->top)
    return;
  if (low.x >= self->left && high.x <= self->right && low.y >= self->top && high.y <= self->bottom)
    {
      add_inner_polygon (self, points, n_points);
      return;
    }
  for (guint i = 0; i < n_points; i++)
    {
      const Point *a = &points[i > 0 ? i - 1 : n_points - 1], *b = &points[i];

      add_line (self, a->x, a->y, b->x, b->y);
    }
}

void
draw_raster_add (DrawRaster *self,
                 const float *xy,
                 guint n_points,
                 double scale,
                 double dx,
                 double dy)
{
  Point low = { G_MAXDOUBLE, G_MAXDOUBLE }, high = { -G_MAXDOUBLE, -G_MAXDOUBLE };

  g_return_if_fail (self != NULL);
  g_return_if_fail (xy != NULL || n_points == 0);

  if (n_points < 3)
    return;
  g_array_set_size (self->points, n_points);
  for (guint i = 0; i < n_points; i++)
    {
      const Point point = { xy[2 * i] * scale + dx, xy[2 * i + 1] * scale + dy };

      low.x = MIN (low.x, point.x);
      low.y = MIN (low.y, point.y);
      high.x = MAX (high.x, point.x);
      high.y = MAX (high.y, point.y);
      g_array_index (self->points, Point, i) = point;
    }
  add_polygon (self, (const Point *) self->points->data, n_points, low, high);
}

/* ---- pixels ---- */

/* Four channels times @factor of 0..256, each divided by 256. */
static inline uint32_t
scale_pixel (uint32_t pixel, uint32_t factor)
{
  const uint32_t even = ((pixel & 0x00ff00ffu) * factor + 0x00800080u) >> 8 & 0x00ff00ffu;
  const uint32_t odd = ((pixel >> 8 & 0x00ff00ffu) * factor + 0x00800080u) & 0xff00ff00u;

  return even | odd;
}

static inline void
blend (uint32_t *pixel, uint32_t source, uint32_t coverage)
{
  const uint32_t over = scale_pixel (source, coverage), alpha = over >> 24;

  *pixel = alpha == 255 ? over : over + scale_pixel (*pixel, 256 - alpha - (alpha >> 7));
}

static inline uint32_t
get_coverage (float sum)
{
  const float coverage = fabsf (sum);

  return coverage >= 1 ? 256 : coverage < COVERAGE_MIN ? 0 : (uint32_t) (coverage * 256 + 0.5f);
}

/* Pixels that no edge touches: all covered alike. */
static void
fill_run (uint32_t *pixels, int n, uint32_t source, float sum)
{
  const uint32_t coverage = get_coverage (sum);

  for (int i = 0; coverage > 0 && i < n; i++)
    blend (&pixels[i], source, coverage);
}

static float
fill_block (uint32_t *pixels, float *areas, int n, uint32_t source, float sum)
{
  for (int i = 0; i < n; i++)
    {
      uint32_t coverage;

      sum += areas[i];
      areas[i] = 0;
      coverage = get_coverage (sum);
      if (coverage > 0)
        blend (&pixels[i], source, coverage);
    }
  return sum;
}

static void
fill_row (DrawRaster *self, int row, uint32_t *pixels, uint32_t source)
{
  float *areas = self->areas[row];
  uint32_t touched = self->touched[row];
  float sum = 0;
  int x = self->left;

  while (x < self->right)
    {
      const uint32_t ahead = touched >> (x >> BLOCK_SHIFT);
      int end = self->right;

      if (ahead & 1)
        {
          end = MIN (((x >> BLOCK_SHIFT) + 1) << BLOCK_SHIFT, self->right);
          sum = fill_block (pixels + x, areas + x, end - x, source, sum);
        }
      else
        {
          if (ahead != 0)
            end = MIN (((x >> BLOCK_SHIFT) + __builtin_ctz (ahead)) << BLOCK_SHIFT, self->right);
          fill_run (pixels + x, end - x, source, sum);
        }
      x = end;
    }
  areas[self->right] = areas[self->right + 1] = 0;
  self->touched[row] = 0;
}

static uint32_t
to_pixel (const GdkRGBA *color)
{
  const uint32_t alpha = (uint32_t) (CLAMP (color->alpha, 0, 1) * 255 + 0.5f);
  const float scale = CLAMP (color->alpha, 0, 1) * 255;
  const uint32_t red = (uint32_t) (CLAMP (color->red, 0, 1) * scale + 0.5f);
  const uint32_t green = (uint32_t) (CLAMP (color->green, 0, 1) * scale + 0.5f);
  const uint32_t blue = (uint32_t) (CLAMP (color->blue, 0, 1) * scale + 0.5f);

  return alpha << 24 | red << 16 | green << 8 | blue;
}

void
draw_raster_fill (DrawRaster *self, const GdkRGBA *color)
{
  guint8 *data;

  g_return_if_fail (self != NULL && color != NULL);

  if (self->last_row < 0)
    return;
  cairo_surface_flush (self->surface);
  data = cairo_image_surface_get_data (self->surface);
  for (int row = self->first_row; row <= self->last_row; row++)
    if (self->touched[row] != 0)
      fill_row (self, row,
                (uint32_t *) (gpointer) (data
                                         + (gsize) row
                                               * (gsize) cairo_image_surface_get_stride (
                                                   self->surface)),
                to_pixel (color));
  cairo_surface_mark_dirty (self->surface);
  self->first_row = DRAW_RASTER_MAX;
  self->last_row = -1;
}
