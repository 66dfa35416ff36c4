/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-index.h"

#include <string.h>

#include "board/board-limits.h"

/* What the scheme that Excalidraw uses answers. */
static void
test_known (void)
{
  static const struct {
    const char *a, *b, *between;
  } rows[] = {
    { NULL, NULL, "a0" },     { "a0", NULL, "a1" },      { "a9", NULL, "aA" },
    { "az", NULL, "b00" },    { "b00", NULL, "b01" },    { "bzz", NULL, "c000" },
    { "Zz", NULL, "a0" },     { "Yzz", NULL, "Z0" },     { NULL, "a0", "Zz" },
    { NULL, "Z0", "Yzz" },    { NULL, "b00", "az" },     { NULL, "a0V", "a0" },
    { "a0", "a1", "a0V" },    { "a0", "a2", "a1" },      { "a0V", "a1", "a0l" },
    { "a0", "a0V", "a0G" },   { "a1V", "a2", "a1l" },    { "a0", "a0G", "a08" },
    { "Zz", "a0", "ZzV" },    { "az", "b00", "azV" },    { "a0zzz", NULL, "a1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *between = board_index_between (rows[i].a, rows[i].b);

      g_test_message ("%s %s", rows[i].a, rows[i].b);
      g_assert_cmpstr (between, ==, rows[i].between);
    }
}

static void
test_valid (void)
{
  g_autofree char *longest = g_strnfill (BOARD_MAX_INDEX, 'z');
  g_autofree char *longer = g_strnfill (BOARD_MAX_INDEX + 1, 'z');

  g_assert_true (board_index_is_valid ("a0"));
  g_assert_true (board_index_is_valid (longest));
  g_assert_false (board_index_is_valid (longer));
  g_assert_false (board_index_is_valid (""));
  g_assert_false (board_index_is_valid ("a-"));
  g_assert_false (board_index_is_valid ("\xc3\xa9"));
}

/* Where a stranger left no room, ties are broken by ids. */
static void
test_no_room (void)
{
  g_autofree char *longest = g_strnfill (BOARD_MAX_INDEX, 'z');
  g_autofree char *above = board_index_between (longest, NULL);
  g_autofree char *below = board_index_between (NULL, "0");
  g_autofree char *inside = board_index_between ("a", "a0");

  g_assert_cmpstr (above, ==, longest);
  g_assert_cmpstr (below, ==, "0");
  g_assert_cmpstr (inside, ==, "a");
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GPtrArray) order = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < 3000; i++)
    {
      guint at = (guint) g_rand_int_range (rand, 0, (int) order->len + 1);
      const char *a = at > 0 ? g_ptr_array_index (order, at - 1) : NULL;
      const char *b = at < order->len ? g_ptr_array_index (order, at) : NULL;
      char *between = board_index_between (a, b);

      g_assert_true (board_index_is_valid (between));
      g_assert_true (a == NULL || strcmp (a, between) < 0);
      g_assert_true (b == NULL || strcmp (between, b) < 0);
      g_ptr_array_insert (order, (int) at, between);
    }
}

/* A board drawn on from bottom to top keeps short indices. */
static void
test_append_stays_short (void)
{
  g_autofree char *last = NULL;

  for (int i = 0; i < 100000; i++)
    {
      char *next = board_index_between (last, NULL);

      g_assert_true (last == NULL || strcmp (last, next) < 0);
      g_free (last);
      last = next;
    }
  g_assert_cmpuint (strlen (last), <=, 4);
}

static void
test_strange (void)
{
  static const char *const strange[] = { "0", "00", "5", "a", "b0", "z", "zz", "A", "a00", "a10" };

  for (gsize i = 0; i < G_N_ELEMENTS (strange); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (strange); k++)
      {
        g_autofree char *between = NULL;

        if (strcmp (strange[i], strange[k]) >= 0)
          continue;
        between = board_index_between (strange[i], strange[k]);
        g_assert_true (board_index_is_valid (between));
        g_assert_cmpint (strcmp (strange[i], between), <=, 0);
        g_assert_cmpint (strcmp (between, strange[k]), <, 0);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/index/known", test_known);
  g_test_add_func ("/board/index/valid", test_valid);
  g_test_add_func ("/board/index/no-room", test_no_room);
  g_test_add_func ("/board/index/random", test_random);
  g_test_add_func ("/board/index/append-stays-short", test_append_stays_short);
  g_test_add_func ("/board/index/strange", test_strange);
  return g_test_run ();
}
