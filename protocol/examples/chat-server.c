/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A chat in rooms.
 *
 *   chat-server [PORT]
 *
 * A client connects with {"name": "..."} as its auth, emits "join" with a room's name (acknowledged
 * with the number of people in there), then "say" with a text. It hears "joined" (name), "said"
 * (name, text) and "left" (name). Any Socket.IO client will do:
 *
 *   const socket = io("http://127.0.0.1:3000", { auth: { name: "Ada" } });
 *   socket.on("said", (name, text) => console.log(name + ": " + text));
 *   socket.emit("join", "tea", (people) => socket.emit("say", "hello, all " + people));
 */
#include "serve.h"

/* What the server knows about a person. */
typedef struct {
  char *name;
  char *room; /* NULL until one was joined */
} Person;

static GHashTable *people_in; /* room -> number of people */

static void
person_free (Person *person)
{
  g_free (person->name);
  g_free (person->room);
  g_free (person);
}

/* Returns how many people are in the room then. */
static guint
count (const char *room, int change)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (people_in, room)) + change;

  if (n == 0)
    g_hash_table_remove (people_in, room);
  else
    g_hash_table_replace (people_in, g_strdup (room), GUINT_TO_POINTER (n));
  return n;
}

/* text: nullable. */
static void
tell_others (SioSocket *socket, Person *person, const char *event, const char *text)
{
  g_autoptr (SioBroadcast) others = sio_socket_to (socket, person->room);
  g_autoptr (SioArgs) args = sio_args_new ();

  sio_args_add_string (args, person->name);
  if (text != NULL)
    sio_args_add_string (args, text);
  sio_broadcast_emit (others, event, args);
}

static void
leave_room (SioSocket *socket, Person *person)
{
  if (person->room == NULL)
    return;
  tell_others (socket, person, "left", NULL);
  sio_socket_leave (socket, person->room);
  count (person->room, -1);
  g_clear_pointer (&person->room, g_free);
}

static void
on_join (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  Person *person = user_data;
  const char *room = sio_args_get_string (args, 0);
  g_autoptr (SioArgs) answer = sio_args_new ();

  if (room == NULL || g_utf8_strlen (room, -1) > 64)
    return;
  leave_room (socket, person);
  person->room = g_strdup (room);
  sio_socket_join (socket, room);
  sio_args_add_int (answer, count (room, +1));
  if (ack != NULL)
    sio_ack_send (ack, answer);
  tell_others (socket, person, "joined", NULL);
}

static void
on_say (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  Person *person = user_data;
  const char *text = sio_args_get_string (args, 0);

  if (text != NULL && person->room != NULL)
    tell_others (socket, person, "said", text);
}

static void
on_disconnecting (SioSocket *socket, int reason, gpointer user_data)
{
  leave_room (socket, user_data);
}

/* Strangers may send anything: this is NULL for what is no string. */
static const char *
get_name (SioSocket *socket)
{
  JsonObject *auth = sio_socket_get_auth (socket);

  return auth != NULL ? json_object_get_string_member_with_default (auth, "name", NULL) : NULL;
}

/* Nobody comes in without a name. */
static void
ask_name (SioNamespace *nsp, SioSocket *socket, SioNext *next, gpointer user_data)
{
  const char *name = get_name (socket);

  if (name != NULL && *name != '\0')
    sio_next_accept (next);
  else
    sio_next_reject (next, "Please say your name", NULL);
}

static void
on_connection (SioNamespace *nsp, SioSocket *socket, gpointer user_data)
{
  Person *person = g_new0 (Person, 1);

  person->name = g_strdup (get_name (socket));
  g_object_set_data_full (G_OBJECT (socket), "person", person, (GDestroyNotify) person_free);
  sio_socket_on (socket, "join", on_join, person, NULL);
  sio_socket_on (socket, "say", on_say, person, NULL);
  g_signal_connect (socket, "disconnecting", G_CALLBACK (on_disconnecting), person);
}

int
main (int argc, char *argv[])
{
  g_autoptr (SioServer) server = sio_server_new ();

  people_in = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sio_namespace_use (sio_server_of (server, "/"), ask_name, NULL, NULL);
  g_signal_connect (sio_server_of (server, "/"), "connection", G_CALLBACK (on_connection), NULL);
  return serve (server, argc, argv);
}
