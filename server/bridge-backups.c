/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bridge-backups.h"

#include <glib/gstdio.h>
#include <string.h>

#include "log/bridge-log.h"
#include "log/bridge-metrics.h"

struct _BridgeBackups {
  char *directory;
  BridgeStore *store;   /* owned */
  GCancellable *ending; /* owned */
  guint kept;
  guint source;
  gboolean busy;
  int64_t ops; /* that were counted at the last backup */
};

/* A backup under way; it may outlive who asked for it. */
typedef struct {
  BridgeBackups *backups; /* borrowed, gone when ending is cancelled */
  GCancellable *ending;   /* owned */
  int64_t ops;
} Round;

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names are times: the oldest come first. */
static void
prune (BridgeBackups *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (self->directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, BRIDGE_BACKUP_PREFIX)
        && g_str_has_suffix (name, BRIDGE_BACKUP_SUFFIX))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i + self->kept < names->len; i++)
    {
      g_autofree char *path
          = g_build_filename (self->directory, g_ptr_array_index (names, i), NULL);

      g_unlink (path);
    }
}

static void
on_backed_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Round *round = user_data;
  g_autoptr (GCancellable) ending = round->ending;
  g_autoptr (GError) error = NULL;
  gboolean ok = bridge_store_backup_finish (BRIDGE_STORE (source), result, &error);

  if (!ok)
    bridge_log (G_LOG_LEVEL_WARNING, "backup-failed", "reason", error->message, NULL);
  if (g_cancellable_is_cancelled (ending))
    return;
  round->backups->busy = FALSE;
  if (!ok)
    return;
  round->backups->ops = round->ops;
  prune (round->backups);
}

static gboolean
on_due (gpointer user_data)
{
  BridgeBackups *self = user_data;
  int64_t ops = bridge_count_get (BRIDGE_COUNT_OPS);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  Round *round;

  if (self->busy || ops == self->ops || g_mkdir_with_parents (self->directory, 0700) != 0)
    return G_SOURCE_CONTINUE;

  stamp = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  name = g_strconcat (BRIDGE_BACKUP_PREFIX, stamp, BRIDGE_BACKUP_SUFFIX, NULL);
  path = g_build_filename (self->directory, name, NULL);
  round = g_new0 (Round, 1);
  round->backups = self;
  round->ending = g_object_ref (self->ending);
  round->ops = ops;
  self->busy = TRUE;
  bridge_store_backup_async (self->store, path, on_backed_up, round);
  return G_SOURCE_CONTINUE;
}

BridgeBackups *
bridge_backups_new (const char *data_dir, BridgeStore *store, const BridgeLimits *limits)
{
  BridgeBackups *self;

  g_return_val_if_fail (data_dir != NULL && BRIDGE_IS_STORE (store) && limits != NULL, NULL);

  self = g_new0 (BridgeBackups, 1);
  self->directory = g_build_filename (data_dir, BRIDGE_BACKUPS, NULL);
  self->store = g_object_ref (store);
  self->ending = g_cancellable_new ();
  self->kept = (guint) limits->backups_kept;
  if (limits->backups_kept > 0)
    self->source = g_timeout_add_seconds ((guint) limits->backup_interval, on_due, self);
  return self;
}

void
bridge_backups_free (BridgeBackups *self)
{
  if (self == NULL)
    return;

  g_cancellable_cancel (self->ending);
  g_clear_handle_id (&self->source, g_source_remove);
  g_object_unref (self->ending);
  g_object_unref (self->store);
  g_free (self->directory);
  g_free (self);
}
