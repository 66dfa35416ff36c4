/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cluster.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "../engineio/test-certificate.h"
#include "desk.h"
#include "tcp-relay.h"

/* Redis */

gboolean
redis_server_is_there (void)
{
  g_autofree char *program = g_find_program_in_path ("redis-server");

  if (program == NULL)
    g_print ("1..0 # SKIP redis-server is not installed\n");
  return program != NULL;
}

/* A test that fails leaves nothing running that would hold its standard error open. */
static void
end_with_test (gpointer unused)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocessLauncher *
create_launcher (GSubprocessFlags flags)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (flags);

  g_subprocess_launcher_set_child_setup (launcher, end_with_test, NULL, NULL);
  return launcher;
}

RedisServer *
redis_server_new (const char *password)
{
  RedisServer *self = g_new0 (RedisServer, 1);

  self->folder = g_dir_make_tmp ("redis-XXXXXX", NULL);
  self->socket = g_build_filename (self->folder, "redis.sock", NULL);
  self->password = g_strdup (password);
  self->uri = password != NULL ? g_strdup_printf ("unix://:%s@%s", password, self->socket)
                               : g_strdup_printf ("unix://%s", self->socket);
  redis_server_start (self);
  return self;
}

static guint
find_free_port (void)
{
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocket) socket
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) bound = NULL;

  g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

/* FALSE: it has ended, since somebody else has the port by now. */
static gboolean
wait_for_ready (GSubprocess *process)
{
  GInputStream *output = g_subprocess_get_stdout_pipe (process);
  g_autoptr (GString) text = g_string_new (NULL);
  char bytes[1024];
  gssize n;

  while ((n = g_input_stream_read (output, bytes, sizeof bytes, NULL, NULL)) > 0)
    {
      g_string_append_len (text, bytes, n);
      if (strstr (text->str, "Ready to accept connections") != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
start_tcp (RedisServer *self, gboolean tls)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *port = g_strdup_printf ("%u", find_free_port ());
  g_autoptr (GSubprocessLauncher) launcher = create_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE);

  self->process = g_subprocess_launcher_spawn (
      launcher, &error, "redis-server", "--bind", "127.0.0.1", "--save", "",
      "--appendonly", "no", "--dir", self->folder, "--requirepass", "another", "--user", "tester",
      "on", ">secret", "+@all", "&*", "~*", "--tls-auth-clients", "no", "--tls-cert-file",
      self->pem, "--tls-key-file", self->pem, "--tls-ca-cert-file", self->pem, "--port",
      tls ? "0" : port, "--tls-port", tls ? port : "0", NULL);
  g_assert_no_error (error);
  g_free (self->uri);
  self->uri = g_strdup_printf ("%s://tester:secret@localhost:%s", tls ? "rediss" : "redis", port);
  if (wait_for_ready (self->process))
    return TRUE;
  redis_server_stop (self);
  return FALSE;
}

RedisServer *
redis_server_new_tcp (gboolean tls)
{
  RedisServer *self = g_new0 (RedisServer, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("redis-XXXXXX", NULL);
  self->pem = g_build_filename (self->folder, "redis.pem", NULL);
  g_file_set_contents (self->pem, test_certificate, -1, &error);
  g_assert_no_error (error);
  while (!start_tcp (self, tls))
    g_assert_cmpuint (++self->n_starts, <, 10);
  return self;
}

GTlsDatabase *
redis_server_get_database (RedisServer *self)
{
  g_autoptr (GError) error = NULL;

  if (self->database == NULL)
    self->database = g_tls_file_database_new (self->pem, &error);
  g_assert_no_error (error);
  return self->database;
}

void
redis_server_start (RedisServer *self)
{
  g_autoptr (GSubprocessLauncher) launcher = create_launcher (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GError) error = NULL;

  self->process = g_subprocess_launcher_spawn (
      launcher, &error, "redis-server", "--port", "0", "--unixsocket", self->socket, "--save", "",
      "--appendonly", "no", "--dir", self->folder, self->password != NULL ? "--requirepass" : NULL,
      self->password, NULL);
  g_assert_no_error (error);
}

void
redis_server_stop (RedisServer *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

void
redis_server_free (RedisServer *self)
{
  if (self->process != NULL)
    redis_server_stop (self);
  if (self->socket != NULL)
    g_unlink (self->socket);
  if (self->pem != NULL)
    g_unlink (self->pem);
  g_clear_object (&self->database);
  g_rmdir (self->folder);
  g_free (self->pem);
  g_free (self->folder);
  g_free (self->socket);
  g_free (self->password);
  g_free (self->uri);
  g_free (self);
}

/* A server that does as its clients say */

static SioBroadcast *
broadcast_to (ClusterNode *self, const char *room)
{
  SioBroadcast *broadcast = sio_namespace_broadcast (self->nsp);

  if (room != NULL)
    sio_broadcast_to (broadcast, room);
  return broadcast;
}

static void
answer_nothing (SioAck *ack)
{
  if (ack != NULL)
    sio_ack_send (ack, NULL);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
answer_texts (SioAck *ack, GPtrArray *texts)
{
  g_autoptr (SioArgs) args = sio_args_new ();

  g_ptr_array_sort (texts, compare_texts);
  for (guint i = 0; i < texts->len; i++)
    sio_args_add_string (args, texts->pdata[i]);
  sio_ack_send (ack, args);
}

/* [room] */
static void
on_enter (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  sio_socket_join (socket, sio_args_get_string (args, 0));
  answer_nothing (ack);
}

/* [room or null, value, what is not null: it is not to be compressed]: "news" with the value */
static void
on_tell (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  g_autoptr (SioBroadcast) broadcast = broadcast_to (user_data, sio_args_get_string (args, 0));
  g_autoptr (SioArgs) news = sio_args_new ();

  if (sio_args_get_bytes (args, 1) != NULL)
    sio_args_add_bytes (news, sio_args_get_bytes (args, 1));
  else
    sio_args_add_node (news, sio_args_get_node (args, 1));
  sio_broadcast_set_compress (broadcast, sio_args_get_string (args, 2) == NULL);
  sio_broadcast_emit (broadcast, "news", news);
  answer_nothing (ack);
}

static void
answer_responses (SioAck *ack, GPtrArray *responses, const GError *error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; responses != NULL && i < responses->len; i++)
    g_ptr_array_add (texts, g_strdup (sio_args_get_json (responses->pdata[i])));
  if (error != NULL)
    g_ptr_array_add (texts, g_strdup ("failed"));
  answer_texts (ack, texts);
}

static void
on_asked_all (GObject *unused, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SioAck) ack = user_data;
  g_autoptr (GPtrArray) responses = NULL;
  g_autoptr (GError) error = NULL;

  sio_broadcast_emit_with_ack_finish (result, &responses, &error);
  answer_responses (ack, responses, error);
}

/* [room or null, ms]: "question" to them; their answers */
static void
on_ask_all (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  g_autoptr (SioBroadcast) broadcast = broadcast_to (user_data, sio_args_get_string (args, 0));
  g_autoptr (SioArgs) question = sio_args_new ();
  int64_t ms = 0;

  sio_args_get_int (args, 1, &ms);
  sio_broadcast_set_timeout (broadcast, ms);
  sio_args_add_string (question, "who");
  sio_broadcast_emit_with_ack_async (broadcast, "question", question, NULL, on_asked_all,
                                     sio_ack_ref (ack));
}

static void
on_fetched (GObject *unused, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SioAck) ack = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sockets = sio_broadcast_fetch_sockets_finish (result, &error);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; sockets != NULL && i < sockets->len; i++)
    {
      const char *const *rooms = sio_remote_socket_get_rooms (sockets->pdata[i]);
      SioHandshake *handshake = sio_remote_socket_get_handshake (sockets->pdata[i]);

      g_assert_nonnull (handshake);
      g_assert_nonnull (sio_handshake_get_query (handshake, "EIO"));
      g_ptr_array_add (texts,
                       g_strdup_printf ("%s %u", sio_remote_socket_get_id (sockets->pdata[i]),
                                        g_strv_length ((GStrv) rooms)));
    }
  if (error != NULL)
    g_ptr_array_add (texts, g_strdup ("failed"));
  answer_texts (ack, texts);
}

/* [room or null]: "id number-of-rooms" of each */
static void
on_list (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  g_autoptr (SioBroadcast) broadcast = broadcast_to (user_data, sio_args_get_string (args, 0));

  sio_broadcast_fetch_sockets_async (broadcast, NULL, on_fetched, sio_ack_ref (ack));
}

/* [room or null, other room]: those of the one join the other */
static void
on_gather (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  g_autoptr (SioBroadcast) broadcast = broadcast_to (user_data, sio_args_get_string (args, 0));

  sio_broadcast_sockets_join (broadcast, sio_args_get_string (args, 1));
  answer_nothing (ack);
}

static void
on_scatter (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  g_autoptr (SioBroadcast) broadcast = broadcast_to (user_data, sio_args_get_string (args, 0));

  sio_broadcast_sockets_leave (broadcast, sio_args_get_string (args, 1));
  answer_nothing (ack);
}

static void
on_kick (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  g_autoptr (SioBroadcast) broadcast = broadcast_to (user_data, sio_args_get_string (args, 0));

  sio_broadcast_disconnect_sockets (broadcast, FALSE);
  answer_nothing (ack);
}

/* [value]: to the other servers, which tell it to their own clients as "heard" */
static void
on_server_tell (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  ClusterNode *self = user_data;

  sio_namespace_server_side_emit (self->nsp, "tell", args);
  answer_nothing (ack);
}

static void
on_servers_answered (GObject *nsp, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SioAck) ack = user_data;
  g_autoptr (GPtrArray) responses = NULL;
  g_autoptr (GError) error = NULL;

  sio_namespace_server_side_emit_with_ack_finish (SIO_NAMESPACE (nsp), result, &responses, &error);
  answer_responses (ack, responses, error);
}

/* [value]: the other servers' answers, which are the value */
static void
on_server_ask (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer user_data)
{
  ClusterNode *self = user_data;

  sio_namespace_server_side_emit_with_ack_async (self->nsp, "ask", args, 5000, NULL,
                                                 on_servers_answered, sio_ack_ref (ack));
}

static void
on_server_side_event (SioNamespace *nsp,
                      const char *event,
                      SioArgs *args,
                      SioAck *ack,
                      gpointer user_data)
{
  g_autoptr (SioBroadcast) broadcast = NULL;

  if (ack != NULL)
    {
      sio_ack_send (ack, args);
      return;
    }
  broadcast = sio_namespace_broadcast (nsp);
  sio_broadcast_set_local (broadcast, TRUE);
  sio_broadcast_emit (broadcast, "heard", args);
}

static void
on_connection (SioNamespace *nsp, SioSocket *socket, gpointer user_data)
{
  static const struct {
    const char *event;
    SioEventFunc func;
  } words[] = {
    { "enter", on_enter },
    { "tell", on_tell },
    { "ask-all", on_ask_all },
    { "list", on_list },
    { "gather", on_gather },
    { "scatter", on_scatter },
    { "kick", on_kick },
    { "server-tell", on_server_tell },
    { "server-ask", on_server_ask },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    sio_socket_on (socket, words[i].event, words[i].func, user_data, NULL);
}

ClusterNode *
cluster_node_new (const char *uri)
{
  return cluster_node_new_tls (uri, NULL);
}

ClusterNode *
cluster_node_new_tls (const char *uri, GTlsDatabase *database)
{
  ClusterNode *self = g_new0 (ClusterNode, 1);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GError) error = NULL;

  self->redis = sio_redis_new (uri, &error);
  g_assert_no_error (error);
  sio_redis_set_tls_database (self->redis, database);
  self->server = sio_server_new ();
  sio_redis_join (self->redis, self->server);
  self->nsp = sio_server_of (self->server, "/");
  g_signal_connect (self->nsp, "connection", G_CALLBACK (on_connection), self);
  g_signal_connect (self->nsp, "server-side-event", G_CALLBACK (on_server_side_event), NULL);
  sio_server_listen (self->server, address, NULL, &error);
  g_assert_no_error (error);
  self->port = eio_server_get_port (sio_server_get_engine (self->server));
  wait_until (sio_redis_is_ready (self->redis));
  return self;
}

void
cluster_node_free (ClusterNode *self)
{
  sio_server_close (self->server);
  g_object_unref (self->server);
  g_object_unref (self->redis);
  g_free (self);
}

/* What they have to do with each other */

static Desk *
come (guint port)
{
  Desk *desk = desk_new (port, &modes[0], "/");

  desk->answers = TRUE;
  desk_connect (desk, &modes[0]);
  return desk;
}

static void
say (Desk *desk, const char *event, const char *json)
{
  g_autofree char *unused = desk_ask_json (desk, event, json);
}

#define ask_and_check(desk, event, json, expected)                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *answer_ = desk_ask_json (desk, event, json);                                  \
                                                                                                   \
    g_assert_cmpstr (answer_, ==, expected);                                                       \
  }                                                                                                \
  G_STMT_END

void
cluster_check_broadcast (guint first_port, guint second_port)
{
  g_autoptr (Desk) here = come (first_port);
  g_autoptr (Desk) there = come (second_port);
  const char *value = "[null,{\"a\":[1,-2.5,\"\xc3\xa9\",null,true],\"b\":{}}]";

  say (here, "tell", value);
  g_assert_cmpstr (desk_expect (there, "event news "), ==,
                   "[{\"a\":[1,-2.5,\"\xc3\xa9\",null,true],\"b\":{}}]");
  say (there, "enter", "[\"room\"]");
  say (here, "tell", "[\"nobody\",1]");
  say (here, "tell", "[\"room\",2]");
  g_assert_cmpstr (desk_expect (there, "event news "), ==, "[2]");
  g_assert_cmpuint (desk_count (here, "event news "), ==, 1);
}

/* The answer to a poll of the other server's client, by the bytes that it takes; both servers compress unless they
 * are told not to. */
void
cluster_check_compression (guint first_port, guint second_port)
{
  g_autoptr (Desk) here = come (first_port);
  g_autoptr (TcpRelay) front = tcp_relay_new (second_port);
  g_autoptr (Desk) there = desk_new (tcp_relay_get_port (front), &modes[0], "/");
  g_autofree char *letters = g_strnfill (50000, 'x');

  desk_connect (there, &modes[0]);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *value
          = g_strdup_printf (i % 2 == 0 ? "[null,\"%s\"]" : "[null,\"%s\",\"plain\"]", letters);
      uint64_t n_bytes = tcp_relay_get_n_bytes (front, FALSE);

      say (here, "tell", value);
      desk_expect (there, "event news ");
      n_bytes = tcp_relay_get_n_bytes (front, FALSE) - n_bytes;
      g_assert_cmpint (n_bytes < 5000, ==, i % 2 == 0);
      g_assert_cmpint (n_bytes > 50000, ==, i % 2 == 1);
    }
}

void
cluster_check_binary (guint first_port, guint second_port)
{
  g_autoptr (Desk) here = come (first_port);
  g_autoptr (Desk) there = come (second_port);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\0\1\377", 3);
  g_autoptr (SioArgs) args = sio_args_new ();
  g_autoptr (SioArgs) unused = NULL;

  sio_args_add_null (args);
  sio_args_add_bytes (args, bytes);
  unused = desk_ask (here, "tell", args, 5000, NULL);
  desk_expect (there, "event news ");
  g_assert_true (g_bytes_equal (sio_args_get_bytes (there->last_args, 0), bytes));
}

void
cluster_check_acks (guint first_port, guint second_port)
{
  g_autoptr (Desk) here = come (first_port);
  g_autoptr (Desk) there = come (second_port);
  g_autoptr (Desk) third = come (second_port);

  ask_and_check (here, "ask-all", "[null,5000]",
                 "[\"[\\\"who\\\"]\",\"[\\\"who\\\"]\",\"[\\\"who\\\"]\"]");
  third->answers = FALSE;
  /* The other two have time enough. */
  ask_and_check (here, "ask-all", "[null,3000]", "[\"[\\\"who\\\"]\",\"[\\\"who\\\"]\",\"failed\"]");
}

void
cluster_check_fetch (guint first_port, guint second_port)
{
  g_autoptr (Desk) here = come (first_port);
  g_autoptr (Desk) there = come (second_port);
  g_autofree char *expected = NULL;

  say (there, "enter", "[\"fetched\"]");
  expected = g_strdup_printf ("[\"%s 2\"]", sio_client_socket_get_id (there->socket));
  ask_and_check (here, "list", "[\"fetched\"]", expected);
  ask_and_check (there, "list", "[\"fetched\"]", expected);
  ask_and_check (here, "list", "[\"nobody\"]", "[]");
}

void
cluster_check_remote_rooms (guint first_port, guint second_port)
{
  g_autoptr (Desk) here = come (first_port);
  g_autoptr (Desk) there = come (second_port);

  say (there, "enter", "[\"one\"]");
  say (here, "gather", "[\"one\",\"two\"]");
  say (here, "tell", "[\"two\",\"joined\"]");
  g_assert_cmpstr (desk_expect (there, "event news "), ==, "[\"joined\"]");
  say (here, "scatter", "[\"one\",\"two\"]");
  say (here, "tell", "[\"two\",\"left\"]");
  say (here, "tell", "[\"one\",\"still\"]");
  g_assert_cmpstr (desk_expect (there, "event news "), ==, "[\"still\"]");
  say (here, "kick", "[\"one\"]");
  desk_expect (there, "disconnected io server disconnect");
}

void
cluster_check_server_events (guint first_port, guint second_port)
{
  g_autoptr (Desk) here = come (first_port);
  g_autoptr (Desk) there = come (second_port);

  say (here, "server-tell", "[{\"x\":1}]");
  g_assert_cmpstr (desk_expect (there, "event heard "), ==, "[{\"x\":1}]");
  g_assert_cmpuint (desk_count (here, "event heard "), ==, 0);
  ask_and_check (here, "server-ask", "[\"hello\"]", "[\"[\\\"hello\\\"]\"]");
}
