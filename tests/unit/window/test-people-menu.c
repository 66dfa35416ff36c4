/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which verbs about a person are offered to whom. */
#include "sync/draw-roster.h"
#include "window/draw-people-menu.h"

static void
append_actions (GString *all, GMenuModel *menu)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autofree char *action = NULL;

      if (section != NULL)
        append_actions (all, section);
      else if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
        g_string_append_printf (all, "%s%s", all->len > 0 ? " " : "", action + strlen ("people."));
    }
}

static void
assert_offers (DrawMember *member, BoardRole own_role, const char *expected)
{
  g_autoptr (GMenuModel) menu = draw_people_menu_new (member, own_role);
  g_autoptr (GString) all = g_string_new (NULL);

  append_actions (all, menu);
  g_assert_cmpstr (all->str, ==, expected);
}

static void
test_offers (void)
{
  g_autoptr (DrawRoster) roster = draw_roster_new ("me");
  DrawMember *ben;

  draw_roster_set (roster, "ben", BOARD_ROLE_EDITOR, "Ben", NULL, TRUE);
  ben = draw_roster_lookup (roster, "ben");
  assert_offers (draw_roster_get_self (roster), BOARD_ROLE_HOST, "");
  assert_offers (ben, BOARD_ROLE_VIEWER, "follow locate whisper show-only mute");
  assert_offers (ben, BOARD_ROLE_EDITOR, "follow locate whisper show-only mute");
  assert_offers (ben, BOARD_ROLE_HOST, "follow locate whisper show-only mute make-viewer hand-over remove-all kick ban");
  draw_roster_set (roster, "ben", BOARD_ROLE_VIEWER, NULL, NULL, FALSE);
  assert_offers (ben, BOARD_ROLE_HOST, "show-only mute make-editor hand-over remove-all ban");
  draw_roster_set_banned (roster, "ben", TRUE);
  assert_offers (ben, BOARD_ROLE_HOST, "show-only mute remove-all let-in");
}

static void
test_words (void)
{
  g_autoptr (DrawRoster) roster = draw_roster_new ("me");
  g_autofree char *mine = draw_people_words (draw_roster_get_self (roster));
  g_autofree char *away = NULL, *muted = NULL;

  g_assert_cmpstr (mine, ==, "Viewer · you");
  draw_roster_set (roster, "ben", BOARD_ROLE_EDITOR, "Ben", NULL, FALSE);
  away = draw_people_words (draw_roster_lookup (roster, "ben"));
  g_assert_cmpstr (away, ==, "Editor · away");
  draw_roster_set_muted (roster, "ben", TRUE);
  muted = draw_people_words (draw_roster_lookup (roster, "ben"));
  g_assert_cmpstr (muted, ==, "Editor · muted");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window/people-menu/offers", test_offers);
  g_test_add_func ("/window/people-menu/words", test_words);
  return g_test_run ();
}
