/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * features-server: our server, with what test-features.mjs asks for beyond echoes. Prints "ready PORT";
 * ends with its standard input. */
#include <gio/gunixinputstream.h>
#include <string.h>

#include "socketio/sio-server.h"

/* [event]: the connection breaks at once; what is said then is missed. */
static void
on_break (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer nsp)
{
  g_autoptr (SioArgs) said = sio_args_new ();

  sio_args_add_string (said, "while away");
  eio_socket_close (sio_socket_get_engine (socket), TRUE);
  sio_namespace_emit (nsp, "missed", said);
}

static void
on_answers (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SioAck) ack = user_data;
  g_autoptr (GPtrArray) responses = NULL;
  g_autoptr (SioArgs) answer = sio_args_new ();
  gboolean all = sio_broadcast_emit_with_ack_finish (result, &responses, NULL);

  sio_args_add_boolean (answer, all);
  for (guint i = 0; i < responses->len; i++)
    sio_args_add_json (answer, sio_args_get_json (responses->pdata[i]), -1);
  sio_ack_send (ack, answer);
}

static void
on_ask_all (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer nsp)
{
  g_autoptr (SioBroadcast) all = sio_namespace_broadcast (nsp);

  if (ack == NULL)
    return;
  /* One of them never answers; the others have time enough. */
  sio_broadcast_set_timeout (all, 3000);
  sio_broadcast_emit_with_ack_async (all, "question", args, NULL, on_answers, sio_ack_ref (ack));
}

static void
on_who (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  g_autoptr (SioArgs) answer = sio_args_new ();

  sio_args_add_string (answer, sio_namespace_get_name (sio_socket_get_namespace (socket)));
  sio_args_add_string (answer, sio_handshake_get_address (sio_socket_get_handshake (socket)));
  if (ack != NULL)
    sio_ack_send (ack, answer);
}

/* Refuses the events named "forbidden". */
static void
judge (SioSocket *socket, const char *event, SioArgs *args, SioNext *next, gpointer user_data)
{
  if (g_str_equal (event, "forbidden"))
    sio_next_reject (next, "forbidden", NULL);
  else
    sio_next_accept (next);
}

static void
on_error (SioSocket *socket, const char *message, JsonNode *data, gpointer user_data)
{
  g_autoptr (SioArgs) args = sio_args_new ();

  sio_args_add_string (args, message);
  sio_socket_emit (socket, "refused", args);
}

/* --- Who may come in ---------------------------------------------------------------------------- */

static gboolean
decide (gpointer user_data)
{
  EioRequest *request = user_data;
  const char *query
      = g_uri_get_query (soup_server_message_get_uri (eio_request_get_message (request)));

  if (strstr (query, "door=shut") != NULL)
    eio_request_refuse (request, 429, "Too many today");
  else
    eio_request_allow (request);
  return G_SOURCE_REMOVE;
}

/* Not within the call: as one that asks a data base. */
static void
on_request (EioServer *engine, EioRequest *request, gpointer user_data)
{
  g_timeout_add_full (G_PRIORITY_DEFAULT, 5, decide, g_object_ref (request), g_object_unref);
}

/* --- Namespaces that a function allows ----------------------------------------------------------- */

typedef struct
{
  SioNext *next;
  gboolean invited;
} Guest;

static void
guest_free (gpointer data)
{
  Guest *guest = data;

  sio_next_unref (guest->next);
  g_free (guest);
}

static gboolean
let_in (gpointer user_data)
{
  Guest *guest = user_data;

  if (guest->invited)
    sio_next_accept (guest->next);
  else
    sio_next_reject (guest->next, "not invited", NULL);
  return G_SOURCE_REMOVE;
}

/* /party-*: whoever says so. */
static void
ask_party (const char *name, JsonNode *auth, SioNext *next, gpointer user_data)
{
  JsonObject *object = auth != NULL ? json_node_get_object (auth) : NULL;
  Guest *guest = g_new0 (Guest, 1);

  guest->next = sio_next_ref (next);
  guest->invited = g_str_has_prefix (name, "/party-") && object != NULL
                   && json_object_get_boolean_member_with_default (object, "invited", FALSE);
  g_timeout_add_full (G_PRIORITY_DEFAULT, 5, let_in, guest, guest_free);
}

/* --- Parents ------------------------------------------------------------------------------------- */

/* A middleware of the parent, for all its children. */
static void
ask_name (SioNamespace *nsp, SioSocket *socket, SioNext *next, gpointer user_data)
{
  JsonObject *auth = sio_socket_get_auth (socket);

  if (auth != NULL && json_object_has_member (auth, "rude"))
    sio_next_reject (next, "rude", NULL);
  else
    sio_next_accept (next);
}

static void
on_tell_family (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer parent)
{
  sio_namespace_emit (parent, "news", args);
}

static void
on_child_connection (SioNamespace *nsp, SioSocket *socket, gpointer parent)
{
  sio_socket_on (socket, "tell-family", on_tell_family, parent, NULL);
  sio_socket_on (socket, "ask-family", on_ask_all, parent, NULL);
}

static void
on_connection (SioNamespace *nsp, SioSocket *socket, gpointer user_data)
{
  SioNamespace *own = sio_socket_get_namespace (socket);

  sio_socket_on (socket, "break", on_break, own, NULL);
  sio_socket_on (socket, "ask-all", on_ask_all, own, NULL);
  sio_socket_on (socket, "who", on_who, NULL, NULL);
  sio_socket_use (socket, judge, NULL, NULL);
  g_signal_connect (socket, "error", G_CALLBACK (on_error), NULL);
  sio_socket_send (socket, NULL);
}

static void
on_end (GObject *source, GAsyncResult *result, gpointer loop)
{
  g_main_loop_quit (loop);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GRegex) pattern = g_regex_new ("^/dyn-\\d+$", 0, 0, NULL);
  g_autoptr (SioServer) server = sio_server_new ();
  SioNamespace *parent;
  char byte;

  g_object_set (server, "max-disconnection-duration", 60000, NULL);
  g_signal_connect (sio_server_of (server, "/"), "connection", G_CALLBACK (on_connection), NULL);
  parent = sio_server_of_pattern (server, pattern);
  sio_namespace_use (parent, ask_name, NULL, NULL);
  g_signal_connect (parent, "connection", G_CALLBACK (on_child_connection), parent);
  g_signal_connect (parent, "connection", G_CALLBACK (on_connection), NULL);
  g_signal_connect (sio_server_of_func (server, ask_party, NULL, NULL), "connection",
                    G_CALLBACK (on_connection), NULL);
  eio_server_set_allow_request (sio_server_get_engine (server), on_request, NULL, NULL);
  if (!sio_server_listen (server, address, NULL, &error))
    g_error ("%s", error->message);
  g_print ("ready %u\n", eio_server_get_port (sio_server_get_engine (server)));
  g_input_stream_read_async (input, &byte, 1, G_PRIORITY_DEFAULT, NULL, on_end, loop);
  g_main_loop_run (loop);
  return 0;
}
