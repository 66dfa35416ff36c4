/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-file-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "draw-error.h"

struct _DrawFileLock {
  char *path;
  int fd;
};

/* Whether the locked file is still the one at the path: its last owner removes it, and a lock on what
 * was removed keeps nobody out. */
static gboolean
lock_is_in_place (DrawFileLock *lock)
{
  struct stat held, named;

  return fstat (lock->fd, &held) == 0 && stat (lock->path, &named) == 0 &&
         held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

static gboolean
lock_try (DrawFileLock *lock, GError **error)
{
  int saved;

  lock->fd = open (lock->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (lock->fd >= 0 && flock (lock->fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  saved = errno;
  if (lock->fd >= 0 && saved == EWOULDBLOCK)
    g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_BUSY,
                         _("This board is already open in another window or program."));
  else
    g_set_error (error, DRAW_ERROR, DRAW_ERROR_DISK, _("The board cannot be opened: %s"),
                 g_strerror (saved));
  return FALSE;
}

static void
lock_free (DrawFileLock *lock)
{
  if (lock->fd >= 0)
    close (lock->fd);
  g_free (lock->path);
  g_free (lock);
}

DrawFileLock *
draw_file_lock_take (const char *path, GError **error)
{
  DrawFileLock *lock;

  g_return_val_if_fail (path != NULL, NULL);

  lock = g_new0 (DrawFileLock, 1);
  lock->path = g_strconcat (path, ".lock", NULL);
  lock->fd = -1;
  while (lock_try (lock, error))
    {
      if (lock_is_in_place (lock))
        return lock;
      close (lock->fd);
      lock->fd = -1;
    }
  lock_free (lock);
  return NULL;
}

void
draw_file_lock_release (DrawFileLock *lock)
{
  if (lock == NULL)
    return;
  /* Removed while it is still held: nobody can have taken it in between. */
  unlink (lock->path);
  lock_free (lock);
}
