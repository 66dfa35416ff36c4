/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <inttypes.h>
#include <string.h>

#include "sync/draw-outbox.h"

#define MS G_TIME_SPAN_MILLISECOND

/* A script: words done one after the other, and the words that must come out.
 *   +N       an op of that counter (and all before it) is there and on disk
 *   wN       an op is there, not on disk yet      dN  on disk up to N
 *   hN       hello with the server's counter      x   the connection is gone
 *   s        sends all that can be sent: prints every counter, "f" before a filler
 *   aN       acknowledged: prints "=" when it was waiting     cN  seen in the log, likewise
 *   gN:E     refused with gap, expected E          tN too-fast, rN read-only, lN too-large, bN banned
 *            print the verdict: R(etry) J(reject) A(ll) C(onnect again)
 *   zN       the clock goes on by N ms             k   prints "+" when there is a wake time ahead, "-" when not
 *   n        prints how many wait */
typedef struct {
  const char *title;
  const char *script;
  const char *expected;
} Row;

static const Row rows[] = {
  { "in-order", "+3 s h0 s a1 a2 a3 n s", "1 2 3 = = = 0" },
  { "resumes-behind-hello", "+5 h2 s n c1 c2 n", "3 4 5 5 = = 3" },
  { "only-when-durable", "w1 h0 s d1 s w2 w3 d2 s d3 s", "1 2 3" },
  { "window-of-4", "+9 h0 s a1 s a2 a3 s", "1 2 3 4 = 5 = = 6 7" },
  { "window-of-bytes", "+9 h0 S60 a1 a2 S60", "1 2 = = 3 4" },
  { "gap-goes-back", "+3 h0 s g3:2 g2:2 s a1 s", "1 2 3 R R = 2 3" },
  { "gap-of-everything", "+3 h0 s g1:1 g2:1 g3:1 s g1:1 g2:1 g3:1 k z100 s",
    "1 2 3 R R R 1 2 3 R R R + 1 2 3" },
  { "gap-without-counter", "+1 h0 s g1:0", "1 C" },
  { "gap-from-the-future", "+1 h0 s g1:7", "1 C" },
  { "too-fast-waits", "+2 h0 s t1 g2:1 s z249 s z251 s", "1 2 R R 1" },
  { "too-fast-asks-with-one", "+9 h0 s t1 g2:1 g3:1 g4:1 z500 s t1 z1000 s a1 s",
    "1 2 3 4 R R R R 1 R 1 = 2 3 4 5" },
  { "probe-ends-with-connection", "+3 h0 s t1 g2:1 g3:1 x h0 s", "1 2 3 R R R 1 2 3" },
  { "too-fast-waits-longer", "+1 h0 s t1 z500 s t1 z499 s z501 s t1 z999 s k z1001 s a1 n",
    "1 R 1 R 1 R + 1 = 0" },
  { "reject-fills-hole", "+3 h0 s l1 g2:1 g3:1 s z1000 s a1 a2 a3 n", "1 2 3 J R R f1 2 3 . = = 0" },
  { "reject-last-leaves-hole", "+1 h0 s l1 s n +2 s", "1 J 0 f1 2" },
  { "refused-filler", "+1 h0 s l1 +2 s l1", "1 J f1 2 C" },
  { "read-only", "+3 h0 s r1", "1 2 3 A" },
  { "banned", "+1 h0 s b1", "1 C" },
  { "cut-and-resume", "+3 h0 s a1 x s h1 s a2 a3 n", "1 2 3 = 2 3 = = 0" },
  { "acks-of-an-earlier-life", "+2 h0 s x t1 a1 h1 s n", "1 2 R = 2 1" },
  { "log-before-ack", "+2 h0 s c1 a1 n s", "1 2 = . 1" },
  { "hole-is-not-filled-for-itself", "w3 h0 s d3 s", "f1 f2 3" },
  { "removed-before-sent", "+3 v2 h0 s n", "1 f2 3 2" },
  { "twice", "+1 h0 s a1 a1 c1", "1 = . ." },
};

typedef struct {
  DrawOutbox *outbox;
  GString *out;
  uint64_t last;
  int64_t now;
} Machine;

static void
say (Machine *m, const char *format, uint64_t value)
{
  if (m->out->len > 0)
    g_string_append_c (m->out, ' ');
  if (format != NULL)
    g_string_append (m->out, format);
  else
    g_string_append_printf (m->out, "%" PRIu64, value);
}

static void
do_send (Machine *m, gsize size)
{
  uint64_t counter;
  gboolean filler;

  while (draw_outbox_next (m->outbox, m->now, &counter, &filler))
    {
      say (m, filler ? "f" : "", 0);
      g_string_append_printf (m->out, "%" PRIu64, counter);
      draw_outbox_set_size (m->outbox, counter, size);
    }
}

static void
do_refuse (Machine *m, uint64_t counter, BoardRefusal refusal, uint64_t expected)
{
  static const char *const verdicts[] = { "R", "J", "A", "C" };

  say (m, verdicts[draw_outbox_refuse (m->outbox, counter, refusal, expected, m->now)], 0);
}

static void
do_wake (Machine *m)
{
  int64_t wake = draw_outbox_get_wake_time (m->outbox);

  say (m, wake > m->now ? "+" : "-", 0);
}

static void
do_word (Machine *m, const char *word)
{
  const char *colon = strchr (word, ':');
  uint64_t n = g_ascii_strtoull (word + 1, NULL, 10);
  uint64_t expected = colon != NULL ? g_ascii_strtoull (colon + 1, NULL, 10) : 0;

  switch (word[0])
    {
    case '+':
      while (m->last < n)
        draw_outbox_add (m->outbox, ++m->last);
      draw_outbox_set_durable (m->outbox, n);
      break;
    case 'w':
      draw_outbox_add (m->outbox, m->last = n);
      break;
    case 'd': draw_outbox_set_durable (m->outbox, n); break;
    case 'h': draw_outbox_start (m->outbox, n); break;
    case 'x': draw_outbox_stop (m->outbox); break;
    case 's': do_send (m, 1); break;
    case 'S': do_send (m, n); break;
    case 'a': say (m, draw_outbox_acknowledge (m->outbox, n) ? "=" : ".", 0); break;
    case 'c': say (m, draw_outbox_confirm (m->outbox, n) ? "=" : ".", 0); break;
    case 'g': do_refuse (m, n, BOARD_REFUSAL_GAP, expected); break;
    case 't': do_refuse (m, n, BOARD_REFUSAL_TOO_FAST, 0); break;
    case 'r': do_refuse (m, n, BOARD_REFUSAL_READ_ONLY, 0); break;
    case 'l': do_refuse (m, n, BOARD_REFUSAL_TOO_LARGE, 0); break;
    case 'b': do_refuse (m, n, BOARD_REFUSAL_BANNED, 0); break;
    case 'v': draw_outbox_remove (m->outbox, n); break;
    case 'z': m->now += (int64_t) n * MS; break;
    case 'k': do_wake (m); break;
    case 'n': say (m, NULL, draw_outbox_get_n_waiting (m->outbox)); break;
    default: g_assert_not_reached ();
    }
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (DrawOutbox) outbox = draw_outbox_new (4, 100, 1);
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit (row->script, " ", -1);
  Machine machine = { outbox, out, 0, 1000 * MS };

  for (guint i = 0; words[i] != NULL; i++)
    do_word (&machine, words[i]);
  g_assert_cmpstr (out->str, ==, row->expected);
}

/* Ten thousand of them, in and out, against a server that refuses at random: each is taken once, in
 * order, and the end is always reached. */
static void
test_random (void)
{
  g_autoptr (DrawOutbox) outbox = draw_outbox_new (64, 1000, 1);
  uint64_t server = 0, n_acknowledged = 0;
  const uint64_t total = 10000;
  int64_t now = 0;

  for (uint64_t i = 1; i <= total; i++)
    draw_outbox_add (outbox, i);
  draw_outbox_set_durable (outbox, total);
  draw_outbox_start (outbox, 0);
  for (guint turn = 0; turn < 1000000 && draw_outbox_get_n_waiting (outbox) > 0; turn++)
    {
      uint64_t sent[64];
      guint n_sent = 0;
      gboolean filler;

      now += 50 * MS;
      while (draw_outbox_next (outbox, now, &sent[n_sent], &filler))
        {
          g_assert_false (filler);
          draw_outbox_set_size (outbox, sent[n_sent], 10);
          n_sent++;
        }
      for (guint i = 0; i < n_sent; i++)
        if (sent[i] != server + 1)
          g_assert_cmpint (draw_outbox_refuse (outbox, sent[i], BOARD_REFUSAL_GAP, server + 1, now), ==,
                           DRAW_OUTBOX_RETRY);
        else if (g_test_rand_int_range (0, 200) == 0)
          g_assert_cmpint (draw_outbox_refuse (outbox, sent[i], BOARD_REFUSAL_TOO_FAST, 0, now), ==,
                           DRAW_OUTBOX_RETRY);
        else
          {
            server++;
            n_acknowledged += draw_outbox_acknowledge (outbox, sent[i]) ? 1 : 0;
          }
      if (g_test_rand_int_range (0, 20) == 0)
        draw_outbox_start (outbox, server);
    }
  g_assert_cmpuint (server, ==, total);
  g_assert_cmpuint (n_acknowledged, ==, total);
}

/* Refused until the server's trouble is over; gives how long after that the first op was taken. The
 * clock goes from wake time to wake time, and what is sent is answered at once. */
static int64_t
outlast (guint32 seed, int64_t trouble, guint *n_refused)
{
  g_autoptr (DrawOutbox) outbox = draw_outbox_new (64, 1000, seed);
  uint64_t counter;
  gboolean filler;
  int64_t now = 1;

  for (uint64_t i = 1; i <= 10; i++)
    draw_outbox_add (outbox, i);
  draw_outbox_set_durable (outbox, 10);
  draw_outbox_start (outbox, 0);
  g_assert_true (draw_outbox_next (outbox, now, &counter, &filler));
  for (*n_refused = 0; now < trouble; ++*n_refused)
    {
      g_assert_cmpuint (counter, ==, 1);
      draw_outbox_refuse (outbox, counter, BOARD_REFUSAL_UNAVAILABLE, 0, now);
      g_assert_cmpint (draw_outbox_get_wake_time (outbox), >, now);
      g_assert_false (draw_outbox_next (outbox, now, &counter, &filler));
      now = draw_outbox_get_wake_time (outbox);
      g_assert_true (draw_outbox_next (outbox, now, &counter, &filler));
    }
  g_assert_true (draw_outbox_acknowledge (outbox, counter));
  for (uint64_t i = 2; i <= 10; i++)
    g_assert_true (draw_outbox_next (outbox, now, &counter, &filler) && counter == i);
  return now - trouble;
}

/* However long it took and whenever it ends: people draw on within 5 s, a second of them for the
 * answer; and nobody asks more often than once in 2 s. */
static void
test_outlasts (void)
{
  guint n_refused;

  for (guint32 seed = 1; seed <= 500; seed++)
    {
      g_assert_cmpint (outlast (seed, 10 * MS + seed * 37 * MS, &n_refused), <=, 4000 * MS);
      g_assert_cmpint (outlast (seed, 3600 * 1000 * MS + seed * 37 * MS, &n_refused), <=, 4000 * MS);
      g_assert_cmpuint (n_refused, <, 3600 / 2 + 5);
    }
}

/* 500 members whom one server refuses at the same time for a minute come back over all of two
 * seconds: in no tenth of these more than a fifth of them. */
static void
test_spreads (void)
{
  const int64_t trouble = 60 * 1000 * MS;
  guint tenths[10] = { 0 };
  guint n_refused;

  for (guint32 seed = 1; seed <= 500; seed++)
    {
      int64_t late = outlast (seed, trouble, &n_refused);

      if (late < 2000 * MS)
        tenths[late / (200 * MS)]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (tenths); i++)
    {
      g_assert_cmpuint (tenths[i], >, 0);
      g_assert_cmpuint (tenths[i], <, 100);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/sync/outbox/", rows[i].title, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/sync/outbox/random", test_random);
  g_test_add_func ("/sync/outbox/outlasts-trouble", test_outlasts);
  g_test_add_func ("/sync/outbox/spreads", test_spreads);
  return g_test_run ();
}
