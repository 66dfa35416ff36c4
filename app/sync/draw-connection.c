/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One way of coming back, whether the connection broke, the server says "not now" or it ended the
 * namespace: an attempt of ours after a pause that draw-retry.h gives.
 */
#include "draw-connection.h"

#include <glib/gi18n.h>

#include "draw-error.h"
#include "draw-refusal.h"
#include "draw-retry.h"
#include "socketio/sio-client.h"

#define LASTED_US (30 * G_USEC_PER_SEC) /* a connection that was worth something */
#define HELLO_TIMEOUT_MS 30000
#define ACK_TIMEOUT_MS 30000
#define CHECK_TIMEOUT_MS 4000

struct _DrawConnection {
  GObject parent_instance;

  BoardLink *link;
  BoardKey member_seed;
  char *profile;
  int64_t since; /* -1: nothing yet */
  gboolean snapshot;

  SioClient *client;
  SioClientSocket *socket; /* the client's */
  gboolean greeted;        /* hello came, and it is not lost */
  GCancellable *sending;   /* of what was sent since then */
  gboolean closed;
  DrawObstacle obstacle;   /* the server's last no; NONE from hello on */
  int64_t greeted_at;      /* monotonic us */
  DrawRetry retry;
  guint timer;           /* until the next attempt, or until hello must have come */
  gboolean waiting;      /* for the next attempt */
  gboolean checking;     /* whether the server is still there */
};

G_DEFINE_FINAL_TYPE (DrawConnection, draw_connection, G_TYPE_OBJECT)

enum {
  SIGNAL_ATTEMPTING,
  SIGNAL_WAITING,
  SIGNAL_REFUSED,
  SIGNAL_HELLO,
  SIGNAL_LOST,
  SIGNAL_ENTRIES,
  SIGNAL_CASTS,
  SIGNAL_PRESENCE,
  SIGNAL_ACKNOWLEDGED,
  SIGNAL_OP_REFUSED,
  SIGNAL_WHISPER,
  SIGNAL_LOCKED,
  SIGNAL_SNAPSHOT_ASKED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* --- Attempts ----------------------------------------------------------------------------------- */

static gboolean
on_hello_timeout (gpointer data)
{
  DrawConnection *self = data;

  self->timer = 0;
  draw_connection_restart (self);
  return G_SOURCE_REMOVE;
}

static void
attempt (DrawConnection *self)
{
  self->waiting = FALSE;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (HELLO_TIMEOUT_MS, on_hello_timeout, self);
  g_object_set (self->client, "timeout", draw_retry_get_patience (&self->retry), NULL);
  g_signal_emit (self, signals[SIGNAL_ATTEMPTING], 0);
  if (!self->closed)
    sio_client_socket_connect (self->socket);
}

static gboolean
on_retry (gpointer data)
{
  DrawConnection *self = data;

  self->timer = 0;
  g_object_ref (self);
  attempt (self);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

static void
wait_and_retry (DrawConnection *self)
{
  guint delay;

  if (self->greeted_at > 0 && g_get_monotonic_time () - self->greeted_at > LASTED_US)
    self->retry.attempts = 0;
  self->greeted_at = 0;
  delay = draw_retry_next (&self->retry, g_random_double ());
  self->waiting = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (delay, on_retry, self);
  g_signal_emit (self, signals[SIGNAL_WAITING], 0,
                 (gint64) (g_get_monotonic_time () + (int64_t) delay * 1000));
}

static void
set_lost (DrawConnection *self)
{
  if (!self->greeted)
    return;
  self->greeted = FALSE;
  /* What is not on the wire must not go out at the next connect: the outbox decides anew. */
  g_cancellable_cancel (self->sending);
  g_clear_object (&self->sending);
  g_signal_emit (self, signals[SIGNAL_LOST], 0);
}

static void
give_up (DrawConnection *self, BoardRefusal refusal, DrawObstacle obstacle, const char *words)
{
  g_info ("the server refuses: %s", board_refusal_to_string (refusal));
  self->obstacle = obstacle;
  draw_connection_close (self);
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, (guint) refusal, words);
}

/* In words that say what to do about it, too. */
static void
give_up_refused (DrawConnection *self, BoardRefusal refusal)
{
  DrawObstacle obstacle = draw_obstacle_of_refusal (refusal);
  g_autofree char *text = g_strdup_printf ("%s %s", draw_refusal_get_message (refusal),
                                           draw_obstacle_get_advice (obstacle));

  give_up (self, refusal, obstacle, text);
}

/* --- Events ------------------------------------------------------------------------------------- */

static void
on_hello (DrawConnection *self, SioArgs *args)
{
  JsonObject *object = sio_args_get_object (args, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (BoardHello) hello = object != NULL ? board_hello_parse (object, &error) : NULL;

  if (hello == NULL)
    {
      g_warning ("a hello that cannot be read: %s", error != NULL ? error->message : "no object");
      give_up_refused (self, BOARD_REFUSAL_UNSUPPORTED);
      return;
    }
  g_clear_handle_id (&self->timer, g_source_remove);
  self->greeted_at = g_get_monotonic_time ();
  self->greeted = TRUE;
  self->obstacle = DRAW_OBSTACLE_NONE;
  g_clear_object (&self->sending);
  self->sending = g_cancellable_new ();
  g_signal_emit (self, signals[SIGNAL_HELLO], 0, hello);
}

static void
on_ops (DrawConnection *self, SioArgs *args)
{
  JsonArray *entries = sio_args_get_array (args, 1);
  int64_t first;

  if (self->greeted && entries != NULL && sio_args_get_int (args, 0, &first) && first > 0)
    g_signal_emit (self, signals[SIGNAL_ENTRIES], 0, (guint64) first, entries);
}

static void
on_cast (DrawConnection *self, SioArgs *args)
{
  JsonArray *entries = sio_args_get_array (args, 0);

  if (self->greeted && entries != NULL)
    g_signal_emit (self, signals[SIGNAL_CASTS], 0, entries);
}

static void
on_members (DrawConnection *self, SioArgs *args)
{
  JsonObject *object = sio_args_get_object (args, 0);
  g_autoptr (BoardPresence) presence = object != NULL ? board_presence_parse (object, NULL) : NULL;

  if (self->greeted && presence != NULL)
    g_signal_emit (self, signals[SIGNAL_PRESENCE], 0, presence);
}

static void
on_whisper (DrawConnection *self, SioArgs *args)
{
  const char *member = sio_args_get_string (args, 0);
  const char *body = sio_args_get_string (args, 1);

  if (self->greeted && member != NULL && body != NULL && board_member_id_is_valid (member) &&
      board_body_is_valid (body, BOARD_MAX_CAST_BODY))
    g_signal_emit (self, signals[SIGNAL_WHISPER], 0, member, body);
}

static void
on_lock (DrawConnection *self, SioArgs *args)
{
  gboolean locked;

  if (self->greeted && sio_args_get_boolean (args, 0, &locked))
    g_signal_emit (self, signals[SIGNAL_LOCKED], 0, locked);
}

/* The server is about to hang up. What is for ever ends here; all else is tried again when it did. */
static void
on_bye (DrawConnection *self, SioArgs *args)
{
  static const struct {
    const char *code;
    BoardRefusal refusal;
    DrawObstacle obstacle; /* NONE: the refusal's own, and its words */
    const char *message;
  } ends[] = {
    { BOARD_BYE_REPLACED, BOARD_REFUSAL_UNAVAILABLE, DRAW_OBSTACLE_REPLACED,
      N_("You opened this board somewhere else.") },
    { BOARD_BYE_KICKED, BOARD_REFUSAL_UNAVAILABLE, DRAW_OBSTACLE_KICKED,
      N_("The host asked you to leave. Your copy stays here.") },
    { BOARD_BYE_ENDED, BOARD_REFUSAL_UNKNOWN_BOARD, DRAW_OBSTACLE_ENDED,
      N_("The host ended this board. Your copy stays here.") },
    { "banned", BOARD_REFUSAL_BANNED },
    { "not-invited", BOARD_REFUSAL_NOT_INVITED },
    { "unknown-board", BOARD_REFUSAL_UNKNOWN_BOARD },
  };
  JsonNode *node = sio_args_get_node (args, 0);
  BoardRefusal refusal;
  const char *code;

  if (node == NULL || !board_refusal_from_json (node, &refusal, NULL))
    return;
  code = json_object_get_string_member (json_node_get_object (node), "code");
  g_info ("the server says goodbye");
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_equal (ends[i].code, code))
      {
        if (ends[i].message != NULL)
          give_up (self, ends[i].refusal, ends[i].obstacle, _(ends[i].message));
        else
          give_up_refused (self, ends[i].refusal);
        return;
      }
}

static void
on_event (DrawConnection *self, const char *name, SioArgs *args, SioAck *ack)
{
  static const struct {
    const char *name;
    void (*handle) (DrawConnection *self, SioArgs *args);
  } events[] = {
    { BOARD_EVENT_OPS, on_ops },
    { BOARD_EVENT_CAST, on_cast },
    { BOARD_EVENT_MEMBERS, on_members },
    { BOARD_EVENT_HELLO, on_hello },
    { BOARD_EVENT_WHISPER, on_whisper },
    { BOARD_EVENT_LOCK, on_lock },
    { BOARD_EVENT_BYE, on_bye },
  };

  /* The one event that asks for something. */
  if (g_str_equal (name, BOARD_EVENT_SNAPSHOT) && ack != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_SNAPSHOT_ASKED], 0, ack);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (events) && !self->closed; i++)
    if (g_str_equal (events[i].name, name))
      {
        events[i].handle (self, args);
        return;
      }
}

/* --- The Socket.IO client ----------------------------------------------------------------------- */

static void
on_connect_error (DrawConnection *self, GError *error, JsonNode *data)
{
  BoardRefusal refusal = BOARD_REFUSAL_UNSUPPORTED;

  if (self->closed || sio_client_socket_is_active (self->socket))
    return; /* there is no connection: "reconnect-failed" follows */
  if (g_error_matches (error, SIO_ERROR, SIO_ERROR_REFUSED) &&
      (data == NULL || !board_refusal_from_json (data, &refusal, NULL)))
    wait_and_retry (self); /* without a reason: it was just shutting down, perhaps */
  else if (draw_refusal_is_passing (refusal))
    {
      self->obstacle = draw_obstacle_of_refusal (refusal);
      wait_and_retry (self);
    }
  else
    give_up_refused (self, refusal);
}

static void
on_disconnected (DrawConnection *self, SioDisconnectReason reason)
{
  if (self->closed)
    return;
  set_lost (self);
  /* The server or a restart ended the namespace; when it was the connection "reconnect-failed" follows. */
  if (!self->closed && !sio_client_socket_is_active (self->socket))
    wait_and_retry (self);
}

/* The connection failed or is lost, and the client, as it was told, does not try again by itself. */
static void
on_reconnect_failed (DrawConnection *self)
{
  if (!self->closed && !self->waiting)
    wait_and_retry (self);
}

static JsonNode *
on_auth (SioClientSocket *socket, const char *engine_id, gpointer data)
{
  DrawConnection *self = data;

  JsonNode *auth = board_join_build (self->link->board, engine_id, &self->link->invite,
                                     &self->member_seed, self->since, self->profile);

  if (self->snapshot)
    json_object_set_boolean_member (json_node_get_object (auth), "snapshot", TRUE);
  return auth;
}

/* --- The object --------------------------------------------------------------------------------- */

static void
draw_connection_dispose (GObject *object)
{
  DrawConnection *self = DRAW_CONNECTION (object);

  draw_connection_close (self);
  g_clear_object (&self->client);
  self->socket = NULL;
  G_OBJECT_CLASS (draw_connection_parent_class)->dispose (object);
}

static void
draw_connection_finalize (GObject *object)
{
  DrawConnection *self = DRAW_CONNECTION (object);

  g_clear_pointer (&self->link, board_link_free);
  board_key_clear (&self->member_seed);
  g_free (self->profile);
  G_OBJECT_CLASS (draw_connection_parent_class)->finalize (object);
}

static void
draw_connection_class_init (DrawConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = DRAW_TYPE_CONNECTION;

  object_class->dispose = draw_connection_dispose;
  object_class->finalize = draw_connection_finalize;
#define SIGNAL(name, n, ...) \
  g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n, __VA_ARGS__)
  signals[SIGNAL_ATTEMPTING] = SIGNAL ("attempting", 0, G_TYPE_NONE);
  signals[SIGNAL_WAITING] = SIGNAL ("waiting", 1, G_TYPE_INT64);
  signals[SIGNAL_REFUSED] = SIGNAL ("refused", 2, G_TYPE_UINT, G_TYPE_STRING);
  signals[SIGNAL_HELLO] = SIGNAL ("hello", 1, G_TYPE_POINTER);
  signals[SIGNAL_LOST] = SIGNAL ("lost", 0, G_TYPE_NONE);
  signals[SIGNAL_ENTRIES] = SIGNAL ("entries", 2, G_TYPE_UINT64, JSON_TYPE_ARRAY);
  signals[SIGNAL_CASTS] = SIGNAL ("casts", 1, JSON_TYPE_ARRAY);
  signals[SIGNAL_PRESENCE] = SIGNAL ("presence", 1, G_TYPE_POINTER);
  signals[SIGNAL_ACKNOWLEDGED] = SIGNAL ("acknowledged", 2, G_TYPE_UINT64, G_TYPE_UINT64);
  signals[SIGNAL_OP_REFUSED] = SIGNAL ("op-refused", 3, G_TYPE_UINT64, G_TYPE_UINT, G_TYPE_UINT64);
  signals[SIGNAL_WHISPER] = SIGNAL ("whisper", 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_LOCKED] = SIGNAL ("locked", 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_SNAPSHOT_ASKED] = SIGNAL ("snapshot-asked", 1, G_TYPE_POINTER);
#undef SIGNAL
}

static void
draw_connection_init (DrawConnection *self)
{
  self->since = -1;
}

static void
watch_client (DrawConnection *self)
{
  const GConnectFlags swapped = G_CONNECT_SWAPPED;

  g_signal_connect_object (self->client, "reconnect-failed", G_CALLBACK (on_reconnect_failed), self,
                           swapped);
  g_signal_connect_object (self->socket, "connect-error", G_CALLBACK (on_connect_error), self, swapped);
  g_signal_connect_object (self->socket, "disconnected", G_CALLBACK (on_disconnected), self, swapped);
  g_signal_connect_object (self->socket, "event", G_CALLBACK (on_event), self, swapped);
  sio_client_socket_set_auth_func (self->socket, on_auth, self, NULL);
}

DrawConnection *
draw_connection_new (const BoardLink *link, const BoardKey *member_seed, GError **error)
{
  g_autoptr (DrawConnection) self = NULL;
  g_autofree char *origin = NULL;

  g_return_val_if_fail (link != NULL && member_seed != NULL, NULL);

  self = g_object_new (DRAW_TYPE_CONNECTION, NULL);
  self->link = board_link_copy (link);
  self->member_seed = *member_seed;
  origin = board_link_get_origin (link);
  self->client = sio_client_new (origin, error);
  if (self->client == NULL)
    return NULL;
  g_object_set (self->client, "reconnection", FALSE, NULL);
  self->socket = sio_client_socket (self->client, "/");
  watch_client (self);
  return g_steal_pointer (&self);
}

void
draw_connection_set_since (DrawConnection *self, uint64_t seq)
{
  g_return_if_fail (DRAW_IS_CONNECTION (self));

  self->since = seq > 0 ? (int64_t) seq : -1;
}

void
draw_connection_set_profile (DrawConnection *self, const char *profile)
{
  g_return_if_fail (DRAW_IS_CONNECTION (self));

  g_free (self->profile);
  self->profile = g_strdup (profile);
}

void
draw_connection_set_snapshot (DrawConnection *self, gboolean snapshot)
{
  g_return_if_fail (DRAW_IS_CONNECTION (self));

  self->snapshot = snapshot;
}

void
draw_connection_open (DrawConnection *self)
{
  g_return_if_fail (DRAW_IS_CONNECTION (self) && !self->closed);

  attempt (self);
}

void
draw_connection_retry_now (DrawConnection *self)
{
  g_return_if_fail (DRAW_IS_CONNECTION (self));

  if (!self->closed && self->waiting)
    attempt (self);
}

void
draw_connection_set_in_use (DrawConnection *self, gboolean in_use)
{
  g_return_if_fail (DRAW_IS_CONNECTION (self));

  if (self->retry.in_use == in_use)
    return;
  self->retry.in_use = in_use;
  if (in_use)
    draw_connection_retry_now (self);
}

void
draw_connection_restart (DrawConnection *self)
{
  g_return_if_fail (DRAW_IS_CONNECTION (self));

  if (self->closed)
    return;
  g_object_ref (self);
  g_clear_handle_id (&self->timer, g_source_remove);
  sio_client_socket_disconnect (self->socket);
  set_lost (self);
  if (!self->closed && self->timer == 0)
    wait_and_retry (self);
  g_object_unref (self);
}

void
draw_connection_close (DrawConnection *self)
{
  g_return_if_fail (DRAW_IS_CONNECTION (self));

  if (self->closed)
    return;
  self->closed = TRUE;
  self->greeted = FALSE;
  g_cancellable_cancel (self->sending);
  g_clear_object (&self->sending);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->client == NULL)
    return;
  sio_client_socket_set_auth_func (self->socket, NULL, NULL, NULL);
  sio_client_close (self->client);
}

/* --- Sending ------------------------------------------------------------------------------------ */

typedef struct {
  DrawConnection *connection;
  GCancellable *sending;
  uint64_t counter; /* of an op, or 0 */
} Sent;

static void
sent_free (Sent *sent)
{
  g_object_unref (sent->connection);
  g_object_unref (sent->sending);
  g_free (sent);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sent, sent_free)

/* 0 when it says none: the server may send anything. */
static int64_t
get_seq (JsonNode *answer)
{
  JsonNode *seq = NULL;

  if (answer != NULL && JSON_NODE_HOLDS_OBJECT (answer))
    seq = json_object_get_member (json_node_get_object (answer), "seq");
  return seq != NULL && json_node_get_value_type (seq) == G_TYPE_INT64 ? json_node_get_int (seq) : 0;
}

/* [{seq}] or [refusal] */
static void
take_answer (DrawConnection *self, uint64_t counter, SioArgs *answer)
{
  JsonNode *node = sio_args_get_node (answer, 0);
  BoardRefusal refusal;
  int64_t seq = get_seq (node);

  if (node != NULL && board_refusal_from_json (node, &refusal, NULL))
    {
      g_signal_emit (self, signals[SIGNAL_OP_REFUSED], 0, (guint64) counter, (guint) refusal,
                     (guint64) board_refusal_get_expected (node));
      return;
    }
  if (seq > 0)
    g_signal_emit (self, signals[SIGNAL_ACKNOWLEDGED], 0, (guint64) counter, (guint64) seq);
  else
    draw_connection_restart (self);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Sent) sent = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SioArgs) answer =
      sio_client_socket_emit_with_ack_finish (SIO_CLIENT_SOCKET (source), result, &error);
  DrawConnection *self = sent->connection;

  if (sent->counter == 0)
    self->checking = FALSE;
  if (self->closed || self->sending != sent->sending)
    return; /* of an earlier life */
  if (answer != NULL && sent->counter > 0)
    take_answer (self, sent->counter, answer);
  else if (answer == NULL && !g_error_matches (error, SIO_ERROR, SIO_ERROR_DISCONNECTED))
    draw_connection_restart (self); /* no answer in time */
}

/* counter: of an op; 0: whatever the answer is, there is somebody. */
static void
ask_and_note (DrawConnection *self, const char *event, SioArgs *args, uint64_t counter, guint timeout_ms)
{
  Sent *sent = g_new0 (Sent, 1);

  sent->connection = g_object_ref (self);
  sent->sending = g_object_ref (self->sending);
  sent->counter = counter;
  sio_client_socket_emit_with_ack_async (self->socket, event, args, timeout_ms, self->sending,
                                         on_answered, sent);
}

void
draw_connection_send_op (DrawConnection *self, uint64_t counter, const char *body)
{
  g_autoptr (SioArgs) args = NULL;

  g_return_if_fail (DRAW_IS_CONNECTION (self) && body != NULL);
  g_return_if_fail (self->greeted);

  args = sio_args_new ();
  sio_args_add_int (args, (int64_t) counter);
  sio_args_add_string (args, body);
  ask_and_note (self, BOARD_EVENT_OP, args, counter, ACK_TIMEOUT_MS);
}

void
draw_connection_check (DrawConnection *self)
{
  g_autoptr (SioArgs) args = NULL;

  g_return_if_fail (DRAW_IS_CONNECTION (self));

  draw_connection_retry_now (self);
  if (!self->greeted || self->checking)
    return;
  self->checking = TRUE;
  args = sio_args_new ();
  sio_args_add_int (args, BOARD_MAX_INTEGER); /* from a position where there is nothing */
  sio_args_add_int (args, 1);
  ask_and_note (self, BOARD_EVENT_HISTORY, args, 0, CHECK_TIMEOUT_MS);
}

void
draw_connection_send_cast (DrawConnection *self, const char *body)
{
  g_autoptr (SioArgs) args = NULL;

  g_return_if_fail (DRAW_IS_CONNECTION (self) && body != NULL);

  if (!self->greeted)
    return;
  args = sio_args_new ();
  sio_args_add_string (args, body);
  sio_client_socket_emit_volatile (self->socket, BOARD_EVENT_CAST, args);
}

/* --- Requests ----------------------------------------------------------------------------------- */

/* TRUE when the answer is no refusal; else the task has its error. */
static gboolean
check_answer (GTask *task, SioArgs *answer)
{
  JsonNode *node = sio_args_get_node (answer, 0);
  BoardRefusal refusal;

  if (node == NULL)
    g_task_return_new_error (task, DRAW_ERROR, DRAW_ERROR_SERVER, "%s",
                             draw_refusal_get_message (BOARD_REFUSAL_BAD_REQUEST));
  else if (board_refusal_from_json (node, &refusal, NULL))
    g_task_return_new_error (task, DRAW_ERROR, DRAW_ERROR_REFUSED, "%s",
                             draw_refusal_get_message (refusal));
  else
    return TRUE;
  return FALSE;
}

static void
on_request_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SioArgs) answer =
      sio_client_socket_emit_with_ack_finish (SIO_CLIENT_SOCKET (source), result, &error);

  if (answer == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (answer == NULL)
    g_task_return_new_error (task, DRAW_ERROR, DRAW_ERROR_SERVER, "%s",
                             _("The server does not answer."));
  else if (check_answer (task, answer))
    g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) sio_args_unref);
}

void
draw_connection_request_async (DrawConnection *self, const char *event, SioArgs *args,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;

  g_return_if_fail (DRAW_IS_CONNECTION (self) && event != NULL && args != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, draw_connection_request_async);
  if (self->greeted)
    {
      sio_client_socket_emit_with_ack_async (self->socket, event, args, ACK_TIMEOUT_MS, cancellable,
                                             on_request_answered, task);
      return;
    }
  g_task_return_new_error (task, DRAW_ERROR, DRAW_ERROR_SERVER, "%s",
                           _("The board is not connected to its server now."));
  g_object_unref (task);
}

SioArgs *
draw_connection_request_finish (DrawConnection *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
draw_connection_get_engine_id (DrawConnection *self)
{
  g_return_val_if_fail (DRAW_IS_CONNECTION (self), NULL);

  return self->greeted ? sio_client_get_engine_id (self->client) : NULL;
}

DrawObstacle
draw_connection_get_obstacle (DrawConnection *self)
{
  g_return_val_if_fail (DRAW_IS_CONNECTION (self), DRAW_OBSTACLE_NONE);

  return self->obstacle;
}
