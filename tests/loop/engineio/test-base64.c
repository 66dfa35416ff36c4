/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Clients that want binary as text ("b64").
 */
#include "server-fixture.h"

static void
expect_frame (RawClient *client, guint8 first, const char *payload, gsize size)
{
  guint8 got_first;
  gsize got_size;
  g_autofree char *got = raw_client_take_frame (client, &got_first, &got_size);

  g_assert_cmphex (got_first, ==, first);
  g_assert_cmpmem (got, got_size, payload, size);
}

static void
test_websocket (void)
{
  ServerFixture fixture;
  RawClient *plain, *textual;
  g_autofree char *open = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\0\1\2", 3);

  server_fixture_set_up (&fixture, NULL);
  textual = raw_client_new (fixture.port);
  raw_client_switch (textual, "/engine.io/?EIO=4&transport=websocket&b64=1");
  open = raw_client_take_frame (textual, NULL, NULL);
  raw_client_send_frame (textual, 0x82, "\0\1\2", 3);
  expect_frame (textual, 0x81, "bAAEC", 5);
  raw_client_send_text_frame (textual, "bAAEC");
  expect_frame (textual, 0x81, "bAAEC", 5);
  raw_client_send_text_frame (textual, "4text");
  expect_frame (textual, 0x81, "4text", 5);
  eio_socket_send_binary (fixture.socket, bytes);
  expect_frame (textual, 0x81, "bAAEC", 5);
  plain = raw_client_new (fixture.port);
  g_free (open);
  raw_client_switch (plain, "/engine.io/?EIO=4&transport=websocket&b64=");
  open = raw_client_take_frame (plain, NULL, NULL);
  raw_client_send_text_frame (plain, "bAAEC");
  expect_frame (plain, 0x82, "\0\1\2", 3);
  raw_client_free (plain);
  raw_client_free (textual);
  server_fixture_tear_down (&fixture);
}

/* What counts is what the request of the websocket says. */
static void
test_upgrade (gconstpointer data)
{
  gboolean textual = GPOINTER_TO_INT (data);
  ServerFixture fixture;
  RawClient *poller, *socket;
  g_autofree char *target = NULL;
  g_autofree char *websocket = NULL;
  g_autofree char *answer = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\0\1\2", 3);

  server_fixture_set_up (&fixture, NULL);
  poller = raw_client_new (fixture.port);
  target = server_fixture_open_polling (&fixture, poller);
  websocket = g_strdup_printf ("/engine.io/?EIO=4&transport=websocket%s&sid=%s",
                               textual ? "&b64=1" : "", eio_socket_get_id (fixture.socket));
  socket = raw_client_new (fixture.port);
  raw_client_switch (socket, websocket);
  raw_client_send_text_frame (socket, "2probe");
  expect_frame (socket, 0x81, "3probe", 6);
  /* Queued for a poll that does not come, sent by the websocket. */
  eio_socket_send_binary (fixture.socket, bytes);
  raw_client_send_text_frame (socket, "5");
  if (textual)
    expect_frame (socket, 0x81, "bAAEC", 5);
  else
    expect_frame (socket, 0x82, "\0\1\2", 3);
  raw_client_free (poller);
  raw_client_free (socket);
  server_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/eio/base64/websocket", test_websocket);
  g_test_add_data_func ("/eio/base64/upgrade", GINT_TO_POINTER (TRUE), test_upgrade);
  g_test_add_data_func ("/eio/base64/upgrade-to-binary", GINT_TO_POINTER (FALSE), test_upgrade);
  return g_test_run ();
}
