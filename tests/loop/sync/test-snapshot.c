/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The whole way of a snapshot: the server asks who draws, keeps what it is given, and who joins begins there.
 * `-m perf` joins a board of a hundred thousand strokes, no two alike, with one and without.
 */
#include <string.h>
#include <time.h>

#include "real-fixture.h"
#include "sync/draw-journal.h"

/* A little more than after how many the server asks. */
#define N_STROKES 2100

static gboolean
note_state (uint64_t seq, GBytes *bytes, gpointer data)
{
  *(uint64_t *) data = seq;
  return TRUE;
}

static gboolean
pass_entry (uint64_t seq, const char *member, uint64_t counter, int64_t time_ms, const char *text,
            gpointer data, GError **error)
{
  return TRUE;
}

/* Of the state in that file, 0 while none is written. */
static uint64_t
read_state_seq (const char *path)
{
  const DrawJournalLoader loader = { note_state, pass_entry, NULL };
  uint64_t seq = 0;

  g_assert_true (draw_journal_read_log (path, &loader, &seq, NULL));
  return seq;
}

/* The file begins with a state, once that is written, and has no log before it. */
static void
assert_began_with_state (const char *path)
{
  const DrawJournalLoader without = { NULL, pass_entry, NULL };
  g_autoptr (GError) error = NULL;

  AWAIT (read_state_seq (path) > 0);
  g_assert_false (draw_journal_read_log (path, &without, NULL, &error));
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_DAMAGED);
}

static void
test_whole_way (Real *f, gconstpointer data)
{
  person_draw_many (&f->ada, N_STROKES);
  AWAIT (person_is_settled (&f->ada));
  AWAIT (real_get_snapshot (f, NULL) > 0);
  person_draw_many (&f->ada, 3);
  AWAIT (person_is_settled (&f->ada));
  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  AWAIT (person_is_equal (&f->ada, &f->ben));
  g_assert_cmpuint (person_count (&f->ben), ==, N_STROKES + 3);

  assert_began_with_state (draw_session_get_path (f->ben.session));
  person_reopen (&f->ben);
  g_assert_true (person_is_equal (&f->ada, &f->ben));
}

/* A server that takes small blobs, and many strokes at once. */
static void
set_up_small (Real *f, gconstpointer data)
{
  real_set_up_with (f, "[limits]\nblob-bytes=65536\nsnapshot-ops=1000\nops-per-second=100000\n");
}

static void
test_in_parts (Real *f, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint n_parts = 0;

  person_draw_with_pen (&f->ada, rand, 1100, 100);
  AWAIT (person_is_settled (&f->ada));
  AWAIT (real_get_snapshot (f, &n_parts) > 0);
  g_assert_cmpuint (n_parts, >, 3);
  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  AWAIT (person_is_equal (&f->ada, &f->ben));
  assert_began_with_state (draw_session_get_path (f->ben.session));
  person_reopen (&f->ben);
  g_assert_true (person_is_equal (&f->ada, &f->ben));
}

/* A state that does not fit into all the parts that a snapshot may have: there is none, and joining works. */
static void
set_up_tiny (Real *f, gconstpointer data)
{
  real_set_up_with (f, "[limits]\nblob-bytes=65536\nsnapshot-bytes-per-board=1048576\nsnapshot-ops=1000\n"
                       "ops-per-second=100000\n");
}

static guint
count_parts (Real *f)
{
  g_autofree char *board = g_build_filename (f->directory, "blobs", "snapshots",
                                             draw_session_get_board (f->ada.session), NULL);
  g_autoptr (GDir) dir = g_dir_open (board, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += strlen (name) == 64;
  return n;
}

static void
test_too_large (Real *f, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  person_draw_with_pen (&f->ada, rand, 1050, 500);
  AWAIT (person_is_settled (&f->ada));
  /* It uploads what fits. */
  AWAIT (count_parts (f) == 16);
  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  AWAIT (person_is_equal (&f->ada, &f->ben));
  g_assert_cmpint (real_get_snapshot (f, NULL), ==, 0);
}

/* --- A large board ------------------------------------------------------------------------------ */

#define N_LARGE 100000
#define SAMPLES 60

static void
set_up_large (Real *f, gconstpointer data)
{
  real_set_up_with (f, "[limits]\nops-per-second=100000\nop-bytes-per-second=1073741824\n"
                       "bytes-per-board=1073741824\n");
}

static void
time_join (Real *f, Person *person, const char *name, gboolean with)
{
  const BoardLink *link = draw_session_get_link (f->ada.session);
  g_autoptr (GError) error = NULL;
  int64_t start;
  clock_t cpu;

  person->session = draw_session_join (person->directory, link, &error);
  g_assert_no_error (error);
  person_watch (person);
  if (!with)
    person_draw (person); /* who has something of their own reads the log */
  start = g_get_monotonic_time ();
  cpu = clock ();
  draw_session_connect (person->session);
  AWAIT_LONG (person_is_online (person));
  g_test_message ("joined %s: %.2f s, %.2f s CPU", name, (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC,
                  (double) (clock () - cpu) / CLOCKS_PER_SEC);
}

static void
test_large (Real *f, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  int64_t latest = 0;
  guint n_parts = 0;

  while (person_count (&f->ada) < N_LARGE)
    {
      person_draw_with_pen (&f->ada, rand, 2000, SAMPLES);
      AWAIT_LONG (person_is_settled (&f->ada));
    }
  /* The last question may be answered still. */
  AWAIT_LONG ((latest = real_get_snapshot (f, &n_parts)) > N_LARGE * 9 / 10);
  g_test_message ("a snapshot of %d of %d strokes in %u parts", (int) latest, N_LARGE, n_parts);
  time_join (f, &f->ben, "through the snapshot", TRUE);
  AWAIT_LONG (person_is_equal (&f->ada, &f->ben));
  assert_began_with_state (draw_session_get_path (f->ben.session));
  person_leave (&f->ben);
  time_join (f, &f->eve, "through the log", FALSE);
  AWAIT_LONG (person_is_equal (&f->ada, &f->eve));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  real_init_configurations ();
#define TEST(path, set_up, func) \
  g_test_add ("/sync/snapshot/" path, Real, NULL, set_up, func, real_tear_down)
  TEST ("whole-way", real_set_up, test_whole_way);
  TEST ("in-parts", set_up_small, test_in_parts);
  TEST ("too-large", set_up_tiny, test_too_large);
  if (g_test_perf ())
    TEST ("large", set_up_large, test_large);
#undef TEST
  status = g_test_run ();
  real_end_configurations ();
  return status;
}
