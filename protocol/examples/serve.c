/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "serve.h"

#include <stdlib.h>

int
serve (SioServer *server, int argc, char *argv[])
{
  guint16 port = argc > 1 ? atoi (argv[1]) : 3000;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoptr (GError) error = NULL;

  if (!sio_server_listen (server, address, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  g_print ("http://127.0.0.1:%u\n", eio_server_get_port (sio_server_get_engine (server)));
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}
