/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * victim [--strict] [PROPERTY=VALUE...]: a server to be ill-treated, as the library comes or as strict as
 * a server of boards. The properties are those of EioServer and SioServer that are numbers. Serves "/"
 * and "/custom": "echo" comes back, "heap" is answered with the bytes that the heap has in use, "pour"
 * sends [n, bytes]: n events of that size to all. Prints "ready URI"; ends with its standard input.
 */
#include "bridge-hosts.h"
#include "bridge-strict.h"

#include <gio/gunixinputstream.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>

/* What one event may ask for: more would be the tester's mistake. */
#define MAX_POUR (256 * 1024 * 1024)

static const char *const namespaces[] = { "/", "/custom" };

static void
on_echo (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  if (ack != NULL)
    sio_ack_send (ack, args);
  else
    sio_socket_emit (socket, "echo", args);
}

static void
on_heap (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  g_autoptr (SioArgs) answer = sio_args_new ();

  malloc_trim (0);
  sio_args_add_int (answer, (int64_t) mallinfo2 ().uordblks);
  if (ack != NULL)
    sio_ack_send (ack, answer);
}

static void
on_pour (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  int64_t n = 0, size = 0;
  g_autofree char *letters = NULL;

  if (!sio_args_get_int (args, 0, &n) || !sio_args_get_int (args, 1, &size) || n < 0 || size < 0
      || n > MAX_POUR || (size > 0 && n > MAX_POUR / size))
    return;
  letters = g_strnfill ((gsize) size, 'x');
  for (int64_t i = 0; i < n; i++)
    {
      g_autoptr (SioArgs) drop = sio_args_new ();

      sio_args_add_string (drop, letters);
      sio_namespace_emit (user_data, "drop", drop);
    }
}

static void
on_connection (SioNamespace *nsp, SioSocket *socket, gpointer user_data)
{
  sio_socket_on (socket, "echo", on_echo, NULL, NULL);
  sio_socket_on (socket, "heap", on_heap, NULL, NULL);
  sio_socket_on (socket, "pour", on_pour, nsp, NULL);
}

static void
set_property (gpointer object, const char *name, guint64 value)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (object), name);
  g_auto (GValue) plain = G_VALUE_INIT;
  g_auto (GValue) wanted = G_VALUE_INIT;

  g_value_init (&plain, G_TYPE_UINT64);
  g_value_set_uint64 (&plain, value);
  g_value_init (&wanted, G_PARAM_SPEC_VALUE_TYPE (pspec));
  g_value_transform (&plain, &wanted);
  g_object_set_property (object, name, &wanted);
}

static gboolean
set_from_argument (SioServer *server, const char *argument)
{
  g_auto (GStrv) parts = g_strsplit (argument, "=", 2);
  gpointer objects[] = { server, sio_server_get_engine (server) };

  for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
    if (g_strv_length (parts) == 2
        && g_object_class_find_property (G_OBJECT_GET_CLASS (objects[i]), parts[0]) != NULL)
      {
        set_property (objects[i], parts[0], g_ascii_strtoull (parts[1], NULL, 10));
        return TRUE;
      }
  g_printerr ("victim: what is %s?\n", argument);
  return FALSE;
}

static void
make_strict (SioServer *server)
{
  static const char *const no_origins[] = { NULL };
  g_auto (GStrv) hosts = bridge_hosts_list (FALSE, no_origins);

  bridge_strict_apply (server);
  g_object_set (sio_server_get_engine (server), "allowed-hosts", hosts, "allowed-origins",
                no_origins, NULL);
}

static gboolean
configure (SioServer *server, char **arguments)
{
  for (; *arguments != NULL; arguments++)
    if (g_str_equal (*arguments, "--strict"))
      make_strict (server);
    else if (!set_from_argument (server, *arguments))
      return FALSE;
  return TRUE;
}

static void
on_input_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_main_loop_quit (user_data);
}

int
main (int argc, char **argv)
{
  g_autoptr (SioServer) server = sio_server_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GError) error = NULL;
  char byte;

  signal (SIGPIPE, SIG_IGN);
  if (!configure (server, argv + 1))
    return 2;
  for (gsize i = 0; i < G_N_ELEMENTS (namespaces); i++)
    g_signal_connect (sio_server_of (server, namespaces[i]), "connection",
                      G_CALLBACK (on_connection), NULL);
  if (!sio_server_listen (server, address, NULL, &error))
    {
      g_printerr ("victim: %s\n", error->message);
      return 1;
    }
  g_print ("victim ready http://127.0.0.1:%u\n",
           eio_server_get_port (sio_server_get_engine (server)));
  g_input_stream_read_async (input, &byte, 1, G_PRIORITY_DEFAULT, NULL, on_input_ended, loop);
  g_main_loop_run (loop);
  sio_server_close (server);
  return 0;
}
