/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What goes in are bytes; what comes out is what passed, cut by "|" wherever a request ended, and
 * "!status" if the rest was refused.
 */
#include "engineio/eio-http-guard.h"

#include <string.h>

#define GET "GET /x HTTP/1.1\r\nHost: localhost\r\n"
#define POST "POST /x HTTP/1.1\r\nHost: localhost\r\n"
#define END "\r\n"

static const struct {
  const char *name;
  const char *in;
  const char *out;
} rows[] = {
  { "get", GET END, GET END "|" },
  { "two in one piece", GET END GET END, GET END "|" GET END "|" },
  { "body", POST "Content-Length: 3\r\n" END "abcGET", POST "Content-Length: 3\r\n" END "abc|" },
  { "body of nothing", POST "Content-Length: 0\r\n" END, POST "Content-Length: 0\r\n" END "|" },
  { "chunks", POST "Transfer-Encoding: chunked\r\n" END "3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n" GET END,
    POST "Transfer-Encoding: chunked\r\n" END "3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n|" GET END "|" },
  { "largest body", POST "Content-Length: 100\r\n" END, POST "Content-Length: 100\r\n" END },
  { "host with port", "GET / HTTP/1.1\r\nHost: LocalHost:80\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: LocalHost:80\r\n\r\n|" },
  { "IPv6 host", "GET / HTTP/1.1\r\nhost:[::1]:80\r\n\r\n", "GET / HTTP/1.1\r\nhost:[::1]:80\r\n\r\n|" },
  { "allowed origin", GET "Origin: http://a.example\r\n" END, GET "Origin: http://a.example\r\n" END "|" },
  { "UTF-8 in a value", GET "X: \xc3\xa9\r\n" END, GET "X: \xc3\xa9\r\n" END "|" },
  { "cut head", "GET /x HTTP/1.1\r\nHo", "" },

  { "no host", "GET / HTTP/1.1\r\n\r\n", "!400" },
  { "empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", "!400" },
  { "bad host", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", "!400" },
  { "host with user", "GET / HTTP/1.1\r\nHost: a@localhost\r\n\r\n", "!400" },
  { "host with bad port", "GET / HTTP/1.1\r\nHost: localhost:x\r\n\r\n", "!400" },
  { "host without end", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", "!400" },
  { "other host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", "!421" },
  { "other host with our name in it", "GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n", "!421" },
  { "two hosts", GET "Host: localhost\r\n" END, "!400" },
  { "origin", GET "Origin: http://evil.example\r\n" END, "!403" },
  { "origin null", GET "Origin: null\r\n" END, "!403" },
  { "origin file", GET "Origin: file://\r\n" END, "!403" },
  { "origin with more behind", GET "Origin: http://a.example.evil.example\r\n" END, "!403" },
  { "origin with a port", GET "Origin: http://a.example:90000\r\n" END, "!403" },
  { "origin with a control", GET "Origin: http://a\x01\r\n" END, "!400" },
  { "two origins", GET "Origin: http://a.example\r\nOrigin: http://a.example\r\n" END, "!400" },
  { "two lengths", POST "Content-Length: 3\r\nContent-Length: 3\r\n" END "abc", "!400" },
  { "length and chunks", POST "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n" END "0\r\n\r\n",
    "!400" },
  { "chunks and length", POST "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n" END "0\r\n\r\n",
    "!400" },
  { "two encodings", POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n" END, "!400" },
  { "list of encodings", POST "Transfer-Encoding: gzip, chunked\r\n" END, "!501" },
  { "compressed", POST "Content-Encoding: gzip\r\nContent-Length: 3\r\n" END "abc", "!415" },
  { "negative length", POST "Content-Length: -1\r\n" END, "!400" },
  { "length with sign", POST "Content-Length: +1\r\n" END, "!400" },
  { "length of nothing", POST "Content-Length: \r\n" END, "!400" },
  { "list of lengths", POST "Content-Length: 3, 3\r\n" END, "!400" },
  { "hexadecimal length", POST "Content-Length: 0x3\r\n" END, "!400" },
  { "huge length", POST "Content-Length: 99999999999999999999\r\n" END, "!400" },
  { "body too large", POST "Content-Length: 101\r\n" END, "!413" },
  { "body too large, expecting", POST "Content-Length: 1000000000\r\nExpect: 100-continue\r\n" END, "!413" },
  { "chunk too large", POST "Transfer-Encoding: chunked\r\n" END "65\r\n",
    POST "Transfer-Encoding: chunked\r\n" END "!413" },
  { "chunks too large together", POST "Transfer-Encoding: chunked\r\n" END "3\r\nabc\r\n62\r\n",
    POST "Transfer-Encoding: chunked\r\n" END "3\r\nabc\r\n!413" },
  { "chunk of ZZ", POST "Transfer-Encoding: chunked\r\n" END "ZZ\r\n",
    POST "Transfer-Encoding: chunked\r\n" END "!400" },
  { "chunk of -1", POST "Transfer-Encoding: chunked\r\n" END "-1\r\n",
    POST "Transfer-Encoding: chunked\r\n" END "!400" },
  { "chunk of nothing", POST "Transfer-Encoding: chunked\r\n" END "\r\n",
    POST "Transfer-Encoding: chunked\r\n" END "!400" },
  { "chunk line by LF", POST "Transfer-Encoding: chunked\r\n" END "3\nabc\r\n",
    POST "Transfer-Encoding: chunked\r\n" END "!400" },
  { "chunk ended by LF", POST "Transfer-Encoding: chunked\r\n" END "3\r\nabc\n0",
    POST "Transfer-Encoding: chunked\r\n" END "3\r\nabc!400" },
  { "chunk extension", POST "Transfer-Encoding: chunked\r\n" END "3;x=y\r\nabc\r\n",
    POST "Transfer-Encoding: chunked\r\n" END "!400" },
  { "chunk with many zeros", POST "Transfer-Encoding: chunked\r\n" END "0000000003\r\nabc\r\n",
    POST "Transfer-Encoding: chunked\r\n" END "!400" },
  { "trailer", POST "Transfer-Encoding: chunked\r\n" END "0\r\nX: y\r\n\r\n",
    POST "Transfer-Encoding: chunked\r\n" END "0\r\n!400" },
  { "lines by LF", "GET / HTTP/1.1\nHost: localhost\n\n", "!400" },
  { "one line by LF", "GET / HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n", "!400" },
  { "CR in a value", GET "X: a\rb\r\n" END, "!400" },
  { "folded", GET "X: a\r\n b\r\n" END, "!400" },
  { "blank before the colon", GET "X : a\r\n" END, "!400" },
  { "no colon", GET "X\r\n" END, "!400" },
  { "empty name", GET ": a\r\n" END, "!400" },
  { "control in a value", GET "X: a\x7f\r\n" END, "!400" },
  { "connect", "CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n", "!405" },
  { "asterisk", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", "!405" },
  { "absolute form", "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", "!421" },
  { "no slash", "GET x HTTP/1.1\r\nHost: localhost\r\n\r\n", "!400" },
  { "fragment", "GET /#x HTTP/1.1\r\nHost: localhost\r\n\r\n", "!400" },
  { "dots", "GET /a/../b HTTP/1.1\r\nHost: localhost\r\n\r\n", "!404" },
  { "dots at the end", "GET /a/.. HTTP/1.1\r\nHost: localhost\r\n\r\n", "!404" },
  { "escaped dots", "GET /a/%2E%2e/b HTTP/1.1\r\nHost: localhost\r\n\r\n", "!404" },
  { "escaped NUL", "GET /a%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", "!400" },
  { "raw UTF-8 in the target", "GET /\xc3\xa9 HTTP/1.1\r\nHost: localhost\r\n\r\n", "!400" },
  { "blank in the target", "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n", "!400" },
  { "HTTP/1.0", "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n", "!505" },
  { "HTTP/2.0", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "!501" },
  { "HTTP/0.9", "GET /\r\n\r\n", "!400" },
  { "no HTTP", "GET / FTTP/1.1\r\nHost: localhost\r\n\r\n", "!400" },
  { "unknown method", "BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n", "!501" },
  { "method in lower case", "get / HTTP/1.1\r\nHost: localhost\r\n\r\n", "!400" },
  { "empty line first", "\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "!400" },
  { "TLS hello", "\x16\x03\x01\x02", "!0" },
  { "second request bad", GET END "BREW / HTTP/1.1\r\n\r\n", GET END "|!501" },
};

static uint64_t
get_max_body (const char *path, gpointer user_data)
{
  return g_str_equal (path, "/x") ? 100 : 0;
}

/* The bytes come in pieces of @piece. */
static char *
run (const EioHttpRules *rules, const char *in, gsize size, gsize piece)
{
  g_autoptr (EioHttpGuard) guard = eio_http_guard_new (rules);
  g_autoptr (GByteArray) pending = g_byte_array_new ();
  GString *out = g_string_new (NULL);

  for (gsize at = 0; at < size; at += piece)
    {
      gsize n;

      g_byte_array_append (pending, (const guint8 *) in + at, MIN (piece, size - at));
      while ((n = eio_http_guard_judge (guard, (const char *) pending->data, pending->len)) > 0)
        {
          g_assert_cmpuint (n, <=, pending->len);
          g_string_append_len (out, (const char *) pending->data, n);
          g_byte_array_remove_range (pending, 0, n);
          if (eio_http_guard_is_at_end (guard))
            g_string_append_c (out, '|');
        }
    }
  if (eio_http_guard_get_phase (guard) == EIO_HTTP_REFUSED)
    g_string_append_printf (out, "!%u", eio_http_guard_get_status (guard));
  return g_string_free (out, FALSE);
}

static void
test_rows (void)
{
  const char *hosts[] = { "localhost", "[::1]", NULL };
  const char *origins[] = { "http://a.example", NULL };
  const EioHttpRules rules = { hosts, origins, get_max_body, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *whole = run (&rules, rows[i].in, strlen (rows[i].in), 100000);
      g_autofree char *drip = run (&rules, rows[i].in, strlen (rows[i].in), 1);

      g_test_message ("%s", rows[i].name);
      g_assert_cmpstr (whole, ==, rows[i].out);
      /* In pieces a refusal may come earlier, but nothing else passes. */
      if (strchr (rows[i].out, '!') == NULL)
        g_assert_cmpstr (drip, ==, whole);
      g_assert_cmpint (strchr (drip, '!') != NULL, ==, strchr (rows[i].out, '!') != NULL);
    }
}

static void
assert_status (const EioHttpRules *rules, const char *head, guint wanted)
{
  g_autofree char *got = run (rules, head, strlen (head), 4096);
  g_autofree char *refusal = g_strdup_printf ("!%u", wanted);

  if (wanted != 0)
    g_assert_cmpstr (got, ==, refusal);
  else
    g_assert_true (g_str_has_suffix (got, "|"));
}

static void
test_sizes (void)
{
  const EioHttpRules rules = { NULL, NULL, get_max_body, NULL };
  g_autofree char *path = g_strnfill (EIO_HTTP_MAX_TARGET - 1, 'a');
  g_autofree char *value = g_strnfill (EIO_HTTP_MAX_HEAD, 'a');
  g_autofree char *method = g_strnfill (9000, 'A');
  g_autofree char *good_target = g_strdup_printf ("GET /%s HTTP/1.1\r\nHost: a\r\n\r\n", path);
  g_autofree char *bad_target = g_strdup_printf ("GET /%sa HTTP/1.1\r\nHost: a\r\n\r\n", path);
  g_autofree char *huge_target = g_strdup_printf ("GET /%s%s", value, value);
  g_autofree char *bad_head = g_strdup_printf (GET "X: %s\r\n" END, value);
  g_autofree char *bad_method = g_strdup_printf ("%s / HTTP/1.1\r\nHost: a\r\n\r\n", method);
  g_autoptr (GString) many = g_string_new (GET);

  assert_status (&rules, good_target, 0);
  assert_status (&rules, bad_target, 414);
  assert_status (&rules, huge_target, 414);
  assert_status (&rules, bad_head, 431);
  assert_status (&rules, bad_method, 501);
  for (guint i = 1; i < EIO_HTTP_MAX_HEADERS; i++)
    g_string_append_printf (many, "X%u: y\r\n", i);
  g_string_append (many, END);
  assert_status (&rules, many->str, 0);
  g_string_insert (many, strlen (GET), "Y: z\r\n");
  assert_status (&rules, many->str, 431);
}

/* NUL bytes, which the table cannot hold. */
static void
test_nul (void)
{
  const EioHttpRules rules = { NULL, NULL, get_max_body, NULL };
  static const char in_value[] = "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n";
  static const char in_target[] = "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n";
  static const char in_name[] = "GET / HTTP/1.1\r\nHost: a\r\nX\0: b\r\n\r\n";
  static const char in_host[] = "GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n";
  g_autofree char *value = run (&rules, in_value, sizeof in_value - 1, 100000);
  g_autofree char *target = run (&rules, in_target, sizeof in_target - 1, 100000);
  g_autofree char *name = run (&rules, in_name, sizeof in_name - 1, 100000);
  g_autofree char *host = run (&rules, in_host, sizeof in_host - 1, 100000);

  g_assert_cmpstr (value, ==, "!400");
  g_assert_cmpstr (target, ==, "!400");
  g_assert_cmpstr (name, ==, "!400");
  g_assert_cmpstr (host, ==, "!400");
}

static void
test_refusal (void)
{
  const char *origins[] = { NULL };
  const EioHttpRules rules = { NULL, origins, get_max_body, NULL };
  g_autoptr (EioHttpGuard) guard = eio_http_guard_new (&rules);
  static const char head[] = GET "Origin: http://a\r\n" END;
  g_autofree char *answer = NULL;

  g_assert_cmpuint (eio_http_guard_judge (guard, head, strlen (head)), ==, 0);
  answer = eio_http_guard_dup_refusal (guard);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 403 Forbidden\r\nConnection: close\r\n"));
  g_assert_true (g_str_has_suffix (answer, "\r\nContent-Length: 32\r\n\r\n"
                                           "{\"code\":4,\"message\":\"Forbidden\"}"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/http-guard/rows", test_rows);
  g_test_add_func ("/engineio/http-guard/sizes", test_sizes);
  g_test_add_func ("/engineio/http-guard/nul", test_nul);
  g_test_add_func ("/engineio/http-guard/refusal", test_refusal);
  return g_test_run ();
}
