/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Whatever the bytes: the guard never lets more through than has come, ends every body where its head
 * said, and always knows what to answer when it refuses. */
#include "engineio/eio-http-guard.h"
#include "engineio/eio-query.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static uint64_t
get_max_body (const char *path, gpointer user_data)
{
  return 1000;
}

static void
check_target (const char *target)
{
  const char *mark = target != NULL ? strchr (target, '?') : NULL;
  GHashTable *query = mark != NULL ? eio_query_parse (mark + 1) : NULL;

  g_clear_pointer (&query, g_hash_table_unref);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *hosts[] = { "localhost", NULL };
  const char *origins[] = { "http://localhost", NULL };
  const EioHttpRules rules = { hosts, origins, get_max_body, NULL };
  g_autoptr (EioHttpGuard) guard = eio_http_guard_new (&rules);
  gsize at = 0, n;

  while ((n = eio_http_guard_judge (guard, (const char *) data + at, size - at)) > 0)
    {
      g_assert (n <= size - at);
      at += n;
    }
  check_target (eio_http_guard_get_target (guard));
  if (eio_http_guard_get_phase (guard) == EIO_HTTP_REFUSED)
    {
      g_autofree char *answer = eio_http_guard_dup_refusal (guard);

      g_assert ((answer == NULL) == (eio_http_guard_get_status (guard) == 0));
    }
  return 0;
}
