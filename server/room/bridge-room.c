/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "room/bridge-room.h"

#include "log/bridge-log.h"
#include "log/bridge-metrics.h"
#include "room/bridge-room-private.h"

G_DEFINE_TYPE (BridgeRoom, bridge_room, G_TYPE_OBJECT)

enum { SIGNAL_ENDED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
person_free (gpointer data)
{
  BridgePerson *person = data;

  g_clear_pointer (&person->guest, bridge_guest_unref);
  bridge_member_free (person->record);
  g_free (person);
}

BridgePerson *
bridge_room_find (BridgeRoom *self, const char *member)
{
  return g_hash_table_lookup (self->people, member);
}

static BridgePerson *
add_person (BridgeRoom *self, const BridgeMember *record)
{
  BridgePerson *person = g_new0 (BridgePerson, 1);

  person->record = bridge_member_copy (record);
  g_hash_table_insert (self->people, person->record->id, person);
  g_ptr_array_add (self->roll, person);
  return person;
}

/* Role and ban of a member whom the room knows are not looked at: changes reach the room in their order,
 * while what was admitted or loaded may be older. The counter never goes back for the same reason. */
BridgePerson *
bridge_room_update_person (BridgeRoom *self, const BridgeMember *record)
{
  BridgePerson *person = bridge_room_find (self, record->id);

  if (person == NULL)
    return add_person (self, record);

  person->record->counter = MAX (person->record->counter, record->counter);
  g_free (person->record->profile);
  person->record->profile = g_strdup (record->profile);
  return person;
}

static BoardMember *
person_to_wire (const BridgePerson *person)
{
  BoardMember *member = g_new0 (BoardMember, 1);

  member->id = g_strdup (person->record->id);
  member->role = person->record->role;
  member->profile = g_strdup (person->record->profile);
  member->here = person->guest != NULL;
  member->banned = person->record->banned;
  return member;
}

/* --- News: who came, who left -------------------------------------------------------------------
 */

static BoardPresence *
gather_news (BridgeRoom *self)
{
  BoardPresence *presence = board_presence_new ();
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, self->news);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      BridgePerson *person = bridge_room_find (self, id);

      gboolean is_here = person->guest != NULL;
      BridgeNews news = GPOINTER_TO_INT (value);
      gboolean was_here = (news & BRIDGE_NEWS_WAS_HERE) != 0;

      if (was_here && !is_here)
        g_ptr_array_add (presence->left, g_strdup (id));
      if (is_here && !was_here)
        g_ptr_array_add (presence->joined, person_to_wire (person));
      else if ((news & BRIDGE_NEWS_CHANGED) != 0)
        g_ptr_array_add (presence->changed, person_to_wire (person));
    }
  return presence;
}

static gboolean
flush_news (gpointer user_data)
{
  g_autoptr (BridgeRoom) self = g_object_ref (user_data);
  g_autoptr (BoardPresence) presence = gather_news (self);
  g_autoptr (JsonNode) node = board_presence_build (presence);

  self->news_source = 0;
  g_hash_table_remove_all (self->news);
  if (presence->joined->len + presence->left->len + presence->changed->len > 0)
    {
      g_autoptr (SioArgs) args = sio_args_new ();
      g_autoptr (SioBroadcast) broadcast = sio_namespace_to (self->nsp, self->board);

      sio_args_add_node (args, node);
      sio_broadcast_emit (broadcast, BOARD_EVENT_MEMBERS, args);
    }
  return G_SOURCE_REMOVE;
}

/* was_here: before what happens now. changed: more than that. */
static void
note_news (BridgeRoom *self, BridgePerson *person, gboolean was_here, gboolean changed)
{
  gpointer value = NULL;
  int news = was_here ? BRIDGE_NEWS_WAS_HERE : 0;

  if (g_hash_table_lookup_extended (self->news, person->record->id, NULL, &value))
    news = GPOINTER_TO_INT (value);
  if (changed)
    news |= BRIDGE_NEWS_CHANGED;
  g_hash_table_insert (self->news, person->record->id, GINT_TO_POINTER (news));
  if (self->news_source == 0)
    self->news_source = g_timeout_add ((guint) self->limits.members_interval, flush_news, self);
}

void
bridge_room_note_change (BridgeRoom *self, BridgePerson *person)
{
  note_news (self, person, person->guest != NULL, TRUE);
}

/* --- Coming and going ----------------------------------------------------------------------------
 */

static BoardServerLimits
tell_limits (const BridgeLimits *limits)
{
  return (BoardServerLimits){
    .op = BOARD_MAX_OP_BODY,
    .cast = BOARD_MAX_CAST_BODY,
    .blob = limits->blob_bytes,
    .blobs = limits->blob_bytes_per_board,
    .log = limits->bytes_per_board,
    .members = limits->members_per_board,
    .ops_per_second = limits->ops_per_second,
    .ops_burst = limits->ops_burst,
    .op_bytes_per_second = limits->op_bytes_per_second,
    .op_bytes_burst = limits->op_bytes_burst,
    .waiting_ops = limits->waiting_ops,
    .waiting_bytes = limits->waiting_bytes,
    .casts_per_second = limits->casts_per_second,
    .casts_burst = limits->casts_burst,
    .cast_bytes_per_second = limits->cast_bytes_per_second,
    .cast_bytes_burst = limits->cast_bytes_burst,
    .requests_per_second = limits->requests_per_second,
    .requests_burst = limits->requests_burst,
  };
}

static void
say_hello (BridgeRoom *self,
           BridgeGuest *guest,
           const BridgePerson *person,
           const BoardSnapshot *snapshot)
{
  BoardHello hello = { .you = guest->member,
                       .role = guest->role,
                       .seq = self->head,
                       .counter = person->record->counter,
                       .locked = self->locked,
                       .now = g_get_real_time () / 1000,
                       .snapshot = *snapshot,
                       .limits = tell_limits (&self->limits) };
  g_autoptr (GPtrArray) members
      = g_ptr_array_new_with_free_func ((GDestroyNotify) board_member_free);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (SioArgs) args = sio_args_new ();

  for (guint i = 0; i < self->roll->len; i++)
    g_ptr_array_add (members, person_to_wire (g_ptr_array_index (self->roll, i)));
  hello.members = members;

  node = board_hello_build (&hello);
  sio_args_add_node (args, node);
  sio_socket_emit (guest->socket, BOARD_EVENT_HELLO, args);
}

static void
on_socket_drained (SioSocket *socket, gpointer user_data)
{
  BridgeGuest *guest = user_data;

  bridge_room_pump (guest->room, guest);
}

static void
on_socket_disconnected (SioSocket *socket, SioDisconnectReason reason, gpointer user_data)
{
  g_autoptr (BridgeGuest) guest = bridge_guest_ref (user_data);
  BridgeRoom *self = guest->room;
  BridgePerson *person = bridge_room_find (self, guest->member);

  g_signal_handlers_disconnect_by_data (socket, guest);
  bridge_guest_set_state (guest, BRIDGE_GUEST_GONE);
  self->n_guests--;
  bridge_log (G_LOG_LEVEL_INFO, "left", "board", self->board, "member", guest->member, "reason",
              sio_disconnect_reason_to_string (reason, FALSE), NULL);
  /* Somebody who was replaced is still here. */
  if (person->guest == guest)
    {
      note_news (self, person, TRUE, FALSE);
      bridge_guest_leave_budgets (person->guest, person->budgets);
      g_clear_pointer (&person->guest, bridge_guest_unref);
    }
}

static void
unref_guest_closure (gpointer data, GClosure *closure)
{
  bridge_guest_unref (data);
}

/* Every handler keeps the guest, and with it the room, alive. */
static void
connect_socket (BridgeGuest *guest)
{
  g_signal_connect_data (guest->socket, "drained", G_CALLBACK (on_socket_drained),
                         bridge_guest_ref (guest), unref_guest_closure, 0);
  g_signal_connect_data (guest->socket, "disconnected", G_CALLBACK (on_socket_disconnected),
                         bridge_guest_ref (guest), unref_guest_closure, 0);
}

gboolean
bridge_room_has_place (BridgeRoom *self, const char *member)
{
  BridgePerson *person;

  g_return_val_if_fail (BRIDGE_IS_ROOM (self) && member != NULL, FALSE);

  person = bridge_room_find (self, member);
  return (person != NULL && person->guest != NULL)
         || self->n_guests < self->limits.connected_per_board;
}

void
bridge_room_seat (BridgeRoom *self,
                  SioSocket *socket,
                  const BridgeAdmission *admission,
                  int64_t since,
                  gboolean snapshot)
{
  BoardSnapshot shortcut = { 0 };
  g_autoptr (BridgeGuest) old = NULL;
  g_autoptr (BridgeGuest) guest = NULL;
  BridgePerson *person;

  g_return_if_fail (BRIDGE_IS_ROOM (self) && self->state == BRIDGE_ROOM_OPEN);
  g_return_if_fail (SIO_IS_SOCKET (socket) && admission != NULL && since >= -1);

  person = bridge_room_update_person (self, admission->member);
  note_news (self, person, person->guest != NULL, TRUE);
  guest = bridge_guest_new (self, socket, person->record->id, person->record->role, &self->limits);
  old = person->guest;
  if (old != NULL)
    bridge_guest_leave_budgets (old, person->budgets);
  bridge_guest_take_budgets (guest, person->budgets);
  person->guest = bridge_guest_ref (guest);
  self->n_guests++;
  if (snapshot && self->snapshot.seq > (uint64_t) MAX (since, 0))
    shortcut = self->snapshot;
  guest->next = MAX ((uint64_t) MAX (since, 0), shortcut.seq) + 1;
  if (old != NULL)
    bridge_guest_dismiss (old, BOARD_BYE_REPLACED, "You opened this board somewhere else", FALSE);

  bridge_log (G_LOG_LEVEL_INFO, "joined", "board", self->board, "member", guest->member, "role",
              board_role_to_string (guest->role), NULL);
  bridge_count (BRIDGE_COUNT_JOINS, 1);
  connect_socket (guest);
  bridge_room_connect_events (self, guest);
  sio_socket_join (socket, self->board);
  say_hello (self, guest, person, &shortcut);
  bridge_room_pump (self, guest);
  bridge_room_note_log (self, admission->seq);
}

gboolean
bridge_room_is_ended (BridgeRoom *self)
{
  g_return_val_if_fail (BRIDGE_IS_ROOM (self), FALSE);

  return self->ended;
}

gboolean
bridge_room_is_banned (BridgeRoom *self, const char *member)
{
  BridgePerson *person;

  g_return_val_if_fail (BRIDGE_IS_ROOM (self) && member != NULL, FALSE);

  person = bridge_room_find (self, member);
  return person != NULL && person->record->banned;
}

gboolean
bridge_room_get_presence (BridgeRoom *self,
                          const char *member,
                          const char **engine_id,
                          BoardRole *role)
{
  BridgePerson *person;

  g_return_val_if_fail (BRIDGE_IS_ROOM (self) && member != NULL, FALSE);
  g_return_val_if_fail (engine_id != NULL && role != NULL, FALSE);

  person = bridge_room_find (self, member);
  if (person == NULL || person->guest == NULL || bridge_guest_is_gone (person->guest))
    return FALSE;
  *engine_id = sio_socket_get_engine_id (person->guest->socket);
  *role = person->guest->role;
  return TRUE;
}

guint
bridge_room_get_n_guests (BridgeRoom *self)
{
  g_return_val_if_fail (BRIDGE_IS_ROOM (self), 0);

  return self->n_guests;
}

static void
dismiss_all (BridgeRoom *self, const char *code, const char *message, gboolean may_return)
{
  g_autoptr (GPtrArray) guests
      = g_ptr_array_new_with_free_func ((GDestroyNotify) bridge_guest_unref);

  for (guint i = 0; i < self->roll->len; i++)
    {
      BridgePerson *person = g_ptr_array_index (self->roll, i);

      if (person->guest != NULL)
        g_ptr_array_add (guests, bridge_guest_ref (person->guest));
    }
  for (guint i = 0; i < guests->len; i++)
    bridge_guest_dismiss (g_ptr_array_index (guests, i), code, message, may_return);
}

void
bridge_room_dismiss_all (BridgeRoom *self, const char *code, const char *message)
{
  g_return_if_fail (BRIDGE_IS_ROOM (self) && code != NULL && message != NULL);

  dismiss_all (self, code, message, TRUE);
}

/* --- Changes that the store has made -------------------------------------------------------------
 */

static void
apply_standing (BridgeRoom *self, const BridgeMember *record)
{
  BridgePerson *person = bridge_room_update_person (self, record);

  person->record->role = record->role;
  person->record->banned = record->banned;
  bridge_room_note_change (self, person);
  if (person->guest == NULL)
    return;
  person->guest->role = record->role;
  if (record->banned)
    bridge_guest_dismiss (person->guest, board_refusal_to_string (BOARD_REFUSAL_BANNED),
                          "A host keeps you out", FALSE);
}

static void
apply_lock (BridgeRoom *self, gboolean locked)
{
  g_autoptr (SioArgs) args = sio_args_new ();
  g_autoptr (SioBroadcast) broadcast = NULL;

  self->lock_known = TRUE;
  if (self->locked == locked)
    return;
  self->locked = locked;
  sio_args_add_boolean (args, locked);
  broadcast = sio_namespace_to (self->nsp, self->board);
  sio_broadcast_emit (broadcast, BOARD_EVENT_LOCK, args);
}

static void
apply_end (BridgeRoom *self)
{
  self->ended = TRUE;
  if (self->blobs != NULL)
    bridge_blobs_remove_board (self->blobs, self->board);
  bridge_log (G_LOG_LEVEL_INFO, "board-ended", "board", self->board, NULL);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0);
  dismiss_all (self, BOARD_BYE_ENDED, "The host has ended this board", FALSE);
}

void
bridge_room_apply_change (BridgeRoom *self, const BridgeChange *change, GPtrArray *changed)
{
  g_return_if_fail (BRIDGE_IS_ROOM (self) && change != NULL && changed != NULL);

  g_object_ref (self);
  for (guint i = 0; i < changed->len; i++)
    apply_standing (self, g_ptr_array_index (changed, i));
  if (change->kind == BRIDGE_CHANGE_LOCK)
    apply_lock (self, change->on);
  else if (change->kind == BRIDGE_CHANGE_END)
    apply_end (self);
  g_object_unref (self);
}

/* --- Opening -------------------------------------------------------------------------------------
 */

static void
take_board (BridgeRoom *self, const BridgeBoard *board)
{
  if (!self->lock_known)
    self->locked = board->locked;
  /* A board that came out of a backup may name one whose parts did not come with it. */
  if (board->snapshot.seq > 0 && bridge_room_has_parts (self, &board->snapshot))
    self->snapshot = board->snapshot;
  self->head = self->tail = self->stored = board->seq;
  for (guint i = 0; i < board->members->len; i++)
    bridge_room_update_person (self, g_ptr_array_index (board->members, i));
}

static void
on_store_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BridgeRoom) self = user_data;
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->opening);
  g_autoptr (GError) error = NULL;
  g_autoptr (BridgeBoard) board = bridge_store_load_finish (BRIDGE_STORE (source), result, &error);

  g_assert (self->state == BRIDGE_ROOM_OPENING);

  self->opening = g_ptr_array_new_with_free_func (g_object_unref);
  self->state = board != NULL ? BRIDGE_ROOM_OPEN : BRIDGE_ROOM_CLOSED;
  if (board != NULL)
    {
      take_board (self, board);
      bridge_log (G_LOG_LEVEL_INFO, "room-opened", "board", self->board, NULL);
    }

  for (guint i = 0; i < waiting->len; i++)
    if (board != NULL)
      g_task_return_boolean (g_ptr_array_index (waiting, i), TRUE);
    else
      g_task_return_error (g_ptr_array_index (waiting, i), g_error_copy (error));
}

void
bridge_room_open_async (BridgeRoom *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BRIDGE_IS_ROOM (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, bridge_room_open_async);
  if (self->state == BRIDGE_ROOM_OPEN)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_ptr_array_add (self->opening, g_steal_pointer (&task));
  if (self->state == BRIDGE_ROOM_CLOSED)
    {
      self->state = BRIDGE_ROOM_OPENING;
      bridge_store_load_async (self->store, self->board, on_store_loaded, g_object_ref (self));
    }
}

gboolean
bridge_room_open_finish (BridgeRoom *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- The object --- */

static void
bridge_room_finalize (GObject *object)
{
  BridgeRoom *self = BRIDGE_ROOM (object);

  g_assert (self->n_guests == 0);

  if (self->state == BRIDGE_ROOM_OPEN)
    bridge_log (G_LOG_LEVEL_INFO, "room-closed", "board", self->board, NULL);
  g_clear_handle_id (&self->news_source, g_source_remove);
  bridge_room_log_clear (self);
  bridge_room_casts_clear (self);
  g_clear_pointer (&self->blobs, bridge_blobs_unref);
  g_ptr_array_unref (self->opening);
  g_hash_table_unref (self->news);
  g_ptr_array_unref (self->roll);
  g_hash_table_unref (self->people);
  g_object_unref (self->nsp);
  g_object_unref (self->store);
  g_free (self->log_channel);
  g_free (self->board);

  G_OBJECT_CLASS (bridge_room_parent_class)->finalize (object);
}

static void
bridge_room_class_init (BridgeRoomClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bridge_room_finalize;

  signals[SIGNAL_ENDED] = g_signal_new ("ended", BRIDGE_TYPE_ROOM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
}

static void
bridge_room_init (BridgeRoom *self)
{
  self->opening = g_ptr_array_new_with_free_func (g_object_unref);
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, person_free);
  self->roll = g_ptr_array_new ();
  self->news = g_hash_table_new (g_str_hash, g_str_equal);
  bridge_room_log_init (self);
  bridge_room_casts_init (self);
}

BridgeRoom *
bridge_room_new (const char *board,
                 BridgeStore *store,
                 BridgeBlobs *blobs,
                 SioNamespace *nsp,
                 const BridgeLimits *limits)
{
  BridgeRoom *self;

  g_return_val_if_fail (board != NULL && BRIDGE_IS_STORE (store) && SIO_IS_NAMESPACE (nsp), NULL);

  self = g_object_new (BRIDGE_TYPE_ROOM, NULL);
  self->board = g_strdup (board);
  /* No client names rooms, and no board's id or socket's id has a slash. */
  self->log_channel = g_strconcat (board, "/log", NULL);
  self->store = g_object_ref (store);
  self->blobs = blobs != NULL ? bridge_blobs_ref (blobs) : NULL;
  self->nsp = g_object_ref (nsp);
  self->limits = *limits;
  return self;
}

const char *
bridge_room_get_board (BridgeRoom *self)
{
  g_return_val_if_fail (BRIDGE_IS_ROOM (self), NULL);

  return self->board;
}
