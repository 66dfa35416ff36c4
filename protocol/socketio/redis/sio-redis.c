/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/redis/sio-redis-private.h"

#include <string.h>

#include "socketio/redis/sio-redis-connection.h"
#include "socketio/redis/sio-redis-subscriptions.h"
#include "socketio/sio-backoff.h"

#define DEFAULT_KEY "socket.io"
#define DEFAULT_REQUESTS_TIMEOUT_MS 5000
/* A connection on which nothing comes for so long is asked for a word, and is lost when none comes
 * for as long again. */
#define SILENCE_S 10
/* Answers of Redis that are waited for. */
#define MAX_UNANSWERED 1000000

static const SioBackoff backoff_defaults = { .min_ms = 100, .max_ms = 5000, .factor = 0.5 };

typedef struct {
  SioRedis *owner;
  const SioRedisConnectionFuncs *funcs;
  SioRedisConnection *connection; /* nullable: between two attempts */
  SioBackoff backoff;
  GSource *retry; /* owned, nullable */
  gboolean asked; /* for a word */
} Link;

struct _SioRedis {
  GObject parent_instance;
  SioRedisAddress *address;
  GTlsDatabase *tls_database; /* nullable */
  char *key;
  guint requests_timeout_ms;
  GMainContext *context;

  Link publishing;
  Link listening;
  GQueue unanswered; /* of the first: GTask, owned, or NULL for what nobody waits for */
  SioRedisSubscriptions *subscriptions;
  guint n_unconfirmed; /* subscriptions */
  GSource *tick;
  gboolean ready;
};

G_DEFINE_FINAL_TYPE (SioRedis, sio_redis, G_TYPE_OBJECT)

enum {
  SIGNAL_CONNECTED,
  SIGNAL_DISCONNECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

enum {
  PROP_0,
  PROP_READY,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static void link_connect (Link *link);

static gboolean
link_is_ready (Link *link)
{
  return link->connection != NULL && sio_redis_connection_is_ready (link->connection);
}

/* The one place where it changes. why: why it is not, when that has to be told in any case. */
static void
update_ready (SioRedis *self, const GError *why)
{
  gboolean ready = link_is_ready (&self->publishing) && link_is_ready (&self->listening)
                   && self->n_unconfirmed == 0;
  gboolean changed = ready != self->ready;

  self->ready = ready;
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READY]);
  if (changed && ready)
    g_signal_emit (self, signals[SIGNAL_CONNECTED], 0);
  if (why != NULL)
    g_signal_emit (self, signals[SIGNAL_DISCONNECTED], 0, why);
}

/* Links */

static GSource *
attach (SioRedis *self, GSource *source, GSourceFunc func, gpointer user_data)
{
  g_source_set_callback (source, func, user_data, NULL);
  g_source_attach (source, self->context);
  return source;
}

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static gboolean
on_retry (gpointer user_data)
{
  Link *link = user_data;

  g_clear_pointer (&link->retry, g_source_unref);
  link_connect (link);
  return G_SOURCE_REMOVE;
}

static void
link_lost (Link *link, const GError *error)
{
  g_autoptr (SioRedis) self = g_object_ref (link->owner);
  guint ms = sio_backoff_next (&link->backoff, g_random_double ());

  link->connection = NULL;
  link->retry = attach (self, g_timeout_source_new (ms), on_retry, link);
  update_ready (self, error);
}

static void
link_connect (Link *link)
{
  SioRedis *self = link->owner;

  link->asked = FALSE;
  link->connection
      = sio_redis_connection_new (self->address, self->tls_database, link->funcs, link);
}

static void
link_close (Link *link)
{
  clear_source (&link->retry);
  g_clear_pointer (&link->connection, sio_redis_connection_close);
}

static void
link_check (Link *link)
{
  static const char *const words[] = { "PING", NULL };
  gboolean heard;

  if (link->connection == NULL)
    return;
  heard = sio_redis_connection_has_heard (link->connection);
  if (link->asked && !heard)
    {
      sio_redis_connection_fail (link->connection, "Redis does not answer");
      return;
    }
  link->asked = TRUE;
  if (sio_redis_connection_send (link->connection, words, NULL) && link == &link->owner->publishing)
    g_queue_push_tail (&link->owner->unanswered, NULL);
}

static gboolean
on_tick (gpointer user_data)
{
  SioRedis *self = user_data;

  link_check (&self->publishing);
  link_check (&self->listening);
  return G_SOURCE_CONTINUE;
}

/* Publishing */

static void
on_publishing_ready (gpointer user_data)
{
  Link *link = user_data;

  sio_backoff_reset (&link->backoff);
  update_ready (link->owner, NULL);
}

static void
fail_task (GTask *task)
{
  g_task_return_new_error (task, SIO_ERROR, SIO_ERROR_TRANSPORT, "there is no Redis");
  g_object_unref (task);
}

/* PUBSUB NUMSUB: the channel and the number. */
static void
answer_task (GTask *task, const redisReply *reply)
{
  if (reply->type == REDIS_REPLY_ARRAY && reply->elements == 2
      && reply->element[1]->type == REDIS_REPLY_INTEGER)
    g_task_return_int (task, CLAMP (reply->element[1]->integer, 0, G_MAXINT));
  else
    g_task_return_new_error (task, SIO_ERROR, SIO_ERROR_TRANSPORT, "Redis refuses to count");
  g_object_unref (task);
}

static void
on_answer (const redisReply *reply, gpointer user_data)
{
  Link *link = user_data;
  GTask *task;

  if (g_queue_is_empty (&link->owner->unanswered))
    return;
  task = g_queue_pop_head (&link->owner->unanswered);
  if (task != NULL)
    answer_task (task, reply);
  else if (reply->type == REDIS_REPLY_ERROR) /* no permission, a password is wanted, ... */
    sio_redis_connection_fail (link->connection, reply->str);
}

static void
fail_unanswered (SioRedis *self)
{
  GTask *task;

  while (!g_queue_is_empty (&self->unanswered))
    if ((task = g_queue_pop_head (&self->unanswered)) != NULL)
      fail_task (task);
}

static void
on_publishing_lost (const GError *error, gpointer user_data)
{
  Link *link = user_data;
  g_autoptr (SioRedis) self = g_object_ref (link->owner);

  link_lost (link, error);
  fail_unanswered (self);
}

static const SioRedisConnectionFuncs publishing_funcs = {
  .ready = on_publishing_ready,
  .reply = on_answer,
  .lost = on_publishing_lost,
};

/* Listening */

static void
send_subscription (SioRedis *self, const char *command, const char *channel)
{
  const char *words[] = { command, channel, NULL };

  if (!link_is_ready (&self->listening))
    return;
  if (!sio_redis_connection_send (self->listening.connection, words, NULL))
    sio_redis_connection_fail (self->listening.connection, "Redis does not read");
}

static void
send_subscribe (const char *channel, gboolean is_pattern, gpointer user_data)
{
  SioRedis *self = user_data;

  self->n_unconfirmed++;
  send_subscription (self, is_pattern ? "PSUBSCRIBE" : "SUBSCRIBE", channel);
}

static void
on_listening_ready (gpointer user_data)
{
  Link *link = user_data;
  SioRedis *self = link->owner;

  sio_backoff_reset (&link->backoff);
  self->n_unconfirmed = 0;
  sio_redis_subscriptions_foreach (self->subscriptions, send_subscribe, self);
  update_ready (self, NULL);
}

static gboolean
has_words (const redisReply *reply, guint n, const char *word)
{
  if (reply->elements != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (reply->element[i]->type != REDIS_REPLY_STRING)
      return FALSE;
  return strcmp (reply->element[0]->str, word) == 0;
}

static void
handle_message (SioRedis *self, gboolean is_pattern, const redisReply *reply)
{
  const redisReply *payload = reply->element[reply->elements - 1];
  const redisReply *channel = reply->element[reply->elements - 2];
  g_autoptr (GBytes) message = g_bytes_new (payload->str, payload->len);

  sio_redis_subscriptions_deliver (self->subscriptions, reply->element[1]->str, is_pattern,
                                   channel->str, message);
}

static gboolean
is_confirmation (const redisReply *reply)
{
  const char *word = reply->elements == 3 && reply->element[0]->type == REDIS_REPLY_STRING
                         ? reply->element[0]->str
                         : "";

  return strcmp (word, "subscribe") == 0 || strcmp (word, "psubscribe") == 0;
}

static void
on_heard (const redisReply *reply, gpointer user_data)
{
  Link *link = user_data;
  g_autoptr (SioRedis) self = g_object_ref (link->owner);

  if (reply->type == REDIS_REPLY_ERROR)
    sio_redis_connection_fail (link->connection, reply->str);
  else if (reply->type != REDIS_REPLY_ARRAY)
    return;
  else if (has_words (reply, 3, "message"))
    handle_message (self, FALSE, reply);
  else if (has_words (reply, 4, "pmessage"))
    handle_message (self, TRUE, reply);
  else if (is_confirmation (reply) && self->n_unconfirmed > 0)
    {
      self->n_unconfirmed--;
      update_ready (self, NULL);
    }
}

static void
on_listening_lost (const GError *error, gpointer user_data)
{
  link_lost (user_data, error);
}

static const SioRedisConnectionFuncs listening_funcs = {
  .ready = on_listening_ready,
  .reply = on_heard,
  .lost = on_listening_lost,
};

/* The object */

static void
sio_redis_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_READY:
      g_value_set_boolean (value, SIO_REDIS (object)->ready);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sio_redis_dispose (GObject *object)
{
  SioRedis *self = SIO_REDIS (object);

  clear_source (&self->tick);
  link_close (&self->publishing);
  link_close (&self->listening);
  fail_unanswered (self);
  G_OBJECT_CLASS (sio_redis_parent_class)->dispose (object);
}

static void
sio_redis_finalize (GObject *object)
{
  SioRedis *self = SIO_REDIS (object);

  sio_redis_subscriptions_free (self->subscriptions);
  g_clear_pointer (&self->address, sio_redis_address_free);
  g_clear_object (&self->tls_database);
  g_main_context_unref (self->context);
  g_free (self->key);
  G_OBJECT_CLASS (sio_redis_parent_class)->finalize (object);
}

static void
sio_redis_class_init (SioRedisClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sio_redis_get_property;
  object_class->dispose = sio_redis_dispose;
  object_class->finalize = sio_redis_finalize;
  /**
   * SioRedis:ready: (getter is_ready)
   *
   * Whether it is connected and listens to all that was asked of it.
   */
  properties[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  /**
   * SioRedis::connected:
   * @self: the Redis
   *
   * It is connected, and listens to all that was asked of it.
   */
  signals[SIGNAL_CONNECTED] = g_signal_new ("connected", SIO_TYPE_REDIS, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
  /**
   * SioRedis::disconnected:
   * @self: the Redis
   * @error: why
   *
   * The connection is lost, or an attempt to make it has failed. It is tried again.
   */
  signals[SIGNAL_DISCONNECTED] = g_signal_new ("disconnected", SIO_TYPE_REDIS, G_SIGNAL_RUN_LAST, 0,
                                               NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
sio_redis_init (SioRedis *self)
{
  self->key = g_strdup (DEFAULT_KEY);
  self->requests_timeout_ms = DEFAULT_REQUESTS_TIMEOUT_MS;
  self->context = g_main_context_ref_thread_default ();
  self->subscriptions = sio_redis_subscriptions_new ();
  g_queue_init (&self->unanswered);
  self->publishing = (Link){ self, &publishing_funcs, .backoff = backoff_defaults };
  self->listening = (Link){ self, &listening_funcs, .backoff = backoff_defaults };
  self->tick = attach (self, g_timeout_source_new_seconds (SILENCE_S), on_tick, self);
}

SioRedis *
sio_redis_new (const char *uri, GError **error)
{
  SioRedisAddress *address;
  SioRedis *self;

  g_return_val_if_fail (uri != NULL, NULL);
  address = sio_redis_address_parse (uri, error);
  if (address == NULL)
    return NULL;
  self = g_object_new (SIO_TYPE_REDIS, NULL);
  self->address = address;
  /* From the loop, so that all that is set before belongs to the first attempt too. */
  self->publishing.retry = attach (self, g_timeout_source_new (0), on_retry, &self->publishing);
  self->listening.retry = attach (self, g_timeout_source_new (0), on_retry, &self->listening);
  return self;
}

void
sio_redis_set_tls_database (SioRedis *self, GTlsDatabase *database)
{
  g_return_if_fail (SIO_IS_REDIS (self));
  g_return_if_fail (database == NULL || G_IS_TLS_DATABASE (database));
  g_set_object (&self->tls_database, database);
}

void
sio_redis_set_key (SioRedis *self, const char *key)
{
  g_return_if_fail (SIO_IS_REDIS (self));
  g_return_if_fail (key != NULL);
  g_free (self->key);
  self->key = g_strdup (key);
}

const char *
sio_redis_get_key (SioRedis *self)
{
  g_return_val_if_fail (SIO_IS_REDIS (self), NULL);
  return self->key;
}

void
sio_redis_set_requests_timeout (SioRedis *self, guint timeout_ms)
{
  g_return_if_fail (SIO_IS_REDIS (self));
  g_return_if_fail (timeout_ms > 0);
  self->requests_timeout_ms = timeout_ms;
}

guint
sio_redis_get_requests_timeout (SioRedis *self)
{
  g_return_val_if_fail (SIO_IS_REDIS (self), 0);
  return self->requests_timeout_ms;
}

gboolean
sio_redis_is_ready (SioRedis *self)
{
  g_return_val_if_fail (SIO_IS_REDIS (self), FALSE);
  return self->ready;
}

/* For adapters */

static gboolean
send_request (SioRedis *self, const char *const *words, GBytes *payload, GTask *task)
{
  if (!link_is_ready (&self->publishing) || self->unanswered.length >= MAX_UNANSWERED
      || !sio_redis_connection_send (self->publishing.connection, words, payload))
    return FALSE;
  g_queue_push_tail (&self->unanswered, task);
  return TRUE;
}

void
sio_redis_publish (SioRedis *self, const char *channel, GBytes *message)
{
  const char *words[] = { "PUBLISH", channel, NULL };

  if (!send_request (self, words, message, NULL))
    g_debug ("A message for %s was dropped: there is no Redis", channel);
}

void
sio_redis_count_subscribers (SioRedis *self, const char *channel, GTask *task)
{
  const char *words[] = { "PUBSUB", "NUMSUB", channel, NULL };

  if (!send_request (self, words, NULL, task))
    fail_task (task);
}

void
sio_redis_subscribe (SioRedis *self,
                     const char *channel,
                     gboolean is_pattern,
                     SioRedisMessageFunc func,
                     gpointer user_data)
{
  gboolean is_first
      = sio_redis_subscriptions_add (self->subscriptions, channel, is_pattern, func, user_data);

  if (!is_first || !link_is_ready (&self->listening))
    return;
  send_subscribe (channel, is_pattern, self);
  update_ready (self, NULL);
}

static void
send_unsubscribe (const char *channel, gboolean is_pattern, gpointer user_data)
{
  send_subscription (user_data, is_pattern ? "PUNSUBSCRIBE" : "UNSUBSCRIBE", channel);
}

void
sio_redis_unsubscribe (SioRedis *self, gpointer user_data)
{
  sio_redis_subscriptions_remove (self->subscriptions, user_data, send_unsubscribe, self);
}
