/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "blob-fixture.h"

#include "sync/draw-session-blob.h"

GBytes *
make_bytes (gsize size, guint8 seed)
{
  guint8 *bytes = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) (i * 31 + seed + (i >> 8));
  return g_bytes_new_take (bytes, size);
}

char *
put (Person *person, GBytes *bytes)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *id;

  draw_session_put_blob_async (person->session, bytes, NULL, keep_result, &result);
  AWAIT (result != NULL);
  id = draw_session_put_blob_finish (person->session, result, &error);
  g_assert_no_error (error);
  return id;
}

GBytes *
get (Person *person, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  draw_session_get_blob_async (person->session, id, NULL, keep_result, &result);
  AWAIT (result != NULL);
  return draw_session_get_blob_finish (person->session, result, error);
}

void
assert_gets (Person *person, const char *id, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) got = get (person, id, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (got, bytes));
}
