/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-session-removal.h"

#include "board/board-rollback.h"
#include "draw-log-reader.h"
#include "draw-session-private.h"

/* An id has 64 bytes at most: so many of them are far below what can be sealed. */
#define OP_CHANGES 2000

typedef struct {
  char *path;
  char *member;
  uint64_t end;            /* position of the last entry when it was asked for */
  BoardRollback *rollback; /* nullable: once the log was fed to it */
  guint n;                 /* changes that were submitted */
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_clear_pointer (&removal->rollback, board_rollback_free);
  g_free (removal->path);
  g_free (removal->member);
  g_free (removal);
}

/* --- By the log --------------------------------------------------------------------------------- */

/* data: the task. */
static void
begin_log (gpointer data)
{
  Removal *removal = g_task_get_task_data (data);

  g_clear_pointer (&removal->rollback, board_rollback_free);
  removal->rollback = board_rollback_new (removal->member);
}

static gboolean
feed_entry (uint64_t seq, const char *member, uint64_t counter, int64_t time_ms, const char *text,
            gpointer data, GError **error)
{
  Removal *removal = g_task_get_task_data (data);
  g_autoptr (BoardOp) op = text != NULL ? board_op_from_json (text, -1, NULL) : NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (data), error))
    return FALSE;
  board_rollback_feed (removal->rollback, member, counter, time_ms, op);
  return TRUE;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  static const DrawLogTaker taker = { begin_log, feed_entry };
  Removal *removal = data;
  g_autoptr (GError) error = NULL;

  if (!draw_log_read_whole (removal->path, removal->end, &taker, task, &error))
    g_clear_pointer (&removal->rollback, board_rollback_free);
  if (error != NULL && error->domain == G_IO_ERROR)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/* --- By what is known of authors ---------------------------------------------------------------- */

/* What takes away all that the member put on the board. */
static GPtrArray *
make_removal (DrawSession *self, const char *member)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) board_op_unref);
  g_autoptr (GPtrArray) elements = board_document_query (draw_session_get_document (self), NULL);
  guint n = 0;

  for (guint i = 0; i < elements->len; i++)
    {
      const char *id = board_element_get_id (g_ptr_array_index (elements, i));
      const char *author = NULL, *writer = NULL;

      if (!board_replica_get_authors (self->replica, id, &author, &writer) || g_strcmp0 (author, member) != 0)
        continue;
      if (n++ % OP_CHANGES == 0)
        g_ptr_array_add (ops, board_op_new ());
      board_op_remove_element (g_ptr_array_index (ops, ops->len - 1), id);
    }
  return ops;
}

/* --- Both --------------------------------------------------------------------------------------- */

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  DrawSession *self = DRAW_SESSION (source);
  g_autoptr (GTask) task = data;
  Removal *removal = g_task_get_task_data (G_TASK (result));
  g_autoptr (GPtrArray) ops = NULL;
  guint *n = g_new0 (guint, 1);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error) && !self->closed)
    ops = removal->rollback != NULL
              ? board_rollback_finish (removal->rollback, draw_session_get_document (self))
              : make_removal (self, removal->member);
  for (guint i = 0; ops != NULL && i < ops->len && error == NULL; i++)
    if (draw_session_submit (self, g_ptr_array_index (ops, i), &error) > 0)
      *n += board_op_get_n_changes (g_ptr_array_index (ops, i));
  if (error == NULL)
    g_task_return_pointer (task, n, g_free);
  else
    {
      g_free (n);
      g_task_return_error (task, error);
    }
}

void
draw_session_roll_back_member_async (DrawSession *self, const char *member, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) reading = NULL;
  Removal *removal;
  GTask *task;

  g_return_if_fail (DRAW_IS_SESSION (self) && member != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, draw_session_roll_back_member_async);
  removal = g_new0 (Removal, 1);
  removal->path = g_strdup (draw_journal_get_path (self->journal));
  removal->member = g_strdup (member);
  removal->end = board_replica_get_seq (self->replica);
  reading = g_task_new (self, cancellable, on_read, task);
  g_task_set_task_data (reading, removal, removal_free);
  g_task_run_in_thread (reading, read_in_thread);
}

gboolean
draw_session_roll_back_member_finish (DrawSession *self, GAsyncResult *result, guint *n, GError **error)
{
  g_autofree guint *changes = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self) && n != NULL, FALSE);

  changes = g_task_propagate_pointer (G_TASK (result), error);
  *n = changes != NULL ? *changes : 0;
  return changes != NULL;
}
