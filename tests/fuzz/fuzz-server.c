/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The core of a server without sockets: websocket frames or polling payloads, the Engine.IO session, and
 * the Socket.IO connection in it. The input is up to 50 records, a byte that says what happens, a byte of
 * length, and data. Whatever happens, the session ends once, says nothing afterwards, leaves no timer
 * armed, and tells the truth about its candidate.
 */
#include <string.h>

#include "engineio/eio-session.h"
#include "engineio/eio-ws-frame.h"
#include "socketio/sio-connection.h"

#define MAX_RECORDS 50
#define MAX_MESSAGE 300
#define MAX_NAMESPACES 3

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

typedef struct {
  EioSession session;
  EioWsDeframer *deframer;
  SioConnection *connection;
  GPtrArray *undecided; /* names, owned */
  gboolean websocket;
  gboolean candidate;
  gboolean armed[EIO_SESSION_N_TIMERS];
  guint n_closed;
  gboolean stuck;
} World;

static void
on_send (EioPacketType type, gpointer user_data)
{
  World *world = user_data;

  g_assert_true (type == EIO_PACKET_PING && world->session.state == EIO_SESSION_OPEN);
}

static void
on_deliver (GBytes *data, gboolean binary, gpointer user_data)
{
  World *world = user_data;
  g_auto (SioPacket) packet = { 0 };
  g_autoptr (GError) error = NULL;
  gpointer own = NULL;
  SioConnectionAction action;

  g_assert_cmpint (world->session.state, ==, EIO_SESSION_OPEN);
  action = sio_connection_receive (world->connection, data, binary, &packet, &own, &error);
  g_assert_true ((error != NULL) == (action == SIO_CONNECTION_BREACH));
  if (action == SIO_CONNECTION_CONNECT)
    {
      sio_connection_set_data (world->connection, packet.nsp, world);
      g_ptr_array_add (world->undecided, g_strdup (packet.nsp));
    }
  else if (action == SIO_CONNECTION_BREACH)
    eio_session_close (&world->session, FALSE);
  else if (action != SIO_CONNECTION_NOTHING)
    g_assert_true (own == world);
}

static void
on_answer_probe (gpointer user_data)
{
  World *world = user_data;

  g_assert_true (world->candidate && world->session.state != EIO_SESSION_CLOSED);
}

static void
on_adopt_candidate (gpointer user_data)
{
  World *world = user_data;

  g_assert_true (world->candidate && !world->websocket);
  world->candidate = FALSE;
  world->websocket = TRUE;
}

static void
on_drop_candidate (gpointer user_data)
{
  World *world = user_data;

  g_assert_true (world->candidate);
  world->candidate = FALSE;
}

static gboolean
on_check_progress (gpointer user_data)
{
  return !((World *) user_data)->stuck;
}

static void
on_set_timer (EioSessionTimer timer, guint ms, gpointer user_data)
{
  World *world = user_data;

  g_assert_true (ms == 0 || world->n_closed == 0);
  world->armed[timer] = ms > 0;
}

static void
on_closed (EioCloseReason reason, gboolean graceful, gpointer user_data)
{
  World *world = user_data;

  world->n_closed++;
  for (guint i = 0; i < EIO_SESSION_N_TIMERS; i++)
    g_assert_false (world->armed[i]);
  g_assert_false (world->candidate);
  g_ptr_array_unref (sio_connection_close (world->connection));
  g_ptr_array_set_size (world->undecided, 0);
}

static const EioSessionFuncs funcs
    = { on_send,           on_deliver,        on_answer_probe, on_adopt_candidate,
        on_drop_candidate, on_check_progress, on_set_timer,    on_closed };

/* --- What happens --- */

static void
receive_text (World *world, GBytes *text)
{
  g_auto (EioPacket) packet = EIO_PACKET_INIT;

  if (eio_packet_decode_text (text, &packet, NULL))
    eio_session_receive (&world->session, &packet);
  else
    eio_session_receive_garbage (&world->session);
}

static void
receive_message (World *world, const EioWsMessage *message)
{
  g_autoptr (GBytes) bytes = g_bytes_new (message->data, message->size);
  g_auto (EioPacket) packet = EIO_PACKET_INIT;

  g_assert_cmpuint (message->size, <=, MAX_MESSAGE);
  if (message->opcode == EIO_WS_TEXT)
    receive_text (world, bytes);
  else if (message->opcode == EIO_WS_BINARY)
    {
      eio_packet_decode_binary (bytes, &packet);
      eio_session_receive (&world->session, &packet);
    }
  else if (message->opcode == EIO_WS_CLOSE)
    eio_session_transport_gone (&world->session, EIO_CLOSE_REASON_TRANSPORT_CLOSE);
}

static void
do_frames (World *world, const uint8_t *data, gsize size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);
  guint8 *at = copy;
  EioWsMessage message;
  EioWsResult result = EIO_WS_NEED_MORE;

  if (!world->websocket)
    return;
  while (world->n_closed == 0
         && (result = eio_ws_deframer_next (world->deframer, &at, copy + size, &message))
                == EIO_WS_MESSAGE)
    receive_message (world, &message);
  if (result == EIO_WS_ERROR)
    eio_session_transport_gone (&world->session, EIO_CLOSE_REASON_TRANSPORT_ERROR);
}

static void
do_text (World *world, const uint8_t *data, gsize size)
{
  g_autoptr (GBytes) text = g_bytes_new (data, size);

  receive_text (world, text);
}

static void
do_binary (World *world, const uint8_t *data, gsize size)
{
  const EioWsMessage message = { EIO_WS_BINARY, data, size, 0 };

  receive_message (world, &message);
}

static void
do_payload (World *world, const uint8_t *data, gsize size)
{
  g_autoptr (GBytes) payload = g_bytes_new (data, size);
  EioPayloadReader reader;
  gboolean more = !world->websocket;

  eio_payload_reader_init (&reader, payload, G_MAXUINT);
  while (more && world->n_closed == 0)
    {
      g_auto (EioPacket) packet = EIO_PACKET_INIT;
      g_autoptr (GError) error = NULL;

      more = eio_payload_reader_next (&reader, &packet, &error);
      if (more)
        eio_session_receive (&world->session, &packet);
      else if (error != NULL)
        eio_session_receive_garbage (&world->session);
    }
}

static void
do_candidate (World *world, const uint8_t *data, gsize size)
{
  g_autoptr (GBytes) text = g_bytes_new (data, size);
  g_auto (EioPacket) packet = EIO_PACKET_INIT;

  if (!world->candidate)
    {
      g_assert_false (world->candidate);
      world->candidate = TRUE;
      if (!eio_session_take_candidate (&world->session))
        world->candidate = FALSE;
    }
  else
    {
      gboolean good = eio_packet_decode_text (text, &packet, NULL);

      eio_session_receive_candidate (&world->session, good ? &packet : NULL);
    }
}

static void
do_candidate_gone (World *world, const uint8_t *data, gsize size)
{
  if (world->candidate)
    eio_session_candidate_gone (&world->session);
  g_assert_false (world->candidate);
}

static void
do_expire (World *world, const uint8_t *data, gsize size)
{
  EioSessionTimer timer = size > 0 ? data[0] % EIO_SESSION_N_TIMERS : 0;

  if (!world->armed[timer])
    return;
  world->armed[timer] = FALSE;
  eio_session_expire (&world->session, timer);
}

static void
do_owner (World *world, const uint8_t *data, gsize size)
{
  g_autofree char *name = NULL;

  if (world->undecided->len == 0)
    return;
  name = g_ptr_array_steal_index (world->undecided, 0);
  if (size > 0 && data[0] == 'r')
    sio_connection_refuse (world->connection, name);
  else
    sio_connection_accept (world->connection, name);
  if (size > 0 && data[0] == 'l')
    sio_connection_leave (world->connection, name);
}

static void
do_close (World *world, const uint8_t *data, gsize size)
{
  eio_session_close (&world->session, size > 0);
}

static void
do_drained (World *world, const uint8_t *data, gsize size)
{
  eio_session_drained (&world->session);
}

static void
do_trouble (World *world, const uint8_t *data, gsize size)
{
  if (size == 0)
    world->stuck = TRUE;
  else if (data[0] == 's')
    eio_session_too_slow (&world->session);
  else
    eio_session_transport_gone (&world->session, EIO_CLOSE_REASON_TRANSPORT_ERROR);
}

typedef void (*Happening) (World *world, const uint8_t *data, gsize size);

static const Happening happenings[]
    = { do_text,   do_frames, do_binary, do_payload, do_candidate, do_candidate_gone,
        do_expire, do_owner,  do_close,  do_drained, do_trouble };

static void
world_init (World *world, const SioPacketLimits *limits, gboolean websocket)
{
  static const EioSessionOptions options = { 25, 20, 10, TRUE };

  *world = (World){ .websocket = websocket };
  world->deframer = eio_ws_deframer_new (MAX_MESSAGE);
  world->connection = sio_connection_new (limits, MAX_NAMESPACES);
  world->undecided = g_ptr_array_new_with_free_func (g_free);
  eio_session_init (&world->session, &funcs, world, &options,
                    websocket ? EIO_TRANSPORT_WEBSOCKET : EIO_TRANSPORT_POLLING);
}

static void
world_clear (World *world)
{
  eio_session_transport_gone (&world->session, EIO_CLOSE_REASON_TRANSPORT_CLOSE);
  g_assert_cmpuint (world->n_closed, ==, 1);
  eio_ws_deframer_free (world->deframer);
  sio_connection_free (world->connection);
  g_ptr_array_unref (world->undecided);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  SioPacketLimits limits;
  World world;
  gsize at = 1;

  if (size == 0)
    return 0;
  sio_packet_limits_init (&limits);
  world_init (&world, &limits, data[0] & 1);
  for (guint i = 0; i < MAX_RECORDS && at + 2 <= size; i++)
    {
      Happening happen = happenings[data[at] % G_N_ELEMENTS (happenings)];
      gsize length = MIN (data[at + 1], size - at - 2);

      happen (&world, data + at + 2, length);
      at += 2 + length;
    }
  world_clear (&world);
  return 0;
}
