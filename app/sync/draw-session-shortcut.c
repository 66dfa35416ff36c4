/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Joining through a snapshot: the sealed state that hello names, instead of the log before it. Only a board
 * of which nothing is known here begins like that, so there is nothing that a wrong one could unmake. While
 * it is on its way the entries behind it are held. Whatever is wrong with it, or with the way to it, the
 * connection is made again without, and the log is read from its beginning. */
#include <string.h>

#include "board/board-saved-state.h"
#include "draw-session-blob.h"
#include "draw-session-private.h"

/* Entries that may wait for it: more is not a shortcut. */
#define MAX_HELD (16 * 1024 * 1024)
/* What an entry takes beside its body, about. */
#define ENTRY_BYTES 1024

typedef struct {
  uint64_t first;
  JsonArray *entries; /* owned */
} Page;

struct _DrawShortcut {
  uint64_t seq;
  uint64_t counter; /* of this member, as the server says */
  char *blob;
  gsize done, total; /* bytes of it; total 0: not known */
  GCancellable *cancellable;
  GBytes *bytes;   /* once they are here */
  GPtrArray *held; /* Page */
  gsize held_bytes;
};

static void
page_free (Page *page)
{
  json_array_unref (page->entries);
  g_free (page);
}

static void
shortcut_clear (gpointer data)
{
  DrawShortcut *self = data;

  g_object_unref (self->cancellable);
  g_free (self->blob);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_ptr_array_unref (self->held);
}

static void
shortcut_unref (DrawShortcut *self)
{
  g_rc_box_release_full (self, shortcut_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawShortcut, shortcut_unref)

static DrawShortcut *
shortcut_new (const BoardHello *hello)
{
  DrawShortcut *self = g_rc_box_new0 (DrawShortcut);

  self->seq = hello->snapshot.seq;
  self->counter = hello->counter;
  self->blob = g_strdup (hello->snapshot.blob);
  self->cancellable = g_cancellable_new ();
  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify) page_free);
  return self;
}

void
draw_session_stop_shortcut (DrawSession *self)
{
  if (self->shortcut == NULL)
    return;
  /* Once is enough: a server or a way that fails at it again and again would keep us out. */
  self->no_shortcut = TRUE;
  g_cancellable_cancel (self->shortcut->cancellable);
  g_clear_pointer (&self->shortcut, shortcut_unref);
}

static void
give_up (DrawSession *self, const char *why)
{
  g_info ("the snapshot is not used: %s", why);
  self->no_shortcut = TRUE;
  draw_connection_restart (self->connection);
}

/* --- Taking it ---------------------------------------------------------------------------------- */

static void
take_held (DrawSession *self, DrawShortcut *shortcut)
{
  g_autoptr (JsonArray) nothing = json_array_new ();

  draw_session_take_entries (self, shortcut->seq + 1, nothing);
  for (guint i = 0; i < shortcut->held->len; i++)
    {
      Page *page = g_ptr_array_index (shortcut->held, i);

      /* A page that does not fit ends the connection that they came by. */
      if (self->connection == NULL || draw_connection_get_engine_id (self->connection) == NULL)
        return;
      draw_session_take_entries (self, page->first, page->entries);
    }
}

/* NULL when nothing is wrong with it. An own counter above the server's would silently drop own ops. */
static const char *
find_fault (DrawSession *self, DrawShortcut *shortcut, BoardSavedState *saved)
{
  if (board_saved_state_get_seq (saved) != shortcut->seq)
    return "it is of another position";
  if (board_saved_state_get_counter (saved, self->member) > shortcut->counter)
    return "it knows more of us than the server does";
  if (board_replica_get_seq (self->replica) > 0)
    return "it is not needed any more";
  return NULL;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  DrawSession *self = DRAW_SESSION (source);
  g_autoptr (DrawShortcut) shortcut = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BoardSavedState) saved = g_task_propagate_pointer (G_TASK (result), &error);
  const char *fault;

  if (self->shortcut != shortcut)
    return;
  fault = saved != NULL ? find_fault (self, shortcut, saved) : error->message;
  if (fault != NULL)
    {
      give_up (self, fault);
      return;
    }
  g_clear_pointer (&self->shortcut, shortcut_unref);
  board_replica_take_state (self->replica, g_steal_pointer (&saved), NULL);
  draw_session_keep_state (self, shortcut->seq, shortcut->bytes);
  take_held (self, shortcut);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  BoardSavedState *saved = board_saved_state_new (data, &error);

  if (saved != NULL)
    g_task_return_pointer (task, saved, (GDestroyNotify) board_saved_state_free);
  else
    g_task_return_error (task, error);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  DrawSession *self = DRAW_SESSION (source);
  g_autoptr (DrawShortcut) shortcut = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  shortcut->bytes = draw_session_get_blob_finish (self, result, &error);
  if (self->shortcut != shortcut)
    return;
  if (shortcut->bytes == NULL)
    {
      give_up (self, error->message);
      return;
    }
  task = g_task_new (self, shortcut->cancellable, on_read, g_rc_box_acquire (shortcut));
  g_task_set_source_tag (task, on_fetched);
  g_task_set_task_data (task, g_bytes_ref (shortcut->bytes), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, read_in_thread);
}

/* --- Asking for it ------------------------------------------------------------------------------ */

gboolean
draw_session_may_take_shortcut (DrawSession *self)
{
  return !self->no_shortcut && board_replica_get_seq (self->replica) == 0 &&
         board_replica_get_n_pending (self->replica) == 0;
}

gboolean
draw_session_take_shortcut (DrawSession *self, const BoardHello *hello)
{
  uint64_t first = 0;

  if (board_replica_get_seq (self->replica) > 0)
    return TRUE; /* a second hello, of a strange server */
  if (board_replica_get_n_pending (self->replica) > 0)
    board_replica_get_pending (self->replica, 0, &first);
  /* What was drawn since the attempt began may have a counter that the log knows as something else. */
  if (hello->snapshot.seq > hello->seq || (first > 0 && first <= hello->counter))
    {
      give_up (self, "it does not fit");
      return FALSE;
    }
  draw_session_stop_shortcut (self);
  self->no_shortcut = FALSE;
  self->shortcut = shortcut_new (hello);
  draw_session_get_blob_async (self, hello->snapshot.blob, self->shortcut->cancellable, on_fetched,
                               g_rc_box_acquire (self->shortcut));
  return TRUE;
}

static gsize
measure (JsonArray *entries)
{
  gsize size = 0;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      BoardEntry entry;

      size += ENTRY_BYTES;
      if (board_entry_parse (json_array_get_element (entries, i), &entry, NULL))
        size += strlen (entry.body);
    }
  return size;
}

void
draw_session_hold_entries (DrawSession *self, uint64_t first, JsonArray *entries)
{
  DrawShortcut *shortcut = self->shortcut;
  Page *page = g_new0 (Page, 1);

  page->first = first;
  page->entries = json_array_ref (entries);
  g_ptr_array_add (shortcut->held, page);
  shortcut->held_bytes += ENTRY_BYTES + measure (entries);
  if (shortcut->held_bytes > MAX_HELD)
    give_up (self, "too much waits for it");
}

/* --- How far it is ------------------------------------------------------------------------------ */

void
draw_session_note_download (DrawSession *self, const char *blob, gsize done, gsize total)
{
  if (self->shortcut == NULL || !g_str_equal (self->shortcut->blob, blob))
    return;
  self->shortcut->done = done;
  self->shortcut->total = MAX (total, done);
}

gboolean
draw_session_get_shortcut_progress (DrawSession *self, guint64 *done, guint64 *total)
{
  if (self->shortcut == NULL)
    return FALSE;
  *done = self->shortcut->done;
  *total = self->shortcut->total;
  return TRUE;
}
