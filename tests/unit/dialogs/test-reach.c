/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-reach.h"

static void
test_addresses (void)
{
  static const struct
  {
    const char *address;
    DrawReach reach;
  } cases[] = {
    { "127.0.0.1", DRAW_REACH_COMPUTER },
    { "127.8.8.8", DRAW_REACH_COMPUTER },
    { "::1", DRAW_REACH_COMPUTER },
    { "localhost", DRAW_REACH_COMPUTER },
    { "LocalHost", DRAW_REACH_COMPUTER },
    { "10.1.2.3", DRAW_REACH_NETWORK },
    { "172.16.0.1", DRAW_REACH_NETWORK },
    { "172.31.255.255", DRAW_REACH_NETWORK },
    { "192.168.178.20", DRAW_REACH_NETWORK },
    { "169.254.7.7", DRAW_REACH_NETWORK },
    { "fe80::1", DRAW_REACH_NETWORK },
    { "fd12:3456:789a::1", DRAW_REACH_NETWORK },
    { "172.32.0.1", DRAW_REACH_INTERNET },
    { "8.8.8.8", DRAW_REACH_INTERNET },
    { "2001:db8::1", DRAW_REACH_INTERNET },
    { "host.example", DRAW_REACH_UNKNOWN },
    { "laptop.local", DRAW_REACH_NETWORK },
    { "local", DRAW_REACH_UNKNOWN },
    { "localhost.example", DRAW_REACH_UNKNOWN },
    { "127.0.0.1.example", DRAW_REACH_UNKNOWN },
    { "", DRAW_REACH_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].address);
      g_assert_cmpint (draw_reach_of_address (cases[i].address), ==, cases[i].reach);
    }
}

static void
test_words (void)
{
  for (DrawReach i = DRAW_REACH_COMPUTER; i <= DRAW_REACH_UNKNOWN; i++)
    for (DrawReach j = DRAW_REACH_COMPUTER; j < i; j++)
      g_assert_cmpstr (draw_reach_to_words (i), !=, draw_reach_to_words (j));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dialogs/reach/addresses", test_addresses);
  g_test_add_func ("/dialogs/reach/words", test_words);
  return g_test_run ();
}
