/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-snap.h"

#include <math.h>

#include "canvas/draw-box.h"
#include "canvas/draw-mark.h"
#include "canvas/draw-selection.h"

/* Board units: places that are equal but for rounding. */
#define SAME 0.04

/* A line at @at that reaches, across it, from @from to @to. */
typedef struct {
  double at, from, to;
} Edge;

struct _DrawSnap {
  GArray *columns; /* (element-type Edge) x of upright lines */
  GArray *rows;    /* y of level ones */
};

static void
add_box (DrawSnap *self, const BoardRect *box)
{
  for (guint i = 0; i < 3; i++)
    {
      const Edge column = { box->x + box->width * i / 2, box->y, box->y + box->height };
      const Edge row = { box->y + box->height * i / 2, box->x, box->x + box->width };

      g_array_append_val (self->columns, column);
      g_array_append_val (self->rows, row);
    }
}

static gboolean
is_label (BoardElement *element)
{
  return board_element_get_kind (element) == BOARD_ELEMENT_TEXT
         && board_element_get_prop (element, "containerId") != NULL;
}

DrawSnap *
draw_snap_new (BoardDocument *document, const BoardRect *visible, GPtrArray *moved)
{
  g_autoptr (DrawSnap) self = g_new0 (DrawSnap, 1);
  g_autoptr (GPtrArray) near = NULL;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document) && visible != NULL, NULL);

  self->columns = g_array_new (FALSE, FALSE, sizeof (Edge));
  self->rows = g_array_new (FALSE, FALSE, sizeof (Edge));
  near = board_document_query (document, visible);
  for (guint i = 0; i < near->len; i++)
    {
      BoardElement *element = near->pdata[i];
      BoardRect box;

      if (board_element_get_kind (element) == BOARD_ELEMENT_FREEDRAW
          || board_element_get_kind (element) == BOARD_ELEMENT_ARROW
          || board_element_get_kind (element) == BOARD_ELEMENT_UNKNOWN || is_label (element)
          || draw_selection_contains (moved, board_element_get_id (element)))
        continue;
      if (self->rows->len >= 3 * DRAW_SNAP_MAX)
        return NULL;
      draw_box_get_outer (element, &box);
      add_box (self, &box);
    }
  return g_steal_pointer (&self);
}

void
draw_snap_free (DrawSnap *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->columns);
  g_array_unref (self->rows);
  g_free (self);
}

/* The shortest way from one of the places to one of the edges; 0 when none is within reach. */
static double
find_way (GArray *edges, const double *places, guint n_places, double reach)
{
  double best = reach, way = 0;

  for (guint i = 0; i < edges->len; i++)
    for (guint n = 0; n < n_places; n++)
      {
        const double distance = g_array_index (edges, Edge, i).at - places[n];

        if (fabs (distance) > best || (fabs (distance) == best && way != 0))
          continue;
        best = fabs (distance);
        way = distance;
      }
  return way;
}

void
draw_snap_box (DrawSnap *self, const BoardRect *box, double reach, double *dx, double *dy)
{
  const double xs[3] = { box->x, box->x + box->width / 2, box->x + box->width };
  const double ys[3] = { box->y, box->y + box->height / 2, box->y + box->height };

  g_return_if_fail (dx != NULL && dy != NULL);

  *dx = self != NULL ? find_way (self->columns, xs, 3, reach) : 0;
  *dy = self != NULL ? find_way (self->rows, ys, 3, reach) : 0;
}

void
draw_snap_point (DrawSnap *self, double x, double y, double reach, double *dx, double *dy)
{
  if (dx != NULL)
    *dx = self != NULL ? find_way (self->columns, &x, 1, reach) : 0;
  if (dy != NULL)
    *dy = self != NULL ? find_way (self->rows, &y, 1, reach) : 0;
}

/* One guide per line, as long as all that lies on it. */
static void
add_guides (GArray *edges, double at, double from, double to, gboolean upright, GArray *marks)
{
  gboolean found = FALSE;

  for (guint i = 0; i < edges->len; i++)
    {
      const Edge *edge = &g_array_index (edges, Edge, i);

      if (fabs (edge->at - at) > SAME)
        continue;
      found = TRUE;
      from = MIN (from, edge->from);
      to = MAX (to, edge->to);
    }
  if (found && upright)
    draw_mark_add_line (marks, DRAW_MARK_GUIDE, at, from, at, to);
  else if (found)
    draw_mark_add_line (marks, DRAW_MARK_GUIDE, from, at, to, at);
}

void
draw_snap_add_guides (DrawSnap *self, const BoardRect *box, GArray *marks)
{
  g_return_if_fail (box != NULL && marks != NULL);

  for (guint i = 0; self != NULL && i < 3; i++)
    {
      add_guides (self->columns, box->x + box->width * i / 2, box->y, box->y + box->height, TRUE,
                  marks);
      add_guides (self->rows, box->y + box->height * i / 2, box->x, box->x + box->width, FALSE,
                  marks);
    }
}
