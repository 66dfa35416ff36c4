/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answering the server's question for a snapshot, for those who join after us: the state of the log as it is on
 * disk here, sealed, uploaded part by part, and then told. Making and sealing it are a thread's. "{}" is: I have none. */
#include <libsoup/soup.h>

#include "board/board-blob.h"
#include "draw-session-past.h"
#include "draw-session-private.h"

typedef struct {
  BoardSnapshot snapshot; /* the parts that are sealed */
  GBytes *state;
  gsize at;               /* of it, the next part begins there */
  gsize part_size;
  SoupMessage *message;   /* that brings the newest part */
} Answer;

static void
answer_clear (gpointer data)
{
  Answer *answer = data;

  g_bytes_unref (answer->state);
  g_clear_object (&answer->message);
}

static void
answer_unref (gpointer answer)
{
  g_rc_box_release_full (answer, answer_clear);
}

static void
send_json (SioAck *ack, JsonNode *node)
{
  g_autoptr (SioArgs) args = sio_args_new ();

  if (node != NULL)
    sio_args_add_node (args, node);
  else
    sio_args_add_json (args, "{}", -1);
  sio_ack_send (ack, args);
}

/* snapshot: NULL: there is none. */
static void
say (DrawSession *self, const BoardSnapshot *snapshot)
{
  g_autoptr (SioAck) ack = g_steal_pointer (&self->question);
  g_autoptr (JsonNode) node = snapshot != NULL ? board_snapshot_build (snapshot) : NULL;

  send_json (ack, node);
}

static void
say_too_large (DrawSession *self, uint64_t seq)
{
  g_info ("the state is too large for a snapshot");
  self->too_large_seq = seq;
  say (self, NULL);
}

static void seal_next (DrawSession *self, Answer *answer);

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  DrawSession *self = g_task_get_source_object (task);
  Answer *answer = g_task_get_task_data (task);
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  guint status = stream != NULL ? soup_message_get_status (answer->message) : 0;

  if (status == SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE || status == SOUP_STATUS_INSUFFICIENT_STORAGE)
    say_too_large (self, answer->snapshot.seq);
  else if (!SOUP_STATUS_IS_SUCCESSFUL (status))
    say (self, NULL);
  else if (answer->at < g_bytes_get_size (answer->state))
    seal_next (self, g_rc_box_acquire (answer));
  else
    say (self, &answer->snapshot);
}

static void
on_sealed (GObject *source, GAsyncResult *result, gpointer data)
{
  DrawSession *self = DRAW_SESSION (source);
  GTask *task = G_TASK (result);
  Answer *answer = g_task_get_task_data (task);
  g_autoptr (GBytes) sealed = g_task_propagate_pointer (task, NULL);
  guint last = board_snapshot_get_n_parts (&answer->snapshot) - 1;

  g_clear_object (&answer->message);
  if (sealed != NULL && !self->closed)
    answer->message = draw_session_new_blob_request (self, "PUT", DRAW_SNAPSHOTS,
                                                     board_snapshot_get_part (&answer->snapshot, last));
  if (answer->message == NULL)
    {
      say (self, NULL);
      return;
    }
  soup_message_set_request_body_from_bytes (answer->message, "application/octet-stream", sealed);
  soup_session_send_async (draw_session_ensure_http (self), answer->message, G_PRIORITY_LOW,
                           self->transfers, on_sent, g_object_ref (task));
}

/* Touches nothing of the session but its key and its id: constants. */
static void
seal_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  DrawSession *self = source;
  Answer *answer = data;
  gsize size = MIN (answer->part_size, g_bytes_get_size (answer->state) - answer->at);
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (answer->state, answer->at, size);
  GBytes *sealed = board_blob_seal (&self->key, self->board, part);
  g_autofree char *id = board_blob_make_id (sealed);

  answer->at += size;
  board_snapshot_add_part (&answer->snapshot, id);
  g_task_return_pointer (task, sealed, (GDestroyNotify) g_bytes_unref);
}

/* One part after the other is sealed and uploaded, so that no more than one of them is in memory. answer: (transfer
 * full) */
static void
seal_next (DrawSession *self, Answer *answer)
{
  g_autoptr (GTask) task = g_task_new (self, self->transfers, on_sealed, NULL);

  g_task_set_source_tag (task, seal_next);
  g_task_set_task_data (task, answer, answer_unref);
  g_task_run_in_thread (task, seal_in_thread);
}

/* Of a part, before it is sealed: what the server takes. */
static gsize
get_part_size (DrawSession *self)
{
  return self->max_blob > BOARD_BLOB_OVERHEAD ? MIN (BOARD_MAX_BLOB, (gsize) self->max_blob - BOARD_BLOB_OVERHEAD)
                                              : BOARD_MAX_BLOB;
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  DrawSession *self = DRAW_SESSION (source);
  g_autoptr (GError) error = NULL;
  Answer *answer;
  uint64_t seq;
  GBytes *state = draw_session_make_state_finish (self, result, &seq, &error);

  if (state == NULL || seq == 0)
    {
      g_info ("no snapshot: %s", error != NULL ? error->message : "there is no log yet");
      g_clear_pointer (&state, g_bytes_unref);
      say (self, NULL);
      return;
    }
  draw_session_keep_state (self, seq, state);
  answer = g_rc_box_new0 (Answer);
  answer->snapshot.seq = seq;
  answer->state = state;
  answer->part_size = get_part_size (self);
  if (g_bytes_get_size (state) <= MIN (BOARD_MAX_STATE, BOARD_MAX_SNAPSHOT_PARTS * answer->part_size))
    {
      seal_next (self, answer);
      return;
    }
  answer_unref (answer);
  say_too_large (self, seq);
}

/* A board that was too large for the server is asked again every minute: it is not looked at before it has
 * grown, or shrunk perhaps, for a while. Who began with a snapshot and has not read the log bears no witness to it. */
static gboolean
is_worth_trying (DrawSession *self)
{
  return self->question == NULL && !draw_session_is_unproven (self) && self->role >= BOARD_ROLE_EDITOR &&
         board_replica_get_seq (self->replica) >= self->too_large_seq + self->too_large_seq / 2;
}

void
draw_session_answer_snapshot (DrawSession *self, SioAck *ack)
{
  if (!is_worth_trying (self))
    {
      send_json (ack, NULL);
      return;
    }
  self->question = sio_ack_ref (ack);
  draw_session_make_state_async (self, on_made, NULL);
}
