/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* A link of a stranger: what is accepted prints to a link that is accepted and says the same. */
#include "board/board-link.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
check_same (const BoardLink *link, char *text)
{
  g_autofree char *owned = text;
  g_autoptr (GError) error = NULL;
  g_autoptr (BoardLink) again = board_link_parse (owned, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (link->host, ==, again->host);
  g_assert_cmpuint (link->port, ==, again->port);
  g_assert_cmpint (link->tls, ==, again->tls);
  g_assert_cmpstr (link->board, ==, again->board);
  g_assert_cmpmem (&link->invite, sizeof link->invite, &again->invite, sizeof again->invite);
  g_assert_cmpmem (&link->key, sizeof link->key, &again->key, sizeof again->key);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (BoardLink) link = board_link_parse (text, NULL);

  if (link == NULL)
    return 0;
  g_assert_true (strpbrk (link->host, "/@#? \r\n") == NULL && link->host[0] != '-');
  check_same (link, board_link_to_text (link));
  check_same (link, board_link_to_web (link));
  return 0;
}
