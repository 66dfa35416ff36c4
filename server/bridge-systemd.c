/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bridge-systemd.h"

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define FIRST_FD 3
#define MAX_FDS 64

/* How many were passed to this very process, not to its parent. */
static guint
count_fds (void)
{
  guint64 pid = 0, n = 0;
  const char *pid_text = g_getenv ("LISTEN_PID");
  const char *n_text = g_getenv ("LISTEN_FDS");

  if (pid_text == NULL || n_text == NULL
      || !g_ascii_string_to_unsigned (pid_text, 10, 1, G_MAXINT32, &pid, NULL)
      || !g_ascii_string_to_unsigned (n_text, 10, 1, MAX_FDS, &n, NULL) || (pid_t) pid != getpid ())
    n = 0;
  g_unsetenv ("LISTEN_PID");
  g_unsetenv ("LISTEN_FDS");
  g_unsetenv ("LISTEN_FDNAMES");
  return (guint) n;
}

static gboolean
is_listening_tcp (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, NULL);
  int listening = 0;

  return g_socket_get_socket_type (socket) == G_SOCKET_TYPE_STREAM && address != NULL
         && G_IS_INET_SOCKET_ADDRESS (address)
         && g_socket_get_option (socket, SOL_SOCKET, SO_ACCEPTCONN, &listening, NULL)
         && listening != 0;
}

GPtrArray *
bridge_systemd_take_sockets (GError **error)
{
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = count_fds ();

  for (guint i = 0; i < n; i++)
    {
      int fd = FIRST_FD + (int) i;
      GSocket *socket = NULL;

      if (fcntl (fd, F_SETFD, FD_CLOEXEC) == 0)
        socket = g_socket_new_from_fd (fd, NULL);
      if (socket != NULL)
        g_ptr_array_add (sockets, socket);
      if (socket == NULL || !is_listening_tcp (socket))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "descriptor %d that was passed is no listening TCP socket", fd);
          return NULL;
        }
    }
  return g_steal_pointer (&sockets);
}

void
bridge_systemd_notify (const char *state)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  gsize length;
  int fd;

  g_return_if_fail (state != NULL);

  length = path != NULL ? strlen (path) : 0;
  if (length < 2 || length >= sizeof address.sun_path || (path[0] != '/' && path[0] != '@'))
    return;
  memcpy (address.sun_path, path, length);
  if (path[0] == '@')
    address.sun_path[0] = '\0';
  fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return;
  sendto (fd, state, strlen (state), MSG_NOSIGNAL | MSG_DONTWAIT, (struct sockaddr *) &address,
          (socklen_t) (offsetof (struct sockaddr_un, sun_path) + length));
  close (fd);
}
