/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-server.h"

typedef struct
{
  guint status;
  GBytes *body; /* owned */
} Answer;

static void
answer_free (gpointer data)
{
  Answer *self = data;

  g_bytes_unref (self->body);
  g_free (self);
}

static void
note_headers (FakeServer *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  const char *accepted = soup_message_headers_get_list (headers, "Accept-Encoding");

  self->accepts_gzip = accepted != NULL && strstr (accepted, "gzip") != NULL;
  if (soup_message_headers_get_list (headers, "Sec-WebSocket-Extensions") != NULL)
    self->offered_deflate = TRUE;
}

static void
on_message (FakeServer *self, SoupWebsocketDataType type, GBytes *message)
{
  gsize size;
  const char *data = g_bytes_get_data (message, &size);
  char *text = g_strndup (data, size);

  g_ptr_array_add (self->got, text);
  if (g_str_has_prefix (text, "40") && self->connect != NULL)
    fake_server_send (self, self->connect);
  else if (g_str_equal (text, "2probe") && self->probe != NULL)
    fake_server_send (self, self->probe);
}

static void
on_websocket (SoupServer *server,
              SoupServerMessage *message,
              const char *path,
              SoupWebsocketConnection *connection,
              gpointer user_data)
{
  FakeServer *self = user_data;
  gboolean candidate
      = strstr (g_uri_get_query (soup_server_message_get_uri (message)), "sid=") != NULL;

  note_headers (self, message);
  g_set_object (&self->connection, connection);
  self->n_connections++;
  soup_websocket_connection_set_max_incoming_payload_size (connection, 0);
  g_signal_connect_swapped (connection, "message", G_CALLBACK (on_message), self);
  if (self->open != NULL && !candidate)
    fake_server_send (self, self->open);
}

static void
answer_one (FakeServer *self, SoupServerMessage *message)
{
  Answer *answer = g_queue_pop_head (&self->answers);

  soup_server_message_set_status (message, answer->status, NULL);
  if (answer->status == SOUP_STATUS_FOUND)
    soup_message_headers_append (soup_server_message_get_response_headers (message), "Location",
                                 "/elsewhere/");
  if (self->encoding != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                  "Content-Encoding", self->encoding);
  if (g_bytes_get_size (answer->body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), answer->body);
  answer_free (answer);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  FakeServer *self = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  note_headers (self, message);
  if (query != NULL && g_strcmp0 (g_hash_table_lookup (query, "transport"), "websocket") == 0)
    return;
  if (soup_server_message_get_method (message) == SOUP_METHOD_POST)
    {
      g_ptr_array_add (self->got, g_strndup (body->data, (gsize)body->length));
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "ok", 2);
      return;
    }
  self->n_gets++;
  if (self->answers.length > 0)
    {
      answer_one (self, message);
    }
  else
    {
      /* Without a status libsoup takes it for a websocket's handshake. */
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_server_message_pause (message);
      g_queue_push_tail (&self->waiting, g_object_ref (message));
    }
}

static void
listen_locally (FakeServer *self, SoupServerListenOptions options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSList) uris = NULL;

  soup_server_listen_local (self->server, 0, options | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->port = (guint)g_uri_get_port (uris->data);
  g_uri_unref (uris->data);
}

FakeServer *
fake_server_new (void)
{
  FakeServer *self = g_new0 (FakeServer, 1);

  self->open = FAKE_OPEN;
  self->connect = FAKE_CONNECT;
  self->probe = "3probe";
  self->got = g_ptr_array_new_with_free_func (g_free);
  self->server = g_object_new (SOUP_TYPE_SERVER, NULL);
  soup_server_remove_websocket_extension (self->server, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  soup_server_add_handler (self->server, "/socket.io", on_request, self, NULL);
  soup_server_add_websocket_handler (self->server, "/socket.io", NULL, NULL, on_websocket, self,
                                     NULL);
  listen_locally (self, 0);
  return self;
}

void
fake_server_use_tls (FakeServer *self, GTlsCertificate *certificate)
{
  soup_server_disconnect (self->server);
  soup_server_set_tls_certificate (self->server, certificate);
  listen_locally (self, SOUP_SERVER_LISTEN_HTTPS);
}

void
fake_server_use_deflate (FakeServer *self)
{
  soup_server_add_websocket_extension (self->server, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
}

void
fake_server_free (FakeServer *self)
{
  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_queue_clear_full (&self->answers, answer_free);
  g_queue_clear_full (&self->waiting, g_object_unref);
  g_ptr_array_unref (self->got);
  g_free (self);
}

void
fake_server_send_bytes (FakeServer *self,
                        SoupWebsocketDataType type,
                        gconstpointer data,
                        gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  g_assert_nonnull (self->connection);
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_message (self->connection, type, bytes);
}

void
fake_server_send (FakeServer *self, const char *text)
{
  fake_server_send_bytes (self, SOUP_WEBSOCKET_DATA_TEXT, text, strlen (text));
}

void
fake_server_cut (FakeServer *self)
{
  GIOStream *stream = soup_websocket_connection_get_io_stream (self->connection);

  g_io_stream_close (stream, NULL, NULL);
}

void
fake_server_answer (FakeServer *self, guint status, const char *body, gssize length)
{
  g_autoptr (SoupServerMessage) message = g_queue_pop_head (&self->waiting);
  Answer *answer = g_new (Answer, 1);

  answer->status = status;
  answer->body = g_bytes_new (body, length < 0 ? strlen (body) : (gsize)length);
  g_queue_push_tail (&self->answers, answer);
  if (message == NULL)
    return;
  answer_one (self, message);
  soup_server_message_unpause (message);
}

gboolean
fake_server_release_polls (FakeServer *self)
{
  for (guint n = self->waiting.length; n > 0; n--)
    fake_server_answer (self, 200, "6", -1);
  return TRUE;
}

guint
fake_server_count (FakeServer *self, const char *begin)
{
  guint n = 0;

  for (guint i = 0; i < self->got->len; i++)
    n += g_str_has_prefix (self->got->pdata[i], begin);
  return n;
}
