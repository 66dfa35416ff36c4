/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/redis/sio-redis-adapter.h"

#include <string.h>

#include "socketio/redis/sio-redis-asker.h"
#include "socketio/redis/sio-redis-channels.h"
#include "socketio/redis/sio-redis-private.h"
#include "socketio/redis/sio-redis-requests.h"
#include "socketio/redis/sio-redis-wire.h"
#include "socketio/sio-namespace.h"

struct _SioRedisAdapter {
  SioAdapter parent_instance;
  SioRedis *redis;
  SioRedisChannels channels;  /* while open */
  SioRedisRequests *requests; /* NULL unless open */
};

G_DEFINE_FINAL_TYPE (SioRedisAdapter, sio_redis_adapter, SIO_TYPE_ADAPTER)

#define PARENT (SIO_ADAPTER_CLASS (sio_redis_adapter_parent_class))

/* message: transfer full. */
static void
publish (SioRedisAdapter *self, const char *channel, GBytes *message)
{
  if (self->requests != NULL)
    sio_redis_publish (self->redis, channel, message);
  g_bytes_unref (message);
}

/* Events of others */

static void
on_broadcast (const char *channel, GBytes *message, gpointer user_data)
{
  g_autoptr (SioRedisAdapter) self = g_object_ref (user_data);
  SioAdapter *adapter = SIO_ADAPTER (self);
  g_autofree char *room = sio_redis_channels_dup_room (&self->channels, channel);
  g_auto (SioRedisBroadcast) broadcast = { 0 };

  if (room == NULL || (*room != '\0' && !sio_adapter_has_room (adapter, room)))
    return;
  if (sio_redis_broadcast_read (&broadcast, message, self->channels.uid,
                                sio_adapter_get_name (adapter)))
    PARENT->broadcast (adapter, &broadcast.target.selection, broadcast.event, broadcast.args);
}

/* Requests of others: each is answered, since the one that asks waits for all. */

typedef void (*RequestFunc) (SioRedisAdapter *self,
                             const SioRedisMessage *request,
                             SioRedisTarget *target,
                             SioRedisAsker *asker);

static SioSocket *
find_socket (SioRedisAdapter *self, const SioRedisMessage *request)
{
  g_autofree char *id = sio_redis_message_dup_name (request, "sid");

  return id != NULL ? sio_namespace_get_socket (sio_adapter_get_namespace (SIO_ADAPTER (self)), id)
                    : NULL;
}

static void
answer_done (SioRedisAsker *asker)
{
  if (asker != NULL)
    sio_redis_asker_answer (asker, sio_redis_write_response (sio_redis_asker_get_request_id (asker),
                                                             NULL, NULL));
}

/* The ids of the sockets in some rooms: adapters before 7. */
static void
handle_sockets (SioRedisAdapter *self,
                const SioRedisMessage *request,
                SioRedisTarget *target,
                SioRedisAsker *asker)
{
  g_auto (GStrv) rooms = sio_redis_message_dup_names (request, "rooms");
  SioSelection to = { .rooms = (const char *const *) rooms };
  g_autoptr (GPtrArray) sockets = sio_adapter_get_sockets (SIO_ADAPTER (self), &to);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  if (asker == NULL)
    return;
  for (guint i = 0; i < sockets->len; i++)
    g_ptr_array_add (ids, (gpointer) sio_socket_get_id (sockets->pdata[i]));
  g_ptr_array_add (ids, NULL);
  sio_redis_asker_answer (asker,
                          sio_redis_write_response (sio_redis_asker_get_request_id (asker),
                                                    "sockets", (const char *const *) ids->pdata));
}

static void
handle_all_rooms (SioRedisAdapter *self,
                  const SioRedisMessage *request,
                  SioRedisTarget *target,
                  SioRedisAsker *asker)
{
  g_auto (GStrv) rooms = sio_adapter_dup_rooms (SIO_ADAPTER (self));

  if (asker != NULL)
    sio_redis_asker_answer (asker, sio_redis_write_response (sio_redis_asker_get_request_id (asker),
                                                             "rooms", (const char *const *) rooms));
}

typedef void (*RoomsFunc) (SioAdapter *adapter, const SioSelection *to, const char *const *rooms);
typedef void (*RoomFunc) (SioSocket *socket, const char *room);

/* With a target, of its sockets; adapters before 7 name one socket and one room, and wait. */
static void
change_rooms (SioRedisAdapter *self,
              const SioRedisMessage *request,
              SioRedisTarget *target,
              SioRedisAsker *asker,
              RoomsFunc change_all,
              RoomFunc change_one)
{
  g_auto (GStrv) rooms = sio_redis_message_dup_names (request, "rooms");
  g_autofree char *room = sio_redis_message_dup_name (request, "room");
  SioSocket *socket = find_socket (self, request);

  if (target != NULL && rooms != NULL)
    change_all (SIO_ADAPTER (self), &target->selection, (const char *const *) rooms);
  else if (target == NULL && socket != NULL && room != NULL)
    {
      change_one (socket, room);
      answer_done (asker);
    }
}

static void
handle_join (SioRedisAdapter *self,
             const SioRedisMessage *request,
             SioRedisTarget *target,
             SioRedisAsker *asker)
{
  change_rooms (self, request, target, asker, PARENT->add_sockets, sio_socket_join);
}

static void
handle_leave (SioRedisAdapter *self,
              const SioRedisMessage *request,
              SioRedisTarget *target,
              SioRedisAsker *asker)
{
  change_rooms (self, request, target, asker, PARENT->del_sockets, sio_socket_leave);
}

static void
handle_disconnect (SioRedisAdapter *self,
                   const SioRedisMessage *request,
                   SioRedisTarget *target,
                   SioRedisAsker *asker)
{
  gboolean close = sio_redis_message_get_boolean (request, "close");
  SioSocket *socket = find_socket (self, request);

  if (target != NULL)
    PARENT->disconnect_sockets (SIO_ADAPTER (self), &target->selection, close);
  else if (socket != NULL)
    {
      sio_socket_disconnect (socket, close);
      answer_done (asker);
    }
}

static void
handle_fetch (SioRedisAdapter *self,
              const SioRedisMessage *request,
              SioRedisTarget *target,
              SioRedisAsker *asker)
{
  const SioSelection everybody = { 0 };
  g_autoptr (GPtrArray) sockets
      = sio_adapter_fetch_local_sockets (SIO_ADAPTER (self),
                                         target != NULL ? &target->selection : &everybody);

  if (asker != NULL)
    sio_redis_asker_answer (asker, sio_redis_write_sockets (sio_redis_asker_get_request_id (asker),
                                                            sockets));
}

static void
handle_server_event (SioRedisAdapter *self,
                     const SioRedisMessage *request,
                     SioRedisTarget *target,
                     SioRedisAsker *asker)
{
  g_autoptr (SioAck) ack = asker != NULL ? sio_redis_asker_new_ack (asker) : NULL;
  g_autofree char *event = NULL;
  g_autoptr (SioArgs) args = NULL;

  if (sio_redis_message_get_event (request, FALSE, &event, &args))
    sio_adapter_deliver_server_event (SIO_ADAPTER (self), event, args, ack);
}

static void
handle_broadcast (SioRedisAdapter *self,
                  const SioRedisMessage *request,
                  SioRedisTarget *target,
                  SioRedisAsker *asker)
{
  g_autoptr (SioCollector) collector = asker != NULL ? sio_redis_asker_new_collector (asker) : NULL;
  g_autofree char *event = NULL;
  g_autoptr (SioArgs) args = NULL;

  if (target == NULL || collector == NULL
      || !sio_redis_message_get_event (request, TRUE, &event, &args))
    return;
  /* The reference's servers give their own flags away, and then have none. */
  if (target->selection.timeout_ms == 0)
    target->selection.timeout_ms = sio_redis_get_requests_timeout (self->redis);
  PARENT->broadcast_with_ack (SIO_ADAPTER (self), &target->selection, event, args, collector);
}

static const RequestFunc request_funcs[] = {
  [SIO_REDIS_SOCKETS] = handle_sockets,
  [SIO_REDIS_ALL_ROOMS] = handle_all_rooms,
  [SIO_REDIS_REMOTE_JOIN] = handle_join,
  [SIO_REDIS_REMOTE_LEAVE] = handle_leave,
  [SIO_REDIS_REMOTE_DISCONNECT] = handle_disconnect,
  [SIO_REDIS_REMOTE_FETCH] = handle_fetch,
  [SIO_REDIS_SERVER_SIDE_EMIT] = handle_server_event,
  [SIO_REDIS_BROADCAST] = handle_broadcast,
};

static void
on_request (const char *channel, GBytes *message, gpointer user_data)
{
  g_autoptr (SioRedisAdapter) self = g_object_ref (user_data);
  g_auto (SioRedisMessage) request = { 0 };
  g_auto (SioRedisTarget) target = { 0 };
  g_autoptr (SioRedisAsker) asker = NULL;
  gboolean has_target;

  if (!sio_redis_message_read (&request, message)
      || g_strcmp0 (request.uid, self->channels.uid) == 0 || request.type < 0
      || request.type >= (int64_t) G_N_ELEMENTS (request_funcs))
    return;
  has_target = sio_redis_message_get_target (&request, &target);
  if (!has_target && sio_redis_message_has (&request, "opts"))
    return; /* not understood: better nobody than everybody */
  if (request.request_id != NULL)
    asker = sio_redis_asker_new (self->redis, self->channels.response, request.request_id);
  request_funcs[request.type](self, &request, has_target ? &target : NULL, asker);
}

static void
on_response (const char *channel, GBytes *message, gpointer user_data)
{
  g_autoptr (SioRedisAdapter) self = g_object_ref (user_data);
  g_auto (SioRedisMessage) response = { 0 };

  if (sio_redis_message_read (&response, message))
    sio_redis_requests_answer (self->requests, &response, SIO_ADAPTER (self));
}

/* Requests to others */

static void
sio_redis_adapter_server_count_async (SioAdapter *adapter,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  SioRedisAdapter *self = SIO_REDIS_ADAPTER (adapter);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (self->requests == NULL)
    g_task_return_int (task, 1);
  else
    sio_redis_count_subscribers (self->redis, self->channels.request, g_steal_pointer (&task));
}

static guint
sio_redis_adapter_server_count_finish (SioAdapter *adapter, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) why = NULL;
  gssize n = g_task_propagate_int (G_TASK (result), &why);

  if (why != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return 0;
    }
  return MAX (n, 1);
}

static void
sio_redis_adapter_broadcast (SioAdapter *adapter,
                             const SioSelection *to,
                             const char *event,
                             SioArgs *args)
{
  SioRedisAdapter *self = SIO_REDIS_ADAPTER (adapter);

  if (!to->is_local && self->requests != NULL)
    {
      g_autofree char *channel = sio_redis_channels_dup_broadcast (&self->channels, to->rooms);

      publish (self, channel,
               sio_redis_write_broadcast (self->channels.uid, sio_adapter_get_name (adapter), to,
                                          event, args));
    }
  PARENT->broadcast (adapter, to, event, args);
}

static void
sio_redis_adapter_broadcast_with_ack (SioAdapter *adapter,
                                      const SioSelection *to,
                                      const char *event,
                                      SioArgs *args,
                                      SioCollector *collector)
{
  SioRedisAdapter *self = SIO_REDIS_ADAPTER (adapter);
  char id[SIO_REDIS_UID_LENGTH + 1];

  if (!to->is_local && self->requests != NULL)
    {
      sio_redis_make_uid (id);
      sio_redis_requests_add_event (self->requests, id, collector, 0, to->timeout_ms);
      publish (self, self->channels.request,
               sio_redis_write_broadcast_request (self->channels.uid, id,
                                                  sio_adapter_get_name (adapter), to, event, args));
    }
  PARENT->broadcast_with_ack (adapter, to, event, args, collector);
}

/* Something to ask once the number of servers is known. */
typedef struct {
  char id[SIO_REDIS_UID_LENGTH + 1];
  GBytes *request;
  GPtrArray *sockets;      /* of a fetch */
  SioCollector *collector; /* of an event */
  guint timeout_ms;
} Question;

static void
question_free (Question *question)
{
  g_clear_pointer (&question->request, g_bytes_unref);
  g_clear_pointer (&question->sockets, g_ptr_array_unref);
  g_clear_pointer (&question->collector, sio_collector_unref);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
ask (SioRedisAdapter *self, Question *question)
{
  publish (self, self->channels.request, g_steal_pointer (&question->request));
}

static void
on_fetch_counted (GObject *object, GAsyncResult *result, gpointer user_data)
{
  SioRedisAdapter *self = SIO_REDIS_ADAPTER (object);
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  guint n = sio_redis_adapter_server_count_finish (SIO_ADAPTER (self), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (n <= 1 || self->requests == NULL)
    g_task_return_pointer (task, g_steal_pointer (&question->sockets),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    {
      sio_redis_requests_add_fetch (self->requests, question->id, g_object_ref (task),
                                    g_steal_pointer (&question->sockets), n - 1,
                                    question->timeout_ms);
      ask (self, question);
    }
}

static void
sio_redis_adapter_fetch_sockets_async (SioAdapter *adapter,
                                       const SioSelection *to,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  SioRedisAdapter *self = SIO_REDIS_ADAPTER (adapter);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Question *question;

  if (to->is_local || self->requests == NULL)
    {
      g_task_return_pointer (task, sio_adapter_fetch_local_sockets (adapter, to),
                             (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  question = g_new0 (Question, 1);
  sio_redis_make_uid (question->id);
  question->sockets = sio_adapter_fetch_local_sockets (adapter, to);
  question->timeout_ms = sio_redis_get_requests_timeout (self->redis);
  question->request = sio_redis_write_request (SIO_REDIS_REMOTE_FETCH, self->channels.uid,
                                               question->id, to, NULL, -1);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  sio_redis_adapter_server_count_async (adapter, cancellable, on_fetch_counted,
                                        g_steal_pointer (&task));
}

static GPtrArray *
sio_redis_adapter_fetch_sockets_finish (SioAdapter *adapter, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_event_counted (GObject *object, GAsyncResult *result, gpointer user_data)
{
  SioRedisAdapter *self = SIO_REDIS_ADAPTER (object);
  g_autoptr (Question) question = user_data;
  guint n = sio_redis_adapter_server_count_finish (SIO_ADAPTER (self), result, NULL);

  /* Without a number there are no answers: letting go of the collector says so. */
  if (n == 0)
    return;
  if (n > 1 && self->requests != NULL)
    {
      sio_redis_requests_add_event (self->requests, question->id, question->collector, n - 1,
                                    question->timeout_ms);
      ask (self, question);
    }
  sio_collector_add_clients (question->collector, n - 1);
}

static void
sio_redis_adapter_server_side_emit (SioAdapter *adapter,
                                    const char *event,
                                    SioArgs *args,
                                    guint timeout_ms,
                                    SioCollector *collector)
{
  SioRedisAdapter *self = SIO_REDIS_ADAPTER (adapter);
  Question *question;

  if (self->requests == NULL)
    return;
  if (collector == NULL)
    {
      publish (self, self->channels.request,
               sio_redis_write_server_event (self->channels.uid, NULL, event, args));
      return;
    }
  question = g_new0 (Question, 1);
  sio_redis_make_uid (question->id);
  question->collector = sio_collector_ref (collector);
  question->timeout_ms = timeout_ms;
  question->request = sio_redis_write_server_event (self->channels.uid, question->id, event, args);
  sio_redis_adapter_server_count_async (adapter, NULL, on_event_counted, question);
}

/* Tells the others, unless it concerns this server alone. */
static void
tell (SioRedisAdapter *self,
      SioRedisType type,
      const SioSelection *to,
      const char *const *rooms,
      int close)
{
  if (!to->is_local && self->requests != NULL)
    publish (self, self->channels.request,
             sio_redis_write_request (type, self->channels.uid, NULL, to, rooms, close));
}

static void
sio_redis_adapter_add_sockets (SioAdapter *adapter,
                               const SioSelection *to,
                               const char *const *rooms)
{
  tell (SIO_REDIS_ADAPTER (adapter), SIO_REDIS_REMOTE_JOIN, to, rooms, -1);
  PARENT->add_sockets (adapter, to, rooms);
}

static void
sio_redis_adapter_del_sockets (SioAdapter *adapter,
                               const SioSelection *to,
                               const char *const *rooms)
{
  tell (SIO_REDIS_ADAPTER (adapter), SIO_REDIS_REMOTE_LEAVE, to, rooms, -1);
  PARENT->del_sockets (adapter, to, rooms);
}

static void
sio_redis_adapter_disconnect_sockets (SioAdapter *adapter, const SioSelection *to, gboolean close)
{
  tell (SIO_REDIS_ADAPTER (adapter), SIO_REDIS_REMOTE_DISCONNECT, to, NULL, close != FALSE);
  PARENT->disconnect_sockets (adapter, to, close);
}

/* The object */

static void
sio_redis_adapter_open (SioAdapter *adapter)
{
  SioRedisAdapter *self = SIO_REDIS_ADAPTER (adapter);

  PARENT->open (adapter);
  self->requests = sio_redis_requests_new ();
  sio_redis_channels_init (&self->channels, sio_redis_get_key (self->redis),
                           sio_adapter_get_name (adapter));
  sio_redis_subscribe (self->redis, self->channels.broadcast_pattern, TRUE, on_broadcast, self);
  sio_redis_subscribe (self->redis, self->channels.request, FALSE, on_request, self);
  sio_redis_subscribe (self->redis, self->channels.response, FALSE, on_response, self);
  sio_redis_subscribe (self->redis, self->channels.own_response, FALSE, on_response, self);
}

static void
leave (SioRedisAdapter *self)
{
  if (self->requests == NULL)
    return;
  sio_redis_unsubscribe (self->redis, self);
  g_clear_pointer (&self->requests, sio_redis_requests_free);
}

static void
sio_redis_adapter_close (SioAdapter *adapter)
{
  leave (SIO_REDIS_ADAPTER (adapter));
  PARENT->close (adapter);
}

static void
sio_redis_adapter_dispose (GObject *object)
{
  leave (SIO_REDIS_ADAPTER (object));
  G_OBJECT_CLASS (sio_redis_adapter_parent_class)->dispose (object);
}

static void
sio_redis_adapter_finalize (GObject *object)
{
  SioRedisAdapter *self = SIO_REDIS_ADAPTER (object);

  sio_redis_channels_clear (&self->channels);
  g_clear_object (&self->redis);
  G_OBJECT_CLASS (sio_redis_adapter_parent_class)->finalize (object);
}

static void
sio_redis_adapter_class_init (SioRedisAdapterClass *klass)
{
  SioAdapterClass *adapter_class = SIO_ADAPTER_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sio_redis_adapter_dispose;
  G_OBJECT_CLASS (klass)->finalize = sio_redis_adapter_finalize;
  adapter_class->open = sio_redis_adapter_open;
  adapter_class->close = sio_redis_adapter_close;
  adapter_class->server_count_async = sio_redis_adapter_server_count_async;
  adapter_class->server_count_finish = sio_redis_adapter_server_count_finish;
  adapter_class->broadcast = sio_redis_adapter_broadcast;
  adapter_class->broadcast_with_ack = sio_redis_adapter_broadcast_with_ack;
  adapter_class->fetch_sockets_async = sio_redis_adapter_fetch_sockets_async;
  adapter_class->fetch_sockets_finish = sio_redis_adapter_fetch_sockets_finish;
  adapter_class->add_sockets = sio_redis_adapter_add_sockets;
  adapter_class->del_sockets = sio_redis_adapter_del_sockets;
  adapter_class->disconnect_sockets = sio_redis_adapter_disconnect_sockets;
  adapter_class->server_side_emit = sio_redis_adapter_server_side_emit;
}

static void
sio_redis_adapter_init (SioRedisAdapter *self)
{
}

SioAdapter *
sio_redis_adapter_new (SioRedis *redis)
{
  SioRedisAdapter *self;

  g_return_val_if_fail (SIO_IS_REDIS (redis), NULL);
  self = g_object_new (SIO_TYPE_REDIS_ADAPTER, NULL);
  self->redis = g_object_ref (redis);
  return SIO_ADAPTER (self);
}

static SioAdapter *
make_adapter (SioNamespace *nsp, gpointer redis)
{
  return sio_redis_adapter_new (redis);
}

void
sio_redis_join (SioRedis *self, SioServer *server)
{
  g_return_if_fail (SIO_IS_REDIS (self));
  g_return_if_fail (SIO_IS_SERVER (server));
  sio_server_set_adapter (server, make_adapter, g_object_ref (self), g_object_unref);
}
