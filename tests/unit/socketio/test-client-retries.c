/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "socketio/sio-client-retries.h"

static SioClientRetry *
push (SioClientRetries *retries, const char *event)
{
  SioClientRetry *retry = sio_client_retry_new (event, NULL, 0, strlen (event), NULL);

  sio_client_retries_push (retries, retry);
  return retry;
}

static void
test_order (void)
{
  SioClientRetries retries = { 0 };
  SioClientRetry *a = push (&retries, "a");
  SioClientRetry *bb = push (&retries, "bb");

  g_assert_cmpuint (retries.size, ==, 3);
  g_assert_true (sio_client_retries_next (&retries) == a);
  g_assert_null (sio_client_retries_next (&retries));
  sio_client_retries_remove (&retries, a);
  g_assert_cmpuint (retries.size, ==, 2);
  g_assert_true (sio_client_retries_next (&retries) == bb);
  sio_client_retries_remove (&retries, bb);
  g_assert_null (sio_client_retries_next (&retries));
  g_assert_cmpuint (retries.size, ==, 0);
}

static void
test_tries (void)
{
  SioClientRetries retries = { 0 };
  SioClientRetry *a = sio_client_retry_ref (push (&retries, "a"));
  SioClientRetry *b = push (&retries, "b");

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (sio_client_retries_next (&retries) == a);
      g_assert_true (sio_client_retries_fail (&retries, a, 2));
    }
  g_assert_true (sio_client_retries_next (&retries) == a);
  g_assert_false (sio_client_retries_fail (&retries, a, 2));
  g_assert_false (a->queued);
  g_assert_cmpuint (a->tries, ==, 3);
  g_assert_true (sio_client_retries_next (&retries) == b);
  /* What has left does not disturb what is under way. */
  g_assert_false (sio_client_retries_fail (&retries, a, 2));
  sio_client_retries_remove (&retries, a);
  g_assert_null (sio_client_retries_next (&retries));
  g_assert_cmpuint (retries.size, ==, 1);
  sio_client_retry_unref (a);
  g_ptr_array_unref (sio_client_retries_take (&retries));
}

static void
test_removed_in_the_middle (void)
{
  SioClientRetries retries = { 0 };
  SioClientRetry *a = push (&retries, "a");
  SioClientRetry *b = push (&retries, "b");
  SioClientRetry *c = push (&retries, "c");
  g_autoptr (GPtrArray) rest = NULL;

  g_assert_true (sio_client_retries_next (&retries) == a);
  sio_client_retries_remove (&retries, b);
  g_assert_null (sio_client_retries_next (&retries));
  sio_client_retries_remove (&retries, a);
  g_assert_true (sio_client_retries_next (&retries) == c);
  rest = sio_client_retries_take (&retries);
  g_assert_cmpuint (rest->len, ==, 1);
  g_assert_false (c->queued);
  g_assert_false (retries.trying);
  g_assert_cmpuint (retries.size, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client-retries/order", test_order);
  g_test_add_func ("/client-retries/tries", test_tries);
  g_test_add_func ("/client-retries/removed-in-the-middle", test_removed_in_the_middle);
  return g_test_run ();
}
