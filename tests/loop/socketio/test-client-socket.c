/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The client's own promises: what is buffered, what is dropped, what is tried again, and that
 * handlers may do everything. */
#include "desk.h"
#include "fake-server.h"

static const Mode websocket = { "websocket", EIO_TRANSPORT_WEBSOCKET, FALSE };
static const Mode polling = { "polling", EIO_TRANSPORT_POLLING, FALSE };

static void
test_addresses (void)
{
  static const struct
  {
    const char *uri;
    int error; /* -1: a good one */
  } rows[] = {
    { "http://localhost:3729", -1 },
    { "https://example.org/", -1 },
    { "ws://[::1]:80/?a=b", -1 },
    { "wss://example.org", -1 },
    { "", G_URI_ERROR_FAILED },
    { "localhost:3729", G_URI_ERROR_BAD_SCHEME },
    { "ftp://localhost/", G_URI_ERROR_BAD_SCHEME },
    { "http:///", G_URI_ERROR_BAD_HOST },
    { "http://", G_URI_ERROR_BAD_HOST },
    { "http://host:port/", G_URI_ERROR_BAD_PORT },
    { "http://host:99999/", G_URI_ERROR_BAD_PORT },
    { "//host/", G_URI_ERROR_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SioClient) client = sio_client_new (rows[i].uri, &error);

      g_test_message ("%s", rows[i].uri);
      if (rows[i].error < 0)
        {
          g_assert_no_error (error);
          g_assert_nonnull (client);
        }
      else
        {
          g_assert_null (client);
          g_assert_error (error, G_URI_ERROR, rows[i].error);
        }
    }
}

static void
test_send_buffer_limit (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autoptr (SioArgs) args = args_from_json ("[\"0123456789\"]");
  g_autoptr (GError) error = NULL;
  gsize one;
  guint n = 1;

  g_assert_true (sio_client_socket_emit (desk->socket, "a", args));
  one = sio_client_socket_get_buffered_amount (desk->socket);
  g_object_set (desk->socket, "send-buffer-limit", (guint64)one * 10, NULL);
  while (sio_client_socket_emit (desk->socket, "a", args))
    n++;
  g_assert_cmpuint (n, ==, 10);
  g_assert_null (desk_ask (desk, "a", args, 0, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_LIMIT);
  desk_connect (desk, &websocket);
  wait_until (fake_server_count (server, "42[\"a\",\"0123456789\"]") == 10);
  g_assert_true (sio_client_socket_emit (desk->socket, "a", args));
}

static void
test_too_many_attachments (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autoptr (SioArgs) args = sio_args_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);

  for (int i = 0; i < 11; i++)
    sio_args_add_bytes (args, bytes);
  desk_connect (desk, &websocket);
  g_assert_false (sio_client_socket_emit (desk->socket, "a", args));
  g_object_set (desk->client, "max-attachments", 11, NULL);
  g_assert_true (sio_client_socket_emit (desk->socket, "a", args));
  wait_until (fake_server_count (server, "4511-[\"a\"") == 1
              && fake_server_count (server, "x") == 11);
}

/* A waiting answer that nobody wants any more is not asked for. */
static void
test_cancelled_in_buffer (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autoptr (GError) error = NULL;

  g_assert_null (desk_ask (desk, "timed out", NULL, 10, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_TIMEOUT);
  g_assert_cmpuint (sio_client_socket_get_buffered_amount (desk->socket), ==, 0);
  desk_emit (desk, "kept", "[]");
  desk_connect (desk, &websocket);
  wait_until (fake_server_count (server, "42[\"kept\"]") == 1);
  g_assert_cmpuint (fake_server_count (server, "421[\"timed out\"]"), ==, 0);
}

typedef struct
{
  guint n_done;
  GError *error; /* of the last one */
} Acks;

static void
on_ack (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Acks *acks = user_data;
  g_autoptr (SioArgs) args = NULL;

  acks->n_done++;
  g_clear_error (&acks->error);
  args = sio_client_socket_emit_with_ack_finish (SIO_CLIENT_SOCKET (source), result, &acks->error);
}

static void
test_cancelled (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Acks acks = { 0 };

  desk_connect (desk, &websocket);
  sio_client_socket_emit_with_ack_async (desk->socket, "a", NULL, 1000, cancellable, on_ack, &acks);
  wait_until (fake_server_count (server, "420[\"a\"]") == 1);
  g_cancellable_cancel (cancellable);
  wait_until (acks.n_done == 1);
  g_assert_error (acks.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fake_server_send (server, "430[1]");
  sio_client_socket_emit_with_ack_async (desk->socket, "a", NULL, 1000, cancellable, on_ack, &acks);
  wait_until (acks.n_done == 2);
  g_assert_error (acks.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&acks.error);
}

/* An answer that was sent for is lost with the connection, one in the buffer is not. */
static void
test_acks_on_disconnect (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  Acks sent = { 0 };
  Acks buffered = { 0 };

  desk_connect (desk, &websocket);
  sio_client_socket_emit_with_ack_async (desk->socket, "sent", NULL, 0, NULL, on_ack, &sent);
  wait_until (fake_server_count (server, "420[\"sent\"]") == 1);
  sio_client_socket_disconnect (desk->socket);
  wait_until (sent.n_done == 1);
  g_assert_error (sent.error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
  g_clear_error (&sent.error);
  sio_client_socket_emit_with_ack_async (desk->socket, "buffered", NULL, 0, NULL, on_ack,
                                         &buffered);
  desk_connect (desk, &websocket);
  wait_until (fake_server_count (server, "421[\"buffered\"]") == 1);
  fake_server_send (server, "430[\"to the one that was sent\"]");
  fake_server_send (server, "431[2]");
  wait_until (buffered.n_done == 1);
  g_assert_no_error (buffered.error);
  g_assert_cmpuint (sent.n_done, ==, 1);
}

/* What the client goes away with ends in an error, once. */
static void
test_acks_without_client (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  Desk *desk = desk_new (server->port, &websocket, "/");
  Acks acks = { 0 };

  sio_client_socket_emit_with_ack_async (desk->socket, "a", NULL, 0, NULL, on_ack, &acks);
  desk_connect (desk, &websocket);
  sio_client_socket_emit_with_ack_async (desk->socket, "b", NULL, 60000, NULL, on_ack, &acks);
  desk_free (desk);
  wait_until (acks.n_done == 2);
  g_assert_error (acks.error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
  g_clear_error (&acks.error);
}

/* The answer to an event of a connection that is gone must not go to the next one. */
static void
test_late_answer (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  g_autoptr (SioArgs) args = args_from_json ("[\"new\"]");
  g_autoptr (SioAck) old = NULL;

  desk->answers = FALSE;
  desk_connect (desk, &websocket);
  fake_server_send (server, "427[\"question\"]");
  desk_expect (desk, "event question");
  old = sio_ack_ref (desk->last_ack);
  fake_server_cut (server);
  desk_expect (desk, "disconnected ");
  desk_expect (desk, "connected");
  fake_server_send (server, "427[\"question\"]");
  desk_expect (desk, "event question");
  sio_ack_send (old, NULL);
  sio_ack_send (desk->last_ack, args);
  wait_until (fake_server_count (server, "437") > 0);
  g_assert_cmpuint (fake_server_count (server, "437[]"), ==, 0);
  g_assert_cmpuint (fake_server_count (server, "437[\"new\"]"), ==, 1);
}

static void
test_volatile (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &polling, "/");

  sio_client_socket_emit_volatile (desk->socket, "never", NULL);
  fake_server_answer (server, 200, FAKE_OPEN, -1);
  fake_server_answer (server, 200, FAKE_CONNECT, -1);
  desk_connect (desk, &polling);
  wait_until (sio_client_socket_get_buffered_amount (desk->socket) == 0);
  sio_client_socket_emit_volatile (desk->socket, "first", NULL);
  sio_client_socket_emit_volatile (desk->socket, "second", NULL);
  wait_until (sio_client_socket_get_buffered_amount (desk->socket) == 0);
  sio_client_socket_emit_volatile (desk->socket, "third", NULL);
  wait_until (fake_server_count (server, "42[\"third\"]") == 1);
  g_assert_cmpuint (fake_server_count (server, "42"), ==, 2);
}

/* Leaving before the server has answered: it is told once it has, and asked once only. */
static void
test_leave_while_asking (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");
  SioClientSocket *slow = sio_client_socket (desk->client, "/slow");

  desk_connect (desk, &websocket);
  server->connect = NULL;
  sio_client_socket_connect (slow);
  wait_until (fake_server_count (server, "40/slow,") == 1);
  sio_client_socket_disconnect (slow);
  fake_server_send (server, "40/slow,{\"sid\":\"first\"}");
  wait_until (fake_server_count (server, "41/slow,") == 1);
  g_assert_false (sio_client_socket_is_connected (slow));

  sio_client_socket_connect (slow);
  wait_until (fake_server_count (server, "40/slow,") == 2);
  sio_client_socket_disconnect (slow);
  sio_client_socket_connect (slow);
  fake_server_send (server, "40/slow,{\"sid\":\"second\"}");
  wait_until (sio_client_socket_is_connected (slow));
  g_assert_cmpstr (sio_client_socket_get_id (slow), ==, "second");
  g_assert_cmpuint (fake_server_count (server, "40/slow,"), ==, 2);
  g_assert_cmpuint (fake_server_count (server, "41/slow,"), ==, 1);
}

static void
test_attempts (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");

  g_object_set (desk->client, "reconnection-attempts", 3, NULL);
  desk_connect (desk, &websocket);
  g_clear_pointer (&server, fake_server_free);
  desk_expect (desk, "disconnected transport ");
  for (int i = 0; i < 3; i++)
    {
      desk_expect (desk, "reconnect-scheduled ");
      desk_expect (desk, "reconnect-attempt ");
      desk_expect (desk, "reconnect-error ");
    }
  desk_expect (desk, "reconnect-failed");
  g_assert_false (sio_client_socket_is_active (desk->socket));
  g_assert_cmpuint (desk->record->len, ==, 0);
}

static void
test_reconnect_now (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");

  g_object_set (desk->client, "reconnection-delay", 3600000, "reconnection-delay-max", 3600000,
                NULL);
  sio_client_reconnect_now (desk->client);
  desk_connect (desk, &websocket);
  sio_client_reconnect_now (desk->client);
  fake_server_cut (server);
  desk_expect (desk, "reconnect-scheduled 1");
  sio_client_reconnect_now (desk->client);
  desk_expect (desk, "reconnected 1");
  desk_expect (desk, "connected");
  g_assert_cmpuint (server->n_connections, ==, 2);
}

static void
test_close (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &websocket, "/");

  desk_connect (desk, &websocket);
  desk_emit (desk, "last words", "[]");
  sio_client_close (desk->client);
  g_assert_false (sio_client_socket_is_active (desk->socket));
  g_assert_cmpuint (desk_count (desk, "disconnected io client disconnect"), ==, 1);
  wait_until (fake_server_count (server, "41") == 1);
  g_assert_cmpuint (fake_server_count (server, "42[\"last words\"]"), ==, 1);
  wait_until (soup_websocket_connection_get_state (server->connection)
              == SOUP_WEBSOCKET_STATE_CLOSED);
  /* While waiting for the back-off as well. */
  desk_connect (desk, &websocket);
  fake_server_cut (server);
  desk_expect (desk, "reconnect-scheduled ");
  sio_client_close (desk->client);
  g_assert_cmpuint (server->n_connections, ==, 2);
}

/* By polling the last words leave before the end: the POST under way, the rest, then "1". */
static void
test_close_polling (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (Desk) desk = desk_new (server->port, &polling, "/");

  fake_server_answer (server, 200, FAKE_OPEN, -1);
  fake_server_answer (server, 200, FAKE_CONNECT, -1);
  desk_connect (desk, &polling);
  desk_emit (desk, "a", "[]");
  desk_emit (desk, "b", "[]");
  g_clear_pointer (&desk, desk_free);
  wait_until (fake_server_count (server, "1") == 1);
  g_assert_cmpstr (server->got->pdata[server->got->len - 2], ==,
                   "42[\"a\"]\x1e"
                   "42[\"b\"]");
}

/* Each row: what a handler of a signal does, in the middle of everything. */
typedef enum
{
  DO_DISCONNECT,
  DO_DISCONNECT_AND_CONNECT,
  DO_CLOSE,
  DO_DROP_CLIENT,
  DO_EMIT,
  DO_RECONNECT_NOW,
  N_DEEDS
} Deed;

typedef struct
{
  FakeServer *server;      /* owned */
  SioClient *client;       /* owned */
  SioClientSocket *socket; /* owned */
  Deed deed;
  guint n_done;
} Actor;

static void
act (Actor *self)
{
  if (self->n_done++ > 2 || self->client == NULL)
    return;
  switch (self->deed)
    {
    case DO_DISCONNECT:
      sio_client_socket_disconnect (self->socket);
      break;
    case DO_DISCONNECT_AND_CONNECT:
      sio_client_socket_disconnect (self->socket);
      sio_client_socket_connect (self->socket);
      break;
    case DO_CLOSE:
      sio_client_close (self->client);
      break;
    case DO_DROP_CLIENT:
      g_clear_object (&self->socket);
      g_clear_object (&self->client);
      break;
    case DO_EMIT:
      sio_client_socket_emit (self->socket, "acted", NULL);
      break;
    case DO_RECONNECT_NOW:
      sio_client_reconnect_now (self->client);
      break;
    case N_DEEDS:
      g_assert_not_reached ();
    }
}

static gboolean
on_over (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Until nothing happens by itself any more, the closing handshakes included. Many short pauses and not a long one:
 * a process that was kept waiting finds one of them over, not all. */
static void
settle (void)
{
  for (guint i = 0; i < 20; i++)
    {
      gboolean over = FALSE;

      g_timeout_add_full (G_PRIORITY_LOW, 10, on_over, &over, NULL);
      wait_until (over);
    }
}

static Actor *
actor_new (const char *signal, gboolean of_client, Deed deed)
{
  Actor *self = g_new0 (Actor, 1);
  g_autofree char *uri = NULL;

  self->server = fake_server_new ();
  uri = g_strdup_printf ("http://127.0.0.1:%u/", self->server->port);
  self->deed = deed;
  self->client = sio_client_new (uri, NULL);
  g_object_set (self->client, "transports", mode_get_names (&websocket), "reconnection-delay", 5,
                "reconnection-delay-max", 5, NULL);
  self->socket = g_object_ref (sio_client_socket (self->client, "/"));
  g_signal_connect_swapped (of_client ? (gpointer)self->client : self->socket, signal,
                            G_CALLBACK (act), self);
  return self;
}

static void
actor_free (gpointer data)
{
  Actor *self = data;

  if (self->client != NULL)
    sio_client_close (self->client);
  g_clear_object (&self->socket);
  g_clear_object (&self->client);
  fake_server_free (self->server);
  g_free (self);
}

static void
start (gpointer data, gpointer user_data)
{
  Actor *self = data;
  g_autoptr (SioClientSocket) socket = g_object_ref (self->socket);

  sio_client_socket_emit (socket, "buffered", NULL);
  sio_client_socket_connect (socket);
}

static void
send_events (gpointer data, gpointer user_data)
{
  Actor *self = data;

  if (self->server->connection == NULL)
    return;
  fake_server_send (self->server, "42[\"one\"]");
  fake_server_send (self->server, "421[\"two\"]");
}

static void
cut (gpointer data, gpointer user_data)
{
  Actor *self = data;

  if (self->server->connection != NULL)
    fake_server_cut (self->server);
}

/* All at once, each with a server of its own. */
static void
test_handlers (void)
{
  static const struct
  {
    const char *signal;
    gboolean of_client;
  } rows[] = {
    { "open", TRUE },
    { "closed", TRUE },
    { "reconnect-scheduled", TRUE },
    { "reconnect-attempt", TRUE },
    { "reconnected", TRUE },
    { "connected", FALSE },
    { "disconnected", FALSE },
    { "event", FALSE },
    { "notify::connected", FALSE },
    { "notify::active", FALSE },
  };
  g_autoptr (GPtrArray) actors = g_ptr_array_new_with_free_func (actor_free);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (Deed deed = 0; deed < N_DEEDS; deed++)
      g_ptr_array_add (actors, actor_new (rows[i].signal, rows[i].of_client, deed));
  g_ptr_array_foreach (actors, start, NULL);
  for (int round = 0; round < 2; round++)
    {
      settle ();
      g_ptr_array_foreach (actors, send_events, NULL);
      settle ();
      g_ptr_array_foreach (actors, cut, NULL);
    }
  settle ();
  for (guint i = 0; i < actors->len; i++)
    g_assert_cmpuint (((Actor *)actors->pdata[i])->n_done, >, 0);
  g_ptr_array_set_size (actors, 0);
  settle ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client-socket/addresses", test_addresses);
  g_test_add_func ("/client-socket/send-buffer-limit", test_send_buffer_limit);
  g_test_add_func ("/client-socket/too-many-attachments", test_too_many_attachments);
  g_test_add_func ("/client-socket/cancelled-in-buffer", test_cancelled_in_buffer);
  g_test_add_func ("/client-socket/cancelled", test_cancelled);
  g_test_add_func ("/client-socket/acks-on-disconnect", test_acks_on_disconnect);
  g_test_add_func ("/client-socket/acks-without-client", test_acks_without_client);
  g_test_add_func ("/client-socket/late-answer", test_late_answer);
  g_test_add_func ("/client-socket/volatile", test_volatile);
  g_test_add_func ("/client-socket/leave-while-asking", test_leave_while_asking);
  g_test_add_func ("/client-socket/attempts", test_attempts);
  g_test_add_func ("/client-socket/reconnect-now", test_reconnect_now);
  g_test_add_func ("/client-socket/close", test_close);
  g_test_add_func ("/client-socket/close-polling", test_close_polling);
  g_test_add_func ("/client-socket/handlers", test_handlers);
  return g_test_run ();
}
