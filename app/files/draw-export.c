/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "files/draw-export-private.h"

#include <math.h>

#include "board/board-limits.h"
#include "canvas/draw-scene.h"
#include "canvas/draw-shape.h"

/* Elements that are painted between two looks at the cancellable. */
#define PART 400
/* How long one more picture is waited for; then boxes stand for those that are not there. */
#define IMAGES_TIMEOUT_S 10

static void
add_margin (BoardRect *rect)
{
  rect->x -= DRAW_EXPORT_MARGIN;
  rect->y -= DRAW_EXPORT_MARGIN;
  rect->width += 2 * DRAW_EXPORT_MARGIN;
  rect->height += 2 * DRAW_EXPORT_MARGIN;
}

/* --- pages --- */

static void
get_box (BoardElement *frame, BoardRect *box)
{
  const double max = 2 * BOARD_COORDINATE_MAX;

  *box = (BoardRect){ board_element_get_x (frame), board_element_get_y (frame),
                      draw_shape_get_number (frame, "width", 1, max, 1),
                      draw_shape_get_number (frame, "height", 1, max, 1) };
}

/* Row by row; frames whose heights overlap by half are in one row. */
static int
compare_pages (gconstpointer a, gconstpointer b)
{
  const BoardRect *left = a, *right = b;
  const double overlap = MIN (left->y + left->height, right->y + right->height)
                         - MAX (left->y, right->y);

  if (overlap > 0.5 * MIN (left->height, right->height))
    return left->x < right->x ? -1 : left->x > right->x;
  return left->y < right->y ? -1 : left->y > right->y;
}

static gboolean
is_frame (BoardElement *element)
{
  return element != NULL && board_element_get_kind (element) == BOARD_ELEMENT_FRAME;
}

static gboolean
is_in_frame (BoardDocument *document, BoardElement *element)
{
  const char *id = board_element_get_frame_id (element);

  return is_frame (element)
         || (id != NULL && is_frame (board_document_get_element (document, id)));
}

static void
make_pages (DrawExport *self, BoardDocument *document, GPtrArray *elements)
{
  gboolean loose = FALSE;

  for (guint i = 0; i < elements->len; i++)
    {
      BoardElement *element = elements->pdata[i];
      BoardRect box;

      loose = loose || !is_in_frame (document, element);
      if (!is_frame (element))
        continue;
      get_box (element, &box);
      g_array_append_val (self->pages, box);
    }
  g_array_sort (self->pages, compare_pages);
  if (loose || self->pages->len == 0)
    g_array_prepend_val (self->pages, self->bounds);
}

/* --- the scene, in parts --- */

static void
take_elements (DrawExport *self, BoardDocument *document, GPtrArray *elements, DrawImages *images)
{
  for (guint i = 0; i < elements->len; i++)
    {
      BoardRect bounds;

      if (i % PART == 0)
        g_ptr_array_add (self->parts, draw_scene_new (images));
      draw_scene_add (self->parts->pdata[self->parts->len - 1], document, elements->pdata[i], 1);
      board_element_get_bounds (elements->pdata[i], &bounds);
      board_rect_union (&self->bounds, &bounds, &self->bounds);
    }
}

/* The elements of these ids and what belongs to them, in z-order. */
static GPtrArray *
choose (BoardDocument *document, GPtrArray *ids, DrawImages *images)
{
  g_autoptr (DrawScene) scene = NULL;
  GPtrArray *elements;

  if (ids == NULL)
    return board_document_query (document, NULL);
  scene = draw_scene_new_for_ids (document, ids, images);
  elements = g_ptr_array_new_with_free_func ((GDestroyNotify) board_element_unref);
  for (guint i = 0; i < draw_scene_get_n_elements (scene); i++)
    g_ptr_array_add (elements, board_element_ref (draw_scene_get_element (scene, i)));
  return elements;
}

DrawExport *
draw_export_new (BoardDocument *document, GPtrArray *ids, DrawImages *images)
{
  DrawExport *self;
  g_autoptr (GPtrArray) elements = NULL;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), NULL);

  self = g_new0 (DrawExport, 1);
  g_atomic_ref_count_init (&self->refs);
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) draw_scene_unref);
  self->pages = g_array_new (FALSE, FALSE, sizeof (BoardRect));
  elements = choose (document, ids, images);
  take_elements (self, document, elements, images);
  add_margin (&self->bounds);
  make_pages (self, document, elements);
  return self;
}

DrawExport *
draw_export_ref (DrawExport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
draw_export_unref (DrawExport *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->parts);
  g_array_unref (self->pages);
  g_free (self->title);
  g_free (self->payload);
  g_free (self);
}

gboolean
draw_export_is_empty (DrawExport *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->parts->len == 0;
}

void
draw_export_get_bounds (DrawExport *self, BoardRect *bounds)
{
  g_return_if_fail (self != NULL && bounds != NULL);

  *bounds = self->bounds;
}

void
draw_export_set_dark (DrawExport *self, gboolean dark)
{
  g_return_if_fail (self != NULL);

  self->dark = dark;
}

void
draw_export_set_title (DrawExport *self, const char *title)
{
  g_return_if_fail (self != NULL);

  g_free (self->title);
  self->title = g_strdup (title);
}

void
draw_export_take_payload (DrawExport *self, char *text, gsize length)
{
  g_return_if_fail (self != NULL);

  g_free (self->payload);
  self->payload = text;
  self->payload_length = length;
}

guint
draw_export_get_n_pages (DrawExport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->pages->len;
}

void
draw_export_get_page (DrawExport *self, guint page, BoardRect *area)
{
  g_return_if_fail (self != NULL && page < self->pages->len && area != NULL);

  *area = g_array_index (self->pages, BoardRect, page);
}

/* --- painting --- */

void
draw_export_start (DrawExport *self, guint n_paintings)
{
  self->n_done = 0;
  self->n_steps = MAX (n_paintings * self->parts->len, 1);
  g_atomic_int_set (&self->progress, 0);
}

double
draw_export_get_progress (DrawExport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_atomic_int_get (&self->progress) / 1000.0;
}

gboolean
draw_export_paint_area (DrawExport *self,
                        cairo_t *cr,
                        const BoardRect *area,
                        double scale,
                        GCancellable *cancellable)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      DrawScene *part = self->parts->pdata[i];
      const DrawPainting painting = {
        .clip = *area,
        .scale = scale,
        .dark = self->dark,
        .images = draw_scene_get_images (part),
        .names = TRUE,
      };

      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      draw_scene_paint (part, cr, &painting);
      self->n_done++;
      g_atomic_int_set (&self->progress,
                        (int) MIN (1000.0 * self->n_done / MAX (self->n_steps, 1), 1000.0));
    }
  return TRUE;
}

gboolean
draw_export_paint_rect (DrawExport *self,
                        cairo_t *cr,
                        const BoardRect *area,
                        double scale,
                        GCancellable *cancellable)
{
  gboolean done;

  g_return_val_if_fail (self != NULL && cr != NULL && area != NULL, FALSE);
  g_return_val_if_fail (scale > 0, FALSE);

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, area->width, area->height);
  cairo_clip (cr);
  cairo_translate (cr, -area->x, -area->y);
  done = draw_export_paint_area (self, cr, area, scale, cancellable);
  cairo_restore (cr);
  return done;
}

gboolean
draw_export_paint_page (
    DrawExport *self, cairo_t *cr, guint page, double scale, GCancellable *cancellable)
{
  g_return_val_if_fail (self != NULL && page < self->pages->len, FALSE);

  return draw_export_paint_rect (self, cr, &g_array_index (self->pages, BoardRect, page), scale,
                                 cancellable);
}

cairo_surface_t *
draw_export_make_thumbnail (DrawExport *self, int width, int height)
{
  cairo_surface_t *surface;
  double scale;
  cairo_t *cr;

  g_return_val_if_fail (self != NULL && width > 0 && height > 0, NULL);

  if (draw_export_is_empty (self))
    return NULL;
  /* A single dot is not blown up. */
  scale = MIN (MIN (width / self->bounds.width, height / self->bounds.height), 1);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_translate (cr, (width - self->bounds.width * scale) / 2,
                   (height - self->bounds.height * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -self->bounds.x, -self->bounds.y);
  draw_export_paint_area (self, cr, &self->bounds, scale, NULL);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* --- as files --- */

GBytes *
draw_export_run (DrawExport *self,
                 const DrawExportOptions *options,
                 GCancellable *cancellable,
                 GError **error)
{
  g_return_val_if_fail (self != NULL && options != NULL, NULL);

  switch (options->format)
    {
    case DRAW_EXPORT_PNG:
      return draw_export_make_png (self, options, cancellable, error);
    case DRAW_EXPORT_SVG:
      return draw_export_make_svg (self, options, cancellable, error);
    case DRAW_EXPORT_PDF:
      return draw_export_make_pdf (self, cancellable, error);
    default:
      g_return_val_if_reached (NULL);
    }
}

typedef struct {
  DrawExport *self; /* owned */
  DrawExportOptions options;
  DrawImages *images; /* owned */
  gulong handler;     /* of the images, while they are waited for */
  guint timeout_id;
} Run;

static void
run_free (Run *run)
{
  g_clear_object (&run->images);
  draw_export_unref (run->self);
  g_free (run);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Run *run = task_data;
  GError *error = NULL;
  GBytes *bytes = draw_export_run (run->self, &run->options, cancellable, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static gboolean
has_images (DrawExport *self)
{
  gboolean all = TRUE;

  /* Each is asked for its own. */
  for (guint i = 0; i < self->parts->len; i++)
    all = draw_scene_has_images (self->parts->pdata[i]) && all;
  return all;
}

static void
start_thread (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  g_clear_handle_id (&run->timeout_id, g_source_remove);
  g_task_run_in_thread (task, run_in_thread);
  /* Last: the handler holds the task. */
  g_clear_signal_handler (&run->handler, run->images);
}

static gboolean
on_images_timeout (gpointer user_data)
{
  Run *run = g_task_get_task_data (user_data);

  run->timeout_id = 0;
  start_thread (user_data);
  return G_SOURCE_REMOVE;
}

static void
wait_on (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  g_clear_handle_id (&run->timeout_id, g_source_remove);
  run->timeout_id = g_timeout_add_seconds (IMAGES_TIMEOUT_S, on_images_timeout, task);
}

static void
on_images_changed (DrawImages *images, const char *file_id, const BoardRect *area, GTask *task)
{
  Run *run = g_task_get_task_data (task);

  if (has_images (run->self))
    start_thread (task);
  else
    wait_on (task);
}

static void
wait_for_images (GTask *task, DrawImages *images)
{
  Run *run = g_task_get_task_data (task);

  run->images = g_object_ref (images);
  run->handler
      = g_signal_connect_data (images, "changed", G_CALLBACK (on_images_changed),
                               g_object_ref (task), (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  wait_on (task);
}

void
draw_export_run_async (DrawExport *self,
                       const DrawExportOptions *options,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Run *run;

  g_return_if_fail (self != NULL && options != NULL);

  run = g_new0 (Run, 1);
  run->self = draw_export_ref (self);
  run->options = *options;
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, draw_export_run_async);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  if (has_images (self))
    g_task_run_in_thread (task, run_in_thread);
  else
    wait_for_images (task, draw_scene_get_images (self->parts->pdata[0]));
}

GBytes *
draw_export_run_finish (DrawExport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
