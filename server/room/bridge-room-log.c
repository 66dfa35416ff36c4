/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The order of a board, seen from the room.
 *
 * The store gives positions; the room broadcasts them densely. Usually an answer of the store is
 * the next position and its entry goes straight into the batch of this turn. When it is not (a
 * commit that was thought to have failed turned out to be in the file) everything after tail is
 * fetched from the store, which is always right.
 *
 * A guest who catches up reads the log up to head, never further, and becomes LIVE in the very turn
 * in which nothing up to head is missing. What is broadcast from then on begins with head + 1: so
 * everybody gets every entry once, in order, across that seam. */

#include <inttypes.h>

#include "log/bridge-log.h"
#include "log/bridge-metrics.h"
#include "room/bridge-room-private.h"

/* Of one frame of ops, before the last entry: with that (BOARD_MAX_OP_BODY) it stays far below the
 * million bytes that a Socket.IO client takes by default. */
#define PAGE_BYTES (256 * 1024)
/* A guest with more than that on its way gets the next page when it has read all of this. */
#define PAGE_PAUSE (64 * 1024)
#define RETRY_MS 1000
#define MAX_HISTORY 10000

typedef struct {
  SioAck *ack; /* owned */
  uint64_t seq;
} PendingAck;

/* An entry on its way to the store and back, or a page on its way to a guest. */
typedef struct {
  BridgeRoom *room;   /* owned */
  BridgeGuest *guest; /* owned */
  BridgeEntry *entry; /* owned; NULL for a page */
  SioAck *ack;        /* owned, nullable */
} Errand;

static void fetch_missing (BridgeRoom *self);

static Errand *
errand_new (BridgeRoom *room, BridgeGuest *guest, BridgeEntry *entry, SioAck *ack)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->room = g_object_ref (room);
  errand->guest = bridge_guest_ref (guest);
  errand->entry = entry != NULL ? bridge_entry_ref (entry) : NULL;
  errand->ack = ack != NULL ? sio_ack_ref (ack) : NULL;
  return errand;
}

static void
errand_free (Errand *errand)
{
  g_clear_pointer (&errand->entry, bridge_entry_unref);
  g_clear_pointer (&errand->ack, sio_ack_unref);
  bridge_guest_unref (errand->guest);
  g_object_unref (errand->room);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static void
append_entry (GString *out, const BridgeEntry *entry)
{
  if (out->len > 0)
    g_string_append_c (out, ',');
  board_entry_append (out,
                      &(BoardEntry){ entry->member, entry->counter, entry->time, entry->body });
}

/* first, [entry, ...] */
static SioArgs *
ops_args (uint64_t first, GString *entries)
{
  SioArgs *args = sio_args_new ();
  g_autofree char *json = g_strconcat ("[", entries->str, "]", NULL);

  sio_args_add_int (args, (int64_t) first);
  sio_args_add_json (args, json, (gssize) entries->len + 2);
  return args;
}

static void
answer_seq (SioAck *ack, uint64_t seq)
{
  g_autofree char *json = g_strdup_printf ("{\"seq\":%" PRIu64 "}", seq);
  g_autoptr (SioArgs) args = sio_args_new ();

  sio_args_add_json (args, json, -1);
  sio_ack_send (ack, args);
}

/* --- Broadcast --- */

static void
send_acks (BridgeRoom *self)
{
  g_autoptr (GArray) acks = g_steal_pointer (&self->acks);

  self->acks = g_array_new (FALSE, FALSE, sizeof (PendingAck));
  for (guint i = 0; i < acks->len; i++)
    {
      PendingAck *pending = &g_array_index (acks, PendingAck, i);

      answer_seq (pending->ack, pending->seq);
      sio_ack_unref (pending->ack);
    }
}

static void
broadcast_batch (BridgeRoom *self)
{
  uint64_t first = self->head + 1;
  g_autoptr (SioArgs) args = NULL;
  g_autoptr (SioBroadcast) broadcast = NULL;

  if (self->head == self->tail)
    return;

  args = ops_args (first, self->batch);
  g_string_truncate (self->batch, 0);
  self->head = self->tail;
  broadcast = sio_namespace_to (self->nsp, self->log_channel);
  sio_broadcast_emit (broadcast, BOARD_EVENT_OPS, args);
  bridge_room_consider_snapshot (self);
}

static gboolean
flush_log (gpointer user_data)
{
  g_autoptr (BridgeRoom) self = g_object_ref (user_data);

  self->flush_source = 0;
  broadcast_batch (self);
  send_acks (self);
  return G_SOURCE_REMOVE;
}

/* All that one commit answers comes in one turn, and this runs in the next, before any socket is
 * read. */
static void
schedule_flush (BridgeRoom *self)
{
  if (self->flush_source == 0)
    self->flush_source = g_idle_add_full (G_PRIORITY_HIGH, flush_log, self, NULL);
}

/* The entry at tail + 1. */
static void
extend_batch (BridgeRoom *self, const BridgeEntry *entry)
{
  BridgePerson *author = bridge_room_find (self, entry->member);

  if (self->batch->len > 0 && self->batch->len + entry->length > PAGE_BYTES)
    broadcast_batch (self);
  append_entry (self->batch, entry);
  self->tail++;
  bridge_count (BRIDGE_COUNT_OPS, 1);
  bridge_count (BRIDGE_COUNT_OP_BYTES, (int64_t) entry->length);
  self->stored = MAX (self->stored, self->tail);
  if (author != NULL)
    author->record->counter = MAX (author->record->counter, entry->counter);
  schedule_flush (self);
}

/* --- Fetching what was stored without our knowing --- */

static gboolean
on_retry (gpointer user_data)
{
  BridgeRoom *self = user_data;

  self->retry_source = 0;
  fetch_missing (self);
  return G_SOURCE_REMOVE;
}

static void
on_missing_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BridgeRoom) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BridgePage) page = bridge_store_read_finish (BRIDGE_STORE (source), result, &error);

  self->fetching = FALSE;
  if (page == NULL || page->entries->len == 0)
    {
      bridge_log (G_LOG_LEVEL_WARNING, "log-unreadable", "board", self->board, "reason",
                  error != NULL ? error->message : "entries are missing", NULL);
      if (self->retry_source == 0)
        self->retry_source = g_timeout_add (RETRY_MS, on_retry, self);
      return;
    }

  g_assert (page->first == self->tail + 1);
  for (guint i = 0; i < page->entries->len; i++)
    extend_batch (self, g_ptr_array_index (page->entries, i));
  fetch_missing (self);
}

static void
fetch_missing (BridgeRoom *self)
{
  if (self->fetching || self->retry_source != 0 || self->tail >= self->stored)
    return;

  self->fetching = TRUE;
  bridge_store_read_async (self->store, self->board, self->tail + 1, self->stored, PAGE_BYTES,
                           on_missing_read, g_object_ref (self));
}

void
bridge_room_note_log (BridgeRoom *self, uint64_t seq)
{
  self->stored = MAX (self->stored, seq);
  fetch_missing (self);
}

/* --- Appending --- */

/* The errand's entry has just been put at that position. */
static void
note_stored (BridgeRoom *self, Errand *errand, uint64_t seq)
{
  if (seq == self->tail + 1 && !self->fetching)
    extend_batch (self, errand->entry);
  else
    bridge_room_note_log (self, seq);
}

static void
acknowledge (BridgeRoom *self, Errand *errand, uint64_t seq)
{
  if (errand->ack != NULL)
    {
      PendingAck pending = { g_steal_pointer (&errand->ack), seq };

      g_array_append_val (self->acks, pending);
      schedule_flush (self);
    }
}

/* The refusal of a counter that leaves a hole: says which one is expected. */
static void
refuse_gap (SioAck *ack, uint64_t expected)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (SioArgs) args = NULL;

  if (ack == NULL)
    return;

  node = board_refusal_gap_to_json (expected, "Operations before this one are missing");
  args = sio_args_new ();
  sio_args_add_node (args, node);
  sio_ack_send (ack, args);
}

static void
on_appended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  BridgeRoom *self = errand->room;
  BridgeAppended appended = { 0 };

  errand->guest->waiting_ops--;
  errand->guest->waiting_bytes -= errand->entry->length;
  if (!bridge_store_append_finish (BRIDGE_STORE (source), result, &appended, &error))
    {
      bridge_room_refuse (errand->ack, bridge_room_refusal_of (error),
                          "The server cannot store this now");
      return;
    }

  switch (appended.outcome)
    {
    case BRIDGE_APPEND_STORED:
      note_stored (self, errand, appended.value);
      acknowledge (self, errand, appended.value);
      break;
    case BRIDGE_APPEND_REPEATED:
      /* What is there may be another body, of another time, than what came now: an op that was
       * taken back after its commit had seemed to fail comes again as an empty one. */
      bridge_room_note_log (self, appended.value);
      acknowledge (self, errand, appended.value);
      break;
    case BRIDGE_APPEND_GAP:
      refuse_gap (errand->ack, appended.value);
      break;
    case BRIDGE_APPEND_FULL:
      bridge_room_refuse (errand->ack, BOARD_REFUSAL_FULL, "The board is as large as it may be");
      break;
    }
}

void
bridge_room_append (BridgeRoom *self,
                    BridgeGuest *guest,
                    uint64_t counter,
                    const char *body,
                    SioAck *ack)
{
  g_autoptr (BridgeEntry) entry = NULL;

  entry = bridge_entry_new (guest->member, counter, g_get_real_time () / 1000, body);
  guest->waiting_ops++;
  guest->waiting_bytes += entry->length;
  bridge_store_append_async (self->store, self->board, entry, on_appended,
                             errand_new (self, guest, entry, ack));
}

/* --- Catching up --- */

static void
go_live (BridgeRoom *self, BridgeGuest *guest)
{
  bridge_guest_set_state (guest, BRIDGE_GUEST_LIVE);
  sio_socket_join (guest->socket, self->log_channel);
}

static void
send_page (BridgeGuest *guest, BridgePage *page)
{
  g_autoptr (GString) entries = g_string_new (NULL);
  g_autoptr (SioArgs) args = NULL;

  for (guint i = 0; i < page->entries->len; i++)
    append_entry (entries, g_ptr_array_index (page->entries, i));
  args = ops_args (page->first, entries);
  guest->next = page->first + page->entries->len;
  sio_socket_emit (guest->socket, BOARD_EVENT_OPS, args);
}

static void
on_page_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  BridgeGuest *guest = errand->guest;
  g_autoptr (GError) error = NULL;
  g_autoptr (BridgePage) page = bridge_store_read_finish (BRIDGE_STORE (source), result, &error);

  guest->reading = FALSE;
  if (bridge_guest_is_gone (guest))
    return;
  if (page == NULL || page->entries->len == 0)
    {
      bridge_log (G_LOG_LEVEL_WARNING, "log-unreadable", "board", errand->room->board, "reason",
                  error != NULL ? error->message : "entries are missing", NULL);
      bridge_guest_dismiss (guest, board_refusal_to_string (BOARD_REFUSAL_UNAVAILABLE),
                            "The server cannot read the board now", TRUE);
      return;
    }

  send_page (guest, page);
  bridge_room_pump (errand->room, guest);
}

void
bridge_room_pump (BridgeRoom *self, BridgeGuest *guest)
{
  if (guest->state != BRIDGE_GUEST_CATCHING_UP || guest->reading)
    return;
  if (guest->next > self->head)
    {
      go_live (self, guest);
      return;
    }
  /* "drained" comes back here. */
  if (sio_socket_get_buffered_amount (guest->socket) > PAGE_PAUSE)
    return;

  guest->reading = TRUE;
  bridge_store_read_async (self->store, self->board, guest->next, self->head, PAGE_BYTES,
                           on_page_read, errand_new (self, guest, NULL, NULL));
}

/* --- History --- */

static void
on_history_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BridgePage) page = bridge_store_read_finish (BRIDGE_STORE (source), result, &error);
  g_autoptr (GString) entries = g_string_new (NULL);
  g_autoptr (SioArgs) args = NULL;
  g_autofree char *json = NULL;

  errand->guest->waiting_requests--;
  if (page == NULL)
    {
      bridge_room_refuse (errand->ack, bridge_room_refusal_of (error),
                          "The server cannot read the board now");
      return;
    }

  for (guint i = 0; i < page->entries->len; i++)
    append_entry (entries, g_ptr_array_index (page->entries, i));
  json = g_strdup_printf ("{\"first\":%" PRIu64 ",\"ops\":[%s]}", page->first, entries->str);
  args = sio_args_new ();
  sio_args_add_json (args, json, -1);
  sio_ack_send (errand->ack, args);
}

void
bridge_room_answer_history (BridgeRoom *self,
                            BridgeGuest *guest,
                            uint64_t from,
                            uint64_t limit,
                            SioAck *ack)
{
  uint64_t last = MIN (self->head, from + MIN (limit, MAX_HISTORY) - 1);

  g_assert (from >= 1 && limit >= 1 && ack != NULL);

  guest->waiting_requests++;
  bridge_store_read_async (self->store, self->board, from, last, PAGE_BYTES, on_history_read,
                           errand_new (self, guest, NULL, ack));
}

void
bridge_room_log_init (BridgeRoom *self)
{
  self->batch = g_string_new (NULL);
  self->acks = g_array_new (FALSE, FALSE, sizeof (PendingAck));
}

void
bridge_room_log_clear (BridgeRoom *self)
{
  g_clear_handle_id (&self->flush_source, g_source_remove);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  for (guint i = 0; i < self->acks->len; i++)
    sio_ack_unref (g_array_index (self->acks, PendingAck, i).ack);
  g_array_unref (self->acks);
  g_string_free (self->batch, TRUE);
}
