/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-invitation-words.h"

#define NOW INT64_C (1700000000)

static void
test_words (void)
{
  static const struct
  {
    DrawInvitation invitation;
    const char *title, *terms;
    gboolean over;
  } rows[] = {
    { { .role = BOARD_ROLE_EDITOR, .label = (char *)"" }, "Editors", "can draw", FALSE },
    { { .role = BOARD_ROLE_VIEWER, .label = (char *)"Class <b>7</b>", .uses = 1 },
      "Class <b>7</b>", "can look and chat · for 1 more person", FALSE },
    { { .role = BOARD_ROLE_VIEWER, .label = (char *)"", .uses = 20 },
      "Viewers", "can look and chat · for 20 more people", FALSE },
    { { .role = BOARD_ROLE_EDITOR, .label = (char *)"", .used_up = TRUE },
      "Editors", "can draw · used up", TRUE },
    { { .role = BOARD_ROLE_EDITOR, .label = (char *)"", .expires = (NOW + 30) * 1000 },
      "Editors", "can draw · expires in 1 minute", FALSE },
    { { .role = BOARD_ROLE_EDITOR, .label = (char *)"", .expires = (NOW + 5 * 3600) * 1000 },
      "Editors", "can draw · expires in 5 hours", FALSE },
    { { .role = BOARD_ROLE_EDITOR, .label = (char *)"", .uses = 2, .expires = (NOW + 3 * 86400) * 1000 },
      "Editors", "can draw · for 2 more people · expires in 3 days", FALSE },
    { { .role = BOARD_ROLE_EDITOR, .label = (char *)"", .expires = (NOW - 1) * 1000 },
      "Editors", "can draw · expired", TRUE },
    { { .role = BOARD_ROLE_EDITOR, .label = (char *)"", .expires = INT64_C (9007199254740991) },
      "Editors", "can draw · expires in 104230315 days", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *title = draw_invitation_title (&rows[i].invitation);
      g_autofree char *terms = draw_invitation_terms (&rows[i].invitation, NOW);

      g_assert_cmpstr (title, ==, rows[i].title);
      g_assert_cmpstr (terms, ==, rows[i].terms);
      g_assert_cmpint (draw_invitation_is_over (&rows[i].invitation, NOW), ==, rows[i].over);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dialogs/invitation-words", test_words);
  return g_test_run ();
}
