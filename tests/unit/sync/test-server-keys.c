/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/draw-server-keys.h"

#include <glib/gstdio.h>

#define KEY "0123456789abcdef"

static void
test_origins (void)
{
  static const struct {
    const char *text, *origin;
  } rows[] = {
    { "board.example.org", "https://board.example.org:443" },
    { " board.example.org:8443 ", "https://board.example.org:8443" },
    { "http://127.0.0.1:3729", "http://127.0.0.1:3729" },
    { "HTTPS://Board.example.org/", "https://Board.example.org:443" },
    { "http://[::1]:3729", "http://[::1]:3729" },
    { "", NULL },
    { "ftp://example.org", NULL },
    { "https://", NULL },
    { "https://user:secret@example.org", NULL },
    { "https://example.org/path", NULL },
    { "https://example.org?x=1", NULL },
    { "https://example.org#x", NULL },
    { "https://example.org:99999", NULL },
    { "two words", NULL },
    { "http://under_score:1", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *origin = draw_server_origin_of (rows[i].text);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpstr (origin, ==, rows[i].origin);
    }
}

static void
test_keys (void)
{
  g_autofree char *directory = g_dir_make_tmp ("drawbridge-keys-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "server-keys", NULL);
  g_autofree char *none = draw_server_keys_lookup (directory, "https://a.example");
  g_autofree char *one = NULL, *two = NULL, *gone = NULL, *spoiled = NULL;
  GStatBuf info;

  g_assert_null (none);
  g_assert_true (draw_server_keys_store (directory, "https://a.example", KEY));
  g_assert_true (draw_server_keys_store (directory, "http://[::1]:3729", KEY "2"));
  one = draw_server_keys_lookup (directory, "https://a.example");
  two = draw_server_keys_lookup (directory, "http://[::1]:3729");
  g_assert_cmpstr (one, ==, KEY);
  g_assert_cmpstr (two, ==, KEY "2");
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_true (draw_server_keys_store (directory, "https://a.example", NULL));
  gone = draw_server_keys_lookup (directory, "https://a.example");
  g_assert_null (gone);
  g_assert_true (g_file_set_contents (path, "\xff[nonsense", -1, NULL));
  spoiled = draw_server_keys_lookup (directory, "http://[::1]:3729");
  g_assert_null (spoiled);
  g_unlink (path);
  g_rmdir (directory);
}

static void
test_valid (void)
{
  static const char *const bad[] = { "", "short", "0123456789abcde", "0123456789 abcdef", "0123456789abcdef\r\nX: y",
                                     "0123456789abcd\xc3\xa9" };
  g_autofree char *longest = g_strnfill (256, 'x');
  g_autofree char *longer = g_strnfill (257, 'x');

  g_assert_true (draw_server_key_is_valid (KEY));
  g_assert_true (draw_server_key_is_valid (longest));
  g_assert_false (draw_server_key_is_valid (longer));
  g_assert_false (draw_server_key_is_valid (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (draw_server_key_is_valid (bad[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server-keys/origins", test_origins);
  g_test_add_func ("/server-keys/keys", test_keys);
  g_test_add_func ("/server-keys/valid", test_valid);
  return g_test_run ();
}
