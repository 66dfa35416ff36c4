/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-mark.h"

#include <math.h>

/* The screen's floats are exact enough for places that far outside of the widget. */
#define OUTSIDE_MAX 4000.0
#define KNOB_SIZE 5.5
#define DOT_SIZE 3.0

static const GdkRGBA accent = { 0.208f, 0.518f, 0.894f, 1 };
static const GdkRGBA faint = { 0.208f, 0.518f, 0.894f, 0.35f };
static const GdkRGBA guide = { 0.878f, 0.106f, 0.514f, 1 };
static const GdkRGBA paper = { 1, 1, 1, 1 };

typedef struct {
  GtkSnapshot *snapshot;
  DrawViewport *viewport;
  double width, height;
} Job;

void
draw_mark_add_line (GArray *marks, DrawMarkKind kind, double x0, double y0, double x1, double y1)
{
  const DrawMark mark = { kind, x0, y0, x1, y1, 0 };

  g_return_if_fail (marks != NULL);

  g_array_append_val (marks, mark);
}

void
draw_mark_add_box (GArray *marks, DrawMarkKind kind, const BoardRect *box, double angle)
{
  const DrawMark mark = { kind, box->x, box->y, box->x + box->width, box->y + box->height, angle };

  g_return_if_fail (marks != NULL);

  g_array_append_val (marks, mark);
}

void
draw_mark_add_handle (GArray *marks, DrawMarkKind kind, double x, double y, double angle)
{
  const DrawMark mark = { kind, x, y, x, y, angle };

  g_return_if_fail (marks != NULL);

  g_array_append_val (marks, mark);
}

static gboolean
is_near (const Job *job, double x, double y)
{
  return x > -OUTSIDE_MAX && y > -OUTSIDE_MAX && x < job->width + OUTSIDE_MAX
         && y < job->height + OUTSIDE_MAX;
}

/* Moves the ends of one axis into low..high along the line; FALSE when nothing of it is there. */
static gboolean
cut (double *a, double *b, double *across_a, double *across_b, double low, double high)
{
  if (MAX (*a, *b) < low || MIN (*a, *b) > high)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      double *end = i == 0 ? a : b, *across = i == 0 ? across_a : across_b;
      const double kept = CLAMP (*end, low, high);

      if (kept == *end || *a == *b)
        continue;
      *across = *across_a + (*across_b - *across_a) * (kept - *a) / (*b - *a);
      *end = kept;
    }
  return TRUE;
}

/* Widget pixels. */
static void
append_line (const Job *job,
             double x0,
             double y0,
             double x1,
             double y1,
             double thickness,
             const GdkRGBA *color)
{
  if (!cut (&x0, &x1, &y0, &y1, -OUTSIDE_MAX, job->width + OUTSIDE_MAX)
      || !cut (&y0, &y1, &x0, &x1, -OUTSIDE_MAX, job->height + OUTSIDE_MAX))
    return;
  gtk_snapshot_save (job->snapshot);
  gtk_snapshot_translate (job->snapshot, &GRAPHENE_POINT_INIT ((float) x0, (float) y0));
  gtk_snapshot_rotate (job->snapshot, (float) (atan2 (y1 - y0, x1 - x0) * 180 / G_PI));
  gtk_snapshot_append_color (job->snapshot, color,
                             &GRAPHENE_RECT_INIT (0, (float) (-thickness / 2),
                                                  (float) hypot (x1 - x0, y1 - y0),
                                                  (float) thickness));
  gtk_snapshot_restore (job->snapshot);
}

static void
append_mark_line (const Job *job, const DrawMark *mark)
{
  double x0, y0, x1, y1;

  draw_viewport_to_widget (job->viewport, mark->x0, mark->y0, &x0, &y0);
  draw_viewport_to_widget (job->viewport, mark->x1, mark->y1, &x1, &y1);
  /* Straight lines stand on whole pixels, or they are blurred. */
  if (x0 == x1)
    x0 = x1 = floor (x0) + 0.5;
  if (y0 == y1)
    y0 = y1 = floor (y0) + 0.5;
  append_line (job, x0, y0, x1, y1, 1, mark->kind == DRAW_MARK_GUIDE ? &guide : &accent);
}

static void
append_corner (const Job *job,
               const double corners[4][2],
               guint i,
               double thickness,
               const GdkRGBA *color)
{
  const double *from = corners[i], *to = corners[(i + 1) % 4];

  append_line (job, from[0], from[1], to[0], to[1], thickness, color);
}

static void
append_mark_box (const Job *job, const DrawMark *mark)
{
  const double margin = mark->kind == DRAW_MARK_TARGET ? 0 : DRAW_MARK_MARGIN;
  const double thickness = mark->kind == DRAW_MARK_TARGET  ? 5
                           : mark->kind == DRAW_MARK_FRAME ? 1.5
                                                           : 1;
  const double c = cos (mark->angle), s = sin (mark->angle);
  double left, top, right, bottom, corners[4][2];

  draw_viewport_to_widget (job->viewport, mark->x0, mark->y0, &left, &top);
  draw_viewport_to_widget (job->viewport, mark->x1, mark->y1, &right, &bottom);
  if (mark->angle == 0)
    {
      left = floor (left) + 0.5;
      top = floor (top) + 0.5;
      right = ceil (right) - 0.5;
      bottom = ceil (bottom) - 0.5;
    }
  const double x = (left + right) / 2, y = (top + bottom) / 2;
  const double half_width = (right - left) / 2 + margin, half_height = (bottom - top) / 2 + margin;

  for (guint i = 0; i < 4; i++)
    {
      const double dx = i == 0 || i == 3 ? -half_width : half_width;
      const double dy = i < 2 ? -half_height : half_height;

      corners[i][0] = x + dx * c - dy * s;
      corners[i][1] = y + dx * s + dy * c;
    }
  for (guint i = 0; i < 4; i++)
    append_corner (job, corners, i, thickness, mark->kind == DRAW_MARK_TARGET ? &faint : &accent);
}

/* A square or a disc with a border. */
static void
append_mark_handle (const Job *job, const DrawMark *mark)
{
  const float size = (float) (mark->kind == DRAW_MARK_HANDLE ? DRAW_MARK_HANDLE_SIZE
                              : mark->kind == DRAW_MARK_DOT  ? DOT_SIZE
                                                             : KNOB_SIZE);
  const gboolean full = mark->kind == DRAW_MARK_DOT || mark->kind == DRAW_MARK_CHOSEN;
  const float border = full ? size : 1.5f;
  const float widths[4] = { border, border, border, border };
  const GdkRGBA colors[4] = { accent, accent, accent, accent };
  GskRoundedRect outline;
  double x, y;

  draw_viewport_to_widget (job->viewport, mark->x0, mark->y0, &x, &y);
  if (!is_near (job, x, y))
    return;
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (-size, -size, 2 * size, 2 * size),
                                   mark->kind == DRAW_MARK_HANDLE ? 2 : size);
  gtk_snapshot_save (job->snapshot);
  gtk_snapshot_translate (job->snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_rotate (job->snapshot, (float) (mark->angle * 180 / G_PI));
  gtk_snapshot_push_rounded_clip (job->snapshot, &outline);
  gtk_snapshot_append_color (job->snapshot, &paper, &outline.bounds);
  gtk_snapshot_pop (job->snapshot);
  gtk_snapshot_append_border (job->snapshot, &outline, widths, colors);
  gtk_snapshot_restore (job->snapshot);
}

void
draw_mark_snapshot (GArray *marks,
                    GtkSnapshot *snapshot,
                    DrawViewport *viewport,
                    double width,
                    double height)
{
  const Job job = { snapshot, viewport, width, height };

  g_return_if_fail (marks != NULL);
  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (DRAW_IS_VIEWPORT (viewport));

  for (guint i = 0; i < marks->len; i++)
    {
      const DrawMark *mark = &g_array_index (marks, DrawMark, i);

      switch (mark->kind)
        {
        case DRAW_MARK_LINE:
        case DRAW_MARK_GUIDE:
          append_mark_line (&job, mark);
          break;
        case DRAW_MARK_BOX:
        case DRAW_MARK_FRAME:
        case DRAW_MARK_TARGET:
          append_mark_box (&job, mark);
          break;
        case DRAW_MARK_HANDLE:
        case DRAW_MARK_KNOB:
        case DRAW_MARK_CHOSEN:
        case DRAW_MARK_DOT:
          append_mark_handle (&job, mark);
          break;
        default:
          g_assert_not_reached ();
        }
    }
}
