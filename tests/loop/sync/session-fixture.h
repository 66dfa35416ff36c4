/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "fake-server.h"
#include "sync/draw-error.h"
#include "sync/draw-session.h"

/* People are sessions in this process, each with a folder of its own, against a server in this process. */

#define PATIENCE_US (120 * G_USEC_PER_SEC)

typedef struct {
  char *directory;
  DrawSession *session;
  guint n_acknowledged, n_left, n_casts, n_troubles;
  uint64_t last_acknowledged;
  BoardCast last_cast;
  int last_trouble; /* code */
} Person;

typedef struct {
  FakeServer *server;
  Person ana, ben;
} Fixture;

/* Turns the main loop until it is so; the test fails when that does not come. */
#define AWAIT(condition) AWAIT_FOR (condition, PATIENCE_US)
/* What takes its time. */
#define AWAIT_LONG(condition) AWAIT_FOR (condition, 15 * PATIENCE_US)
#define AWAIT_FOR(condition, patience)                               \
  G_STMT_START                                                       \
  {                                                                  \
    int64_t _until = g_get_monotonic_time () + (patience);           \
    guint _tick = g_timeout_add (20, session_fixture_tick, NULL);    \
    while (!(condition) && g_get_monotonic_time () < _until)         \
      g_main_context_iteration (NULL, TRUE);                         \
    g_source_remove (_tick);                                         \
    g_assert_true (condition);                                       \
  }                                                                  \
  G_STMT_END

/* A GAsyncReadyCallback that keeps its result in data (GAsyncResult **), which starts as NULL. */
void keep_result (GObject *source, GAsyncResult *result, gpointer data);
gboolean session_fixture_tick (gpointer data);
/* Counts what its session says from now on; done by all that make one here. */
void person_watch (Person *person);
/* Joins without connecting. */
void person_arrive (Person *person, FakeServer *server, const char *name);
gboolean person_is_online (Person *person);
/* Joins and is online. */
void person_join (Person *person, FakeServer *server, const char *name);
/* Closes the board. */
void person_leave (Person *person);
/* Closes the board and opens its file again. */
void person_reopen (Person *person);
/* Transfer full. */
BoardOp *make_stroke (DrawSession *session);
/* Of so many samples with pressure and time, no two alike. Transfer full. */
BoardOp *make_pen_stroke (DrawSession *session, GRand *rand, guint n_samples);
/* A stroke; its counter. */
uint64_t person_draw (Person *person);
void person_draw_many (Person *person, guint n);
/* So many long ones, as fast as they are written. */
void person_draw_with_pen (Person *person, GRand *rand, guint n, guint n_samples);
/* Takes back all that the other did; how many changes that took. */
guint person_roll_back (Person *person, Person *other);
guint person_count (Person *person);
/* Of what is visible. Transfer full. */
char *person_hash (Person *person);
/* Nothing of its own is on its way. */
gboolean person_is_settled (Person *person);
/* Both settled, and the same board. */
gboolean person_is_equal (Person *a, Person *b);
/* n ops of that person, each counter once, in order: what exactly-once means. */
void assert_log_is_sound (Fixture *f, Person *person, guint n);
void session_fixture_set_up (Fixture *f, gconstpointer data);
void session_fixture_tear_down (Fixture *f, gconstpointer data);
