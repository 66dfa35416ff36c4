/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "board/board-limits.h"
#include "sync/draw-name.h"
#include "sync/draw-roster.h"

typedef struct {
  const char *title, *name, *expected;
} NameRow;

static const NameRow names[] = {
  { "plain", "Ana María", "Ana María" },
  { "trimmed", "  Ana \t\n  B ", "Ana B" },
  { "markup-is-text", "<b>&", "<b>&" },
  { "escape", "\033[31mred", "[31mred" },
  { "line-break", "a\r\nb\xe2\x80\xa8" "c", "a b c" },
  { "bidi-override", "a\xe2\x80\xae" "b\xe2\x81\xa6", "ab" },
  { "zero-width-only", "\xe2\x80\x8b\xe2\x80\x8d\xef\xbb\xbf", NULL },
  { "hangul-filler-only", "\xe3\x85\xa4", NULL },
  { "empty", "", NULL },
  { "blank", " \xc2\xa0 ", NULL },
  { "not-utf8", "a\xff", NULL },
  { "marks-alone", "\xcc\x81\xcc\x81", NULL },
  { "zalgo", "a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81" "b",
    "a\xcc\x81\xcc\x81\xcc\x81\xcc\x81" "b" },
  { "delete", "a\x7f" "b", "ab" },
  { "c1", "a\xc2\x9b" "b", "ab" },
};

static void
test_name (gconstpointer data)
{
  const NameRow *row = data;
  g_autofree char *clean = draw_name_clean (row->name);

  g_assert_cmpstr (clean, ==, row->expected);
}

static void
test_long_name (void)
{
  g_autofree char *name = g_strnfill (100000, 'W');
  g_autofree char *clean = draw_name_clean (name);

  g_assert_cmpuint (strlen (clean), ==, BOARD_MAX_NAME);
}

static void
test_color (void)
{
  static const char *const bad[] = { "red", "#12345", "#1234567", "#12345g", "", "url(x)" };

  g_assert_true (draw_color_is_valid ("#12abEF"));
  g_assert_false (draw_color_is_valid (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (draw_color_is_valid (bad[i]));
  g_assert_true (draw_color_is_valid (draw_color_for_member ("anybody")));
}

static const char *
name_of (DrawRoster *roster, const char *id)
{
  return draw_member_get_name (draw_roster_lookup (roster, id));
}

static void
on_items_changed (GListModel *list, guint position, guint removed, guint added, guint *n)
{
  g_assert_cmpuint (position + added, ==, g_list_model_get_n_items (list));
  *n += added;
}

static void
test_members (void)
{
  g_autoptr (DrawRoster) roster = draw_roster_new ("me");
  g_autoptr (GPtrArray) here = NULL;
  g_autoptr (DrawMember) first = NULL;
  guint n = 0;

  g_signal_connect (roster, "items-changed", G_CALLBACK (on_items_changed), &n);
  g_assert_cmpstr (name_of (roster, "me"), ==, "Guest 1");
  draw_roster_set (roster, "me", BOARD_ROLE_HOST, "Ana", "#112233", TRUE);
  draw_roster_set (roster, "b", BOARD_ROLE_EDITOR, "ana", "bad", TRUE);
  draw_roster_set (roster, "c", BOARD_ROLE_VIEWER, "\xe2\x80\xae", NULL, TRUE);
  draw_roster_set (roster, "d", BOARD_ROLE_VIEWER, "Ana", NULL, FALSE);
  g_assert_cmpuint (n, ==, 3);
  first = g_list_model_get_item (G_LIST_MODEL (roster), 0);
  g_assert_true (draw_member_is_self (first));
  g_assert_cmpstr (draw_member_get_color (first), ==, "#112233");
  g_assert_cmpint (draw_member_get_role (first), ==, BOARD_ROLE_HOST);
  g_assert_cmpstr (name_of (roster, "me"), ==, "Ana");
  g_assert_cmpstr (name_of (roster, "b"), ==, "ana (2)");
  g_assert_cmpstr (name_of (roster, "c"), ==, "Guest 2");
  g_assert_cmpstr (name_of (roster, "d"), ==, "Ana (3)");
  here = draw_roster_list_others_here (roster);
  g_assert_cmpuint (here->len, ==, 2);
  g_assert_true (draw_roster_set_away (roster, "b"));
  g_assert_false (draw_roster_set_away (roster, "b"));
  g_assert_false (draw_roster_set_away (roster, "nobody"));
  /* The same again changes nothing; a name that was given up is free. */
  draw_roster_set (roster, "b", BOARD_ROLE_EDITOR, "ana", NULL, TRUE);
  g_assert_cmpstr (name_of (roster, "b"), ==, "ana (2)");
  draw_roster_set (roster, "me", BOARD_ROLE_HOST, "Zoe", NULL, TRUE);
  draw_roster_set (roster, "e", BOARD_ROLE_EDITOR, "Ana", NULL, TRUE);
  g_assert_cmpstr (name_of (roster, "e"), ==, "Ana");
}

static void
test_bounded (void)
{
  g_autoptr (DrawRoster) roster = draw_roster_new ("me");

  for (guint i = 0; i < 2 * DRAW_ROSTER_MAX; i++)
    {
      g_autofree char *id = g_strdup_printf ("m%u", i);

      draw_roster_set (roster, id, BOARD_ROLE_EDITOR, "Ana", NULL, TRUE);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (roster)), ==, DRAW_ROSTER_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/sync/name/", names[i].title, NULL);

      g_test_add_data_func (path, &names[i], test_name);
    }
  g_test_add_func ("/sync/name/long", test_long_name);
  g_test_add_func ("/sync/name/color", test_color);
  g_test_add_func ("/sync/roster/members", test_members);
  g_test_add_func ("/sync/roster/bounded", test_bounded);
  return g_test_run ();
}
