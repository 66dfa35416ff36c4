/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The log before a snapshot. Who joined through one has believed whoever made it: its hash says that it is whole, not that
 * it is true. So the log before it is fetched later on, when nobody waits for it, and what it says is compared with what is
 * shown, byte by byte. If that is not the same the log is right: what it says is shown instead, and the person is told.
 * Nobody else is believed on the way, so whoever says false things about a board can bring others to read a log once.
 *
 * It comes page by page from its end to its beginning, so that what the file has of the log is in one piece at any
 * moment, and the next connection goes on where this one ended.
 *
 * Transitions of the stage, all through set_stage():
 *
 *   IDLE     -> LOOKING   online, and the file began with a snapshot; or somebody has another board at the same position
 *   LOOKING  -> FETCHING  the file's log begins later than the board's
 *   LOOKING  -> CHECKING  it is whole
 *   FETCHING -> CHECKING  it is whole now
 *   CHECKING -> CHECKING  the log says something else: once more, without a server that lets it grow
 *   CHECKING -> PROVEN    what is shown is what the log says, or is now
 *   LOOKING, FETCHING, CHECKING -> IDLE  the connection is gone, or there is no log to be had
 */
#include "draw-session-past.h"

#include <glib/gi18n.h>

#include "board/board-message.h"
#include "board/board-saved-state.h"
#include "draw-log-reader.h"
#include "draw-session-private.h"

/* After joining there is more urgent work than this. */
#define BEGIN_MS 2000
/* Between two pages: while nobody waits for them, and when there is a doubt (a server bears ten a second). */
#define PAUSE_MS 500
#define URGENT_MS 110
/* When it has enough of us: a replay is read at the same time, perhaps. */
#define REFUSED_MS 2000
#define FIRST_PAGE 64
#define MAX_PAGE 2048

static gboolean on_past_timer (gpointer data);

static void
set_stage (DrawSession *self, DrawPastStage stage)
{
  g_clear_handle_id (&self->past.timer, g_source_remove);
  self->past.stage = stage;
}

/* The next step of this stage, in so many ms. */
static void
schedule (DrawSession *self, guint ms)
{
  g_clear_handle_id (&self->past.timer, g_source_remove);
  self->past.timer = g_timeout_add (ms, on_past_timer, self);
}

static guint
get_pause (DrawSession *self)
{
  return self->past.urgent ? URGENT_MS : PAUSE_MS;
}

static void
begin (DrawSession *self, DrawPastStage stage, guint ms)
{
  g_clear_object (&self->past.cancellable);
  self->past.cancellable = g_cancellable_new ();
  set_stage (self, stage);
  schedule (self, ms);
}

static void
end (DrawSession *self)
{
  g_cancellable_cancel (self->past.cancellable);
  g_clear_object (&self->past.cancellable);
  set_stage (self, self->past.stage == DRAW_PAST_PROVEN ? DRAW_PAST_PROVEN : DRAW_PAST_IDLE);
}

void
draw_session_stop_past (DrawSession *self)
{
  end (self);
  self->past.alone = FALSE;
}

/* Not before the board is opened anew. error: nullable. */
static void
give_up (DrawSession *self, const GError *error)
{
  g_info ("the log before the snapshot cannot be had: %s", error != NULL ? error->message : "no answer");
  end (self);
  self->past.given_up = TRUE;
}

/* Whether what has come to an end is what is under way. */
static gboolean
is_current (DrawSession *self, GAsyncResult *result)
{
  return self->past.cancellable != NULL && g_task_get_cancellable (G_TASK (result)) == self->past.cancellable;
}

/* --- What is missing ------------------------------------------------------------------------------ */

typedef struct {
  char *path;
  uint64_t first; /* of the file's log; 0: nothing is written yet */
} Look;

static void
look_free (gpointer data)
{
  g_free (((Look *) data)->path);
  g_free (data);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Look *look = data;
  uint64_t state;
  GError *error = NULL;

  if (!draw_journal_read_extent (look->path, &look->first, &state, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (look->first == 0 && state > 0)
    look->first = state + 1;
  g_task_return_boolean (task, TRUE);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  DrawSession *self = DRAW_SESSION (source);
  Look *look = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!is_current (self, result))
    return;
  self->past.first = look->first;
  self->past.page = FIRST_PAGE;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    give_up (self, error);
  else if (look->first == 0)
    schedule (self, get_pause (self));
  else
    {
      set_stage (self, look->first > 1 ? DRAW_PAST_FETCHING : DRAW_PAST_CHECKING);
      schedule (self, 0);
    }
}

static void
look (DrawSession *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->past.cancellable, on_looked, NULL);
  Look *look = g_new0 (Look, 1);

  look->path = g_strdup (draw_journal_get_path (self->journal));
  g_task_set_source_tag (task, look_in_thread);
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, look_in_thread);
}

/* --- Pages of it ----------------------------------------------------------------------------------- */

void
draw_session_ask_history_async (DrawSession *self, uint64_t first, guint n, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  SioArgs *args = sio_args_new ();

  sio_args_add_int (args, (int64_t) first);
  sio_args_add_int (args, (int64_t) n);
  draw_session_ask (self, BOARD_EVENT_HISTORY, args, cancellable, callback, user_data);
}

/* The answer is {first, ops}. */
JsonArray *
draw_session_ask_history_finish (DrawSession *self, GAsyncResult *result, uint64_t first, GError **error)
{
  g_autoptr (SioArgs) answer = draw_session_ask_take (self, result, error);
  JsonNode *node = answer != NULL && sio_args_get_size (answer) == 1 ? sio_args_get_node (answer, 0) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *position = object != NULL ? json_object_get_member (object, "first") : NULL;
  JsonNode *ops = object != NULL ? json_object_get_member (object, "ops") : NULL;

  if (answer == NULL)
    return NULL;
  if (position != NULL && ops != NULL && JSON_NODE_HOLDS_ARRAY (ops) &&
      json_node_get_value_type (position) == G_TYPE_INT64 && json_node_get_int (position) == (int64_t) first &&
      json_array_get_length (json_node_get_array (ops)) > 0)
    return json_array_ref (json_node_get_array (ops));
  g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_SERVER, "a strange answer");
  return NULL;
}

/* --- Fetching it ---------------------------------------------------------------------------------- */

typedef struct {
  char *member;
  uint64_t counter;
  int64_t time;
  char *text; /* NULL: nobody could open it, or it is no op */
} Opened;

typedef struct {
  BoardKey key;
  char *board;
  uint64_t first;
  JsonArray *entries;
  GArray *opened; /* Opened */
} Page;

static void
opened_clear (gpointer data)
{
  g_free (((Opened *) data)->member);
  g_free (((Opened *) data)->text);
}

static void
page_free (gpointer data)
{
  Page *page = data;

  board_key_clear (&page->key);
  g_free (page->board);
  json_array_unref (page->entries);
  g_array_unref (page->opened);
  g_free (page);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Page *page = data;
  GError *error = NULL;

  for (guint i = 0; i < json_array_get_length (page->entries); i++)
    {
      Opened opened = { NULL };
      BoardEntry entry;
      g_autoptr (BoardOp) op = NULL;

      if (!board_entry_parse (json_array_get_element (page->entries, i), &entry, &error))
        {
          g_task_return_error (task, error);
          return;
        }
      op = board_sealed_op_open (&page->key, page->board, entry.member, entry.counter, entry.body, &opened.text,
                                 NULL);
      if (op == NULL)
        g_clear_pointer (&opened.text, g_free);
      opened.member = g_strdup (entry.member);
      opened.counter = entry.counter;
      opened.time = entry.time;
      g_array_append_val (page->opened, opened);
    }
  g_task_return_boolean (task, TRUE);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  DrawSession *self = DRAW_SESSION (source);
  Page *page = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!is_current (self, result))
    return;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      give_up (self, error);
      return;
    }
  for (guint i = page->opened->len; i-- > 0;)
    {
      const Opened *opened = &g_array_index (page->opened, Opened, i);

      draw_journal_add_entry (self->journal, page->first + i, opened->member, opened->counter, opened->time,
                              opened->text, FALSE);
    }
  self->past.first = page->first;
  if (page->first == 1)
    set_stage (self, DRAW_PAST_CHECKING);
  schedule (self, get_pause (self));
}

/* entries: all from that position to where the file's log begins. */
static void
open_page (DrawSession *self, uint64_t first, JsonArray *entries)
{
  g_autoptr (GTask) task = g_task_new (self, self->past.cancellable, on_opened, NULL);
  Page *page = g_new0 (Page, 1);

  page->key = self->key;
  page->board = g_strdup (self->board);
  page->first = first;
  page->entries = json_array_ref (entries);
  page->opened = g_array_new (FALSE, FALSE, sizeof (Opened));
  g_array_set_clear_func (page->opened, opened_clear);
  g_task_set_source_tag (task, open_in_thread);
  g_task_set_task_data (task, page, page_free);
  g_task_run_in_thread (task, open_in_thread);
}

/* How many entries a page holds depends on how large they are: fewer are asked for until all of them come. */
static void
on_page (GObject *source, GAsyncResult *result, gpointer data)
{
  DrawSession *self = DRAW_SESSION (source);
  g_autoptr (GError) error = NULL;
  uint64_t asked = MIN (self->past.page, self->past.first - 1);
  g_autoptr (JsonArray) entries = NULL;

  if (!is_current (self, result))
    return;
  entries = draw_session_ask_history_finish (self, result, self->past.first - asked, &error);
  if (g_error_matches (error, DRAW_ERROR, DRAW_ERROR_REFUSED))
    schedule (self, REFUSED_MS);
  else if (entries == NULL || json_array_get_length (entries) > asked)
    give_up (self, error);
  else if (json_array_get_length (entries) < asked)
    {
      self->past.page = MAX (1, (guint) asked / 2);
      schedule (self, URGENT_MS);
    }
  else
    {
      self->past.page = MIN (self->past.page * 2, MAX_PAGE);
      open_page (self, self->past.first - asked, entries);
    }
}

static void
fetch (DrawSession *self)
{
  uint64_t n = MIN (self->past.page, self->past.first - 1);

  if (draw_journal_is_behind (self->journal))
    schedule (self, get_pause (self));
  else
    draw_session_ask_history_async (self, self->past.first - n, (guint) n, self->past.cancellable, on_page, NULL);
}

/* --- Comparing it ---------------------------------------------------------------------------------- */

typedef struct {
  char *path;
  char *member;
  uint64_t seq;
  GBytes *shown; /* what the file's state and the log behind it say at that position */
  char *hash;    /* of what the session has there; NULL: not known any more */
  BoardReplica *replica; /* what the log says */
  GBytes *said;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_free (check->path);
  g_free (check->member);
  g_free (check->hash);
  g_clear_pointer (&check->shown, g_bytes_unref);
  g_clear_pointer (&check->said, g_bytes_unref);
  g_clear_object (&check->replica);
  g_free (check);
}

static void
begin_log (gpointer data)
{
  Check *check = g_task_get_task_data (data);

  g_clear_object (&check->replica);
  check->replica = board_replica_new (check->member);
  board_replica_freeze_changes (check->replica);
}

static gboolean
take_entry (uint64_t seq, const char *member, uint64_t counter, int64_t time_ms, const char *text, gpointer data,
            GError **error)
{
  Check *check = g_task_get_task_data (data);
  g_autoptr (BoardOp) op = text != NULL && seq <= check->seq ? board_op_from_json (text, -1, NULL) : NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (data), error))
    return FALSE;
  if (seq <= check->seq)
    board_replica_apply (check->replica, seq, member, counter, time_ms, op);
  return TRUE;
}

/* Returns NULL when it is the same, else what the log says. */
static void
check_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  static const DrawLogTaker taker = { begin_log, take_entry };
  Check *check = data;
  GError *error = NULL;
  g_autofree char *hash = NULL;
  BoardSavedState *saved = NULL;

  if (draw_log_read_whole (check->path, check->seq, &taker, task, &error))
    {
      board_replica_thaw_changes (check->replica);
      check->said = board_replica_save_state (check->replica);
      hash = board_replica_dup_confirmed_hash (check->replica);
      if (!g_bytes_equal (check->said, check->shown) || (check->hash != NULL && !g_str_equal (hash, check->hash)))
        saved = board_saved_state_new (check->said, &error);
    }
  g_clear_object (&check->replica);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, saved, (GDestroyNotify) board_saved_state_free);
}

static void
prove (DrawSession *self)
{
  g_clear_object (&self->past.cancellable);
  set_stage (self, DRAW_PAST_PROVEN);
  draw_journal_set_meta (self->journal, DRAW_META_SNAPSHOT, NULL);
}

/* saved: (transfer full) */
static void
heal (DrawSession *self, const Check *check, BoardSavedState *saved)
{
  board_replica_take_state (self->replica, saved, NULL);
  self->state_seq = check->seq;
  draw_journal_set_state (self->journal, check->seq, check->said);
  draw_session_forget_hashes (self);
  prove (self);
  draw_session_take_trouble (self, g_error_new_literal (DRAW_ERROR, DRAW_ERROR_UNTRUE,
                                                        _("What was shown here was not what the board’s log says. "
                                                          "The board was read anew from the log.")));
}

/* While a server goes on with the log nobody can put another state in the place of what is shown. */
static void
check_alone (DrawSession *self)
{
  draw_session_hang_up (self);
  begin (self, DRAW_PAST_CHECKING, URGENT_MS);
  self->past.alone = TRUE;
}

static void
end_alone (DrawSession *self)
{
  if (!self->past.alone)
    return;
  self->past.alone = FALSE;
  draw_session_reconnect_now (self);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  DrawSession *self = DRAW_SESSION (source);
  Check *check = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (BoardSavedState) saved = NULL;

  if (!is_current (self, result))
    return;
  saved = g_task_propagate_pointer (G_TASK (result), &error);
  if (error != NULL)
    give_up (self, error);
  else if (saved == NULL)
    prove (self);
  else if (self->connection == NULL && check->seq == board_replica_get_seq (self->replica))
    heal (self, check, g_steal_pointer (&saved));
  else
    {
      check_alone (self);
      return;
    }
  end_alone (self);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  DrawSession *self = DRAW_SESSION (source);
  g_autoptr (GTask) task = data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;

  check->shown = draw_session_make_state_finish (self, result, &check->seq, &error);
  if (check->shown == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  check->hash = g_strdup (draw_session_find_hash (self, check->seq));
  g_task_run_in_thread (task, check_in_thread);
}

static void
check (DrawSession *self)
{
  GTask *task = g_task_new (self, self->past.cancellable, on_checked, NULL);
  Check *check = g_new0 (Check, 1);

  check->path = g_strdup (draw_journal_get_path (self->journal));
  check->member = g_strdup (self->member);
  g_task_set_source_tag (task, check_in_thread);
  g_task_set_task_data (task, check, check_free);
  draw_session_make_state_async (self, on_made, task);
}

/* --- When ------------------------------------------------------------------------------------------ */

static gboolean
on_past_timer (gpointer data)
{
  DrawSession *self = data;

  self->past.timer = 0;
  switch (self->past.stage)
    {
    case DRAW_PAST_LOOKING: look (self); break;
    case DRAW_PAST_FETCHING: fetch (self); break;
    case DRAW_PAST_CHECKING: check (self); break;
    case DRAW_PAST_IDLE:
    case DRAW_PAST_PROVEN:
    default: g_assert_not_reached ();
    }
  return G_SOURCE_REMOVE;
}

static gboolean
is_wanted (DrawSession *self)
{
  return self->past.urgent || (self->past.thorough && draw_session_is_unproven (self) &&
                               !g_network_monitor_get_network_metered (self->network));
}

void
draw_session_consider_past (DrawSession *self)
{
  if (self->past.stage == DRAW_PAST_IDLE && !self->past.given_up && self->state == DRAW_SHARE_ONLINE &&
      is_wanted (self))
    begin (self, DRAW_PAST_LOOKING, self->past.urgent ? 0 : BEGIN_MS);
}

void
draw_session_doubt (DrawSession *self)
{
  if (self->past.urgent)
    return;
  self->past.urgent = TRUE;
  if (self->past.timer > 0)
    schedule (self, 0);
  draw_session_consider_past (self);
}

void
draw_session_set_thorough (DrawSession *self, gboolean thorough)
{
  g_return_if_fail (DRAW_IS_SESSION (self));

  self->past.thorough = thorough;
  draw_session_consider_past (self);
  draw_session_consider_pictures (self);
}

gboolean
draw_session_is_unproven (DrawSession *self)
{
  g_return_val_if_fail (DRAW_IS_SESSION (self), FALSE);

  return draw_journal_get_meta (self->journal, DRAW_META_SNAPSHOT) != NULL;
}
