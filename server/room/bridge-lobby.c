/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "room/bridge-lobby.h"

#include "engineio/eio-socket.h"
#include "log/bridge-log.h"
#include "log/bridge-metrics.h"
#include "room/bridge-room-private.h"

/* CONNECTs that one connection may have refused: each may cost two signature checks. */
#define MAX_TRIES 5

struct _BridgeLobby {
  GObject parent_instance;

  SioNamespace *nsp;  /* owned */
  BridgeStore *store; /* owned */
  BridgeBlobs *blobs; /* owned, nullable */
  BridgeLimits limits;
  GHashTable *rooms; /* id, owned -> BridgeRoom, weak */
  gboolean closed;
};

G_DEFINE_TYPE (BridgeLobby, bridge_lobby, G_TYPE_OBJECT)

/* Somebody who is being let in. */
typedef struct {
  BridgeLobby *lobby;         /* owned */
  SioSocket *socket;          /* owned */
  SioNext *next;              /* owned */
  BoardJoin *join;            /* owned */
  char *member_id;            /* owned */
  BridgeAdmission *admission; /* owned; once the store has let them in */
  BridgeRoom *room;           /* owned; once it was found */
} Visit;

static void
visit_free (Visit *visit)
{
  g_clear_object (&visit->room);
  g_clear_pointer (&visit->admission, bridge_admission_free);
  g_free (visit->member_id);
  g_clear_pointer (&visit->join, board_join_free);
  sio_next_unref (visit->next);
  g_object_unref (visit->socket);
  g_object_unref (visit->lobby);
  g_free (visit);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Visit, visit_free)

/* What "connection" needs to know of a socket that was let in. */
typedef struct {
  BridgeRoom *room;           /* owned: keeps it open until the socket has gone */
  BridgeAdmission *admission; /* owned */
  int64_t since;
  gboolean snapshot;
} Ticket;

static void
ticket_free (gpointer data)
{
  Ticket *ticket = data;

  g_object_unref (ticket->room);
  bridge_admission_free (ticket->admission);
  g_free (ticket);
}

static G_DEFINE_QUARK (bridge - ticket, ticket)
static G_DEFINE_QUARK (bridge - tries, tries)

/* --- Rooms --- */

static void
on_room_gone (gpointer data, GObject *where_it_was)
{
  BridgeLobby *self = data;
  GHashTableIter iter;
  gpointer room;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    if (room == where_it_was)
      g_hash_table_iter_remove (&iter);
}

/* Whoever comes now meets a new room, whatever the store says of the board then. */
static void
on_room_ended (BridgeRoom *room, gpointer user_data)
{
  BridgeLobby *self = user_data;

  g_object_weak_unref (G_OBJECT (room), on_room_gone, self);
  g_hash_table_remove (self->rooms, bridge_room_get_board (room));
}

/* Transfer full. */
static BridgeRoom *
ref_room (BridgeLobby *self, const char *board)
{
  BridgeRoom *room = g_hash_table_lookup (self->rooms, board);

  if (room != NULL)
    return g_object_ref (room);

  room = bridge_room_new (board, self->store, self->blobs, self->nsp, &self->limits);
  g_object_weak_ref (G_OBJECT (room), on_room_gone, self);
  g_signal_connect_object (room, "ended", G_CALLBACK (on_room_ended), self, 0);
  g_hash_table_insert (self->rooms, g_strdup (board), room);
  return room;
}

/* --- Letting in --- */

/* Guessing ends the connection: a new one costs the guesser a handshake. */
static void
count_try (SioSocket *socket)
{
  EioSocket *engine = sio_socket_get_engine (socket);
  guint tries;

  if (engine == NULL)
    return;
  tries = GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (engine), tries_quark ())) + 1;
  g_object_set_qdata (G_OBJECT (engine), tries_quark (), GUINT_TO_POINTER (tries));
  if (tries >= MAX_TRIES)
    eio_socket_close (engine, FALSE);
}

static void
turn_away (SioSocket *socket,
           SioNext *next,
           const char *board,
           BoardRefusal refusal,
           const char *message)
{
  g_autoptr (JsonNode) data = board_refusal_to_json (refusal, message);
  EioSocket *engine = sio_socket_get_engine (socket);

  bridge_log (G_LOG_LEVEL_INFO, "refused", "board", board, "refusal",
              board_refusal_to_string (refusal), "address",
              engine != NULL ? eio_socket_get_remote_address (engine) : NULL, NULL);
  bridge_count (BRIDGE_COUNT_REFUSED_JOINS, 1);
  sio_next_reject (next, message, data);
  count_try (socket);
}

static void
turn_away_visit (Visit *visit, BoardRefusal refusal, const char *message)
{
  turn_away (visit->socket, visit->next, visit->join->board, refusal, message);
}

static void
on_room_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Visit) visit = user_data;
  g_autoptr (GError) error = NULL;
  Ticket *ticket;

  if (!bridge_room_open_finish (visit->room, result, &error))
    {
      turn_away_visit (visit, bridge_room_refusal_of (error),
                       "The server cannot open the board now");
      return;
    }
  if (visit->lobby->closed)
    {
      turn_away_visit (visit, BOARD_REFUSAL_UNAVAILABLE, "The server is shutting down");
      return;
    }
  if (bridge_room_is_ended (visit->room))
    {
      turn_away_visit (visit, BOARD_REFUSAL_UNKNOWN_BOARD, "There is no such board");
      return;
    }
  if (bridge_room_is_banned (visit->room, visit->member_id))
    {
      turn_away_visit (visit, BOARD_REFUSAL_BANNED, "You are kept out");
      return;
    }
  if (!bridge_room_has_place (visit->room, visit->member_id))
    {
      turn_away_visit (visit, BOARD_REFUSAL_FULL, "Nobody else fits on this board");
      return;
    }

  ticket = g_new0 (Ticket, 1);
  ticket->room = g_object_ref (visit->room);
  ticket->admission = g_steal_pointer (&visit->admission);
  ticket->since = visit->join->since;
  ticket->snapshot = visit->join->snapshot;
  g_object_set_qdata_full (G_OBJECT (visit->socket), ticket_quark (), ticket, ticket_free);
  sio_next_accept (visit->next);
}

static void
on_admitted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Visit) visit = user_data;
  g_autoptr (GError) error = NULL;

  visit->admission = bridge_store_admit_finish (BRIDGE_STORE (source), result, &error);
  if (visit->admission == NULL)
    {
      BoardRefusal refusal = bridge_room_refusal_of (error);

      turn_away_visit (visit, refusal,
                       refusal == BOARD_REFUSAL_UNAVAILABLE ? "The server cannot let you in now"
                                                            : error->message);
      return;
    }

  visit->room = ref_room (visit->lobby, visit->join->board);
  bridge_room_open_async (visit->room, on_room_open, visit);
  g_steal_pointer (&visit);
}

/* Whether the one who connects holds the keys: the proofs sign this very connection. */
static gboolean
check_proofs (SioSocket *socket, const BoardJoin *join)
{
  const char *sid = sio_socket_get_engine_id (socket);

  return board_proof_verify (&join->member_key, join->member_proof, sid, join->board)
         && (!join->has_invite
             || board_proof_verify (&join->invite_key, join->invite_proof, sid, join->board));
}

static void
judge_connect (SioNamespace *nsp, SioSocket *socket, SioNext *next, gpointer user_data)
{
  BridgeLobby *self = user_data;
  JsonObject *auth = sio_socket_get_auth (socket);
  g_autoptr (BoardJoin) join = auth != NULL ? board_join_parse (auth, NULL) : NULL;
  g_autofree char *invite = NULL;
  Visit *visit;

  if (self->closed)
    {
      turn_away (socket, next, NULL, BOARD_REFUSAL_UNAVAILABLE, "The server is shutting down");
      return;
    }
  if (join == NULL)
    {
      turn_away (socket, next, NULL, BOARD_REFUSAL_BAD_REQUEST,
                 "This is no request to join a board");
      return;
    }
  if (!check_proofs (socket, join))
    {
      turn_away (socket, next, join->board, BOARD_REFUSAL_NOT_INVITED,
                 "This invitation is not valid");
      return;
    }

  visit = g_new0 (Visit, 1);
  visit->lobby = g_object_ref (self);
  visit->socket = g_object_ref (socket);
  visit->next = sio_next_ref (next);
  visit->member_id = board_key_to_text (&join->member_key);
  invite = join->has_invite ? board_key_to_text (&join->invite_key) : NULL;
  visit->join = g_steal_pointer (&join);
  bridge_store_admit_async (self->store, visit->join->board, visit->member_id, invite,
                            visit->join->profile, g_get_real_time () / 1000, on_admitted, visit);
}

static void
on_namespace_connection (SioNamespace *nsp, SioSocket *socket, gpointer user_data)
{
  Ticket *ticket = g_object_steal_qdata (G_OBJECT (socket), ticket_quark ());

  g_assert (ticket != NULL);

  bridge_room_seat (ticket->room, socket, ticket->admission, ticket->since, ticket->snapshot);
  ticket_free (ticket);
}

/* --- The object --- */

static void
bridge_lobby_finalize (GObject *object)
{
  BridgeLobby *self = BRIDGE_LOBBY (object);
  GHashTableIter iter;
  gpointer room;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    g_object_weak_unref (room, on_room_gone, self);
  g_hash_table_unref (self->rooms);
  g_clear_pointer (&self->blobs, bridge_blobs_unref);
  g_object_unref (self->store);
  g_object_unref (self->nsp);

  G_OBJECT_CLASS (bridge_lobby_parent_class)->finalize (object);
}

static void
bridge_lobby_class_init (BridgeLobbyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bridge_lobby_finalize;
}

static void
bridge_lobby_init (BridgeLobby *self)
{
  self->rooms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

BridgeLobby *
bridge_lobby_new (SioNamespace *nsp,
                  BridgeStore *store,
                  BridgeBlobs *blobs,
                  const BridgeLimits *limits)
{
  BridgeLobby *self;

  g_return_val_if_fail (SIO_IS_NAMESPACE (nsp) && BRIDGE_IS_STORE (store) && limits != NULL, NULL);

  self = g_object_new (BRIDGE_TYPE_LOBBY, NULL);
  self->nsp = g_object_ref (nsp);
  self->store = g_object_ref (store);
  self->blobs = blobs != NULL ? bridge_blobs_ref (blobs) : NULL;
  self->limits = *limits;
  sio_namespace_use (nsp, judge_connect, self, NULL);
  g_signal_connect_object (nsp, "connection", G_CALLBACK (on_namespace_connection), self, 0);
  return self;
}

guint
bridge_lobby_get_n_rooms (BridgeLobby *self)
{
  g_return_val_if_fail (BRIDGE_IS_LOBBY (self), 0);

  return g_hash_table_size (self->rooms);
}

guint
bridge_lobby_get_n_guests (BridgeLobby *self)
{
  GHashTableIter iter;
  gpointer room;
  guint n = 0;

  g_return_val_if_fail (BRIDGE_IS_LOBBY (self), 0);

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    n += bridge_room_get_n_guests (room);
  return n;
}

void
bridge_lobby_set_limits (BridgeLobby *self, const BridgeLimits *limits)
{
  g_return_if_fail (BRIDGE_IS_LOBBY (self) && limits != NULL);

  self->limits = *limits;
}

gboolean
bridge_lobby_has_room (BridgeLobby *self, const char *board)
{
  g_return_val_if_fail (BRIDGE_IS_LOBBY (self) && board != NULL, FALSE);

  return g_hash_table_contains (self->rooms, board);
}

guint
bridge_lobby_get_n_guests_of (BridgeLobby *self, const char *board)
{
  BridgeRoom *room;

  g_return_val_if_fail (BRIDGE_IS_LOBBY (self) && board != NULL, 0);

  room = g_hash_table_lookup (self->rooms, board);
  return room != NULL ? bridge_room_get_n_guests (room) : 0;
}

gboolean
bridge_lobby_get_presence (BridgeLobby *self,
                           const char *board,
                           const char *member,
                           const char **engine_id,
                           BoardRole *role)
{
  BridgeRoom *room;

  g_return_val_if_fail (BRIDGE_IS_LOBBY (self) && board != NULL && member != NULL, FALSE);

  room = g_hash_table_lookup (self->rooms, board);
  return room != NULL && bridge_room_get_presence (room, member, engine_id, role);
}

/* --- Changes from outside of a room --- */

/* The data of a change's task. */
typedef struct {
  char *board;
  BridgeChange *change;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->board);
  bridge_change_free (order->change);
  g_free (order);
}

static void
on_board_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BridgeLobby *self = g_task_get_source_object (task);
  Order *order = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) changed
      = bridge_store_change_finish (BRIDGE_STORE (source), result, &error);
  BridgeRoom *room = g_hash_table_lookup (self->rooms, order->board);

  if (changed == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (room != NULL)
    bridge_room_apply_change (room, order->change, changed);
  else if (order->change->kind == BRIDGE_CHANGE_END && self->blobs != NULL)
    bridge_blobs_remove_board (self->blobs, order->board);
  g_task_return_boolean (task, TRUE);
}

void
bridge_lobby_change_async (BridgeLobby *self,
                           const char *board,
                           const BridgeChange *change,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Order *order;
  GTask *task;

  g_return_if_fail (BRIDGE_IS_LOBBY (self) && board != NULL && change != NULL);

  order = g_new0 (Order, 1);
  order->board = g_strdup (board);
  order->change = bridge_change_copy (change);
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, bridge_lobby_change_async);
  g_task_set_task_data (task, order, order_free);
  bridge_store_change_async (self->store, board, change, on_board_changed, task);
}

gboolean
bridge_lobby_change_finish (BridgeLobby *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- What nobody needs any more --- */

typedef struct {
  BridgeLobby *lobby; /* owned */
  int64_t empty, silent;
} Sweep;

static void
on_swept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *board = user_data;
  g_autoptr (GError) error = NULL;

  if (bridge_lobby_change_finish (BRIDGE_LOBBY (source), result, &error) && board != NULL)
    bridge_log (G_LOG_LEVEL_INFO, "board-swept", "board", board, NULL);
}

static void
sweep_board (const Sweep *sweep, const BridgeBoardInfo *info)
{
  int64_t now = g_get_real_time () / 1000;
  const BridgeChange end = { .kind = BRIDGE_CHANGE_END };
  const BridgeChange forget
      = { .kind = BRIDGE_CHANGE_FORGET, .before = now - sweep->silent * 1000 };

  if (sweep->empty >= 0 && info->seq == 0 && now / 1000 - info->created >= sweep->empty)
    bridge_lobby_change_async (sweep->lobby, info->id, &end, on_swept, g_strdup (info->id));
  else if (sweep->silent >= 0 && info->members > 1)
    bridge_lobby_change_async (sweep->lobby, info->id, &forget, on_swept, NULL);
}

static void
on_boards_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Sweep *sweep = user_data;
  g_autoptr (BridgeLobby) self = sweep->lobby;
  g_autoptr (GPtrArray) boards
      = bridge_store_list_boards_finish (BRIDGE_STORE (source), result, NULL);

  for (guint i = 0; boards != NULL && i < boards->len; i++)
    {
      const BridgeBoardInfo *info = g_ptr_array_index (boards, i);

      if (!bridge_lobby_has_room (self, info->id))
        sweep_board (sweep, info);
    }
}

void
bridge_lobby_sweep (BridgeLobby *self, int64_t empty, int64_t silent)
{
  Sweep *sweep;

  g_return_if_fail (BRIDGE_IS_LOBBY (self));

  sweep = g_new0 (Sweep, 1);
  sweep->lobby = g_object_ref (self);
  sweep->empty = empty;
  sweep->silent = silent;
  bridge_store_list_boards_async (self->store, on_boards_listed, sweep);
}

void
bridge_lobby_close (BridgeLobby *self)
{
  g_autoptr (GPtrArray) rooms = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer room;

  g_return_if_fail (BRIDGE_IS_LOBBY (self));

  self->closed = TRUE;
  /* Saying bye closes rooms. */
  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    g_ptr_array_add (rooms, g_object_ref (room));
  for (guint i = 0; i < rooms->len; i++)
    bridge_room_dismiss_all (g_ptr_array_index (rooms, i), BOARD_BYE_SHUTTING_DOWN,
                             "The server is shutting down");
}
