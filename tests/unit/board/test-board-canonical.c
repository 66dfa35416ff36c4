/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-canonical.h"

#include <string.h>

#include "json/wire-json.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = wire_json_parse (text, strlen (text), &wire_json_limits_default, &error);

  g_assert_no_error (error);
  return node;
}

static void
test_append (void)
{
  static const char *const rows[][2] = {
    { "5.0", "5" },
    { "-0.0", "0" },
    { "-0", "0" },
    { "1e2", "100" },
    { "0.10", "0.1" },
    { "\"\\u0041\\/\"", "\"A/\"" },
    { "[ ]", "[]" },
    { "{ \"b\" : 1, \"a\" : { \"d\" : [ null, true ], \"c\" : 2 } }",
      "{\"a\":{\"c\":2,\"d\":[null,true]},\"b\":1}" },
    { "{\"Z\":1,\"a\":2,\"\":3,\"\\u00e9\":4}", "{\"\":3,\"Z\":1,\"a\":2,\"\xc3\xa9\":4}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonNode) node = parse (rows[i][0]);
      g_autoptr (GString) out = g_string_new (NULL);

      board_canonical_append (out, node);
      g_assert_cmpstr (out->str, ==, rows[i][1]);
    }
}

static void
test_merge (void)
{
  static const struct {
    const char *text, *changes, *result;
    guint n_members;
  } rows[] = {
    { "{}", "{}", "{}", 0 },
    { "{}", "{\"b\":1,\"a\":2}", "{\"a\":2,\"b\":1}", 2 },
    { "{\"a\":1}", "{\"a\":null}", "{}", 0 },
    { "{\"a\":1}", "{\"b\":null}", "{\"a\":1}", 1 },
    { "{\"b\":1}", "{\"a\":0,\"c\":2}", "{\"a\":0,\"b\":1,\"c\":2}", 3 },
    { "{\"a\":1,\"ab\":2}", "{\"aa\":0}", "{\"a\":1,\"aa\":0,\"ab\":2}", 3 },
    { "{\"aa\":1}", "{\"a\":0}", "{\"a\":0,\"aa\":1}", 2 },
    { "{\"a\":\"x\\\\\\\"},\",\"b\":[{\"c\":\"]}\"},\"[\"],\"d\":{}}", "{\"b\":null}",
      "{\"a\":\"x\\\\\\\"},\",\"d\":{}}", 2 },
    { "{\"a\":\"\\\\\",\"b\":\"\"}", "{\"b\":{\"z\":1,\"y\":2}}",
      "{\"a\":\"\\\\\",\"b\":{\"y\":2,\"z\":1}}", 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonNode) changes = parse (rows[i].changes);
      g_autofree char *result = NULL;
      guint n;

      g_test_message ("%s with %s", rows[i].text, rows[i].changes);
      result = board_canonical_merge (rows[i].text, json_node_get_object (changes), &n);
      g_assert_cmpstr (result, ==, rows[i].result);
      g_assert_cmpuint (n, ==, rows[i].n_members);
    }
}

static void
test_find (void)
{
  static const char text[] = "{\"a\":\"x,}\",\"ab\":[1,{\"b\":2}],\"b\":3}";
  const char *value;
  gsize length;

  g_assert_true (board_canonical_find (text, "a", &value, &length));
  g_assert_cmpmem (value, length, "\"x,}\"", 5);
  g_assert_true (board_canonical_find (text, "ab", &value, &length));
  g_assert_cmpmem (value, length, "[1,{\"b\":2}]", 11);
  g_assert_true (board_canonical_find (text, "b", &value, &length));
  g_assert_cmpmem (value, length, "3", 1);
  g_assert_false (board_canonical_find (text, "", &value, &length));
  g_assert_false (board_canonical_find (text, "c", &value, &length));
  g_assert_false (board_canonical_find ("{}", "a", &value, &length));
}

static void
test_equal (void)
{
  g_autoptr (JsonNode) a = parse ("{\"x\":1.0,\"y\":[2]}");
  g_autoptr (JsonNode) b = parse ("{\"y\":[2.0],\"x\":1}");
  g_autoptr (JsonNode) c = parse ("{\"y\":[2.5],\"x\":1}");
  g_autoptr (JsonNode) null = parse ("null");

  g_assert_true (board_canonical_equal (a, b));
  g_assert_false (board_canonical_equal (a, c));
  g_assert_true (board_canonical_equal (null, NULL));
  g_assert_false (board_canonical_equal (a, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/canonical/append", test_append);
  g_test_add_func ("/board/canonical/merge", test_merge);
  g_test_add_func ("/board/canonical/find", test_find);
  g_test_add_func ("/board/canonical/equal", test_equal);
  return g_test_run ();
}
