/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-client-dial.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "engineio/eio-client-handshake.h"

/* One attempt: data of its GTask. Connecting -> TLS, for https -> asking -> answered. */
typedef struct {
  EioClientTarget *target; /* owned */
  SoupMessage *message;    /* owned */
  char *key;               /* owned */
  GIOStream *stream;       /* owned, from the connection on */
  GBytes *request;         /* owned */
  GByteArray *answer;      /* owned */
  gboolean deflate;        /* offered, then agreed to */
} Dial;

static void
dial_free (gpointer data)
{
  Dial *self = data;

  /* Still here when the attempt has failed. */
  if (self->stream != NULL)
    g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_clear_object (&self->stream);
  eio_client_target_unref (self->target);
  g_object_unref (self->message);
  g_free (self->key);
  g_clear_pointer (&self->request, g_bytes_unref);
  g_byte_array_unref (self->answer);
  g_free (self);
}

/* Takes the error. */
static void
fail (GTask *task, GError *error)
{
  g_task_return_new_error (task, EIO_ERROR, EIO_ERROR_TRANSPORT, "%s", error->message);
  g_error_free (error);
}

static SoupCookieJar *
get_jar (Dial *self)
{
  SoupSessionFeature *jar = soup_session_get_feature (self->target->session, SOUP_TYPE_COOKIE_JAR);

  return jar != NULL ? SOUP_COOKIE_JAR (jar) : NULL;
}

static void
take_answer (GTask *task, gsize head)
{
  Dial *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (eio_client_handshake_check ((char *) self->answer->data, head, self->message, self->key,
                                  get_jar (self), &self->deflate, &error))
    {
      g_byte_array_remove_range (self->answer, 0, (guint) head);
      g_task_return_pointer (task, g_steal_pointer (&self->stream), g_object_unref);
    }
  else
    {
      g_task_return_error (task, error);
    }
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Dial *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize head;

  if (bytes == NULL)
    {
      fail (task, error);
      return;
    }
  g_byte_array_append (self->answer, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  head = eio_client_handshake_find_end ((char *) self->answer->data, self->answer->len);
  if (head > 0 && head <= EIO_CLIENT_HANDSHAKE_MAX_HEAD)
    take_answer (task, head);
  else if (g_bytes_get_size (bytes) == 0)
    g_task_return_new_error (task, EIO_ERROR, EIO_ERROR_TRANSPORT,
                             "The server ended the connection without an answer");
  else if (self->answer->len > EIO_CLIENT_HANDSHAKE_MAX_HEAD)
    g_task_return_new_error (task, EIO_ERROR, EIO_ERROR_TRANSPORT,
                             "The server's answer has no end");
  else
    g_input_stream_read_bytes_async (G_INPUT_STREAM (source), EIO_CLIENT_HANDSHAKE_MAX_HEAD,
                                     G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_read,
                                     g_object_ref (task));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Dial *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    {
      fail (task, error);
      return;
    }
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (self->stream),
                                   EIO_CLIENT_HANDSHAKE_MAX_HEAD, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), on_read, g_object_ref (task));
}

static void
ask (GTask *task)
{
  Dial *self = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_request_headers (self->message);
  const char *agent = soup_session_get_user_agent (self->target->session);
  gconstpointer data;
  gsize size;

  if (agent != NULL && soup_message_headers_get_one (headers, "User-Agent") == NULL)
    soup_message_headers_append (headers, "User-Agent", agent);
  self->request
      = eio_client_handshake_encode (self->message, self->key, get_jar (self), self->deflate);
  data = g_bytes_get_data (self->request, &size);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream), data, size,
                                   G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_written,
                                   g_object_ref (task));
}

static gboolean
on_accept_certificate (GTlsConnection *connection,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  return eio_client_target_accept_certificate (user_data, certificate, errors);
}

static void
on_secured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error))
    ask (task);
  else
    fail (task, error);
}

static void
secure (GTask *task, GSocketConnection *connection)
{
  static const char *const protocols[] = { "http/1.1", NULL };
  Dial *self = g_task_get_task_data (task);
  SoupSession *session = self->target->session;
  GUri *uri = soup_message_get_uri (self->message);
  g_autoptr (GSocketConnectable) identity
      = g_network_address_new (g_uri_get_host (uri), (guint16) MAX (g_uri_get_port (uri), 0));
  GError *error = NULL;

  self->stream = g_tls_client_connection_new (G_IO_STREAM (connection), identity, &error);
  if (self->stream == NULL)
    {
      fail (task, error);
      return;
    }
  g_object_set (self->stream, "database", soup_session_get_tls_database (session), "interaction",
                soup_session_get_tls_interaction (session), "advertised-protocols", protocols,
                NULL);
  g_signal_connect_data (self->stream, "accept-certificate", G_CALLBACK (on_accept_certificate),
                         eio_client_target_ref (self->target),
                         (GClosureNotify) (void (*) (void)) eio_client_target_unref,
                         G_CONNECT_DEFAULT);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (self->stream), G_PRIORITY_DEFAULT,
                                    g_task_get_cancellable (task), on_secured, g_object_ref (task));
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Dial *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_uri_finish (G_SOCKET_CLIENT (source), result, &error);

  if (connection == NULL)
    {
      fail (task, error);
      return;
    }
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, 1,
                       NULL);
  if (g_str_equal (g_uri_get_scheme (soup_message_get_uri (self->message)), "https"))
    {
      secure (task, connection);
      return;
    }
  self->stream = g_object_ref (G_IO_STREAM (connection));
  ask (task);
}

static GSocketClient *
new_socket_client (SoupSession *session)
{
  GSocketClient *client = g_socket_client_new ();
  GProxyResolver *resolver = soup_session_get_proxy_resolver (session);

  if (resolver != NULL)
    g_socket_client_set_proxy_resolver (client, resolver);
  else
    g_socket_client_set_enable_proxy (client, FALSE);
  return client;
}

void
eio_client_dial_async (EioClientTarget *target,
                       SoupMessage *message,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GSocketClient) client = new_socket_client (target->session);
  g_autofree char *address = NULL;
  Dial *self = g_new0 (Dial, 1);
  gboolean tls;

  g_task_set_source_tag (task, eio_client_dial_async);
  self->target = eio_client_target_ref (target);
  self->message = g_object_ref (message);
  self->key = eio_client_handshake_new_key ();
  self->deflate = target->deflate_from > 0;
  self->answer = g_byte_array_new ();
  g_task_set_task_data (task, self, dial_free);
  address = g_uri_to_string_partial (soup_message_get_uri (message), G_URI_HIDE_QUERY);
  tls = g_str_equal (g_uri_get_scheme (soup_message_get_uri (message)), "https");
  g_socket_client_connect_to_uri_async (client, address, tls ? 443 : 80, cancellable, on_connected,
                                        g_object_ref (task));
}

GIOStream *
eio_client_dial_finish (GAsyncResult *result, GBytes **rest, gboolean *deflate, GError **error)
{
  GIOStream *stream = g_task_propagate_pointer (G_TASK (result), error);
  Dial *self = g_task_get_task_data (G_TASK (result));

  g_assert (g_async_result_is_tagged (result, eio_client_dial_async));

  *deflate = self->deflate;
  *rest = g_bytes_new (self->answer->data, stream != NULL ? self->answer->len : 0);
  return stream;
}
