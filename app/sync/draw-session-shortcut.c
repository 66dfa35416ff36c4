/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Joining through a snapshot: the sealed state that hello names, instead of the log before it. Only a board
 * of which nothing is known here begins like that, so there is nothing that a wrong one could unmake. While
 * its parts are on their way, one after the other, the entries behind it are held. Whatever is wrong with one
 * of them, with what they are together, or with the way to them, the connection is made again without, and the
 * log is read from its beginning. */
#include <string.h>

#include "board/board-saved-state.h"
#include "draw-blob-store.h"
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
  BoardSnapshot snapshot;
  uint64_t counter; /* of this member, as the server says */
  gsize done, total; /* bytes of all parts, about; total 0: not known */
  GCancellable *cancellable;
  guint n_fetched;    /* parts */
  GByteArray *coming; /* what they are together */
  GBytes *bytes;      /* once they are all here */
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
  g_byte_array_unref (self->coming);
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

  self->snapshot = hello->snapshot;
  self->counter = hello->counter;
  self->coming = g_byte_array_new ();
  self->cancellable = g_cancellable_new ();
  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify) page_free);
  return self;
}

/* The parts were kept as pictures are; as soon as they are not needed any more they are in the way. */
static void
forget_parts (DrawSession *self, DrawShortcut *shortcut)
{
  for (guint i = 0; i < shortcut->n_fetched; i++)
    draw_blob_store_remove_copy (self->blobs, board_snapshot_get_part (&shortcut->snapshot, i));
}

void
draw_session_stop_shortcut (DrawSession *self)
{
  if (self->shortcut == NULL)
    return;
  /* Once is enough: a server or a way that fails at it again and again would keep us out. */
  self->no_shortcut = TRUE;
  g_cancellable_cancel (self->shortcut->cancellable);
  forget_parts (self, self->shortcut);
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

  draw_session_take_entries (self, shortcut->snapshot.seq + 1, nothing);
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
  if (board_saved_state_get_seq (saved) != shortcut->snapshot.seq)
    return "it is of another position";
  if (board_saved_state_get_counter (saved, self->member) > shortcut->counter)
    return "it knows more of us than the server does";
  if (board_replica_get_seq (self->replica) > 0)
    return "it is not needed any more";
  return NULL;
}

static void
note_unproven (DrawSession *self, uint64_t seq)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, (guint64) seq);

  draw_journal_set_meta (self->journal, DRAW_META_SNAPSHOT, text);
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
  forget_parts (self, shortcut);
  g_clear_pointer (&self->shortcut, shortcut_unref);
  board_replica_take_state (self->replica, g_steal_pointer (&saved), NULL);
  note_unproven (self, shortcut->snapshot.seq);
  draw_session_keep_state (self, shortcut->snapshot.seq, shortcut->bytes);
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
read_state (DrawSession *self, DrawShortcut *shortcut)
{
  g_autoptr (GTask) task = g_task_new (self, shortcut->cancellable, on_read, g_rc_box_acquire (shortcut));

  shortcut->bytes = g_byte_array_free_to_bytes (g_steal_pointer (&shortcut->coming));
  shortcut->coming = g_byte_array_new ();
  g_task_set_source_tag (task, read_state);
  g_task_set_task_data (task, g_bytes_ref (shortcut->bytes), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, read_in_thread);
}

static void fetch_next (DrawSession *self, DrawShortcut *shortcut);

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  DrawSession *self = DRAW_SESSION (source);
  g_autoptr (DrawShortcut) shortcut = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) part = draw_session_get_blob_finish (self, result, &error);

  if (self->shortcut != shortcut)
    return;
  if (part == NULL)
    {
      give_up (self, error->message);
      return;
    }
  shortcut->n_fetched++;
  if (shortcut->coming->len + g_bytes_get_size (part) > BOARD_MAX_STATE)
    {
      give_up (self, "it is too large");
      return;
    }
  g_byte_array_append (shortcut->coming, g_bytes_get_data (part, NULL), (guint) g_bytes_get_size (part));
  if (shortcut->n_fetched < board_snapshot_get_n_parts (&shortcut->snapshot))
    fetch_next (self, shortcut);
  else
    read_state (self, shortcut);
}

static void
fetch_next (DrawSession *self, DrawShortcut *shortcut)
{
  draw_session_get_blob_from_async (self, DRAW_SNAPSHOTS,
                                    board_snapshot_get_part (&shortcut->snapshot, shortcut->n_fetched),
                                    shortcut->cancellable, on_fetched, g_rc_box_acquire (shortcut));
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
  fetch_next (self, self->shortcut);
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
  DrawShortcut *shortcut = self->shortcut;
  guint left = shortcut != NULL ? board_snapshot_get_n_parts (&shortcut->snapshot) - shortcut->n_fetched : 0;

  if (left == 0 || !g_str_equal (board_snapshot_get_part (&shortcut->snapshot, shortcut->n_fetched), blob))
    return;
  /* The parts are of one size, but for the last. */
  shortcut->done = shortcut->coming->len + done;
  shortcut->total = shortcut->coming->len + left * MAX (total, done);
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
