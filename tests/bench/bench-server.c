/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-server SERVER: what drawbridge-server does, seen from outside, on this computer's own disk. JSON
 * lines. The people are in this one process and read everything that the server sends them: on few
 * cores they, not the server, are what is full first; so the server's CPU time stands beside. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench-people.h"
#include "bench-stroke.h"
#include "board/board-blob.h"
#include "board/board-replica.h"
#include "board/board-seal.h"

#define SECONDS 3
#define WINDOW 8 /* ops of one person on their way, when as many as possible are wanted */
#define LOG_LENGTH 100000

static const char *program;

static const char config_text[] = "[limits]\n"
                                  "ops-per-second=100000\nops-burst=1000000\n"
                                  "op-bytes-per-second=100000000\nop-bytes-burst=100000000\n"
                                  "casts-per-second=1000\ncasts-burst=10000\n"
                                  "boards=20000\nconnected-per-board=500\nmembers-per-board=500\n"
                                  "connections-per-address=10000\nsnapshot-ops=100\n";

static void
say (const char *metric, double value, const char *unit)
{
  printf ("{\"bench\":\"server\",\"metric\":\"%s\",\"value\":%.6g,\"unit\":\"%s\"}\n", metric,
          value, unit);
  fflush (stdout);
}

static void
say_beside (const char *metric, double value, const char *unit, const char *peer, double peers)
{
  printf ("{\"bench\":\"server\",\"metric\":\"%s\",\"value\":%.6g,\"unit\":\"%s\",\"peer\":\"%s\","
          "\"peer_value\":%.6g,\"ratio\":%.4g}\n",
          metric, value, unit, peer, peers, value / peers);
  fflush (stdout);
}

/* Runs the loop until the condition holds. */
#define WAIT_UNTIL(condition)                                                                      \
  while (!(condition))                                                                             \
  g_main_context_iteration (NULL, TRUE)

/* --- The server --------------------------------------------------------------------------------- */

typedef struct {
  GSubprocess *process;
  char *directory, *origin;
} Server;

static Server *
server_start (void)
{
  Server *server = g_new0 (Server, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) out = NULL;
  g_autofree char *config = NULL, *line = NULL;

  server->directory = g_dir_make_tmp ("bench-server-XXXXXX", NULL);
  config = g_build_filename (server->directory, "config", NULL);
  g_file_set_contents (config, config_text, -1, NULL);
  server->process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                          &error, program, "--config", config, "--listen", "127.0.0.1:0",
                          "--data-dir", server->directory, NULL);
  if (server->process == NULL)
    g_error ("%s", error->message);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server->process));
  line = g_data_input_stream_read_line (out, NULL, NULL, NULL);
  if (line == NULL || strstr (line, "http://") == NULL)
    g_error ("the server does not get ready");
  server->origin = g_strdup (strstr (line, "http://"));
  return server;
}

static void
server_stop (Server *server)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", server->directory);

  g_subprocess_send_signal (server->process, SIGTERM);
  g_subprocess_wait (server->process, NULL, NULL);
  if (system (command) != 0)
    g_printerr ("%s is left\n", server->directory);
  g_object_unref (server->process);
  g_free (server->directory);
  g_free (server->origin);
  g_free (server);
}

static char *
read_proc (Server *server, const char *name)
{
  g_autofree char *path
      = g_strdup_printf ("/proc/%s/%s", g_subprocess_get_identifier (server->process), name);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* Seconds of CPU. */
static double
server_get_cpu (Server *server)
{
  g_autofree char *text = read_proc (server, "stat");
  g_auto (GStrv) words = g_strsplit (strrchr (text, ')') + 2, " ", -1);

  return (g_ascii_strtod (words[11], NULL) + g_ascii_strtod (words[12], NULL))
         / (double) sysconf (_SC_CLK_TCK);
}

/* KiB that are in memory. */
static double
server_get_memory (Server *server)
{
  g_autofree char *text = read_proc (server, "status");

  return g_ascii_strtod (strstr (text, "VmRSS:") + strlen ("VmRSS:"), NULL);
}

/* --- People ------------------------------------------------------------------------------------- */

static GPtrArray *
gather (BenchBoard *board, guint n)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) bench_person_free);

  for (guint i = 0; i < n; i++)
    {
      BenchPerson *person = bench_person_new (board, i == 0, FALSE);

      g_ptr_array_add (people, person);
      WAIT_UNTIL (person->hello != NULL);
    }
  return people;
}

static guint64
count_acknowledged (GPtrArray *people)
{
  guint64 sum = 0;

  for (guint i = 0; i < people->len; i++)
    sum += ((BenchPerson *) g_ptr_array_index (people, i))->acknowledged;
  return sum;
}

static gboolean
is_quiet (GPtrArray *people)
{
  for (guint i = 0; i < people->len; i++)
    if (((BenchPerson *) g_ptr_array_index (people, i))->in_flight > 0)
      return FALSE;
  return TRUE;
}

static void
fill_windows (GPtrArray *people, const char *body)
{
  for (guint i = 0; i < people->len; i++)
    {
      BenchPerson *person = g_ptr_array_index (people, i);

      while (person->in_flight < WINDOW)
        bench_person_send_op (person, body);
    }
}

/* --- As many as possible ------------------------------------------------------------------------ */

static void
bench_durable (guint n)
{
  Server *server = server_start ();
  BenchBoard *board = bench_board_create (server->origin);
  g_autoptr (GPtrArray) people = gather (board, n);
  g_autofree char *body = bench_stroke_seal (&board->key, board->board);
  g_autofree char *metric = g_strdup_printf ("durable ops, %u writing", n);
  g_autofree char *cpu_metric = g_strdup_printf ("CPU of one, %u writing", n);
  int64_t begun = g_get_monotonic_time (), end = begun + SECONDS * G_USEC_PER_SEC;
  double cpu = server_get_cpu (server), seconds;
  guint64 done;

  while (g_get_monotonic_time () < end)
    {
      fill_windows (people, body);
      g_main_context_iteration (NULL, TRUE);
    }
  done = count_acknowledged (people);
  seconds = (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC;
  say (metric, (double) done / seconds, "acks/s");
  say (cpu_metric, (server_get_cpu (server) - cpu) * 1e6 / (double) done, "us");
  WAIT_UNTIL (is_quiet (people));
  g_clear_pointer (&people, g_ptr_array_unref);
  bench_board_free (board);
  server_stop (server);
}

/* --- Latency ------------------------------------------------------------------------------------ */

typedef struct {
  GPtrArray *people;
  GArray *ops, *casts; /* int64_t, us */
  guint turn;
} Lesson;

/* What was said begins with the moment in which it was. */
static void
on_heard (BenchPerson *person, const char *body, gboolean cast, gpointer data)
{
  Lesson *lesson = data;
  int64_t took = g_get_monotonic_time () - g_ascii_strtoll (body, NULL, 10);

  g_array_append_val (cast ? lesson->casts : lesson->ops, took);
}

/* 30 times a second: ten people's ink, and every third time each one's stroke. */
static gboolean
on_lesson_timer (gpointer data)
{
  Lesson *lesson = data;

  for (guint i = 0; i < 10; i++)
    {
      BenchPerson *person = g_ptr_array_index (lesson->people, i);
      g_autofree char *cast
          = g_strdup_printf ("%" G_GINT64_FORMAT "A%0200d", g_get_monotonic_time (), 0);
      g_autofree char *op
          = g_strdup_printf ("%" G_GINT64_FORMAT "A%0600d", g_get_monotonic_time (), 0);

      bench_person_send_cast (person, cast);
      if ((lesson->turn + i) % 3 == 0)
        bench_person_send_op (person, op);
    }
  lesson->turn++;
  return G_SOURCE_CONTINUE;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  int64_t left = *(const int64_t *) a, right = *(const int64_t *) b;

  return left < right ? -1 : left > right;
}

static void
say_times (const char *what, GArray *times)
{
  static const struct {
    const char *name;
    guint per_mille;
  } rows[] = { { "p50", 500 }, { "p99", 990 } };

  g_array_sort (times, compare_times);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *metric
          = g_strdup_printf ("%s to others, 10 of 50 draw, %s", what, rows[i].name);

      say (metric,
           (double) g_array_index (times, int64_t, times->len * rows[i].per_mille / 1000) / 1000,
           "ms");
    }
}

static void
bench_latency (void)
{
  Server *server = server_start ();
  BenchBoard *board = bench_board_create (server->origin);
  Lesson lesson = { .people = gather (board, 50) };
  int64_t end = g_get_monotonic_time () + SECONDS * G_USEC_PER_SEC;
  guint timer;

  lesson.ops = g_array_new (FALSE, FALSE, sizeof (int64_t));
  lesson.casts = g_array_new (FALSE, FALSE, sizeof (int64_t));
  for (guint i = 0; i < lesson.people->len; i++)
    {
      BenchPerson *person = g_ptr_array_index (lesson.people, i);

      person->heard = on_heard;
      person->heard_data = &lesson;
    }
  timer = g_timeout_add (33, on_lesson_timer, &lesson);
  WAIT_UNTIL (g_get_monotonic_time () >= end);
  g_source_remove (timer);
  WAIT_UNTIL (is_quiet (lesson.people));
  say_times ("stroke", lesson.ops);
  say_times ("ink", lesson.casts);
  g_array_unref (lesson.ops);
  g_array_unref (lesson.casts);
  g_ptr_array_unref (lesson.people);
  bench_board_free (board);
  server_stop (server);
}

/* --- Joining a long log ------------------------------------------------------------------------- */

static GBytes *
make_snapshot (BenchBoard *board)
{
  g_autoptr (BoardReplica) replica = board_replica_new ("nobody");
  g_autoptr (GBytes) state = NULL;

  board_replica_freeze_changes (replica);
  for (guint i = 1; i <= LOG_LENGTH; i++)
    {
      g_autoptr (BoardOp) op = bench_stroke_log_op (i - 1);

      board_replica_apply (replica, i, "somebody", i, 0, op);
    }
  board_replica_thaw_changes (replica);
  state = board_replica_save_state (replica);
  return board_blob_seal (&board->key, board->board, state);
}

/* As it is drawn: stroke by stroke, by one person. */
static void
draw_log (BenchPerson *person, BenchBoard *board)
{
  g_autofree char *body = bench_stroke_seal (&board->key, board->board);

  while (person->acknowledged < LOG_LENGTH)
    {
      while (person->in_flight < 48 && person->counter < LOG_LENGTH)
        bench_person_send_op (person, body);
      g_main_context_iteration (NULL, TRUE);
    }
  WAIT_UNTIL (person->seq == LOG_LENGTH && person->question != NULL);
}

static double
time_join (BenchBoard *board, gboolean with_snapshot)
{
  int64_t begun = g_get_monotonic_time ();
  BenchPerson *person = bench_person_new (board, FALSE, with_snapshot);
  double took;

  WAIT_UNTIL (person->hello != NULL);
  if (with_snapshot)
    {
      g_assert (person->hello->snapshot.seq == LOG_LENGTH);
      g_bytes_unref (bench_person_part (person, person->hello->snapshot.blob, NULL));
    }
  WAIT_UNTIL (person->seq == LOG_LENGTH);
  took = (double) (g_get_monotonic_time () - begun) / 1000;
  bench_person_free (person);
  return took;
}

static void
answer_question (BenchPerson *person, const char *blob)
{
  BoardSnapshot snapshot = { .seq = LOG_LENGTH };
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (SioArgs) args = sio_args_new ();

  g_strlcpy (snapshot.blob, blob, sizeof snapshot.blob);
  node = board_snapshot_build (&snapshot);
  sio_args_add_node (args, node);
  sio_ack_send (person->question, args);
}

/* Until somebody who joins is told of it. */
static void
wait_for_snapshot (BenchBoard *board)
{
  gboolean there = FALSE;

  while (!there)
    {
      BenchPerson *person = bench_person_new (board, FALSE, TRUE);

      WAIT_UNTIL (person->hello != NULL);
      there = person->hello->snapshot.seq == LOG_LENGTH;
      bench_person_free (person);
    }
}

static void
bench_join (void)
{
  Server *server = server_start ();
  BenchBoard *board = bench_board_create (server->origin);
  g_autoptr (GPtrArray) people = gather (board, 1);
  BenchPerson *host = g_ptr_array_index (people, 0);
  g_autoptr (GBytes) snapshot = NULL;
  g_autofree char *blob = NULL;

  draw_log (host, board);
  say ("join, 100,000 ops, the log", time_join (board, FALSE), "ms");
  snapshot = make_snapshot (board);
  g_assert (snapshot != NULL);
  blob = board_blob_make_id (snapshot);
  g_bytes_unref (bench_person_part (host, blob, snapshot));
  answer_question (host, blob);
  wait_for_snapshot (board);
  say ("join, 100,000 ops, a snapshot", time_join (board, TRUE), "ms");
  say ("its size", (double) g_bytes_get_size (snapshot) / 1024, "KiB");
  g_clear_pointer (&people, g_ptr_array_unref);
  bench_board_free (board);
  server_stop (server);
}

/* --- Memory ------------------------------------------------------------------------------------- */

static void
bench_memory_of_boards (void)
{
  Server *server = server_start ();
  g_autoptr (GPtrArray) boards = g_ptr_array_new_with_free_func ((GDestroyNotify) bench_board_free);
  g_autoptr (GPtrArray) people
      = g_ptr_array_new_with_free_func ((GDestroyNotify) bench_person_free);
  double before, after;

  g_ptr_array_add (boards, bench_board_create (server->origin));
  before = server_get_memory (server);
  say ("memory of the server", before, "KiB");
  for (guint i = 0; i < 1000; i++)
    g_ptr_array_add (boards, bench_board_create (server->origin));
  after = server_get_memory (server);
  say ("memory of an idle board", (after - before) / 1000, "KiB");
  for (guint i = 0; i < 200; i++)
    {
      BenchPerson *person = bench_person_new (g_ptr_array_index (boards, i), TRUE, FALSE);

      g_ptr_array_add (people, person);
      WAIT_UNTIL (person->hello != NULL);
    }
  say ("memory of a board with somebody on it", (server_get_memory (server) - after) / 200, "KiB");
  g_ptr_array_set_size (people, 0);
  server_stop (server);
}

static void
bench_memory_of_members (void)
{
  Server *server = server_start ();
  BenchBoard *board = bench_board_create (server->origin);
  g_autoptr (GPtrArray) host = gather (board, 1);
  double before = server_get_memory (server);
  g_autoptr (GPtrArray) people
      = g_ptr_array_new_with_free_func ((GDestroyNotify) bench_person_free);

  for (guint i = 0; i < 200; i++)
    {
      BenchPerson *person = bench_person_new (board, FALSE, FALSE);

      g_ptr_array_add (people, person);
      WAIT_UNTIL (person->hello != NULL);
    }
  say ("memory of one more member", (server_get_memory (server) - before) / 200, "KiB");
  g_ptr_array_set_size (people, 0);
  g_ptr_array_set_size (host, 0);
  bench_board_free (board);
  server_stop (server);
}

int
main (int argc, char **argv)
{
  BenchWire ours, theirs;

  if (argc != 2)
    {
      g_printerr ("bench-server SERVER\n");
      return 2;
    }
  program = argv[1];
  bench_durable (1);
  bench_durable (20);
  bench_durable (100);
  bench_latency ();
  bench_join ();
  bench_memory_of_boards ();
  bench_memory_of_members ();
  bench_stroke_wire (&ours, &theirs);
  say_beside ("a stroke of a second, up: bytes", ours.bytes, "B", "excalidraw", theirs.bytes);
  say_beside ("a stroke of a second, up: frames", ours.frames, "", "excalidraw", theirs.frames);
  return 0;
}
