/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Passes everything on to everybody else, by rooms, whatever it is.
 *
 *   relay [PORT]
 *
 * A client names its room in its auth, {"room": "..."}. Each event that it emits, with any arguments,
 * binary included, goes to the others in that room as it is: nothing is parsed to be passed on. An
 * event that wants an answer is told to how many it went. */
#include "serve.h"

/* Every name: there is no sio_socket_on() in here. */
static void
on_event (SioSocket *socket, const char *name, SioArgs *args, SioAck *ack, const char *room)
{
  g_autoptr (SioBroadcast) others = sio_socket_to (socket, room);

  sio_broadcast_emit (others, name, args);
  if (ack != NULL)
    {
      SioAdapter *adapter = sio_namespace_get_adapter (sio_socket_get_namespace (socket));
      const char *const rooms[] = { room, NULL };
      const SioSelection to = { .rooms = rooms };
      g_autoptr (GPtrArray) members = sio_adapter_get_sockets (adapter, &to);
      g_autoptr (SioArgs) answer = sio_args_new ();

      sio_args_add_int (answer, members->len - 1);
      sio_ack_send (ack, answer);
    }
}

/* NULL unless it is a string. */
static const char *
get_room (SioSocket *socket)
{
  JsonObject *auth = sio_socket_get_auth (socket);

  return auth != NULL ? json_object_get_string_member_with_default (auth, "room", NULL) : NULL;
}

static void
ask_room (SioNamespace *nsp, SioSocket *socket, SioNext *next, gpointer user_data)
{
  if (get_room (socket) != NULL)
    sio_next_accept (next);
  else
    sio_next_reject (next, "Please name a room", NULL);
}

static void
on_connection (SioNamespace *nsp, SioSocket *socket, gpointer user_data)
{
  sio_socket_join (socket, get_room (socket));
  g_signal_connect_data (socket, "event", G_CALLBACK (on_event), g_strdup (get_room (socket)),
                         (GClosureNotify) (void *) g_free, 0);
}

int
main (int argc, char *argv[])
{
  g_autoptr (SioServer) server = sio_server_new ();

  sio_namespace_use (sio_server_of (server, "/"), ask_room, NULL, NULL);
  g_signal_connect (sio_server_of (server, "/"), "connection", G_CALLBACK (on_connection), NULL);
  return serve (server, argc, argv);
}
