/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-socket.h"

#include "engineio/eio-socket.h"
#include "log/bridge-log.h"
#include "sim-breach.h"
#include "socketio/sio-broadcast.h"
#include "socketio/sio-namespace.h"

/* Messages on their way down: with more than that the room waits for the reader. */
#define CROWDED 4

struct _SimSocket {
  GObject parent_instance;

  SimServer *server; /* borrowed */
  SimWire *wire;     /* borrowed; NULL: ended */
  char id[24];
  GTask *question; /* owned, nullable */
  gboolean waits;  /* for "drained" */
};

enum { SIGNAL_EVENT, SIGNAL_DISCONNECTED, SIGNAL_DRAINED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SimSocket, sim_socket, G_TYPE_OBJECT)

static void
sim_socket_class_init (SimSocketClass *klass)
{
  signals[SIGNAL_EVENT]
      = g_signal_new ("event", SIM_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                      3, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_POINTER,
                      G_TYPE_POINTER);
  signals[SIGNAL_DISCONNECTED] = g_signal_new ("disconnected", SIM_TYPE_SOCKET, G_SIGNAL_RUN_LAST,
                                               0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_DRAINED] = g_signal_new ("drained", SIM_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
sim_socket_init (SimSocket *self)
{
}

SimSocket *
sim_socket_new (SimServer *server, SimWire *wire)
{
  static guint last;
  SimSocket *self = g_object_new (SIM_TYPE_SOCKET, NULL);

  self->server = server;
  self->wire = wire;
  g_snprintf (self->id, sizeof self->id, "socket-%u", ++last);
  return self;
}

SimServer *
sim_socket_get_server (SimSocket *self)
{
  return self->server;
}

SimWire *
sim_socket_get_wire (SimSocket *self)
{
  return self->wire;
}

GObject *
sim_namespace_new (SimServer *server)
{
  GObject *nsp = g_object_new (G_TYPE_OBJECT, NULL);

  g_object_set_data (nsp, "server", server);
  return nsp;
}

/* --- What the server says ----------------------------------------------------------------------- */

static guint
bit_of (SimServer *server, const char *member)
{
  for (guint i = 0; i < server->n_clients; i++)
    if (g_str_equal (server->names[i], member))
      return 1u << i;
  g_assert_not_reached ();
}

static guint
bits_here (SimServer *server, GPtrArray *members)
{
  guint here = 0;

  for (guint i = 0; i < members->len; i++)
    {
      const BoardMember *member = g_ptr_array_index (members, i);

      if (member->here)
        here |= bit_of (server, member->id);
    }
  return here;
}

static void
read_hello (SimServer *server, SioArgs *args, SimMessage *message)
{
  g_autoptr (BoardHello) hello = board_hello_parse (sio_args_get_object (args, 0), NULL);

  message->type = SIM_MESSAGE_HELLO;
  message->counter = hello->counter;
  message->seq = hello->seq;
  message->here = bits_here (server, hello->members);
  message->snapshot = hello->snapshot;
}

static void
read_members (SimServer *server, SioArgs *args, SimMessage *message)
{
  g_autoptr (BoardPresence) presence = board_presence_parse (sio_args_get_object (args, 0), NULL);

  message->type = SIM_MESSAGE_MEMBERS;
  message->here = bits_here (server, presence->joined) | bits_here (server, presence->changed);
  for (guint i = 0; i < presence->left->len; i++)
    message->gone |= bit_of (server, g_ptr_array_index (presence->left, i));
}

static void
read_ops (SimServer *server, SioArgs *args, SimMessage *message)
{
  JsonArray *array = sio_args_get_array (args, 1);
  int64_t first = 0;

  sio_args_get_int (args, 0, &first);
  message->type = SIM_MESSAGE_OPS;
  message->seq = (uint64_t) first;
  message->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_entry_unref);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      BoardEntry told = { 0 };
      SimEntry *entry;

      g_assert_true (board_entry_parse (json_array_get_element (array, i), &told, NULL));
      entry = sim_store_find_body (server->store, told.body);
      if (!g_str_equal (entry->member, told.member) || entry->counter != told.counter)
        sim_breach (SIM_I2_TOTAL_ORDER, "an op of %s is told as one of %s", entry->member,
                    told.member);
      g_ptr_array_add (message->entries, sim_entry_ref (entry));
    }
}

/* FALSE: nothing that a client reads. */
static gboolean
translate (SimServer *server, const char *event, SioArgs *args, SimMessage *message)
{
  int64_t number = 0;

  *message = (SimMessage){ 0 };
  if (g_str_equal (event, BOARD_EVENT_HELLO))
    read_hello (server, args, message);
  else if (g_str_equal (event, BOARD_EVENT_OPS))
    read_ops (server, args, message);
  else if (g_str_equal (event, BOARD_EVENT_MEMBERS))
    read_members (server, args, message);
  else if (g_str_equal (event, BOARD_EVENT_SNAPSHOT) && sio_args_get_int (args, 0, &number))
    message->type = SIM_MESSAGE_ASK;
  else
    return FALSE;
  return TRUE;
}

static void
tell (SimSocket *self, const SimMessage *message)
{
  SimMessage copy = *message;

  if (self->wire == NULL || self->wire->server_left)
    return;
  if (copy.entries != NULL)
    g_ptr_array_ref (copy.entries);
  sim_pipe_push (&self->wire->down, copy, sim_dice_due (self->server->dice));
}

static void
emit (SimSocket *self, const char *event, SioArgs *args)
{
  SimMessage message;

  if (!translate (self->server, event, args, &message))
    return;
  tell (self, &message);
  g_clear_pointer (&message.entries, g_ptr_array_unref);
}

/* --- What the room calls ------------------------------------------------------------------------ */

#define WRAP(type, name, ...)                                                                      \
  type __wrap_##name (__VA_ARGS__);                                                                \
  type __wrap_##name (__VA_ARGS__)

WRAP (GType, sio_socket_get_type, void) { return SIM_TYPE_SOCKET; }

WRAP (GType, sio_namespace_get_type, void) { return G_TYPE_OBJECT; }

/* Stories are told by the checks here. */
WRAP (void, bridge_log, GLogLevelFlags level, const char *event, ...) {}

WRAP (const char *, sio_socket_get_id, SioSocket *socket) { return SIM_SOCKET (socket)->id; }

WRAP (EioSocket *, sio_socket_get_engine, SioSocket *socket) { return (gpointer) socket; }

WRAP (gsize, sio_socket_get_buffered_amount, SioSocket *socket)
{
  SimSocket *self = SIM_SOCKET (socket);

  if (self->wire == NULL || self->wire->down.messages.length <= CROWDED)
    return 0;
  self->waits = TRUE;
  return G_MAXSIZE;
}

/* The only Socket.IO room that matters here is the log's: who is in it is live. */
WRAP (void, sio_socket_join, SioSocket *socket, const char *room)
{
  SimSocket *self = SIM_SOCKET (socket);

  if (self->wire != NULL && g_str_has_suffix (room, "/log"))
    self->wire->live = TRUE;
  else if (self->wire != NULL)
    self->wire->joined = TRUE;
}

WRAP (void, sio_socket_emit, SioSocket *socket, const char *event, SioArgs *args)
{
  emit (SIM_SOCKET (socket), event, args);
}

WRAP (void, sio_socket_emit_volatile, SioSocket *socket, const char *event, SioArgs *args)
{
  emit (SIM_SOCKET (socket), event, args);
}

WRAP (void,
      sio_socket_emit_with_ack_async,
      SioSocket *socket,
      const char *event,
      SioArgs *args,
      guint timeout_ms,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  SimSocket *self = SIM_SOCKET (socket);

  g_assert (self->question == NULL);
  self->question = g_task_new (self, cancellable, callback, user_data);
  emit (self, event, args);
}

WRAP (SioArgs *,
      sio_socket_emit_with_ack_finish,
      SioSocket *socket,
      GAsyncResult *result,
      GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* At once, as when a namespace is left. */
WRAP (void, sio_socket_disconnect, SioSocket *socket, gboolean close_connection)
{
  SimSocket *self = SIM_SOCKET (socket);

  if (self->wire != NULL)
    self->wire->server_left = TRUE;
  sim_socket_end (self);
}

/* Later: what is queued goes out first. */
WRAP (void, eio_socket_close, EioSocket *engine, gboolean discard)
{
  SimSocket *self = SIM_SOCKET (engine);

  if (self->wire != NULL)
    self->wire->server_left = TRUE;
}

/* --- Broadcasts --------------------------------------------------------------------------------- */

typedef struct {
  SimServer *server;
  gboolean live; /* to the room of the log */
} Broadcast;

WRAP (SioBroadcast *, sio_namespace_to, SioNamespace *nsp, const char *room)
{
  Broadcast *broadcast = g_new0 (Broadcast, 1);

  broadcast->server = g_object_get_data (G_OBJECT (nsp), "server");
  broadcast->live = g_str_has_suffix (room, "/log");
  return (gpointer) broadcast;
}

WRAP (void, sio_broadcast_except, SioBroadcast *broadcast, const char *room) {}

WRAP (void, sio_broadcast_set_volatile, SioBroadcast *broadcast, gboolean is_volatile) {}

WRAP (void, sio_broadcast_unref, SioBroadcast *broadcast) { g_free (broadcast); }

WRAP (void, sio_broadcast_emit, SioBroadcast *broadcast, const char *event, SioArgs *args)
{
  Broadcast *self = (gpointer) broadcast;
  SimMessage message;

  if (!translate (self->server, event, args, &message))
    return;
  for (guint i = 0; i < self->server->wires->len; i++)
    {
      SimWire *wire = g_ptr_array_index (self->server->wires, i);

      if (self->live ? wire->live : wire->joined)
        tell (wire->socket, &message);
    }
  g_clear_pointer (&message.entries, g_ptr_array_unref);
}

/* --- Acks --------------------------------------------------------------------------------------- */

typedef struct {
  SimSocket *socket; /* owned */
  uint64_t counter;  /* 0: nobody waits for it */
  gboolean talk;     /* of an op that only speaks */
} Ack;

static SioAck *
ack_new (SimSocket *socket, uint64_t counter)
{
  Ack *ack = g_rc_box_new0 (Ack);

  ack->socket = g_object_ref (socket);
  ack->counter = counter;
  return (gpointer) ack;
}

static void
ack_clear (gpointer data)
{
  g_object_unref (((Ack *) data)->socket);
}

WRAP (SioAck *, sio_ack_ref, SioAck *ack) { return g_rc_box_acquire (ack); }

WRAP (void, sio_ack_unref, SioAck *ack) { g_rc_box_release_full (ack, ack_clear); }

WRAP (void, sio_ack_send, SioAck *sio_ack, SioArgs *args)
{
  Ack *ack = (gpointer) sio_ack;
  JsonNode *node = sio_args_get_node (args, 0);
  JsonObject *object = sio_args_get_object (args, 0);
  SimMessage message = { .counter = ack->counter };

  if (ack->counter == 0)
    return;
  if (json_object_has_member (object, "seq"))
    {
      message.type = SIM_MESSAGE_ACK;
      message.seq = (uint64_t) json_object_get_int_member (object, "seq");
    }
  else
    {
      message.type = SIM_MESSAGE_REFUSAL;
      g_assert_true (board_refusal_from_json (node, &message.refusal, NULL));
      message.seq = board_refusal_get_expected (node);
      if (ack->talk
          && (message.refusal == BOARD_REFUSAL_READ_ONLY || message.refusal == BOARD_REFUSAL_LOCKED))
        sim_breach (SIM_Z1_AUTHORITY, "op %u only speaks, which everybody may", (guint) ack->counter);
    }
  tell (ack->socket, &message);
}

/* --- What a client says ------------------------------------------------------------------------- */

static void
receive (SimSocket *self, const char *event, SioArgs *args, uint64_t counter, gboolean talk)
{
  SioAck *ack = ack_new (self, counter);

  ((Ack *) (gpointer) ack)->talk = talk;
  g_signal_emit (self, signals[SIGNAL_EVENT], 0, event, args, ack);
  __wrap_sio_ack_unref (ack);
}

void
sim_socket_receive_op (SimSocket *self, uint64_t counter, const char *body)
{
  g_autoptr (SioArgs) args = sio_args_new ();

  sio_args_add_int (args, (int64_t) counter);
  sio_args_add_string (args, body);
  receive (self, BOARD_EVENT_OP, args, counter, board_body_is_talk (body));
}

void
sim_socket_receive (SimSocket *self, const char *event, const char *json)
{
  g_auto (GStrv) texts = g_strsplit (json, " ", -1);
  g_autoptr (SioArgs) args = sio_args_new ();

  for (guint i = 0; texts[i] != NULL; i++)
    sio_args_add_json (args, texts[i], -1);
  receive (self, event, args, 0, FALSE);
}

void
sim_socket_receive_answer (SimSocket *self, const char *json)
{
  g_autoptr (GTask) question = g_steal_pointer (&self->question);
  SioArgs *args;

  if (question == NULL)
    return;
  args = sio_args_new ();
  sio_args_add_json (args, json, -1);
  g_task_return_pointer (question, args, (GDestroyNotify) sio_args_unref);
}

void
sim_socket_drain (SimSocket *self)
{
  if (!self->waits || self->wire == NULL || self->wire->down.messages.length > CROWDED)
    return;
  self->waits = FALSE;
  g_signal_emit (self, signals[SIGNAL_DRAINED], 0);
}

void
sim_socket_end (SimSocket *self)
{
  g_autoptr (SimSocket) alive = g_object_ref (self);
  g_autoptr (GTask) question = g_steal_pointer (&self->question);

  if (self->wire == NULL)
    return;
  self->wire->live = FALSE;
  self->wire = NULL;
  if (question != NULL)
    g_task_return_new_error (question, G_IO_ERROR, G_IO_ERROR_CLOSED, "The connection has ended");
  g_signal_emit (self, signals[SIGNAL_DISCONNECTED], 0, 0);
}
