/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Our client with our server, by polling, by websocket and with the upgrade: what only shows when both
 * ends play their part. */
#include "desk.h"
#include "socketio/sio-server.h"
#include "tcp-relay.h"

typedef struct
{
  const Mode *mode;
  SioServer *server; /* owned */
  TcpRelay *front;   /* owned: what the client connects to */
  Desk *desk;        /* owned */
  SioSocket *peer;   /* owned: the last one that came, at the server */
  GString *said;     /* owned: events that came to the server, in order */
  guint ignores;     /* how many of them are not answered */
} Fixture;

static void
on_say (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  Fixture *self = user_data;

  g_string_append_printf (self->said, "%s%s", sio_args_get_json (args), ack != NULL ? "? " : " ");
  if (self->ignores > 0)
    self->ignores--;
  else if (ack != NULL)
    sio_ack_send (ack, args);
}

static void
on_echo (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  sio_socket_emit (socket, "echo", args);
}

static void
on_connection (SioNamespace *nsp, SioSocket *socket, Fixture *self)
{
  g_set_object (&self->peer, socket);
  sio_socket_on (socket, "say", on_say, self, NULL);
  sio_socket_on (socket, "echo", on_echo, self, NULL);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GError) error = NULL;

  self->mode = data;
  self->said = g_string_new (NULL);
  self->server = sio_server_new ();
  g_object_set (self->server, "max-disconnection-duration", 60000, NULL);
  g_signal_connect (sio_server_of (self->server, "/"), "connection", G_CALLBACK (on_connection),
                    self);
  sio_server_listen (self->server, address, NULL, &error);
  g_assert_no_error (error);
  self->front = tcp_relay_new (eio_server_get_port (sio_server_get_engine (self->server)));
  self->desk = desk_new (tcp_relay_get_port (self->front), self->mode, "/");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->desk, desk_free);
  tcp_relay_free (self->front);
  sio_server_close (self->server);
  g_clear_object (&self->peer);
  g_object_unref (self->server);
  g_string_free (self->said, TRUE);
}

/* The engine of the peer ends; whatever the server says is missed. */
static void
lose_connection (Fixture *self)
{
  eio_socket_close (sio_socket_get_engine (self->peer), TRUE);
  desk_expect (self->desk, "disconnected transport ");
}

static void
test_recovery (Fixture *self, gconstpointer data)
{
  Desk *desk = self->desk;
  SioNamespace *nsp = sio_server_of (self->server, "/");
  g_autoptr (SioArgs) missed = args_from_json ("[1,\"word\"]");
  g_autofree char *id = NULL;

  desk_connect (desk, self->mode);
  id = g_strdup (sio_client_socket_get_id (desk->socket));
  desk_emit (desk, "echo", "[\"word\"]");
  g_assert_cmpstr (desk_expect (desk, "event echo "), ==, "[\"word\"]");
  /* Several times over, each from where the last one ended. */
  for (int i = 0; i < 3; i++)
    {
      gboolean recovered;

      tcp_relay_set_target (self->front, 0);
      lose_connection (self);
      g_object_get (desk->socket, "recovered", &recovered, NULL);
      g_assert_false (recovered);
      sio_namespace_emit (nsp, "missed", missed);
      tcp_relay_set_target (self->front,
                            eio_server_get_port (sio_server_get_engine (self->server)));
      g_assert_cmpstr (desk_expect (desk, "event missed "), ==, "[1,\"word\"]");
      desk_expect (desk, "connected again");
      g_object_get (desk->socket, "recovered", &recovered, NULL);
      g_assert_true (recovered);
      g_assert_cmpstr (sio_client_socket_get_id (desk->socket), ==, id);
      g_assert_cmpuint (desk_count (desk, "event missed"), ==, 0);
    }
}

/* Events that were sent until they were answered arrive in order, whatever becomes of the connections. */
static void
test_retries (Fixture *self, gconstpointer data)
{
  Desk *desk = self->desk;

  g_object_set (desk->socket, "retries", 10, NULL);
  self->ignores = 1;
  desk_connect (desk, self->mode);
  for (int i = 0; i < 5; i++)
    {
      g_autofree char *number = g_strdup_printf ("[%d]", i);

      desk_emit (desk, "say", number);
    }
  wait_until (g_str_equal (self->said->str, "[0]? "));
  lose_connection (self);
  desk_expect (desk, "connected");
  wait_until (g_str_has_suffix (self->said->str, "[4]? "));
  g_assert_cmpstr (self->said->str, ==, "[0]? [0]? [1]? [2]? [3]? [4]? ");
  desk_expect (desk, "drained");
}

/* Bytes as text, both ways. */
static void
test_base64 (Fixture *self, gconstpointer data)
{
  Desk *desk = self->desk;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\0\x1e\xff", 3);
  g_autoptr (SioArgs) args = sio_args_new ();

  g_object_set (desk->client, "force-base64", TRUE, NULL);
  sio_args_add_bytes (args, bytes);
  desk_connect (desk, self->mode);
  g_assert_true (sio_client_socket_emit (desk->socket, "echo", args));
  desk_expect (desk, "event echo ");
  g_assert_true (g_bytes_equal (sio_args_get_bytes (desk->last_args, 0), bytes));
  g_assert_nonnull (strstr (tcp_relay_get_heads (self->front), "&b64=1"));
}

static void
test_server_closes (Fixture *self, gconstpointer data)
{
  Desk *desk = self->desk;

  desk_connect (desk, self->mode);
  sio_server_close (self->server);
  desk_expect (desk, "disconnected transport ");
  g_assert_true (sio_client_socket_is_active (desk->socket));
  desk_expect (desk, "reconnect-scheduled 1");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*func) (Fixture *self, gconstpointer data);
  } rows[] = {
    { "recovery", test_recovery },
    { "retries", test_retries },
    { "base64", test_base64 },
    { "server-closes", test_server_closes },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint mode = 0; mode < n_modes; mode++)
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
      {
        g_autofree char *path = g_strdup_printf ("/%s/%s", modes[mode].name, rows[i].name);

        g_test_add (path, Fixture, &modes[mode], set_up, rows[i].func, tear_down);
      }
  return g_test_run ();
}
