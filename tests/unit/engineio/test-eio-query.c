/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-query.h"

static const struct {
  const char *query;
  const char *name;
  const char *value; /* NULL: not there */
} good[] = {
  { NULL, "a", NULL },
  { "", "a", NULL },
  { "EIO=4&transport=polling", "transport", "polling" },
  { "a=1&a=2", "a", "2" },
  { "a", "a", "" },
  { "a=", "a", "" },
  { "=x", "", "x" },
  { "&&a=1&", "a", "1" },
  { "a=b=c", "a", "b=c" },
  { "a=x+y%20z%2B", "a", "x y z+" },
  { "%61=%C3%A9", "a", "\xc3\xa9" },
  { "__proto__=1", "__proto__", "1" },
};

static const char *const bad[] = {
  "EIO=4&EIO=3",
  "sid=a&sid=a",
  "transport=polling&%74ransport=websocket",
  "a=%",
  "a=%4",
  "a=%zz",
  "a=%00",
  "a=%FF",
  "%FF=a",
  "a=%C3",
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GHashTable) table = eio_query_parse (good[i].query);

      g_assert_nonnull (table);
      g_assert_cmpstr (g_hash_table_lookup (table, good[i].name), ==, good[i].value);
    }
}

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (eio_query_parse (bad[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/query/good", test_good);
  g_test_add_func ("/engineio/query/bad", test_bad);
  return g_test_run ();
}
