/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A store whose file is damaged: found out before anything is built on it. */

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "log/bridge-log.h"
#include "store/bridge-sqlite-store-private.h"

typedef enum {
  HEALTH_GOOD,
  HEALTH_DAMAGED,
  HEALTH_UNKNOWN, /* the disk or another process is in the way */
} Health;

static Health
health_of_code (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_OK:
    case SQLITE_ROW:
      return HEALTH_GOOD;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return HEALTH_DAMAGED;
    default:
      return HEALTH_UNKNOWN;
    }
}

/* why: transfer full, unless all is good. */
static Health
examine (const char *path, char **why)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *stmt = NULL;
  int code = sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  Health health;

  if (code == SQLITE_OK)
    code = sqlite3_prepare_v2 (handle, "PRAGMA quick_check (1)", -1, &stmt, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_step (stmt);
  health = health_of_code (code);
  if (health != HEALTH_GOOD)
    *why = g_strdup (handle != NULL ? sqlite3_errmsg (handle) : "out of memory");
  else if (g_strcmp0 ((const char *) sqlite3_column_text (stmt, 0), "ok") != 0)
    {
      *why = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
      health = HEALTH_DAMAGED;
    }
  sqlite3_finalize (stmt);
  sqlite3_close (handle);
  return health;
}

/* With what belongs to it; nothing is ever deleted. */
static gboolean
set_aside (const char *path, GError **error)
{
  static const char *const parts[] = { "-wal", "-shm", "" };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%SZ");

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *from = g_strconcat (path, parts[i], NULL);
      g_autofree char *to = g_strconcat (path, ".damaged-", stamp, parts[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        {
          g_set_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_OPEN, "%s: %s", from,
                       g_strerror (errno));
          return FALSE;
        }
    }
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) b, *(const char *const *) a);
}

/* Newest first: their names are times. */
static GPtrArray *
list_backups (const char *directory)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *backups = g_build_filename (directory, BRIDGE_BACKUPS, NULL);
  g_autoptr (GDir) dir = g_dir_open (backups, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, BRIDGE_BACKUP_PREFIX)
        && g_str_has_suffix (name, BRIDGE_BACKUP_SUFFIX))
      g_ptr_array_add (paths, g_build_filename (backups, name, NULL));
  g_ptr_array_sort (paths, compare_names);
  return paths;
}

static char *
find_backup (const char *directory)
{
  g_autoptr (GPtrArray) paths = list_backups (directory);

  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *why = NULL;

      if (examine (g_ptr_array_index (paths, i), &why) == HEALTH_GOOD)
        return g_strdup (g_ptr_array_index (paths, i));
    }
  return NULL;
}

gboolean
bridge_sqlite_heal (const char *directory, const char *path, GError **error)
{
  g_autofree char *why = NULL;
  g_autofree char *backup = NULL;
  GStatBuf info;

  /* An empty file is one that was never written to. */
  if (g_stat (path, &info) != 0 || info.st_size == 0)
    return TRUE;
  switch (examine (path, &why))
    {
    case HEALTH_GOOD:
      return TRUE;
    case HEALTH_UNKNOWN:
      g_set_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_OPEN, "%s: %s", path, why);
      return FALSE;
    case HEALTH_DAMAGED:
      break;
    }

  bridge_log (G_LOG_LEVEL_WARNING, "store-damaged", "path", path, "reason", why, NULL);
  backup = find_backup (directory);
  if (backup == NULL)
    {
      g_set_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_OPEN,
                   "%s is damaged (%s), and there is no backup", path, why);
      return FALSE;
    }
  if (!set_aside (path, error))
    return FALSE;
  if (!bridge_sqlite_backup (backup, path, error))
    return FALSE;
  bridge_log (G_LOG_LEVEL_WARNING, "store-replaced", "path", path, "backup", backup, NULL);
  return TRUE;
}
