/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <string.h>

#include "log/bridge-log.h"

/* 2026-11-20 08:00:00.042 UTC */
#define TIME (INT64_C (1795161600042000))

static char *
format (const char *event, const char *key, const char *value, gssize length)
{
  const GLogField fields[]
      = { { "MESSAGE", event, -1 }, { "PRIORITY", "6", -1 }, { key, value, length } };

  return bridge_log_format (G_LOG_LEVEL_INFO, fields, G_N_ELEMENTS (fields), TIME);
}

static void
test_plain (void)
{
  g_autofree char *line = format ("joined", "MEMBER", "abc", -1);

  g_assert_cmpstr (line, ==,
                   "{\"time\":\"2026-11-20T08:00:00.042Z\",\"level\":\"info\",\"event\":\"joined\","
                   "\"member\":\"abc\"}");
}

/* No value, whatever it is, makes two lines of one or reaches a terminal as it is. */
static void
test_forged (void)
{
  static const struct
  {
    const char *value;
    const char *shown;
  } rows[] = {
    { "a\nb", "a\\u000ab" },
    { "\r\x1b[31m", "\\u000d\\u001b[31m" },
    { "\"}", "\\\"}" },
    { "back\\slash", "back\\\\slash" },
    { "\x7f", "\\u007f" },
    { "\xc2\x9b", "\\u009b" },
    { "\xe2\x80\xae", "\\u202e" },
    { "\xf0\x9f\x98\x80", "\\ud83d\\ude00" },
    { "\xff\xfe", "\\ufffd\\ufffd" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = format ("e", "V", rows[i].value, -1);
      g_autofree char *end = g_strdup_printf ("\"v\":\"%s\"}", rows[i].shown);

      g_assert_true (g_str_has_suffix (line, end));
      for (const char *p = line; *p != '\0'; p++)
        g_assert_true (*p >= 0x20 && *p < 0x7f);
    }
}

static void
test_bounded (void)
{
  g_autofree char *value = g_strnfill (100000, 'x');
  g_autofree char *line = format ("e", "V", value, -1);
  g_autofree char *counted = format ("e", "V", "abcdef", 3);

  g_assert_cmpuint (strlen (line), <, 2000);
  g_assert_true (g_str_has_suffix (counted, "\"v\":\"abc\"}"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/log/plain", test_plain);
  g_test_add_func ("/server/log/forged", test_forged);
  g_test_add_func ("/server/log/bounded", test_bounded);
  return g_test_run ();
}
