/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "board/board-saved-state.h"
#include "draw-library.h"
#include "draw-session-private.h"

/* --- Loading ------------------------------------------------------------------------------------ */

typedef struct {
  DrawSession *session;
  GArray *unreadable; /* uint64_t: counters of own ops that mean nothing to us */
} Loading;

static gboolean
load_state (uint64_t seq, GBytes *bytes, gpointer data)
{
  Loading *loading = data;
  DrawSession *self = loading->session;
  g_autoptr (GError) error = NULL;
  BoardSavedState *saved = board_saved_state_new (bytes, &error);

  if (saved != NULL && board_saved_state_get_seq (saved) == seq)
    {
      board_replica_take_state (self->replica, saved, NULL);
      self->state_seq = seq;
      return TRUE;
    }
  g_info ("the kept state is not used: %s", error != NULL ? error->message : "of another position");
  g_clear_pointer (&saved, board_saved_state_free);
  return FALSE;
}

static gboolean
load_entry (uint64_t seq, const char *member, uint64_t counter, int64_t time_ms, const char *text,
            gpointer data, GError **error)
{
  Loading *loading = data;
  g_autoptr (BoardOp) op = text != NULL ? board_op_from_json (text, -1, NULL) : NULL;

  if ((text == NULL || op != NULL) &&
      board_replica_apply (loading->session->replica, seq, member, counter, time_ms, op))
    {
      draw_session_note_entry (loading->session, seq, member, counter, time_ms);
      return TRUE;
    }
  g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_DAMAGED,
                       _("The board’s file is damaged: its log cannot be read."));
  return FALSE;
}

static gboolean
load_pending (uint64_t counter, const char *text, gpointer data, GError **error)
{
  Loading *loading = data;
  DrawSession *self = loading->session;
  g_autoptr (BoardOp) op = board_op_from_json (text, -1, NULL);

  if (op != NULL && board_replica_restore_pending (self->replica, counter, op, NULL))
    {
      draw_outbox_add (self->outbox, counter);
      draw_outbox_set_durable (self->outbox, counter);
    }
  else
    g_array_append_val (loading->unreadable, counter);
  return TRUE;
}

static void
forget_unreadable (DrawSession *self, GArray *unreadable)
{
  for (guint i = 0; i < unreadable->len; i++)
    draw_journal_remove_pending (self->journal, g_array_index (unreadable, uint64_t, i));
  if (unreadable->len > 0)
    draw_session_take_trouble (
        self, g_error_new (DRAW_ERROR, DRAW_ERROR_DAMAGED,
                           ngettext ("%u change could not be read from the board’s file.",
                                     "%u changes could not be read from the board’s file.",
                                     unreadable->len),
                           unreadable->len));
}

/* Any thread: nobody else knows the session yet, and nothing is told, written or begun.
 * journal: (transfer full) */
static DrawSession *
read_board (DrawJournal *journal, GArray *unreadable, GError **error)
{
  g_autoptr (DrawSession) self = draw_session_new (journal, error);
  const DrawJournalLoader loader = { load_state, load_entry, load_pending };
  Loading loading = { self, unreadable };

  if (self == NULL)
    return NULL;
  board_replica_freeze_changes (self->replica);
  return draw_journal_load (journal, &loader, &loading, error) ? g_steal_pointer (&self) : NULL;
}

/* What follows in the thread that it is for. */
static void
begin (DrawSession *self, GArray *unreadable)
{
  board_replica_thaw_changes (self->replica);
  draw_session_read_history (self);
  forget_unreadable (self, unreadable);
  draw_session_update_title (self);
  draw_session_consider_state (self);
}

static GArray *
unreadable_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (uint64_t));
}

/* journal: (transfer full) */
static DrawSession *
load (DrawJournal *journal, GError **error)
{
  g_autoptr (GArray) unreadable = unreadable_new ();
  DrawSession *self = read_board (journal, unreadable, error);

  if (self != NULL)
    begin (self, unreadable);
  return self;
}

/* --- Repair ------------------------------------------------------------------------------------- */

static DrawSession *
repair (const char *path, GError **error)
{
  g_autofree char *aside = NULL;
  g_autoptr (GError) reason = NULL;
  DrawJournal *journal = draw_journal_repair (path, &aside, &reason);
  DrawSession *self = journal != NULL ? load (journal, &reason) : NULL;

  if (self == NULL)
    {
      if (aside == NULL)
        g_propagate_error (error, g_steal_pointer (&reason));
      else
        g_set_error (error, DRAW_ERROR, DRAW_ERROR_DAMAGED,
                     _("The board’s file was damaged and was set aside as “%s”. %s"), aside,
                     reason->message);
      return NULL;
    }
  draw_session_take_trouble (
      self, g_error_new (DRAW_ERROR, DRAW_ERROR_DAMAGED,
                         self->link != NULL
                             ? _("The board’s file was damaged and was set aside as “%s”. The board comes "
                                 "back from its server.")
                             : _("The board’s file was damaged and was set aside as “%s”. What could be "
                                 "read is here."),
                         aside));
  return self;
}

/* --- Public ------------------------------------------------------------------------------------- */

static DrawSession *
create (const char *directory, const char *board, const BoardKey *key, const BoardLink *link,
        GError **error)
{
  g_autofree char *path = draw_library_make_path (directory, board);
  g_autofree char *seed_text = NULL, *key_text = NULL, *link_text = NULL;
  DrawJournal *journal;
  BoardKey seed;

  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      g_set_error (error, DRAW_ERROR, DRAW_ERROR_DISK, _("The folder “%s” cannot be made: %s"), directory,
                   g_strerror (errno));
      return NULL;
    }
  journal = draw_journal_create (path, error);
  if (journal == NULL)
    return NULL;
  board_key_generate (&seed);
  seed_text = board_key_to_text (&seed);
  board_key_clear (&seed);
  key_text = board_key_to_text (key);
  draw_journal_set_meta (journal, DRAW_META_BOARD, board);
  draw_journal_set_meta (journal, DRAW_META_SEED, seed_text);
  draw_journal_set_meta (journal, DRAW_META_KEY, key_text);
  if (link != NULL)
    {
      link_text = board_link_to_text (link);
      draw_journal_set_meta (journal, DRAW_META_LINK, link_text);
    }
  return draw_session_new (journal, error);
}

DrawSession *
draw_session_create (const char *directory, GError **error)
{
  g_autofree char *board = NULL;
  DrawSession *self;
  BoardKey key;

  g_return_val_if_fail (directory != NULL, NULL);

  board = board_id_generate ();
  board_key_generate (&key);
  self = create (directory, board, &key, NULL, error);
  board_key_clear (&key);
  return self;
}

/* A path may come from anywhere: a slip on the command line, a file manager. Opening makes a lock beside the
 * file, and a damaged one is moved away, so anything that does not even claim to be a board is left alone. */
static gboolean
check_claims_to_be_board (const char *path, GError **error)
{
  if (g_str_has_suffix (path, DRAW_BOARD_SUFFIX) && g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_DISK, _("This file is not a board."));
  return FALSE;
}

/* What can be done about it. reason: (transfer full) */
static DrawSession *
recover (const char *path, GError *reason, GError **error)
{
  g_autoptr (GError) owned = reason;

  if (g_error_matches (reason, DRAW_ERROR, DRAW_ERROR_DAMAGED))
    return repair (path, error);
  g_propagate_error (error, g_steal_pointer (&owned));
  return NULL;
}

DrawSession *
draw_session_open (const char *path, GError **error)
{
  GError *reason = NULL;
  DrawJournal *journal;
  DrawSession *self;

  g_return_val_if_fail (path != NULL, NULL);

  if (!check_claims_to_be_board (path, error))
    return NULL;
  journal = draw_journal_open (path, &reason);
  self = journal != NULL ? load (journal, &reason) : NULL;
  return self != NULL ? self : recover (path, reason, error);
}

/* --- Opening in a thread --- */

typedef struct {
  char *path;
  GArray *unreadable;
} Opening;

static void
opening_free (Opening *opening)
{
  g_free (opening->path);
  g_array_unref (opening->unreadable);
  g_free (opening);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Opening *opening = data;
  GError *error = NULL;
  DrawJournal *journal;
  DrawSession *self = NULL;

  if (check_claims_to_be_board (opening->path, &error))
    {
      journal = draw_journal_open (opening->path, &error);
      self = journal != NULL ? read_board (journal, opening->unreadable, &error) : NULL;
    }
  if (self != NULL)
    g_task_return_pointer (task, self, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
draw_session_open_async (const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Opening *opening;

  g_return_if_fail (path != NULL);
  g_return_if_fail (g_main_context_get_thread_default () == NULL);

  task = g_task_new (NULL, NULL, callback, user_data);
  opening = g_new0 (Opening, 1);
  opening->path = g_strdup (path);
  opening->unreadable = unreadable_new ();
  g_task_set_source_tag (task, draw_session_open_async);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  g_task_run_in_thread (task, open_in_thread);
}

DrawSession *
draw_session_open_finish (GAsyncResult *result, GError **error)
{
  Opening *opening;
  GError *reason = NULL;
  DrawSession *self;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  opening = g_task_get_task_data (G_TASK (result));
  self = g_task_propagate_pointer (G_TASK (result), &reason);
  if (self == NULL)
    return recover (opening->path, reason, error);
  begin (self, opening->unreadable);
  return self;
}

DrawSession *
draw_session_join (const char *directory, const BoardLink *link, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (DrawSession) self = NULL;
  g_autofree char *key = NULL;

  g_return_val_if_fail (directory != NULL && link != NULL, NULL);

  path = draw_library_make_path (directory, link->board);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return create (directory, link->board, &link->key, link, error);
  self = draw_session_open (path, error);
  if (self == NULL)
    return NULL;
  key = board_key_to_text (&link->key);
  if (g_strcmp0 (key, draw_journal_get_meta (self->journal, DRAW_META_KEY)) != 0)
    {
      g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_REFUSED,
                           _("This link does not fit the board of that name on this computer."));
      return NULL;
    }
  /* The newest invitation is the one to use: the old one may have expired or its server moved. */
  self->former_link = self->link != NULL ? board_link_copy (self->link) : NULL;
  draw_session_set_link (self, link);
  if (self->state == DRAW_SHARE_LOCAL)
    draw_session_set_state (self, DRAW_SHARE_OFFLINE);
  return g_steal_pointer (&self);
}
