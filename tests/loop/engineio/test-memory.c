/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * People who come and go leave nothing behind.
 */
#include <malloc.h>

#include "server-fixture.h"

#define WARM_UP 50
#define CYCLES 600
/* Bytes that one cycle may leave on average, since the heap breathes: a leaked object is more. */
#define MAX_LEFT 48

static gboolean
is_empty (gpointer server)
{
  return eio_server_get_n_connections (server) == 0;
}

static void
visit_by_websocket (ServerFixture *fixture)
{
  RawClient *client = server_fixture_open_websocket (fixture);
  g_autofree char *frame = NULL;

  raw_client_send_text_frame (client, "4a");
  frame = raw_client_take_frame (client, NULL, NULL);
  raw_client_free (client);
}

static void
visit_by_polling (ServerFixture *fixture)
{
  RawClient *client = raw_client_new (fixture->port);
  g_autofree char *target = server_fixture_open_polling (fixture, client);
  g_autofree char *ok = NULL;
  g_autofree char *answer = NULL;

  raw_client_post (client, target, "4a\x1e" "1");
  ok = raw_client_take_answer (client);
  raw_client_get (client, target);
  answer = raw_client_take_answer (client);
  raw_client_free (client);
}

static void
visit_by_upgrade (ServerFixture *fixture)
{
  RawClient *poller = raw_client_new (fixture->port);
  RawClient *client = raw_client_new (fixture->port);
  g_autofree char *polling = server_fixture_open_polling (fixture, poller);
  g_autofree char *websocket = g_strdup_printf ("/engine.io/?EIO=4&transport=websocket&sid=%s",
                                                eio_socket_get_id (fixture->socket));
  g_autofree char *frame = NULL;

  raw_client_switch (client, websocket);
  raw_client_send_text_frame (client, "2probe");
  frame = raw_client_take_frame (client, NULL, NULL);
  raw_client_send_text_frame (client, "5");
  raw_client_free (poller);
  raw_client_free (client);
}

/* Not HTTP, half of a request, and a request that is refused. */
static void
visit_badly (ServerFixture *fixture)
{
  static const char *const requests[] = { "\x16\x03", "GET / HTTP/1.1\r\nHo",
                                          "GET / HTTP/1.1\r\n\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      RawClient *client = raw_client_new (fixture->port);

      raw_client_send (client, requests[i]);
      g_main_context_iteration (NULL, FALSE);
      raw_client_free (client);
    }
}

typedef void (*Visit) (ServerFixture *fixture);

static void
visit_often (ServerFixture *fixture, Visit visit, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      visit (fixture);
      g_string_truncate (fixture->log, 0);
    }
  raw_await (is_empty, fixture->server);
  g_clear_object (&fixture->socket);
  g_assert_cmpuint (eio_server_get_n_sockets (fixture->server), ==, 0);
}

static void
test_cycles (gconstpointer visit)
{
  ServerFixture fixture;
  gsize before, after;

  server_fixture_set_up (&fixture, NULL);
  visit_often (&fixture, (Visit) visit, WARM_UP);
  before = mallinfo2 ().uordblks;
  visit_often (&fixture, (Visit) visit, CYCLES);
  after = mallinfo2 ().uordblks;
  g_test_message ("%zd bytes a cycle", ((gssize) after - (gssize) before) / CYCLES);
  g_assert_cmpint (((gssize) after - (gssize) before) / CYCLES, <=, MAX_LEFT);
  server_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engineio/memory/websocket", visit_by_websocket, test_cycles);
  g_test_add_data_func ("/engineio/memory/polling", visit_by_polling, test_cycles);
  g_test_add_data_func ("/engineio/memory/upgrade", visit_by_upgrade, test_cycles);
  g_test_add_data_func ("/engineio/memory/bad", visit_badly, test_cycles);
  return g_test_run ();
}
