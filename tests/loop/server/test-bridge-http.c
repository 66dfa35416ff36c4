/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server answers beside Socket.IO. */

#include <string.h>

#include "guest-fixture.h"
#include "log/bridge-log.h"

static guint
status_of (House *house, const char *method, const char *path, const char *body)
{
  guint status = 0;
  g_autofree char *answer = house_request (house, method, path, body, NULL, NULL, &status, NULL);

  return status;
}

static void
test_health (void)
{
  g_autoptr (House) house = house_new (NULL);
  guint status = 0;
  g_autofree char *answer
      = house_request (house, "GET", "/healthz", NULL, NULL, NULL, &status, NULL);

  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpstr (answer, ==, "{\"status\":\"ok\"}");
  g_assert_cmpuint (status_of (house, "POST", "/healthz", "{}"), ==, 405);
  g_assert_cmpuint (status_of (house, "GET", "/healthz/more", NULL), ==, 404);
}

static char *
create_text (char host, const char *board)
{
  BoardCreate create = { .board = (char *)board };
  BoardKey seed;
  g_autoptr (JsonNode) node = NULL;

  seed_of (host, &seed);
  board_key_public (&seed, &create.host);
  node = board_create_build (&create);
  return json_to_string (node, FALSE);
}

static void
test_create (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autofree char *mine = create_text ('h', HOUSE_BOARD);
  g_autofree char *other = create_text ('x', HOUSE_BOARD);
  g_autofree char *answer = NULL;
  guint status = 0;

  g_assert_cmpuint (status_of (house, "POST", "/api/boards", mine), ==, 201);
  g_assert_cmpuint (status_of (house, "POST", "/api/boards", mine), ==, 201);
  answer = house_request (house, "POST", "/api/boards", other, NULL, NULL, &status, NULL);
  g_assert_cmpuint (status, ==, 409);
  g_assert_nonnull (strstr (answer, "\"code\":\"bad-request\""));
  g_assert_cmpuint (status_of (house, "GET", "/api/boards", NULL), ==, 405);
}

static void
test_create_nonsense (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autofree char *large = g_strnfill (20000, ' ');
  g_autofree char *deep = g_strnfill (10000, '[');
  const char *rows[] = { "",  "null", "[]", "{}", "{\"board\":5}", "{\"v\":1,\"board\":\"../x\"}",
                         "{", large,  deep };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint status = status_of (house, "POST", "/api/boards", rows[i]);

      g_assert_true (status == 400 || status == 413);
    }
}

static void
no_creation (BridgeConfig *config)
{
  config->create = BRIDGE_CREATE_OFF;
}

static void
test_create_off (void)
{
  g_autoptr (House) house = house_new (no_creation);
  g_autofree char *text = create_text ('h', HOUSE_BOARD);

  g_assert_cmpuint (status_of (house, "POST", "/api/boards", text), ==, 403);
}

static void
test_page (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (SoupMessage) message = NULL;
  SoupMessageHeaders *headers;
  guint status = 0;
  g_autofree char *page
      = house_request (house, "GET", "/b/" HOUSE_BOARD, NULL, NULL, NULL, &status, &message);

  g_assert_cmpuint (status, ==, 200);
  g_assert_nonnull (strstr (page, "Open in Drawbridge"));
  headers = soup_message_get_response_headers (message);
  g_assert_true (
      g_str_has_prefix (soup_message_headers_get_one (headers, "Content-Security-Policy"),
                        "default-src 'none';"));
  g_assert_cmpstr (soup_message_headers_get_one (headers, "X-Content-Type-Options"), ==, "nosniff");
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Cache-Control"), ==, "no-store");
  g_assert_cmpuint (status_of (house, "GET", "/b/-/page.js", NULL), ==, 200);
  g_assert_cmpuint (status_of (house, "GET", "/b/-/page.css", NULL), ==, 200);
  g_assert_cmpuint (status_of (house, "GET", "/b/-/page.html", NULL), ==, 404);
  g_assert_cmpuint (status_of (house, "GET", "/b/", NULL), ==, 404);
  g_assert_cmpuint (status_of (house, "GET", "/b/short", NULL), ==, 404);
  g_assert_cmpuint (status_of (house, "GET", "/b/" HOUSE_BOARD "/x", NULL), ==, 404);
  g_assert_cmpuint (status_of (house, "GET", "/", NULL), ==, 404);
}

/* A web page that reaches a server of this computer is not answered, whichever way it came. */
static void
test_web_pages (void)
{
  static const char *const paths[]
      = { "/healthz", "/b/" HOUSE_BOARD, "/api/boards", "/socket.io/?EIO=4&transport=polling" };
  static const struct
  {
    const char *header, *value;
    guint status;
  } rows[] = {
    { "Origin", "http://evil.example", 403 },           { "Origin", "null", 403 },
    { "Origin", "http://127.0.0.1.evil.example", 403 }, { "Host", "evil.example", 421 },
    { "Host", "127.0.0.1.evil.example:80", 421 },       { "Host", "localhost.evil.example", 421 },
  };
  g_autoptr (House) house = house_new (NULL);

  for (gsize p = 0; p < G_N_ELEMENTS (paths); p++)
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
      {
        guint status = 0;
        g_autofree char *answer
            = house_request (house, p == 2 ? "POST" : "GET", paths[p], p == 2 ? "{}" : NULL,
                             rows[i].header, rows[i].value, &status, NULL);

        g_test_message ("%s %s: %s", paths[p], rows[i].header, rows[i].value);
        g_assert_cmpuint (status, ==, rows[i].status);
      }
}

static void
test_own_hosts (void)
{
  static const char *const hosts[] = { "localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:3729" };
  g_autoptr (House) house = house_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      guint status = 0;
      g_autofree char *answer
          = house_request (house, "GET", "/healthz", NULL, "Host", hosts[i], &status, NULL);

      g_assert_cmpuint (status, ==, 200);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  bridge_log_init (FALSE);
  g_test_add_func ("/server/http/health", test_health);
  g_test_add_func ("/server/http/create", test_create);
  g_test_add_func ("/server/http/create-nonsense", test_create_nonsense);
  g_test_add_func ("/server/http/create-off", test_create_off);
  g_test_add_func ("/server/http/page", test_page);
  g_test_add_func ("/server/http/web-pages", test_web_pages);
  g_test_add_func ("/server/http/own-hosts", test_own_hosts);
  return g_test_run ();
}
