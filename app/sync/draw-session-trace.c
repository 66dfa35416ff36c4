/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The board knows who did something, the log when: a state has no times, so that it does not grow. All entries
 * that have the id in their text are looked at, which SQLite finds faster than anybody reads them. */
#include "draw-session-trace.h"

#include "draw-session-private.h"

typedef struct {
  char *path;
  char *element;
  DrawTrace trace;
} Search;

static void
search_free (Search *search)
{
  g_free (search->path);
  g_free (search->element);
  g_free (search);
}

/* An id may stand in a text by chance, or be referred to by something else. */
static gboolean
note_entry (uint64_t seq, const char *member, uint64_t counter, int64_t time_ms, const char *text,
            gpointer data, GError **error)
{
  Search *search = data;
  g_autoptr (BoardOp) op = text != NULL ? board_op_from_json (text, -1, NULL) : NULL;

  for (guint i = 0; op != NULL && i < board_op_get_n_changes (op); i++)
    {
      BoardChangeType type = board_op_get_change_type (op, i);

      if (g_strcmp0 (board_op_get_change_id (op, i), search->element) != 0)
        continue;
      if (type == BOARD_CHANGE_ADD)
        search->trace = (DrawTrace){ time_ms, 0 };
      else if (type == BOARD_CHANGE_SET)
        search->trace.changed = time_ms;
    }
  return TRUE;
}

static void
search_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Search *search = data;
  GError *error = NULL;

  if (draw_journal_find_entries (search->path, search->element, note_entry, search, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
draw_session_trace_async (DrawSession *self, const char *element, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Search *search;

  g_return_if_fail (DRAW_IS_SESSION (self) && element != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  search = g_new0 (Search, 1);
  search->path = g_strdup (draw_journal_get_path (self->journal));
  search->element = g_strdup (element);
  g_task_set_source_tag (task, draw_session_trace_async);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  g_task_run_in_thread (task, search_in_thread);
}

gboolean
draw_session_trace_finish (DrawSession *self, GAsyncResult *result, DrawTrace *trace, GError **error)
{
  Search *search;

  g_return_val_if_fail (g_task_is_valid (result, self) && trace != NULL, FALSE);

  search = g_task_get_task_data (G_TASK (result));
  *trace = search->trace;
  return g_task_propagate_boolean (G_TASK (result), error);
}
