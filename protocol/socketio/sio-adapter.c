/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-adapter-private.h"

#include "socketio/sio-namespace-private.h"
#include "socketio/sio-outgoing.h"
#include "socketio/sio-socket-private.h"

typedef struct
{
  SioNamespace *nsp; /* borrowed; NULL before it is opened and once it is closed */
  char *name;
  SioRooms *rooms;
  GPtrArray *spare; /* for the receivers of the next broadcast; NULL during one */
  uint64_t next_ack_id;
  SioRecovery *recovery;  /* NULL until it is wanted */
  EioTimers *timers;      /* NULL unless there is a recovery */
  EioTimer recovery_timer; /* drops what is too old */
} SioAdapterPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (SioAdapter, sio_adapter, G_TYPE_OBJECT)

enum
{
  SIGNAL_CREATE_ROOM,
  SIGNAL_JOIN_ROOM,
  SIGNAL_LEAVE_ROOM,
  SIGNAL_DELETE_ROOM,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define PRIVATE(self) ((SioAdapterPrivate *)sio_adapter_get_instance_private (self))
#define CLASS(self) SIO_ADAPTER_GET_CLASS (self)

/* Signals of rooms, nearly never of interest. */

static void
tell_room (SioAdapter *self, guint signal, const char *room)
{
  if (g_signal_has_handler_pending (self, signals[signal], 0, FALSE))
    g_signal_emit (self, signals[signal], 0, room);
}

static void
tell_member (SioAdapter *self, guint signal, const char *room, SioSocket *socket)
{
  if (g_signal_has_handler_pending (self, signals[signal], 0, FALSE))
    g_signal_emit (self, signals[signal], 0, room, sio_socket_get_id (socket));
}

static void
tell_left_all (SioAdapter *self, SioSocket *socket, const char *const *rooms)
{
  for (; *rooms != NULL; rooms++)
    {
      tell_member (self, SIGNAL_LEAVE_ROOM, *rooms, socket);
      if (!sio_adapter_has_room (self, *rooms))
        tell_room (self, SIGNAL_DELETE_ROOM, *rooms);
    }
}

/* The class's functions: this process */

static void
sio_adapter_real_nothing (SioAdapter *self)
{
}

static void
sio_adapter_real_close (SioAdapter *self)
{
  SioAdapterPrivate *priv = PRIVATE (self);

  priv->nsp = NULL;
  if (priv->recovery == NULL)
    return;
  eio_timers_disarm (priv->timers, &priv->recovery_timer);
  g_clear_pointer (&priv->timers, eio_timers_unref);
  g_clear_pointer (&priv->recovery, sio_recovery_free);
}

static void
sio_adapter_real_server_count_async (SioAdapter *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_return_int (task, 1);
}

static guint
sio_adapter_real_server_count_finish (SioAdapter *self, GAsyncResult *result, GError **error)
{
  gssize n_servers = g_task_propagate_int (G_TASK (result), error);

  return MAX (n_servers, 0);
}

static void
sio_adapter_real_add (SioAdapter *self, SioSocket *socket)
{
  sio_rooms_add (PRIVATE (self)->rooms, sio_socket_get_member (socket));
  tell_room (self, SIGNAL_CREATE_ROOM, sio_socket_get_id (socket));
  tell_member (self, SIGNAL_JOIN_ROOM, sio_socket_get_id (socket), socket);
}

static void
sio_adapter_real_add_all (SioAdapter *self, SioSocket *socket, const char *const *rooms)
{
  SioAdapterPrivate *priv = PRIVATE (self);

  for (; *rooms != NULL; rooms++)
    {
      guint n_rooms = sio_rooms_get_n_rooms (priv->rooms);

      if (!sio_rooms_join (priv->rooms, sio_socket_get_member (socket), *rooms))
        continue;
      if (sio_rooms_get_n_rooms (priv->rooms) > n_rooms)
        tell_room (self, SIGNAL_CREATE_ROOM, *rooms);
      tell_member (self, SIGNAL_JOIN_ROOM, *rooms, socket);
    }
}

static void
sio_adapter_real_del (SioAdapter *self, SioSocket *socket, const char *room)
{
  const char *const rooms[] = { room, NULL };

  if (sio_rooms_leave (PRIVATE (self)->rooms, sio_socket_get_member (socket), room))
    tell_left_all (self, socket, rooms);
}

static void
sio_adapter_real_del_all (SioAdapter *self, SioSocket *socket)
{
  SioMember *member = sio_socket_get_member (socket);
  g_auto (GStrv) rooms = NULL;

  if (g_signal_has_handler_pending (self, signals[SIGNAL_LEAVE_ROOM], 0, FALSE)
      || g_signal_has_handler_pending (self, signals[SIGNAL_DELETE_ROOM], 0, FALSE))
    rooms = sio_rooms_dup_rooms_of (PRIVATE (self)->rooms, member);
  sio_rooms_remove (PRIVATE (self)->rooms, member);
  if (rooms != NULL)
    tell_left_all (self, socket, (const char *const *)rooms);
}

/* A broadcast from inside of a broadcast finds none and makes its own. */
static GPtrArray *
take_spare (SioAdapterPrivate *priv)
{
  GPtrArray *spare = g_steal_pointer (&priv->spare);

  return spare != NULL ? spare : g_ptr_array_new ();
}

static void
give_spare (SioAdapterPrivate *priv, GPtrArray *receivers)
{
  g_ptr_array_set_size (receivers, 0);
  if (priv->spare == NULL)
    priv->spare = receivers;
  else
    g_ptr_array_unref (receivers);
}

/* First who, then to them. */
static GPtrArray *
select_receivers (SioAdapterPrivate *priv, const SioSelection *to)
{
  GPtrArray *receivers = take_spare (priv);

  sio_rooms_select (priv->rooms, to->rooms, to->except, receivers);
  return receivers;
}

/* Where functions of the program are called, which may end everything. */
static void
hold_receivers (GPtrArray *receivers)
{
  for (guint i = 0; i < receivers->len; i++)
    g_object_ref (receivers->pdata[i]);
}

static void
release_receivers (GPtrArray *receivers)
{
  for (guint i = 0; i < receivers->len; i++)
    g_object_unref (receivers->pdata[i]);
}

/* Nearly never: two atomic operations for each receiver are a good part of what it costs here. */
static gboolean
calls_program (GPtrArray *receivers)
{
  for (guint i = 0; i < receivers->len; i++)
    if (sio_socket_has_outgoing (receivers->pdata[i]))
      return TRUE;
  return FALSE;
}

/* What is remembered of old sessions and events, kept until nobody can want it any more. */

static int64_t
get_now (void)
{
  return g_get_monotonic_time () / 1000;
}

static void
arm_recovery_timer (SioAdapterPrivate *priv)
{
  gboolean is_empty = sio_recovery_get_n_packets (priv->recovery) == 0
                      && sio_recovery_get_n_sessions (priv->recovery) == 0;

  if (!is_empty && !eio_timer_is_armed (&priv->recovery_timer))
    eio_timers_arm (priv->timers, &priv->recovery_timer,
                    sio_recovery_get_max_age (priv->recovery) / 2 + 1);
}

static void
on_recovery_timer (EioTimer *timer, gpointer user_data)
{
  SioAdapterPrivate *priv = PRIVATE (user_data);

  sio_recovery_expire (priv->recovery, get_now ());
  arm_recovery_timer (priv);
}

SioRecovery *
sio_adapter_get_recovery (SioAdapter *self)
{
  SioAdapterPrivate *priv = PRIVATE (self);

  if (priv->nsp == NULL || sio_namespace_get_recovery_limits (priv->nsp) == NULL)
    return NULL;
  if (priv->recovery == NULL)
    {
      priv->recovery = sio_recovery_new (sio_namespace_get_recovery_limits (priv->nsp));
      priv->timers = eio_timers_ref (sio_namespace_get_timers (priv->nsp));
      eio_timer_init (&priv->recovery_timer, on_recovery_timer, self);
    }
  return priv->recovery;
}

/* With its place in the log. */
static SioOutgoing *
log_event (SioAdapter *self, const SioSelection *to, const char *event, SioArgs *args)
{
  SioAdapterPrivate *priv = PRIVATE (self);
  g_autofree char *offset = sio_recovery_dup_next_offset (priv->recovery);
  SioOutgoing *outgoing = sio_outgoing_new_logged (priv->name, event, args, offset,
                                                   sio_recovery_get_position (priv->recovery) + 1);

  sio_recovery_add (priv->recovery, outgoing, to->rooms, to->except, get_now ());
  arm_recovery_timer (priv);
  return outgoing;
}

/* id: of the ack that is wanted, negative for none. */
static SioOutgoing *
encode (SioAdapter *self, const SioSelection *to, const char *event, SioArgs *args, int64_t id)
{
  gboolean is_logged
      = id < 0 && !to->is_volatile && sio_adapter_get_recovery (self) != NULL;
  SioOutgoing *outgoing = is_logged ? log_event (self, to, event, args)
                                    : sio_outgoing_new (PRIVATE (self)->name, event, args, id);

  if (to->is_uncompressed)
    sio_outgoing_forbid_compression (outgoing);
  return outgoing;
}

static void
sio_adapter_real_broadcast (SioAdapter *self,
                            const SioSelection *to,
                            const char *event,
                            SioArgs *args)
{
  g_autoptr (SioAdapter) alive = g_object_ref (self);
  SioAdapterPrivate *priv = PRIVATE (self);
  GPtrArray *receivers = select_receivers (priv, to);
  g_autoptr (SioOutgoing) outgoing = NULL;
  gboolean is_held = calls_program (receivers);

  /* What is remembered is so without a receiver, too. */
  if (receivers->len > 0 || sio_adapter_get_recovery (self) != NULL)
    outgoing = encode (self, to, event, args, -1);
  if (is_held)
    hold_receivers (receivers);
  for (guint i = 0; i < receivers->len; i++)
    sio_socket_deliver (receivers->pdata[i], outgoing, event, args, to->is_volatile);
  if (is_held)
    release_receivers (receivers);
  give_spare (priv, receivers);
}

static void
sio_adapter_real_broadcast_with_ack (SioAdapter *self,
                                     const SioSelection *to,
                                     const char *event,
                                     SioArgs *args,
                                     SioCollector *collector)
{
  g_autoptr (SioAdapter) alive = g_object_ref (self);
  g_autoptr (SioCollector) used = sio_collector_ref (collector);
  SioAdapterPrivate *priv = PRIVATE (self);
  GPtrArray *receivers = select_receivers (priv, to);
  uint64_t id = sio_adapter_next_ack_id (self);
  g_autoptr (SioOutgoing) outgoing = NULL;

  hold_receivers (receivers);
  sio_collector_add_clients (collector, receivers->len);
  if (receivers->len > 0)
    outgoing = encode (self, to, event, args, (int64_t)id);
  for (guint i = 0; i < receivers->len; i++)
    {
      sio_socket_expect (receivers->pdata[i], id, to->timeout_ms, collector);
      sio_socket_deliver (receivers->pdata[i], outgoing, event, args, to->is_volatile);
    }
  release_receivers (receivers);
  give_spare (priv, receivers);
}

static void
sio_adapter_real_fetch_sockets_async (SioAdapter *self,
                                      const SioSelection *to,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_return_pointer (task, sio_adapter_fetch_local_sockets (self, to),
                         (GDestroyNotify)g_ptr_array_unref);
}

static GPtrArray *
sio_adapter_real_fetch_sockets_finish (SioAdapter *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
sio_adapter_real_add_sockets (SioAdapter *self, const SioSelection *to, const char *const *rooms)
{
  g_autoptr (GPtrArray) sockets = sio_adapter_get_sockets (self, to);

  for (guint i = 0; i < sockets->len; i++)
    for (const char *const *room = rooms; *room != NULL; room++)
      sio_socket_join (sockets->pdata[i], *room);
}

static void
sio_adapter_real_del_sockets (SioAdapter *self, const SioSelection *to, const char *const *rooms)
{
  g_autoptr (GPtrArray) sockets = sio_adapter_get_sockets (self, to);

  for (guint i = 0; i < sockets->len; i++)
    for (const char *const *room = rooms; *room != NULL; room++)
      sio_socket_leave (sockets->pdata[i], *room);
}

static void
sio_adapter_real_disconnect_sockets (SioAdapter *self, const SioSelection *to, gboolean close)
{
  g_autoptr (GPtrArray) sockets = sio_adapter_get_sockets (self, to);

  for (guint i = 0; i < sockets->len; i++)
    sio_socket_disconnect (sockets->pdata[i], close);
}

/* There is no other server. */
static void
sio_adapter_real_server_side_emit (SioAdapter *self,
                                   const char *event,
                                   SioArgs *args,
                                   guint timeout_ms,
                                   SioCollector *collector)
{
  if (collector != NULL)
    sio_collector_add_clients (collector, 0);
}

static void
sio_adapter_real_persist_session (SioAdapter *self, SioSavedSession *session)
{
  SioRecovery *recovery = sio_adapter_get_recovery (self);

  if (recovery == NULL)
    return;
  sio_recovery_save (recovery, session, get_now ());
  arm_recovery_timer (PRIVATE (self));
}

static void
sio_adapter_real_restore_session_async (SioAdapter *self,
                                        const char *pid,
                                        const char *offset,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  SioRecovery *recovery = sio_adapter_get_recovery (self);

  g_task_return_pointer (
      task, recovery != NULL ? sio_recovery_take (recovery, pid, offset, get_now ()) : NULL,
      (GDestroyNotify)sio_saved_session_unref);
}

static SioSavedSession *
sio_adapter_real_restore_session_finish (SioAdapter *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
sio_adapter_finalize (GObject *object)
{
  SioAdapterPrivate *priv = PRIVATE (SIO_ADAPTER (object));

  g_assert (priv->nsp == NULL);
  g_clear_pointer (&priv->spare, g_ptr_array_unref);
  sio_rooms_free (priv->rooms);
  g_free (priv->name);
  G_OBJECT_CLASS (sio_adapter_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, guint n_strings)
{
  return g_signal_new (name, SIO_TYPE_ADAPTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       n_strings, G_TYPE_STRING, G_TYPE_STRING);
}

static void
install_signals (void)
{
  /**
   * SioAdapter::create-room:
   * @self: the adapter
   * @room: its name
   *
   * A room has its first member, who is about to join.
   */
  signals[SIGNAL_CREATE_ROOM] = new_signal ("create-room", 1);
  /**
   * SioAdapter::join-room:
   * @self: the adapter
   * @room: its name
   * @id: the socket's
   *
   * A socket has joined a room.
   */
  signals[SIGNAL_JOIN_ROOM] = new_signal ("join-room", 2);
  /**
   * SioAdapter::leave-room:
   * @self: the adapter
   * @room: its name
   * @id: the socket's
   *
   * A socket has left a room.
   */
  signals[SIGNAL_LEAVE_ROOM] = new_signal ("leave-room", 2);
  /**
   * SioAdapter::delete-room:
   * @self: the adapter
   * @room: its name
   *
   * The last member of a room has left.
   */
  signals[SIGNAL_DELETE_ROOM] = new_signal ("delete-room", 1);
}

static void
sio_adapter_class_init (SioAdapterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sio_adapter_finalize;
  klass->open = sio_adapter_real_nothing;
  klass->close = sio_adapter_real_close;
  klass->server_count_async = sio_adapter_real_server_count_async;
  klass->server_count_finish = sio_adapter_real_server_count_finish;
  klass->add = sio_adapter_real_add;
  klass->add_all = sio_adapter_real_add_all;
  klass->del = sio_adapter_real_del;
  klass->del_all = sio_adapter_real_del_all;
  klass->broadcast = sio_adapter_real_broadcast;
  klass->broadcast_with_ack = sio_adapter_real_broadcast_with_ack;
  klass->fetch_sockets_async = sio_adapter_real_fetch_sockets_async;
  klass->fetch_sockets_finish = sio_adapter_real_fetch_sockets_finish;
  klass->add_sockets = sio_adapter_real_add_sockets;
  klass->del_sockets = sio_adapter_real_del_sockets;
  klass->disconnect_sockets = sio_adapter_real_disconnect_sockets;
  klass->server_side_emit = sio_adapter_real_server_side_emit;
  klass->persist_session = sio_adapter_real_persist_session;
  klass->restore_session_async = sio_adapter_real_restore_session_async;
  klass->restore_session_finish = sio_adapter_real_restore_session_finish;
  install_signals ();
}

static void
sio_adapter_init (SioAdapter *self)
{
  PRIVATE (self)->rooms = sio_rooms_new ();
}

/* What is not the class's */

SioNamespace *
sio_adapter_get_namespace (SioAdapter *self)
{
  g_return_val_if_fail (SIO_IS_ADAPTER (self), NULL);
  return PRIVATE (self)->nsp;
}

const char *
sio_adapter_get_name (SioAdapter *self)
{
  g_return_val_if_fail (SIO_IS_ADAPTER (self), NULL);
  return PRIVATE (self)->name;
}

SioRooms *
sio_adapter_get_rooms (SioAdapter *self)
{
  return PRIVATE (self)->rooms;
}

uint64_t
sio_adapter_next_ack_id (SioAdapter *self)
{
  return PRIVATE (self)->next_ack_id++;
}

gboolean
sio_adapter_has_room (SioAdapter *self, const char *room)
{
  g_return_val_if_fail (SIO_IS_ADAPTER (self), FALSE);
  g_return_val_if_fail (room != NULL, FALSE);
  return sio_rooms_has_room (PRIVATE (self)->rooms, room);
}

GStrv
sio_adapter_dup_rooms (SioAdapter *self)
{
  g_return_val_if_fail (SIO_IS_ADAPTER (self), NULL);
  return sio_rooms_dup_rooms (PRIVATE (self)->rooms);
}

GStrv
sio_adapter_dup_socket_rooms (SioAdapter *self, const char *id)
{
  SioMember *member;

  g_return_val_if_fail (SIO_IS_ADAPTER (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);
  member = sio_rooms_lookup (PRIVATE (self)->rooms, id);
  return member != NULL ? sio_rooms_dup_rooms_of (PRIVATE (self)->rooms, member) : NULL;
}

GPtrArray *
sio_adapter_get_sockets (SioAdapter *self, const SioSelection *to)
{
  GPtrArray *sockets = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (SIO_IS_ADAPTER (self), sockets);
  g_return_val_if_fail (to != NULL, sockets);
  sio_rooms_select (PRIVATE (self)->rooms, to->rooms, to->except, sockets);
  for (guint i = 0; i < sockets->len; i++)
    g_object_ref (sockets->pdata[i]);
  return sockets;
}

GPtrArray *
sio_adapter_fetch_local_sockets (SioAdapter *self, const SioSelection *to)
{
  g_autoptr (GPtrArray) sockets = sio_adapter_get_sockets (self, to);
  GPtrArray *fetched = g_ptr_array_new_with_free_func ((GDestroyNotify)sio_remote_socket_unref);

  for (guint i = 0; i < sockets->len; i++)
    {
      SioSocket *socket = sockets->pdata[i];
      g_auto (GStrv) rooms = sio_socket_dup_rooms (socket);

      g_ptr_array_add (fetched, sio_remote_socket_new (self, sio_socket_get_id (socket),
                                                       sio_socket_get_handshake (socket),
                                                       (const char *const *)rooms,
                                                       sio_socket_get_data (socket)));
    }
  return fetched;
}

void
sio_adapter_deliver_server_event (SioAdapter *self, const char *event, SioArgs *args, SioAck *ack)
{
  g_return_if_fail (SIO_IS_ADAPTER (self));
  g_return_if_fail (event != NULL && args != NULL);
  if (PRIVATE (self)->nsp != NULL)
    sio_namespace_receive_server_event (PRIVATE (self)->nsp, event, args, ack);
}

/* The class's functions, called */

void
sio_adapter_open (SioAdapter *self, SioNamespace *nsp)
{
  SioAdapterPrivate *priv = PRIVATE (self);

  g_assert (priv->name == NULL);
  priv->nsp = nsp;
  priv->name = g_strdup (sio_namespace_get_name (nsp));
  CLASS (self)->open (self);
}

void
sio_adapter_close (SioAdapter *self)
{
  if (PRIVATE (self)->nsp != NULL)
    CLASS (self)->close (self);
}

void
sio_adapter_server_count_async (SioAdapter *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  CLASS (self)->server_count_async (self, cancellable, callback, user_data);
}

guint
sio_adapter_server_count_finish (SioAdapter *self, GAsyncResult *result, GError **error)
{
  return CLASS (self)->server_count_finish (self, result, error);
}

void
sio_adapter_add (SioAdapter *self, SioSocket *socket)
{
  CLASS (self)->add (self, socket);
}

void
sio_adapter_add_all (SioAdapter *self, SioSocket *socket, const char *const *rooms)
{
  CLASS (self)->add_all (self, socket, rooms);
}

void
sio_adapter_del (SioAdapter *self, SioSocket *socket, const char *room)
{
  CLASS (self)->del (self, socket, room);
}

void
sio_adapter_del_all (SioAdapter *self, SioSocket *socket)
{
  CLASS (self)->del_all (self, socket);
}

void
sio_adapter_broadcast (SioAdapter *self, const SioSelection *to, const char *event, SioArgs *args)
{
  CLASS (self)->broadcast (self, to, event, args);
}

void
sio_adapter_broadcast_with_ack (SioAdapter *self,
                                const SioSelection *to,
                                const char *event,
                                SioArgs *args,
                                SioCollector *collector)
{
  CLASS (self)->broadcast_with_ack (self, to, event, args, collector);
}

void
sio_adapter_fetch_sockets_async (SioAdapter *self,
                                 const SioSelection *to,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  CLASS (self)->fetch_sockets_async (self, to, cancellable, callback, user_data);
}

GPtrArray *
sio_adapter_fetch_sockets_finish (SioAdapter *self, GAsyncResult *result, GError **error)
{
  return CLASS (self)->fetch_sockets_finish (self, result, error);
}

void
sio_adapter_add_sockets (SioAdapter *self, const SioSelection *to, const char *const *rooms)
{
  CLASS (self)->add_sockets (self, to, rooms);
}

void
sio_adapter_del_sockets (SioAdapter *self, const SioSelection *to, const char *const *rooms)
{
  CLASS (self)->del_sockets (self, to, rooms);
}

void
sio_adapter_disconnect_sockets (SioAdapter *self, const SioSelection *to, gboolean close)
{
  CLASS (self)->disconnect_sockets (self, to, close);
}

void
sio_adapter_server_side_emit (SioAdapter *self,
                              const char *event,
                              SioArgs *args,
                              guint timeout_ms,
                              SioCollector *collector)
{
  CLASS (self)->server_side_emit (self, event, args, timeout_ms, collector);
}

void
sio_adapter_persist_session (SioAdapter *self, SioSavedSession *session)
{
  CLASS (self)->persist_session (self, session);
}

void
sio_adapter_restore_session_async (SioAdapter *self,
                                   const char *pid,
                                   const char *offset,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  CLASS (self)->restore_session_async (self, pid, offset, cancellable, callback, user_data);
}

SioSavedSession *
sio_adapter_restore_session_finish (SioAdapter *self, GAsyncResult *result, GError **error)
{
  return CLASS (self)->restore_session_finish (self, result, error);
}
