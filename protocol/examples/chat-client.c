/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Talks in a room of chat-server. Each line of its input is said.
 *
 *   chat-client URL NAME ROOM
 *
 * When the server goes away it is looked for until it is back; what was said meanwhile is sent then. */
#include <locale.h>
#include <stdlib.h>

#include "socketio/sio.h"

typedef struct {
  GMainLoop *loop;
  SioClient *client;
  SioClientSocket *socket; /* the client's */
  const char *room;
  gboolean leaving;
  gboolean refused;
} Chat;

static void
on_joined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Chat *chat = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SioArgs) answer
      = sio_client_socket_emit_with_ack_finish (SIO_CLIENT_SOCKET (source), result, &error);
  int64_t people = 0;

  if (answer == NULL)
    g_print ("%s\n", error->message);
  else if (sio_args_get_int (answer, 0, &people))
    g_print ("%" G_GINT64_FORMAT " in %s\n", people, chat->room);
}

/* After each loss too: a new connection is in no room. */
static void
on_connected (SioClientSocket *socket, gboolean recovered, Chat *chat)
{
  g_autoptr (SioArgs) room = sio_args_new ();

  sio_args_add_string (room, chat->room);
  sio_client_socket_emit_with_ack_async (socket, "join", room, 5000, NULL, on_joined, chat);
}

static void
on_connect_error (SioClientSocket *socket, GError *error, JsonNode *data, Chat *chat)
{
  g_print ("%s\n", error->message);
  if (!g_error_matches (error, SIO_ERROR, SIO_ERROR_REFUSED))
    return; /* it is tried again */
  chat->refused = TRUE;
  g_main_loop_quit (chat->loop);
}

/* What the others do: joined NAME, said NAME TEXT, left NAME. */
static void
on_event (SioClientSocket *socket, const char *name, SioArgs *args, SioAck *ack, Chat *chat)
{
  g_autoptr (GString) line = g_string_new (name);

  for (guint i = 0; i < sio_args_get_size (args); i++)
    {
      const char *text = sio_args_get_string (args, i);

      g_string_append_printf (line, " %s", text != NULL ? text : "?");
    }
  g_print ("%s\n", line->str);
}

static void
on_closed (SioClient *client, int reason, GError *error, Chat *chat)
{
  if (chat->leaving)
    g_main_loop_quit (chat->loop);
}

/* What was said goes out before the connection ends. */
static void
leave (Chat *chat)
{
  chat->leaving = TRUE;
  if (sio_client_get_transport (chat->client) == 0)
    g_main_loop_quit (chat->loop);
  else
    sio_client_close (chat->client);
}

static gboolean
on_line (GIOChannel *input, GIOCondition condition, gpointer user_data)
{
  Chat *chat = user_data;
  g_autofree char *line = NULL;
  g_autoptr (SioArgs) text = sio_args_new ();
  gsize end = 0;

  if (g_io_channel_read_line (input, &line, NULL, &end, NULL) != G_IO_STATUS_NORMAL)
    {
      leave (chat);
      return G_SOURCE_REMOVE;
    }
  line[end] = '\0';
  sio_args_add_string (text, line);
  if (!sio_client_socket_emit (chat->socket, "say", text))
    g_print ("Too much is waiting to be sent\n");
  return G_SOURCE_CONTINUE;
}

static JsonNode *
new_auth (const char *name)
{
  JsonObject *auth = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (auth, "name", name);
  json_node_take_object (node, auth);
  return node;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SioClient) client = argc == 4 ? sio_client_new (argv[1], &error) : NULL;
  Chat chat = { .loop = loop, .client = client, .room = argv[argc - 1] };

  setlocale (LC_ALL, "");
  if (client == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "chat-client URL NAME ROOM");
      return EXIT_FAILURE;
    }
  chat.socket = sio_client_socket (client, "/");
  g_signal_connect (client, "closed", G_CALLBACK (on_closed), &chat);
  g_signal_connect (chat.socket, "connected", G_CALLBACK (on_connected), &chat);
  g_signal_connect (chat.socket, "connect-error", G_CALLBACK (on_connect_error), &chat);
  g_signal_connect (chat.socket, "event", G_CALLBACK (on_event), &chat);
  {
    g_autoptr (JsonNode) auth = new_auth (argv[2]);

    sio_client_socket_set_auth (chat.socket, auth);
  }
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, on_line, &chat);
  sio_client_socket_connect (chat.socket);
  g_main_loop_run (loop);
  return chat.refused ? EXIT_FAILURE : EXIT_SUCCESS;
}
