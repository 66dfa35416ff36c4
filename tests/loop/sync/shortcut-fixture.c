/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "shortcut-fixture.h"

#include "board/board-blob.h"
#include "sync/draw-blob-store.h"
#include "sync/draw-journal.h"

/* --- What is in somebody's file ------------------------------------------------------------------ */

typedef struct {
  uint64_t state;
  guint n_entries;
} Kept;

static gboolean
note_state (uint64_t seq, GBytes *bytes, gpointer data)
{
  ((Kept *) data)->state = seq;
  return TRUE;
}

static gboolean
note_entry (uint64_t seq, const char *member, uint64_t counter, int64_t time_ms, const char *text,
            gpointer data, GError **error)
{
  ((Kept *) data)->n_entries++;
  return TRUE;
}

static Kept
read_kept (Person *person)
{
  const DrawJournalLoader loader = { note_state, note_entry, NULL };
  g_autoptr (GError) error = NULL;
  Kept kept = { 0 };

  draw_journal_read_log (draw_session_get_path (person->session), &loader, &kept, &error);
  g_assert_no_error (error);
  return kept;
}

void
await_kept (Person *person, uint64_t state, guint n_entries)
{
  Kept kept;

  AWAIT ((kept = read_kept (person), kept.n_entries == n_entries));
  g_assert_cmpuint (kept.state, ==, state);
}

/* --- The snapshot ------------------------------------------------------------------------------- */

/* One part more of what is offered, sealed by that key; Ben has arrived and has it. */
void
offer_part (Fixture *f, const BoardKey *key, GBytes *bytes)
{
  g_autoptr (GBytes) sealed = board_blob_seal (key, f->server->link->board, bytes);
  g_autofree char *id = board_blob_make_id (sealed);
  g_autofree char *blobs = draw_blob_store_get_directory (draw_session_get_path (f->ben.session));

  draw_blob_store_add_copy (blobs, id, sealed);
  g_assert_true (board_snapshot_add_part (&f->server->snapshot, id));
}

/* Offers the bytes as the state at that position. */
void
offer (Fixture *f, const BoardKey *key, GBytes *bytes, uint64_t seq)
{
  offer_part (f, key, bytes);
  f->server->snapshot.seq = seq;
}

/* Ana draws; the state in the middle; she draws on; Ben arrives. Transfer full. */
GBytes *
prepare (Fixture *f)
{
  GBytes *bytes;

  person_join (&f->ana, f->server, "Ana");
  person_draw_many (&f->ana, N_STROKES);
  AWAIT (person_is_settled (&f->ana) &&
         board_replica_get_seq (draw_session_get_replica (f->ana.session)) == N_STROKES);
  bytes = board_replica_save_state (draw_session_get_replica (f->ana.session));
  person_draw_many (&f->ana, N_TAIL);
  AWAIT (person_is_settled (&f->ana));
  person_arrive (&f->ben, f->server, "Ben");
  return bytes;
}

void
connect_ben (Fixture *f)
{
  draw_session_connect (f->ben.session);
  AWAIT (person_is_online (&f->ben));
}
