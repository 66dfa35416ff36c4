/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/bridge-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "store/bridge-store.h"

int
bridge_lock_take (const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, "lock", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  int saved = errno;

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;

  if (fd < 0)
    g_set_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_OPEN, "%s: %s", path,
                 g_strerror (saved));
  else if (errno == EWOULDBLOCK)
    g_set_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_OPEN, "%s is used by another server",
                 directory);
  else
    g_set_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_OPEN, "%s: %s", path,
                 g_strerror (errno));
  if (fd >= 0)
    g_close (fd, NULL);
  return -1;
}
