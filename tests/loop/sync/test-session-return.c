/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Coming back: when it is tried, and what tells that it has to be.
 */
#include "session-fixture.h"
#include "sync/draw-retry.h"
#include "sync/draw-silence.h"

static DrawShareState
get_state (Person *person)
{
  return draw_session_get_share_state (person->session);
}

/* Nobody sits in front of the board, and its server is gone. */
static void
lose_server (Fixture *f)
{
  person_join (&f->ana, f->server, "Ana");
  fake_server_stop (f->server);
  AWAIT (get_state (&f->ana) == DRAW_SHARE_OFFLINE);
}

static void
draw (Person *person)
{
  person_draw (person);
}

static void
move (Person *person)
{
  draw_session_send_cursor (person->session, 1, 2);
}

static void
look_around (Person *person)
{
  g_autoptr (BoardCast) cast = board_cast_new (BOARD_CAST_VIEW);

  cast->has_place = TRUE;
  cast->width = cast->height = 100;
  draw_session_cast_lasting (person->session, cast);
}

static void
change_network (Person *person)
{
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
}

/* What a person does, and a network that is there again, is an attempt in that very moment. */
static void
test_at_once (Fixture *f, gconstpointer data)
{
  void (*act) (Person *person) = data;

  lose_server (f);
  act (&f->ana);
  g_assert_cmpint (get_state (&f->ana), ==, DRAW_SHARE_CONNECTING);
  fake_server_start (f->server);
  AWAIT (person_is_online (&f->ana) && person_is_settled (&f->ana));
}

static void
test_left_alone (Fixture *f, gconstpointer data)
{
  g_autoptr (BoardCast) cast = board_cast_new (BOARD_CAST_AWAY);

  cast->on = TRUE;
  lose_server (f);
  draw_session_cast_lasting (f->ana.session, cast);
  g_assert_cmpint (get_state (&f->ana), ==, DRAW_SHARE_OFFLINE);
}

/* However often it was in vain, the next attempt is never far off for somebody who draws. */
static void
test_never_far (Fixture *f, gconstpointer data)
{
  guint n_attempts = 0;

  lose_server (f);
  person_draw (&f->ana);
  while (n_attempts < 3)
    {
      gint64 retry_at;

      AWAIT (get_state (&f->ana) == DRAW_SHARE_OFFLINE);
      g_object_get (f->ana.session, "retry-at", &retry_at, NULL);
      g_assert_cmpint (retry_at, <=,
                       g_get_monotonic_time () + DRAW_RETRY_IN_USE_MAX_MS * G_TIME_SPAN_MILLISECOND);
      AWAIT (get_state (&f->ana) == DRAW_SHARE_CONNECTING);
      n_attempts++;
    }
}

/* The network has changed under a connection that is alive... */
static void
test_sign_of_life (Fixture *f, gconstpointer data)
{
  guint before;

  person_join (&f->ana, f->server, "Ana");
  change_network (&f->ana);
  change_network (&f->ana);
  AWAIT (f->server->n_probes > 0);
  person_draw_many (&f->ana, 3);
  AWAIT (person_is_settled (&f->ana));
  g_assert_cmpuint (f->server->n_connects, ==, 1);
  before = f->server->n_probes;
  change_network (&f->ana);
  AWAIT (f->server->n_probes > before);
}

/* ...and under one that only seems to be. */
static void
test_no_sign_of_life (Fixture *f, gconstpointer data)
{
  person_join (&f->ana, f->server, "Ana");
  f->server->mute = TRUE;
  change_network (&f->ana);
  AWAIT (f->server->n_connects == 2);
  f->server->mute = FALSE;
  AWAIT (person_is_online (&f->ana));
  person_draw (&f->ana);
  AWAIT (person_is_settled (&f->ana));
}

static void
note_silence (DrawSession *session, GParamSpec *pspec, gpointer longest)
{
  guint seconds;

  g_object_get (session, "silent-for", &seconds, NULL);
  *(guint *) longest = MAX (*(guint *) longest, seconds);
}

/* The line drops without a word while somebody draws: that is told, and found out long before the transport would. */
static void
test_silent (Fixture *f, gconstpointer data)
{
  guint longest = 0, now;

  person_join (&f->ana, f->server, "Ana");
  g_signal_connect (f->ana.session, "notify::silent-for", G_CALLBACK (note_silence), &longest);
  f->server->mute = TRUE;
  f->server->drop_ops_event = 3;
  person_draw_many (&f->ana, 3);
  AWAIT (longest >= DRAW_SILENCE_TOLD);
  g_assert_cmpuint (draw_session_get_n_waiting (f->ana.session), ==, 3);
  AWAIT (f->server->n_connects == 2);
  f->server->mute = FALSE;
  AWAIT (person_is_online (&f->ana) && person_is_settled (&f->ana));
  g_object_get (f->ana.session, "silent-for", &now, NULL);
  g_assert_cmpuint (now, ==, 0);
  assert_log_is_sound (f, &f->ana, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, data, func) \
  g_test_add ("/sync/session-return/" path, Fixture, data, session_fixture_set_up, func, \
              session_fixture_tear_down)
  TEST ("draws", draw, test_at_once);
  TEST ("moves", move, test_at_once);
  TEST ("looks-around", look_around, test_at_once);
  TEST ("network", change_network, test_at_once);
  TEST ("left-alone", NULL, test_left_alone);
  TEST ("never-far", NULL, test_never_far);
  TEST ("sign-of-life", NULL, test_sign_of_life);
  TEST ("no-sign-of-life", NULL, test_no_sign_of_life);
  TEST ("silent", NULL, test_silent);
#undef TEST
  return g_test_run ();
}
