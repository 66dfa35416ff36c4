/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "socketio/redis/sio-msgpack.h"

#include <string.h>

#include "json/wire-json.h"

static GBytes *
bytes_of_hex (const char *hex)
{
  GByteArray *out = g_byte_array_new ();

  for (; hex[0] != '\0'; hex += hex[0] == ' ' ? 1 : 2)
    if (hex[0] != ' ')
      {
        guint8 byte = g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]);

        g_byte_array_append (out, &byte, 1);
      }
  return g_byte_array_free_to_bytes (out);
}

static char *
hex_of (const guint8 *data, gsize size)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (out, "%02x", data[i]);
  return g_string_free (out, FALSE);
}

static GPtrArray *
new_attachments (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

/* NULL: refused, or something is left. */
static char *
to_json (GBytes *packed, GPtrArray *attachments)
{
  g_autoptr (GString) out = g_string_new (NULL);
  SioMsgpackReader reader;

  sio_msgpack_reader_init (&reader, packed);
  if (!sio_msgpack_read_json (&reader, out, attachments) || reader.at != reader.end)
    return NULL;
  g_assert_true (wire_json_validate (out->str, out->len, &wire_json_limits_default, NULL));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Right column: what notepack.io 3.0.1 says to that value. */
static const struct {
  const char *json;
  const char *hex;
} same[] = {
  { "null", "c0" },
  { "true", "c3" },
  { "false", "c2" },
  { "0", "00" },
  { "127", "7f" },
  { "128", "cc80" },
  { "255", "ccff" },
  { "256", "cd0100" },
  { "65536", "ce00010000" },
  { "4294967296", "cf0000000100000000" },
  { "-1", "ff" },
  { "-32", "e0" },
  { "-33", "d0df" },
  { "-128", "d080" },
  { "-129", "d1ff7f" },
  { "-32769", "d2ffff7fff" },
  { "-2147483649", "d3ffffffff7fffffff" },
  { "1.5", "cb3ff8000000000000" },
  { "\"\"", "a0" },
  { "\"two\"", "a374776f" },
  { "\"\xc3\xa9\"", "a2c3a9" },
  { "[]", "90" },
  { "{}", "80" },
  { "[1,[2],{}]", "9301910280" },
  { "{\"x\":null}", "81a178c0" },
  { "{\"a\":[{\"b\":[]}],\"c\":{}}", "82a1619181a16290a16380" },
  { "[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15]", "dc0010000102030405060708090a0b0c0d0e0f" },
  { "\"abcdefghijabcdefghijabcdefghijab\"", "d920616263646566676869"
                                            "6a6162636465666768696a6162636465666768696a6162" },
};

static void
test_same (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (GByteArray) packed = g_byte_array_new ();
      g_autoptr (GBytes) bytes = bytes_of_hex (same[i].hex);
      g_autoptr (GPtrArray) attachments = new_attachments ();
      g_autofree char *json = to_json (bytes, attachments);
      g_autofree char *hex = NULL;

      sio_msgpack_append_json (packed, same[i].json, strlen (same[i].json), NULL);
      hex = hex_of (packed->data, packed->len);
      g_assert_cmpstr (hex, ==, same[i].hex);
      g_assert_cmpstr (json, ==, same[i].json);
    }
}

/* What only others write. */
static void
test_foreign (void)
{
  static const struct {
    const char *hex;
    const char *json;
  } rows[] = {
    { "d90161", "\"a\"" },
    { "da000161", "\"a\"" },
    { "db0000000161", "\"a\"" },
    { "dd0000000101", "[1]" },
    { "df00000001a16101", "{\"a\":1}" },
    { "810102", "{\"1\":2}" },
    { "ca3fc00000", "1.5" },
    { "cb7ff0000000000000", "null" },
    { "cb7ff8000000000000", "null" },
    { "cfffffffffffffffff", "1.8446744073709552e+19" },
    { "d38000000000000000", "-9223372036854775808" },

    { "a3610062", "\"a\xef\xbf\xbd"
                  "b\"" },
    { "a3eda080", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
    { "d6ff00000000", "\"1970-01-01T00:00:00.000Z\"" },
    { "d6ff65920080", "\"2024-01-01T00:00:00.000Z\"" },
    { "d7ff1dcd650065920080", "\"2024-01-01T00:00:00.125Z\"" },
    { "c70cff3b9ac9ffffffffffffffffff", "\"1969-12-31T23:59:59.999Z\"" },
    { "c70cff000000007fffffffffffffff", "null" },
    { "d70000000000000003e8", "\"1970-01-01T00:00:01.000Z\"" },
    { "d700ffffffffffffffff", "\"1969-12-31T23:59:59.999Z\"" },
    { "d40000", "null" },
    { "d50742ff", "null" },
    { "c7010742", "null" },
    { "c4020102", "{\"_placeholder\":true,\"num\":0}" },
    { "c7020001ff", "{\"_placeholder\":true,\"num\":0}" },
    { "92c400c50001ff", "[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = bytes_of_hex (rows[i].hex);
      g_autoptr (GPtrArray) attachments = new_attachments ();
      g_autofree char *json = to_json (bytes, attachments);

      g_assert_cmpstr (json, ==, rows[i].json);
    }
}

static void
test_bad (void)
{
  static const char *const rows[] = {
    "",           "c1",     "a2",           "a261",       "91",         "81",         "81a161",
    "8190c0",     "81c0c0", "dc",           "dcffff",     "ddffffffff", "dfffffffff", "de7fff00",
    "c4",         "c40501", "c6ffffffff00", "dbffffffff", "cc",         "cf00",       "cb00",
    "ca00",       "d4",     "d4ff",         "d6ff00",     "d8ff00",     "c7",         "c70c",
    "c9ffffffff", "930102", "d9",           "9181",       "da00",       "dd40000000",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = bytes_of_hex (rows[i]);
      g_autoptr (GPtrArray) attachments = new_attachments ();
      g_autofree char *json = to_json (bytes, attachments);
      SioMsgpackReader reader;

      g_assert_null (json);
      sio_msgpack_reader_init (&reader, bytes);
      /* A key may be anything to who only steps over it. */
      if (g_str_has_prefix (rows[i], "81") && strlen (rows[i]) == 6 && rows[i][2] != 'a')
        continue;
      g_assert_false (sio_msgpack_skip (&reader));
    }
}

static void
test_depth (void)
{
  for (guint depth = SIO_MSGPACK_MAX_DEPTH; depth <= SIO_MSGPACK_MAX_DEPTH + 1; depth++)
    {
      g_autoptr (GByteArray) packed = g_byte_array_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GPtrArray) attachments = new_attachments ();
      g_autofree char *json = NULL;

      for (guint i = 1; i < depth; i++)
        g_byte_array_append (packed, (const guint8 *) "\x91", 1);
      g_byte_array_append (packed, (const guint8 *) "\x90", 1);
      bytes = g_byte_array_free_to_bytes (g_steal_pointer (&packed));
      json = to_json (bytes, attachments);
      g_assert_cmpint (json != NULL, ==, depth <= SIO_MSGPACK_MAX_DEPTH);
    }
}

static void
test_attachments (void)
{
  static const char text[]
      = "[{ \"num\" : 1 , \"_placeholder\" : true },{\"_placeholder\":true,\"num\":0},"
        "{\"_placeholder\":true,\"num\":2},{\"_placeholder\":false,\"num\":0},[]]";
  g_autoptr (GPtrArray) attachments = new_attachments ();
  g_autoptr (GByteArray) with = g_byte_array_new ();
  g_autofree char *hex = NULL;
  g_autoptr (GByteArray) without = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *json = NULL;

  g_ptr_array_add (attachments, g_bytes_new ("\1", 1));
  g_ptr_array_add (attachments, g_bytes_new ("", 0));
  sio_msgpack_append_json (with, text, strlen (text), attachments);
  hex = hex_of (with->data, with->len);
  g_assert_cmpstr (hex, ==,
                   "95c400c4010182ac5f706c616365686f6c646572c3a36e756d02"
                   "82ac5f706c616365686f6c646572c2a36e756d0090");
  sio_msgpack_append_json (without, text, strlen (text), NULL);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&without));
  g_ptr_array_set_size (attachments, 0);
  json = to_json (bytes, attachments);
  g_assert_cmpuint (attachments->len, ==, 0);
  g_assert_cmpstr (json, ==,
                   "[{\"num\":1,\"_placeholder\":true},{\"_placeholder\":true,\"num\":0},"
                   "{\"_placeholder\":true,\"num\":2},{\"_placeholder\":false,\"num\":0},[]]");
}

static void
test_too_many_attachments (void)
{
  for (guint n = SIO_MSGPACK_MAX_ATTACHMENTS; n <= SIO_MSGPACK_MAX_ATTACHMENTS + 1; n++)
    {
      g_autoptr (GByteArray) packed = g_byte_array_new ();
      guint8 head[] = { 0xdc, n >> 8, n & 0xff };
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GPtrArray) attachments = new_attachments ();
      g_autofree char *json = NULL;

      g_byte_array_append (packed, head, sizeof head);
      for (guint i = 0; i < n; i++)
        g_byte_array_append (packed, (const guint8 *) "\xc4\0", 2);
      bytes = g_byte_array_free_to_bytes (g_steal_pointer (&packed));
      json = to_json (bytes, attachments);
      g_assert_cmpint (json != NULL, ==, n <= SIO_MSGPACK_MAX_ATTACHMENTS);
    }
}

static void
test_lookup (void)
{
  g_autoptr (GBytes) bytes = bytes_of_hex ("84 a161 9101 a162 02 07 08 a162 a178");
  SioMsgpackReader map;
  SioMsgpackReader value;
  g_autofree char *name = NULL;
  guint n = 0;

  sio_msgpack_reader_init (&map, bytes);
  g_assert_true (sio_msgpack_lookup (&map, "a", &value));
  g_assert_true (sio_msgpack_read_array (&value, &n));
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (sio_msgpack_lookup (&map, "b", &value));
  g_assert_true (sio_msgpack_read_name (&value, &name));
  g_assert_cmpstr (name, ==, "x");
  g_assert_false (sio_msgpack_lookup (&map, "c", &value));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/msgpack/same", test_same);
  g_test_add_func ("/msgpack/foreign", test_foreign);
  g_test_add_func ("/msgpack/bad", test_bad);
  g_test_add_func ("/msgpack/depth", test_depth);
  g_test_add_func ("/msgpack/attachments", test_attachments);
  g_test_add_func ("/msgpack/too-many-attachments", test_too_many_attachments);
  g_test_add_func ("/msgpack/lookup", test_lookup);
  return g_test_run ();
}
