/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "room/bridge-casts.h"

static void
assert_text (BridgeCasts *casts, const char *except, const char *expected)
{
  g_autofree char *text = bridge_casts_to_json (casts, except);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_order_and_audience (void)
{
  g_autoptr (BridgeCasts) casts = bridge_casts_new ();
  g_autoptr (GPtrArray) members = NULL;

  bridge_casts_add (casts, "ada", "one");
  bridge_casts_add (casts, "grace", "two");
  bridge_casts_add (casts, "ada", "three");

  assert_text (casts, NULL, "[[\"ada\",\"one\"],[\"grace\",\"two\"],[\"ada\",\"three\"]]");
  assert_text (casts, "ada", "[[\"grace\",\"two\"]]");
  assert_text (casts, "grace", "[[\"ada\",\"one\"],[\"ada\",\"three\"]]");
  assert_text (casts, "nobody", "[[\"ada\",\"one\"],[\"grace\",\"two\"],[\"ada\",\"three\"]]");

  members = bridge_casts_list_members (casts);
  g_assert_cmpuint (members->len, ==, 2);
  g_assert_cmpstr (members->pdata[0], ==, "ada");
  g_assert_cmpstr (members->pdata[1], ==, "grace");
}

static void
test_nothing_left (void)
{
  g_autoptr (BridgeCasts) casts = bridge_casts_new ();

  assert_text (casts, NULL, NULL);
  bridge_casts_add (casts, "ada", "one");
  assert_text (casts, "ada", NULL);
}

static void
test_bytes (void)
{
  g_autoptr (BridgeCasts) casts = bridge_casts_new ();

  g_assert_true (bridge_casts_is_empty (casts));
  bridge_casts_add (casts, "ada", "12345");
  g_assert_cmpuint (bridge_casts_get_bytes (casts), ==, 8);
  g_assert_false (bridge_casts_is_empty (casts));
  bridge_casts_clear (casts);
  g_assert_cmpuint (bridge_casts_get_bytes (casts), ==, 0);
  g_assert_true (bridge_casts_is_empty (casts));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/casts/order-and-audience", test_order_and_audience);
  g_test_add_func ("/server/casts/nothing-left", test_nothing_left);
  g_test_add_func ("/server/casts/bytes", test_bytes);
  return g_test_run ();
}
