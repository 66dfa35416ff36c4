/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two servers of ours on one Redis. */
#include "cluster.h"
#include <string.h>

#include "desk.h"

typedef void (*Check) (guint first_port, guint second_port);

static void
test_pair (gconstpointer check)
{
  g_autoptr (RedisServer) redis = redis_server_new (NULL);
  g_autoptr (ClusterNode) first = cluster_node_new (redis->uri);
  g_autoptr (ClusterNode) second = cluster_node_new (redis->uri);

  ((Check) check) (first->port, second->port);
}

static void
test_password (void)
{
  g_autoptr (RedisServer) redis = redis_server_new ("secret");
  g_autoptr (ClusterNode) first = cluster_node_new (redis->uri);
  g_autoptr (ClusterNode) second = cluster_node_new (redis->uri);

  cluster_check_broadcast (first->port, second->port);
}

static void
on_disconnected (SioRedis *redis, const GError *error, gpointer user_data)
{
  GString *words = user_data;

  g_string_append_printf (words, "%s\n", error->message);
}

static void
test_wrong_password (void)
{
  g_autoptr (RedisServer) redis = redis_server_new ("secret");
  g_autofree char *uri = g_strdup_printf ("unix://:wrong@%s", redis->socket);
  g_autoptr (SioRedis) refused = sio_redis_new (uri, NULL);
  g_autoptr (GString) words = g_string_new (NULL);

  g_signal_connect (refused, "disconnected", G_CALLBACK (on_disconnected), words);
  wait_until (strstr (words->str, "WRONGPASS") != NULL);
  g_assert_false (sio_redis_is_ready (refused));
}

/* Redis goes and comes back; between, each server is there for its own. */
static void
test_reconnect (void)
{
  g_autoptr (RedisServer) redis = redis_server_new (NULL);
  g_autoptr (ClusterNode) first = cluster_node_new (redis->uri);
  g_autoptr (ClusterNode) second = cluster_node_new (redis->uri);
  g_autoptr (Desk) here = desk_new (first->port, &modes[0], "/");
  g_autofree char *answer = NULL;

  redis_server_stop (redis);
  wait_until (!sio_redis_is_ready (first->redis) && !sio_redis_is_ready (second->redis));
  desk_connect (here, &modes[0]);
  answer = desk_ask_json (here, "tell", "[null,\"alone\"]");
  g_assert_cmpstr (desk_expect (here, "event news "), ==, "[\"alone\"]");
  g_free (answer);
  answer = desk_ask_json (here, "list", "[null]");
  g_assert_cmpstr (answer, ==, "[\"failed\"]");

  redis_server_start (redis);
  wait_until (sio_redis_is_ready (first->redis) && sio_redis_is_ready (second->redis));
  cluster_check_broadcast (first->port, second->port);
}

static void
on_answer (GObject *unused, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* One that listens and never answers. */
static void
test_silent_server (void)
{
  g_autoptr (RedisServer) redis = redis_server_new (NULL);
  g_autoptr (ClusterNode) node = cluster_node_new (redis->uri);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) silent
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "redis-cli", "-s", redis->socket,
                          "SUBSCRIBE", "socket.io-request#/#", NULL);
  g_autoptr (SioBroadcast) everybody = sio_namespace_broadcast (node->nsp);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) sockets = NULL;
  char first[1];

  g_assert_no_error (error);
  g_input_stream_read (g_subprocess_get_stdout_pipe (silent), first, 1, NULL, &error);
  g_assert_no_error (error);
  sio_redis_set_requests_timeout (node->redis, 200);
  sio_broadcast_fetch_sockets_async (everybody, NULL, on_answer, &result);
  wait_until (result != NULL);
  sockets = sio_broadcast_fetch_sockets_finish (result, &error);
  g_assert_error (error, SIO_ERROR, SIO_ERROR_TIMEOUT);
  g_subprocess_force_exit (silent);
  g_subprocess_wait (silent, NULL, NULL);
}

static void
test_address (void)
{
  static const char *const bad[] = { "",      "redis",       "redis://",        "http://host",
                                     "unix:", "redis://h:0", "redis://h:99999", "unix://" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sio_redis_new (bad[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!redis_server_is_there ())
    return 0;
  g_test_add_func ("/redis/address", test_address);
  g_test_add_data_func ("/redis/broadcast", cluster_check_broadcast, test_pair);
  g_test_add_data_func ("/redis/binary", cluster_check_binary, test_pair);
  g_test_add_data_func ("/redis/acks", cluster_check_acks, test_pair);
  g_test_add_data_func ("/redis/fetch", cluster_check_fetch, test_pair);
  g_test_add_data_func ("/redis/remote-rooms", cluster_check_remote_rooms, test_pair);
  g_test_add_data_func ("/redis/server-events", cluster_check_server_events, test_pair);
  g_test_add_func ("/redis/password", test_password);
  g_test_add_func ("/redis/wrong-password", test_wrong_password);
  g_test_add_func ("/redis/reconnect", test_reconnect);
  g_test_add_func ("/redis/silent-server", test_silent_server);
  return g_test_run ();
}
