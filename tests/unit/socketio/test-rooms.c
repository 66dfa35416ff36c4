/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "socketio/sio-rooms.h"

/* Members a to f; owner is the id. */
#define N_MEMBERS 6
static const char *const ids[N_MEMBERS] = { "a", "b", "c", "d", "e", "f" };

typedef struct
{
  SioRooms *rooms;
  SioMember members[N_MEMBERS];
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->rooms = sio_rooms_new ();
  for (guint i = 0; i < N_MEMBERS; i++)
    {
      sio_member_init (&fixture->members[i], (gpointer)ids[i], ids[i]);
      sio_rooms_add (fixture->rooms, &fixture->members[i]);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  for (guint i = 0; i < N_MEMBERS; i++)
    sio_rooms_remove (fixture->rooms, &fixture->members[i]);
  g_assert_cmpuint (sio_rooms_get_n_rooms (fixture->rooms), ==, 0);
  g_assert_cmpuint (sio_rooms_get_n_members (fixture->rooms), ==, 0);
  sio_rooms_free (fixture->rooms);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char **)a, *(char **)b);
}

/* rooms, except: names with blanks between them, "" for none. expected: ids in order. */
static void
expect (Fixture *fixture, const char *rooms, const char *except, const char *expected)
{
  g_auto (GStrv) room_names = g_strsplit (rooms, " ", -1);
  g_auto (GStrv) except_names = g_strsplit (except, " ", -1);
  g_autoptr (GPtrArray) owners = g_ptr_array_new ();
  g_autofree char *found = NULL;

  sio_rooms_select (fixture->rooms, (const char *const *)room_names,
                    (const char *const *)except_names, owners);
  g_ptr_array_sort (owners, compare);
  g_ptr_array_add (owners, NULL);
  found = g_strjoinv ("", (char **)owners->pdata);
  g_assert_cmpstr (found, ==, expected);
}

static void
join (Fixture *fixture, const char *members, const char *room)
{
  for (; *members != '\0'; members++)
    g_assert_true (sio_rooms_join (fixture->rooms, &fixture->members[*members - 'a'], room));
}

static void
test_everybody (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) owners = g_ptr_array_new ();

  expect (fixture, "", "", "abcdef");
  expect (fixture, "", "b nobody", "acdef");
  sio_rooms_select (fixture->rooms, NULL, NULL, owners);
  g_assert_cmpuint (owners->len, ==, N_MEMBERS);
}

static void
test_union (Fixture *fixture, gconstpointer unused)
{
  join (fixture, "abc", "one");
  join (fixture, "bcd", "two");
  expect (fixture, "one", "", "abc");
  expect (fixture, "one two", "", "abcd");
  expect (fixture, "one one", "", "abc");
  expect (fixture, "three", "", "");
  expect (fixture, "one three", "", "abc");
  expect (fixture, "one", "two", "a");
  expect (fixture, "one two", "one two", "");
  expect (fixture, "", "one", "def");
}

static void
test_own_room (Fixture *fixture, gconstpointer unused)
{
  join (fixture, "a", "one");
  expect (fixture, "a", "", "a");
  expect (fixture, "one a b", "", "ab");
  expect (fixture, "one b", "a", "b");
  /* Somebody else in the room of an id. */
  join (fixture, "c", "b");
  expect (fixture, "b", "", "bc");
  expect (fixture, "", "b", "adef");
}

static void
test_leave (Fixture *fixture, gconstpointer unused)
{
  join (fixture, "abcd", "one");
  g_assert_false (sio_rooms_join (fixture->rooms, &fixture->members[0], "one"));
  g_assert_true (sio_rooms_leave (fixture->rooms, &fixture->members[0], "one"));
  g_assert_false (sio_rooms_leave (fixture->rooms, &fixture->members[0], "one"));
  g_assert_false (sio_rooms_leave (fixture->rooms, &fixture->members[0], "none"));
  g_assert_false (sio_rooms_leave (fixture->rooms, &fixture->members[4], "one"));
  expect (fixture, "one", "", "bcd");
  /* The one that was moved into the gap can leave as well. */
  g_assert_true (sio_rooms_leave (fixture->rooms, &fixture->members[3], "one"));
  expect (fixture, "one", "", "bc");
  g_assert_true (sio_rooms_leave (fixture->rooms, &fixture->members[1], "one"));
  g_assert_cmpuint (sio_rooms_get_n_rooms (fixture->rooms), ==, 1);
  g_assert_true (sio_rooms_leave (fixture->rooms, &fixture->members[2], "one"));
  g_assert_cmpuint (sio_rooms_get_n_rooms (fixture->rooms), ==, 0);
}

static void
test_remove (Fixture *fixture, gconstpointer unused)
{
  join (fixture, "abc", "one");
  join (fixture, "ab", "two");
  sio_rooms_remove (fixture->rooms, &fixture->members[1]);
  expect (fixture, "one two b", "", "ac");
  g_assert_null (sio_rooms_lookup (fixture->rooms, "b"));
  g_assert_true (sio_rooms_lookup (fixture->rooms, "a") == &fixture->members[0]);
  sio_rooms_remove (fixture->rooms, &fixture->members[1]);
  g_assert_cmpuint (sio_rooms_get_n_members (fixture->rooms), ==, N_MEMBERS - 1);
}

/* One that is not there yet may be in rooms, and is not selected. */
static void
test_not_present (Fixture *fixture, gconstpointer unused)
{
  SioMember early;

  sio_member_init (&early, (gpointer) "z", "z");
  sio_rooms_join (fixture->rooms, &early, "one");
  join (fixture, "a", "one");
  expect (fixture, "one z", "", "a");
  sio_rooms_add (fixture->rooms, &early);
  expect (fixture, "one z", "", "az");
  sio_rooms_remove (fixture->rooms, &early);
  expect (fixture, "one z", "", "a");
}

static void
test_names (Fixture *fixture, gconstpointer unused)
{
  g_auto (GStrv) none = sio_rooms_dup_rooms_of (fixture->rooms, &fixture->members[0]);
  g_auto (GStrv) two = NULL;
  g_auto (GStrv) all = NULL;

  g_assert_cmpuint (g_strv_length (none), ==, 1);
  g_assert_cmpstr (none[0], ==, "a");
  join (fixture, "a", "one");
  join (fixture, "a", "two");
  two = sio_rooms_dup_rooms_of (fixture->rooms, &fixture->members[0]);
  g_assert_cmpuint (g_strv_length (two), ==, 3);
  g_assert_cmpstr (two[0], ==, "a");
  g_assert_true (g_strv_contains ((const char *const *)two, "one"));
  g_assert_true (g_strv_contains ((const char *const *)two, "two"));
  all = sio_rooms_dup_rooms (fixture->rooms);
  g_assert_cmpuint (g_strv_length (all), ==, N_MEMBERS + 2);
  g_assert_true (g_strv_contains ((const char *const *)all, "one"));
  g_assert_true (g_strv_contains ((const char *const *)all, "f"));
  g_assert_true (sio_rooms_has_room (fixture->rooms, "one"));
  g_assert_true (sio_rooms_has_room (fixture->rooms, "b"));
  g_assert_false (sio_rooms_has_room (fixture->rooms, "three"));
}

/* Against a table of booleans, in random order. */
static void
test_random (Fixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "r0", "r1", "r2" };
  gboolean in[N_MEMBERS][G_N_ELEMENTS (names)] = { 0 };

  for (guint step = 0; step < 5000; step++)
    {
      guint member = g_test_rand_int_range (0, N_MEMBERS);
      guint room = g_test_rand_int_range (0, G_N_ELEMENTS (names));
      gboolean joins = g_test_rand_bit ();
      g_autoptr (GString) expected = g_string_new (NULL);
      gboolean changed;

      if (joins)
        changed = sio_rooms_join (fixture->rooms, &fixture->members[member], names[room]);
      else
        changed = sio_rooms_leave (fixture->rooms, &fixture->members[member], names[room]);
      g_assert_true (changed == (in[member][room] != joins));
      in[member][room] = joins;
      for (guint i = 0; i < N_MEMBERS; i++)
        if (in[i][room])
          g_string_append (expected, ids[i]);
      expect (fixture, names[room], "", expected->str);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/rooms/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("everybody", test_everybody);
  ADD ("union", test_union);
  ADD ("own-room", test_own_room);
  ADD ("leave", test_leave);
  ADD ("remove", test_remove);
  ADD ("not-present", test_not_present);
  ADD ("names", test_names);
  ADD ("random", test_random);
  return g_test_run ();
}
