/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The waiting GET has no time-out of its own: the session's heartbeat, which comes through it, is
 * one. A POST is answered at once by any server, so that has one here. A POST is never repeated by
 * itself: libsoup gives it a connection of its own rather than one that the server may just have
 * closed, since nobody could tell whether the events in it had arrived. */
#include "engineio/eio-polling-client.h"

#include "engineio/eio-deflate.h"
#include "engineio/eio-encoding.h"
#include "json/wire-json.h"

/* What one response may hold, in messages of the largest size: a server puts all that it has queued
 * into one response. */
#define MAX_MESSAGES_PER_RESPONSE 16
#define MAX_PACKETS_PER_RESPONSE 65536
#define READ_SIZE 65536
/* An answer to a POST or a refusal. */
#define MAX_SMALL_BODY 4096
#define POST_TIMEOUT_MS 20000
#define CLOSE_TIMEOUT_MS 5000
/* Servers bound it and close the session on more: python-engineio at 16, ours at 256. */
#define MAX_PACKETS_PER_POST 16
/* Bytes put into one POST when the server does not say what it accepts. */
#define DEFAULT_MAX_POST 1000000

/* The transitions of each of the two directions:
 *   IDLE -> BUSY (request sent) -> IDLE (answer read) */
struct _EioPollingClient
{
  EioClientTransport parent_instance;

  GSource *post_timeout; /* owned, while a POST is under way or the end is awaited */
  gsize in_flight;       /* bytes of data in the POST */
  gboolean opened;
  gboolean getting;
  gboolean posting;
  gboolean paused;
  gboolean close_wanted; /* "1" follows the POST under way */
};

G_DEFINE_FINAL_TYPE (EioPollingClient, eio_polling_client, EIO_TYPE_CLIENT_TRANSPORT)

enum
{
  PAUSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* One request: GTask data of the exchange. */
typedef struct
{
  SoupMessage *message; /* owned */
  GByteArray *body;     /* owned, until it is handed over */
  gsize max_body;
} Exchange;

static void
exchange_free (gpointer data)
{
  Exchange *self = data;

  g_object_unref (self->message);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_free (self);
}

/* {"code":1,"message":"Session ID unknown"} and its like. */
static GError *
refusal_to_error (guint status, GByteArray *body)
{
  static const WireJsonLimits limits = { MAX_SMALL_BODY, 2, 16, 8, FALSE };
  g_autoptr (JsonNode) root = wire_json_parse ((const char *)body->data, body->len, &limits, NULL);
  JsonObject *object
      = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *code_node = object != NULL ? json_object_get_member (object, "code") : NULL;
  JsonNode *message = object != NULL ? json_object_get_member (object, "message") : NULL;
  int64_t code = -1;

  if (code_node != NULL && json_node_get_value_type (code_node) == G_TYPE_INT64)
    code = json_node_get_int (code_node);
  if (message == NULL || json_node_get_value_type (message) != G_TYPE_STRING
      || code < EIO_ERROR_UNKNOWN_TRANSPORT || code > EIO_ERROR_UNSUPPORTED_VERSION)
    return g_error_new (EIO_ERROR, status == 413 ? EIO_ERROR_TOO_LARGE : EIO_ERROR_TRANSPORT,
                        "The server answered HTTP %u", status);
  return g_error_new (EIO_ERROR, (int)code, "HTTP %u: %s", status, json_node_get_string (message));
}

static GError *
too_large_error (gsize max_body)
{
  return g_error_new (EIO_ERROR, EIO_ERROR_TOO_LARGE,
                      "The server's response is larger than %" G_GSIZE_FORMAT " bytes", max_body);
}

/* The body as the server meant it. What comes out is limited as what came in. */
static gboolean
unpack (Exchange *exchange, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);
  EioEncoding encoding
      = eio_encoding_read (soup_message_headers_get_list (headers, "Content-Encoding"));
  GByteArray *packed = exchange->body;
  g_autoptr (GError) reason = NULL;

  if (encoding == EIO_ENCODING_IDENTITY)
    return TRUE;
  if (encoding == EIO_ENCODING_UNKNOWN)
    {
      g_set_error_literal (error, EIO_ERROR, EIO_ERROR_TRANSPORT,
                           "The server's response is encoded in a way that was not asked for");
      return FALSE;
    }
  exchange->body = eio_inflate_body (eio_encoding_get_format (encoding), packed->data, packed->len,
                                     exchange->max_body, &reason);
  g_byte_array_unref (packed);
  if (exchange->body != NULL)
    return TRUE;
  if (g_error_matches (reason, EIO_ERROR, EIO_ERROR_TOO_LARGE))
    g_propagate_error (error, too_large_error (exchange->max_body));
  else
    g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static void
finish_exchange (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  guint status = soup_message_get_status (exchange->message);
  GError *error = NULL;

  if (!unpack (exchange, &error))
    g_task_return_error (task, error);
  else if (status == SOUP_STATUS_OK)
    g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body)),
                           (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, refusal_to_error (status, exchange->body));
}

static void
on_body_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size;

  bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  if (bytes == NULL)
    {
      g_task_return_new_error (task, EIO_ERROR, EIO_ERROR_TRANSPORT, "%s", error->message);
      return;
    }
  size = g_bytes_get_size (bytes);
  if (size == 0)
    {
      finish_exchange (task);
      return;
    }
  if (size > exchange->max_body - exchange->body->len)
    {
      g_task_return_error (task, too_large_error (exchange->max_body));
      return;
    }
  g_byte_array_append (exchange->body, g_bytes_get_data (bytes, NULL), size);
  g_input_stream_read_bytes_async (G_INPUT_STREAM (source), READ_SIZE, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), on_body_read,
                                   g_object_ref (task));
}

static void
on_response (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = NULL;

  stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (stream == NULL)
    {
      g_task_return_new_error (task, EIO_ERROR, EIO_ERROR_TRANSPORT, "%s", error->message);
      return;
    }
  if (soup_message_get_status (exchange->message) != SOUP_STATUS_OK)
    exchange->max_body = MAX_SMALL_BODY;
  g_input_stream_read_bytes_async (stream, READ_SIZE, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), on_body_read,
                                   g_object_ref (task));
}

/* Unless the program has said something else. */
static void
ask_for_encoding (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (soup_message_headers_get_list (headers, "Accept-Encoding") == NULL)
    soup_message_headers_append (headers, "Accept-Encoding", EIO_ENCODING_OFFER);
}

/* Sends a request and reads its whole answer, which is an error unless it is a 200. */
static void
exchange_async (EioPollingClient *self,
                const char *method,
                GBytes *body,
                gsize max_body,
                GAsyncReadyCallback callback)
{
  EioClientTransport *transport = EIO_CLIENT_TRANSPORT (self);
  GCancellable *cancellable = eio_client_transport_get_cancellable (transport);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, NULL);
  Exchange *exchange = g_new0 (Exchange, 1);

  g_task_set_source_tag (task, exchange_async);
  exchange->message = eio_client_transport_new_message (transport, method, "polling");
  exchange->body = g_byte_array_new ();
  exchange->max_body = max_body;
  ask_for_encoding (exchange->message);
  g_task_set_task_data (task, exchange, exchange_free);
  if (body != NULL)
    soup_message_set_request_body_from_bytes (exchange->message, "text/plain;charset=UTF-8", body);
  soup_session_send_async (eio_client_transport_get_target (transport)->session, exchange->message,
                           G_PRIORITY_DEFAULT, cancellable, on_response, g_object_ref (task));
}

static GBytes *
exchange_finish (EioPollingClient *self, GAsyncResult *result, GError **error)
{
  g_assert (g_task_is_valid (result, self));

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void poll_server (EioPollingClient *self);
static void post (EioPollingClient *self, GBytes *body, guint timeout_ms);

static void
fail (EioPollingClient *self, EioCloseReason reason, GError *error)
{
  eio_client_transport_fail (EIO_CLIENT_TRANSPORT (self), reason, error);
}

static void
check_paused (EioPollingClient *self)
{
  if (self->paused && !self->getting && !self->posting
      && !eio_client_transport_is_closed (EIO_CLIENT_TRANSPORT (self)))
    g_signal_emit (self, signals[PAUSED], 0);
}

/* Packets before a bad one count, as they do for the reference. */
static void
deliver (EioPollingClient *self, GBytes *body)
{
  EioClientTransport *transport = EIO_CLIENT_TRANSPORT (self);
  EioPayloadReader reader;
  GError *error = NULL;

  eio_payload_reader_init (&reader, body, MAX_PACKETS_PER_RESPONSE);
  while (!eio_client_transport_is_closed (transport))
    {
      g_auto (EioPacket) packet = EIO_PACKET_INIT;

      if (!eio_payload_reader_next (&reader, &packet, &error))
        break;
      eio_client_transport_emit_packet (transport, &packet);
    }
  if (error != NULL)
    fail (self, EIO_CLOSE_REASON_PARSE_ERROR, error);
}

static void
on_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EioPollingClient) self = g_object_ref (EIO_POLLING_CLIENT (source));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = exchange_finish (self, result, &error);

  self->getting = FALSE;
  if (body == NULL)
    {
      fail (self, EIO_CLOSE_REASON_TRANSPORT_ERROR, g_steal_pointer (&error));
      return;
    }
  deliver (self, body);
  if (self->paused)
    check_paused (self);
  else
    poll_server (self);
}

static void
poll_server (EioPollingClient *self)
{
  EioClientTransport *transport = EIO_CLIENT_TRANSPORT (self);
  gsize max_incoming = eio_client_transport_get_target (transport)->max_incoming;

  if (self->getting || self->paused || eio_client_transport_is_closed (transport))
    return;
  self->getting = TRUE;
  exchange_async (self, SOUP_METHOD_GET, NULL,
                  max_incoming * MAX_MESSAGES_PER_RESPONSE + MAX_SMALL_BODY, on_got);
}

static void
clear_post_timeout (EioPollingClient *self)
{
  if (self->post_timeout == NULL)
    return;
  g_source_destroy (self->post_timeout);
  g_clear_pointer (&self->post_timeout, g_source_unref);
}

static gboolean
on_post_timeout (gpointer user_data)
{
  g_autoptr (EioPollingClient) self = g_object_ref (user_data);
  EioClientTransport *transport = EIO_CLIENT_TRANSPORT (self);

  clear_post_timeout (self);
  if (eio_client_transport_is_closed (transport))
    g_cancellable_cancel (eio_client_transport_get_cancellable (transport));
  else
    fail (self, EIO_CLOSE_REASON_TRANSPORT_ERROR,
          g_error_new (EIO_ERROR, EIO_ERROR_TIMEOUT, "The server did not answer a POST"));
  return G_SOURCE_REMOVE;
}

static void
post_close (EioPollingClient *self)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("1", 1);

  self->close_wanted = FALSE;
  post (self, body, CLOSE_TIMEOUT_MS);
}

static void
on_posted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EioPollingClient) self = g_object_ref (EIO_POLLING_CLIENT (source));
  EioClientTransport *transport = EIO_CLIENT_TRANSPORT (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = exchange_finish (self, result, &error);

  self->posting = FALSE;
  self->in_flight = 0;
  clear_post_timeout (self);
  if (body == NULL)
    {
      fail (self, EIO_CLOSE_REASON_TRANSPORT_ERROR, g_steal_pointer (&error));
      g_cancellable_cancel (eio_client_transport_get_cancellable (transport));
    }
  else if (self->close_wanted)
    {
      post_close (self);
    }
  else if (eio_client_transport_is_closed (transport))
    {
      g_cancellable_cancel (eio_client_transport_get_cancellable (transport));
    }
  else if (self->paused)
    {
      check_paused (self);
    }
  else
    {
      eio_client_transport_emit_writable (transport);
    }
}

static void
post (EioPollingClient *self, GBytes *body, guint timeout_ms)
{
  g_assert (!self->posting);

  self->posting = TRUE;
  clear_post_timeout (self);
  self->post_timeout = g_timeout_source_new (timeout_ms);
  g_source_set_static_name (self->post_timeout, "EioPollingClient POST");
  g_source_set_callback (self->post_timeout, on_post_timeout, self, NULL);
  g_source_attach (self->post_timeout, g_main_context_get_thread_default ());
  exchange_async (self, SOUP_METHOD_POST, body, MAX_SMALL_BODY, on_posted);
}

static void
eio_polling_client_open (EioClientTransport *transport)
{
  EioPollingClient *self = EIO_POLLING_CLIENT (transport);

  g_assert (!self->opened);

  self->opened = TRUE;
  poll_server (self);
  eio_client_transport_emit_opened (transport);
}

static gboolean
eio_polling_client_is_writable (EioClientTransport *transport)
{
  EioPollingClient *self = EIO_POLLING_CLIENT (transport);

  return self->opened && !self->posting && !self->paused
         && eio_client_transport_get_target (transport)->sid != NULL;
}

/* As many packets as servers accept in one body; one that is larger by itself goes alone. */
static gsize
eio_polling_client_take (EioClientTransport *transport, GQueue *outgoing)
{
  EioPollingClient *self = EIO_POLLING_CLIENT (transport);
  gsize limit = eio_client_transport_get_target (transport)->max_payload;
  GString *body = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  guint n = 0;

  if (limit == 0)
    limit = DEFAULT_MAX_POST;
  do
    {
      EioPacket *packet = g_queue_pop_head (outgoing);

      self->in_flight += eio_client_packet_get_size (packet);
      eio_payload_append (body, packet);
      eio_client_packet_free (packet);
    }
  while (outgoing->length > 0 && ++n < MAX_PACKETS_PER_POST && /* less than, for the separator */
         eio_payload_packet_size (outgoing->head->data) < limit - MIN (limit, body->len));
  bytes = g_string_free_to_bytes (body);
  post (self, bytes, POST_TIMEOUT_MS);
  return self->in_flight;
}

static gsize
eio_polling_client_get_in_flight (EioClientTransport *transport)
{
  return EIO_POLLING_CLIENT (transport)->in_flight;
}

/* "1" by POST, then nobody waits for the GET any more. The requests hold a reference meanwhile. */
static void
eio_polling_client_close (EioClientTransport *transport)
{
  EioPollingClient *self = EIO_POLLING_CLIENT (transport);

  if (eio_client_transport_get_target (transport)->sid == NULL)
    g_cancellable_cancel (eio_client_transport_get_cancellable (transport));
  else if (self->posting)
    self->close_wanted = TRUE;
  else
    post_close (self);
}

static void
eio_polling_client_dispose (GObject *object)
{
  clear_post_timeout (EIO_POLLING_CLIENT (object));
  G_OBJECT_CLASS (eio_polling_client_parent_class)->dispose (object);
}

static void
eio_polling_client_class_init (EioPollingClientClass *klass)
{
  EioClientTransportClass *transport_class = EIO_CLIENT_TRANSPORT_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eio_polling_client_dispose;
  transport_class->open = eio_polling_client_open;
  transport_class->is_writable = eio_polling_client_is_writable;
  transport_class->take = eio_polling_client_take;
  transport_class->get_in_flight = eio_polling_client_get_in_flight;
  transport_class->close = eio_polling_client_close;

  signals[PAUSED] = g_signal_new ("paused", EIO_TYPE_POLLING_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
eio_polling_client_init (EioPollingClient *self)
{
}

EioClientTransport *
eio_polling_client_new (EioClientTarget *target)
{
  return g_object_new (EIO_TYPE_POLLING_CLIENT, "target", target, NULL);
}

/* Starts no further request; "paused" when none is under way. */
void
eio_polling_client_pause (EioPollingClient *self)
{
  g_assert (EIO_IS_POLLING_CLIENT (self));

  self->paused = TRUE;
  check_paused (self);
}

void
eio_polling_client_resume (EioPollingClient *self)
{
  g_assert (EIO_IS_POLLING_CLIENT (self));

  self->paused = FALSE;
  poll_server (self);
  eio_client_transport_emit_writable (EIO_CLIENT_TRANSPORT (self));
}
