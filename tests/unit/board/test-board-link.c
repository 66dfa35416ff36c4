/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-link.h"

#include <string.h>

#define BOARD "AAAAAAAAAAAAAAAAAAAAAA"
#define KEY_1 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define KEY_2 "____________________________________________"
#define SECRET "#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static void
test_good (void)
{
  static const struct {
    const char *text, *host;
    guint16 port;
    gboolean tls;
  } rows[] = {
    { "drawbridge://example.org/" BOARD SECRET, "example.org", 3729, FALSE },
    { "drawbridges://example.org:443/" BOARD SECRET, "example.org", 443, TRUE },
    { "http://127.0.0.1:3729/b/" BOARD SECRET, "127.0.0.1", 3729, FALSE },
    { "https://[::1]:65535/b/" BOARD SECRET, "::1", 65535, TRUE },
    { "drawbridge://[fd00::1:2]:1/" BOARD SECRET, "fd00::1:2", 1, FALSE },
    { "drawbridge://my-laptop.local:80/" BOARD SECRET, "my-laptop.local", 80, FALSE },
    { "drawbridge://xn--bcher-kva.example/" BOARD SECRET, "xn--bcher-kva.example", 3729, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BoardLink) link = board_link_parse (rows[i].text, &error);
      g_autoptr (BoardLink) again = NULL;
      g_autoptr (BoardLink) web = NULL;
      g_autofree char *text = NULL;
      g_autofree char *web_text = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (link->host, ==, rows[i].host);
      g_assert_cmpuint (link->port, ==, rows[i].port);
      g_assert_cmpint (link->tls, ==, rows[i].tls);
      g_assert_cmpstr (link->board, ==, BOARD);
      g_assert_cmpint (link->key.bytes[0], ==, 1);
      text = board_link_to_text (link);
      again = board_link_parse (text, &error);
      g_assert_no_error (error);
      web_text = board_link_to_web (again);
      web = board_link_parse (web_text, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (web->host, ==, link->host);
      g_assert_cmpmem (&web->key, sizeof web->key, &link->key, sizeof link->key);
    }
}

static void
test_print (void)
{
  g_autoptr (BoardLink) link = board_link_parse ("https://[::1]/b/" BOARD SECRET, NULL);
  g_autoptr (BoardLink) copy = board_link_copy (link);
  g_autofree char *text = board_link_to_text (copy);
  g_autofree char *web = board_link_to_web (copy);
  g_autofree char *origin = board_link_get_origin (copy);

  g_assert_cmpstr (text, ==, "drawbridges://[::1]:3729/" BOARD SECRET);
  g_assert_cmpstr (web, ==, "https://[::1]:3729/b/" BOARD SECRET);
  g_assert_cmpstr (origin, ==, "https://[::1]:3729");
}

static void
test_role (void)
{
  static const struct {
    const char *suffix;
    BoardLinkRole role;
  } rows[] = {
    { "", BOARD_LINK_ROLE_UNSAID },
    { ".viewer", BOARD_LINK_ROLE_VIEWER },
    { ".editor", BOARD_LINK_ROLE_EDITOR },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strconcat ("drawbridge://h:1/" BOARD SECRET, rows[i].suffix, NULL);
      g_autoptr (BoardLink) link = board_link_parse (text, NULL);
      g_autoptr (BoardLink) there = NULL;
      g_autofree char *again = NULL;
      g_autofree char *elsewhere = NULL;

      g_assert_nonnull (link);
      g_assert_cmpint (link->role, ==, rows[i].role);
      again = board_link_to_text (link);
      g_assert_cmpstr (again, ==, text);
      there = board_link_copy_with_host (link, "::1");
      elsewhere = board_link_to_web (there);
      g_assert_true (g_str_has_prefix (elsewhere, "http://[::1]:1/b/" BOARD SECRET));
      g_assert_true (g_str_has_suffix (elsewhere, rows[i].suffix));
      g_assert_cmpint (there->role, ==, rows[i].role);
      g_assert_null (board_link_copy_with_host (link, "no host"));
    }
}

static void
test_bad (void)
{
  static const char *const rows[] = {
    "",
    " drawbridge://h/" BOARD SECRET,
    "drawbridge://h/" BOARD SECRET "\n",
    "drawbridge://h/" BOARD SECRET " ",
    "Drawbridge://h/" BOARD SECRET,
    "javascript:alert(1)",
    "drawbridge:--help",
    "drawbridge://--help/" BOARD SECRET,
    "drawbridge:///" BOARD SECRET,
    "drawbridge://a@b/" BOARD SECRET,
    "drawbridge://user:pass@b:1/" BOARD SECRET,
    "drawbridge://h:0/" BOARD SECRET,
    "drawbridge://h:/" BOARD SECRET,
    "drawbridge://h:99999/" BOARD SECRET,
    "drawbridge://h:080/" BOARD SECRET,
    "drawbridge://h:+80/" BOARD SECRET,
    "drawbridge://h:65536/" BOARD SECRET,
    "drawbridge://h:111111111111111111/" BOARD SECRET,
    "drawbridge://127.1/" BOARD SECRET,
    "drawbridge://2130706433/" BOARD SECRET,
    "drawbridge://1.2.3.4.5/" BOARD SECRET,
    "drawbridge://256.1.1.1/" BOARD SECRET,
    "drawbridge://h..org/" BOARD SECRET,
    "drawbridge://.org/" BOARD SECRET,
    "drawbridge://h-/" BOARD SECRET,
    "drawbridge://h_x/" BOARD SECRET,
    "drawbridge://h%41/" BOARD SECRET,
    "drawbridge://b\xc3\xbc" "cher.example/" BOARD SECRET,
    "drawbridge://h\r\nx/" BOARD SECRET,
    "drawbridge://[::1/" BOARD SECRET,
    "drawbridge://::1/" BOARD SECRET,
    "drawbridge://[127.0.0.1]/" BOARD SECRET,
    "drawbridge://[fe80::1%25eth0]/" BOARD SECRET,
    "drawbridge://[]/" BOARD SECRET,
    "drawbridge://h/b/" BOARD SECRET,
    "http://h/" BOARD SECRET,
    "http://h//b/" BOARD SECRET,
    "drawbridge://h/" BOARD,
    "drawbridge://h/" BOARD "?" KEY_1 "." KEY_1,
    "drawbridge://h/" BOARD "?x=1" SECRET,
    "drawbridge://h/" BOARD "/" SECRET,
    "drawbridge://h/../" BOARD SECRET,
    "drawbridge://h/x" SECRET,
    "drawbridge://h/" BOARD "#" KEY_1,
    "drawbridge://h/" BOARD "#" KEY_1 "." KEY_2,
    "drawbridge://h/" BOARD "#" KEY_1 ".." KEY_1,
    "drawbridge://h/" BOARD "##" KEY_1 "." KEY_1,
    "drawbridge://h/" BOARD SECRET "#",
    "drawbridge://h/" BOARD SECRET ".",
    "drawbridge://h/" BOARD SECRET ".host",
    "drawbridge://h/" BOARD SECRET ".viewers",
    "drawbridge://h/" BOARD SECRET ".viewer.editor",
    "drawbridge://h/" BOARD SECRET ".Editor",
    "drawbridge://h/" BOARD SECRET ".v9",
    "drawbridge://h/" BOARD "#" KEY_1 "=." KEY_1 "=",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i]);
      g_assert_null (board_link_parse (rows[i], &error));
      g_assert_error (error, BOARD_ERROR, BOARD_ERROR_SYNTAX);
      g_assert_null (strstr (error->message, KEY_1));
    }
}

static void
test_long (void)
{
  g_autofree char *name = g_strnfill (1000000, 'a');
  g_autofree char *text = g_strconcat ("drawbridge://", name, "/" BOARD SECRET, NULL);

  g_assert_null (board_link_parse (text, NULL));
  text[13 + 64] = '\0'; /* a label of 64 */
  g_autofree char *label = g_strconcat (text, ".org/" BOARD SECRET, NULL);
  g_assert_null (board_link_parse (label, NULL));
}

static void
mutate (GString *text, GRand *rand)
{
  gsize at = (gsize) g_rand_int_range (rand, 0, (int) text->len);

  switch (g_rand_int_range (rand, 0, 6))
    {
    case 0: /* one bit */
      text->str[at] ^= (char) (1 << g_rand_int_range (rand, 0, 7));
      break;
    case 1:
      g_string_truncate (text, at);
      break;
    case 2:
      g_string_erase (text, (gssize) at, 1);
      break;
    case 3:
      g_string_insert_c (text, (gssize) at, (char) g_rand_int_range (rand, 1, 256));
      break;
    case 4: /* case */
      text->str[at] ^= 0x20;
      break;
    default: /* two neighbours */
      if (at + 1 < text->len)
        {
          char c = text->str[at];
          text->str[at] = text->str[at + 1];
          text->str[at + 1] = c;
        }
    }
}

/* A link has one text for one meaning: whatever was changed is either refused or names something
 * else, and the keys of something else open nothing. */
static void
test_mutated (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261120);
  BoardKey invite, key;
  g_autofree char *board = board_id_generate ();
  guint refused = 0;

  board_key_generate (&invite);
  board_key_generate (&key);
  g_autoptr (BoardLink) link =
      board_link_new ("board.example.org", 3730, FALSE, board, &invite, &key);
  g_autofree char *original = board_link_to_text (link);

  for (int i = 0; i < 10000; i++)
    {
      g_autoptr (GString) text = g_string_new (original);
      g_autoptr (BoardLink) parsed = NULL;

      mutate (text, rand);
      if (g_str_equal (text->str, original))
        continue;
      parsed = board_link_parse (text->str, NULL);
      if (parsed == NULL)
        {
          refused++;
          continue;
        }
      g_assert_true (strcmp (parsed->host, link->host) != 0 || parsed->port != link->port
                     || parsed->tls != link->tls || strcmp (parsed->board, link->board) != 0
                     || memcmp (&parsed->invite, &invite, sizeof invite) != 0
                     || memcmp (&parsed->key, &key, sizeof key) != 0);
    }
  g_assert_cmpuint (refused, >, 5000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/link/good", test_good);
  g_test_add_func ("/board/link/print", test_print);
  g_test_add_func ("/board/link/role", test_role);
  g_test_add_func ("/board/link/bad", test_bad);
  g_test_add_func ("/board/link/long", test_long);
  g_test_add_func ("/board/link/mutated", test_mutated);
  return g_test_run ();
}
