/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What members may send: one table with a row for every event, so that who may do what is read in
 * one place and tested cell by cell. */

#include <string.h>

#include "log/bridge-log.h"
#include "log/bridge-metrics.h"
#include "room/bridge-room-private.h"

/* Requests of one member that may be under way at the same time. */
#define MAX_REQUESTS 4

typedef struct {
  const char *name;
  BoardRole role;      /* the least that may */
  BridgeBudget budget; /* that it costs one of */
  gboolean needs_ack;  /* an answer is all it is good for */
  BridgeEventFunc handle;
} BridgeEvent;

static void on_op (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack);
static void on_cast (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack);
static void on_history (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack);

/* clang-format off */
static const BridgeEvent events[] = {
  /* name                   least role          budget                 ack    handler */
  /* of a viewer, only talk: on_op() */
  { BOARD_EVENT_OP,        BOARD_ROLE_VIEWER, BRIDGE_BUDGET_OP,      FALSE, on_op },
  { BOARD_EVENT_CAST,      BOARD_ROLE_VIEWER, BRIDGE_BUDGET_CAST,    FALSE, on_cast },
  { BOARD_EVENT_WHISPER,   BOARD_ROLE_VIEWER, BRIDGE_BUDGET_REQUEST, TRUE,  bridge_room_on_whisper },
  { BOARD_EVENT_HISTORY,   BOARD_ROLE_VIEWER, BRIDGE_BUDGET_REQUEST, TRUE,  on_history },
  { BOARD_EVENT_INVITE,    BOARD_ROLE_HOST,   BRIDGE_BUDGET_REQUEST, TRUE,  bridge_room_on_invite },
  { BOARD_EVENT_INVITES,   BOARD_ROLE_HOST,   BRIDGE_BUDGET_REQUEST, TRUE,  bridge_room_on_invites },
  { BOARD_EVENT_REVOKE,    BOARD_ROLE_HOST,   BRIDGE_BUDGET_REQUEST, TRUE,  bridge_room_on_revoke },
  { BOARD_EVENT_ROLE,      BOARD_ROLE_HOST,   BRIDGE_BUDGET_REQUEST, TRUE,  bridge_room_on_role },
  { BOARD_EVENT_HAND_OVER, BOARD_ROLE_HOST,   BRIDGE_BUDGET_REQUEST, TRUE,  bridge_room_on_hand_over },
  { BOARD_EVENT_KICK,      BOARD_ROLE_HOST,   BRIDGE_BUDGET_REQUEST, TRUE,  bridge_room_on_kick },
  { BOARD_EVENT_BAN,       BOARD_ROLE_HOST,   BRIDGE_BUDGET_REQUEST, TRUE,  bridge_room_on_ban },
  { BOARD_EVENT_LOCK,      BOARD_ROLE_HOST,   BRIDGE_BUDGET_REQUEST, TRUE,  bridge_room_on_lock },
  { BOARD_EVENT_END,       BOARD_ROLE_HOST,   BRIDGE_BUDGET_REQUEST, TRUE,  bridge_room_on_end },
};
/* clang-format on */

static void
send_refusal (SioAck *ack, BoardRefusal refusal, const char *message)
{
  g_autoptr (JsonNode) node = board_refusal_to_json (refusal, message);
  g_autoptr (SioArgs) args = sio_args_new ();

  sio_args_add_node (args, node);
  sio_ack_send (ack, args);
}

void
bridge_room_refuse (SioAck *ack, BoardRefusal refusal, const char *message)
{
  if (ack != NULL)
    send_refusal (ack, refusal, message);
}

BoardRefusal
bridge_room_refusal_of (const GError *error)
{
  static const BoardRefusal refusals[] = {
    [BRIDGE_STORE_ERROR_OPEN] = BOARD_REFUSAL_UNAVAILABLE,
    [BRIDGE_STORE_ERROR_UNAVAILABLE] = BOARD_REFUSAL_UNAVAILABLE,
    [BRIDGE_STORE_ERROR_NO_BOARD] = BOARD_REFUSAL_UNKNOWN_BOARD,
    [BRIDGE_STORE_ERROR_TAKEN] = BOARD_REFUSAL_BAD_REQUEST,
    [BRIDGE_STORE_ERROR_FULL] = BOARD_REFUSAL_FULL,
    [BRIDGE_STORE_ERROR_NOT_INVITED] = BOARD_REFUSAL_NOT_INVITED,
    [BRIDGE_STORE_ERROR_EXPIRED] = BOARD_REFUSAL_INVITE_EXPIRED,
    [BRIDGE_STORE_ERROR_USED] = BOARD_REFUSAL_INVITE_USED,
    [BRIDGE_STORE_ERROR_BANNED] = BOARD_REFUSAL_BANNED,
    [BRIDGE_STORE_ERROR_UNKNOWN] = BOARD_REFUSAL_BAD_REQUEST,
    [BRIDGE_STORE_ERROR_LAST_HOST] = BOARD_REFUSAL_BAD_REQUEST,
    [BRIDGE_STORE_ERROR_HASH] = BOARD_REFUSAL_BAD_REQUEST,
    [BRIDGE_STORE_ERROR_COPY] = BOARD_REFUSAL_UNAVAILABLE,
  };

  g_assert (error != NULL && error->domain == BRIDGE_STORE_ERROR);
  g_assert (error->code >= 0 && error->code < (int) G_N_ELEMENTS (refusals));

  return refusals[error->code];
}

void
bridge_room_agree (SioAck *ack)
{
  g_autoptr (SioArgs) args = sio_args_new ();

  sio_args_add_json (args, "{}", -1);
  sio_ack_send (ack, args);
}

void
bridge_room_rebuff (BridgeRoom *self,
                    BridgeGuest *guest,
                    SioAck *ack,
                    BoardRefusal refusal,
                    const char *message)
{
  bridge_count (BRIDGE_COUNT_REFUSED_EVENTS, 1);
  bridge_room_refuse (ack, refusal, message);
  if (bridge_guest_strike (guest, &self->limits) && !bridge_guest_is_gone (guest))
    {
      bridge_count (BRIDGE_COUNT_ABUSES, 1);
      bridge_log (G_LOG_LEVEL_MESSAGE, "abuse", "board", self->board, "member", guest->member,
                  "refusal", board_refusal_to_string (refusal), NULL);
      bridge_guest_dismiss (guest, board_refusal_to_string (BOARD_REFUSAL_TOO_FAST),
                            "Too many events were refused", FALSE);
    }
}

gboolean
bridge_room_may_ask (BridgeRoom *self, BridgeGuest *guest, SioAck *ack)
{
  if (guest->waiting_requests < MAX_REQUESTS)
    return TRUE;
  bridge_room_rebuff (self, guest, ack, BOARD_REFUSAL_TOO_FAST, "Slow down");
  return FALSE;
}

/* --- Handlers --- */

/* The envelope of an op: the server says no more of it. */
static gboolean
read_op (SioArgs *args, uint64_t *counter, const char **body, BoardRefusal *refusal)
{
  int64_t number = 0;

  *refusal = BOARD_REFUSAL_BAD_REQUEST;
  if (sio_args_get_size (args) != 2 || !sio_args_get_int (args, 0, &number) || number < 1
      || number > BOARD_MAX_INTEGER)
    return FALSE;
  *body = sio_args_get_string (args, 1);
  if (*body == NULL)
    return FALSE;
  if (strlen (*body) > BOARD_MAX_OP_BODY)
    {
      *refusal = BOARD_REFUSAL_TOO_LARGE;
      return FALSE;
    }
  *counter = (uint64_t) number;
  return board_body_is_valid (*body, BOARD_MAX_OP_BODY);
}

/* Everybody may speak and vote at any time: what a body says of itself is under its seal, and who
 * opens one that says talk and is more takes it for void. */
static gboolean
check_may_write (BridgeRoom *self, BridgeGuest *guest, const char *body, SioAck *ack)
{
  if (board_body_is_talk (body))
    return TRUE;
  if (guest->role < BOARD_ROLE_EDITOR)
    bridge_room_rebuff (self, guest, ack, BOARD_REFUSAL_READ_ONLY, "Your role does not allow this");
  else if (self->locked && guest->role < BOARD_ROLE_HOST)
    bridge_room_rebuff (self, guest, ack, BOARD_REFUSAL_LOCKED, "The board is locked");
  else
    return TRUE;
  return FALSE;
}

static void
on_op (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack)
{
  BoardRefusal refusal;
  uint64_t counter = 0;
  const char *body = NULL;
  gsize length;

  if (!read_op (args, &counter, &body, &refusal))
    {
      bridge_room_rebuff (self, guest, ack, refusal, "An operation is a counter and a sealed body");
      return;
    }
  if (!check_may_write (self, guest, body, ack))
    return;

  length = strlen (body);
  if (guest->waiting_ops >= self->limits.waiting_ops
      || guest->waiting_bytes + length > (gsize) self->limits.waiting_bytes
      || !bridge_guest_spend (guest, BRIDGE_BUDGET_OP_BYTES, (int64_t) length))
    {
      bridge_room_rebuff (self, guest, ack, BOARD_REFUSAL_TOO_FAST, "Slow down");
      return;
    }
  bridge_room_append (self, guest, counter, body, ack);
}

static void
on_cast (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack)
{
  const char *body = sio_args_get_string (args, 0);

  if (sio_args_get_size (args) != 1 || body == NULL
      || !board_body_is_valid (body, BOARD_MAX_CAST_BODY))
    bridge_room_rebuff (self, guest, ack, BOARD_REFUSAL_BAD_REQUEST, "A cast is a sealed body");
  else if (!bridge_guest_spend (guest, BRIDGE_BUDGET_CAST_BYTES, (int64_t) strlen (body)))
    bridge_room_rebuff (self, guest, ack, BOARD_REFUSAL_TOO_FAST, "Slow down");
  else
    bridge_room_cast (self, guest, body);
}

static void
on_history (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack)
{
  int64_t from = 0, limit = 0;

  if (sio_args_get_size (args) != 2 || !sio_args_get_int (args, 0, &from)
      || !sio_args_get_int (args, 1, &limit) || from < 1 || from > BOARD_MAX_INTEGER || limit < 1
      || limit > BOARD_MAX_INTEGER)
    bridge_room_rebuff (self, guest, ack, BOARD_REFUSAL_BAD_REQUEST,
                        "History is asked for by position and count");
  else if (bridge_room_may_ask (self, guest, ack))
    bridge_room_answer_history (self, guest, (uint64_t) from, (uint64_t) limit, ack);
}

/* --- Dispatch --- */

static const BridgeEvent *
find_event (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    if (g_str_equal (events[i].name, name))
      return &events[i];
  return NULL;
}

static void
on_socket_event (SioSocket *socket,
                 const char *name,
                 SioArgs *args,
                 SioAck *ack,
                 gpointer user_data)
{
  g_autoptr (BridgeGuest) guest = bridge_guest_ref (user_data);
  BridgeRoom *self = guest->room;
  const BridgeEvent *event = find_event (name);

  if (bridge_guest_is_gone (guest))
    return;

  if (event == NULL || (event->needs_ack && ack == NULL))
    bridge_room_rebuff (self, guest, ack, BOARD_REFUSAL_BAD_REQUEST, "There is no such event");
  else if (guest->role < event->role)
    bridge_room_rebuff (self, guest, ack, BOARD_REFUSAL_READ_ONLY, "Your role does not allow this");
  else if (!bridge_guest_spend (guest, event->budget, 1))
    bridge_room_rebuff (self, guest, ack, BOARD_REFUSAL_TOO_FAST, "Slow down");
  else
    event->handle (self, guest, args, ack);
}

static void
unref_guest_closure (gpointer data, GClosure *closure)
{
  bridge_guest_unref (data);
}

void
bridge_room_connect_events (BridgeRoom *self, BridgeGuest *guest)
{
  g_signal_connect_data (guest->socket, "event", G_CALLBACK (on_socket_event),
                         bridge_guest_ref (guest), unref_guest_closure, 0);
}
