/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a program adds to answers and hears of refusals: cookie, hooks, CORS.
 */
#include "server-fixture.h"

#define POLLING "/engine.io/?EIO=4&transport=polling"

static void
on_initial (EioServer *server, SoupServerMessage *message, GString *log)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  g_string_append (log, "initial;");
  soup_message_headers_append (headers, "X-First", "1");
}

static void
on_headers (EioServer *server, SoupServerMessage *message, GString *log)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  g_string_append_printf (log, "%s;", soup_server_message_get_method (message));
  soup_message_headers_append (headers, "X-Each", "2");
}

static gboolean
has (const char *answer, const char *line)
{
  return strstr (answer, line) != NULL;
}

static void
test_hooks (void)
{
  ServerFixture fixture;
  RawClient *client, *poster, *socket;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *target = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *posted = NULL;

  server_fixture_set_up (&fixture, NULL);
  g_signal_connect (fixture.server, "initial-headers", G_CALLBACK (on_initial), log);
  g_signal_connect (fixture.server, "headers", G_CALLBACK (on_headers), log);
  client = raw_client_new (fixture.port);
  poster = raw_client_new (fixture.port);
  raw_client_get (client, POLLING);
  first = raw_client_take_answer (client);
  g_assert_true (has (first, "X-First: 1\r\n") && has (first, "X-Each: 2\r\n"));
  target = g_strdup_printf (POLLING "&sid=%s", eio_socket_get_id (fixture.socket));
  raw_client_post (poster, target, "4a");
  posted = raw_client_take_answer (poster);
  raw_client_get (client, target);
  second = raw_client_take_answer (client);
  g_assert_true (has (posted, "X-Each: 2\r\n") && has (second, "X-Each: 2\r\n"));
  g_assert_false (has (posted, "X-First") || has (second, "X-First"));
  g_assert_cmpstr (log->str, ==, "initial;GET;POST;GET;");
  socket = raw_client_new (fixture.port);
  raw_client_send (socket, "GET /engine.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: a\r\n"
                           "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                           "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
  raw_client_expect (socket, "X-First: 1\r\n");
  raw_client_expect (socket, "0{\"sid\":");
  raw_client_free (client);
  raw_client_free (poster);
  raw_client_free (socket);
  server_fixture_tear_down (&fixture);
}

/* A handler may end the session that it is told of. */
static void
on_headers_close (EioServer *server, SoupServerMessage *message, ServerFixture *fixture)
{
  if (soup_server_message_get_method (message) == SOUP_METHOD_POST)
    eio_socket_close (fixture->socket, TRUE);
}

static gboolean
has_poll (gpointer socket)
{
  return eio_socket_is_writable (socket);
}

static void
test_hook_closes (void)
{
  ServerFixture fixture;
  RawClient *client, *poster;
  g_autofree char *target = NULL;
  g_autofree char *answer = NULL;

  server_fixture_set_up (&fixture, NULL);
  g_signal_connect (fixture.server, "headers", G_CALLBACK (on_headers_close), &fixture);
  client = raw_client_new (fixture.port);
  poster = raw_client_new (fixture.port);
  target = server_fixture_open_polling (&fixture, client);
  raw_client_get (client, target);
  raw_await (has_poll, fixture.socket);
  raw_client_post (poster, target, "4a");
  answer = raw_client_take_answer (poster);
  g_assert_true (g_str_has_suffix (answer, "{\"code\":1,\"message\":\"Session ID unknown\"}"));
  server_fixture_expect_log (&fixture, "closed forced close;");
  raw_client_free (client);
  raw_client_free (poster);
  server_fixture_tear_down (&fixture);
}

static char *
open_with_cookie (ServerFixture *fixture, const char *path, int max_age, EioCookieFlags flags,
                  SoupSameSitePolicy same_site)
{
  RawClient *client = raw_client_new (fixture->port);
  g_autofree char *answer = NULL;
  g_autofree char *wanted = NULL;
  const char *line, *value;

  eio_server_set_cookie (fixture->server, "io", path, max_age, flags, same_site);
  raw_client_get (client, POLLING);
  answer = raw_client_take_answer (client);
  raw_client_free (client);
  line = strstr (answer, "Set-Cookie: ");
  g_assert_nonnull (line);
  wanted = g_strdup_printf ("Set-Cookie: io=%s", eio_socket_get_id (fixture->socket));
  g_assert_true (g_str_has_prefix (line, wanted));
  value = line + strlen (wanted);
  return g_strndup (value, strcspn (value, "\r"));
}

static void
test_cookie (void)
{
  ServerFixture fixture;
  RawClient *client;
  g_autofree char *preset = NULL;
  g_autofree char *other = NULL;
  g_autofree char *target = NULL;
  g_autofree char *answer = NULL;

  server_fixture_set_up (&fixture, NULL);
  preset = open_with_cookie (&fixture, NULL, -1, EIO_COOKIE_HTTP_ONLY, SOUP_SAME_SITE_POLICY_LAX);
  g_assert_cmpstr (preset, ==, "; Path=/; HttpOnly; SameSite=Lax");
  other = open_with_cookie (&fixture, "/a b", 60, EIO_COOKIE_SECURE, SOUP_SAME_SITE_POLICY_NONE);
  g_assert_cmpstr (other, ==, "; Max-Age=60; Path=/a b; Secure; SameSite=None");
  /* Only with the first answer. */
  client = raw_client_new (fixture.port);
  target = server_fixture_open_polling (&fixture, client);
  raw_client_post (client, target, "4a");
  answer = raw_client_take_answer (client);
  g_assert_false (has (answer, "Set-Cookie"));
  raw_client_free (client);
  eio_server_set_cookie (fixture.server, NULL, NULL, -1, 0, SOUP_SAME_SITE_POLICY_LAX);
  client = raw_client_new (fixture.port);
  raw_client_get (client, POLLING);
  g_free (answer);
  answer = raw_client_take_answer (client);
  g_assert_false (has (answer, "Set-Cookie"));
  raw_client_free (client);
  server_fixture_tear_down (&fixture);
}

static void
test_bad_cookies (void)
{
  static const struct {
    const char *name;
    const char *path;
  } bad[] = {
    { "", NULL }, { "a b", NULL }, { "a=b", NULL }, { "a;b", NULL }, { "\xc3\xa4", NULL },
    { "a\r\nX: y", NULL }, { "io", "" }, { "io", "a" }, { "io", "/a;b" }, { "io", "/\r\nX: y" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (EioServer) server = eio_server_new ();

      g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*eio_cookie_is_*");
      eio_server_set_cookie (server, bad[i].name, bad[i].path, -1, 0, SOUP_SAME_SITE_POLICY_LAX);
      g_test_assert_expected_messages ();
    }
}

static void
on_error (EioServer *server, SoupServerMessage *message, GError *error, GString *log)
{
  g_assert_true (error->domain == EIO_ERROR);
  g_string_append_printf (log, "%d %s;", error->code, error->message);
}

static void
test_connection_errors (void)
{
  static const char *const targets[] = {
    "/engine.io/?EIO=4&transport=smoke", POLLING "&sid=nobody", "/engine.io/?EIO=4&transport=websocket",
    "/engine.io/?EIO=3&transport=polling",
  };
  ServerFixture fixture;
  g_autoptr (GString) log = g_string_new (NULL);

  server_fixture_set_up (&fixture, NULL);
  g_signal_connect (fixture.server, "connection-error", G_CALLBACK (on_error), log);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      RawClient *client = raw_client_new (fixture.port);
      g_autofree char *answer = NULL;

      raw_client_get (client, targets[i]);
      answer = raw_client_take_answer (client);
      raw_client_free (client);
    }
  g_assert_cmpstr (log->str, ==, "0 Transport unknown;1 Session ID unknown;3 Bad request;"
                                 "5 Unsupported protocol version;");
  server_fixture_tear_down (&fixture);
}

static char *
ask_from (ServerFixture *fixture, const char *origin)
{
  RawClient *client = raw_client_new (fixture->port);
  g_autofree char *request =
      g_strdup_printf ("GET " POLLING " HTTP/1.1\r\nHost: a\r\nOrigin: %s\r\n\r\n", origin);
  char *answer;

  raw_client_send (client, request);
  answer = raw_client_take_answer (client);
  raw_client_free (client);
  return answer;
}

static void
test_cors (void)
{
  const char *const any[] = { "*", NULL };
  const char *const one[] = { "http://a", NULL };
  ServerFixture fixture;
  g_autofree char *answer = NULL;
  g_autofree char *refused = NULL;

  server_fixture_set_up (&fixture, "allowed-origins", any, "cors-credentials", TRUE, NULL);
  answer = ask_from (&fixture, "http://b");
  g_assert_true (has (answer, "Access-Control-Allow-Origin: http://b\r\n"));
  g_assert_true (has (answer, "Access-Control-Allow-Credentials: true\r\n"));
  server_fixture_tear_down (&fixture);
  server_fixture_set_up (&fixture, "allowed-origins", one, NULL);
  refused = ask_from (&fixture, "http://b");
  g_assert_true (g_str_has_prefix (refused, "HTTP/1.1 403 "));
  g_free (answer);
  answer = ask_from (&fixture, "http://a");
  g_assert_true (has (answer, "Access-Control-Allow-Origin: http://a\r\n"));
  g_assert_false (has (answer, "Credentials"));
  server_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/eio/headers/hooks", test_hooks);
  g_test_add_func ("/eio/headers/hook-closes", test_hook_closes);
  g_test_add_func ("/eio/headers/cookie", test_cookie);
  g_test_add_func ("/eio/headers/bad-cookies", test_bad_cookies);
  g_test_add_func ("/eio/headers/connection-errors", test_connection_errors);
  g_test_add_func ("/eio/headers/cors", test_cors);
  return g_test_run ();
}
