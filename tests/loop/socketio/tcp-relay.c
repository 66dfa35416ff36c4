/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tcp-relay.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#define MAX_HEAD 16384

struct _TcpRelay
{
  GSocketService *service; /* owned */
  GCancellable *cancellable;
  guint port;
  guint target;
  GString *heads;    /* owned */
  GHashTable *pairs; /* owned: of Pair, borrowed: those that there are */
  uint64_t of_clients; /* bytes that came on connections that are closed */
  uint64_t of_servers;
};

/* One connection; every operation under way holds it. */
typedef struct
{
  TcpRelay *relay; /* borrowed; NULL when it is gone */
  GIOStream *near; /* owned */
  GIOStream *far;  /* owned, once connected */
  GString *head;   /* owned: what was read before that */
  gboolean closed;
} Pair;

/* Bytes that have come by it. */
static uint64_t
get_n_received (GIOStream *stream)
{
  struct tcp_info info = { 0 };
  socklen_t size = sizeof info;
  int fd;

  if (stream == NULL)
    return 0;
  fd = g_socket_get_fd (g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)));
  return getsockopt (fd, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 ? info.tcpi_bytes_received : 0;
}

static void
pair_clear (gpointer data)
{
  Pair *pair = data;

  if (pair->relay != NULL)
    g_hash_table_remove (pair->relay->pairs, pair);
  g_clear_object (&pair->near);
  g_clear_object (&pair->far);
  g_string_free (pair->head, TRUE);
}

static void
pair_unref (Pair *pair)
{
  g_rc_box_release_full (pair, pair_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pair, pair_unref)

static void
on_spliced (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pair) pair = user_data;

  g_io_stream_splice_finish (result, NULL);
  if (pair->relay != NULL)
    {
      pair->relay->of_clients += get_n_received (pair->near);
      pair->relay->of_servers += get_n_received (pair->far);
    }
  pair->closed = TRUE;
  g_io_stream_close (pair->near, NULL, NULL);
  g_io_stream_close (pair->far, NULL, NULL);
}

static void
splice (Pair *pair)
{
  static const char answer[] = "HTTP/1.1 200 Connected\r\n\r\n";
  gboolean tunnel = g_str_has_prefix (pair->head->str, "CONNECT ");
  GIOStream *to = tunnel ? pair->near : pair->far;
  const char *words = tunnel ? answer : pair->head->str;
  gsize size = tunnel ? strlen (answer) : pair->head->len;

  /* Few bytes, into an empty buffer of the kernel. */
  if (g_output_stream_write_all (g_io_stream_get_output_stream (to), words, size, NULL, NULL, NULL))
    g_io_stream_splice_async (pair->near, pair->far, G_IO_STREAM_SPLICE_NONE, G_PRIORITY_DEFAULT,
                              pair->relay->cancellable, on_spliced, g_rc_box_acquire (pair));
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pair) pair = user_data;
  GSocketConnection *far
      = g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, NULL);

  pair->far = (GIOStream *)far;
  if (far != NULL && pair->relay != NULL)
    splice (pair);
}

static void
reach_target (Pair *pair)
{
  TcpRelay *self = pair->relay;
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_string_append (self->heads, pair->head->str);
  if (self->target == 0)
    return;
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_to_host_async (client, "127.0.0.1", (guint16)self->target,
                                         self->cancellable, on_connected, g_rc_box_acquire (pair));
}

static void read_head (Pair *pair);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pair) pair = user_data;
  g_autoptr (GBytes) bytes
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (bytes == NULL || g_bytes_get_size (bytes) == 0 || pair->relay == NULL)
    return;
  g_string_append_len (pair->head, g_bytes_get_data (bytes, NULL),
                       (gssize)g_bytes_get_size (bytes));
  if (strstr (pair->head->str, "\r\n\r\n") != NULL)
    reach_target (pair);
  else if (pair->head->len < MAX_HEAD)
    read_head (pair);
}

static void
read_head (Pair *pair)
{
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (pair->near), MAX_HEAD,
                                   G_PRIORITY_DEFAULT, pair->relay->cancellable, on_read,
                                   g_rc_box_acquire (pair));
}

static gboolean
on_incoming (TcpRelay *self, GSocketConnection *connection)
{
  g_autoptr (Pair) pair = g_rc_box_new0 (Pair);

  pair->relay = self;
  g_hash_table_add (self->pairs, pair);
  pair->near = g_object_ref (G_IO_STREAM (connection));
  pair->head = g_string_new (NULL);
  read_head (pair);
  return TRUE;
}

TcpRelay *
tcp_relay_new (guint target)
{
  TcpRelay *self = g_new0 (TcpRelay, 1);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;

  self->target = target;
  self->heads = g_string_new (NULL);
  self->pairs = g_hash_table_new (NULL, NULL);
  self->cancellable = g_cancellable_new ();
  self->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  g_signal_connect_swapped (self->service, "incoming", G_CALLBACK (on_incoming), self);
  return self;
}

static void
shut (GIOStream *stream)
{
  if (stream != NULL)
    g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)), TRUE, TRUE,
                       NULL);
}

/* At once, and not when the main loop runs again: who ends a TLS connection may wait for the other. */
static void
let_go (TcpRelay *self)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->pairs);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      Pair *pair = key;

      pair->relay = NULL;
      shut (pair->near);
      shut (pair->far);
    }
  g_hash_table_unref (self->pairs);
}

void
tcp_relay_free (TcpRelay *self)
{
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  let_go (self);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->service);
  g_string_free (self->heads, TRUE);
  g_free (self);
}

guint
tcp_relay_get_port (TcpRelay *self)
{
  return self->port;
}

void
tcp_relay_set_target (TcpRelay *self, guint target)
{
  self->target = target;
}

const char *
tcp_relay_get_heads (TcpRelay *self)
{
  return self->heads->str;
}

uint64_t
tcp_relay_get_n_bytes (TcpRelay *self, gboolean from_clients)
{
  GHashTableIter iter;
  gpointer key;
  uint64_t n_bytes = from_clients ? self->of_clients : self->of_servers;

  g_hash_table_iter_init (&iter, self->pairs);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      Pair *pair = key;

      n_bytes += pair->closed ? 0 : get_n_received (from_clients ? pair->near : pair->far);
    }
  return n_bytes;
}
