/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever strangers write is shown as it was written, and nothing else happens. */
#include <pango/pango.h>

#include "window/draw-chat-text.h"

static const struct
{
  const char *text;
  gboolean links;
} shown[] = {
  { "hello", FALSE },
  { "<b>bold</b> & <a href='x'>no</a> <span size='2147483647'>", FALSE },
  { "see https://example.org/a?b=c&d=e#f, please", TRUE },
  { "(http://example.org)", TRUE },
  { "HTTPS://EXAMPLE.ORG/", TRUE },
  { "https://example.org/\"><b>", TRUE },
  { "https://example.org/'onclick='x", TRUE },
  { "javascript:alert(1) file:///etc/passwd smb://x drawbridge://h:1/b#s.k data:text/html,x", FALSE },
  { "https:// http:/// https://", FALSE },
  { "xhttps://example.org", FALSE },
  { "https://[::1]:3729/b/x", TRUE },
  { "https://\xc3\xa4.example/", TRUE },
  { "&amp; &#60;b&#62; &lt;", FALSE },
  { "one\ntwo", FALSE },
  { "", FALSE },
};

static void
test_markup (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      gboolean links;
      g_autofree char *markup = draw_chat_text_to_markup (shown[i].text, &links);
      g_autofree char *plain = NULL;
      g_autoptr (GError) error = NULL;
      /* Pango itself knows no <a>: what GtkLabel takes away before. */
      g_autoptr (GRegex) anchors = g_regex_new ("<a href=\"[^\"<>]*\">|</a>", 0, 0, NULL);
      g_autofree char *stripped = g_regex_replace_literal (anchors, markup, -1, 0, "", 0, NULL);

      g_assert_true (pango_parse_markup (stripped, -1, 0, NULL, &plain, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (plain, ==, shown[i].text);
      g_assert_cmpint (links, ==, shown[i].links);
    }
}

static void
test_clean (void)
{
  static const char *const rows[][2] = {
    { "hi\033[31m\r\nyou", "hi[31m\nyou" },
    { "a\u202eb\u2066c\u200bd", "abcd" },
    { "fam\U0001f469\u200d\U0001f469", "fam\U0001f469\u200d\U0001f469" },
    { "z\u0300\u0300\u0300\u0300\u0300\u0300", "z\u0300\u0300\u0300\u0300" },
    { "tab\there", "tabhere" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *clean = draw_chat_text_clean (rows[i][0]);

      g_assert_cmpstr (clean, ==, rows[i][1]);
    }
}

static void
test_mentions (void)
{
  g_assert_true (draw_chat_text_mentions ("hello @Ada!", "Ada"));
  g_assert_true (draw_chat_text_mentions ("@ada", "Ada"));
  g_assert_true (draw_chat_text_mentions ("@ADALBERT, @ada.", "Ada"));
  g_assert_false (draw_chat_text_mentions ("@Adam", "Ada"));
  g_assert_false (draw_chat_text_mentions ("Ada", "Ada"));
  g_assert_false (draw_chat_text_mentions ("@", ""));
  g_assert_true (draw_chat_text_mentions ("x @Gr\u00fcn y", "gr\u00dcn"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window/chat-text/markup", test_markup);
  g_test_add_func ("/window/chat-text/clean", test_clean);
  g_test_add_func ("/window/chat-text/mentions", test_mentions);
  return g_test_run ();
}
