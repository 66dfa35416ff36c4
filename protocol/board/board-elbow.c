/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-elbow.h"

#include <math.h>

/* How far a line goes straight on from what it is bound to, and how far it keeps from it. */
#define CLEARANCE 20.0
/* A bend costs as much as a way of that length. */
#define BEND 100.0
/* Lines of the grid along each axis: two ends, the middle between them, two sides of each box. */
#define MAX_LINES 7
#define MAX_NODES (MAX_LINES * MAX_LINES * 4)

typedef struct {
  double x[MAX_LINES], y[MAX_LINES];
  guint n_x, n_y;
  BoardRect boxes[2];
  gboolean around; /* the boxes count */
  double cost[MAX_NODES];
  int from[MAX_NODES];
  gboolean done[MAX_NODES];
} Grid;

static const int step_x[] = { 1, 0, -1, 0 };
static const int step_y[] = { 0, 1, 0, -1 };

static void
add_line (double *lines, guint *n, double value)
{
  guint at = 0;

  while (at < *n && lines[at] < value)
    at++;
  if (at < *n && lines[at] == value)
    return;
  for (guint i = (*n)++; i > at; i--)
    lines[i] = lines[i - 1];
  lines[at] = value;
}

static guint
find_line (const double *lines, guint n, double value)
{
  guint at = 0;

  while (at + 1 < n && lines[at] < value)
    at++;
  return at;
}

/* Where the line may bend first. */
static BoardElbowPoint
leave (const BoardElbowEnd *end)
{
  return (BoardElbowPoint){ end->x + step_x[end->heading] * CLEARANCE,
                            end->y + step_y[end->heading] * CLEARANCE };
}

static void
add_box (Grid *grid, guint i, const BoardRect *box)
{
  grid->boxes[i] = *box;
  if (board_rect_is_empty (box))
    return;
  add_line (grid->x, &grid->n_x, box->x - CLEARANCE);
  add_line (grid->x, &grid->n_x, box->x + box->width + CLEARANCE);
  add_line (grid->y, &grid->n_y, box->y - CLEARANCE);
  add_line (grid->y, &grid->n_y, box->y + box->height + CLEARANCE);
}

static void
grid_init (Grid *grid, const BoardElbowEnd *start, const BoardElbowEnd *end)
{
  BoardElbowPoint a = leave (start), b = leave (end);

  grid->n_x = grid->n_y = 0;
  add_line (grid->x, &grid->n_x, a.x);
  add_line (grid->x, &grid->n_x, b.x);
  add_line (grid->x, &grid->n_x, (a.x + b.x) / 2);
  add_line (grid->y, &grid->n_y, a.y);
  add_line (grid->y, &grid->n_y, b.y);
  add_line (grid->y, &grid->n_y, (a.y + b.y) / 2);
  add_box (grid, 0, &start->box);
  add_box (grid, 1, &end->box);
}

static guint
node_of (const Grid *grid, guint ix, guint iy, guint heading)
{
  return (iy * grid->n_x + ix) * 4 + heading;
}

/* Whether the line between two places of one axis goes through a box; its border does not count. */
static gboolean
is_crossed (const Grid *grid, double x0, double y0, double x1, double y1)
{
  for (guint i = 0; grid->around && i < 2; i++)
    {
      const BoardRect *box = &grid->boxes[i];

      if (!board_rect_is_empty (box) && MAX (x0, x1) > box->x && MIN (x0, x1) < box->x + box->width
          && MAX (y0, y1) > box->y && MIN (y0, y1) < box->y + box->height)
        return TRUE;
    }
  return FALSE;
}

static int
next_node (const Grid *grid, guint n)
{
  int best = -1;

  for (guint i = 0; i < n; i++)
    if (!grid->done[i] && isfinite (grid->cost[i])
        && (best < 0 || grid->cost[i] < grid->cost[best]))
      best = (int) i;
  return best;
}

/* From a node one line on, turning first; never back. */
static void
try_step (Grid *grid, guint node, guint heading)
{
  guint place = node / 4, turn = (heading + 4 - node % 4) % 4;
  int ix = (int) (place % grid->n_x), iy = (int) (place / grid->n_x);
  int to_x = ix + step_x[heading], to_y = iy + step_y[heading];
  double cost;
  guint to;

  if (turn == 2 || to_x < 0 || to_y < 0 || to_x >= (int) grid->n_x || to_y >= (int) grid->n_y
      || is_crossed (grid, grid->x[ix], grid->y[iy], grid->x[to_x], grid->y[to_y]))
    return;
  cost = grid->cost[node] + fabs (grid->x[to_x] - grid->x[ix]) + fabs (grid->y[to_y] - grid->y[iy])
         + (turn != 0 ? BEND : 0);
  to = node_of (grid, (guint) to_x, (guint) to_y, heading);
  if (cost >= grid->cost[to])
    return;
  grid->cost[to] = cost;
  grid->from[to] = (int) node;
}

/* The node at the end's first bend by which the way arrives, or -1. */
static int
search (Grid *grid, const BoardElbowEnd *start, const BoardElbowEnd *end)
{
  BoardElbowPoint a = leave (start), b = leave (end);
  guint n = grid->n_x * grid->n_y * 4, arrive = (end->heading + 2) % 4;
  guint last
      = node_of (grid, find_line (grid->x, grid->n_x, b.x), find_line (grid->y, grid->n_y, b.y), 0);
  int best = -1, node;

  for (guint i = 0; i < n; i++)
    {
      grid->cost[i] = INFINITY;
      grid->from[i] = -1;
      grid->done[i] = FALSE;
    }
  grid->cost[node_of (grid, find_line (grid->x, grid->n_x, a.x),
                      find_line (grid->y, grid->n_y, a.y), start->heading)]
      = 0;
  while ((node = next_node (grid, n)) >= 0)
    {
      grid->done[node] = TRUE;
      for (guint heading = 0; heading < 4; heading++)
        try_step (grid, (guint) node, heading);
    }
  for (guint heading = 0; heading < 4; heading++)
    {
      guint turn = (heading + 4 - arrive) % 4;

      if (turn == 2 || !isfinite (grid->cost[last + heading]))
        continue;
      grid->cost[last + heading] += turn != 0 ? BEND : 0;
      if (best < 0 || grid->cost[last + heading] < grid->cost[best])
        best = (int) (last + heading);
    }
  return best;
}

static gboolean
is_straight (const BoardElbowPoint *a, const BoardElbowPoint *b, const BoardElbowPoint *c)
{
  return (a->x == b->x && b->x == c->x) || (a->y == b->y && b->y == c->y);
}

static void
add_point (GArray *points, BoardElbowPoint point)
{
  const BoardElbowPoint *last = (const BoardElbowPoint *) (gpointer) points->data;
  guint n = points->len;

  if (n > 0 && last[n - 1].x == point.x && last[n - 1].y == point.y)
    return;
  if (n > 1 && is_straight (&last[n - 2], &last[n - 1], &point))
    g_array_set_size (points, n - 1);
  g_array_append_val (points, point);
}

static void
add_way (const Grid *grid, int node, GArray *points)
{
  guint place = (guint) node / 4;

  if (grid->from[node] >= 0)
    add_way (grid, grid->from[node], points);
  add_point (points, (BoardElbowPoint){ grid->x[place % grid->n_x], grid->y[place / grid->n_x] });
}

GArray *
board_elbow_route (const BoardElbowEnd *start, const BoardElbowEnd *end)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (BoardElbowPoint));
  Grid grid;
  int node;

  g_return_val_if_fail (start != NULL && end != NULL, points);
  g_return_val_if_fail (start->heading <= BOARD_HEADING_UP && end->heading <= BOARD_HEADING_UP,
                        points);

  grid_init (&grid, start, end);
  grid.around = TRUE;
  node = search (&grid, start, end);
  if (node < 0)
    {
      /* boxes over each other leave no room */
      grid.around = FALSE;
      node = search (&grid, start, end);
    }
  add_point (points, (BoardElbowPoint){ start->x, start->y });
  if (node >= 0)
    add_way (&grid, node, points);
  add_point (points, (BoardElbowPoint){ end->x, end->y });
  if (points->len < 2)
    g_array_append_val (points, ((BoardElbowPoint){ end->x, end->y }));
  return points;
}
