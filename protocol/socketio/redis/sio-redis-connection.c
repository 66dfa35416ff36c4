/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/redis/sio-redis-connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#include "socketio/sio-types.h"

/* How long making it may take. */
#define CONNECT_TIMEOUT_S 10
/* One read, and so what is handled before the main loop goes on to others. */
#define READ_SIZE (64 * 1024)
/* A reply that is larger is none of ours: Socket.IO's messages are some MB at most. */
#define MAX_REPLY_SIZE (64 * 1024 * 1024)
#define MAX_REPLY_ELEMENTS 1024
/* What may wait to be written; beyond it, what is sent is refused. */
#define MAX_WAITING (64 * 1024 * 1024)

/* CONNECTING -> AUTHENTICATING -> READY; any -> CLOSED. Without a password, AUTHENTICATING is left at
 * once. */
typedef enum {
  STATE_CONNECTING,
  STATE_AUTHENTICATING,
  STATE_READY,
  STATE_CLOSED,
} State;

struct _SioRedisConnection {
  grefcount ref_count; /* the owner's, and one for each operation under way */
  State state;
  const SioRedisConnectionFuncs *funcs;
  gpointer user_data;
  char *user;
  char *password;

  GCancellable *cancellable;
  GSocketConnection *connection;
  redisReader *reader;
  gboolean heard;
  GSource *failing; /* owned, nullable: tells the owner from the loop */
  GError *error;
  GByteArray *waiting; /* to be written */
  GBytes *writing;     /* nullable */
  guint8 input[READ_SIZE];
};

static void begin_write (SioRedisConnection *self);
static void begin_read (SioRedisConnection *self);

static SioRedisConnection *
connection_ref (SioRedisConnection *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

static void
connection_unref (SioRedisConnection *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_clear_object (&self->connection);
  g_clear_pointer (&self->writing, g_bytes_unref);
  g_clear_error (&self->error);
  g_byte_array_unref (self->waiting);
  g_object_unref (self->cancellable);
  redisReaderFree (self->reader);
  g_free (self->user);
  g_free (self->password);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioRedisConnection, connection_unref)

static void
lose (SioRedisConnection *self, const GError *error)
{
  g_autoptr (SioRedisConnection) alive = connection_ref (self);
  const SioRedisConnectionFuncs *funcs = self->funcs;
  gpointer user_data = self->user_data;

  if (self->state == STATE_CLOSED)
    return;
  sio_redis_connection_close (self);
  funcs->lost (error, user_data);
}

static void
lose_with_message (SioRedisConnection *self, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (SIO_ERROR, SIO_ERROR_TRANSPORT, message);

  lose (self, error);
}

/* Reading */

#if HIREDIS_MAJOR >= 1
typedef size_t ElementCount;
#else
typedef int ElementCount;
#endif

static redisReplyObjectFunctions reply_funcs;
static void *(*create_array) (const redisReadTask *task, ElementCount n);

/* hiredis allocates what is announced. */
static void *
create_bounded_array (const redisReadTask *task, ElementCount n)
{
  return n <= MAX_REPLY_ELEMENTS ? create_array (task, n) : NULL;
}

static redisReader *
create_reader (void)
{
  static gsize initialized;
  redisReader *reader = redisReaderCreate ();

  if (g_once_init_enter (&initialized))
    {
      reply_funcs = *reader->fn;
      create_array = reply_funcs.createArray;
      reply_funcs.createArray = create_bounded_array;
      g_once_init_leave (&initialized, 1);
    }
  reader->fn = &reply_funcs;
  return reader;
}

static void
become_ready (SioRedisConnection *self)
{
  self->state = STATE_READY;
  self->funcs->ready (self->user_data);
}

static void
handle_reply (SioRedisConnection *self, const redisReply *reply)
{
  if (self->state == STATE_READY)
    self->funcs->reply (reply, self->user_data);
  else if (reply->type == REDIS_REPLY_ERROR)
    lose_with_message (self, reply->str);
  else
    become_ready (self);
}

/* FALSE: it is over. */
static gboolean
handle_replies (SioRedisConnection *self)
{
  void *reply = NULL;

  while (self->state != STATE_CLOSED)
    {
      if (redisReaderGetReply (self->reader, &reply) != REDIS_OK)
        {
          lose_with_message (self, self->reader->errstr);
          return FALSE;
        }
      if (reply == NULL)
        break;
      handle_reply (self, reply);
      freeReplyObject (reply);
    }
  if (self->state != STATE_CLOSED && self->reader->len - self->reader->pos > MAX_REPLY_SIZE)
    lose_with_message (self, "a reply is too large");
  return self->state != STATE_CLOSED;
}

static void
on_read (GObject *stream, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SioRedisConnection) self = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (stream), result, &error);

  if (self->state == STATE_CLOSED)
    return;
  if (n < 0)
    lose (self, error);
  else if (n == 0)
    lose_with_message (self, "Redis has closed the connection");
  else
    {
      self->heard = TRUE;
      redisReaderFeed (self->reader, (const char *) self->input, n);
      if (handle_replies (self))
        begin_read (self);
    }
}

static void
begin_read (SioRedisConnection *self)
{
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (self->connection));

  g_input_stream_read_async (stream, self->input, sizeof self->input, G_PRIORITY_DEFAULT,
                             self->cancellable, on_read, connection_ref (self));
}

/* Writing: what is sent while a write is under way goes out together after it. */

static void
on_written (GObject *stream, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SioRedisConnection) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = g_output_stream_write_all_finish (G_OUTPUT_STREAM (stream), result, NULL, &error);

  g_clear_pointer (&self->writing, g_bytes_unref);
  if (self->state == STATE_CLOSED)
    return;
  if (!done)
    lose (self, error);
  else if (self->waiting->len > 0)
    begin_write (self);
}

static void
begin_write (SioRedisConnection *self)
{
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (self->connection));
  gsize size;
  const void *data;

  self->writing = g_byte_array_free_to_bytes (self->waiting);
  self->waiting = g_byte_array_new ();
  data = g_bytes_get_data (self->writing, &size);
  g_output_stream_write_all_async (stream, data, size, G_PRIORITY_DEFAULT, self->cancellable,
                                   on_written, connection_ref (self));
}

static void
append_word (GByteArray *out, const void *data, gsize size)
{
  char head[32];
  int n = g_snprintf (head, sizeof head, "$%" G_GSIZE_FORMAT "\r\n", size);

  g_byte_array_append (out, (const guint8 *) head, n);
  if (size > 0)
    g_byte_array_append (out, data, size);
  g_byte_array_append (out, (const guint8 *) "\r\n", 2);
}

/* https://redis.io/docs/reference/protocol-spec/, "Sending commands to a Redis server" */
static void
send_command (SioRedisConnection *self, const char *const *words, GBytes *payload)
{
  guint n = g_strv_length ((GStrv) words) + (payload != NULL);
  char head[32];
  int length = g_snprintf (head, sizeof head, "*%u\r\n", n);

  g_byte_array_append (self->waiting, (const guint8 *) head, length);
  for (; *words != NULL; words++)
    append_word (self->waiting, *words, strlen (*words));
  if (payload != NULL)
    {
      gsize size;
      const void *data = g_bytes_get_data (payload, &size);

      append_word (self->waiting, data, size);
    }
  if (self->writing == NULL)
    begin_write (self);
}

/* Connecting */

static void
authenticate (SioRedisConnection *self)
{
  const char *words[] = { "AUTH", self->user, self->password, NULL };
  const char *without_user[] = { "AUTH", self->password, NULL };

  self->state = STATE_AUTHENTICATING;
  send_command (self, self->user != NULL ? words : without_user, NULL);
}

static void
on_connected (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SioRedisConnection) self = user_data;
  g_autoptr (GError) error = NULL;
  GSocket *socket;

  self->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (client), result, &error);
  if (self->state == STATE_CLOSED)
    return;
  if (self->connection == NULL)
    {
      lose (self, error);
      return;
    }
  socket = g_socket_connection_get_socket (self->connection);
  /* The time is for connecting; from here on silence is judged by who owns it. */
  g_socket_set_timeout (socket, 0);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL); /* not on a unix socket */
  begin_read (self);
  if (self->password != NULL)
    authenticate (self);
  else
    become_ready (self);
}

static void
on_client_event (GSocketClient *client,
                 GSocketClientEvent event,
                 GSocketConnectable *connectable,
                 GIOStream *connection,
                 gpointer tls_database)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_tls_connection_set_database (G_TLS_CONNECTION (connection), tls_database);
}

SioRedisConnection *
sio_redis_connection_new (const SioRedisAddress *address,
                          GTlsDatabase *tls_database,
                          const SioRedisConnectionFuncs *funcs,
                          gpointer user_data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  SioRedisConnection *self = g_new0 (SioRedisConnection, 1);

  g_ref_count_init (&self->ref_count);
  self->funcs = funcs;
  self->user_data = user_data;
  self->user = g_strdup (address->user);
  self->password = g_strdup (address->password);
  self->cancellable = g_cancellable_new ();
  self->reader = create_reader ();
  self->waiting = g_byte_array_new ();
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, CONNECT_TIMEOUT_S);
  g_socket_client_set_tls (client, address->tls);
  if (tls_database != NULL)
    g_signal_connect_object (client, "event", G_CALLBACK (on_client_event), tls_database, 0);
  g_socket_client_connect_async (client, address->where, self->cancellable, on_connected,
                                 connection_ref (self));
  return self;
}

void
sio_redis_connection_close (SioRedisConnection *self)
{
  if (self->state == STATE_CLOSED)
    return;
  self->state = STATE_CLOSED;
  if (self->failing != NULL)
    {
      g_source_destroy (self->failing);
      g_clear_pointer (&self->failing, g_source_unref);
    }
  g_cancellable_cancel (self->cancellable);
  connection_unref (self);
}

gboolean
sio_redis_connection_is_ready (SioRedisConnection *self)
{
  return self->state == STATE_READY;
}

gboolean
sio_redis_connection_send (SioRedisConnection *self, const char *const *words, GBytes *payload)
{
  gsize size = payload != NULL ? g_bytes_get_size (payload) : 0;

  if (self->state != STATE_READY || self->waiting->len + size > MAX_WAITING)
    return FALSE;
  send_command (self, words, payload);
  return TRUE;
}

gboolean
sio_redis_connection_has_heard (SioRedisConnection *self)
{
  gboolean heard = self->heard;

  self->heard = FALSE;
  return heard;
}

static gboolean
on_failing (gpointer user_data)
{
  SioRedisConnection *self = user_data;
  g_autoptr (GError) error = g_steal_pointer (&self->error);

  lose (self, error);
  return G_SOURCE_REMOVE;
}

void
sio_redis_connection_fail (SioRedisConnection *self, const char *message)
{
  if (self->failing != NULL || self->state == STATE_CLOSED)
    return;
  self->error = g_error_new_literal (SIO_ERROR, SIO_ERROR_TRANSPORT, message);
  self->failing = g_idle_source_new ();
  g_source_set_priority (self->failing, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->failing, on_failing, self, NULL);
  g_source_attach (self->failing, g_main_context_get_thread_default ());
}
