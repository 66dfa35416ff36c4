/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-outline-private.h"

#include <math.h>

#include "canvas/draw-hairline.h"
#include "canvas/draw-polygon.h"

/* The middle of a stroke is cut into ribs: places with a direction and a radius. Where both ends of
 * the ribs move forward from rib to rib, the ribs' ends make one strip. Where one end would move
 * backward (the stroke bends tighter than it is wide) a strip would turn itself inside out and make
 * a hole under the nonzero rule; there the piece is a straight quad, with a sector on the outer
 * side of each bend, or with discs where all is smaller than the stroke is wide. Strips, quads,
 * sectors and the half discs at the ends are wound alike, so their union is the stroke; they meet
 * in the same edges, so that there is no seam between them. */

/* Points given to one fill where parts may be filled by themselves: cairo's cost grows faster than
 * the points once they are thousands. */
#define FILL_POINTS 3000
/* A turn of the straight kind below this is part of a curve and needs no disc: 30 degrees. */
#define CORNER_COS 0.866
#define RADIUS_MIN 1e-3
#define RADIUS_MAX 1e4
/* No board reaches further, seen from an element on it. */
#define PLACE_MAX 4e6
#define ARC_STEPS_MAX 96
/* Bends below that (radians) leave nothing to be filled. */
#define BEND_MIN 1e-4
/* How far from its place a knot may be left out, in tolerances, and how many in a row. */
#define THIN_SHARE 1.5
#define THIN_MAX 12

static void
add_point (DrawOutline *self, double x, double y)
{
  const float point[2] = { (float) x, (float) y };

  g_array_append_vals (self->xy, point, 2);
}

static void
add_polygon (DrawOutline *self, guint n_points)
{
  g_array_append_val (self->polygons, n_points);
}

/* The end of a rib: on the left of its direction (y down: turned by +90 degrees), or on the right.
 */
static void
add_left (DrawOutline *self, const DrawRib *rib)
{
  add_point (self, rib->x - rib->dy * rib->r, rib->y + rib->dx * rib->r);
}

static void
add_right (DrawOutline *self, const DrawRib *rib)
{
  add_point (self, rib->x + rib->dy * rib->r, rib->y - rib->dx * rib->r);
}

/* Straight steps that an arc of that angle needs. */
static guint
count_arc_steps (DrawOutline *self, double r, double angle)
{
  const double step
      = 2 * sqrt (2 * MIN (self->tolerance / r, 0.5)); /* of 2 acos (1 - tolerance / r) */

  return (guint) CLAMP (ceil (angle / step), 1, ARC_STEPS_MAX);
}

/* Points between the ends of an arc about (x, y), angles falling from @from by @sweep. Returns: how
 * many. */
static guint
add_arc (DrawOutline *self, double x, double y, double r, double from, double sweep)
{
  const guint n_steps = count_arc_steps (self, r, sweep);

  for (guint i = 1; i < n_steps; i++)
    {
      const double angle = from - sweep * i / n_steps;

      add_point (self, x + r * cos (angle), y + r * sin (angle));
    }
  return n_steps - 1;
}

static void
add_disc (DrawOutline *self, const DrawRib *rib)
{
  add_point (self, rib->x + rib->r, rib->y);
  add_polygon (self, 1 + add_arc (self, rib->x, rib->y, rib->r, 0, 2 * G_PI));
}

static void
add_start (DrawOutline *self, const DrawRib *rib)
{
  guint n_points;

  add_right (self, rib);
  n_points = add_arc (self, rib->x, rib->y, rib->r, atan2 (rib->dy, rib->dx) - G_PI / 2, G_PI);
  add_left (self, rib);
  add_polygon (self, n_points + 2);
}

static void
add_end (DrawOutline *self, const DrawRib *rib)
{
  guint n_points;

  add_left (self, rib);
  n_points = add_arc (self, rib->x, rib->y, rib->r, atan2 (rib->dy, rib->dx) + G_PI / 2, G_PI);
  add_right (self, rib);
  add_polygon (self, n_points + 2);
}

/* Two ribs at one place: fills the outer side of the bend between them. */
static void
add_bend (DrawOutline *self, const DrawRib *a, const DrawRib *b)
{
  const double turn = atan2 (a->dx * b->dy - a->dy * b->dx, a->dx * b->dx + a->dy * b->dy);
  const double normal = turn > 0 ? atan2 (-b->dx, b->dy) : atan2 (a->dx, -a->dy);
  guint n_points;

  if (fabs (turn) < BEND_MIN)
    return;
  add_point (self, a->x, a->y);
  if (turn > 0)
    add_right (self, b);
  else
    add_left (self, a);
  n_points = add_arc (self, a->x, a->y, a->r, normal, fabs (turn));
  if (turn > 0)
    add_right (self, a);
  else
    add_left (self, b);
  add_polygon (self, n_points + 3);
}

void
draw_outline_add_strip (DrawOutline *self, const DrawRib *ribs, guint n_ribs)
{
  if (n_ribs < 2)
    return;
  for (guint i = 0; i < n_ribs; i++)
    add_left (self, &ribs[i]);
  for (guint i = n_ribs; i-- > 0;)
    add_right (self, &ribs[i]);
  add_polygon (self, 2 * n_ribs);
}

/* From a to b as if straight. */
static void
add_tight (DrawOutline *self, const DrawRib *a, const DrawRib *b)
{
  const double length = hypot (b->x - a->x, b->y - a->y);
  DrawRib ends[2] = { *a, *b };

  for (guint i = 0; i < 2 && length > DRAW_OUTLINE_LENGTH_MIN; i++)
    {
      ends[i].dx = (b->x - a->x) / length;
      ends[i].dy = (b->y - a->y) / length;
    }
  if (length <= DRAW_OUTLINE_LENGTH_MIN && self->kind == DRAW_OUTLINE_STRAIGHT)
    {
      add_bend (self, a, b);
      return;
    }
  if (length < MAX (a->r, b->r))
    {
      add_disc (self, a);
      add_disc (self, b);
    }
  else
    {
      add_bend (self, a, &ends[0]);
      add_bend (self, &ends[1], b);
    }
  if (length > DRAW_OUTLINE_LENGTH_MIN)
    draw_outline_add_strip (self, ends, 2);
}

/* Whether either end moves backward from a to b. */
static gboolean
is_tight (const DrawRib *a, const DrawRib *b)
{
  const double dx = b->x - a->x, dy = b->y - a->y;
  const double left_x = dx - b->dy * b->r + a->dy * a->r, left_y = dy + b->dx * b->r - a->dx * a->r;
  const double right_x = dx + b->dy * b->r - a->dy * a->r,
               right_y = dy - b->dx * b->r + a->dx * a->r;

  return left_x * dx + left_y * dy <= 0 || right_x * dx + right_y * dy <= 0;
}

static void
add_ribs (DrawOutline *self, const DrawRib *ribs, guint n_ribs)
{
  guint start = 0;

  for (guint i = 0; i + 1 < n_ribs; i++)
    if (is_tight (&ribs[i], &ribs[i + 1]))
      {
        draw_outline_add_strip (self, ribs + start, i + 1 - start);
        add_tight (self, &ribs[i], &ribs[i + 1]);
        start = i + 1;
      }
  draw_outline_add_strip (self, ribs + start, n_ribs - start);
}

static const DrawKnot *
get_knot (DrawOutline *self, guint i)
{
  return i < self->knots->len ? &g_array_index (self->knots, DrawKnot, i) : NULL;
}

/* Between knots i and i + 1. */
static void
get_curve (DrawOutline *self, guint i, DrawCurve *curve)
{
  const DrawKnot *b = get_knot (self, i), *c = get_knot (self, i + 1);

  g_assert (b != NULL && c != NULL);

  if (self->kind == DRAW_OUTLINE_STRAIGHT)
    draw_curve_straight (curve, b, c);
  else
    draw_curve_through (curve, i > 0 ? get_knot (self, i - 1) : NULL, b, c, get_knot (self, i + 2));
}

static void
get_rib (const DrawCurve *curve, double t, DrawRib *rib)
{
  DrawKnot knot;

  draw_curve_get_knot (curve, t, &knot);
  rib->x = knot.x;
  rib->y = knot.y;
  rib->r = knot.r;
  draw_curve_get_direction (curve, t, &rib->dx, &rib->dy);
}

/* A bend that is part of a curve: both pieces share one rib across it. TRUE when it was one. */
static gboolean
join_ribs (DrawRib *last, const DrawRib *next)
{
  const double dx = last->dx + next->dx, dy = last->dy + next->dy, length = hypot (dx, dy);

  if (last->dx * next->dx + last->dy * next->dy < CORNER_COS || length < 1e-9)
    return FALSE;
  last->dx = dx / length;
  last->dy = dy / length;
  return TRUE;
}

/* Ribs of the piece from knot i on. */
static void
collect_ribs (DrawOutline *self, guint i, GArray *ribs)
{
  DrawCurve curve;
  DrawRib rib;

  get_curve (self, i, &curve);
  const guint n_steps = draw_curve_get_n_steps (&curve, self->tolerance);

  get_rib (&curve, 0, &rib);
  if (ribs->len == 0 || !join_ribs (&g_array_index (ribs, DrawRib, ribs->len - 1), &rib))
    g_array_append_val (ribs, rib);
  for (guint step = 1; step <= n_steps; step++)
    {
      get_rib (&curve, (double) step / n_steps, &rib);
      g_array_append_val (ribs, rib);
    }
}

DrawOutlineChunk
draw_outline_begin_chunk (DrawOutline *self)
{
  return (DrawOutlineChunk){ self->xy->len, self->polygons->len };
}

void
draw_outline_end_chunk (DrawOutline *self, DrawOutlineChunk *chunk)
{
  float left = G_MAXFLOAT, right = -G_MAXFLOAT, top = G_MAXFLOAT, bottom = -G_MAXFLOAT;

  for (guint i = chunk->first_xy; i < self->xy->len; i += 2)
    {
      const float x = g_array_index (self->xy, float, i),
                  y = g_array_index (self->xy, float, i + 1);

      left = MIN (left, x);
      right = MAX (right, x);
      top = MIN (top, y);
      bottom = MAX (bottom, y);
    }
  chunk->bounds = (BoardRect){ left, top, (double) right - left, (double) bottom - top };
  g_array_append_vals (self->chunks, chunk, 1);
}

/* The end of the chunk before may point elsewhere. */
static void
add_seam (DrawOutline *self, guint first_knot, const DrawRib *first)
{
  DrawCurve curve;
  DrawRib last;

  get_curve (self, first_knot - 1, &curve);
  get_rib (&curve, 1, &last);
  add_bend (self, &last, first);
}

static void
add_ribs_of_chunk (DrawOutline *self, guint first_knot, guint last_knot)
{
  GArray *ribs = self->ribs;

  g_array_set_size (ribs, 0);
  for (guint i = first_knot; i < last_knot; i++)
    collect_ribs (self, i, ribs);

  const DrawRib *all = (const DrawRib *) ribs->data;
  if (first_knot == 0)
    add_start (self, &all[0]);
  else
    add_seam (self, first_knot, &all[0]);
  add_ribs (self, all, ribs->len);
  if (last_knot == self->knots->len - 1)
    add_end (self, &all[ribs->len - 1]);
}

static void
add_chunk (DrawOutline *self, guint first_knot)
{
  const guint last_knot = MIN (first_knot + DRAW_OUTLINE_CHUNK_PIECES, self->knots->len - 1);
  DrawOutlineChunk chunk = draw_outline_begin_chunk (self);

  if (last_knot > first_knot)
    add_ribs_of_chunk (self, first_knot, last_knot);
  else
    {
      const DrawKnot *knot = get_knot (self, first_knot);

      add_disc (self, &(DrawRib){ knot->x, knot->y, 1, 0, knot->r });
    }
  draw_outline_end_chunk (self, &chunk);
}

/* From that one on. */
static void
add_chunks (DrawOutline *self, guint first)
{
  for (guint i = first * DRAW_OUTLINE_CHUNK_PIECES; i + 1 < self->knots->len || (i == 0 && self->knots->len > 0);
       i += DRAW_OUTLINE_CHUNK_PIECES)
    add_chunk (self, i);
}

static void
drop_chunks (DrawOutline *self, guint first)
{
  if (first >= self->chunks->len)
    return;

  const DrawOutlineChunk *chunk = &g_array_index (self->chunks, DrawOutlineChunk, first);
  g_array_set_size (self->xy, chunk->first_xy);
  g_array_set_size (self->polygons, chunk->first_polygon);
  g_array_set_size (self->chunks, first);
}

/* Where the polygons of a chunk end. */
static guint
get_last_polygon (DrawOutline *self, guint i)
{
  return i + 1 == self->chunks->len ? self->polygons->len
                                    : g_array_index (self->chunks, DrawOutlineChunk, i + 1).first_polygon;
}

/* The box of the pieces from the one before knot @from on: all that a change of that knot moves. */
static void
get_tail_bounds (DrawOutline *self, guint from, BoardRect *bounds)
{
  const guint n = self->knots->len;

  *bounds = (BoardRect){ 0, 0, 0, 0 };
  if (n == 1 && from <= 2)
    {
      DrawCurve dot;

      draw_curve_straight (&dot, get_knot (self, 0), get_knot (self, 0));
      draw_curve_get_bounds (&dot, bounds);
    }
  for (guint i = from >= 2 ? from - 2 : 0; i + 1 < n; i++)
    {
      DrawCurve curve;
      BoardRect piece;

      get_curve (self, i, &curve);
      draw_curve_get_bounds (&curve, &piece);
      board_rect_union (bounds, &piece, bounds);
    }
}

static inline gboolean
tame_knot (DrawKnot *knot)
{
  if (!(fabs (knot->x) <= PLACE_MAX) || !(fabs (knot->y) <= PLACE_MAX) || !isfinite (knot->r))
    return FALSE;
  knot->r = CLAMP (knot->r, RADIUS_MIN, RADIUS_MAX);
  return TRUE;
}

static void
append_knots (DrawOutline *self, const DrawKnot *knots, gsize n_knots)
{
  for (gsize i = 0; i < n_knots; i++)
    {
      DrawKnot knot = knots[i];

      if (tame_knot (&knot))
        g_array_append_val (self->knots, knot);
    }
}

DrawOutline *
draw_outline_new (DrawOutlineKind kind, double tolerance)
{
  DrawOutline *self;

  g_return_val_if_fail (tolerance > 0 && isfinite (tolerance), NULL);

  self = g_new0 (DrawOutline, 1);
  g_atomic_ref_count_init (&self->refs);
  self->kind = kind;
  self->tolerance = tolerance;
  self->knots = g_array_new (FALSE, FALSE, sizeof (DrawKnot));
  self->ribs = g_array_new (FALSE, FALSE, sizeof (DrawRib));
  self->xy = g_array_new (FALSE, FALSE, sizeof (float));
  self->polygons = g_array_new (FALSE, FALSE, sizeof (guint));
  self->chunks = g_array_new (FALSE, FALSE, sizeof (DrawOutlineChunk));
  return self;
}

/* ---- whole strokes ---- */

/* Whether the way from @a to @c may leave @b out: it is near the straight line between them in
 * place and in width, and between them. */
static gboolean
is_between (const DrawKnot *a, const DrawKnot *b, const DrawKnot *c, double tolerance)
{
  const double dx = c->x - a->x, dy = c->y - a->y, square = dx * dx + dy * dy;
  const double bx = b->x - a->x, by = b->y - a->y, along = bx * dx + by * dy;
  const double aside = bx * dy - by * dx;

  if (square <= tolerance * tolerance)
    return bx * bx + by * by <= tolerance * tolerance && fabs (b->r - a->r) <= tolerance;
  return along >= 0 && along <= square && aside * aside <= tolerance * tolerance * square
         && fabs (b->r - (a->r + (c->r - a->r) * along / square)) <= tolerance;
}

/* Leaves out knots that nobody would see at that tolerance: of a stroke seen from far away most. No
 * more than a few in a row, since each is judged against those that stay. Returns: how many are
 * left. */
static guint
thin_out (DrawKnot *knots, guint n_knots, double tolerance)
{
  guint n = 1, first = 0;

  if (n_knots < 3)
    return n_knots;
  for (guint i = 1; i + 1 < n_knots; i++)
    {
      gboolean between = i - first < THIN_MAX;

      for (guint k = first + 1; between && k <= i; k++)
        between = is_between (&knots[first], &knots[k], &knots[i + 1], tolerance);
      if (between)
        continue;
      first = i;
      knots[n++] = knots[i];
    }
  knots[n++] = knots[n_knots - 1];
  return n;
}

static void
free_scratch (gpointer data)
{
  draw_outline_unref (data);
}

/* Arrays that grow once a thread, not once a stroke. */
static DrawOutline *
get_scratch (double tolerance)
{
  static GPrivate scratch = G_PRIVATE_INIT (free_scratch);
  DrawOutline *self = g_private_get (&scratch);

  if (self == NULL)
    {
      self = draw_outline_new (DRAW_OUTLINE_SMOOTH, tolerance);
      g_private_set (&scratch, self);
    }
  self->tolerance = tolerance;
  g_array_set_size (self->knots, 0);
  drop_chunks (self, 0);
  return self;
}

static GArray *
copy_array (GArray *array, guint size)
{
  GArray *copy = g_array_sized_new (FALSE, FALSE, size, array->len);

  return g_array_append_vals (copy, array->data, array->len);
}

static DrawOutline *
copy_for_painting (DrawOutline *other)
{
  DrawOutline *self = g_new0 (DrawOutline, 1);

  g_atomic_ref_count_init (&self->refs);
  self->kind = other->kind;
  self->tolerance = other->tolerance;
  self->xy = copy_array (other->xy, sizeof (float));
  self->polygons = copy_array (other->polygons, sizeof (guint));
  self->chunks = copy_array (other->chunks, sizeof (DrawOutlineChunk));
  return self;
}

/* Returns: how many there are. */
static guint
read_knots (BoardStroke *stroke, double width, GArray *knots)
{
  BoardStrokeReader reader;
  BoardPoint point;
  guint n = 0;

  g_array_set_size (knots, (guint) board_stroke_get_n_points (stroke));
  board_stroke_reader_init (&reader, stroke);
  while (board_stroke_reader_next (&reader, &point))
    {
      DrawKnot *knot = &g_array_index (knots, DrawKnot, n);

      draw_curve_knot (&point, width, knot);
      n += tame_knot (knot);
    }
  return n;
}

/* Whole, in arrays that are used again. */
static void
make_stroke (DrawOutline *self, BoardStroke *stroke, double width, double tolerance)
{
  guint n = stroke != NULL ? read_knots (stroke, width, self->knots) : 0;
  DrawKnot *knots = (DrawKnot *) (gpointer) self->knots->data;
  const gboolean hairline = draw_hairline_fits (knots, n, tolerance);

  /* What stays of a hairline is all there is: no curve goes through it. */
  if (hairline)
    n = draw_hairline_thin_out (knots, n, tolerance);
  n = thin_out (knots, n, hairline ? tolerance : THIN_SHARE * tolerance);
  g_array_set_size (self->knots, n);
  if (hairline)
    draw_hairline_add (self);
  else
    add_chunks (self, 0);
}

DrawOutline *
draw_outline_new_for_stroke (BoardStroke *stroke, double width, double tolerance)
{
  DrawOutline *scratch;

  g_return_val_if_fail (tolerance > 0 && isfinite (tolerance), NULL);

  scratch = get_scratch (tolerance);
  make_stroke (scratch, stroke, width, tolerance);
  return copy_for_painting (scratch);
}

DrawOutline *
draw_outline_ref (DrawOutline *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
draw_outline_unref (DrawOutline *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->knots, g_array_unref);
  g_clear_pointer (&self->ribs, g_array_unref);
  g_array_unref (self->xy);
  g_array_unref (self->polygons);
  g_array_unref (self->chunks);
  g_free (self);
}

void
draw_outline_set_knots (DrawOutline *self,
                        guint from,
                        const DrawKnot *knots,
                        gsize n_knots,
                        BoardRect *damage)
{
  BoardRect before = { 0 }, after = { 0 };

  g_return_if_fail (self != NULL && self->knots != NULL);
  g_return_if_fail (from <= self->knots->len);
  g_return_if_fail (knots != NULL || n_knots == 0);

  if (damage != NULL)
    get_tail_bounds (self, from, &before);

  const guint first_chunk = (from >= 2 ? from - 2 : 0) / DRAW_OUTLINE_CHUNK_PIECES;
  g_array_set_size (self->knots, from);
  append_knots (self, knots, n_knots);
  drop_chunks (self, first_chunk);
  add_chunks (self, first_chunk);

  if (damage != NULL)
    {
      get_tail_bounds (self, from, &after);
      board_rect_union (&before, &after, damage);
    }
}

guint
draw_outline_get_n_knots (DrawOutline *self)
{
  g_return_val_if_fail (self != NULL && self->knots != NULL, 0);

  return self->knots->len;
}

void
draw_outline_get_bounds (DrawOutline *self, BoardRect *bounds)
{
  g_return_if_fail (self != NULL && bounds != NULL);

  *bounds = (BoardRect){ 0, 0, 0, 0 };
  for (guint i = 0; i < self->chunks->len; i++)
    board_rect_union (bounds, &g_array_index (self->chunks, DrawOutlineChunk, i).bounds, bounds);
}

gsize
draw_outline_get_cost (DrawOutline *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sizeof (DrawOutline) + self->xy->len * sizeof (float)
         + self->polygons->len * sizeof (guint) + self->chunks->len * sizeof (DrawOutlineChunk)
         + (self->knots != NULL ? self->knots->len * sizeof (DrawKnot) : 0);
}

gboolean
draw_outline_touches (DrawOutline *self, const BoardRect *clip)
{
  g_return_val_if_fail (self != NULL && clip != NULL, FALSE);

  for (guint i = 0; i < self->chunks->len; i++)
    if (board_rect_intersects (&g_array_index (self->chunks, DrawOutlineChunk, i).bounds, clip))
      return TRUE;
  return FALSE;
}

/* Returns: how many points were added to the path. */
static guint
add_chunk_path (DrawOutline *self, guint i, cairo_t *cr, const BoardRect *clip)
{
  const DrawOutlineChunk *chunk = &g_array_index (self->chunks, DrawOutlineChunk, i);
  const guint end = get_last_polygon (self, i);
  guint n_points = 0;

  for (guint p = chunk->first_polygon; p < end; p++)
    {
      const guint n = g_array_index (self->polygons, guint, p);

      draw_polygon_add (cr, &g_array_index (self->xy, float, chunk->first_xy + 2 * n_points), n,
                        clip);
      n_points += n;
    }
  return n_points;
}

void
draw_outline_fill (DrawOutline *self, cairo_t *cr, const BoardRect *clip, gboolean opaque)
{
  guint n_points = 0;

  g_return_if_fail (self != NULL && cr != NULL && clip != NULL);

  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  for (guint i = 0; i < self->chunks->len; i++)
    {
      if (!board_rect_intersects (&g_array_index (self->chunks, DrawOutlineChunk, i).bounds, clip))
        continue;
      n_points += add_chunk_path (self, i, cr, clip);
      if (opaque && n_points >= FILL_POINTS)
        {
          cairo_fill (cr);
          /* Once more, so that there is no seam between the parts. */
          n_points = add_chunk_path (self, i, cr, clip);
        }
    }
  cairo_fill (cr);
}

void
draw_outline_raster (DrawOutline *self,
                     DrawRaster *raster,
                     const BoardRect *clip,
                     double scale,
                     double dx,
                     double dy)
{
  g_return_if_fail (self != NULL && raster != NULL && clip != NULL);

  for (guint i = 0; i < self->chunks->len; i++)
    {
      const DrawOutlineChunk *chunk = &g_array_index (self->chunks, DrawOutlineChunk, i);
      const guint end = get_last_polygon (self, i);
      const float *xy = &g_array_index (self->xy, float, chunk->first_xy);

      if (!board_rect_intersects (&chunk->bounds, clip))
        continue;
      for (guint p = chunk->first_polygon; p < end; p++)
        {
          const guint n = g_array_index (self->polygons, guint, p);

          draw_raster_add (raster, xy, n, scale, dx, dy);
          xy += 2 * n;
        }
    }
}
