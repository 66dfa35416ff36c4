/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * relay-server --port N [--hold MS]: what sioload.c asks of a server, on our library: "join" puts a socket into
 * a room, "draw" goes to the others in it, "echo" is answered with its payload. Limits wide open.
 */
#include <stdlib.h>
#include <sys/resource.h>

#include "socketio/sio-server.h"

/* The room that a socket has joined is kept on it. */
static const char room_key[] = "relay-room";

static void
on_join (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  const char *room = sio_args_get_string (args, 0);
  g_autoptr (SioArgs) answer = sio_args_new ();

  if (room == NULL)
    return;
  g_object_set_data_full (G_OBJECT (socket), room_key, g_strdup (room), g_free);
  sio_socket_join (socket, room);
  sio_args_add_string (answer, "ok");
  if (ack != NULL)
    sio_ack_send (ack, answer);
}

static void
on_draw (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  const char *room = g_object_get_data (G_OBJECT (socket), room_key);
  g_autoptr (SioBroadcast) broadcast = NULL;

  if (room == NULL)
    return;
  broadcast = sio_socket_to (socket, room);
  sio_broadcast_emit (broadcast, "draw", args);
}

static void
on_echo (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  if (ack != NULL)
    sio_ack_send (ack, args);
}

static void
on_connection (SioNamespace *nsp, SioSocket *socket, gpointer user_data)
{
  sio_socket_on (socket, "join", on_join, NULL, NULL);
  sio_socket_on (socket, "draw", on_draw, NULL, NULL);
  sio_socket_on (socket, "echo", on_echo, NULL, NULL);
}

static void
raise_file_limit (void)
{
  struct rlimit limit;

  getrlimit (RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

typedef struct
{
  int port;
  int hold;
} Options;

static Options
get_options (int argc, char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &options.port, "Port on 127.0.0.1, 0 for a free one", "N" },
    { "hold", 0, 0, G_OPTION_ARG_INT, &options.hold, "The engine's write-delay", "MS" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || options.port < 0
      || options.port > G_MAXUINT16 || options.hold < 0)
    {
      g_printerr ("relay-server: %s\n", error != NULL ? error->message : "not a number for this");
      exit (2);
    }
  return options;
}

int
main (int argc, char **argv)
{
  Options options = get_options (argc, argv);
  g_autoptr (SioServer) server = sio_server_new ();
  EioServer *engine = sio_server_get_engine (server);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GSocketAddress) address
      = g_inet_socket_address_new_from_string ("127.0.0.1", (guint)options.port);
  g_autoptr (GError) error = NULL;

  raise_file_limit ();
  g_object_set (engine, "max-connections", 200000, "write-delay", (guint)options.hold, NULL);
  g_signal_connect (sio_server_of (server, "/"), "connection", G_CALLBACK (on_connection), NULL);
  if (!sio_server_listen (server, address, NULL, &error))
    {
      g_printerr ("relay-server: %s\n", error->message);
      return 1;
    }
  g_print ("ready %u\n", eio_server_get_port (engine));
  g_main_loop_run (loop);
  return 0;
}
