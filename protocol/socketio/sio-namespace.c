/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-namespace-private.h"

#include "socketio/sio-broadcast-private.h"
#include "socketio/sio-gather.h"
#include "socketio/sio-chain.h"
#include "socketio/sio-packet.h"
#include "socketio/sio-server-private.h"
#include "socketio/sio-socket-private.h"

struct _SioNamespace
{
  GObject parent_instance;

  char *name;
  char *path; /* of the server */
  SioAdapter *adapter;
  EioTimers *timers;
  SioChain *middlewares;
  SioServer *server;    /* borrowed; NULL once closed */
  SioNamespace *parent; /* owned; NULL unless it came into being by a rule */
  GPtrArray *children;  /* (element-type SioNamespace) borrowed; NULL until there is one */
  GHashTable *private_ids; /* pid -> SioSocket, both borrowed: the connected ones that can recover */
  guint n_clients;      /* those included that are only being let in */
};

G_DEFINE_FINAL_TYPE (SioNamespace, sio_namespace, G_TYPE_OBJECT)

enum
{
  SIGNAL_CONNECTION,
  SIGNAL_SERVER_SIDE_EVENT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
sio_namespace_finalize (GObject *object)
{
  SioNamespace *self = SIO_NAMESPACE (object);

  sio_namespace_close (self);
  sio_chain_unref (self->middlewares);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_object (&self->parent);
  g_hash_table_unref (self->private_ids);
  g_object_unref (self->adapter);
  eio_timers_unref (self->timers);
  g_free (self->path);
  g_free (self->name);
  G_OBJECT_CLASS (sio_namespace_parent_class)->finalize (object);
}

static void
sio_namespace_class_init (SioNamespaceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sio_namespace_finalize;

  /**
   * SioNamespace::connection:
   * @self: the namespace
   * @socket: who has come
   *
   * The CONNECT reply is queued; none of the socket's events has been delivered yet.
   */
  signals[SIGNAL_CONNECTION] = g_signal_new ("connection", SIO_TYPE_NAMESPACE, G_SIGNAL_RUN_LAST, 0,
                                             NULL, NULL, NULL, G_TYPE_NONE, 1, SIO_TYPE_SOCKET);
  /**
   * SioNamespace::server-side-event:
   * @self: the namespace
   * @name: the event's name
   * @args: its arguments
   * @ack: (nullable): the answer that the other server waits for
   *
   * Another server has emitted an event to this namespace at all other servers.
   */
  signals[SIGNAL_SERVER_SIDE_EVENT]
      = g_signal_new ("server-side-event", SIO_TYPE_NAMESPACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 3, G_TYPE_STRING, SIO_TYPE_ARGS, SIO_TYPE_ACK);
}

static void
sio_namespace_init (SioNamespace *self)
{
  self->middlewares = sio_chain_new ();
  self->private_ids = g_hash_table_new (g_str_hash, g_str_equal);
}

SioNamespace *
sio_namespace_new (SioServer *server, const char *name)
{
  SioNamespace *self = g_object_new (SIO_TYPE_NAMESPACE, NULL);

  self->server = server;
  self->name = g_strdup (name);
  self->path = g_strdup (sio_server_get_path (server));
  self->timers = eio_timers_ref (sio_server_get_timers (server));
  return self;
}

void
sio_namespace_set_parent (SioNamespace *self, SioNamespace *parent)
{
  g_assert (self->parent == NULL);
  self->parent = g_object_ref (parent);
  if (parent->children == NULL)
    parent->children = g_ptr_array_new ();
  g_ptr_array_add (parent->children, self);
  sio_chain_unref (self->middlewares);
  self->middlewares = sio_chain_ref (parent->middlewares);
}

guint
sio_namespace_get_n_children (SioNamespace *self)
{
  return self->children != NULL ? self->children->len : 0;
}

GPtrArray *
sio_namespace_get_child_adapters (SioNamespace *self)
{
  GPtrArray *adapters = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < sio_namespace_get_n_children (self); i++)
    g_ptr_array_add (adapters,
                     g_object_ref (((SioNamespace *)self->children->pdata[i])->adapter));
  return adapters;
}

void
sio_namespace_enter (SioNamespace *self)
{
  self->n_clients++;
}

void
sio_namespace_exit (SioNamespace *self)
{
  self->n_clients--;
  if (self->n_clients == 0 && self->parent != NULL && self->server != NULL)
    sio_server_child_emptied (self->server, self);
}

void
sio_namespace_set_adapter (SioNamespace *self, SioAdapter *adapter)
{
  g_assert (self->adapter == NULL
            || sio_rooms_get_n_members (sio_adapter_get_rooms (self->adapter)) == 0);
  if (self->adapter != NULL)
    sio_adapter_close (self->adapter);
  g_set_object (&self->adapter, adapter);
  sio_adapter_open (adapter, self);
}

void
sio_namespace_close (SioNamespace *self)
{
  self->server = NULL;
  if (self->parent != NULL)
    g_ptr_array_remove_fast (self->parent->children, self);
  if (self->adapter != NULL)
    sio_adapter_close (self->adapter);
}

const char *
sio_namespace_get_path (SioNamespace *self)
{
  return self->path;
}

SioAdapter *
sio_namespace_get_adapter (SioNamespace *self)
{
  g_return_val_if_fail (SIO_IS_NAMESPACE (self), NULL);
  return self->adapter;
}

EioTimers *
sio_namespace_get_timers (SioNamespace *self)
{
  return self->timers;
}

/* Letting in */

typedef struct
{
  SioNamespace *nsp;
  SioSocket *socket;
} Admission;

static gboolean
admission_is_wanted (gpointer data)
{
  Admission *admission = data;

  return sio_socket_is_connecting (admission->socket);
}

static void
admission_ask (const SioMiddleware *middleware, SioNext *next, gpointer data)
{
  Admission *admission = data;

  ((SioMiddlewareFunc)middleware->func) (admission->nsp, admission->socket, next,
                                         middleware->user_data);
}

static void
admission_done (gboolean accepted, const char *message, JsonNode *data, gpointer user_data)
{
  Admission *admission = user_data;

  if (accepted)
    sio_socket_accept (admission->socket);
  else
    sio_socket_refuse (admission->socket, message, data);
}

static void
admission_free (gpointer data)
{
  Admission *admission = data;

  g_object_unref (admission->socket);
  g_object_unref (admission->nsp);
  g_free (admission);
}

static void
ask_middlewares (SioNamespace *self, SioSocket *socket)
{
  static const SioChainFuncs funcs
      = { admission_is_wanted, admission_ask, admission_done, admission_free };
  Admission *admission = g_new0 (Admission, 1);

  admission->nsp = g_object_ref (self);
  admission->socket = g_object_ref (socket);
  sio_chain_run (self->middlewares, &funcs, admission);
}

static void
on_restored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SioSocket) socket = user_data;
  SioNamespace *self = sio_socket_get_namespace (socket);
  g_autoptr (GError) error = NULL;
  g_autoptr (SioSavedSession) saved
      = sio_adapter_restore_session_finish (SIO_ADAPTER (source), result, &error);

  if (error != NULL)
    g_debug ("Namespace %s: no session restored: %s", self->name, error->message);
  if (!sio_socket_is_connecting (socket))
    {
      /* Gone again. */
      if (saved != NULL)
        sio_adapter_persist_session (self->adapter, saved);
      return;
    }
  if (saved != NULL && sio_socket_restore (socket, saved) && self->server != NULL
      && sio_server_get_limits (self->server)->recovery_skips_middlewares)
    sio_socket_accept (socket);
  else
    ask_middlewares (self, socket);
}

/* The connection that a client comes back from may look alive still: the client has given it up. */
static void
end_former (SioNamespace *self, const char *pid)
{
  SioSocket *former = g_hash_table_lookup (self->private_ids, pid);

  if (former != NULL)
    sio_socket_give_up (former);
}

void
sio_namespace_admit (SioNamespace *self, SioSocket *socket)
{
  g_autofree char *pid = NULL;
  g_autofree char *offset = NULL;

  if (sio_namespace_get_recovery_limits (self) != NULL)
    sio_socket_take_recovery (socket, &pid, &offset);
  if (pid == NULL)
    {
      ask_middlewares (self, socket);
      return;
    }
  end_former (self, pid);
  if (sio_socket_is_connecting (socket))
    sio_adapter_restore_session_async (self->adapter, pid, offset, NULL, on_restored,
                                       g_object_ref (socket));
}

void
sio_namespace_set_private_id (SioNamespace *self, const char *pid, SioSocket *socket)
{
  if (socket != NULL)
    g_hash_table_insert (self->private_ids, (gpointer)pid, socket);
  else
    g_hash_table_remove (self->private_ids, pid);
}

const SioRecoveryLimits *
sio_namespace_get_recovery_limits (SioNamespace *self)
{
  const SioServerLimits *limits
      = self->server != NULL ? sio_server_get_limits (self->server) : NULL;

  return limits != NULL && limits->recovery.max_age_ms > 0 ? &limits->recovery : NULL;
}

/* Handlers of the parent are those of its children, too. */
void
sio_namespace_announce (SioNamespace *self, SioSocket *socket)
{
  g_autoptr (SioNamespace) parent = self->parent != NULL ? g_object_ref (self->parent) : NULL;

  g_signal_emit (self, signals[SIGNAL_CONNECTION], 0, socket);
  if (parent != NULL && sio_socket_is_connected (socket))
    g_signal_emit (parent, signals[SIGNAL_CONNECTION], 0, socket);
}

void
sio_namespace_receive_server_event (SioNamespace *self,
                                    const char *event,
                                    SioArgs *args,
                                    SioAck *ack)
{
  g_autoptr (SioNamespace) parent = self->parent != NULL ? g_object_ref (self->parent) : NULL;

  g_signal_emit (self, signals[SIGNAL_SERVER_SIDE_EVENT], 0, event, args, ack);
  if (parent != NULL)
    g_signal_emit (parent, signals[SIGNAL_SERVER_SIDE_EVENT], 0, event, args, ack);
}

const char *
sio_namespace_get_name (SioNamespace *self)
{
  g_return_val_if_fail (SIO_IS_NAMESPACE (self), NULL);
  return self->name;
}

guint
sio_namespace_get_n_sockets (SioNamespace *self)
{
  guint n = 0;

  g_return_val_if_fail (SIO_IS_NAMESPACE (self), 0);
  n = sio_rooms_get_n_members (sio_adapter_get_rooms (self->adapter));
  for (guint i = 0; i < sio_namespace_get_n_children (self); i++)
    n += sio_namespace_get_n_sockets (self->children->pdata[i]);
  return n;
}

SioSocket *
sio_namespace_get_socket (SioNamespace *self, const char *id)
{
  SioMember *member;
  SioSocket *found;

  g_return_val_if_fail (SIO_IS_NAMESPACE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);
  member = sio_rooms_lookup (sio_adapter_get_rooms (self->adapter), id);
  found = member != NULL ? member->owner : NULL;
  for (guint i = 0; found == NULL && i < sio_namespace_get_n_children (self); i++)
    found = sio_namespace_get_socket (self->children->pdata[i], id);
  return found;
}

void
sio_namespace_use (SioNamespace *self,
                   SioMiddlewareFunc func,
                   gpointer user_data,
                   GDestroyNotify destroy)
{
  g_return_if_fail (SIO_IS_NAMESPACE (self));
  g_return_if_fail (func != NULL);
  self->middlewares = sio_chain_append (
      self->middlewares, &(SioMiddleware){ G_CALLBACK (func), user_data, destroy });
}

void
sio_namespace_emit (SioNamespace *self, const char *event, SioArgs *args)
{
  SioSelection everybody = { 0 };

  g_return_if_fail (SIO_IS_NAMESPACE (self));
  g_return_if_fail (event != NULL && !sio_packet_is_reserved_event (event));
  sio_adapter_broadcast (self->adapter, &everybody, event, args);
}

SioBroadcast *
sio_namespace_to (SioNamespace *self, const char *room)
{
  SioBroadcast *broadcast;

  g_return_val_if_fail (SIO_IS_NAMESPACE (self), NULL);
  g_return_val_if_fail (room != NULL, NULL);
  broadcast = sio_namespace_broadcast (self);
  sio_broadcast_to (broadcast, room);
  return broadcast;
}

SioBroadcast *
sio_namespace_broadcast (SioNamespace *self)
{
  g_return_val_if_fail (SIO_IS_NAMESPACE (self), NULL);
  return sio_broadcast_new (self->adapter, self->timers);
}

void
sio_namespace_send (SioNamespace *self, SioArgs *args)
{
  sio_namespace_emit (self, "message", args);
}

void
sio_namespace_emit_with_ack_async (SioNamespace *self,
                                   const char *event,
                                   SioArgs *args,
                                   guint timeout_ms,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (SioBroadcast) all = NULL;
  GTask *task;

  g_return_if_fail (SIO_IS_NAMESPACE (self));
  g_return_if_fail (event != NULL && !sio_packet_is_reserved_event (event));
  g_return_if_fail (timeout_ms > 0);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sio_namespace_emit_with_ack_async);
  all = sio_namespace_broadcast (self);
  sio_broadcast_set_timeout (all, timeout_ms);
  sio_broadcast_ask (all, event, args, task);
}

gboolean
sio_namespace_emit_with_ack_finish (SioNamespace *self,
                                    GAsyncResult *result,
                                    GPtrArray **responses,
                                    GError **error)
{
  g_return_val_if_fail (SIO_IS_NAMESPACE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return sio_gather_propagate (G_TASK (result), responses, error);
}

/* Other servers */

static gboolean
is_server_side_event (const char *event)
{
  return event != NULL && !sio_packet_is_reserved_event (event)
         && !g_str_equal (event, "connection") && !g_str_equal (event, "new_namespace");
}

void
sio_namespace_server_side_emit (SioNamespace *self, const char *event, SioArgs *args)
{
  g_return_if_fail (SIO_IS_NAMESPACE (self));
  g_return_if_fail (is_server_side_event (event));
  sio_adapter_server_side_emit (self->adapter, event, args, 0, NULL);
}

void
sio_namespace_server_side_emit_with_ack_async (SioNamespace *self,
                                               const char *event,
                                               SioArgs *args,
                                               guint timeout_ms,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data)
{
  g_autoptr (SioGather) gather = NULL;
  g_autoptr (SioCollector) collector = NULL;
  GTask *task;

  g_return_if_fail (SIO_IS_NAMESPACE (self));
  g_return_if_fail (is_server_side_event (event));
  g_return_if_fail (timeout_ms > 0);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sio_namespace_server_side_emit_with_ack_async);
  gather = sio_gather_new (task, self->timers, timeout_ms);
  collector = sio_gather_new_collector (gather);
  /* The adapter tells once how many others there are, and so does that of each child. */
  sio_gather_set_n_servers (gather, 1 + sio_namespace_get_n_children (self));
  sio_adapter_server_side_emit (self->adapter, event, args, timeout_ms, collector);
}

gboolean
sio_namespace_server_side_emit_with_ack_finish (SioNamespace *self,
                                                GAsyncResult *result,
                                                GPtrArray **responses,
                                                GError **error)
{
  g_return_val_if_fail (SIO_IS_NAMESPACE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return sio_gather_propagate (G_TASK (result), responses, error);
}
