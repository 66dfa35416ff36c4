/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json/wire-json.h"

static const struct {
  const char *text;
  const char *printed; /* what the tree of it prints as */
} good[] = {
  { "null", "null" },
  { " \t\r\n true ", "true" },
  { "false", "false" },
  { "0", "0" },
  { "-0", "0" },
  { "-0.0", "-0.0" },
  { "1e2", "100" },
  { "1E+2", "100" },
  { "1.5e-3", "0.0015" },
  { "9223372036854775807", "9223372036854775807" },
  { "-9223372036854775808", "-9223372036854775808" },
  { "9223372036854775808", "9.223372036854776e+18" },
  { "-9223372036854775809", "-9.223372036854776e+18" },
  { "123456789012345678901234567890", "1.2345678901234568e+29" },
  { "1e17", "1e+17" },
  { "1e21", "1e+21" },
  { "1e308", "1e+308" },
  { "5e-324", "5e-324" },
  { "1e-999", "0" },
  { "0.1", "0.1" },
  { "0.30000000000000004", "0.30000000000000004" },
  { "\"\"", "\"\"" },
  { "\"a\\u0041\\n\\/\\\\\\\"\"", "\"aA\\n/\\\\\\\"\"" },
  { "\"\\b\\f\\r\\t\\u000b\\u001f\"", "\"\\b\\f\\r\\t\\u000b\\u001f\"" },
  { "\"\\ud83d\\ude00\"", "\"\xf0\x9f\x98\x80\"" },
  { "\"\\u00e9\xc3\xa9\"", "\"\xc3\xa9\xc3\xa9\"" },
  { "\"\x7f\"", "\"\x7f\"" },
  { "\"\xe2\x80\xa8\"", "\"\xe2\x80\xa8\"" },
  { "[]", "[]" },
  { "{}", "{}" },
  { "[ [ ] , { } ]", "[[],{}]" },
  { "{\"b\":1,\"a\":[1,2.5,\"x\",null]}", "{\"b\":1,\"a\":[1,2.5,\"x\",null]}" },
  { "{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":3,\"b\":2}" },
  { "{\"\":0}", "{\"\":0}" },
  { "{\"__proto__\":{\"constructor\":1}}", "{\"__proto__\":{\"constructor\":1}}" },
};

#define SYNTAX WIRE_JSON_ERROR_SYNTAX
#define UTF8 WIRE_JSON_ERROR_UTF8
#define RANGE WIRE_JSON_ERROR_RANGE

static const struct {
  const char *text;
  WireJsonError code;
} bad[] = {
  { "", SYNTAX },
  { "   ", SYNTAX },
  { "[", SYNTAX },
  { "]", SYNTAX },
  { "[1,]", SYNTAX },
  { "[,1]", SYNTAX },
  { "[1 2]", SYNTAX },
  { "[1}", SYNTAX },
  { "{]", SYNTAX },
  { "{\"a\"}", SYNTAX },
  { "{\"a\":}", SYNTAX },
  { "{\"a\" 1}", SYNTAX },
  { "{\"a\":1,}", SYNTAX },
  { "{a:1}", SYNTAX },
  { "{1:1}", SYNTAX },
  { "{\"a\":1", SYNTAX },
  { "{\"a\":", SYNTAX },
  { "{\"a", SYNTAX },
  { "[1][2]", SYNTAX },
  { "1 2", SYNTAX },
  { "1x", SYNTAX },
  { "nul", SYNTAX },
  { "nulll", SYNTAX },
  { "True", SYNTAX },
  { "undefined", SYNTAX },
  { "NaN", SYNTAX },
  { "Infinity", SYNTAX },
  { "-Infinity", SYNTAX },
  { "-", SYNTAX },
  { "+1", SYNTAX },
  { "01", SYNTAX },
  { "-01", SYNTAX },
  { "0x10", SYNTAX },
  { "1.", SYNTAX },
  { ".5", SYNTAX },
  { "1e", SYNTAX },
  { "1e+", SYNTAX },
  { "1.2.3", SYNTAX },
  { "1e5-3", SYNTAX },
  { "'a'", SYNTAX },
  { "/**/1", SYNTAX },
  { "1//x", SYNTAX },
  { "var x=1;", SYNTAX },
  { "\xef\xbb\xbf" "1", SYNTAX },
  { "\xc2\xa0" "1", SYNTAX },
  { "\v1", SYNTAX },
  { "\"a", SYNTAX },
  { "\"\\", SYNTAX },
  { "\"\\\"", SYNTAX },
  { "\"\\x41\"", SYNTAX },
  { "\"\\u00\"", SYNTAX },
  { "\"\\u00g0\"", SYNTAX },
  { "\"\\u+123\"", SYNTAX },
  { "\"a\nb\"", SYNTAX },
  { "\"\x01\"", SYNTAX },
  { "\"\\u0000\"", UTF8 },
  { "{\"\\u0000\":1}", UTF8 },
  { "\"\\ud800\"", UTF8 },
  { "\"\\udc00\"", UTF8 },
  { "\"\\ud800\\ud800\"", UTF8 },
  { "\"\\ud800\\u0041\"", UTF8 },
  { "\"\\ud800x\"", UTF8 },
  { "\"\xff\"", UTF8 },
  { "\"\xc0\x80\"", UTF8 },
  { "\"\xed\xa0\x80\"", UTF8 },
  { "\"\xf4\x90\x80\x80\"", UTF8 },
  { "\"\xe2\x82\"", UTF8 },
  { "1e999", RANGE },
  { "-1e999", RANGE },
  { "[1e309]", RANGE },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *printed = NULL;
      gsize length = 0;

      node = wire_json_parse (good[i].text, strlen (good[i].text), &wire_json_limits_default, &error);
      g_assert_no_error (error);
      printed = wire_json_print (node, &length);
      g_assert_cmpstr (printed, ==, good[i].printed);
      g_assert_cmpuint (length, ==, strlen (printed));
      g_assert_true (wire_json_validate (good[i].text, strlen (good[i].text),
                                         &wire_json_limits_default, &error));
      g_assert_no_error (error);
    }
}

static void
assert_refused (const char *text, gsize length, const WireJsonLimits *limits, WireJsonError code)
{
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (GError) validate_error = NULL;
  JsonNode *node = wire_json_parse (text, length, limits, &parse_error);

  if (node != NULL)
    g_test_message ("accepted: %.*s", (int) MIN (length, 60), text);
  g_assert_null (node);
  g_assert_error (parse_error, WIRE_JSON_ERROR, (int) code);
  g_assert_false (wire_json_validate (text, length, limits, &validate_error));
  g_assert_error (validate_error, WIRE_JSON_ERROR, (int) code);
}

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (bad[i].text, strlen (bad[i].text), &wire_json_limits_default, bad[i].code);
  assert_refused ("1\0", 2, &wire_json_limits_default, UTF8);
  assert_refused ("\"\0\"", 3, &wire_json_limits_default, UTF8);
}

/* Every beginning of a text that is not the text itself is refused and read not a byte too far. */
static void
test_cut (void)
{
  static const char text[] = "{\"k\\u00e9y\":[true,false,null,\"\\ud83d\\ude00\",{\"n\":-12.5e+3}]}";

  for (gsize length = 0; length < sizeof text - 1; length++)
    {
      g_autofree char *cut = g_memdup2 (text, length);
      g_autoptr (JsonNode) node = wire_json_parse (cut, length, &wire_json_limits_default, NULL);

      g_assert_null (node);
    }
  g_assert_true (wire_json_validate (text, sizeof text - 1, &wire_json_limits_default, NULL));
}

static char *
repeat (const char *before, const char *middle, guint times, const char *after)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < times; i++)
    g_string_append (text, middle);
  g_string_append (text, after);
  return g_string_free (text, FALSE);
}

static void
assert_limit (const char *under, const char *over, const WireJsonLimits *limits, WireJsonError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wire_json_validate (under, strlen (under), limits, &error));
  g_assert_no_error (error);
  assert_refused (over, strlen (over), limits, code);
}

static void
test_limits (void)
{
  WireJsonLimits limits = {
    .max_bytes = 40, .max_depth = 2, .max_values = 5, .max_members = 2, .unique_keys = TRUE,
  };

  assert_limit ("[[1]]", "[[[]]]", &limits, WIRE_JSON_ERROR_LIMIT);
  assert_limit ("{\"a\":[]}", "{\"a\":[{}]}", &limits, WIRE_JSON_ERROR_LIMIT);
  assert_limit ("[1,2,3,4]", "[1,2,3,4,5]", &limits, WIRE_JSON_ERROR_LIMIT);
  assert_limit ("{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2,\"c\":3}", &limits, WIRE_JSON_ERROR_LIMIT);
  assert_limit ("\"34567890123456789012345678901234567890\"",
                "\"345678901234567890123456789012345678901\"", &limits, WIRE_JSON_ERROR_LIMIT);
  assert_limit ("[{\"a\":1},{\"a\":1}]", "{\"a\":1,\"\\u0061\":1}", &limits,
                WIRE_JSON_ERROR_DUPLICATE);
  limits.max_depth = 0;
  assert_limit ("1", "[]", &limits, WIRE_JSON_ERROR_LIMIT);
}

static void
test_bombs (void)
{
  g_autofree char *arrays = repeat ("", "[", 80000, "");
  g_autofree char *objects = repeat ("", "{\"a\":", 60000, "");
  g_autofree char *values = repeat ("[0", ",0", 300000, "]");

  assert_refused (arrays, strlen (arrays), &wire_json_limits_default, WIRE_JSON_ERROR_LIMIT);
  assert_refused (objects, strlen (objects), &wire_json_limits_default, WIRE_JSON_ERROR_LIMIT);
  assert_refused (values, strlen (values), &wire_json_limits_default, WIRE_JSON_ERROR_LIMIT);
}

/* An object of as many members as allowed, twice fine, many times refused. */
static void
test_many_members (void)
{
  GString *object = g_string_new ("{");
  g_autofree char *one = NULL;
  g_autofree char *few = NULL;
  g_autofree char *many = NULL;
  g_autofree char *separated = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (object, "%s\"k%u\":0", i > 0 ? "," : "", i);
  g_string_append_c (object, '}');
  one = g_string_free (object, FALSE);
  separated = g_strconcat (",", one, NULL);
  few = repeat ("[0", separated, 3, "]");
  many = repeat ("[0", separated, 20, "]");
  assert_limit (few, many, &wire_json_limits_default, WIRE_JSON_ERROR_LIMIT);
}

static void
test_types (void)
{
  g_autoptr (JsonNode) integer = wire_json_parse ("12", 2, &wire_json_limits_default, NULL);
  g_autoptr (JsonNode) real = wire_json_parse ("12.0", 4, &wire_json_limits_default, NULL);
  g_autoptr (JsonNode) null = wire_json_parse ("null", 4, &wire_json_limits_default, NULL);

  g_assert_true (json_node_get_value_type (integer) == G_TYPE_INT64);
  g_assert_true (json_node_get_value_type (real) == G_TYPE_DOUBLE);
  g_assert_true (JSON_NODE_HOLDS_NULL (null));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/reader/good", test_good);
  g_test_add_func ("/json/reader/bad", test_bad);
  g_test_add_func ("/json/reader/cut", test_cut);
  g_test_add_func ("/json/reader/limits", test_limits);
  g_test_add_func ("/json/reader/bombs", test_bombs);
  g_test_add_func ("/json/reader/many-members", test_many_members);
  g_test_add_func ("/json/reader/types", test_types);
  return g_test_run ();
}
