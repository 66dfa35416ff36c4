/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * SoupWebsocketConnection queues whatever it is given and does not tell how much that is. So it is
 * given a message only while the socket below can be written to: it then writes at once, and holds
 * at most the rest of one message. Everything else waits in the client's queue, where it is
 * counted. */
#include "engineio/eio-websocket-client.h"

struct _EioWebsocketClient
{
  EioClientTransport parent_instance;

  SoupMessage *handshake;              /* owned, while connecting */
  SoupWebsocketConnection *connection; /* owned, from "opened" to the end */
  GSource *room;                       /* owned, while the socket takes nothing more */
  gsize in_flight;                     /* bytes of the message that filled the socket */
};

G_DEFINE_FINAL_TYPE (EioWebsocketClient, eio_websocket_client, EIO_TYPE_CLIENT_TRANSPORT)

static GPollableOutputStream *
get_output (EioWebsocketClient *self)
{
  GIOStream *stream = soup_websocket_connection_get_io_stream (self->connection);

  return G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (stream));
}

static void
clear_room (EioWebsocketClient *self)
{
  if (self->room == NULL)
    return;
  g_source_destroy (self->room);
  g_clear_pointer (&self->room, g_source_unref);
  self->in_flight = 0;
}

static void
on_lingering_closed (SoupWebsocketConnection *connection, gpointer user_data)
{
  g_object_unref (connection);
}

/* Hears nothing more of the connection, and closes it if that has not begun; it lives on by itself
 * until its closing handshake is over, which libsoup bounds by 5 s. */
static void
let_go (EioWebsocketClient *self)
{
  clear_room (self);
  if (self->connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->connection, self);
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  if (soup_websocket_connection_get_state (self->connection) != SOUP_WEBSOCKET_STATE_CLOSED)
    g_signal_connect (g_object_ref (self->connection), "closed", G_CALLBACK (on_lingering_closed),
                      NULL);
  g_clear_object (&self->connection);
}

static void
fail (EioWebsocketClient *self, EioCloseReason reason, GError *error)
{
  let_go (self);
  eio_client_transport_fail (EIO_CLIENT_TRANSPORT (self), reason, error);
}

static GError *
close_code_to_error (gushort code)
{
  switch (code)
    {
    case 0:
    case SOUP_WEBSOCKET_CLOSE_NORMAL:
    case SOUP_WEBSOCKET_CLOSE_GOING_AWAY:
    case SOUP_WEBSOCKET_CLOSE_NO_STATUS:
      return NULL;
    case SOUP_WEBSOCKET_CLOSE_TOO_BIG:
      return g_error_new (EIO_ERROR, EIO_ERROR_TOO_LARGE,
                          "The server was sent a message beyond its limit");
    default:
      return g_error_new (EIO_ERROR, EIO_ERROR_TRANSPORT,
                          "The server closed the websocket with code %u", code);
    }
}

static void
on_message (EioWebsocketClient *self, SoupWebsocketDataType type, GBytes *message)
{
  g_auto (EioPacket) packet = EIO_PACKET_INIT;
  GError *error = NULL;

  if (type == SOUP_WEBSOCKET_DATA_BINARY)
    {
      eio_packet_decode_binary (message, &packet);
    }
  else if (!eio_packet_decode_text (message, &packet, &error))
    {
      fail (self, EIO_CLOSE_REASON_PARSE_ERROR, error);
      return;
    }
  eio_client_transport_emit_packet (EIO_CLIENT_TRANSPORT (self), &packet);
}

static void
on_error (EioWebsocketClient *self, GError *error)
{
  EioError code = EIO_ERROR_TRANSPORT;

  if (g_error_matches (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_TOO_BIG))
    code = EIO_ERROR_TOO_LARGE;
  else if (g_error_matches (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_BAD_DATA))
    code = EIO_ERROR_PARSE;
  fail (self, EIO_CLOSE_REASON_TRANSPORT_ERROR,
        g_error_new_literal (EIO_ERROR, code, error->message));
}

/* The peer's close frame has come. */
static void
on_closing (EioWebsocketClient *self)
{
  gushort code = soup_websocket_connection_get_close_code (self->connection);

  fail (self, EIO_CLOSE_REASON_TRANSPORT_CLOSE, close_code_to_error (code));
}

/* The connection ended without a close frame. */
static void
on_closed (EioWebsocketClient *self)
{
  fail (self, EIO_CLOSE_REASON_TRANSPORT_CLOSE, NULL);
}

static GError *
handshake_to_error (EioWebsocketClient *self, const GError *error)
{
  guint status = soup_message_get_status (self->handshake);

  if (status != SOUP_STATUS_NONE && status != SOUP_STATUS_SWITCHING_PROTOCOLS)
    return g_error_new (EIO_ERROR, EIO_ERROR_TRANSPORT, "The server refused the websocket: HTTP %u",
                        status);
  return g_error_new_literal (EIO_ERROR, EIO_ERROR_TRANSPORT, error->message);
}

static void
adopt (EioWebsocketClient *self, SoupWebsocketConnection *connection)
{
  EioClientTarget *target = eio_client_transport_get_target (EIO_CLIENT_TRANSPORT (self));

  self->connection = connection;
  /* One more byte for the packet's digit. */
  soup_websocket_connection_set_max_incoming_payload_size (connection, target->max_incoming + 1);
  g_signal_connect_object (connection, "message", G_CALLBACK (on_message), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "error", G_CALLBACK (on_error), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "closing", G_CALLBACK (on_closing), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "closed", G_CALLBACK (on_closed), self, G_CONNECT_SWAPPED);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EioWebsocketClient) self = user_data;
  g_autoptr (SoupWebsocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  if (connection != NULL && !eio_client_transport_is_closed (EIO_CLIENT_TRANSPORT (self)))
    {
      adopt (self, g_steal_pointer (&connection));
      eio_client_transport_emit_opened (EIO_CLIENT_TRANSPORT (self));
    }
  else if (connection == NULL)
    {
      fail (self, EIO_CLOSE_REASON_TRANSPORT_ERROR, handshake_to_error (self, error));
    }
  g_clear_object (&self->handshake);
}

static void
eio_websocket_client_open (EioClientTransport *transport)
{
  EioWebsocketClient *self = EIO_WEBSOCKET_CLIENT (transport);

  g_assert (self->handshake == NULL && self->connection == NULL);

  self->handshake = eio_client_transport_new_message (transport, SOUP_METHOD_GET, "websocket");
  soup_session_websocket_connect_async (eio_client_transport_get_target (transport)->session,
                                        self->handshake, NULL, NULL, G_PRIORITY_DEFAULT,
                                        eio_client_transport_get_cancellable (transport),
                                        on_connected, g_object_ref (self));
}

static gboolean
eio_websocket_client_is_writable (EioClientTransport *transport)
{
  EioWebsocketClient *self = EIO_WEBSOCKET_CLIENT (transport);

  return self->connection != NULL && self->room == NULL
         && soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN;
}

static gboolean
on_room (GObject *stream, gpointer user_data)
{
  EioWebsocketClient *self = user_data;

  clear_room (self);
  eio_client_transport_emit_writable (EIO_CLIENT_TRANSPORT (self));
  return G_SOURCE_REMOVE;
}

static void
wait_for_room (EioWebsocketClient *self, gsize in_flight)
{
  self->in_flight = in_flight;
  self->room = g_pollable_output_stream_create_source (get_output (self), NULL);
  g_source_set_static_name (self->room, "EioWebsocketClient room");
  g_source_set_callback (self->room, G_SOURCE_FUNC (on_room), self, NULL);
  g_source_attach (self->room, g_main_context_get_thread_default ());
}

static void
send_packet (EioWebsocketClient *self, const EioPacket *packet)
{
  if (packet->binary)
    {
      soup_websocket_connection_send_message (self->connection, SOUP_WEBSOCKET_DATA_BINARY,
                                              packet->data);
    }
  else
    {
      g_autoptr (GBytes) text = eio_packet_encode_text (packet->type, packet->data);

      soup_websocket_connection_send_message (self->connection, SOUP_WEBSOCKET_DATA_TEXT, text);
    }
}

static gsize
eio_websocket_client_take (EioClientTransport *transport, GQueue *outgoing)
{
  EioWebsocketClient *self = EIO_WEBSOCKET_CLIENT (transport);
  gsize taken = 0;

  while (outgoing->length > 0 && eio_client_transport_is_writable (transport))
    {
      EioPacket *packet = g_queue_pop_head (outgoing);
      gsize size = eio_client_packet_get_size (packet);

      taken += size;
      send_packet (self, packet);
      eio_client_packet_free (packet);
      /* Sending may have found the connection broken, and ended it. */
      if (self->connection != NULL && !g_pollable_output_stream_is_writable (get_output (self)))
        wait_for_room (self, size);
    }
  return taken;
}

static gsize
eio_websocket_client_get_in_flight (EioClientTransport *transport)
{
  return EIO_WEBSOCKET_CLIENT (transport)->in_flight;
}

static void
eio_websocket_client_close (EioClientTransport *transport)
{
  g_cancellable_cancel (eio_client_transport_get_cancellable (transport));
  let_go (EIO_WEBSOCKET_CLIENT (transport));
}

static void
eio_websocket_client_dispose (GObject *object)
{
  let_go (EIO_WEBSOCKET_CLIENT (object));
  G_OBJECT_CLASS (eio_websocket_client_parent_class)->dispose (object);
}

static void
eio_websocket_client_class_init (EioWebsocketClientClass *klass)
{
  EioClientTransportClass *transport_class = EIO_CLIENT_TRANSPORT_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eio_websocket_client_dispose;
  transport_class->open = eio_websocket_client_open;
  transport_class->is_writable = eio_websocket_client_is_writable;
  transport_class->take = eio_websocket_client_take;
  transport_class->get_in_flight = eio_websocket_client_get_in_flight;
  transport_class->close = eio_websocket_client_close;
}

static void
eio_websocket_client_init (EioWebsocketClient *self)
{
}

EioClientTransport *
eio_websocket_client_new (EioClientTarget *target)
{
  return g_object_new (EIO_TYPE_WEBSOCKET_CLIENT, "target", target, NULL);
}
