/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is told of which event, and in which order. */
#include "desk.h"
#include "fake-server.h"

static const Mode websocket = { "websocket", EIO_TRANSPORT_WEBSOCKET, FALSE };

typedef struct
{
  FakeServer *server; /* owned */
  Desk *desk;         /* owned */
  GString *told;      /* owned: names of listeners */
  guint n_destroyed;
} Fixture;

/* A listener and its name. */
typedef struct
{
  Fixture *fixture;
  const char *name;
  guint removes; /* id of a listener, 0 for none */
} Listener;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->server = fake_server_new ();
  self->desk = desk_new (self->server->port, &websocket, "/");
  self->told = g_string_new (NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->desk, desk_free);
  fake_server_free (self->server);
  g_string_free (self->told, TRUE);
}

static void
on_event (SioClientSocket *socket,
          const char *event,
          SioArgs *args,
          SioAck *ack,
          gpointer user_data)
{
  Listener *listener = user_data;

  g_string_append_printf (listener->fixture->told, "%s:%s%s%s ", listener->name, event,
                          sio_args_get_json (args), ack != NULL ? "?" : "");
  if (listener->removes > 0)
    sio_client_socket_off (socket, listener->removes);
}

static void
on_signal (SioClientSocket *socket, const char *event, SioArgs *args, SioAck *ack, Fixture *self)
{
  g_string_append_printf (self->told, "signal:%s ", event);
}

static void
listener_free (gpointer data)
{
  Listener *listener = data;

  listener->fixture->n_destroyed++;
  g_free (listener);
}

static Listener *
new_listener (Fixture *self, const char *name)
{
  Listener *listener = g_new0 (Listener, 1);

  listener->fixture = self;
  listener->name = name;
  return listener;
}

static void
receive (Fixture *self, const char *packet, const char *last)
{
  fake_server_send (self->server, packet);
  wait_until (strstr (self->told->str, last) != NULL);
}

static void
test_order (Fixture *self, gconstpointer data)
{
  SioClientSocket *socket = self->desk->socket;
  guint id;

  desk_connect (self->desk, &websocket);
  g_signal_connect (socket, "event", G_CALLBACK (on_signal), self);
  sio_client_socket_on (socket, "a", on_event, new_listener (self, "on"), listener_free);
  sio_client_socket_once (socket, "a", on_event, new_listener (self, "once"), listener_free);
  sio_client_socket_on (socket, "b", on_event, new_listener (self, "other"), listener_free);
  id = sio_client_socket_on_any (socket, on_event, new_listener (self, "any"), listener_free);
  sio_client_socket_prepend_any (socket, on_event, new_listener (self, "first"), listener_free);
  self->desk->answers = FALSE;
  receive (self, "427[\"a\",1]", "once:a");
  g_assert_cmpstr (self->told->str, ==,
                   "first:a[1]? any:a[1]? signal:a on:a[1]? once:a[1]? ");
  g_assert_cmpuint (self->n_destroyed, ==, 1);

  g_string_truncate (self->told, 0);
  sio_client_socket_off (socket, id);
  sio_client_socket_off (socket, id);
  g_assert_cmpuint (self->n_destroyed, ==, 2);
  receive (self, "42[\"a\"]", "on:a");
  g_assert_cmpstr (self->told->str, ==, "first:a[] signal:a on:a[] ");
  g_signal_handlers_disconnect_by_data (socket, self);
  g_clear_pointer (&self->desk, desk_free);
  g_assert_cmpuint (self->n_destroyed, ==, 5);
}

/* Who is removed by one that is told before is not told; who removes itself may. */
static void
test_removed_meanwhile (Fixture *self, gconstpointer data)
{
  SioClientSocket *socket = self->desk->socket;
  Listener *first = new_listener (self, "first");
  Listener *second = new_listener (self, "second");
  guint third;

  desk_connect (self->desk, &websocket);
  sio_client_socket_on (socket, "a", on_event, first, listener_free);
  second->removes = sio_client_socket_on (socket, "a", on_event, second, listener_free);
  third = sio_client_socket_on (socket, "a", on_event, new_listener (self, "third"), listener_free);
  first->removes = third;
  receive (self, "42[\"a\"]", "second:");
  fake_server_send (self->server, "42[\"a\"]");
  desk_expect (self->desk, "event a");
  desk_expect (self->desk, "event a");
  g_assert_cmpstr (self->told->str, ==, "first:a[] second:a[] first:a[] ");
  g_assert_cmpuint (self->n_destroyed, ==, 2);
}

static void
emit_more (SioClientSocket *socket,
           const char *event,
           SioArgs *args,
           SioAck *ack,
           gpointer user_data)
{
  if (g_str_equal (event, "a"))
    sio_client_socket_emit (socket, "because of a", NULL);
}

/* Events that leave, when they leave; acks and what stays in the buffer not. */
static void
test_outgoing (Fixture *self, gconstpointer data)
{
  SioClientSocket *socket = self->desk->socket;
  guint id = sio_client_socket_on_any_outgoing (socket, on_event, new_listener (self, "out"),
                                                listener_free);

  sio_client_socket_prepend_any_outgoing (socket, on_event, new_listener (self, "first"),
                                          listener_free);
  sio_client_socket_on_any_outgoing (socket, emit_more, NULL, NULL);
  desk_emit (self->desk, "a", "[1]");
  desk_emit (self->desk, "b", "[]");
  g_assert_cmpstr (self->told->str, ==, "");
  desk_connect (self->desk, &websocket);
  wait_until (fake_server_count (self->server, "42[\"because of a\"]") == 1);
  g_assert_cmpstr (self->told->str, ==,
                   "first:a[1] out:a[1] first:b[] out:b[] first:because of a[] out:because of a[] ");
  g_assert_cmpstr (self->server->got->pdata[1], ==, "42[\"a\",1]");
  g_assert_cmpstr (self->server->got->pdata[2], ==, "42[\"b\"]");
  g_string_truncate (self->told, 0);
  fake_server_send (self->server, "427[\"question\"]");
  wait_until (fake_server_count (self->server, "437[]") == 1);
  g_assert_cmpstr (self->told->str, ==, "");
  sio_client_socket_off (socket, id);
  desk_emit (self->desk, "c", "[]");
  g_assert_cmpstr (self->told->str, ==, "first:c[] ");
}

static void
leave (SioClientSocket *socket,
       const char *event,
       SioArgs *args,
       SioAck *ack,
       gpointer user_data)
{
  Fixture *self = user_data;

  g_clear_pointer (&self->desk, desk_free);
}

/* A listener may end everything that there is. */
static void
test_drops_everything (Fixture *self, gconstpointer data)
{
  desk_connect (self->desk, &websocket);
  if (data != NULL)
    sio_client_socket_on_any_outgoing (self->desk->socket, leave, self, NULL);
  else
    sio_client_socket_on_any (self->desk->socket, leave, self, NULL);
  sio_client_socket_on (self->desk->socket, "a", on_event, new_listener (self, "after"),
                        listener_free);
  if (data != NULL)
    sio_client_socket_emit (self->desk->socket, "a", NULL);
  else
    fake_server_send (self->server, "42[\"a\"]");
  wait_until (self->desk == NULL);
  g_assert_cmpuint (self->n_destroyed, <=, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)
  ADD ("/listeners/order", NULL, test_order);
  ADD ("/listeners/removed-meanwhile", NULL, test_removed_meanwhile);
  ADD ("/listeners/outgoing", NULL, test_outgoing);
  ADD ("/listeners/drops-everything/incoming", NULL, test_drops_everything);
  ADD ("/listeners/drops-everything/outgoing", "outgoing", test_drops_everything);
#undef ADD
  return g_test_run ();
}
