/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two servers of ours on one Redis. */
#include "cluster.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

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
test_user (void)
{
  g_autoptr (RedisServer) redis = redis_server_new_tcp (FALSE);
  g_autoptr (ClusterNode) first = cluster_node_new (redis->uri);
  g_autoptr (ClusterNode) second = cluster_node_new (redis->uri);

  cluster_check_broadcast (first->port, second->port);
}

static void
test_tls (void)
{
  g_autoptr (RedisServer) redis = NULL;
  g_autoptr (ClusterNode) first = NULL;
  g_autoptr (ClusterNode) second = NULL;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("GIO has no TLS here");
      return;
    }
  redis = redis_server_new_tcp (TRUE);
  first = cluster_node_new_tls (redis->uri, redis_server_get_database (redis));
  second = cluster_node_new_tls (redis->uri, redis_server_get_database (redis));
  cluster_check_broadcast (first->port, second->port);
  cluster_check_binary (first->port, second->port);
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

/* A certificate that nobody vouches for. */
static void
test_untrusted (void)
{
  g_autoptr (RedisServer) redis = NULL;
  g_autoptr (SioRedis) refused = NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("GIO has no TLS here");
      return;
    }
  redis = redis_server_new_tcp (TRUE);
  refused = sio_redis_new (redis->uri, NULL);
  g_signal_connect (refused, "disconnected", G_CALLBACK (on_disconnected), words);
  wait_until (words->len > 0);
  g_assert_false (sio_redis_is_ready (refused));
  g_assert_null (strstr (words->str, "secret"));
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

/* Another server of the cluster, in a process of its own. */

static G_NORETURN void
run_node (const char *uri)
{
  g_autoptr (ClusterNode) node = NULL;

  /* Also when the test fails, and while frozen. */
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  node = cluster_node_new (uri);
  g_print ("%u\n", node->port);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

static guint
read_port (GSubprocess *process)
{
  GInputStream *output = g_subprocess_get_stdout_pipe (process);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (output);
  g_autofree char *line = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_assert_nonnull (line);
  return (guint) g_ascii_strtoull (line, NULL, 10);
}

/* The number of sockets in the cluster, 0 when somebody did not answer. */
static guint
count_sockets (ClusterNode *node)
{
  g_autoptr (SioBroadcast) everybody = sio_namespace_broadcast (node->nsp);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) sockets = NULL;
  g_autoptr (GError) error = NULL;

  sio_broadcast_fetch_sockets_async (everybody, NULL, on_answer, &result);
  wait_until (result != NULL);
  sockets = sio_broadcast_fetch_sockets_finish (result, &error);
  if (sockets == NULL)
    g_assert_error (error, SIO_ERROR, SIO_ERROR_TIMEOUT);
  return sockets != NULL ? sockets->len : 0;
}

/* Who does not answer any more delays the questions to all, by the time-out, and nothing else. */
static void
check_frozen (ClusterNode *node, Desk *here)
{
  g_autoptr (SioBroadcast) everybody = sio_namespace_broadcast (node->nsp);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *told = NULL;

  g_assert_cmpuint (count_sockets (node), ==, 0);
  sio_broadcast_set_timeout (everybody, 1000);
  sio_broadcast_emit_with_ack_async (everybody, "question", NULL, NULL, on_answer, &result);
  told = desk_ask_json (here, "tell", "[null,\"meanwhile\"]");
  g_assert_cmpstr (desk_expect (here, "event news "), ==, "[\"meanwhile\"]");
  wait_until (result != NULL);
  g_assert_false (sio_broadcast_emit_with_ack_finish (result, &answers, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_TIMEOUT);
}

/* Returns when none of its threads runs any more: the one that finds the signal may be late. */
static void
freeze (GSubprocess *process)
{
  const char *id = g_subprocess_get_identifier (process);
  siginfo_t info = { 0 };

  g_subprocess_send_signal (process, SIGSTOP);
  g_assert_cmpint (
      waitid (P_PID, (id_t) g_ascii_strtoull (id, NULL, 10), &info, WSTOPPED | WNOWAIT), ==, 0);
  g_assert_cmpint (info.si_code, ==, CLD_STOPPED);
}

static void
test_frozen (gconstpointer program)
{
  g_autoptr (RedisServer) redis = redis_server_new (NULL);
  g_autoptr (ClusterNode) node = cluster_node_new (redis->uri);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) other = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                                    program, "--node", redis->uri, NULL);
  g_autoptr (Desk) here = desk_new (node->port, &modes[0], "/");
  g_autoptr (Desk) there = NULL;

  g_assert_no_error (error);
  there = desk_new (read_port (other), &modes[0], "/");
  here->answers = TRUE;
  desk_connect (here, &modes[0]);
  desk_connect (there, &modes[0]);
  g_assert_cmpuint (count_sockets (node), ==, 2);
  sio_redis_set_requests_timeout (node->redis, 500);
  freeze (other);
  check_frozen (node, here);
  g_subprocess_send_signal (other, SIGCONT);
  sio_redis_set_requests_timeout (node->redis, 5000);
  while (count_sockets (node) != 2)
    ;
  /* Once Redis knows that it has gone, nobody counts on it. */
  g_subprocess_force_exit (other);
  g_subprocess_wait (other, NULL, NULL);
  sio_redis_set_requests_timeout (node->redis, 500);
  while (count_sockets (node) != 1)
    ;
}

static SioNamespace *
add_children (ClusterNode *node)
{
  g_autoptr (GRegex) pattern = g_regex_new ("^/child-", 0, 0, NULL);
  SioNamespace *parent = sio_server_of_pattern (node->server, pattern);

  sio_server_of (node->server, "/child-1");
  sio_server_of (node->server, "/child-2");
  return parent;
}

static void
on_told (SioNamespace *nsp, const char *event, SioArgs *args, SioAck *ack, gpointer n)
{
  (*(guint *) n)++;
  if (ack != NULL)
    sio_ack_send (ack, args);
}

/* -1: not yet */
static void
on_answered (GObject *nsp, GAsyncResult *result, gpointer n)
{
  g_autoptr (GPtrArray) responses = NULL;
  g_autoptr (GError) error = NULL;

  sio_namespace_server_side_emit_with_ack_finish (SIO_NAMESPACE (nsp), result, &responses, &error);
  g_assert_no_error (error);
  *(int *) n = (int) responses->len;
}

/* What a parent says to the other servers is heard by each of its children there, and by their parent. */
static void
test_parents (void)
{
  g_autoptr (RedisServer) redis = redis_server_new (NULL);
  g_autoptr (ClusterNode) first = cluster_node_new (redis->uri);
  g_autoptr (ClusterNode) second = cluster_node_new (redis->uri);
  SioNamespace *parent = add_children (first);
  SioNamespace *other = add_children (second);
  guint n_told = 0;
  int n_answers = 0;

  g_signal_connect (other, "server-side-event", G_CALLBACK (on_told), &n_told);
  /* Until the channels of the children are listened to. */
  while (n_answers < 2)
    {
      n_answers = -1;
      sio_namespace_server_side_emit_with_ack_async (parent, "ask", NULL, 20000, NULL, on_answered,
                                                     &n_answers);
      wait_until (n_answers >= 0);
    }
  n_told = 0;
  sio_namespace_server_side_emit (parent, "tell", NULL);
  wait_until (n_told == 2);
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
  /* What the test framework prints would come before the port. */
  if (argc == 3 && g_str_equal (argv[1], "--node"))
    run_node (argv[2]);
  g_test_init (&argc, &argv, NULL);
  if (!redis_server_is_there ())
    return 0;
  g_test_add_func ("/redis/address", test_address);
  g_test_add_data_func ("/redis/broadcast", cluster_check_broadcast, test_pair);
  g_test_add_data_func ("/redis/compression", cluster_check_compression, test_pair);
  g_test_add_data_func ("/redis/binary", cluster_check_binary, test_pair);
  g_test_add_data_func ("/redis/acks", cluster_check_acks, test_pair);
  g_test_add_data_func ("/redis/fetch", cluster_check_fetch, test_pair);
  g_test_add_data_func ("/redis/remote-rooms", cluster_check_remote_rooms, test_pair);
  g_test_add_data_func ("/redis/server-events", cluster_check_server_events, test_pair);
  g_test_add_func ("/redis/parents", test_parents);
  g_test_add_func ("/redis/password", test_password);
  g_test_add_func ("/redis/wrong-password", test_wrong_password);
  g_test_add_func ("/redis/user", test_user);
  g_test_add_func ("/redis/tls", test_tls);
  g_test_add_func ("/redis/untrusted", test_untrusted);
  g_test_add_data_func ("/redis/frozen", argv[0], test_frozen);
  g_test_add_func ("/redis/reconnect", test_reconnect);
  g_test_add_func ("/redis/silent-server", test_silent_server);
  return g_test_run ();
}
