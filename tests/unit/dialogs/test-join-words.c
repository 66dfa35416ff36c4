/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-join-words.h"

#include <string.h>

#define TAIL \
  "/AAAAAAAAAAAAAAAAAAAAAA#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA." \
  "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static void
test_link (void)
{
  static const struct {
    const char *text, *place, *role;
  } rows[] = {
    { "drawbridge://example.org" TAIL, "example.org:3729", "What the host allows" },
    { "drawbridge://192.168.1.2:80" TAIL ".viewer", "192.168.1.2:80", "Look and chat" },
    { "drawbridge://[fd00::1]:3730" TAIL ".editor", "[fd00::1]:3730", "Draw and chat" },
    { "drawbridge://xn--bcher-kva.example" TAIL, "xn--bcher-kva.example:3729", "What the host allows" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BoardLink) link = board_link_parse (rows[i].text, NULL);
      g_autofree char *place = draw_join_place (link);
      g_autofree char *role = draw_join_role (link);

      g_assert_cmpstr (place, ==, rows[i].place);
      g_assert_cmpstr (role, ==, rows[i].role);
    }
}

static void
test_progress (void)
{
  static const struct {
    DrawLoading loading;
    guint64 done, total;
    const char *words;
    double fraction;
  } rows[] = {
    { DRAW_LOADING_NOTHING, 0, 0, "Waiting for the server…", -1 },
    { DRAW_LOADING_GREETING, 0, 0, "Asking to be let in…", -1 },
    { DRAW_LOADING_SNAPSHOT, 0, 0, "Loading the board…", -1 },
    { DRAW_LOADING_SNAPSHOT, 1200000, 0, "Loading the board… 1.2\u00a0MB", -1 },
    { DRAW_LOADING_SNAPSHOT, 1200000, 4800000, "Loading the board… 1.2\u00a0MB of 4.8\u00a0MB", 0.25 },
    { DRAW_LOADING_SNAPSHOT, 4800000, 4800000, "Opening the board…", 1 },
    { DRAW_LOADING_LOG, 50, 200, "Loading the board… 50 of 200 changes", 0.25 },
    { DRAW_LOADING_LOG, 0, 1, "Loading the board… 0 of 1 change", 0 },
    { DRAW_LOADING_LOG, 0, 0, "Loading the board… 0 of 0 changes", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = draw_join_progress (rows[i].loading, rows[i].done, rows[i].total);

      g_assert_cmpstr (words, ==, rows[i].words);
      g_assert_cmpfloat_with_epsilon (
          draw_join_fraction (rows[i].loading, rows[i].done, rows[i].total), rows[i].fraction, 1e-9);
    }
}

static void
test_wanted (void)
{
  g_autofree char *all = draw_join_wanted ("Physics", "Ada");
  g_autofree char *nobody = draw_join_wanted ("Physics", "");
  g_autofree char *nothing = draw_join_wanted ("", "Ada");

  g_assert_true (g_str_has_prefix (all, "To join “Physics” you need an invitation. Ask Ada for"));
  g_assert_nonnull (strstr (nobody, "Ask its host for"));
  g_assert_nonnull (strstr (nothing, "“Untitled”"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/join-words/link", test_link);
  g_test_add_func ("/join-words/progress", test_progress);
  g_test_add_func ("/join-words/wanted", test_wanted);
  return g_test_run ();
}
