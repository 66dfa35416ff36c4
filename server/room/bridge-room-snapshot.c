/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Shortcuts for those who join a long log: when enough has been written since the last one, somebody
 * who may write is asked for a snapshot of what they see, sealed, uploaded in parts. The server
 * cannot judge it; whoever doubts one joins without it and reads the log. What was uploaded and is no part of
 * the one that is kept goes: an editor who is cut off half way leaves nothing behind. */

#include "log/bridge-log.h"
#include "room/bridge-room-private.h"

/* An editor may have to read a long log, and to upload many megabytes through a thin line. */
#define ANSWER_MS 300000
/* Between two questions to a room where nobody has an answer. */
#define PAUSE (60 * G_USEC_PER_SEC)

/* A snapshot on its way into the store. */
typedef struct {
  BridgeRoom *room; /* owned */
  BridgeChange change;
} Keeping;

static void
stop_asking (BridgeRoom *self, int64_t pause)
{
  self->asking = FALSE;
  self->ask_after = g_get_monotonic_time () + pause;
}

gboolean
bridge_room_has_parts (BridgeRoom *self, const BoardSnapshot *snapshot)
{
  guint n = board_snapshot_get_n_parts (snapshot);
  guint i = 0;

  while (self->blobs != NULL && i < n
         && bridge_blobs_get_size (bridge_blobs_get_snapshots (self->blobs), self->board,
                                   board_snapshot_get_part (snapshot, i))
                >= 0)
    i++;
  return n > 0 && i == n;
}

static void
clean_up (BridgeRoom *self)
{
  const char *parts[BOARD_MAX_SNAPSHOT_PARTS + 1] = { NULL };

  for (guint i = 0; i < board_snapshot_get_n_parts (&self->snapshot); i++)
    parts[i] = board_snapshot_get_part (&self->snapshot, i);
  bridge_blobs_keep_only (bridge_blobs_get_snapshots (self->blobs), self->board, parts);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Keeping *keeping = user_data;
  g_autoptr (BridgeRoom) self = keeping->room;
  g_autoptr (GPtrArray) changed = bridge_store_change_finish (BRIDGE_STORE (source), result, NULL);

  stop_asking (self, changed != NULL ? 0 : PAUSE);
  if (changed != NULL && keeping->change.snapshot.seq > self->snapshot.seq)
    {
      self->snapshot = keeping->change.snapshot;
      bridge_log (G_LOG_LEVEL_INFO, "snapshot", "board", self->board, NULL);
      /* Who is told of the old one from now on is nobody; who was just told reads the log. */
      clean_up (self);
    }
  g_free (keeping);
}

static gboolean
read_answer (BridgeRoom *self, SioArgs *args, BoardSnapshot *snapshot)
{
  JsonObject *object = sio_args_get_object (args, 0);

  return object != NULL && board_snapshot_parse (object, snapshot, NULL)
         && snapshot->seq > self->snapshot.seq && snapshot->seq <= self->head
         && bridge_room_has_parts (self, snapshot);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BridgeRoom) self = user_data;
  g_autoptr (SioArgs) args = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, NULL);
  BoardSnapshot snapshot = { 0 };
  Keeping *keeping;

  if (args == NULL || self->ended || !read_answer (self, args, &snapshot))
    {
      stop_asking (self, PAUSE);
      return;
    }

  keeping = g_new0 (Keeping, 1);
  keeping->room = g_object_ref (self);
  keeping->change.kind = BRIDGE_CHANGE_SNAPSHOT;
  keeping->change.snapshot = snapshot;
  bridge_store_change_async (self->store, self->board, &keeping->change, on_kept, keeping);
}

/* Somebody else each time. */
static BridgeGuest *
choose_guest (BridgeRoom *self)
{
  for (guint i = 0; i < self->roll->len; i++)
    {
      BridgePerson *person = g_ptr_array_index (self->roll, self->ask_turn++ % self->roll->len);

      if (person->guest != NULL && person->guest->state == BRIDGE_GUEST_LIVE
          && person->guest->role >= BOARD_ROLE_EDITOR)
        return person->guest;
    }
  return NULL;
}

void
bridge_room_consider_snapshot (BridgeRoom *self)
{
  g_autoptr (SioArgs) args = NULL;
  BridgeGuest *guest;

  if (self->blobs == NULL || self->asking
      || self->head - self->snapshot.seq < (uint64_t) self->limits.snapshot_ops
      || g_get_monotonic_time () < self->ask_after)
    return;
  guest = choose_guest (self);
  if (guest == NULL)
    return;

  self->asking = TRUE;
  clean_up (self);
  args = sio_args_new ();
  sio_args_add_int (args, (int64_t) self->snapshot.seq);
  sio_socket_emit_with_ack_async (guest->socket, BOARD_EVENT_SNAPSHOT, args, ANSWER_MS, NULL,
                                  on_answered, g_object_ref (self));
}
