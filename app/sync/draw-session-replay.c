/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The log from its beginning. A file has it whole where the board was made, or was joined when it was
 * small; who joined through a snapshot has what came after, and asks the server for what was before. Each
 * part is fed to the replay by a thread, one after the other. */
#include "draw-session-replay.h"

#include "draw-session-private.h"

/* Between two requests for a page: a server bears ten a second from a member. */
#define PAGE_INTERVAL_MS 110
#define PAGE_ENTRIES 10000
/* How often it is told how far it is. */
#define TELL_US (100 * 1000)

typedef struct {
  uint64_t counter;
  BoardOp *op;
} Pending;

typedef struct {
  /* constant */
  char *path;
  char *board;
  char *member;
  BoardKey key;
  uint64_t end; /* position of the last entry, when it was asked for */
  GPtrArray *shown;
  GArray *pending; /* Pending */
  GCancellable *cancellable;
  DrawReplayProgressFunc progress;
  gpointer progress_data;

  /* of the thread that reads, while one does */
  BoardReplay *replay;
  uint64_t position;    /* that was fed last */
  uint64_t own_counter; /* the last own one that was fed */
  uint64_t missing;     /* entries before the file's log */
  int64_t told;         /* monotonic us */
  JsonArray *page;
  gboolean whole;

  int64_t asked; /* monotonic us, when a page was asked for */
} Reading;

static void
pending_clear (gpointer data)
{
  board_op_unref (((Pending *) data)->op);
}

static void
reading_free (Reading *self)
{
  board_key_clear (&self->key);
  g_free (self->path);
  g_free (self->board);
  g_free (self->member);
  g_ptr_array_unref (self->shown);
  g_array_unref (self->pending);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->replay, board_replay_free);
  g_clear_pointer (&self->page, json_array_unref);
  g_free (self);
}

static Reading *
reading_new (DrawSession *session, GCancellable *cancellable)
{
  Reading *self = g_new0 (Reading, 1);
  guint n = board_replica_get_n_pending (session->replica);

  self->path = g_strdup (draw_journal_get_path (session->journal));
  self->board = g_strdup (session->board);
  self->member = g_strdup (session->member);
  self->key = session->key;
  self->end = board_replica_get_seq (session->replica);
  self->shown = board_document_query (draw_session_get_document (session), NULL);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->pending = g_array_sized_new (FALSE, FALSE, sizeof (Pending), n);
  g_array_set_clear_func (self->pending, pending_clear);
  for (guint i = 0; i < n; i++)
    {
      Pending pending;

      pending.op = board_op_ref (board_replica_get_pending (session->replica, i, &pending.counter));
      g_array_append_val (self->pending, pending);
    }
  return self;
}

/* --- Telling ------------------------------------------------------------------------------------ */

typedef struct {
  GTask *task;
  double fraction;
} Telling;

static void
telling_free (gpointer data)
{
  g_object_unref (((Telling *) data)->task);
  g_free (data);
}

static gboolean
on_tell (gpointer data)
{
  Telling *telling = data;
  Reading *self = g_task_get_task_data (telling->task);

  if (!g_task_get_completed (telling->task) && !g_cancellable_is_cancelled (self->cancellable))
    self->progress (telling->fraction, self->progress_data);
  return G_SOURCE_REMOVE;
}

/* Any thread. task: the whole reading's. */
static void
tell (Reading *self, GTask *task)
{
  int64_t now = g_get_monotonic_time ();
  Telling *telling;

  if (self->progress == NULL || self->end == 0 || now < self->told + TELL_US)
    return;
  self->told = now;
  telling = g_new (Telling, 1);
  telling->task = g_object_ref (task);
  telling->fraction = MIN (1, (double) self->position / (double) self->end);
  g_main_context_invoke_full (g_task_get_context (task), G_PRIORITY_DEFAULT, on_tell, telling,
                              telling_free);
}

/* --- Feeding, in threads ------------------------------------------------------------------------ */

static gboolean
begin (Reading *self, GBytes *state, GError **error)
{
  g_clear_pointer (&self->replay, board_replay_free);
  self->replay = board_replay_new (state, 0, error);
  self->position = 0;
  self->own_counter = 0;
  if (self->replay != NULL)
    board_replay_share (self->replay, self->shown);
  return self->replay != NULL;
}

static void
feed (Reading *self, uint64_t seq, const char *member, uint64_t counter, int64_t time, BoardOp *op)
{
  self->position = seq;
  if (g_str_equal (member, self->member))
    self->own_counter = counter;
  board_replay_feed (self->replay, seq, member, time, op);
}

static void
finish (Reading *self)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      const Pending *pending = &g_array_index (self->pending, Pending, i);

      if (pending->counter > self->own_counter)
        board_replay_feed (self->replay, 0, self->member, 0, pending->op);
    }
  board_replay_finish (self->replay);
}

/* data: a thread's own task, whose data is that of the whole reading. */
static gboolean
feed_entry (uint64_t seq, const char *member, uint64_t counter, int64_t time_ms, const char *text,
            gpointer data, GError **error)
{
  GTask *task = data;
  Reading *self = g_task_get_task_data (task);
  g_autoptr (BoardOp) op = text != NULL ? board_op_from_json (text, -1, NULL) : NULL;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  feed (self, seq, member, counter, time_ms, op);
  tell (self, task);
  return TRUE;
}

static gboolean
take_state (uint64_t seq, GBytes *bytes, gpointer data)
{
  Reading *self = g_task_get_task_data (data);

  return begin (self, bytes, NULL);
}

/* From the state that the file has: what was before cannot be had. */
static gboolean
feed_from_state (GTask *task, Reading *self, GError **error)
{
  const DrawJournalLoader loader = { take_state, feed_entry, NULL };

  self->whole = FALSE;
  if (!draw_journal_read_log (self->path, &loader, task, error))
    return FALSE;
  finish (self);
  return TRUE;
}

/* The rest, behind what came from the server, or all of it. */
static gboolean
feed_log (GTask *task, Reading *self, GError **error)
{
  self->whole = TRUE;
  if (!draw_journal_read_entries (self->path, self->missing, feed_entry, task, error))
    return FALSE;
  finish (self);
  return TRUE;
}

static gboolean
feed_page (GTask *task, Reading *self, GError **error)
{
  guint n = json_array_get_length (self->page);

  for (guint i = 0; i < n && self->position < self->missing; i++)
    {
      g_autoptr (BoardOp) op = NULL;
      BoardEntry entry;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error)
          || !board_entry_parse (json_array_get_element (self->page, i), &entry, error))
        return FALSE;
      op = board_sealed_op_open (&self->key, self->board, entry.member, entry.counter, entry.body, NULL,
                                 NULL);
      feed (self, self->position + 1, entry.member, entry.counter, entry.time, op);
    }
  tell (self, task);
  return TRUE;
}

/* Where the log begins; what is whole here is read at once. */
static gboolean
look (GTask *task, Reading *self, GError **error)
{
  uint64_t first, state;

  if (!draw_journal_read_extent (self->path, &first, &state, error))
    return FALSE;
  self->missing = first > 0 ? first - 1 : state;
  return begin (self, NULL, error) && (self->missing > 0 || feed_log (task, self, error));
}

/* --- One part after the other ------------------------------------------------------------------- */

typedef gboolean (*PartFunc) (GTask *task, Reading *self, GError **error);

/* What runs in a thread, and what follows it. */
typedef struct {
  GTask *whole; /* owned */
  PartFunc func;
  void (*then) (GTask *whole);
  gboolean can_fail; /* the file's state stands in for it */
} Part;

static void ask_for_page (GTask *whole);

static void
part_free (gpointer data)
{
  g_object_unref (((Part *) data)->whole);
  g_free (data);
}

static void
run_part (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Part *part = data;
  GError *error = NULL;

  if (part->func (part->whole, g_task_get_task_data (part->whole), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void start_part (GTask *whole, PartFunc func, void (*then) (GTask *whole), gboolean can_fail);

static void
return_replay (GTask *whole)
{
  Reading *self = g_task_get_task_data (whole);

  g_task_return_pointer (whole, g_steal_pointer (&self->replay), (GDestroyNotify) board_replay_free);
  g_object_unref (whole);
}

static void
return_error (GTask *whole, GError *error)
{
  g_task_return_error (whole, error);
  g_object_unref (whole);
}

static void
on_part_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Part *part = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    part->then (part->whole);
  else if (!part->can_fail || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return_error (part->whole, error);
  else
    {
      g_info ("the log before this file's cannot be used: %s", error->message);
      g_error_free (error);
      start_part (part->whole, feed_from_state, return_replay, FALSE);
    }
}

static void
start_part (GTask *whole, PartFunc func, void (*then) (GTask *whole), gboolean can_fail)
{
  g_autoptr (GTask) task = g_task_new (g_task_get_source_object (whole), NULL, on_part_done, NULL);
  Part *part = g_new (Part, 1);

  *part = (Part){ g_object_ref (whole), func, then, can_fail };
  g_task_set_source_tag (task, start_part);
  g_task_set_task_data (task, part, part_free);
  g_task_run_in_thread (task, run_part);
}

static void
on_page_fed (GTask *whole)
{
  Reading *self = g_task_get_task_data (whole);

  if (self->position < self->missing)
    ask_for_page (whole);
  else
    start_part (whole, feed_log, return_replay, FALSE);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *whole = data;
  Reading *self = g_task_get_task_data (whole);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->page, json_array_unref);
  self->page = draw_session_ask_history_finish (DRAW_SESSION (source), result, self->position + 1, &error);
  if (self->page != NULL)
    {
      start_part (whole, feed_page, on_page_fed, TRUE);
      return;
    }
  g_info ("the server has no log for us: %s", error->message);
  start_part (whole, feed_from_state, return_replay, FALSE);
}

static gboolean
on_time_to_ask (gpointer data)
{
  GTask *whole = data;
  Reading *self = g_task_get_task_data (whole);
  DrawSession *session = g_task_get_source_object (whole);

  self->asked = g_get_monotonic_time ();
  draw_session_ask_history_async (session, self->position + 1,
                                  (guint) MIN (self->missing - self->position, PAGE_ENTRIES), self->cancellable,
                                  on_page, whole);
  return G_SOURCE_REMOVE;
}

static void
ask_for_page (GTask *whole)
{
  Reading *self = g_task_get_task_data (whole);
  int64_t wait = self->asked + PAGE_INTERVAL_MS * 1000 - g_get_monotonic_time ();

  if (wait > 0)
    g_timeout_add ((guint) (wait / 1000 + 1), on_time_to_ask, whole);
  else
    on_time_to_ask (whole);
}

static void
on_looked (GTask *whole)
{
  Reading *self = g_task_get_task_data (whole);

  if (self->missing > 0)
    ask_for_page (whole);
  else
    return_replay (whole);
}

/* --- Public ------------------------------------------------------------------------------------- */

void
draw_session_read_replay_async (DrawSession *self, GCancellable *cancellable,
                                DrawReplayProgressFunc progress, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Reading *reading;
  GTask *task;

  g_return_if_fail (DRAW_IS_SESSION (self) && !self->closed);

  reading = reading_new (self, cancellable);
  reading->progress = progress;
  reading->progress_data = user_data;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, draw_session_read_replay_async);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  start_part (task, look, on_looked, FALSE);
}

BoardReplay *
draw_session_read_replay_finish (DrawSession *self, GAsyncResult *result, gboolean *whole, GError **error)
{
  Reading *reading;

  g_return_val_if_fail (g_task_is_valid (result, self) && whole != NULL, NULL);

  reading = g_task_get_task_data (G_TASK (result));
  *whole = reading->whole;
  return g_task_propagate_pointer (G_TASK (result), error);
}
