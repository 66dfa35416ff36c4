/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-fixture.h"

#include <string.h>

#include "engineio/eio-server.h"

struct _Peer
{
  ServerFixture *fixture;
  SoupWebsocketConnection *connection;
  GQueue received; /* (element-type utf8), owned */
};

static gboolean
on_give_up (gpointer unused)
{
  g_error ("Nothing came of it in 120 seconds");
  return G_SOURCE_REMOVE;
}

void
wait_for (Condition condition, gpointer data)
{
  guint give_up = g_timeout_add_seconds (120, on_give_up, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (give_up);
}

void
server_fixture_set_up (ServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GError) error = NULL;

  fixture->server = sio_server_new ();
  fixture->nsp = sio_server_of (fixture->server, "/");
  fixture->session = soup_session_new ();
  fixture->log = g_string_new (NULL);
  sio_server_listen (fixture->server, address, NULL, &error);
  g_assert_no_error (error);
}

static void
peer_free (gpointer data)
{
  Peer *self = data;

  g_signal_handlers_disconnect_by_data (self->connection, self);
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, 1000, NULL);
  g_object_unref (self->connection);
  g_queue_clear_full (&self->received, g_free);
  g_free (self);
}

void
server_fixture_tear_down (ServerFixture *fixture, gconstpointer unused)
{
  g_assert_cmpstr (fixture->log->str, ==, "");
  if (fixture->server != NULL)
    {
      sio_server_close (fixture->server);
      g_assert_cmpuint (sio_namespace_get_n_sockets (fixture->nsp), ==, 0);
      g_assert_finalize_object (fixture->server);
    }
  g_ptr_array_unref (fixture->peers != NULL ? fixture->peers : g_ptr_array_new ());
  soup_session_abort (fixture->session);
  g_object_unref (fixture->session);
  g_string_free (fixture->log, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
log_word (ServerFixture *fixture, const char *format, ...)
{
  va_list args;

  if (fixture->log->len > 0)
    g_string_append_c (fixture->log, ' ');
  va_start (args, format);
  g_string_append_vprintf (fixture->log, format, args);
  va_end (args);
}

typedef struct
{
  GString *log;
  gsize length;
} Expected;

static gboolean
has_length (gpointer data)
{
  Expected *expected = data;

  return expected->log->len >= expected->length;
}

void
expect_log (ServerFixture *fixture, const char *expected)
{
  Expected condition = { fixture->log, strlen (expected) };

  wait_for (has_length, &condition);
  g_assert_cmpstr (fixture->log->str, ==, expected);
  g_string_truncate (fixture->log, 0);
}

/* Peers */

static void
on_message (SoupWebsocketConnection *connection, int type, GBytes *message, Peer *self)
{
  gsize length;
  const char *data = g_bytes_get_data (message, &length);
  g_autofree char *text = g_strndup (data, length);

  if (type == SOUP_WEBSOCKET_DATA_TEXT)
    g_queue_push_tail (&self->received, g_steal_pointer (&text));
  else
    g_queue_push_tail (&self->received, g_strconcat ("b:", text, NULL));
}

static void
on_closed (SoupWebsocketConnection *connection, Peer *self)
{
  g_queue_push_tail (&self->received, g_strdup ("closed"));
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  Peer *self = data;

  self->connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  g_assert_no_error (error);
  soup_websocket_connection_set_max_incoming_payload_size (self->connection, 0);
  g_signal_connect (self->connection, "message", G_CALLBACK (on_message), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (on_closed), self);
}

static gboolean
is_connected (gpointer data)
{
  return ((Peer *)data)->connection != NULL;
}

static Peer *
open_at_port (ServerFixture *fixture, guint port)
{
  Peer *self = g_new0 (Peer, 1);
  g_autofree char *uri
      = g_strdup_printf ("ws://127.0.0.1:%u/socket.io/?EIO=4&transport=websocket", port);
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, uri);

  self->fixture = fixture;
  g_queue_init (&self->received);
  soup_session_websocket_connect_async (fixture->session, message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        NULL, on_connected, self);
  wait_for (is_connected, self);
  if (fixture->peers == NULL)
    fixture->peers = g_ptr_array_new_with_free_func (peer_free);
  g_ptr_array_add (fixture->peers, self);
  peer_expect (self, "0{*");
  return self;
}

Peer *
peer_open (ServerFixture *fixture)
{
  return open_at_port (fixture, eio_server_get_port (sio_server_get_engine (fixture->server)));
}

Peer *
peer_open_at (ServerFixture *fixture, SoupServer *host)
{
  GSList *uris = soup_server_get_uris (host);
  guint port = g_uri_get_port (uris->data);

  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return open_at_port (fixture, port);
}

static void
send_data (Peer *self, SoupWebsocketDataType type, const char *data)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, strlen (data));

  soup_websocket_connection_send_message (self->connection, type, bytes);
}

void
peer_send (Peer *self, const char *text)
{
  send_data (self, SOUP_WEBSOCKET_DATA_TEXT, text);
}

void
peer_send_bytes (Peer *self, const char *bytes)
{
  send_data (self, SOUP_WEBSOCKET_DATA_BINARY, bytes);
}

static gboolean
has_received (gpointer data)
{
  return !g_queue_is_empty (data);
}

char *
peer_next (Peer *self)
{
  wait_for (has_received, &self->received);
  return g_queue_pop_head (&self->received);
}

void
peer_expect (Peer *self, const char *pattern)
{
  g_autofree char *message = peer_next (self);

  if (!g_pattern_match_simple (pattern, message))
    g_error ("'%s' has come, and not '%s'", message, pattern);
}

SioSocket *
peer_join (Peer *self, const char *name)
{
  gboolean is_main = strcmp (name, "/") == 0;
  g_autofree char *connect = g_strconcat ("40", is_main ? "" : name, is_main ? "" : ",", NULL);
  g_autofree char *reply = NULL;
  g_auto (GStrv) parts = NULL;
  SioSocket *socket;

  peer_send (self, connect);
  reply = peer_next (self);
  g_assert_true (g_str_has_prefix (reply, connect));
  parts = g_strsplit (reply, "\"", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 5);
  socket = sio_namespace_get_socket (sio_server_of (self->fixture->server, name), parts[3]);
  g_assert_nonnull (socket);
  return socket;
}

void
peer_close (Peer *self)
{
  soup_websocket_connection_close (self->connection, 1000, NULL);
}
