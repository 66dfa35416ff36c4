/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is compressed between our client and our server, counted in bytes on the wire; and what servers
 * may answer who says that answers may be compressed. */
#include "desk.h"
#include "engineio/eio-deflate.h"
#include "fake-server.h"
#include "socketio/sio-server.h"
#include "tcp-relay.h"

#define SIZE 50000
/* Of SIZE bytes that repeat themselves, with everything around them. */
#define SMALL 5000

static const Mode websocket = { "websocket", EIO_TRANSPORT_WEBSOCKET, FALSE };
static const Mode polling = { "polling", EIO_TRANSPORT_POLLING, FALSE };

/* --- With our server ---------------------------------------------------------------------------- */

typedef struct
{
  SioServer *server; /* owned */
  TcpRelay *front;   /* owned: what the client connects to */
  Desk *desk;        /* owned */
  SioSocket *peer;   /* owned: at the server */
} Fixture;

static void
on_connection (SioNamespace *nsp, SioSocket *socket, Fixture *self)
{
  g_set_object (&self->peer, socket);
}

static void
set_up (Fixture *self, const Mode *mode, guint at_server, guint at_client)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GError) error = NULL;

  *self = (Fixture){ .server = sio_server_new () };
  g_object_set (sio_server_get_engine (self->server), "per-message-deflate", at_server, NULL);
  g_signal_connect (sio_server_of (self->server, "/"), "connection", G_CALLBACK (on_connection),
                    self);
  sio_server_listen (self->server, address, NULL, &error);
  g_assert_no_error (error);
  self->front = tcp_relay_new (eio_server_get_port (sio_server_get_engine (self->server)));
  self->desk = desk_new (tcp_relay_get_port (self->front), mode, "/");
  g_object_set (self->desk->client, "per-message-deflate", at_client, NULL);
  desk_connect (self->desk, mode);
}

static void
tear_down (Fixture *self)
{
  desk_free (self->desk);
  tcp_relay_free (self->front);
  sio_server_close (self->server);
  g_object_unref (self->peer);
  g_object_unref (self->server);
}

/* ["xx..."], and some bytes. */
static SioArgs *
make_args (void)
{
  g_autofree char *letters = g_strnfill (SIZE, 'x');
  g_autofree char *json = g_strdup_printf ("[\"%s\"]", letters);
  SioArgs *args = args_from_json (json);
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (SIZE), SIZE);

  sio_args_add_bytes (args, zeros);
  return args;
}

static void
check_args (SioArgs *args)
{
  g_assert_cmpuint (strlen (sio_args_get_string (args, 0)), ==, SIZE);
  g_assert_cmpuint (g_bytes_get_size (sio_args_get_bytes (args, 1)), ==, SIZE);
}

static void
on_got (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  gboolean *got = user_data;

  check_args (args);
  *got = TRUE;
}

/* Both ends send a text and bytes: who compresses, by the bytes that come. */
static void
check_exchange (Fixture *self, gboolean from_client, gboolean from_server)
{
  g_autoptr (SioArgs) args = make_args ();
  uint64_t of_client = tcp_relay_get_n_bytes (self->front, TRUE);
  uint64_t of_server = tcp_relay_get_n_bytes (self->front, FALSE);
  gboolean got = FALSE;

  sio_socket_on (self->peer, "up", on_got, &got, NULL);
  sio_client_socket_emit (self->desk->socket, "up", args);
  sio_socket_emit (self->peer, "down", args);
  wait_until (got);
  desk_expect (self->desk, "event down ");
  check_args (self->desk->last_args);
  sio_socket_off (self->peer, "up");
  of_client = tcp_relay_get_n_bytes (self->front, TRUE) - of_client;
  of_server = tcp_relay_get_n_bytes (self->front, FALSE) - of_server;
  g_assert_cmpint (of_client < SMALL, ==, from_client);
  g_assert_cmpint (of_client > 2 * SIZE, ==, !from_client);
  g_assert_cmpint (of_server < SMALL, ==, from_server);
  g_assert_cmpint (of_server > 2 * SIZE, ==, !from_server);
}

static void
set_compress (Fixture *self, gboolean at_client, gboolean at_server)
{
  sio_client_socket_set_compress (self->desk->socket, at_client);
  sio_socket_set_compress (self->peer, at_server);
}

/* Only if both want it; and then as each of them says of what it sends. */
static void
test_websocket (void)
{
  for (guint i = 0; i < 4; i++)
    {
      Fixture fixture;
      gboolean both = i == 3;

      set_up (&fixture, &websocket, i & 1 ? 1024 : 0, i & 2 ? 1024 : 0);
      check_exchange (&fixture, both, both);
      set_compress (&fixture, FALSE, TRUE);
      check_exchange (&fixture, FALSE, both);
      set_compress (&fixture, TRUE, FALSE);
      check_exchange (&fixture, both, FALSE);
      set_compress (&fixture, TRUE, TRUE);
      check_exchange (&fixture, both, both);
      tear_down (&fixture);
    }
}

/* What is sent until it is answered remembers what was said when it was emitted. */
static void
test_retries (void)
{
  Fixture fixture;

  set_up (&fixture, &websocket, 1024, 1024);
  g_object_set (fixture.desk->socket, "retries", 1, NULL);
  set_compress (&fixture, FALSE, TRUE);
  check_exchange (&fixture, FALSE, TRUE);
  tear_down (&fixture);
}

/* Answers to polls, without being asked to; a client's POSTs never. */
static void
test_polling (void)
{
  Fixture fixture;

  set_up (&fixture, &polling, 0, 0);
  check_exchange (&fixture, FALSE, TRUE);
  set_compress (&fixture, TRUE, FALSE);
  check_exchange (&fixture, FALSE, FALSE);
  tear_down (&fixture);
}

/* A client may say that it wants none. */
static void
test_polling_refused (void)
{
  Fixture fixture;

  set_up (&fixture, &polling, 0, 0);
  sio_client_close (fixture.desk->client);
  desk_expect (fixture.desk, "disconnected");
  sio_client_set_header (fixture.desk->client, "Accept-Encoding", "identity");
  desk_connect (fixture.desk, &polling);
  check_exchange (&fixture, FALSE, FALSE);
  tear_down (&fixture);
}

/* One event to three: one who has agreed, one who has not, one by polling. Kept for who comes back, or not. */
static void
test_broadcast (gconstpointer recovers)
{
  Fixture fixture;
  g_autoptr (SioArgs) args = make_args ();
  guint port;

  set_up (&fixture, &websocket, 1024, 1024);
  if (recovers != NULL)
    g_object_set (fixture.server, "max-disconnection-duration", 60000, NULL);
  port = eio_server_get_port (sio_server_get_engine (fixture.server));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (Desk) plain = desk_new (port, &websocket, "/");
      g_autoptr (Desk) poller = desk_new (port, &polling, "/");
      g_autoptr (SioBroadcast) broadcast = NULL;
      uint64_t n_bytes = tcp_relay_get_n_bytes (fixture.front, FALSE);

      desk_connect (plain, &websocket);
      desk_connect (poller, &polling);
      broadcast = sio_namespace_broadcast (sio_server_of (fixture.server, "/"));
      sio_broadcast_set_compress (broadcast, i == 0);
      sio_broadcast_emit (broadcast, "all", args);
      desk_expect (plain, "event all ");
      check_args (plain->last_args);
      desk_expect (poller, "event all ");
      check_args (poller->last_args);
      desk_expect (fixture.desk, "event all ");
      check_args (fixture.desk->last_args);
      n_bytes = tcp_relay_get_n_bytes (fixture.front, FALSE) - n_bytes;
      g_assert_cmpint (n_bytes < SMALL, ==, i == 0);
      g_assert_cmpint (n_bytes > 2 * SIZE, ==, i > 0);
    }
  tear_down (&fixture);
}

/* --- With other servers ------------------------------------------------------------------------- */

static void
test_not_offered (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");

  fake_server_use_deflate (server);
  desk_connect (desk, &websocket);
  g_assert_false (server->offered_deflate);
}

/* libsoup's websockets compress every message, as this client has asked them to. */
static void
test_libsoup (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autofree char *letters = g_strnfill (SIZE, 'x');
  g_autofree char *json = g_strdup_printf ("[\"%s\"]", letters);
  g_autofree char *event = g_strdup_printf ("42[\"long\",\"%s\"]", letters);

  fake_server_use_deflate (server);
  g_object_set (desk->client, "per-message-deflate", 1024, NULL);
  desk_connect (desk, &websocket);
  g_assert_true (server->offered_deflate);
  g_assert_nonnull (soup_websocket_connection_get_extensions (server->connection));
  for (guint i = 0; i < 3; i++)
    {
      fake_server_send (server, event);
      g_assert_cmpstr (desk_expect (desk, "event long "), ==, json);
      desk_emit (desk, "long", json);
      wait_until (fake_server_count (server, event) == i + 1);
    }
}

/* A few bytes that become more than the client takes. */
static void
test_websocket_bomb (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autofree char *letters = g_strnfill (64 * 1024 * 1024, '6');

  fake_server_use_deflate (server);
  g_object_set (desk->client, "per-message-deflate", 1024, "max-payload", (guint64)SIZE, NULL);
  desk_connect (desk, &websocket);
  fake_server_send (server, letters);
  desk_expect (desk, "closed transport error: The server sent a message beyond the limit");
}

static char *
pack (const char *text, GZlibCompressorFormat format, gsize *size)
{
  g_autoptr (GByteArray) packed = eio_deflate_body (format, (const guint8 *)text, strlen (text));

  *size = packed->len;
  return g_memdup2 (packed->data, packed->len);
}

/* An open packet, wrapped like that: what becomes of the connection. */
static const struct
{
  const char *encoding;
  int format; /* negative: not wrapped */
  guint cut;  /* bytes at the end */
  const char *error; /* NULL: it opens */
} answers[] = {
  { "gzip", G_ZLIB_COMPRESSOR_FORMAT_GZIP, 0, NULL },
  { "x-gzip", G_ZLIB_COMPRESSOR_FORMAT_GZIP, 0, NULL },
  { "deflate", G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 0, NULL },
  { "identity", -1, 0, NULL },
  { "gzip", G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 0, "Not compressed as it says" },
  { "deflate", G_ZLIB_COMPRESSOR_FORMAT_GZIP, 0, "Not compressed as it says" },
  { "gzip", -1, 0, "Not compressed as it says" },
  { "gzip", G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1, "Not compressed as it says" },
  { "gzip", G_ZLIB_COMPRESSOR_FORMAT_GZIP, 40, "Not compressed as it says" },
  { "br", -1, 0, "The server's response is encoded" },
  { "gzip, gzip", G_ZLIB_COMPRESSOR_FORMAT_GZIP, 0, "The server's response is encoded" },
};

static void
test_answers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (FakeServer) server = fake_server_new ();
      g_autoptr (Desk) desk = desk_new (server->port, &polling, "/");
      gsize size = strlen (FAKE_OPEN);
      g_autofree char *body = answers[i].format < 0 ? g_strdup (FAKE_OPEN)
                                                    : pack (FAKE_OPEN, answers[i].format, &size);

      g_test_message ("%s, row %zu", answers[i].encoding, i);
      g_object_set (desk->client, "reconnection", FALSE, NULL);
      server->encoding = answers[i].encoding;
      fake_server_answer (server, 200, body, (gssize)(size - answers[i].cut));
      sio_client_socket_connect (desk->socket);
      if (answers[i].error != NULL)
        g_assert_true (g_str_has_prefix (desk_expect (desk, "connect-error 5 "), answers[i].error));
      else
        desk_expect (desk, "open");
    }
}

/* 16 messages of the largest size are taken, and not what is more. */
static void
test_answer_bomb (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &polling, "/");
  g_autofree char *letters = g_strnfill (64 * 1024 * 1024, '6');
  g_autofree char *bomb = NULL;
  gsize size;

  bomb = pack (letters, G_ZLIB_COMPRESSOR_FORMAT_GZIP, &size);
  g_object_set (desk->client, "max-payload", (guint64)SIZE, NULL);
  fake_server_answer (server, 200, FAKE_OPEN, -1);
  fake_server_answer (server, 200, FAKE_CONNECT, -1);
  desk_connect (desk, &polling);
  wait_until (server->waiting.length > 0);
  server->encoding = "gzip";
  fake_server_answer (server, 200, bomb, (gssize)size);
  desk_expect (desk, "closed transport error: The server's response is larger");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compression/websocket", test_websocket);
  g_test_add_func ("/compression/retries", test_retries);
  g_test_add_func ("/compression/polling", test_polling);
  g_test_add_func ("/compression/polling-refused", test_polling_refused);
  g_test_add_data_func ("/compression/broadcast/plain", NULL, test_broadcast);
  g_test_add_data_func ("/compression/broadcast/logged", "", test_broadcast);
  g_test_add_func ("/compression/not-offered", test_not_offered);
  g_test_add_func ("/compression/libsoup", test_libsoup);
  g_test_add_func ("/compression/websocket-bomb", test_websocket_bomb);
  g_test_add_func ("/compression/answers", test_answers);
  g_test_add_func ("/compression/answer-bomb", test_answer_bomb);
  return g_test_run ();
}
