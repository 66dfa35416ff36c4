/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json/wire-json.h"

#include <float.h>
#include <math.h>

static const struct {
  double value;
  const char *text;
} doubles[] = {
  { 0, "0" },
  { -0.0, "-0.0" },
  { 1, "1" },
  { -3, "-3" },
  { 9007199254740991, "9007199254740991" },
  { 9007199254740992, "9007199254740992" },
  { 1e17, "1e+17" },
  { 1e300, "1e+300" },
  { 0.1, "0.1" },
  { 1.0 / 3, "0.3333333333333333" },
  { 5e-324, "5e-324" },
  { DBL_MIN, "2.2250738585072014e-308" },
  { DBL_MAX, "1.7976931348623157e+308" },
  { INFINITY, "null" },
  { -INFINITY, "null" },
  { NAN, "null" },
};

static void
test_doubles (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (doubles); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      wire_json_append_double (out, doubles[i].value);
      g_assert_cmpstr (out->str, ==, doubles[i].text);
    }
}

/* Any bit pattern of a finite double survives writing and reading. */
static void
test_double_round_trip (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      uint64_t bits = (uint64_t) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (JsonNode) node = NULL;
      double value, back;

      memcpy (&value, &bits, sizeof value);
      if (!isfinite (value))
        continue;
      wire_json_append_double (out, value);
      node = wire_json_parse (out->str, out->len, &wire_json_limits_default, NULL);
      g_assert_nonnull (node);
      back = json_node_get_double (node);
      g_assert_cmpmem (&back, sizeof back, &value, sizeof value);
    }
}

static void
test_ints (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  wire_json_append_int (out, 0);
  g_string_append_c (out, ' ');
  wire_json_append_int (out, INT64_MAX);
  g_string_append_c (out, ' ');
  wire_json_append_int (out, INT64_MIN);
  g_assert_cmpstr (out->str, ==, "0 9223372036854775807 -9223372036854775808");
}

static const struct {
  const char *bytes;
  const char *text;
} strings[] = {
  { "", "\"\"" },
  { "a\"b\\c", "\"a\\\"b\\\\c\"" },
  { "\b\t\n\v\f\r\x1b", "\"\\b\\t\\n\\u000b\\f\\r\\u001b\"" },
  { "\xc3\xa9/\x7f", "\"\xc3\xa9/\x7f\"" },
  { "a\xff\xc3z\xc3", "\"a\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd\"" },
};

static void
test_strings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      wire_json_append_string (out, strings[i].bytes);
      g_assert_cmpstr (out->str, ==, strings[i].text);
      g_assert_true (wire_json_validate (out->str, out->len, &wire_json_limits_default, NULL));
    }
}

/* Values that no text could have brought. */
static void
test_odd_values (void)
{
  g_autoptr (JsonNode) string = json_node_init_string (json_node_alloc (), NULL);
  g_autoptr (JsonNode) real = json_node_init_double (json_node_alloc (), NAN);
  g_autoptr (GString) out = g_string_new (NULL);

  wire_json_append_node (out, string);
  g_string_append_c (out, ' ');
  wire_json_append_node (out, real);
  g_assert_cmpstr (out->str, ==, "null null");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/writer/doubles", test_doubles);
  g_test_add_func ("/json/writer/double-round-trip", test_double_round_trip);
  g_test_add_func ("/json/writer/ints", test_ints);
  g_test_add_func ("/json/writer/strings", test_strings);
  g_test_add_func ("/json/writer/odd-values", test_odd_values);
  return g_test_run ();
}
