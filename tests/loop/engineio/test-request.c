/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Handshakes that somebody decides about, now or later.
 */
#include "server-fixture.h"

#define POLLING "/engine.io/?EIO=4&transport=polling"
#define WEBSOCKET "/engine.io/?EIO=4&transport=websocket"
#define UPGRADE                                                                                   \
  "GET " WEBSOCKET " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" \
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
#define BUSY "{\"code\":4,\"message\":\"come back\"}"

/* Whoever decides does so when the test says. */
typedef struct {
  ServerFixture server;
  SoupServer *host;    /* nullable: of somebody else, that it is attached to */
  EioRequest *request; /* owned, nullable: who waits */
  guint n_refused;
} Fixture;

static void
keep (EioServer *server, EioRequest *request, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_true (eio_request_is_open (request));
  g_set_object (&self->request, request);
}

static void
on_refused (EioServer *server, SoupServerMessage *message, const GError *error, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_error (error, EIO_ERROR, EIO_ERROR_FORBIDDEN);
  self->n_refused++;
}

static void
set_up (Fixture *self, guint timeout_ms)
{
  *self = (Fixture) { .n_refused = 0 };
  server_fixture_set_up (&self->server, "allow-request-timeout", timeout_ms, NULL);
  eio_server_set_allow_request (self->server.server, keep, self, NULL);
  g_signal_connect (self->server.server, "connection-error", G_CALLBACK (on_refused), self);
}

static void
set_up_guest (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  set_up (self, 60000);
  self->host = soup_server_new (NULL, NULL);
  g_assert_true (eio_server_attach (self->server.server, self->host, &error));
  g_assert_true (soup_server_listen_local (self->host, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->host);
  self->server.port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
tear_down (Fixture *self)
{
  if (self->host != NULL)
    soup_server_disconnect (self->host);
  server_fixture_tear_down (&self->server);
  if (self->request != NULL)
    g_assert_false (eio_request_is_open (self->request));
  if (self->request != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->request));
  g_clear_object (&self->host);
}

static gboolean
is_asked (gpointer data)
{
  return ((Fixture *) data)->request != NULL;
}

static gboolean
is_over (gpointer data)
{
  return !eio_request_is_open (((Fixture *) data)->request);
}

static void
ask (Fixture *self, RawClient *client, gboolean by_websocket)
{
  guint n_sockets = eio_server_get_n_sockets (self->server.server);

  g_clear_object (&self->request);
  if (by_websocket)
    raw_client_send (client, UPGRADE);
  else
    raw_client_get (client, POLLING);
  raw_await (is_asked, self);
  /* Some turns of the loop: nothing comes before it is decided. */
  for (guint i = 0; i < 5; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (eio_request_is_open (self->request));
  g_assert_cmpuint (raw_client_get_input (client)->len, ==, 0);
  g_assert_cmpuint (eio_server_get_n_sockets (self->server.server), ==, n_sockets);
}

static void
add_header (Fixture *self, const char *name, const char *value)
{
  SoupServerMessage *message = eio_request_get_message (self->request);

  soup_message_headers_append (soup_server_message_get_response_headers (message), name, value);
}

static void
check_allowed (Fixture *self, RawClient *client, gboolean by_websocket)
{
  g_autofree char *frame = NULL;

  ask (self, client, by_websocket);
  add_header (self, "X-Seen", "yes");
  eio_request_allow (self->request);
  raw_client_expect (client, by_websocket ? "HTTP/1.1 101 " : "HTTP/1.1 200 ");
  raw_client_expect (client, "X-Seen: yes");
  raw_client_expect (client, "\r\n\r\n");
  if (!by_websocket)
    {
      raw_client_expect (client, "0{\"sid\":\"");
      return;
    }
  frame = raw_client_take_frame (client, NULL, NULL);
  g_assert_true (g_str_has_prefix (frame, "0{\"sid\":\""));
  raw_client_send_text_frame (client, "4hello");
  raw_client_expect (client, "4hello");
}

static void
check_refused (Fixture *self, RawClient *client, gboolean by_websocket)
{
  g_autofree char *answer = NULL;

  ask (self, client, by_websocket);
  add_header (self, "Retry-After", "7");
  eio_request_refuse (self->request, SOUP_STATUS_SERVICE_UNAVAILABLE, "come back");
  /* The first word counts. */
  eio_request_allow (self->request);
  answer = raw_client_take_answer (client);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 503 "));
  g_assert_nonnull (strstr (answer, "Retry-After: 7\r\n"));
  g_assert_true (g_str_has_suffix (answer, BUSY));
}

/* Refused and, on the same connection, allowed. */
static void
check_later (Fixture *self)
{
  for (guint by_websocket = 0; by_websocket < 2; by_websocket++)
    {
      RawClient *client = raw_client_new (self->server.port);

      check_refused (self, client, by_websocket);
      check_allowed (self, client, by_websocket);
      raw_client_free (client);
    }
  g_assert_cmpuint (self->n_refused, ==, 2);
}

static void
test_later (void)
{
  Fixture fixture;

  set_up (&fixture, 60000);
  check_later (&fixture);
  tear_down (&fixture);
}

static void
test_guest (void)
{
  Fixture fixture;

  set_up_guest (&fixture);
  check_later (&fixture);
  tear_down (&fixture);
}

static void
allow_at_once (EioServer *server, EioRequest *request, gpointer user_data)
{
  eio_request_allow (request);
  eio_request_refuse (request, SOUP_STATUS_FORBIDDEN, NULL);
  g_assert_false (eio_request_is_open (request));
}

static void
test_at_once (void)
{
  ServerFixture fixture;
  RawClient *poller, *socket;
  g_autofree char *target = NULL;

  server_fixture_set_up (&fixture, NULL);
  eio_server_set_allow_request (fixture.server, allow_at_once, NULL, NULL);
  poller = raw_client_new (fixture.port);
  target = server_fixture_open_polling (&fixture, poller);
  socket = server_fixture_open_websocket (&fixture);
  g_assert_cmpuint (eio_server_get_n_sockets (fixture.server), ==, 2);
  raw_client_free (poller);
  raw_client_free (socket);
  server_fixture_tear_down (&fixture);
}

/* The reference asks before it looks at the version. */
static void
test_version (void)
{
  Fixture fixture;
  RawClient *client;
  g_autofree char *answer = NULL;

  set_up (&fixture, 60000);
  g_signal_handlers_disconnect_by_data (fixture.server.server, &fixture);
  client = raw_client_new (fixture.server.port);
  raw_client_get (client, "/engine.io/?EIO=3&transport=polling");
  raw_await (is_asked, &fixture);
  eio_request_allow (fixture.request);
  answer = raw_client_take_answer (client);
  g_assert_true (g_str_has_suffix (answer, "{\"code\":5,\"message\":\"Unsupported protocol version\"}"));
  raw_client_free (client);
  tear_down (&fixture);
}

static void
test_too_late (void)
{
  Fixture fixture;
  RawClient *client;

  set_up (&fixture, 200);
  for (guint by_websocket = 0; by_websocket < 2; by_websocket++)
    {
      g_autofree char *answer = NULL;

      client = raw_client_new (fixture.server.port);
      g_clear_object (&fixture.request);
      if (by_websocket)
        raw_client_send (client, UPGRADE);
      else
        raw_client_get (client, POLLING);
      answer = raw_client_take_answer (client);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 403 "));
      g_assert_true (g_str_has_suffix (answer, "{\"code\":4,\"message\":\"Forbidden\"}"));
      eio_request_allow (fixture.request);
      raw_client_free (client);
    }
  g_assert_cmpuint (fixture.n_refused, ==, 2);
  tear_down (&fixture);
}

/* Nobody is told, and an answer means nothing. */
static void
check_gone (Fixture *self)
{
  for (guint by_websocket = 0; by_websocket < 2; by_websocket++)
    {
      RawClient *client = raw_client_new (self->server.port);

      ask (self, client, by_websocket);
      raw_client_free (client);
      raw_await (is_over, self);
      eio_request_allow (self->request);
      g_assert_cmpuint (eio_server_get_n_sockets (self->server.server), ==, 0);
    }
  g_assert_cmpuint (self->n_refused, ==, 0);
}

static void
test_gone (void)
{
  Fixture fixture;

  set_up (&fixture, 60000);
  check_gone (&fixture);
  tear_down (&fixture);
  set_up_guest (&fixture);
  check_gone (&fixture);
  tear_down (&fixture);
}

static void
on_closed (GObject *server, GAsyncResult *result, gpointer done)
{
  g_autoptr (GError) error = NULL;

  eio_server_close_finish (EIO_SERVER (server), result, &error);
  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

static gboolean
is_true (gpointer done)
{
  return *(gboolean *) done;
}

/* A server that closes waits for nobody's decision. */
static void
test_closing (void)
{
  Fixture fixture;
  RawClient *client;
  gboolean done = FALSE;
  g_autofree char *answer = NULL;

  set_up (&fixture, 60000);
  client = raw_client_new (fixture.server.port);
  ask (&fixture, client, FALSE);
  eio_server_close_async (fixture.server.server, 60000, NULL, on_closed, &done);
  answer = raw_client_take_answer (client);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400 "));
  raw_client_expect_end (client);
  raw_client_free (client);
  raw_await (is_true, &done);
  eio_request_allow (fixture.request);
  tear_down (&fixture);
}

/* One that is dropped neither. */
static void
test_dropped (void)
{
  Fixture fixture;
  RawClient *client;

  set_up (&fixture, 60000);
  client = raw_client_new (fixture.server.port);
  ask (&fixture, client, TRUE);
  tear_down (&fixture);
  raw_client_expect_end (client);
  raw_client_free (client);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/request/later", test_later);
  g_test_add_func ("/engineio/request/guest", test_guest);
  g_test_add_func ("/engineio/request/at-once", test_at_once);
  g_test_add_func ("/engineio/request/version", test_version);
  g_test_add_func ("/engineio/request/too-late", test_too_late);
  g_test_add_func ("/engineio/request/gone", test_gone);
  g_test_add_func ("/engineio/request/closing", test_closing);
  g_test_add_func ("/engineio/request/dropped", test_dropped);
  return g_test_run ();
}
