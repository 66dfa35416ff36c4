/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include <string.h>

#include "socketio/sio-args-private.h"
#include "socketio/sio-scan.h"

static SioArgs *
received (const char *text)
{
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  gsize length;
  const char *data = g_bytes_get_data (source, &length);

  return sio_args_new_received (source, data, length, NULL);
}

static void
test_build (void)
{
  g_autoptr (SioArgs) args = sio_args_new ();

  g_assert_cmpuint (sio_args_get_size (args), ==, 0);
  g_assert_cmpstr (sio_args_get_json (args), ==, "[]");
  sio_args_add_null (args);
  sio_args_add_boolean (args, FALSE);
  sio_args_add_int (args, G_MININT64);
  sio_args_add_double (args, 1e17);
  sio_args_add_double (args, INFINITY);
  sio_args_add_string (args, "a,]");
  g_assert_cmpuint (sio_args_get_size (args), ==, 6);
  sio_args_add_json (args, "{\"a\":[1]}, not this", 9);
  sio_args_add_json (args, "[]", -1);
  g_assert_cmpuint (sio_args_get_size (args), ==, 8);
  g_assert_cmpstr (sio_args_get_json (args), ==,
                   "[null,false,-9223372036854775808,1e+17,null,\"a,]\",{\"a\":[1]},[]]");
}

static void
test_types (void)
{
  g_autoptr (SioArgs) args = received (
      " null , true,-5,1e3 ,1.5,\"a\\\"\\\\\",{\"k\":\"]}\"},[1,[2]],9007199254740993.0");
  int64_t i = 0;
  double d = 0;
  gboolean b = FALSE;

  g_assert_cmpuint (sio_args_get_size (args), ==, 9);
  g_assert_true (JSON_NODE_HOLDS_NULL (sio_args_get_node (args, 0)));
  g_assert_true (sio_args_get_boolean (args, 1, &b) && b);
  g_assert_true (sio_args_get_int (args, 2, &i) && i == -5);
  g_assert_true (sio_args_get_double (args, 2, &d) && d == -5);
  g_assert_true (sio_args_get_int (args, 3, &i) && i == 1000);
  g_assert_false (sio_args_get_int (args, 4, &i));
  g_assert_true (sio_args_get_double (args, 4, &d) && d == 1.5);
  g_assert_cmpstr (sio_args_get_string (args, 5), ==, "a\"\\");
  g_assert_cmpstr (json_object_get_string_member (sio_args_get_object (args, 6), "k"), ==, "]}");
  g_assert_cmpuint (json_array_get_length (sio_args_get_array (args, 7)), ==, 2);
  g_assert_false (sio_args_get_int (args, 8, &i));
}

/* Each getter, each argument that is something else, and what is beyond the last. */
static void
test_wrong_types (void)
{
  g_autoptr (SioArgs) args = received ("null,true,1,\"s\",{},[]");
  int64_t i;
  double d;
  gboolean b;

  for (guint n = 0; n < 8; n++)
    {
      g_assert_true ((sio_args_get_string (args, n) != NULL) == (n == 3));
      g_assert_true (sio_args_get_boolean (args, n, &b) == (n == 1));
      g_assert_true (sio_args_get_int (args, n, &i) == (n == 2));
      g_assert_true (sio_args_get_double (args, n, &d) == (n == 2));
      g_assert_true ((sio_args_get_object (args, n) != NULL) == (n == 4));
      g_assert_true ((sio_args_get_array (args, n) != NULL) == (n == 5));
      g_assert_null (sio_args_get_bytes (args, n));
      g_assert_true ((sio_args_get_node (args, n) != NULL) == (n < 6));
    }
}

static void
test_node_stays (void)
{
  g_autoptr (SioArgs) args = sio_args_new ();
  JsonNode *first;

  sio_args_add_string (args, "x");
  first = sio_args_get_node (args, 0);
  sio_args_add_string (args, "y");
  g_assert_true (sio_args_get_node (args, 0) == first);
  g_assert_cmpstr (sio_args_get_string (args, 1), ==, "y");
}

static void
test_bytes (void)
{
  g_autoptr (SioArgs) args = sio_args_new ();
  g_autoptr (GBytes) one = g_bytes_new_static ("1", 1);
  g_autoptr (GBytes) two = g_bytes_new_static ("2", 1);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) foreign = json_node_init_int (json_node_alloc (), 0);

  sio_args_add_bytes (args, one);
  node = sio_args_placeholder (args, two);
  sio_args_add_node (args, node);
  g_assert_true (sio_args_get_bytes (args, 0) == one);
  g_assert_true (sio_args_get_bytes (args, 1) == two);
  g_assert_true (sio_args_lookup_bytes (args, node) == two);
  g_assert_null (sio_args_lookup_bytes (args, foreign));
  g_assert_null (sio_args_lookup_bytes (args, NULL));
  g_assert_true (sio_args_check_placeholders (args));
  sio_args_add_json (args, "{\"_placeholder\":true,\"num\":2}", -1);
  g_assert_false (sio_args_check_placeholders (args));
}

static void
test_frozen (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (SioArgs) args = received ("1");

      sio_args_add_int (args, 2);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*!self->frozen*");
}

static const struct
{
  const char *text;
  gsize length;
} values[] = {
  { "1,2", 1 },  { "-1.5e3]", 6 },          { "true}", 4 },
  { "null", 4 }, { "\"a\",", 3 },           { "\"\\\"\"x", 4 },
  { "[],", 2 },  { "[[],{\"]\":1}]]", 12 }, { "{\"}\":\"\\\\\"} ", 10 },
  { "1 ,", 1 },
};

static void
test_scan (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      const char *text = values[i].text;

      g_assert_cmpuint (sio_scan_value (text, text + strlen (text)) - text, ==, values[i].length);
    }
}

/* Text that is not JSON is not left, wherever it is cut. */
static void
test_scan_stays_inside (void)
{
  static const char text[] = "[{\"a\\\"\":[1,\"\\\\\"]},true]}]]\"\\";

  for (gsize start = 0; start < sizeof text; start++)
    for (gsize end = start; end < sizeof text; end++)
      {
        g_autofree char *copy = g_memdup2 (text + start, end - start + 1);
        const char *stop = sio_scan_value (copy, copy + (end - start));

        g_assert_true (stop >= copy && stop <= copy + (end - start));
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/args/build", test_build);
  g_test_add_func ("/args/types", test_types);
  g_test_add_func ("/args/wrong-types", test_wrong_types);
  g_test_add_func ("/args/node-stays", test_node_stays);
  g_test_add_func ("/args/bytes", test_bytes);
  g_test_add_func ("/args/frozen", test_frozen);
  g_test_add_func ("/args/scan", test_scan);
  g_test_add_func ("/args/scan-stays-inside", test_scan_stays_inside);
  return g_test_run ();
}
