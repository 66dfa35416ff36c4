/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Compressed answers to polls, and compressed messages on websockets, byte by byte.
 */
#include "engineio/eio-deflate.h"
#include "engineio/eio-frame-private.h"
#include "server-fixture.h"

#include <string.h>

#define WEBSOCKET "/engine.io/?EIO=4&transport=websocket"
#define OFFER "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
#define ACCEPTED                                                                                   \
  "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; "                     \
  "client_no_context_takeover\r\n"
#define THRESHOLD 100
#define MAX_PAYLOAD 100000

static GBytes *
make_text (gsize size)
{
  char *text = g_strnfill (size, 'x');

  return g_bytes_new_take (text, size);
}

/* --- Polling ------------------------------------------------------------------------------------ */

/* One answer of @size letters and the packet's digit, to a request with that header. */
static const struct {
  const char *name;
  const char *accept; /* NULL: none */
  gsize size;
  gboolean compress;
  const char *encoding; /* NULL: plain */
} answers[] = {
  { "nobody asks", NULL, 1000, TRUE, NULL },
  { "gzip", "gzip", 1000, TRUE, "gzip" },
  { "deflate", "deflate", 1000, TRUE, "deflate" },
  { "a browser", "gzip, deflate, br", 1000, TRUE, "gzip" },
  { "weights", "gzip;q=0.2, deflate;q=0.3", 1000, TRUE, "deflate" },
  { "refused", "gzip;q=0, deflate;q=0", 1000, TRUE, NULL },
  { "plain is better", "gzip;q=0.5, identity", 1000, TRUE, NULL },
  { "unknown", "br, zstd", 1000, TRUE, NULL },
  { "just enough", "gzip", THRESHOLD - 1, TRUE, "gzip" },
  { "one less", "gzip", THRESHOLD - 2, TRUE, NULL },
  { "one less, but nothing else is taken", "gzip, identity;q=0", THRESHOLD - 2, TRUE, "gzip" },
  { "nothing is taken", "identity;q=0", 1000, TRUE, NULL },
  { "not to be compressed", "gzip", 1000, FALSE, NULL },
  { "large", "gzip", 300000, TRUE, "gzip" },
  { "the largest", "gzip", EIO_DEFLATE_MAX - 1, TRUE, "gzip" },
  { "larger", "gzip, identity;q=0", EIO_DEFLATE_MAX, TRUE, NULL },
};

static char *
poll (RawClient *client, const char *target, const char *accept, const char **body, gsize *size)
{
  g_autofree char *field
      = accept != NULL ? g_strdup_printf ("Accept-Encoding: %s\r\n", accept) : g_strdup ("");
  g_autofree char *head
      = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n", target, field);
  char *answer;

  raw_client_send (client, head);
  answer = raw_client_take_answer (client);
  *body = strstr (answer, "\r\n\r\n") + 4;
  *size = g_ascii_strtoull (strstr (answer, "Content-Length: ") + 16, NULL, 10);
  return answer;
}

static void
check_body (const char *encoding, const char *body, gsize size, const char *expected)
{
  g_autoptr (GByteArray) unpacked = NULL;

  if (encoding == NULL)
    {
      g_assert_cmpmem (body, size, expected, strlen (expected));
      return;
    }
  g_assert_cmpuint (size, <, strlen (expected));
  unpacked = eio_inflate_body (g_str_equal (encoding, "gzip") ? G_ZLIB_COMPRESSOR_FORMAT_GZIP
                                                              : G_ZLIB_COMPRESSOR_FORMAT_ZLIB,
                               (const guint8 *) body, size, strlen (expected), NULL);
  g_assert_nonnull (unpacked);
  g_assert_cmpmem (unpacked->data, unpacked->len, expected, strlen (expected));
}

static void
check_answer (guint row)
{
  g_autofree char *letters = g_strnfill (answers[row].size, 'x');
  g_autofree char *expected = g_strconcat ("4", letters, NULL);
  g_autofree char *field
      = g_strdup_printf ("\r\nContent-Encoding: %s\r\n", answers[row].encoding);
  g_autoptr (GBytes) text = make_text (answers[row].size);
  g_autoptr (EioFrame) frame = eio_frame_new_text (text);
  g_autofree char *target = NULL;
  g_autofree char *answer = NULL;
  ServerFixture fixture;
  RawClient *client;
  const char *body;
  gsize size;

  server_fixture_set_up (&fixture, "http-compression", THRESHOLD, NULL);
  client = raw_client_new (fixture.port);
  target = server_fixture_open_polling (&fixture, client);
  eio_frame_set_compress (frame, answers[row].compress);
  eio_socket_send_frame (fixture.socket, frame);
  answer = poll (client, target, answers[row].accept, &body, &size);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 OK\r\n"));
  g_assert_cmpint (strstr (answer, field) != NULL, ==, answers[row].encoding != NULL);
  g_assert_cmpint (strstr (answer, "Content-Encoding") != NULL, ==, answers[row].encoding != NULL);
  check_body (answers[row].encoding, body, size, expected);
  raw_client_free (client);
  server_fixture_tear_down (&fixture);
}

static void
test_answers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_test_message ("%s", answers[i].name);
      check_answer (i);
    }
}

static void
send_text (EioSocket *socket, gsize size, gboolean compress)
{
  g_autoptr (GBytes) text = make_text (size);
  g_autoptr (EioFrame) frame = eio_frame_new_text (text);

  eio_frame_set_compress (frame, compress);
  eio_socket_send_frame (socket, frame);
}

/* One packet that may be compressed is enough for all that goes with it. */
static void
test_several_packets (void)
{
  ServerFixture fixture;
  RawClient *client;
  g_autofree char *target = NULL;

  server_fixture_set_up (&fixture, NULL);
  client = raw_client_new (fixture.port);
  target = server_fixture_open_polling (&fixture, client);
  for (guint n_free = 0; n_free < 2; n_free++)
    {
      g_autofree char *answer = NULL;
      const char *body;
      gsize size;

      send_text (fixture.socket, 2000, FALSE);
      send_text (fixture.socket, 1, n_free > 0);
      answer = poll (client, target, "gzip", &body, &size);
      g_assert_cmpint (strstr (answer, "Content-Encoding") != NULL, ==, n_free > 0);
    }
  raw_client_free (client);
  server_fixture_tear_down (&fixture);
}

/* The reference's threshold is the default, and 0 is never. */
static void
test_http_defaults (void)
{
  static const struct {
    int threshold; /* negative: unset */
    gsize size;
    gboolean is_packed;
  } rows[] = { { -1, 1022, FALSE }, { -1, 1023, TRUE }, { 0, 100000, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ServerFixture fixture;
      RawClient *client;
      g_autofree char *target = NULL;
      g_autofree char *answer = NULL;
      const char *body;
      gsize size;

      if (rows[i].threshold < 0)
        server_fixture_set_up (&fixture, NULL);
      else
        server_fixture_set_up (&fixture, "http-compression", rows[i].threshold, NULL);
      client = raw_client_new (fixture.port);
      target = server_fixture_open_polling (&fixture, client);
      send_text (fixture.socket, rows[i].size, TRUE);
      answer = poll (client, target, "gzip, identity;q=0", &body, &size);
      /* "identity;q=0" counts only where there is compression at all. */
      g_assert_cmpint (strstr (answer, "Content-Encoding") != NULL, ==, rows[i].threshold != 0);
      g_free (answer);
      send_text (fixture.socket, rows[i].size, TRUE);
      answer = poll (client, target, "gzip", &body, &size);
      g_assert_cmpint (strstr (answer, "Content-Encoding") != NULL, ==, rows[i].is_packed);
      raw_client_free (client);
      server_fixture_tear_down (&fixture);
    }
}

/* --- Websockets --------------------------------------------------------------------------------- */

/* With the open packet taken. @answer: a header field, NULL for none. */
static RawClient *
open_websocket (ServerFixture *fixture, const char *offer, const char *answer)
{
  RawClient *client = raw_client_new (fixture->port);
  g_autofree char *head = NULL;
  g_autofree char *open = NULL;
  guint8 first;

  raw_client_ask_switch (client, WEBSOCKET, offer);
  head = raw_client_take_answer (client);
  g_assert_true (g_str_has_prefix (head, "HTTP/1.1 101 "));
  g_assert_cmpint (strstr (head, "Sec-WebSocket-Extensions") != NULL, ==, answer != NULL);
  g_assert_true (answer == NULL || strstr (head, answer) != NULL);
  open = raw_client_take_frame (client, &first, NULL);
  /* It is longer than the threshold of these tests. */
  g_assert_cmphex (first, ==, answer != NULL ? 0xc1 : 0x81);
  return client;
}

static RawClient *
set_up (ServerFixture *fixture, const char *offer, const char *answer)
{
  server_fixture_set_up (fixture, "per-message-deflate", THRESHOLD, "max-payload", MAX_PAYLOAD,
                         NULL);
  return open_websocket (fixture, offer, answer);
}

static void
tear_down (ServerFixture *fixture, RawClient *client)
{
  raw_client_free (client);
  server_fixture_tear_down (fixture);
}

static void
expect_message (RawClient *client, guint8 expected_first, const char *text)
{
  guint8 first;
  gsize size;
  g_autofree char *frame = raw_client_take_frame (client, &first, &size);
  g_autoptr (GByteArray) inflated = NULL;

  g_assert_cmphex (first, ==, expected_first);
  if ((first & 0x40) == 0)
    {
      g_assert_cmpmem (frame, size, text, strlen (text));
      return;
    }
  g_assert_cmpuint (size, <, strlen (text));
  inflated = eio_inflate_message ((guint8 *) frame, size, MAX_PAYLOAD, NULL);
  g_assert_nonnull (inflated);
  g_assert_cmpmem (inflated->data, inflated->len, text, strlen (text));
}

/* Echoes by the fixture, which count the threshold themselves. */
static void
test_both_ways (void)
{
  ServerFixture fixture;
  RawClient *client = set_up (&fixture, OFFER, ACCEPTED);
  const gsize sizes[] = { 1, THRESHOLD - 1, THRESHOLD, 1000, 65536, MAX_PAYLOAD };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *letters = g_strnfill (sizes[i] - 1, 'y');
      g_autofree char *text = g_strconcat ("4", letters, NULL);
      g_autofree char *bytes = g_strnfill (sizes[i], 'z');
      g_autoptr (GByteArray) packed_text = eio_deflate_message ((guint8 *) text, sizes[i]);
      g_autoptr (GByteArray) packed_bytes = eio_deflate_message ((guint8 *) bytes, sizes[i]);

      raw_client_send_frame (client, 0xc1, packed_text->data, packed_text->len);
      expect_message (client, sizes[i] < THRESHOLD ? 0x81 : 0xc1, text);
      raw_client_send_frame (client, 0x81, text, sizes[i]);
      expect_message (client, sizes[i] < THRESHOLD ? 0x81 : 0xc1, text);
      raw_client_send_frame (client, 0xc2, packed_bytes->data, packed_bytes->len);
      /* Its packet counts one byte more than it has. */
      expect_message (client, sizes[i] < THRESHOLD - 1 ? 0x82 : 0xc2, bytes);
    }
  tear_down (&fixture, client);
}

/* Offers, and what they are answered, by a server that may. */
static void
test_offers (void)
{
  static const struct {
    const char *offer;
    const char *answer;
  } rows[] = {
    { "", NULL },
    { "Sec-WebSocket-Extensions: permessage-deflate\r\n", ACCEPTED },
    { "Sec-WebSocket-Extensions: foo\r\nSec-WebSocket-Extensions: permessage-deflate\r\n", ACCEPTED },
    { "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9\r\n", NULL },
    { "Sec-WebSocket-Extensions: x-webkit-deflate-frame\r\n", NULL },
    { "Sec-WebSocket-Extensions: ;,=\r\n", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ServerFixture fixture;
      RawClient *client = set_up (&fixture, rows[i].offer, rows[i].answer);
      g_autofree char *text = g_strnfill (1000, '4');

      raw_client_send_frame (client, 0x81, text, 1000);
      expect_message (client, rows[i].answer != NULL ? 0xc1 : 0x81, text);
      tear_down (&fixture, client);
    }
}

static void
test_off_by_default (void)
{
  ServerFixture fixture;
  RawClient *client;

  server_fixture_set_up (&fixture, NULL);
  client = open_websocket (&fixture, OFFER, NULL);
  raw_client_send_frame (client, 0xc1, "\xaa\x02\x04", 3);
  raw_client_expect (client, "\x88\x02\x03\xea");
  raw_client_expect_end (client);
  tear_down (&fixture, client);
}

static void
test_upgraded (void)
{
  ServerFixture fixture;
  RawClient *poller;
  RawClient *client;
  g_autofree char *target = NULL;
  g_autofree char *websocket = NULL;
  g_autofree char *text = g_strnfill (1000, '4');

  server_fixture_set_up (&fixture, "per-message-deflate", THRESHOLD, NULL);
  poller = raw_client_new (fixture.port);
  target = server_fixture_open_polling (&fixture, poller);
  websocket = g_strdup_printf (WEBSOCKET "&sid=%s", eio_socket_get_id (fixture.socket));
  client = raw_client_new (fixture.port);
  raw_client_ask_switch (client, websocket, OFFER);
  raw_client_expect (client, "\r\n\r\n");
  raw_client_send_text_frame (client, "2probe");
  expect_message (client, 0x81, "3probe");
  raw_client_send_text_frame (client, "5");
  raw_client_send_text_frame (client, text);
  expect_message (client, 0xc1, text);
  raw_client_free (poller);
  tear_down (&fixture, client);
}

/* To one who has agreed, one who has not, and one who wants no binary frames. */
static void
test_shared (void)
{
  g_autoptr (GBytes) text = make_text (5000);
  g_autoptr (EioFrame) frame = eio_frame_new_binary (text);
  const EioSpan *wire = eio_frame_get_deflated_wire (frame, FALSE);

  g_assert_true (eio_frame_get_deflated_wire (frame, FALSE) == wire);
  g_assert_cmphex (wire->data[0], ==, 0xc2);
  g_assert_cmpuint (wire->size, <, 100);
  g_assert_cmphex (eio_frame_get_wire (frame)->data[0], ==, 0x82);
  g_assert_cmpuint (eio_frame_get_wire (frame)->size, ==, 5004);
  g_assert_cmphex (eio_frame_get_deflated_wire (frame, TRUE)->data[0], ==, 0xc1);
  g_assert_cmpuint (eio_frame_get_deflated_wire (frame, TRUE)->size, <, 200);
  g_assert_cmpuint (eio_frame_get_base64_wire (frame)->size, ==, 6669 + 4);
}

/* What everybody would wait for too long goes as it is, too. */
static void
test_large (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) text = make_text (EIO_DEFLATE_MAX - 1 + i);
      g_autoptr (EioFrame) frame = eio_frame_new_text (text);

      g_assert_cmphex (eio_frame_get_deflated_wire (frame, FALSE)->data[0], ==,
                       i == 0 ? 0xc1 : 0x81);
    }
}

/* What would be longer goes as it is. */
static void
test_incompressible (void)
{
  guint8 bytes[1000];
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (GBytes) data = NULL;
  g_autoptr (EioFrame) frame = NULL;

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) g_rand_int (rand);
  data = g_bytes_new (bytes, sizeof bytes);
  frame = eio_frame_new_binary (data);
  g_assert_true (eio_frame_get_deflated_wire (frame, FALSE)->data
                 == eio_frame_get_wire (frame)->data);
}

static void
test_flag (void)
{
  ServerFixture fixture;
  RawClient *client = set_up (&fixture, OFFER, ACCEPTED);
  g_autofree char *letters = g_strnfill (1000, 'x');
  g_autofree char *text = g_strconcat ("4", letters, NULL);

  send_text (fixture.socket, 1000, TRUE);
  send_text (fixture.socket, 1000, FALSE);
  expect_message (client, 0xc1, text);
  expect_message (client, 0x81, text);
  tear_down (&fixture, client);
}

/* Compressed bytes by their kind, and how the connection ends. */
static void
test_bad_messages (void)
{
  static const struct {
    guint8 first;
    const char *data;
    gsize size;
    const char *close;
  } rows[] = {
    { 0xc1, "hello", 5, "\x88\x02\x03\xef" },
    { 0xc2, "\xff\xff", 2, "\x88\x02\x03\xef" },
    { 0xc1, "\xf2\x00\x11\x00\x00", 5, "\x88\x02\x03\xef" },
    { 0xc1, "\xfa\xff\x1f\x00", 4, "\x88\x02\x03\xef" },
    { 0xc9, "", 0, "\x88\x02\x03\xea" },
    { 0xc0, "", 0, "\x88\x02\x03\xea" },
    { 0xe1, "4", 1, "\x88\x02\x03\xea" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ServerFixture fixture;
      RawClient *client = set_up (&fixture, OFFER, ACCEPTED);

      raw_client_send_frame (client, rows[i].first, rows[i].data, rows[i].size);
      raw_client_expect (client, rows[i].close);
      raw_client_expect_end (client);
      g_assert_cmpstr (fixture.log->str, ==, "open;closed transport error;");
      tear_down (&fixture, client);
    }
}

/* One byte more than is accepted, and a bomb. */
static void
test_bomb (void)
{
  const gsize sizes[] = { MAX_PAYLOAD + 1, 8 * 1024 * 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      ServerFixture fixture;
      RawClient *client = set_up (&fixture, OFFER, ACCEPTED);
      g_autofree char *letters = g_strnfill (sizes[i], '4');
      g_autoptr (GByteArray) bomb = eio_deflate_message ((guint8 *) letters, sizes[i]);

      g_assert_cmpuint (bomb->len, <, MAX_PAYLOAD);
      raw_client_send_frame (client, 0xc1, bomb->data, bomb->len);
      raw_client_expect (client, "\x88\x02\x03\xf1");
      raw_client_expect_end (client);
      g_assert_cmpstr (fixture.log->str, ==, "open;closed transport error;");
      tear_down (&fixture, client);
    }
}

/* A few bytes that become megabytes are not handled all in one turn: who came later, with little, is
 * served before they are through; and in the end they all are, in order. */
static void
test_budget (void)
{
  enum { N = 60 };
  ServerFixture fixture;
  RawClient *client = set_up (&fixture, OFFER, ACCEPTED);
  RawClient *other = open_websocket (&fixture, "", NULL);
  g_autofree char *letters = g_strnfill (MAX_PAYLOAD, '6'); /* noops */
  g_autoptr (GByteArray) packed = eio_deflate_message ((guint8 *) letters, MAX_PAYLOAD);
  g_autoptr (GByteArray) last = eio_deflate_message ((const guint8 *) "4last", 5);
  guint n_turns = 0;

  for (guint i = 0; i < N; i++)
    raw_client_send_frame (client, 0xc1, packed->data, packed->len);
  raw_client_send_frame (client, 0xc1, last->data, last->len);
  raw_client_send_text_frame (other, "4neighbour");
  for (; strstr (fixture.log->str, "text last;") == NULL; n_turns++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (fixture.log->str, ==, "open;open;text neighbour;text last;");
  /* Each is worth one message of that size, or two. */
  g_assert_cmpuint (n_turns, >, N / 2);
  expect_message (client, 0x81, "4last");
  raw_client_free (other);
  tear_down (&fixture, client);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/compression/answers", test_answers);
  g_test_add_func ("/engineio/compression/several-packets", test_several_packets);
  g_test_add_func ("/engineio/compression/http-defaults", test_http_defaults);
  g_test_add_func ("/engineio/compression/both-ways", test_both_ways);
  g_test_add_func ("/engineio/compression/offers", test_offers);
  g_test_add_func ("/engineio/compression/off-by-default", test_off_by_default);
  g_test_add_func ("/engineio/compression/upgraded", test_upgraded);
  g_test_add_func ("/engineio/compression/shared", test_shared);
  g_test_add_func ("/engineio/compression/incompressible", test_incompressible);
  g_test_add_func ("/engineio/compression/large", test_large);
  g_test_add_func ("/engineio/compression/flag", test_flag);
  g_test_add_func ("/engineio/compression/bad-messages", test_bad_messages);
  g_test_add_func ("/engineio/compression/bomb", test_bomb);
  g_test_add_func ("/engineio/compression/budget", test_budget);
  return g_test_run ();
}
