/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* A board of a hundred thousand strokes. As a test it is a hundredth of that; `-m perf` takes
 * all of it and says how much CPU time everything took, which is never judged. */
#include "board/board-replay.h"
#include "board/board-replica.h"

#include <stdio.h>
#include <time.h>

#define FULL_SIZE 100000
#define TEST_SIZE 1000
#define POINTS 50
#define WIDE 40000.0

static guint
size (void)
{
  return g_test_perf () ? FULL_SIZE : TEST_SIZE;
}

/* CPU time, so that it does not matter what else the machine does. */
static double started;

static double
cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static void
start (void)
{
  started = cpu_time ();
}

static double
elapsed (void)
{
  return cpu_time () - started;
}

static void
say (const char *what, double value, const char *unit)
{
  g_test_minimized_result (value, "%s: %.3f %s", what, value, unit);
}

static double
resident (void)
{
  g_autofree char *text = NULL;
  unsigned long pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%*u %lu", &pages);
  return (double) pages * 4096 / 1e6;
}

/* A line of handwriting somewhere. */
static char *
stroke_text (GRand *rand, guint i)
{
  g_autoptr (BoardOp) op = board_op_new ();
  g_autoptr (BoardElement) element = NULL;
  g_autofree char *id = board_element_make_id ();
  g_autofree char *index = g_strdup_printf ("d%04u", i % 10000);
  BoardPoint points[POINTS];
  double x = g_rand_double_range (rand, 0, WIDE), y = g_rand_double_range (rand, 0, WIDE);

  for (int k = 0; k < POINTS; k++)
    {
      points[k] = (BoardPoint){ x, y, (float) g_rand_double_range (rand, 0.3, 0.7), 0, 0,
                                (uint32_t) k * 8 };
      x += g_rand_double_range (rand, -3, 5);
      y += g_rand_double_range (rand, -4, 4);
    }
  element = board_element_new_freedraw (id, index, "#1e1e1e", 2, points, POINTS);
  board_op_add_element (op, element);
  return board_op_to_json (op);
}

static GPtrArray *
make_log (guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  GPtrArray *log = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (log, stroke_text (rand, i));
  return log;
}

static BoardReplica *
load (GPtrArray *log)
{
  BoardReplica *replica = board_replica_new ("ann");
  double before = resident ();

  start ();
  board_replica_freeze_changes (replica);
  for (guint i = 0; i < log->len; i++)
    {
      g_autoptr (BoardOp) op = board_op_from_json (g_ptr_array_index (log, i), -1, NULL);

      g_assert_true (board_replica_apply (replica, i + 1, "bob", i + 1, i, op));
    }
  board_replica_thaw_changes (replica);
  say ("loading the log", elapsed () * 1e6 / log->len, "us/stroke");
  say ("memory", (resident () - before) * 1e6 / log->len, "bytes/stroke");
  return replica;
}

static void
measure_queries (BoardDocument *document)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  guint found = 0;

  start ();
  for (int i = 0; i < 1000; i++)
    {
      const BoardRect tile = { g_rand_double_range (rand, 0, WIDE), g_rand_double_range (rand, 0, WIDE),
                               256, 256 };
      g_autoptr (GPtrArray) elements = board_document_query (document, &tile);

      found += elements->len;
    }
  say ("query of a tile of 256", elapsed () * 1e3, "us");
  say ("elements in it", found / 1000.0, "on average");
  start ();
  for (int i = 0; i < 1000; i++)
    board_document_pick (document, g_rand_double_range (rand, 0, WIDE),
                         g_rand_double_range (rand, 0, WIDE), 4);
  say ("pick", elapsed () * 1e3, "us");
  start ();
  g_ptr_array_unref (board_document_query (document, NULL));
  say ("query of everything", elapsed () * 1e3, "ms");
}

/* What opening and joining do. */
static void
measure_state (BoardReplica *replica)
{
  g_autoptr (BoardReplica) opened = board_replica_new ("ann");
  g_autofree char *confirmed = board_replica_dup_confirmed_hash (replica);
  g_autofree char *read = NULL;
  g_autoptr (GBytes) state = NULL;
  g_autoptr (GError) error = NULL;
  double before;

  start ();
  state = board_replica_save_state (replica);
  say ("saving the state", elapsed () * 1e6 / size (), "us/stroke");
  say ("size of it", (double) g_bytes_get_size (state) / size (), "bytes/stroke");
  before = resident ();
  start ();
  board_replica_load_state (opened, state, &error);
  g_assert_no_error (error);
  say ("loading the state", elapsed () * 1e6 / size (), "us/stroke");
  say ("memory of that", (resident () - before) * 1e6 / size (), "bytes/stroke");
  read = board_replica_dup_confirmed_hash (opened);
  g_assert_cmpstr (read, ==, confirmed);
}

/* Everything within a quarter of the board is dragged. */
static void
measure_move (BoardReplica *replica)
{
  BoardDocument *document = board_replica_get_document (replica);
  g_autoptr (GPtrArray) some =
      board_document_query (document, &(BoardRect){ 0, 0, WIDE / 8, WIDE / 4 });
  g_autoptr (BoardOp) op = board_op_new ();
  guint n = MIN (some->len, 3000);

  for (guint i = 0; i < n; i++)
    {
      BoardElement *element = g_ptr_array_index (some, i);
      g_autoptr (JsonObject) props = json_object_new ();

      json_object_set_double_member (props, "x", board_element_get_x (element) + 10);
      json_object_set_double_member (props, "y", board_element_get_y (element) + 10);
      board_op_set_props (op, board_element_get_id (element), props);
    }
  start ();
  g_assert_cmpuint (board_replica_submit (replica, op, NULL), >, 0);
  say ("moving", elapsed () * 1e6 / n, "us/element");
  start ();
  g_assert_cmpuint (board_replica_undo (replica), >, 0);
  say ("undoing that", elapsed () * 1e6 / n, "us/element");
}

static void
test_board (void)
{
  g_autoptr (GPtrArray) log = make_log (size ());
  g_autoptr (BoardReplica) replica = load (log);
  BoardDocument *document = board_replica_get_document (replica);
  g_autofree char *before = board_replica_dup_visible_hash (replica);
  g_autofree char *after = NULL;

  g_assert_cmpuint (board_document_get_n_elements (document), ==, size ());
  measure_state (replica);
  measure_queries (document);
  measure_move (replica);
  after = board_replica_dup_visible_hash (replica);
  g_assert_cmpstr (before, ==, after);
}

/* What one offline week comes back as. */
static void
test_pending (void)
{
  g_autoptr (GPtrArray) log = make_log (size () / 10);
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");

  start ();
  for (guint i = 0; i < log->len; i++)
    {
      g_autoptr (BoardOp) op = board_op_from_json (g_ptr_array_index (log, i), -1, NULL);

      g_assert_true (board_replica_restore_pending (replica, i + 1, op, NULL));
    }
  say ("restoring", elapsed () * 1e6 / log->len, "us/op");
  start ();
  for (guint i = 0; i < log->len; i++)
    {
      g_autoptr (BoardOp) op = board_op_from_json (g_ptr_array_index (log, i), -1, NULL);

      g_assert_true (board_replica_apply (replica, i + 1, "ann", i + 1, i, op));
    }
  say ("confirming", elapsed () * 1e6 / log->len, "us/op");
  g_assert_cmpuint (board_replica_get_n_pending (replica), ==, 0);
}

/* CPU time in ms. */
static double
move_replay (BoardReplay *replay, guint position)
{
  g_autoptr (BoardDamage) damage = board_damage_new ();

  start ();
  g_assert_true (board_replay_move (replay, position, G_MAXUINT, damage));
  return elapsed () * 1e3;
}

static void
test_replay (void)
{
  g_autoptr (GPtrArray) log = make_log (size ());
  g_autoptr (BoardReplay) replay = board_replay_new (NULL, 0, NULL);
  double worst = 0;

  start ();
  for (guint i = 0; i < log->len; i++)
    {
      g_autoptr (BoardOp) op = board_op_from_json (g_ptr_array_index (log, i), -1, NULL);

      board_replay_feed (replay, i + 1, "bob", i, op);
    }
  board_replay_finish (replay);
  say ("feeding a replay", elapsed () * 1e6 / log->len, "us/stroke");
  say ("from its beginning to its end", move_replay (replay, log->len), "ms");
  g_assert_cmpuint (board_document_get_n_elements (board_replay_get_document (replay)), ==,
                    log->len);
  say ("and back", move_replay (replay, 0), "ms");
  for (guint i = 0; i < 100; i++)
    {
      double took = move_replay (replay, (i + 1) * (log->len / 100));

      worst = MAX (worst, took);
    }
  say ("a hundredth of the way, at worst", worst, "ms");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/size/board", test_board);
  g_test_add_func ("/board/size/pending", test_pending);
  g_test_add_func ("/board/size/replay", test_replay);
  return g_test_run ();
}
