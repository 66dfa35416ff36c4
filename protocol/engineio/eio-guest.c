/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-guest.h"

static guint
judge_length (const EioHttpRules *rules, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  uint64_t max = rules->get_max_body (path, rules->user_data);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
                 (uint64_t) soup_message_headers_get_content_length (headers) > max
             ? 413 : 0;
}

guint
eio_guest_judge (const EioHttpRules *rules, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *host = soup_message_headers_get_one (headers, "Host");
  guint status = eio_http_rules_judge_host (rules, host != NULL ? host : "");

  if (status == 0)
    status = eio_http_rules_judge_origin (rules, soup_message_headers_get_one (headers, "Origin"));
  return status != 0 ? status : judge_length (rules, message);
}

int
eio_guest_get_fd (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  return socket != NULL ? g_socket_get_fd (socket) : -1;
}

typedef struct {
  uint64_t left;
} Body;

static void
body_free (gpointer body, GClosure *closure)
{
  g_free (body);
}

/* There is no other way to stop the HTTP library from reading. */
static void
on_chunk (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  Body *body = user_data;
  gsize size = g_bytes_get_size (chunk);
  GSocket *socket = soup_server_message_get_socket (message);

  if (size <= body->left)
    {
      body->left -= size;
      return;
    }
  body->left = 0;
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

void
eio_guest_limit_body (SoupServerMessage *message, uint64_t max)
{
  Body *body = g_new (Body, 1);

  body->left = max;
  g_signal_connect_data (message, "got-chunk", G_CALLBACK (on_chunk), body, body_free, 0);
}

gboolean
eio_guest_is_tls (SoupServerMessage *message)
{
  return g_strcmp0 (g_uri_get_scheme (soup_server_message_get_uri (message)), "https") == 0;
}

/* The library reads ahead, into the stream that it wraps around the connection's own. One read takes all
 * that it has, and if that was nothing, what the connection has. */
static GBytes *
read_early (GIOStream *stream)
{
  g_autofree guint8 *buffer = g_malloc (EIO_READ_BUDGET);
  gssize n = g_pollable_input_stream_read_nonblocking (
      G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (stream)), buffer, EIO_READ_BUDGET, NULL,
      NULL);

  return n > 0 ? g_bytes_new (buffer, n) : NULL;
}

EioPipe *
eio_guest_take (SoupServerMessage *message, EioReactor *reactor, GBytes **early)
{
  g_autoptr (GIOStream) stolen = soup_server_message_steal_connection (message);
  g_autoptr (GIOStream) base = NULL;

  *early = read_early (stolen);
  g_object_get (stolen, "base-iostream", &base, NULL);
  /* A plain connection goes on by a descriptor of its own. */
  if (G_IS_SOCKET_CONNECTION (base))
    return eio_pipe_new (reactor, base, NULL, NULL);
  return eio_pipe_new (reactor, base, g_steal_pointer (&stolen), g_object_unref);
}
