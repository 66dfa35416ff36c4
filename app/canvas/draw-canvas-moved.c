/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Elements that are shown elsewhere than they are, while they are dragged: a second tile layer over
 * a fixed list, placed at an offset or bent as a whole, so that a drag costs no painting however many
 * are dragged. */
#include "canvas/draw-canvas-private.h"

#include <math.h>

#include "canvas/draw-selection.h"

/* Device pixels of the longer side of what is painted to be bent. */
#define SOURCE_MAX 8192.0

static DrawScene *
query_moved (gpointer data, const BoardRect *area)
{
  const DrawMoved *moved = data;
  DrawScene *scene = draw_scene_new (moved->images);

  for (guint i = 0; i < moved->elements->len; i++)
    {
      BoardElement *element = moved->elements->pdata[i];
      BoardRect bounds;

      board_element_get_bounds (element, &bounds);
      if (board_rect_intersects (&bounds, area))
        draw_scene_add (scene, moved->document, element, 1);
    }
  return scene;
}

void
draw_canvas_moved_free (DrawMoved *moved)
{
  g_signal_handler_disconnect (moved->layer, moved->changed_handler);
  draw_tile_layer_stop (moved->layer);
  g_object_unref (moved->layer);
  g_object_unref (moved->document);
  g_ptr_array_unref (moved->elements);
  g_free (moved);
}

static int
compare_order (gconstpointer a, gconstpointer b)
{
  return draw_scene_compare (*(BoardElement *const *) a, *(BoardElement *const *) b);
}

static void
on_moved_changed (DrawTileLayer *layer, gpointer data)
{
  gtk_widget_queue_draw (GTK_WIDGET (data));
}

/* Where the elements are. */
static void
get_bounds (const DrawMoved *moved, BoardRect *bounds)
{
  *bounds = (BoardRect){ 0, 0, 0, 0 };
  for (guint i = 0; i < moved->elements->len; i++)
    {
      BoardRect rect;

      board_element_get_bounds (moved->elements->pdata[i], &rect);
      board_rect_union (bounds, &rect, bounds);
    }
}

DrawMoved *
draw_canvas_moved_new (DrawCanvas *self, GPtrArray *ids)
{
  DrawMoved *moved = g_new0 (DrawMoved, 1);

  moved->elements = draw_selection_get_elements (self->document, ids);
  g_ptr_array_sort (moved->elements, compare_order);
  moved->document = g_object_ref (self->document);
  moved->images = self->images;
  get_bounds (moved, &moved->bounds);
  moved->layer = draw_tile_layer_new (query_moved, moved);
  draw_tile_layer_set_dark (moved->layer, self->dark);
  moved->changed_handler
      = g_signal_connect (moved->layer, "changed", G_CALLBACK (on_moved_changed), self);
  return moved;
}

/* ---- resized or turned: the picture of what was, bent ---- */

/* The box around what becomes of a box. */
static void
transform_box (const cairo_matrix_t *matrix, const BoardRect *from, BoardRect *to)
{
  double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;

  for (guint i = 0; i < 4; i++)
    {
      double x = from->x + (i % 2) * from->width, y = from->y + (i / 2) * from->height;

      cairo_matrix_transform_point (matrix, &x, &y);
      left = MIN (left, x);
      right = MAX (right, x);
      top = MIN (top, y);
      bottom = MAX (bottom, y);
    }
  *to = (BoardRect){ left, top, right - left, bottom - top };
}

static gboolean
intersect (const BoardRect *a, const BoardRect *b, BoardRect *both)
{
  both->x = MAX (a->x, b->x);
  both->y = MAX (a->y, b->y);
  both->width = MIN (a->x + a->width, b->x + b->width) - both->x;
  both->height = MIN (a->y + a->height, b->y + b->height) - both->y;
  return both->width > 0 && both->height > 0;
}

/* The view in which the layer paints what will be seen, about as large as it will be seen. FALSE:
 * nothing will. */
static gboolean
get_source_view (const DrawMoved *moved, const DrawView *view, DrawView *there)
{
  const BoardRect visible
      = { (double) view->left / view->scale, (double) view->top / view->scale,
          view->width / view->scale, view->height / view->scale };
  const cairo_matrix_t *m = &moved->matrix;
  cairo_matrix_t back = *m;
  BoardRect area;
  double side;

  if (cairo_matrix_invert (&back) != CAIRO_STATUS_SUCCESS)
    return FALSE;
  transform_box (&back, &visible, &area);
  if (!intersect (&area, &moved->bounds, &area))
    return FALSE;
  *there = *view;
  there->scale = view->scale * CLAMP (sqrt (fabs (m->xx * m->yy - m->xy * m->yx)), 0.05, 20);
  side = MAX (area.width, area.height) * there->scale;
  if (side > SOURCE_MAX)
    there->scale *= SOURCE_MAX / side;
  there->left = (int64_t) floor (area.x * there->scale);
  there->top = (int64_t) floor (area.y * there->scale);
  there->width = (int) ceil (area.width * there->scale) + 1;
  there->height = (int) ceil (area.height * there->scale) + 1;
  return TRUE;
}

/* From widget pixels of the one view to those of the other, by way of the board. */
static void
get_way (const DrawMoved *moved,
         const DrawView *there,
         const DrawView *view,
         graphene_matrix_t *way)
{
  const cairo_matrix_t *m = &moved->matrix;
  const double zoom = view->scale / there->scale, device = view->device_scale;
  const double left = (double) there->left, top = (double) there->top;

  graphene_matrix_init_from_2d (
      way, zoom * m->xx, zoom * m->yx, zoom * m->xy, zoom * m->yy,
      (zoom * (m->xx * left + m->xy * top) + view->scale * m->x0 - (double) view->left) / device,
      (zoom * (m->yx * left + m->yy * top) + view->scale * m->y0 - (double) view->top) / device);
}

static void
shaped_snapshot (const DrawMoved *moved, GtkSnapshot *snapshot, const DrawView *view)
{
  graphene_matrix_t way;
  DrawView there;

  if (!get_source_view (moved, view, &there))
    return;
  get_way (moved, &there, view, &way);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_transform_matrix (snapshot, &way);
  draw_tile_layer_snapshot (moved->layer, snapshot, &there);
  gtk_snapshot_restore (snapshot);
}

void
draw_canvas_moved_shape (DrawMoved *moved, const graphene_matrix_t *matrix)
{
  cairo_matrix_t *m = &moved->matrix;

  moved->is_shaped
      = graphene_matrix_to_2d (matrix, &m->xx, &m->yx, &m->xy, &m->yy, &m->x0, &m->y0);
}

/* ---- both ---- */

void
draw_canvas_moved_get_bounds (const DrawMoved *moved, BoardRect *bounds)
{
  *bounds = moved->bounds;
  bounds->x += moved->dx;
  bounds->y += moved->dy;
  if (moved->is_shaped)
    transform_box (&moved->matrix, &moved->bounds, bounds);
}

void
draw_canvas_moved_snapshot (const DrawMoved *moved, GtkSnapshot *snapshot, const DrawView *view)
{
  DrawView there = *view;

  if (moved->is_shaped)
    {
      shaped_snapshot (moved, snapshot, view);
      return;
    }
  there.left -= llround (moved->dx * view->scale);
  there.top -= llround (moved->dy * view->scale);
  draw_tile_layer_snapshot (moved->layer, snapshot, &there);
}

gboolean
draw_canvas_moved_contains (const DrawMoved *moved, BoardElement *element)
{
  /* In z-order, so it can be looked up. */
  guint low = 0, high = moved->elements->len;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;
      const int order = compare_order (&moved->elements->pdata[middle], &element);

      if (order == 0)
        return TRUE;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}
