/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-op.h"

#include <string.h>

#include "board/board-limits.h"

static void
test_build (void)
{
  g_autoptr (BoardOp) op = board_op_new ();
  g_autoptr (BoardOp) back = NULL;
  g_autoptr (JsonObject) props = json_object_new ();
  const BoardPoint point = { .x = 1, .y = 2, .pressure = 0.5f };
  g_autoptr (BoardElement) element = board_element_new_freedraw ("f", "a0", "#000", 2, &point, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;

  json_object_set_double_member (props, "x", 4.0);
  json_object_set_null_member (props, "link");
  board_op_add_element (op, element);
  board_op_set_props (op, "f", props);
  board_op_remove_element (op, "f");
  board_op_chat (op, "h\xc3\xa9llo \"you\"");
  board_op_set_title (op, "Plans");
  json_object_set_double_member (props, "x", 5.0); /* it was copied */
  text = board_op_to_json (op);
  back = board_op_from_json (text, -1, &error);
  g_assert_no_error (error);
  again = board_op_to_json (back);
  g_assert_cmpstr (text, ==, again);

  g_assert_cmpuint (board_op_get_n_changes (back), ==, 5);
  g_assert_cmpint (board_op_get_change_type (back, 0), ==, BOARD_CHANGE_ADD);
  g_assert_cmpstr (board_op_get_change_id (back, 0), ==, "f");
  g_assert_cmpfloat (board_element_get_x (board_op_get_change_element (back, 0)), ==, 1);
  g_assert_cmpint (board_op_get_change_type (back, 1), ==, BOARD_CHANGE_SET);
  g_assert_cmpint (json_object_get_int_member (board_op_get_change_props (back, 1), "x"), ==, 4);
  g_assert_true (json_object_get_null_member (board_op_get_change_props (back, 1), "link"));
  g_assert_cmpint (board_op_get_change_type (back, 2), ==, BOARD_CHANGE_REMOVE);
  g_assert_null (board_op_get_change_element (back, 2));
  g_assert_cmpstr (board_op_get_change_text (back, 3), ==, "h\xc3\xa9llo \"you\"");
  g_assert_cmpuint (strlen (board_op_get_change_id (back, 3)), ==, 22);
  g_assert_cmpstr (board_op_get_change_text (back, 4), ==, "Plans");
  g_assert_null (board_op_get_change_id (back, 4));
}

static void
test_unknown_changes (void)
{
  static const char text[] = "{\"c\":[[\"vote\",{\"b\":1,\"a\":[2.50]},null]], \"later\":true}";
  g_autoptr (BoardOp) op = board_op_from_json (text, (gssize) strlen (text), NULL);
  g_autofree char *back = board_op_to_json (op);

  g_assert_cmpint (board_op_get_change_type (op, 0), ==, BOARD_CHANGE_UNKNOWN);
  g_assert_null (board_op_get_change_id (op, 0));
  g_assert_null (board_op_get_change_text (op, 0));
  g_assert_cmpstr (back, ==, "{\"c\":[[\"vote\",{\"a\":[2.5],\"b\":1},null]]}");
}

static char *
repeat (const char *change, guint n)
{
  GString *out = g_string_new ("{\"c\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "," : "", change);
  g_string_append (out, "]}");
  return g_string_free (out, FALSE);
}

static char *
message (guint length)
{
  g_autofree char *text = g_strnfill (length, 'x');

  return g_strdup_printf ("{\"c\":[[\"chat\",{\"id\":\"m\",\"text\":\"%s\"}]]}", text);
}

static void
check_limit (char *text, gboolean good)
{
  g_autofree char *owned = text;
  g_autoptr (GError) error = NULL;
  g_autoptr (BoardOp) op = board_op_from_json (owned, -1, &error);

  if (good)
    g_assert_no_error (error);
  else
    g_assert_error (error, BOARD_ERROR, BOARD_ERROR_LIMIT);
}

static void
test_limits (void)
{
  g_autofree char *deep = g_strnfill (40, '[');
  g_autofree char *deeper = g_strnfill (100000, '[');

  check_limit (repeat ("[\"-\",\"r\"]", BOARD_MAX_CHANGES), TRUE);
  check_limit (repeat ("[\"-\",\"r\"]", BOARD_MAX_CHANGES + 1), FALSE);
  check_limit (message (BOARD_MAX_CHAT), TRUE);
  check_limit (message (BOARD_MAX_CHAT + 1), FALSE);
  check_limit (message (BOARD_MAX_OP_TEXT), FALSE);
  check_limit (g_strconcat ("{\"c\":", deep, NULL), FALSE);
  check_limit (g_strconcat ("{\"c\":", deeper, NULL), FALSE);
}

/* Whatever is cut off an op is no op. */
static void
test_cut (void)
{
  static const char text[] = "{\"c\":[[\"+\",{\"id\":\"r\",\"type\":\"rectangle\",\"index\":\"a0\"}]]}";

  for (gssize length = 0; length < (gssize) strlen (text); length++)
    g_assert_null (board_op_from_json (text, length, NULL));
  g_assert_null (board_op_from_json ("{\"c\":[]}\0", 9, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/op/build", test_build);
  g_test_add_func ("/board/op/unknown-changes", test_unknown_changes);
  g_test_add_func ("/board/op/limits", test_limits);
  g_test_add_func ("/board/op/cut", test_cut);
  return g_test_run ();
}
