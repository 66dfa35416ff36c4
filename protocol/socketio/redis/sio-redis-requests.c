/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/redis/sio-redis-requests.h"

/* A collector's owner has a clock of its own, and is to be the first that gives up. */
#define GRACE_MS 1000

typedef struct {
  SioRedisRequests *owner;
  char *id; /* the key in the table */
  GSource *timeout;
  guint n_missing; /* servers; 0: not known */

  GTask *task; /* of a fetch; nullable */
  GPtrArray *sockets;

  SioCollector *collector; /* of an event; nullable */
} Request;

struct _SioRedisRequests {
  GHashTable *table; /* owned */
};

static void
request_free (Request *request)
{
  g_source_destroy (request->timeout);
  g_source_unref (request->timeout);
  if (request->task != NULL)
    g_task_return_new_error (request->task, SIO_ERROR, SIO_ERROR_TRANSPORT,
                             "the adapter was closed");
  g_clear_object (&request->task);
  g_clear_pointer (&request->sockets, g_ptr_array_unref);
  g_clear_pointer (&request->collector, sio_collector_unref);
  g_free (request->id);
  g_free (request);
}

SioRedisRequests *
sio_redis_requests_new (void)
{
  SioRedisRequests *self = g_new0 (SioRedisRequests, 1);

  self->table
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) request_free);
  return self;
}

void
sio_redis_requests_free (SioRedisRequests *self)
{
  g_hash_table_unref (self->table);
  g_free (self);
}

/* Out of the table; what its task returns may ask anew. */
static void
end_fetch (Request *request, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&request->task);
  GPtrArray *sockets = g_steal_pointer (&request->sockets);

  g_hash_table_remove (request->owner->table, request->id);
  if (error == NULL)
    {
      g_task_return_pointer (task, sockets, (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  g_ptr_array_unref (sockets);
  g_task_return_error (task, error);
}

static gboolean
on_timeout (gpointer user_data)
{
  Request *request = user_data;

  if (request->task != NULL)
    end_fetch (request, g_error_new_literal (SIO_ERROR, SIO_ERROR_TIMEOUT,
                                             "not all servers have answered in time"));
  else
    g_hash_table_remove (request->owner->table, request->id);
  return G_SOURCE_REMOVE;
}

static Request *
add (SioRedisRequests *self, const char *id, guint n_servers, guint timeout_ms)
{
  Request *request = g_new0 (Request, 1);

  request->owner = self;
  request->id = g_strdup (id);
  request->n_missing = n_servers;
  request->timeout = g_timeout_source_new (timeout_ms);
  g_source_set_callback (request->timeout, on_timeout, request, NULL);
  g_source_attach (request->timeout, g_main_context_get_thread_default ());
  g_hash_table_replace (self->table, request->id, request);
  return request;
}

void
sio_redis_requests_add_fetch (SioRedisRequests *self,
                              const char *id,
                              GTask *task,
                              GPtrArray *sockets,
                              guint n_servers,
                              guint timeout_ms)
{
  Request *request = add (self, id, n_servers, timeout_ms);

  g_assert (n_servers > 0);
  request->task = task;
  request->sockets = sockets;
}

void
sio_redis_requests_add_event (SioRedisRequests *self,
                              const char *id,
                              SioCollector *collector,
                              guint n_servers,
                              guint timeout_ms)
{
  guint ms = MIN (timeout_ms, G_MAXUINT - GRACE_MS) + GRACE_MS;

  add (self, id, n_servers, ms)->collector = sio_collector_ref (collector);
}

static void
answer_fetch (Request *request, const SioRedisMessage *response, SioAdapter *adapter)
{
  if (!sio_redis_message_get_sockets (response, adapter, request->sockets))
    return;
  if (--request->n_missing == 0)
    end_fetch (request, NULL);
}

/* Answers to broadcasts have a type, which tells them from the numbers of those asked. */
static void
answer_event (Request *request, const SioRedisMessage *response)
{
  g_autoptr (SioCollector) collector = sio_collector_ref (request->collector);
  g_autoptr (SioArgs) args = NULL;

  if (response->type == SIO_REDIS_BROADCAST_CLIENT_COUNT)
    {
      sio_collector_add_clients (collector, sio_redis_message_get_count (response, "clientCount"));
      return;
    }
  args = sio_redis_message_get_value (response, response->type == SIO_REDIS_BROADCAST_ACK ? "packet"
                                                                                          : "data");
  if (request->n_missing > 0 && --request->n_missing == 0)
    g_hash_table_remove (request->owner->table, request->id);
  sio_collector_add_answer (collector, args);
}

void
sio_redis_requests_answer (SioRedisRequests *self,
                           const SioRedisMessage *response,
                           SioAdapter *adapter)
{
  Request *request = response->request_id != NULL
                         ? g_hash_table_lookup (self->table, response->request_id)
                         : NULL;

  if (request == NULL)
    return;
  if (request->task != NULL)
    answer_fetch (request, response, adapter);
  else
    answer_event (request, response);
}
