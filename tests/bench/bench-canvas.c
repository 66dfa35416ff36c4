/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The canvas over a board of many strokes: how long the main thread works for each frame while the
 * sheet is panned, zoomed and drawn on, by scripts that are functions of time, never of frames.
 * Needs a display; a window of 1280x800. One JSON object a line on stdout. */

#include <gtk/gtk.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "bench-board.h"
#include "canvas/draw-canvas-private.h"
#include "canvas/draw-memory.h"
#include "canvas/draw-tile-cache.h"
#include "tools/draw-tools.h"

#define WIDTH 1280
#define HEIGHT 800
#define SCRIPT_TIME 3.0 /* s */
#define OVERVIEW_SCALE 0.25 /* the whole board in a view of that size */
#define OUTLINES_COST (12 * 1024 * 1024) /* as draw-tile-painter.c */
#define PAN_SPEED 800.0
#define PAN_SIDE 600.0
#define ZOOM_OCTAVES 1.5 /* per second */
#define STROKE_SAMPLES 400
#define STROKE_INTERVAL 4 /* ms: a pen of 250 Hz */

typedef struct {
  GtkWidget *window;
  DrawCanvas *canvas;
  DrawViewport *viewport;
  BoardReplica *replica;

  int64_t busy;       /* µs outside of poll since the last frame */
  int64_t since;      /* when poll returned */
  int64_t cpu;        /* µs of CPU of this thread at the last frame */
  GArray *frames;     /* double: ms of busy time of each frame */
  GArray *cpu_frames; /* double: ms of CPU time of each frame */
  GArray *latencies;  /* double: ms */
  GArray *waiting;    /* int64: when samples were given that no frame has shown yet */
  guint n_frames;
  gboolean painted; /* a tile has come since the document was set */
  gboolean shown;   /* and a frame since */

  int64_t start; /* of the script */
  double x, y;
  gboolean running;
  guint sample;
} Bench;

static Bench bench;

static int64_t
get_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (int64_t) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static int
poll_measured (GPollFD *fds, guint n_fds, int timeout)
{
  int result;

  bench.busy += g_get_monotonic_time () - bench.since;
  result = g_poll (fds, n_fds, timeout);
  bench.since = g_get_monotonic_time ();
  return result;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
get_quantile (GArray *values, double q)
{
  if (values->len == 0)
    return 0;
  g_array_sort (values, compare_doubles);
  return g_array_index (values, double, MIN (values->len - 1, (guint) (values->len * q)));
}

static double
get_mean (GArray *values)
{
  double sum = 0;

  for (guint i = 0; i < values->len; i++)
    sum += g_array_index (values, double, i);
  return values->len > 0 ? sum / values->len : 0;
}

static void
report (const char *metric, double value, const char *unit)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  printf ("{\"bench\":\"canvas\",\"metric\":\"%s\",\"value\":%s,\"unit\":\"%s\"}\n", metric,
          g_ascii_formatd (number, sizeof number, "%.3f", value), unit);
  fflush (stdout);
}

static void
report_quantiles (const char *what, GArray *values)
{
  static const struct {
    const char *name;
    double q;
  } quantiles[] = { { "p50", 0.5 }, { "p99", 0.99 }, { "max", 1 } };

  g_autofree char *mean = g_strdup_printf ("%s_mean", what);

  report (mean, get_mean (values), "ms");
  for (guint i = 0; i < G_N_ELEMENTS (quantiles); i++)
    {
      g_autofree char *metric = g_strdup_printf ("%s_%s", what, quantiles[i].name);

      report (metric, get_quantile (values, quantiles[i].q), "ms");
    }
}

static void
on_after_paint (GdkFrameClock *clock, gpointer data)
{
  const int64_t now = g_get_monotonic_time (), cpu = get_cpu ();
  const double busy = (double) (bench.busy + now - bench.since) / 1000;
  const double cpu_ms = (double) (cpu - bench.cpu) / 1000;

  bench.n_frames++;
  bench.shown |= bench.painted;
  bench.busy = 0;
  bench.since = now;
  bench.cpu = cpu;
  if (bench.running)
    {
      g_array_append_val (bench.frames, busy);
      g_array_append_val (bench.cpu_frames, cpu_ms);
    }
  for (guint i = 0; i < bench.waiting->len; i++)
    {
      const double latency = (double) (now - g_array_index (bench.waiting, int64_t, i)) / 1000;

      g_array_append_val (bench.latencies, latency);
    }
  g_array_set_size (bench.waiting, 0);
}

static void
iterate_until (gboolean (*done) (void))
{
  while (!done ())
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_complete (void)
{
  return bench.n_frames > 1 && draw_canvas_is_complete (bench.canvas);
}

static gboolean
has_picture (void)
{
  return bench.n_frames > 0;
}

static gboolean
has_ink (void)
{
  return bench.shown;
}

static void
on_tiles_changed (DrawTileLayer *tiles, gpointer data)
{
  bench.painted = TRUE;
}

static gboolean
has_ended (void)
{
  return !bench.running;
}

/* Counts frames from now on. */
static void
begin_frames (void)
{
  g_array_set_size (bench.frames, 0);
  g_array_set_size (bench.cpu_frames, 0);
  bench.start = bench.since = g_get_monotonic_time ();
  bench.busy = 0;
  bench.cpu = get_cpu ();
  bench.running = TRUE;
}

static void
begin_script (GtkTickCallback tick)
{
  begin_frames ();
  bench.x = bench.y = 0;
  gtk_widget_add_tick_callback (GTK_WIDGET (bench.canvas), tick, NULL, NULL);
}

/* Along a square: right, down, left, up. */
static void
get_pan (double seconds, double *x, double *y)
{
  const double way = fmod (seconds * PAN_SPEED, 4 * PAN_SIDE), part = fmod (way, PAN_SIDE);

  switch ((int) (way / PAN_SIDE))
    {
    case 0:
      *x = part, *y = 0;
      break;
    case 1:
      *x = PAN_SIDE, *y = part;
      break;
    case 2:
      *x = PAN_SIDE - part, *y = PAN_SIDE;
      break;
    default:
      *x = 0, *y = PAN_SIDE - part;
    }
}

static gboolean
pan_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  const double seconds = (double) (g_get_monotonic_time () - bench.start) / G_USEC_PER_SEC;
  double x, y;

  if (seconds >= SCRIPT_TIME)
    {
      bench.running = FALSE;
      return G_SOURCE_REMOVE;
    }
  get_pan (seconds, &x, &y);
  draw_viewport_pan (bench.viewport, bench.x - x, bench.y - y);
  bench.x = x;
  bench.y = y;
  return G_SOURCE_CONTINUE;
}

/* 100 %, 200 %, 50 %, and on towards 141 %. */
static gboolean
zoom_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  const double seconds = (double) (g_get_monotonic_time () - bench.start) / G_USEC_PER_SEC;
  const double way = MIN (seconds, SCRIPT_TIME) * ZOOM_OCTAVES;

  draw_viewport_set_scale (bench.viewport, exp2 (way < 1 ? way : way < 3 ? 2 - way : way - 4));
  if (seconds < SCRIPT_TIME)
    return G_SOURCE_CONTINUE;
  bench.running = FALSE;
  return G_SOURCE_REMOVE;
}

static void
get_sample (guint i, DrawSample *sample)
{
  *sample = (DrawSample){ .pressure = 0.5f, .time = i * STROKE_INTERVAL };
  draw_viewport_to_board (bench.viewport, 340 + 600.0 * i / STROKE_SAMPLES,
                          330 + 120 * sin (i * 100.0 / STROKE_SAMPLES / 8), &sample->x, &sample->y);
}

static gboolean
on_sample_time (gpointer data)
{
  const int64_t now = g_get_monotonic_time ();
  DrawSample sample;

  get_sample (bench.sample, &sample);
  g_array_append_val (bench.waiting, now);
  if (bench.sample++ < STROKE_SAMPLES)
    {
      draw_canvas_move_tool (bench.canvas, &sample, 1, 0);
      return G_SOURCE_CONTINUE;
    }
  draw_canvas_end_tool (bench.canvas, &sample, 0);
  bench.running = FALSE;
  return G_SOURCE_REMOVE;
}

static void
draw_stroke (void)
{
  g_autoptr (DrawTool) pen = draw_pen_tool_new ();
  DrawSample sample;

  begin_frames ();
  g_array_set_size (bench.latencies, 0);
  bench.sample = 0;
  get_sample (0, &sample);
  draw_canvas_begin_tool (bench.canvas, pen, &sample, 0);
  g_timeout_add (STROKE_INTERVAL, on_sample_time, NULL);
  iterate_until (has_ended);
}

static void
on_op (DrawCanvas *canvas, BoardOp *op, gpointer data)
{
  g_autoptr (GError) error = NULL;

  board_replica_submit (bench.replica, op, &error);
  g_assert_no_error (error);
}

static void
on_replica_changed (BoardReplica *replica, BoardDamage *damage, gpointer data)
{
  draw_canvas_update (bench.canvas, damage);
}

static double
get_memory (void)
{
  g_autofree char *text = NULL;
  const char *pss;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return 0;
  pss = strstr (text, "\nPss:");
  return pss != NULL ? g_ascii_strtod (pss + 5, NULL) / 1024 : 0;
}

static void
open_window (void)
{
  const int64_t start = g_get_monotonic_time (), cpu = get_cpu ();

  bench.window = gtk_window_new ();
  bench.canvas = DRAW_CANVAS (draw_canvas_new ());
  bench.viewport = draw_canvas_get_viewport (bench.canvas);
  g_signal_connect (bench.canvas, "op", G_CALLBACK (on_op), NULL);
  gtk_window_set_decorated (GTK_WINDOW (bench.window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (bench.window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (bench.window), GTK_WIDGET (bench.canvas));
  gtk_widget_realize (bench.window);
  g_signal_connect (gtk_widget_get_frame_clock (bench.window), "after-paint",
                    G_CALLBACK (on_after_paint), NULL);
  gtk_window_present (GTK_WINDOW (bench.window));
  iterate_until (has_picture);
  report ("window", (double) (g_get_monotonic_time () - start) / 1000, "ms");
  report ("window_cpu", (double) (get_cpu () - cpu) / 1000, "ms");
}

static void
measure_load (GPtrArray *ops)
{
  const int64_t start = g_get_monotonic_time (), cpu = get_cpu ();

  bench.replica = bench_board_load (ops);
  report ("load_document", (double) (g_get_monotonic_time () - start) / 1000, "ms");
  /* The board is what is measured, not what it was made of. */
  g_ptr_array_set_size (ops, 0);
  report ("load_cpu", (double) (get_cpu () - cpu) / 1000, "ms");
  draw_memory_give_back (board_document_get_n_elements (board_replica_get_document (bench.replica)));
  g_signal_connect (bench.replica, "changed", G_CALLBACK (on_replica_changed), NULL);
  draw_canvas_set_document (bench.canvas, board_replica_get_document (bench.replica));
  bench.painted = bench.shown = FALSE;
  g_signal_connect (bench.canvas->tiles, "changed", G_CALLBACK (on_tiles_changed), NULL);
  iterate_until (has_ink);
  report ("first_picture", (double) (g_get_monotonic_time () - start) / 1000, "ms");
  iterate_until (is_complete);
  report ("complete", (double) (g_get_monotonic_time () - start) / 1000, "ms");
  report ("memory", get_memory (), "MiB");
}

/* What the main thread and a worker do for a tile of a view at that scale, here in this thread: mean
 * times. */
static void
paint_tiles (DrawOutlineCache *outlines, double scale, double *query, double *paint)
{
  const int columns = WIDTH / DRAW_TILE_SIZE, rows = HEIGHT / DRAW_TILE_SIZE;
  const double side = DRAW_TILE_SIZE / scale;

  *query = *paint = 0;
  for (int i = 0; i < columns * rows; i++)
    {
      const BoardRect area = { i % columns * side, i / columns * side, side, side };
      const int64_t start = get_cpu ();
      g_autoptr (DrawScene) scene = draw_canvas_query (bench.canvas, &area);
      const int64_t found = get_cpu ();

      g_clear_pointer (&(cairo_surface_t *){ draw_tile_painter_paint_now (outlines, i % columns,
                                                                          i / columns, scale,
                                                                          FALSE, scene) },
                       cairo_surface_destroy);
      *query += (double) (found - start) / 1000 / (columns * rows);
      *paint += (double) (get_cpu () - found) / 1000 / (columns * rows);
    }
}

static void
measure_painting (void)
{
  g_autoptr (DrawOutlineCache) outlines = draw_outline_cache_new (OUTLINES_COST);
  double query, paint;

  paint_tiles (outlines, 1, &query, &paint);
  report ("tile_query", query, "ms");
  report ("tile_cold", paint, "ms");
  report ("outlines",
          (double) draw_outline_cache_get_cost (outlines) / 1024
              / draw_outline_cache_get_n_outlines (outlines),
          "KiB");
  paint_tiles (outlines, 1, &query, &paint);
  report ("tile_warm", paint, "ms");
  paint_tiles (outlines, OVERVIEW_SCALE, &query, &paint);
  report ("tile_overview_query", query, "ms");
  report ("tile_overview", paint, "ms");
}

static void
measure_moves (void)
{
  begin_script (pan_tick);
  iterate_until (has_ended);
  report_quantiles ("pan_main", bench.frames);
  report_quantiles ("pan_cpu", bench.cpu_frames);
  report ("pan_frames", bench.frames->len / SCRIPT_TIME, "1/s");
  iterate_until (is_complete);

  begin_script (zoom_tick);
  iterate_until (has_ended);
  report_quantiles ("zoom_main", bench.frames);
  report_quantiles ("zoom_cpu", bench.cpu_frames);
  begin_frames ();
  iterate_until (is_complete);
  bench.running = FALSE;
  report ("zoom_settle_main_max", get_quantile (bench.frames, 1), "ms");
  report ("zoom_settle_cpu_max", get_quantile (bench.cpu_frames, 1), "ms");
  report ("zoom_settle_complete", (double) (g_get_monotonic_time () - bench.start) / 1000, "ms");
}

static void
measure_stroke (void)
{
  draw_viewport_set_scale (bench.viewport, 1);
  iterate_until (is_complete);
  draw_stroke ();
  report_quantiles ("stroke_latency", bench.latencies);
  report_quantiles ("stroke_main", bench.frames);
  report_quantiles ("stroke_cpu", bench.cpu_frames);
  iterate_until (is_complete);
  report ("memory_end", get_memory (), "MiB");
}

int
main (int argc, char **argv)
{
  int n_strokes = 10000;
  const GOptionEntry entries[]
      = { { "strokes", 0, 0, G_OPTION_ARG_INT, &n_strokes, "Strokes on the board", "N" },
          { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ops = NULL;

  draw_memory_set_up ();
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || n_strokes < 1)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "--strokes must be 1 at least");
      return 2;
    }
  if (!gtk_init_check ())
    {
      g_printerr ("There is no display\n");
      return 1;
    }
  bench.frames = g_array_new (FALSE, FALSE, sizeof (double));
  bench.cpu_frames = g_array_new (FALSE, FALSE, sizeof (double));
  bench.latencies = g_array_new (FALSE, FALSE, sizeof (double));
  bench.waiting = g_array_new (FALSE, FALSE, sizeof (int64_t));
  bench.since = g_get_monotonic_time ();
  g_main_context_set_poll_func (NULL, poll_measured);

  ops = bench_board_create_ops ((guint) n_strokes, 1);
  open_window ();
  measure_load (ops);
  measure_painting ();
  measure_moves ();
  measure_stroke ();
  gtk_window_destroy (GTK_WINDOW (bench.window));
  g_object_unref (bench.replica);
  return 0;
}
