/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening a board of many strokes that is in a file: how long until the picture of what was seen of
 * it last is shown, until it is read, and until it is painted. The board was on a server: its file
 * has a log and a state. With --write the file is left where it says, and nothing is measured.
 * Needs a display; a window of 1280x800. One JSON object a line on stdout. */

#include <glib/gstdio.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <sys/resource.h>

#include "bench-board.h"
#include "canvas/draw-canvas.h"
#include "canvas/draw-memory.h"
#include "sync/draw-journal.h"
#include "sync/draw-session.h"

#define WIDTH 1280
#define HEIGHT 800
#define AUTHOR "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

typedef struct {
  GtkWidget *window;
  DrawCanvas *canvas;
  DrawSession *session;
  guint n_frames;
  int64_t start;
} Bench;

static Bench bench;

static void
report (const char *metric, double value, const char *unit)
{
  printf ("{\"bench\":\"open\",\"metric\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}\n", metric, value,
          unit);
  fflush (stdout);
}

static void
report_time (const char *metric)
{
  report (metric, (double) (g_get_monotonic_time () - bench.start) / 1000, "ms");
}

/* CPU time of all threads, s. */
static double
get_cpu (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void
set_key (DrawJournal *journal, const char *name)
{
  g_autofree char *text = NULL;
  BoardKey key;

  board_key_generate (&key);
  text = board_key_to_text (&key);
  draw_journal_set_meta (journal, name, text);
}

/* As a client would have it that was there all the time. */
static void
write_board (const char *path, guint n_strokes)
{
  g_autoptr (GPtrArray) ops = bench_board_create_ops (n_strokes, 1);
  g_autoptr (BoardOp) titling = board_op_new ();
  g_autoptr (BoardReplica) replica = NULL;
  g_autoptr (GBytes) state = NULL;
  g_autofree char *board = board_id_generate ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DrawJournal) journal = NULL;

  board_op_set_title (titling, "Many strokes");
  g_ptr_array_add (ops, board_op_to_json (titling));
  replica = bench_board_load (ops);
  state = board_replica_save_state (replica);
  g_unlink (path);
  journal = draw_journal_create (path, &error);
  g_assert_no_error (error);
  draw_journal_set_meta (journal, DRAW_META_BOARD, board);
  draw_journal_set_meta (journal, DRAW_META_TITLE, "Many strokes");
  set_key (journal, DRAW_META_SEED);
  set_key (journal, DRAW_META_KEY);
  for (guint i = 0; i < ops->len; i++)
    draw_journal_add_entry (journal, i + 1, AUTHOR, i + 1, 0, ops->pdata[i], FALSE);
  draw_journal_set_state (journal, ops->len, state);
  draw_journal_close (journal, &error);
  g_assert_no_error (error);
}

static void
on_after_paint (GdkFrameClock *clock, gpointer data)
{
  bench.n_frames++;
}

static void
open_window (void)
{
  bench.window = gtk_window_new ();
  bench.canvas = DRAW_CANVAS (draw_canvas_new ());
  gtk_window_set_decorated (GTK_WINDOW (bench.window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (bench.window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (bench.window), GTK_WIDGET (bench.canvas));
  gtk_widget_realize (bench.window);
  g_signal_connect (gtk_widget_get_frame_clock (bench.window), "after-paint",
                    G_CALLBACK (on_after_paint), NULL);
  gtk_window_present (GTK_WINDOW (bench.window));
  while (bench.n_frames == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  bench.session = draw_session_open_finish (result, &error);
  g_assert_no_error (error);
  report_time ("read");
  draw_canvas_set_document (bench.canvas, draw_session_get_document (bench.session));
  draw_memory_give_back (
      board_document_get_n_elements (draw_session_get_document (bench.session)));
}

static void
wait_until_complete (void)
{
  while (bench.session == NULL || !draw_canvas_is_complete (bench.canvas))
    g_main_context_iteration (NULL, TRUE);
}

static void
open_board (const char *path, DrawStill *still)
{
  const double cpu = get_cpu ();
  const guint n_frames = bench.n_frames;

  bench.start = g_get_monotonic_time ();
  if (still != NULL)
    draw_canvas_show_still (bench.canvas, still);
  draw_session_open_async (path, on_opened, NULL);
  while (still != NULL && bench.n_frames == n_frames)
    g_main_context_iteration (NULL, TRUE);
  report_time ("first_picture");
  wait_until_complete ();
  report_time ("complete");
  report ("cpu", get_cpu () - cpu, "s");
}

static void
close_board (void)
{
  draw_canvas_set_document (bench.canvas, NULL);
  draw_session_close (bench.session);
  g_clear_object (&bench.session);
}

static void
measure (const char *path)
{
  g_autoptr (DrawStill) taken = NULL, still = NULL;
  g_autoptr (GBytes) bytes = NULL;
  int64_t start;

  open_window ();
  open_board (path, NULL);
  taken = draw_canvas_take_still (bench.canvas);
  bytes = draw_still_save (taken);
  close_board ();
  start = g_get_monotonic_time ();
  still = draw_still_load (bytes, NULL);
  report ("reading_the_picture", (double) (g_get_monotonic_time () - start) / 1000, "ms");
  open_board (path, still);
  close_board ();
  gtk_window_destroy (GTK_WINDOW (bench.window));
}

int
main (int argc, char **argv)
{
  int n_strokes = 100000;
  g_autofree char *written = NULL;
  const GOptionEntry entries[]
      = { { "strokes", 0, 0, G_OPTION_ARG_INT, &n_strokes, "Strokes on the board", "N" },
          { "write", 0, 0, G_OPTION_ARG_FILENAME, &written, "Leave the board there", "FILE" },
          { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *directory = NULL, *path = NULL;
  g_autoptr (GError) error = NULL;

  draw_memory_set_up ();
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || n_strokes < 1)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "--strokes must be 1 at least");
      return 2;
    }
  if (written != NULL)
    {
      write_board (written, (guint) n_strokes);
      return 0;
    }
  if (!gtk_init_check ())
    {
      g_printerr ("There is no display\n");
      return 1;
    }
  directory = g_dir_make_tmp (NULL, NULL);
  path = g_build_filename (directory, "board" DRAW_BOARD_SUFFIX, NULL);
  write_board (path, (guint) n_strokes);
  measure (path);
  draw_library_delete (path, NULL);
  g_rmdir (directory);
  return 0;
}
