/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What strangers send to the port, and how many of them there are.
 */
#include <sys/resource.h>
#include <unistd.h>

#include "server-fixture.h"

#define HOST "Host: localhost\r\n"
#define UPGRADE                                                                                  \
  "Upgrade: websocket\r\nConnection: Upgrade\r\n"                                                \
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
#define EVIL "Origin: http://evil.example\r\n"
#define POLLING "/engine.io/?EIO=4&transport=polling"
#define WEBSOCKET "/engine.io/?EIO=4&transport=websocket"
#define TRANSPORT_UNKNOWN "{\"code\":0,\"message\":\"Transport unknown\"}"
#define SID_UNKNOWN "{\"code\":1,\"message\":\"Session ID unknown\"}"
#define BAD_METHOD "{\"code\":2,\"message\":\"Bad handshake method\"}"
#define BAD_REQUEST "{\"code\":3,\"message\":\"Bad request\"}"
#define FORBIDDEN "{\"code\":4,\"message\":\"Forbidden\"}"
#define BAD_VERSION "{\"code\":5,\"message\":\"Unsupported protocol version\"}"

/* After each, the connection either answers another request or is closed. */
typedef enum { STAYS, ENDS } Fate;

static const struct {
  const char *name;
  const char *request;
  const char *status; /* NULL: no answer */
  const char *body;   /* what the answer ends with */
  Fate fate;
} rows[] = {
  { "H1 no version", "GET /engine.io/?transport=polling HTTP/1.1\r\n" HOST "\r\n", "400", BAD_VERSION },
  { "H1 version 3", "GET /engine.io/?transport=polling&EIO=3 HTTP/1.1\r\n" HOST "\r\n", "400", BAD_VERSION },
  { "H1 version abc", "GET /engine.io/?transport=polling&EIO=abc HTTP/1.1\r\n" HOST "\r\n", "400", BAD_VERSION },
  { "H2 two versions", "GET /engine.io/?transport=polling&EIO=4&EIO=3 HTTP/1.1\r\n" HOST "\r\n", "400", BAD_REQUEST },
  { "H3 no transport", "GET /engine.io/?EIO=4 HTTP/1.1\r\n" HOST "\r\n", "400", TRANSPORT_UNKNOWN },
  { "H3 transport abc", "GET /engine.io/?EIO=4&transport=abc HTTP/1.1\r\n" HOST "\r\n", "400", TRANSPORT_UNKNOWN },
  { "H3 __proto__", "GET /engine.io/?EIO=4&transport=__proto__ HTTP/1.1\r\n" HOST "\r\n", "400", TRANSPORT_UNKNOWN },
  { "H3 webtransport", "GET /engine.io/?EIO=4&transport=webtransport HTTP/1.1\r\n" HOST "\r\n", "400", TRANSPORT_UNKNOWN },
  { "H4 no upgrade", "GET " WEBSOCKET " HTTP/1.1\r\n" HOST "\r\n", "400", BAD_REQUEST },
  { "polling with upgrade", "GET " POLLING " HTTP/1.1\r\n" HOST UPGRADE "\r\n", "400", BAD_REQUEST },
  { "version before 101", "GET /engine.io/?EIO=3&transport=websocket HTTP/1.1\r\n" HOST UPGRADE "\r\n", "400", BAD_VERSION },
  { "H5 POST", "POST " POLLING " HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\n4", "400", BAD_METHOD },
  { "H5 PUT", "PUT " POLLING " HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", "400", BAD_METHOD },
  { "H5 DELETE", "DELETE " POLLING " HTTP/1.1\r\n" HOST "\r\n", "400", BAD_METHOD },
  { "H5 OPTIONS", "OPTIONS " POLLING " HTTP/1.1\r\n" HOST "\r\n", "400", BAD_METHOD },
  { "H7 sid unknown", "GET " POLLING "&sid=abc HTTP/1.1\r\n" HOST "\r\n", "400", SID_UNKNOWN },
  { "H7 sid __proto__", "POST " POLLING "&sid=__proto__ HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\n4", "400", SID_UNKNOWN },
  { "H7 sid with NUL", "GET " POLLING "&sid=%00 HTTP/1.1\r\n" HOST "\r\n", "400", BAD_REQUEST },
  { "U1 sid unknown", "GET " WEBSOCKET "&sid=abc HTTP/1.1\r\n" HOST UPGRADE "\r\n", "400", SID_UNKNOWN },
  { "H8 sid empty", "GET " POLLING "&sid= HTTP/1.1\r\n" HOST "\r\n", "200", "\"maxPayload\":1000000}" },
  { "H10 other path", "GET /engine.iox/?EIO=4&transport=polling HTTP/1.1\r\n" HOST "\r\n", "404", "" },
  { "H10 deeper path", "GET /engine.io/a?EIO=4&transport=polling HTTP/1.1\r\n" HOST "\r\n", "404", "" },
  { "H11 dots", "GET /engine.io/../etc/passwd HTTP/1.1\r\n" HOST "\r\n", "404", "", ENDS },
  { "H12 JSONP", "GET " POLLING "&j=0 HTTP/1.1\r\n" HOST "\r\n", "400", BAD_REQUEST },
  { "H13 origin", "GET " POLLING " HTTP/1.1\r\n" HOST EVIL "\r\n", "403", FORBIDDEN, ENDS },
  { "H14 origin, websocket", "GET " WEBSOCKET " HTTP/1.1\r\n" HOST EVIL UPGRADE "\r\n", "403", FORBIDDEN, ENDS },
  { "H16 origin null", "GET " POLLING " HTTP/1.1\r\n" HOST "Origin: null\r\n\r\n", "403", FORBIDDEN, ENDS },
  { "H17 host", "GET " POLLING " HTTP/1.1\r\nHost: evil.example:3729\r\n\r\n", "421", "", ENDS },
  { "H18 origin with control", "GET " POLLING " HTTP/1.1\r\n" HOST "Origin: a\x02\r\n\r\n", "400", BAD_REQUEST, ENDS },
  { "H19 no host", "GET " POLLING " HTTP/1.1\r\n\r\n", "400", BAD_REQUEST, ENDS },
  { "H20 two hosts", "GET " POLLING " HTTP/1.1\r\n" HOST HOST "\r\n", "400", BAD_REQUEST, ENDS },
  { "H21 smuggled", "POST " POLLING " HTTP/1.1\r\n" HOST "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET " POLLING " HTTP/1.1\r\n" HOST "\r\n",
    "400", BAD_REQUEST, ENDS },
  { "H22 two lengths", "POST " POLLING " HTTP/1.1\r\n" HOST "Content-Length: 1\r\nContent-Length: 2\r\n\r\n44", "400", BAD_REQUEST, ENDS },
  { "H23 length -1", "POST " POLLING " HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\n", "400", BAD_REQUEST, ENDS },
  { "H23 chunk ZZ", "POST " POLLING " HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\nZZ\r\n", "400", BAD_REQUEST, ENDS },
  { "H24 chunk by LF", "POST " POLLING " HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n1\n4\r\n0\r\n\r\n", "400", BAD_REQUEST, ENDS },
  { "H26 %00", "GET /engine.io/%00?EIO=4&transport=polling HTTP/1.1\r\n" HOST "\r\n", "400", BAD_REQUEST, ENDS },
  { "H27 CONNECT", "CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n", "405", "", ENDS },
  { "H27 OPTIONS *", "OPTIONS * HTTP/1.1\r\n" HOST "\r\n", "405", "", ENDS },
  { "H27 absolute form", "GET http://evil.example" POLLING " HTTP/1.1\r\n" HOST "\r\n", "421", "", ENDS },
  { "H28 range", "GET " POLLING " HTTP/1.1\r\n" HOST "Range: bytes=0-0\r\n\r\n", "200", "\"maxPayload\":1000000}" },
  { "H29 expect", "POST " POLLING " HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 1000000000\r\n\r\n", "413", "", ENDS },
  { "H30 TLS hello", "\x16\x03\x01\x02\x01", NULL, NULL, ENDS },
  { "H32 version 12", "GET " WEBSOCKET " HTTP/1.1\r\n" HOST "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 12\r\n\r\n", "426", "" },
  { "H32 no version", "GET " WEBSOCKET " HTTP/1.1\r\n" HOST "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", "426", "" },
  { "H33 short key", "GET " WEBSOCKET " HTTP/1.1\r\n" HOST "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhl\r\nSec-WebSocket-Version: 13\r\n\r\n", "400", "" },
  { "H33 no key", "GET " WEBSOCKET " HTTP/1.1\r\n" HOST "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n", "400", "" },
  { "H34 invalid UTF-8", "GET " POLLING "&a=%FF HTTP/1.1\r\n" HOST "\r\n", "400", BAD_REQUEST },
  { "other path, no handler", "GET /x HTTP/1.1\r\n" HOST "\r\n", "404", "" },
};

static const char *const no_origins[] = { NULL };
static const char *const our_hosts[] = { "localhost", "127.0.0.1", NULL };

static void
set_up (ServerFixture *fixture)
{
  server_fixture_set_up (fixture, "allowed-origins", no_origins, "allowed-hosts", our_hosts, NULL);
}

static void
check_row (RawClient *client, guint i)
{
  g_autofree char *answer = NULL;
  g_autofree char *beginning = NULL;

  raw_client_send (client, rows[i].request);
  if (rows[i].status == NULL)
    return;
  answer = raw_client_take_answer (client);
  beginning = g_strdup_printf ("HTTP/1.1 %s ", rows[i].status);
  if (!g_str_has_prefix (answer, beginning) || !g_str_has_suffix (answer, rows[i].body))
    g_error ("%s: %s", rows[i].name, answer);
}

static void
check_fate (RawClient *client, guint i)
{
  if (rows[i].fate == ENDS)
    {
      raw_client_expect_end (client);
      g_assert_cmpuint (raw_client_get_input (client)->len, ==, 0);
    }
  else
    {
      g_autofree char *answer = NULL;

      raw_client_get (client, "/y");
      answer = raw_client_take_answer (client);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 404 "));
    }
}

static void
test_rows (void)
{
  ServerFixture fixture;

  set_up (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      RawClient *client = raw_client_new (fixture.port);

      g_test_message ("%s", rows[i].name);
      check_row (client, i);
      check_fate (client, i);
      raw_client_free (client);
    }
  server_fixture_tear_down (&fixture);
}

/* An origin that is allowed sees the CORS headers, on errors too. */
static void
test_cors (void)
{
  static const char *const origins[] = { "http://a.example", NULL };
  ServerFixture fixture;
  RawClient *client;

  server_fixture_set_up (&fixture, "allowed-origins", origins, NULL);
  client = raw_client_new (fixture.port);
  raw_client_send (client, "GET /engine.io/?EIO=3&transport=polling HTTP/1.1\r\n" HOST
                           "Origin: http://a.example\r\n\r\n");
  raw_client_expect (client, "Access-Control-Allow-Origin: http://a.example\r\n");
  raw_client_expect (client, BAD_VERSION);
  raw_client_send (client, "OPTIONS " POLLING " HTTP/1.1\r\n" HOST "Origin: http://a.example\r\n"
                           "Access-Control-Request-Headers: x-a\r\n\r\n");
  raw_client_expect (client, "HTTP/1.1 204 ");
  raw_client_expect (client, "Access-Control-Allow-Headers: x-a\r\n");
  raw_client_free (client);
  server_fixture_tear_down (&fixture);
}

/* One byte at a time, for ever: the deadline is for the whole head. */
static void
test_drip (void)
{
  ServerFixture fixture;
  RawClient *dripping, *silent;

  server_fixture_set_up (&fixture, "head-timeout", 300, NULL);
  dripping = raw_client_new (fixture.port);
  silent = raw_client_new (fixture.port);
  raw_client_send (dripping, "GET /");
  while (!raw_client_is_ended (dripping))
    {
      raw_client_send (dripping, "a");
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  raw_client_expect_end (silent);
  raw_client_free (dripping);
  raw_client_free (silent);
  server_fixture_tear_down (&fixture);
}

static void
refuse (EioServer *server, EioRequest *request, gpointer user_data)
{
  guint *n = user_data;

  (*n)++;
  eio_request_refuse (request, SOUP_STATUS_FORBIDDEN, "not \"today\"");
}

static void
test_allow_request (void)
{
  ServerFixture fixture;
  RawClient *client;
  g_autofree char *polling = NULL;
  g_autofree char *websocket = NULL;
  guint n = 0;

  server_fixture_set_up (&fixture, NULL);
  eio_server_set_allow_request (fixture.server, refuse, &n, NULL);
  client = raw_client_new (fixture.port);
  raw_client_get (client, POLLING);
  polling = raw_client_take_answer (client);
  g_assert_true (g_str_has_prefix (polling, "HTTP/1.1 403 "));
  g_assert_true (g_str_has_suffix (polling, "{\"code\":4,\"message\":\"not \\\"today\\\"\"}"));
  raw_client_send (client, "GET " WEBSOCKET " HTTP/1.1\r\n" HOST UPGRADE "\r\n");
  websocket = raw_client_take_answer (client);
  g_assert_true (g_str_has_prefix (websocket, "HTTP/1.1 403 "));
  g_assert_cmpuint (n, ==, 2);
  raw_client_free (client);
  server_fixture_tear_down (&fixture);
}

static gboolean
is_empty (gpointer server)
{
  return eio_server_get_n_connections (server) == 0;
}

static void
assert_works (ServerFixture *fixture)
{
  RawClient *client = server_fixture_open_websocket (fixture);
  g_autofree char *frame = NULL;

  raw_client_send_text_frame (client, "4still here");
  frame = raw_client_take_frame (client, NULL, NULL);
  g_assert_cmpstr (frame, ==, "4still here");
  raw_client_free (client);
}

static void
set_fd_limit (rlim_t limit)
{
  struct rlimit limits;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limits), ==, 0);
  limits.rlim_cur = MIN (limit, limits.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limits), ==, 0);
}

/* The number that the next descriptor would get. */
static int
next_fd (void)
{
  int fd = dup (0);

  close (fd);
  return fd;
}

static void
test_many_connections (void)
{
  ServerFixture fixture;
  RawClient *clients[200];
  guint n_refused = 0;

  server_fixture_set_up (&fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    clients[i] = raw_client_new (fixture.port);
  set_fd_limit (next_fd () + 50);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autofree char *answer = NULL;

      raw_client_get (clients[i], "/x");
      answer = raw_client_take_answer (clients[i]);
      n_refused += g_str_has_prefix (answer, "HTTP/1.1 503 ");
    }
  g_assert_cmpuint (n_refused, >, 150);
  g_assert_cmpuint (n_refused, <, 200);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    raw_client_free (clients[i]);
  raw_await (is_empty, fixture.server);
  assert_works (&fixture);
  set_fd_limit (RLIM_INFINITY);
  server_fixture_tear_down (&fixture);
}

static gboolean
on_enough (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* No descriptor left at all: accept() itself fails, again and again. */
static void
test_accept_fails (void)
{
  ServerFixture fixture;
  RawClient *client;
  gboolean enough = FALSE;
  g_autofree char *answer = NULL;
  guint n_turns = 0;

  if (g_getenv ("UNDER_VALGRIND") != NULL)
    {
      g_test_skip ("valgrind accepts and closes what there is no descriptor for");
      return;
    }
  server_fixture_set_up (&fixture, NULL);
  client = raw_client_new (fixture.port);
  raw_client_get (client, "/x");
  set_fd_limit (next_fd ());
  g_timeout_add (150, on_enough, &enough);
  while (!enough)
    {
      g_main_context_iteration (NULL, TRUE);
      n_turns++;
    }
  /* It did not spin. */
  g_assert_cmpuint (n_turns, <, 100);
  g_assert_cmpuint (raw_client_get_input (client)->len, ==, 0);
  set_fd_limit (RLIM_INFINITY);
  answer = raw_client_take_answer (client);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 404 "));
  raw_client_free (client);
  assert_works (&fixture);
  server_fixture_tear_down (&fixture);
}

static void
test_per_address (void)
{
  ServerFixture fixture;
  RawClient *first, *second, *third;
  g_autofree char *answer = NULL;

  server_fixture_set_up (&fixture, "max-connections-per-address", 2, NULL);
  first = server_fixture_open_websocket (&fixture);
  second = server_fixture_open_websocket (&fixture);
  third = raw_client_new (fixture.port);
  raw_client_get (third, "/x");
  answer = raw_client_take_answer (third);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 503 "));
  raw_client_expect_end (third);
  raw_client_free (first);
  raw_client_free (second);
  raw_client_free (third);
  raw_await (is_empty, fixture.server);
  assert_works (&fixture);
  server_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/gate/rows", test_rows);
  g_test_add_func ("/engineio/gate/cors", test_cors);
  g_test_add_func ("/engineio/gate/drip", test_drip);
  g_test_add_func ("/engineio/gate/allow-request", test_allow_request);
  g_test_add_func ("/engineio/gate/many-connections", test_many_connections);
  g_test_add_func ("/engineio/gate/accept-fails", test_accept_fails);
  g_test_add_func ("/engineio/gate/per-address", test_per_address);
  return g_test_run ();
}
