/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "server-fixture.h"

static void
on_message (EioSocket *socket, GBytes *data, gboolean binary, ServerFixture *self)
{
  gsize size;
  const char *text = g_bytes_get_data (data, &size);

  if (binary)
    {
      g_string_append_printf (self->log, "binary %zu;", size);
      eio_socket_send_binary (socket, data);
    }
  else
    {
      g_string_append_printf (self->log, "text %.*s;", (int) MIN (size, 40), text);
      eio_socket_send_text (socket, data);
    }
}

static void
on_closed (EioSocket *socket, EioCloseReason reason, ServerFixture *self)
{
  g_assert_false (eio_socket_is_open (socket));
  g_string_append_printf (self->log, "closed %s;", eio_close_reason_to_string (reason));
}

static void
on_connection (EioServer *server, EioSocket *socket, ServerFixture *self)
{
  g_string_append (self->log, "open;");
  g_set_object (&self->socket, socket);
  g_signal_connect (socket, "message", G_CALLBACK (on_message), self);
  g_signal_connect (socket, "closed", G_CALLBACK (on_closed), self);
}

void
server_fixture_set_up (ServerFixture *self, const char *first_property, ...)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GError) error = NULL;
  va_list args;

  *self = (ServerFixture) { .log = g_string_new (NULL) };
  va_start (args, first_property);
  self->server = EIO_SERVER (g_object_new_valist (EIO_TYPE_SERVER, first_property, args));
  va_end (args);
  g_signal_connect (self->server, "connection", G_CALLBACK (on_connection), self);
  eio_server_listen (self->server, address, NULL, &error);
  g_assert_no_error (error);
  self->port = eio_server_get_port (self->server);
  g_assert_cmpuint (self->port, !=, 0);
}

void
server_fixture_tear_down (ServerFixture *self)
{
  if (self->socket != NULL)
    g_signal_handlers_disconnect_by_data (self->socket, self);
  eio_server_close (self->server);
  g_assert_finalize_object (self->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (self->socket != NULL)
    g_assert_finalize_object (self->socket);
  g_string_free (self->log, TRUE);
}

typedef struct {
  ServerFixture *fixture;
  const char *text;
} Search;

static gboolean
has_log (gpointer data)
{
  Search *self = data;

  return strstr (self->fixture->log->str, self->text) != NULL;
}

void
server_fixture_expect_log (ServerFixture *self, const char *text)
{
  Search search = { self, text };

  raw_await (has_log, &search);
}

char *
server_fixture_open_polling (ServerFixture *self, RawClient *client)
{
  g_autofree char *answer = NULL;
  const char *sid;

  raw_client_get (client, "/engine.io/?EIO=4&transport=polling");
  answer = raw_client_take_answer (client);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 OK\r\n"));
  sid = strstr (answer, "0{\"sid\":\"");
  g_assert_nonnull (sid);
  return g_strdup_printf ("/engine.io/?EIO=4&transport=polling&sid=%.20s", sid + 9);
}

RawClient *
server_fixture_open_websocket (ServerFixture *self)
{
  RawClient *client = raw_client_new (self->port);
  g_autofree char *open = NULL;

  raw_client_switch (client, "/engine.io/?EIO=4&transport=websocket");
  open = raw_client_take_frame (client, NULL, NULL);
  g_assert_true (g_str_has_prefix (open, "0{\"sid\":\""));
  g_assert_nonnull (strstr (open, "\"upgrades\":[],"));
  return client;
}
