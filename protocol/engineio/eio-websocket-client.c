/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frames of our own over whatever eio-client-dial has connected. A server may send as fast as it
 * likes: one turn of the loop takes BUDGET_BYTES and BUDGET_MESSAGES, and when there is more, the
 * next turn is of so low a priority that drawing and all else goes first. */
#include "engineio/eio-websocket-client.h"

#include <sys/random.h>

#include "engineio/eio-base64.h"
#include "engineio/eio-client-dial.h"
#include "engineio/eio-deflate.h"
#include "engineio/eio-ws-frame.h"

#define READ_SIZE 16384
#define BUDGET_BYTES 65536
#define BUDGET_MESSAGES 256
/* Frames that are made before the kernel has taken those before. */
#define WRITE_AHEAD 65536
#define LINGER_MS 5000

/* IDLE -> DIALLING (open) -> OPEN (101) -> LINGERING (close: what was taken and the close frame leave,
 * then the server's is awaited) -> ENDED. Every state -> ENDED when it breaks. */
typedef enum {
  STATE_IDLE,
  STATE_DIALLING,
  STATE_OPEN,
  STATE_LINGERING,
  STATE_ENDED,
} State;

struct _EioWebsocketClient {
  EioClientTransport parent_instance;

  State state;
  GIOStream *stream;       /* owned, while OPEN and LINGERING */
  EioWsDeframer *deframer; /* owned, with the stream */
  GSource *readable;       /* owned: the socket's, or the next turn */
  GSource *room;           /* owned, while the socket takes nothing more */
  GSource *linger;         /* owned, while LINGERING */
  gboolean uses_deflate;   /* the server has agreed to it */
  GByteArray *out;         /* owned: frames */
  gsize out_at;            /* bytes of them that have left */

  guint8 *in; /* owned, READ_SIZE */
  guint8 *in_at;
  guint8 *in_end;
};

G_DEFINE_FINAL_TYPE (EioWebsocketClient, eio_websocket_client, EIO_TYPE_CLIENT_TRANSPORT)

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
set_source (EioWebsocketClient *self, GSource **slot, GSource *source, GSourceFunc func)
{
  clear_source (slot);
  *slot = source;
  g_source_set_static_name (source, "EioWebsocketClient");
  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static GPollableInputStream *
get_input (EioWebsocketClient *self)
{
  return G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->stream));
}

static GPollableOutputStream *
get_output (EioWebsocketClient *self)
{
  return G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->stream));
}

/* The connection goes, without a word. */
static void
set_ended (EioWebsocketClient *self)
{
  gboolean lingered = self->state == STATE_LINGERING;

  self->state = STATE_ENDED;
  clear_source (&self->readable);
  clear_source (&self->room);
  clear_source (&self->linger);
  if (self->stream != NULL)
    g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_clear_object (&self->stream);
  g_byte_array_set_size (self->out, 0);
  self->out_at = 0;
  if (lingered)
    g_object_unref (self); /* it lived by itself until now */
}

/* --- Out ---------------------------------------------------------------------------------------- */

static void
append_frame (EioWebsocketClient *self, guint8 opcode, gconstpointer data, gsize size)
{
  guint8 mask[EIO_WS_MASK];

  if (getrandom (mask, sizeof mask, 0) != sizeof mask)
    g_error ("The kernel gives no random bytes");
  eio_ws_append_masked (self->out, opcode, mask, data, size);
}

static void
append_close (EioWebsocketClient *self, guint16 code)
{
  const guint8 body[] = { code >> 8, code & 0xff };

  append_frame (self, EIO_WS_CLOSE, body, code != EIO_WS_CODE_NONE ? sizeof body : 0);
}

/* As in a payload of polling that has no other packet. */
static GBytes *
encode_base64 (const EioPacket *packet)
{
  GString *text = g_string_new (NULL);

  eio_payload_append (text, packet);
  return g_string_free_to_bytes (text);
}

/* A message, compressed if that is agreed to and makes it shorter. */
static void
append_message (EioWebsocketClient *self, EioWsOpcode opcode, GBytes *bytes, gboolean plain)
{
  gsize from = eio_client_transport_get_target (EIO_CLIENT_TRANSPORT (self))->deflate_from;
  g_autoptr (GByteArray) deflated = NULL;
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  if (self->uses_deflate && !plain && size >= from && size <= EIO_DEFLATE_MAX)
    deflated = eio_deflate_message (data, size);
  if (deflated != NULL && deflated->len < size)
    append_frame (self, opcode | EIO_WS_COMPRESSED, deflated->data, deflated->len);
  else
    append_frame (self, opcode, data, size);
}

static void
append_packet (EioWebsocketClient *self, const EioPacket *packet)
{
  gboolean as_text
      = !packet->binary || eio_client_transport_get_target (EIO_CLIENT_TRANSPORT (self))->base64;
  g_autoptr (GBytes) bytes = NULL;

  if (!packet->binary)
    bytes = eio_packet_encode_text (packet->type, packet->data);
  else
    bytes = as_text ? encode_base64 (packet) : g_bytes_ref (packet->data);
  append_message (self, as_text ? EIO_WS_TEXT : EIO_WS_BINARY, bytes, packet->plain);
}

static gsize
get_left (EioWebsocketClient *self)
{
  return self->out->len - self->out_at;
}

static gboolean on_room (GObject *stream, gpointer user_data);

/* A connection that is broken takes nothing more: reading tells. */
static void
flush (EioWebsocketClient *self)
{
  g_autoptr (GError) error = NULL;

  while (self->room == NULL && get_left (self) > 0)
    {
      gssize n = g_pollable_output_stream_write_nonblocking (get_output (self),
                                                             self->out->data + self->out_at,
                                                             get_left (self), NULL, &error);

      if (n >= 0)
        self->out_at += (gsize) n;
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        set_source (self, &self->room,
                    g_pollable_output_stream_create_source (get_output (self), NULL),
                    G_SOURCE_FUNC (on_room));
      else
        self->out_at = self->out->len;
      g_clear_error (&error);
    }
  if (get_left (self) > 0)
    return;
  /* One large message does not keep its memory for ever. */
  if (self->out->len > WRITE_AHEAD)
    {
      g_byte_array_unref (self->out);
      self->out = g_byte_array_new ();
    }
  g_byte_array_set_size (self->out, 0);
  self->out_at = 0;
}

static gboolean
on_room (GObject *stream, gpointer user_data)
{
  g_autoptr (EioWebsocketClient) self = g_object_ref (user_data);

  clear_source (&self->room);
  flush (self);
  if (self->room == NULL && self->state == STATE_OPEN)
    eio_client_transport_emit_writable (EIO_CLIENT_TRANSPORT (self));
  return G_SOURCE_REMOVE;
}

/* --- In ----------------------------------------------------------------------------------------- */

/* Ends it with a close frame, if the kernel takes that at once. error: nullable, taken. */
static void
fail (EioWebsocketClient *self, EioCloseReason reason, guint16 code, GError *error)
{
  g_autoptr (EioWebsocketClient) hold = g_object_ref (self);

  if (self->stream != NULL && self->state == STATE_OPEN)
    {
      append_close (self, code);
      flush (self);
    }
  set_ended (self);
  eio_client_transport_fail (EIO_CLIENT_TRANSPORT (self), reason, error);
}

static GError *
close_code_to_error (guint16 code)
{
  switch (code)
    {
    case EIO_WS_CODE_NONE:
    case EIO_WS_CODE_NORMAL:
    case EIO_WS_CODE_GOING_AWAY:
      return NULL;
    case EIO_WS_CODE_TOO_BIG:
      return g_error_new (EIO_ERROR, EIO_ERROR_TOO_LARGE,
                          "The server was sent a message beyond its limit");
    default:
      return g_error_new (EIO_ERROR, EIO_ERROR_TRANSPORT,
                          "The server closed the websocket with code %u", code);
    }
}

static void
on_bad_frame (EioWebsocketClient *self)
{
  guint16 code = eio_ws_deframer_get_code (self->deframer);

  if (code == EIO_WS_CODE_TOO_BIG)
    fail (self, EIO_CLOSE_REASON_TRANSPORT_ERROR, code,
          g_error_new_literal (EIO_ERROR, EIO_ERROR_TOO_LARGE,
                               "The server sent a message beyond the limit"));
  else
    fail (self, EIO_CLOSE_REASON_TRANSPORT_ERROR, code,
          g_error_new_literal (EIO_ERROR, EIO_ERROR_PARSE,
                               code == EIO_WS_CODE_INVALID_DATA
                                   ? "The server sent text that is not UTF-8, or not compressed"
                                   : "The server does not speak websocket"));
}

static void
deliver (EioWebsocketClient *self, const EioWsMessage *message)
{
  g_auto (EioPacket) packet = EIO_PACKET_INIT;
  g_autoptr (GBytes) bytes = g_bytes_new (message->data, message->size);
  GError *error = NULL;

  if (message->opcode == EIO_WS_BINARY)
    {
      eio_packet_decode_binary (bytes, &packet);
    }
  else if (!eio_packet_decode_text (bytes, &packet, &error))
    {
      fail (self, EIO_CLOSE_REASON_PARSE_ERROR, EIO_WS_CODE_NORMAL, error);
      return;
    }
  eio_client_transport_emit_packet (EIO_CLIENT_TRANSPORT (self), &packet);
}

static void
handle (EioWebsocketClient *self, const EioWsMessage *message)
{
  switch (message->opcode)
    {
    case EIO_WS_TEXT:
    case EIO_WS_BINARY:
      if (self->state == STATE_OPEN)
        deliver (self, message);
      break;
    case EIO_WS_PING:
      /* A server that does not read gets no more of them. */
      if (self->state == STATE_OPEN && get_left (self) == 0)
        {
          append_frame (self, EIO_WS_PONG, message->data, message->size);
          flush (self);
        }
      break;
    case EIO_WS_CLOSE:
      fail (self, EIO_CLOSE_REASON_TRANSPORT_CLOSE, EIO_WS_CODE_NORMAL,
            close_code_to_error (message->code));
      break;
    default:
      break;
    }
}

/* More input in the buffer. FALSE: there is none now, or never again. */
static gboolean
fill (EioWebsocketClient *self)
{
  g_autoptr (GError) error = NULL;
  gssize n = g_pollable_input_stream_read_nonblocking (get_input (self), self->in, READ_SIZE, NULL,
                                                       &error);

  if (n > 0)
    {
      self->in_at = self->in;
      self->in_end = self->in + n;
    }
  else if (n == 0 || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      fail (self, EIO_CLOSE_REASON_TRANSPORT_CLOSE, EIO_WS_CODE_NONE, NULL);
    }
  return n > 0;
}

static gboolean
is_reading (EioWebsocketClient *self)
{
  return self->state == STATE_LINGERING
         || (self->state == STATE_OPEN
             && !eio_client_transport_is_closed (EIO_CLIENT_TRANSPORT (self)));
}

/* What is in the buffer, as far as it is not inflated to too much. Returns the number of messages. n_bytes:
 * grows by what was inflated. */
static guint
deframe (EioWebsocketClient *self, guint max_messages, gsize *n_bytes)
{
  gsize n_inflated = 0;
  guint n = 0;

  while (n < max_messages && is_reading (self) && n_inflated < BUDGET_BYTES)
    {
      EioWsMessage message;
      EioWsResult result
          = eio_ws_deframer_next (self->deframer, &self->in_at, self->in_end, &message);

      if (result == EIO_WS_ERROR)
        on_bad_frame (self);
      if (result != EIO_WS_MESSAGE)
        break;
      n++;
      n_inflated += message.inflated ? message.size : 0;
      handle (self, &message);
    }
  *n_bytes += n_inflated;
  return n;
}

static gboolean on_readable (GObject *stream, gpointer user_data);

static gboolean
on_turn (gpointer user_data)
{
  return on_readable (NULL, user_data);
}

static void
read_turn (EioWebsocketClient *self)
{
  guint n_messages = 0;
  gsize n_bytes = 0;
  gboolean blocked = FALSE;

  while (is_reading (self) && n_messages < BUDGET_MESSAGES && n_bytes < BUDGET_BYTES)
    {
      if (self->in_at == self->in_end && !fill (self))
        {
          blocked = TRUE;
          break;
        }
      n_bytes += (gsize) (self->in_end - self->in_at);
      n_messages += deframe (self, BUDGET_MESSAGES - n_messages, &n_bytes);
    }
  if (!is_reading (self))
    return;
  if (blocked)
    set_source (self, &self->readable,
                g_pollable_input_stream_create_source (get_input (self), NULL),
                G_SOURCE_FUNC (on_readable));
  else
    set_source (self, &self->readable, g_idle_source_new (), on_turn);
}

static gboolean
on_readable (GObject *stream, gpointer user_data)
{
  g_autoptr (EioWebsocketClient) self = g_object_ref (user_data);

  clear_source (&self->readable);
  read_turn (self);
  return G_SOURCE_REMOVE;
}

/* --- The transport ------------------------------------------------------------------------------ */

/* rest: what came behind the answer, at most READ_SIZE * 2. */
static void
adopt (EioWebsocketClient *self, GIOStream *stream, GBytes *rest, gboolean deflate)
{
  EioClientTarget *target = eio_client_transport_get_target (EIO_CLIENT_TRANSPORT (self));
  gsize size = g_bytes_get_size (rest);

  self->state = STATE_OPEN;
  self->stream = g_object_ref (stream);
  /* One more byte for the packet's digit. */
  self->deframer = eio_ws_deframer_new_for_client (
      (target->base64 ? eio_base64_length (target->max_incoming) : target->max_incoming) + 1);
  self->uses_deflate = deflate;
  if (deflate)
    eio_ws_deframer_use_deflate (self->deframer);
  self->in = g_malloc (MAX (READ_SIZE, size));
  if (size > 0)
    memcpy (self->in, g_bytes_get_data (rest, NULL), size);
  self->in_at = self->in;
  self->in_end = self->in + size;
}

static void
on_dialled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EioWebsocketClient) self = user_data;
  g_autoptr (GBytes) rest = NULL;
  gboolean deflate;
  GError *error = NULL;
  g_autoptr (GIOStream) stream = eio_client_dial_finish (result, &rest, &deflate, &error);

  if (stream == NULL)
    {
      fail (self, EIO_CLOSE_REASON_TRANSPORT_ERROR, EIO_WS_CODE_NONE, error);
      return;
    }
  if (eio_client_transport_is_closed (EIO_CLIENT_TRANSPORT (self)))
    {
      g_io_stream_close_async (stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
      return;
    }
  adopt (self, stream, rest, deflate);
  eio_client_transport_emit_opened (EIO_CLIENT_TRANSPORT (self));
  read_turn (self);
}

static void
eio_websocket_client_open (EioClientTransport *transport)
{
  EioWebsocketClient *self = EIO_WEBSOCKET_CLIENT (transport);
  g_autoptr (SoupMessage) message = NULL;

  g_assert (self->state == STATE_IDLE);

  self->state = STATE_DIALLING;
  message = eio_client_transport_new_message (transport, SOUP_METHOD_GET, "websocket");
  eio_client_dial_async (eio_client_transport_get_target (transport), message,
                         eio_client_transport_get_cancellable (transport), on_dialled,
                         g_object_ref (self));
}

static gboolean
eio_websocket_client_is_writable (EioClientTransport *transport)
{
  EioWebsocketClient *self = EIO_WEBSOCKET_CLIENT (transport);

  return self->state == STATE_OPEN && self->room == NULL;
}

static gsize
eio_websocket_client_take (EioClientTransport *transport, GQueue *outgoing)
{
  EioWebsocketClient *self = EIO_WEBSOCKET_CLIENT (transport);
  gsize taken = 0;

  while (outgoing->length > 0 && eio_client_transport_is_writable (transport))
    {
      do
        {
          EioPacket *packet = g_queue_pop_head (outgoing);

          taken += eio_client_packet_get_size (packet);
          append_packet (self, packet);
          eio_client_packet_free (packet);
        }
      while (outgoing->length > 0 && self->out->len < WRITE_AHEAD);
      flush (self);
    }
  return taken;
}

static gsize
eio_websocket_client_get_in_flight (EioClientTransport *transport)
{
  return get_left (EIO_WEBSOCKET_CLIENT (transport));
}

static gboolean
on_lingered (gpointer user_data)
{
  set_ended (user_data);
  return G_SOURCE_REMOVE;
}

static void
eio_websocket_client_close (EioClientTransport *transport)
{
  EioWebsocketClient *self = EIO_WEBSOCKET_CLIENT (transport);

  g_cancellable_cancel (eio_client_transport_get_cancellable (transport));
  if (self->state != STATE_OPEN)
    return;
  append_close (self, EIO_WS_CODE_NORMAL);
  flush (self);
  self->state = STATE_LINGERING;
  g_object_ref (self); /* until it has ended */
  set_source (self, &self->linger, g_timeout_source_new (LINGER_MS), on_lingered);
  /* Not from here, which may be a handler of what is being read. */
  set_source (self, &self->readable, g_idle_source_new (), on_turn);
}

static void
eio_websocket_client_dispose (GObject *object)
{
  EioWebsocketClient *self = EIO_WEBSOCKET_CLIENT (object);

  if (self->state != STATE_ENDED)
    set_ended (self);
  G_OBJECT_CLASS (eio_websocket_client_parent_class)->dispose (object);
}

static void
eio_websocket_client_finalize (GObject *object)
{
  EioWebsocketClient *self = EIO_WEBSOCKET_CLIENT (object);

  g_clear_pointer (&self->deframer, eio_ws_deframer_free);
  g_byte_array_unref (self->out);
  g_free (self->in);
  G_OBJECT_CLASS (eio_websocket_client_parent_class)->finalize (object);
}

static void
eio_websocket_client_class_init (EioWebsocketClientClass *klass)
{
  EioClientTransportClass *transport_class = EIO_CLIENT_TRANSPORT_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eio_websocket_client_dispose;
  G_OBJECT_CLASS (klass)->finalize = eio_websocket_client_finalize;
  transport_class->open = eio_websocket_client_open;
  transport_class->is_writable = eio_websocket_client_is_writable;
  transport_class->take = eio_websocket_client_take;
  transport_class->get_in_flight = eio_websocket_client_get_in_flight;
  transport_class->close = eio_websocket_client_close;
}

static void
eio_websocket_client_init (EioWebsocketClient *self)
{
  self->out = g_byte_array_new ();
}

EioClientTransport *
eio_websocket_client_new (EioClientTarget *target)
{
  return g_object_new (EIO_TYPE_WEBSOCKET_CLIENT, "target", target, NULL);
}
