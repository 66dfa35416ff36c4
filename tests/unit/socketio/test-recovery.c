/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-recovery.h"

typedef struct
{
  SioRecoveryLimits limits;
  SioRecovery *recovery;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->limits = (SioRecoveryLimits){ 1000, 10, 100000, 10 };
  fixture->recovery = sio_recovery_new (&fixture->limits);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  sio_recovery_free (fixture->recovery);
}

/* rooms, except: names with blanks between them, "" for none. Returns the event's offset. */
static char *
add (Fixture *fixture, const char *rooms, const char *except, int64_t now)
{
  g_auto (GStrv) to = g_strsplit (rooms, " ", -1);
  g_auto (GStrv) without = g_strsplit (except, " ", -1);
  char *offset = sio_recovery_dup_next_offset (fixture->recovery);
  g_autoptr (SioOutgoing) outgoing = sio_outgoing_new_logged (
      "/", "event", NULL, offset, sio_recovery_get_position (fixture->recovery) + 1);

  sio_recovery_add (fixture->recovery, outgoing, (const char *const *)to,
                    (const char *const *)without, now);
  return offset;
}

/* Of a socket "sid" that is in a and b. */
static void
save (Fixture *fixture, const char *pid, int64_t now)
{
  g_autoptr (SioSavedSession) session = sio_saved_session_new ("sid", pid);

  session->rooms = g_strsplit ("a b", " ", -1);
  session->position = sio_recovery_get_position (fixture->recovery);
  sio_recovery_save (fixture->recovery, session, now);
}

static void
test_rooms (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *rooms;
    const char *except;
    gboolean is_missed;
  } rows[] = {
    { "", "", TRUE },    { "a", "", TRUE },  { "x b", "", TRUE },  { "sid", "", TRUE },
    { "x", "", FALSE },  { "", "a", FALSE }, { "a", "sid", FALSE }, { "a", "x b", FALSE },
    { "a", "x", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *offset = NULL;
      g_autoptr (SioSavedSession) session = NULL;
      g_autoptr (GPtrArray) missed = NULL;

      save (fixture, "pid", 0);
      offset = add (fixture, rows[i].rooms, rows[i].except, 0);
      session = sio_recovery_take (fixture->recovery, "pid", NULL, 0);
      g_assert_nonnull (session);
      missed = sio_recovery_get_missed (fixture->recovery, session);
      g_assert_cmpuint (missed->len, ==, rows[i].is_missed ? 1 : 0);
    }
}

/* An event that was dropped for the client comes if all that the client has was sent before it; else the
 * client starts anew. */
static void
test_hole (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *first = add (fixture, "", "", 0);
  g_autofree char *dropped = add (fixture, "", "", 0);
  g_autofree char *last = add (fixture, "", "", 0);
  const struct
  {
    const char *offset;
    guint n_missed;
  } rows[] = { { first, 2 }, { dropped, 0 }, { last, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SioSavedSession) session = sio_saved_session_new ("sid", "pid");
      g_autoptr (SioSavedSession) taken = NULL;
      g_autoptr (GPtrArray) missed = NULL;

      session->hole = 2;
      sio_recovery_save (fixture->recovery, session, 0);
      taken = sio_recovery_take (fixture->recovery, "pid", rows[i].offset, 0);
      if (taken != NULL)
        missed = sio_recovery_get_missed (fixture->recovery, taken);
      g_assert_cmpuint (missed != NULL ? missed->len : 0, ==, rows[i].n_missed);
    }
}

static void
test_offsets (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *first = add (fixture, "", "", 0);
  g_autofree char *second = add (fixture, "", "", 0);
  g_autofree char *next = sio_recovery_dup_next_offset (fixture->recovery);
  g_autofree char *longer = g_strconcat (first, "!", NULL);
  g_autofree char *cut = g_strndup (first, 6);
  g_autofree char *overflow = g_strconcat (cut, "ffffffffffffffffffff", NULL);
  g_autofree char *negative = g_strconcat (cut, "-1", NULL);
  const char *const bad[] = { next, longer, cut, overflow, negative, "", "1", "hello", "\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      save (fixture, "pid", 0);
      g_assert_null (sio_recovery_take (fixture->recovery, "pid", bad[i], 0));
      /* Given out, be it in vain. */
      g_assert_cmpuint (sio_recovery_get_n_sessions (fixture->recovery), ==, 0);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SioSavedSession) session = NULL;
      g_autoptr (GPtrArray) missed = NULL;

      save (fixture, "pid", 0);
      session = sio_recovery_take (fixture->recovery, "pid", i == 0 ? first : second, 0);
      missed = sio_recovery_get_missed (fixture->recovery, session);
      g_assert_cmpuint (missed->len, ==, 1 - i);
      g_assert_null (sio_recovery_take (fixture->recovery, "pid", first, 0));
    }
}

static void
test_bounds (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SioSavedSession) first = NULL;
  g_autoptr (SioSavedSession) last = NULL;

  save (fixture, "early", 0);
  for (guint i = 0; i < 20; i++)
    g_free (add (fixture, "", "", 0));
  g_assert_cmpuint (sio_recovery_get_n_packets (fixture->recovery), ==, 10);
  g_assert_null (sio_recovery_take (fixture->recovery, "early", NULL, 0));
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *pid = g_strdup_printf ("%u", i);

      save (fixture, pid, 0);
      save (fixture, pid, 0);
    }
  g_assert_cmpuint (sio_recovery_get_n_sessions (fixture->recovery), ==, 10);
  first = sio_recovery_take (fixture->recovery, "9", NULL, 0);
  g_assert_null (first);
  last = sio_recovery_take (fixture->recovery, "10", NULL, 0);
  g_assert_nonnull (last);
  fixture->limits.max_bytes = 0;
  g_free (add (fixture, "", "", 0));
  save (fixture, "x", 0);
  g_assert_cmpuint (sio_recovery_get_n_packets (fixture->recovery), ==, 0);
  g_assert_cmpuint (sio_recovery_get_n_sessions (fixture->recovery), ==, 0);
}

static void
test_age (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SioSavedSession) session = NULL;

  g_free (add (fixture, "", "", 0));
  save (fixture, "old", 0);
  save (fixture, "young", 500);
  sio_recovery_expire (fixture->recovery, 1000);
  g_assert_cmpuint (sio_recovery_get_n_packets (fixture->recovery), ==, 1);
  sio_recovery_expire (fixture->recovery, 1001);
  g_assert_cmpuint (sio_recovery_get_n_packets (fixture->recovery), ==, 0);
  g_assert_null (sio_recovery_take (fixture->recovery, "old", NULL, 1001));
  /* What it has is gone from the log, and so is nothing that it has not. */
  session = sio_recovery_take (fixture->recovery, "young", NULL, 1001);
  g_assert_nonnull (session);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/recovery/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("rooms", test_rooms);
  ADD ("offsets", test_offsets);
  ADD ("hole", test_hole);
  ADD ("bounds", test_bounds);
  ADD ("age", test_age);
  return g_test_run ();
}
