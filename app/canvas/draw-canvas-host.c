/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-canvas-private.h"

#include <math.h>

#include "canvas/draw-painter.h"

/* ms between two casts of the own ink. */
#define CAST_INTERVAL 25
/* Points of one cast: far below BOARD_MAX_CAST_BODY. */
#define CAST_POINTS 800
/* µs that something wet waits for its tiles at most: its op may have been refused. */
#define DRYING_MAX (3 * G_USEC_PER_SEC)
/* Widget pixels that ink runs ahead of the pen at most. */
#define PREDICTION_MAX 24.0
/* How much is left of what is about to be erased. */
#define FADED_ALPHA 0.25

/* ---- what is drying ---- */

static void
drying_free (gpointer data)
{
  DrawDrying *drying = data;

  g_clear_pointer (&drying->ink, draw_wet_stroke_free);
  g_clear_pointer (&drying->moved, draw_canvas_moved_free);
  g_clear_pointer (&drying->element, board_element_unref);
  g_free (drying);
}

static gboolean
on_drying_deadline (gpointer data)
{
  DrawCanvas *self = DRAW_CANVAS (data);

  self->drying_source = 0;
  draw_canvas_host_dry (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
add_drying (DrawCanvas *self, DrawDrying *drying)
{
  drying->deadline = g_get_monotonic_time () + DRYING_MAX;
  g_ptr_array_add (self->drying, drying);
  if (self->drying_source == 0)
    self->drying_source
        = g_timeout_add (DRYING_MAX / G_TIME_SPAN_MILLISECOND + 1, on_drying_deadline, self);
}

static void
add_drying_ink (DrawCanvas *self, DrawWetStroke *ink, gboolean landed)
{
  DrawDrying *drying = g_new0 (DrawDrying, 1);

  drying->ink = ink;
  drying->landed = landed;
  draw_wet_stroke_get_bounds (ink, &drying->area);
  add_drying (self, drying);
}

void
draw_canvas_host_dry (DrawCanvas *self)
{
  const int64_t now = g_get_monotonic_time ();

  for (guint i = self->drying->len; i-- > 0;)
    {
      const DrawDrying *drying = self->drying->pdata[i];

      if (now >= drying->deadline
          || (drying->landed && draw_tile_layer_is_ready (self->tiles, &drying->area)))
        g_ptr_array_remove_index (self->drying, i);
    }
  if (self->drying->len == 0)
    g_clear_handle_id (&self->drying_source, g_source_remove);
  else if (self->drying_source == 0)
    self->drying_source
        = g_timeout_add (DRYING_MAX / G_TIME_SPAN_MILLISECOND + 1, on_drying_deadline, self);
}

/* Whether the document shows what is drying as the board has it now. */
static gboolean
has_landed (DrawCanvas *self, const DrawDrying *drying)
{
  const char *id;

  if (drying->moved != NULL)
    return TRUE;
  id = drying->ink != NULL ? draw_wet_stroke_get_id (drying->ink)
                           : board_element_get_id (drying->element);
  return board_document_get_element (self->document, id) != NULL;
}

void
draw_canvas_host_update (DrawCanvas *self)
{
  g_autoptr (GPtrArray) dry = draw_peers_take_dry (self->peers, self->document);

  self->op_waits = FALSE;
  for (guint i = 0; i < self->drying->len; i++)
    {
      DrawDrying *drying = self->drying->pdata[i];

      drying->landed |= has_landed (self, drying);
    }
  g_ptr_array_set_free_func (dry, NULL);
  for (guint i = 0; i < dry->len; i++)
    add_drying_ink (self, dry->pdata[i], TRUE);
  draw_canvas_host_dry (self);
}

void
draw_canvas_host_set_dark (DrawCanvas *self)
{
  if (self->ink != NULL)
    draw_wet_stroke_set_dark (self->ink, self->dark);
  if (self->moved != NULL)
    draw_tile_layer_set_dark (self->moved->layer, self->dark);
  for (guint i = 0; i < self->drying->len; i++)
    {
      const DrawDrying *drying = self->drying->pdata[i];

      if (drying->ink != NULL)
        draw_wet_stroke_set_dark (drying->ink, self->dark);
      else if (drying->moved != NULL)
        draw_tile_layer_set_dark (drying->moved->layer, self->dark);
    }
}

void
draw_canvas_host_reset (DrawCanvas *self)
{
  g_clear_handle_id (&self->ink_source, g_source_remove);
  g_clear_handle_id (&self->drying_source, g_source_remove);
  g_clear_pointer (&self->ink, draw_wet_stroke_free);
  g_clear_pointer (&self->moved, draw_canvas_moved_free);
  g_clear_pointer (&self->moved_ids, g_ptr_array_unref);
  g_clear_pointer (&self->faded, g_hash_table_unref);
  g_clear_pointer (&self->shape, board_element_unref);
  g_clear_pointer (&self->stand_ins, g_ptr_array_unref);
  self->has_band = FALSE;
  if (self->drying == NULL)
    self->drying = g_ptr_array_new_with_free_func (drying_free);
  g_ptr_array_set_size (self->drying, 0);
}

/* ---- painting ---- */

static double
get_alpha (DrawCanvas *self, BoardElement *element)
{
  return self->faded != NULL && g_hash_table_contains (self->faded, board_element_get_id (element))
             ? FADED_ALPHA
             : 1;
}

typedef struct {
  DrawCanvas *canvas;
  DrawScene *scene;
} Query;

static void
add_to_scene (BoardElement *element, gpointer data)
{
  const Query *query = data;
  DrawCanvas *self = query->canvas;

  if (!draw_canvas_has_stand_in (self, element) && !draw_canvas_is_written (self, element)
      && (self->moved == NULL || !draw_canvas_moved_contains (self->moved, element)))
    draw_scene_add (query->scene, self->document, element, get_alpha (self, element));
}

gboolean
draw_canvas_shows_otherwise (DrawCanvas *self)
{
  return self->stand_ins != NULL || self->moved != NULL || self->faded != NULL
         || self->writing != NULL;
}

DrawScene *
draw_canvas_query (gpointer data, const BoardRect *area)
{
  Query query = { DRAW_CANVAS (data) };

  if (query.canvas->document == NULL)
    return NULL;
  if (!draw_canvas_shows_otherwise (query.canvas))
    return draw_scene_new_for_tile (query.canvas->document, area, query.canvas->images);
  query.scene = draw_scene_new (query.canvas->images);
  board_document_foreach (query.canvas->document, area, add_to_scene, &query);
  return query.scene;
}

/* Only for what a tool is about to make. */
void
draw_canvas_element_snapshot (DrawCanvas *self,
                              BoardElement *element,
                              GtkSnapshot *snapshot,
                              const DrawView *view)
{
  const DrawPainterItem item = { .element = element, .alpha = 1 };
  DrawPainting painting = { .scale = view->scale, .dark = self->dark, .images = self->images };
  double left, top, right, bottom, x, y;
  BoardRect bounds;
  cairo_t *cr;

  board_element_get_bounds (element, &bounds);
  draw_viewport_to_widget (self->viewport, bounds.x, bounds.y, &left, &top);
  draw_viewport_to_widget (self->viewport, bounds.x + bounds.width, bounds.y + bounds.height,
                           &right, &bottom);
  left = floor (MAX (left, 0));
  top = floor (MAX (top, 0));
  right = ceil (MIN (right, gtk_widget_get_width (GTK_WIDGET (self))));
  bottom = ceil (MIN (bottom, gtk_widget_get_height (GTK_WIDGET (self))));
  if (right <= left || bottom <= top)
    return;
  draw_viewport_to_board (self->viewport, left, top, &x, &y);
  draw_viewport_to_board (self->viewport, right, bottom, &painting.clip.width,
                          &painting.clip.height);
  painting.clip = (BoardRect){ x, y, painting.clip.width - x, painting.clip.height - y };

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) left, (float) top,
                                                                 (float) (right - left),
                                                                 (float) (bottom - top)));
  cairo_translate (cr, left, top);
  cairo_scale (cr, draw_viewport_get_scale (self->viewport),
               draw_viewport_get_scale (self->viewport));
  cairo_translate (cr, -x, -y);
  draw_painter_paint (cr, &item, &painting);
  cairo_destroy (cr);
}

void
draw_canvas_host_snapshot (DrawCanvas *self, GtkSnapshot *snapshot, const DrawView *view)
{
  for (guint i = 0; i < self->drying->len; i++)
    {
      const DrawDrying *drying = self->drying->pdata[i];

      if (drying->ink != NULL)
        draw_wet_stroke_snapshot (drying->ink, snapshot, view);
      else if (drying->moved != NULL)
        draw_canvas_moved_snapshot (drying->moved, snapshot, view);
      else
        draw_canvas_element_snapshot (self, drying->element, snapshot, view);
    }
  if (self->moved != NULL)
    draw_canvas_moved_snapshot (self->moved, snapshot, view);
  if (self->ink != NULL)
    draw_wet_stroke_snapshot (self->ink, snapshot, view);
  if (self->shape != NULL)
    draw_canvas_element_snapshot (self, self->shape, snapshot, view);
  draw_canvas_stand_ins_snapshot (self, snapshot, view);
}

static void
invalidate_element (DrawCanvas *self, const char *id)
{
  BoardElement *element
      = self->document != NULL ? board_document_get_element (self->document, id) : NULL;
  BoardRect bounds;

  if (element == NULL)
    return;
  board_element_get_bounds (element, &bounds);
  draw_tile_layer_invalidate (self->tiles, &bounds);
}

/* ---- the own ink, to be cast ---- */

static void
emit_ink (DrawCanvas *self, BoardCast *cast)
{
  g_signal_emit (self, draw_canvas_signals[DRAW_CANVAS_INK], 0, cast);
}

/* Casts points from ink_cast on, as many as fit. */
static void
cast_points (DrawCanvas *self)
{
  const BoardPoint *points = draw_wet_stroke_get_points (self->ink);
  const guint n = MIN (draw_wet_stroke_get_n_points (self->ink) - self->ink_cast, CAST_POINTS);
  const gboolean near = draw_viewport_get_scale (self->viewport) >= BOARD_FINE_SCALE;
  g_autofree BoardPoint *relative = g_memdup2 (points + self->ink_cast, n * sizeof (BoardPoint));
  g_autoptr (BoardCast) cast = board_cast_new (BOARD_CAST_INK);

  for (guint i = 0; i < n; i++)
    {
      relative[i].x -= points[0].x;
      relative[i].y -= points[0].y;
    }
  cast->id = g_strdup (draw_wet_stroke_get_id (self->ink));
  cast->color = g_strdup (draw_wet_stroke_get_color (self->ink));
  cast->width = draw_wet_stroke_get_width (self->ink);
  cast->has_place = TRUE;
  cast->x = points[0].x;
  cast->y = points[0].y;
  cast->from = self->ink_cast;
  cast->points = board_stroke_new_with_precision (
      relative, n, near ? BOARD_PRECISION_FINE : BOARD_PRECISION_USUAL);
  self->ink_cast += n;
  emit_ink (self, cast);
}

static gboolean
on_cast_time (gpointer data)
{
  DrawCanvas *self = DRAW_CANVAS (data);

  if (self->ink != NULL && draw_wet_stroke_get_n_points (self->ink) > self->ink_cast)
    {
      cast_points (self);
      return G_SOURCE_CONTINUE;
    }
  self->ink_source = 0;
  return G_SOURCE_REMOVE;
}

static void
cast_end (DrawCanvas *self)
{
  g_autoptr (BoardCast) cast = board_cast_new (BOARD_CAST_INK_END);

  cast->id = g_strdup (draw_wet_stroke_get_id (self->ink));
  emit_ink (self, cast);
}

/* ---- DrawToolHost ---- */

static BoardDocument *
draw_canvas_host_get_document (DrawToolHost *host)
{
  return DRAW_CANVAS (host)->document;
}

static DrawViewport *
draw_canvas_host_get_viewport (DrawToolHost *host)
{
  return DRAW_CANVAS (host)->viewport;
}

static double
draw_canvas_host_get_grid (DrawToolHost *host)
{
  return DRAW_CANVAS (host)->snap_grid ? DRAW_PAPER_SPACING : 0;
}

static GPtrArray *
draw_canvas_host_get_selection (DrawToolHost *host)
{
  return DRAW_CANVAS (host)->selection;
}

static void
draw_canvas_host_set_selection (DrawToolHost *host, GPtrArray *ids)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    g_ptr_array_add (copy, g_strdup (ids->pdata[i]));
  draw_canvas_take_selection (DRAW_CANVAS (host), copy);
}

static void
draw_canvas_host_emit_op (DrawToolHost *host, BoardOp *op)
{
  DrawCanvas *self = DRAW_CANVAS (host);

  if (self->read_only || board_op_get_n_changes (op) == 0)
    return;
  self->op_waits = TRUE;
  g_signal_emit (self, draw_canvas_signals[DRAW_CANVAS_OP], 0, op);
}

static void
draw_canvas_host_act (DrawToolHost *host, gboolean begin)
{
  g_signal_emit (host, draw_canvas_signals[DRAW_CANVAS_ACT], 0, begin);
}

static void
draw_canvas_host_ink_begin (DrawToolHost *host, const char *id, const char *color, double width)
{
  DrawCanvas *self = DRAW_CANVAS (host);

  g_clear_pointer (&self->ink, draw_wet_stroke_free);
  self->ink = draw_wet_stroke_new (id, color, width);
  draw_wet_stroke_set_dark (self->ink, self->dark);
  self->ink_cast = 0;
}

/* ms between two frames; 0 when there are none. */
static double
get_frame_time (DrawCanvas *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));
  int64_t interval = 0;

  if (clock != NULL)
    gdk_frame_clock_get_refresh_info (clock, gdk_frame_clock_get_frame_time (clock), &interval,
                                      NULL);
  return (double) interval / G_TIME_SPAN_MILLISECOND;
}

static void
draw_canvas_host_ink_set_points (DrawToolHost *host,
                                 guint from,
                                 const BoardPoint *points,
                                 gsize n_points)
{
  DrawCanvas *self = DRAW_CANVAS (host);

  if (self->ink == NULL)
    return;
  draw_wet_stroke_set_points (self->ink, from, points, n_points);
  if (self->predict)
    draw_wet_stroke_predict (self->ink, get_frame_time (self),
                             PREDICTION_MAX / draw_viewport_get_scale (self->viewport));
  self->ink_cast = MIN (self->ink_cast, from);
  if (self->ink_source == 0)
    self->ink_source = g_timeout_add (CAST_INTERVAL, on_cast_time, self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
draw_canvas_host_ink_end (DrawToolHost *host, gboolean keep)
{
  DrawCanvas *self = DRAW_CANVAS (host);

  if (self->ink == NULL)
    return;
  draw_wet_stroke_predict (self->ink, 0, 0);
  if (keep)
    add_drying_ink (self, g_steal_pointer (&self->ink), FALSE);
  else
    cast_end (self);
  g_clear_pointer (&self->ink, draw_wet_stroke_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
draw_canvas_host_show_band (DrawToolHost *host, const BoardRect *band)
{
  DrawCanvas *self = DRAW_CANVAS (host);

  if (band == NULL && !self->has_band)
    return;
  self->has_band = band != NULL;
  if (band != NULL)
    self->band = *band;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The elements are where they were again, or where the op has put them; the tiles there are painted
 * anew, and until they are, what was shown stays. */
static void
end_moved (DrawCanvas *self)
{
  DrawDrying *drying = g_new0 (DrawDrying, 1);
  BoardRect here, there;

  here = self->moved->bounds;
  draw_canvas_moved_get_bounds (self->moved, &there);
  drying->moved = g_steal_pointer (&self->moved);
  drying->area = there;
  drying->landed = !self->op_waits;
  g_clear_pointer (&self->moved_ids, g_ptr_array_unref);
  draw_tile_layer_invalidate (self->tiles, &here);
  draw_tile_layer_invalidate (self->tiles, &there);
  add_drying (self, drying);
}

static void
begin_moved (DrawCanvas *self, GPtrArray *ids)
{
  self->moved = draw_canvas_moved_new (self, ids);
  self->moved_ids = g_ptr_array_ref (ids);
  draw_tile_layer_invalidate (self->tiles, &self->moved->bounds);
}

/* Those, and no others. */
static void
change_moved (DrawCanvas *self, GPtrArray *ids)
{
  if (self->moved != NULL && self->moved_ids != ids)
    end_moved (self);
  if (self->moved == NULL && ids != NULL && self->document != NULL)
    begin_moved (self, ids);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
draw_canvas_host_show_moved (DrawToolHost *host, GPtrArray *ids, double dx, double dy)
{
  DrawCanvas *self = DRAW_CANVAS (host);

  change_moved (self, ids);
  if (self->moved != NULL && isfinite (dx) && isfinite (dy))
    {
      self->moved->dx = dx;
      self->moved->dy = dy;
    }
}

static void
draw_canvas_host_show_shaped (DrawToolHost *host, GPtrArray *ids, const graphene_matrix_t *matrix)
{
  DrawCanvas *self = DRAW_CANVAS (host);

  change_moved (self, ids);
  if (self->moved != NULL && matrix != NULL)
    draw_canvas_moved_shape (self->moved, matrix);
}

static gboolean
draw_canvas_host_get_picture_size (DrawToolHost *host, const char *file_id, int *width, int *height)
{
  DrawCanvas *self = DRAW_CANVAS (host);
  cairo_surface_t *surface
      = self->images != NULL
            ? draw_images_lookup (self->images, file_id, 1, 1, NULL, width, height)
            : NULL;

  if (surface == NULL)
    return FALSE;
  cairo_surface_destroy (surface);
  return *width > 0 && *height > 0;
}

static void
draw_canvas_host_show_faded (DrawToolHost *host, GPtrArray *ids)
{
  DrawCanvas *self = DRAW_CANVAS (host);
  g_autoptr (GHashTable) before = g_steal_pointer (&self->faded);
  GHashTableIter iter;
  gpointer id;

  if (ids != NULL)
    self->faded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_hash_table_add (self->faded, g_strdup (ids->pdata[i]));
      if (before == NULL || !g_hash_table_contains (before, ids->pdata[i]))
        invalidate_element (self, ids->pdata[i]);
    }
  if (before == NULL)
    return;
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (self->faded == NULL || !g_hash_table_contains (self->faded, id))
      invalidate_element (self, id);
}

/* An op that was emitted for what is shown makes it stay until the tiles show it. */
void
draw_canvas_host_dry_element (DrawCanvas *self, BoardElement *element)
{
  DrawDrying *drying = g_new0 (DrawDrying, 1);

  drying->element = board_element_ref (element);
  board_element_get_bounds (drying->element, &drying->area);
  drying->landed = !self->op_waits;
  add_drying (self, drying);
}

static void
draw_canvas_host_show_element (DrawToolHost *host, BoardElement *element)
{
  DrawCanvas *self = DRAW_CANVAS (host);
  const char *id = self->shape != NULL ? board_element_get_id (self->shape) : NULL;

  if (id != NULL && element == NULL
      && (self->op_waits
          || (self->document != NULL && board_document_get_element (self->document, id) != NULL)))
    draw_canvas_host_dry_element (self, self->shape);
  g_clear_pointer (&self->shape, board_element_unref);
  if (element != NULL)
    self->shape = board_element_ref (element);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
draw_canvas_host_show_stand_ins (DrawToolHost *host, GPtrArray *elements)
{
  draw_canvas_set_stand_ins (DRAW_CANVAS (host), elements);
}

static void
draw_canvas_host_marks_changed (DrawToolHost *host)
{
  gtk_widget_queue_draw (GTK_WIDGET (host));
}

static void
draw_canvas_host_done (DrawToolHost *host)
{
  g_signal_emit (host, draw_canvas_signals[DRAW_CANVAS_TOOL_DONE], 0);
}

static gboolean
draw_canvas_host_walk (DrawToolHost *host, int direction)
{
  return draw_canvas_walk (DRAW_CANVAS (host), direction);
}

static void
draw_canvas_host_cast (DrawToolHost *host, BoardCast *cast)
{
  emit_ink (DRAW_CANVAS (host), cast);
}

static void
draw_canvas_host_write (DrawToolHost *host, DrawWriting *writing)
{
  draw_canvas_begin_writing (DRAW_CANVAS (host), writing);
}

void
draw_canvas_host_init (DrawToolHostInterface *iface)
{
  iface->get_document = draw_canvas_host_get_document;
  iface->get_viewport = draw_canvas_host_get_viewport;
  iface->get_grid = draw_canvas_host_get_grid;
  iface->get_selection = draw_canvas_host_get_selection;
  iface->set_selection = draw_canvas_host_set_selection;
  iface->emit_op = draw_canvas_host_emit_op;
  iface->act = draw_canvas_host_act;
  iface->ink_begin = draw_canvas_host_ink_begin;
  iface->ink_set_points = draw_canvas_host_ink_set_points;
  iface->ink_end = draw_canvas_host_ink_end;
  iface->show_band = draw_canvas_host_show_band;
  iface->show_moved = draw_canvas_host_show_moved;
  iface->show_shaped = draw_canvas_host_show_shaped;
  iface->get_picture_size = draw_canvas_host_get_picture_size;
  iface->show_faded = draw_canvas_host_show_faded;
  iface->show_element = draw_canvas_host_show_element;
  iface->show_stand_ins = draw_canvas_host_show_stand_ins;
  iface->marks_changed = draw_canvas_host_marks_changed;
  iface->done = draw_canvas_host_done;
  iface->walk = draw_canvas_host_walk;
  iface->cast = draw_canvas_host_cast;
  iface->write = draw_canvas_host_write;
}
