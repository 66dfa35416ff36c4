/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the log says, as one state beside it in the file: a board opens from there. It is made by a thread
 * that reads the file as anybody would who opens it, with a replica of its own; so the main thread never
 * waits for it, and a state says what is on disk and nothing else. */
#include "draw-session-private.h"

/* Entries behind the last state that are worth a new one: so many, and a part of the whole, so that all the
 * states of a growing log cost as much as one reading of it. */
#define STATE_OPS 2000
#define STATE_PART 4

typedef struct {
  BoardReplica *replica;
  GCancellable *cancellable;
} Reading;

static gboolean
read_state (uint64_t seq, GBytes *bytes, gpointer data)
{
  Reading *reading = data;

  return board_replica_load_state (reading->replica, bytes, NULL)
         && board_replica_get_seq (reading->replica) == seq;
}

static gboolean
read_entry (uint64_t seq, const char *member, uint64_t counter, int64_t time_ms, const char *text,
            gpointer data, GError **error)
{
  Reading *reading = data;
  g_autoptr (BoardOp) op = text != NULL ? board_op_from_json (text, -1, NULL) : NULL;

  if (g_cancellable_set_error_if_cancelled (reading->cancellable, error))
    return FALSE;
  if ((text == NULL || op != NULL) &&
      board_replica_apply (reading->replica, seq, member, counter, time_ms, op))
    return TRUE;
  g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_DAMAGED, "an entry of the log cannot be read");
  return FALSE;
}

typedef struct {
  char *path;
  char *member;
  uint64_t seq; /* of what was made */
} Making;

static void
making_free (Making *making)
{
  g_free (making->path);
  g_free (making->member);
  g_free (making);
}

static void
make_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const DrawJournalLoader loader = { read_state, read_entry, NULL };
  Making *making = data;
  g_autoptr (BoardReplica) replica = board_replica_new (making->member);
  Reading reading = { replica, cancellable };
  GError *error = NULL;
  gboolean ok;

  board_replica_freeze_changes (replica);
  ok = draw_journal_read_log (making->path, &loader, &reading, &error);
  board_replica_thaw_changes (replica);
  if (!ok)
    {
      g_task_return_error (task, error);
      return;
    }
  making->seq = board_replica_get_seq (replica);
  g_task_return_pointer (task, board_replica_save_state (replica), (GDestroyNotify) g_bytes_unref);
}

void
draw_session_make_state_async (DrawSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, self->transfers, callback, user_data);
  Making *making = g_new0 (Making, 1);

  making->path = g_strdup (draw_journal_get_path (self->journal));
  making->member = g_strdup (self->member);
  g_task_set_source_tag (task, draw_session_make_state_async);
  g_task_set_task_data (task, making, (GDestroyNotify) making_free);
  g_task_run_in_thread (task, make_in_thread);
}

GBytes *
draw_session_make_state_finish (DrawSession *self, GAsyncResult *result, uint64_t *seq, GError **error)
{
  Making *making = g_task_get_task_data (G_TASK (result));

  *seq = making->seq;
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
draw_session_keep_state (DrawSession *self, uint64_t seq, GBytes *bytes)
{
  if (seq <= self->state_seq || self->closed)
    return;
  self->state_seq = seq;
  draw_journal_set_state (self->journal, seq, bytes);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  DrawSession *self = DRAW_SESSION (source);
  g_autoptr (GError) error = NULL;
  uint64_t seq;
  g_autoptr (GBytes) bytes = draw_session_make_state_finish (self, result, &seq, &error);

  /* After a failure it is as if it had been made: not at once again. */
  self->keeping_state = FALSE;
  if (bytes != NULL)
    draw_session_keep_state (self, seq, bytes);
  else
    {
      g_info ("no state of the log: %s", error->message);
      self->state_seq = board_replica_get_seq (self->replica);
    }
}

void
draw_session_consider_state (DrawSession *self)
{
  uint64_t seq = board_replica_get_seq (self->replica);
  uint64_t enough = MAX (STATE_OPS, seq / STATE_PART);

  /* While the log is still coming there would be a better one in a moment. */
  if (self->keeping_state || self->closed || self->state == DRAW_SHARE_CONNECTING ||
      seq < self->state_seq + enough)
    return;
  self->keeping_state = TRUE;
  draw_session_make_state_async (self, on_made, NULL);
}
