/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "room/bridge-guest.h"

#include "engineio/eio-socket.h"
#include "room/bridge-room.h"

/* Strikes are forgotten when that much time has passed since the first. */
#define STRIKE_WINDOW (10 * G_USEC_PER_SEC)

static void
init_budgets (BridgeGuest *guest, const BridgeLimits *limits)
{
  int64_t now = g_get_monotonic_time ();

  bridge_bucket_init (&guest->budgets[BRIDGE_BUDGET_OP], limits->ops_per_second, limits->ops_burst,
                      now);
  bridge_bucket_init (&guest->budgets[BRIDGE_BUDGET_OP_BYTES], limits->op_bytes_per_second,
                      limits->op_bytes_burst, now);
  bridge_bucket_init (&guest->budgets[BRIDGE_BUDGET_CAST], limits->casts_per_second,
                      limits->casts_burst, now);
  bridge_bucket_init (&guest->budgets[BRIDGE_BUDGET_CAST_BYTES], limits->cast_bytes_per_second,
                      limits->cast_bytes_burst, now);
  bridge_bucket_init (&guest->budgets[BRIDGE_BUDGET_REQUEST], limits->requests_per_second,
                      limits->requests_burst, now);
}

BridgeGuest *
bridge_guest_new (BridgeRoom *room,
                  SioSocket *socket,
                  const char *member,
                  BoardRole role,
                  const BridgeLimits *limits)
{
  BridgeGuest *guest = g_rc_box_new0 (BridgeGuest);

  guest->room = g_object_ref (room);
  guest->socket = g_object_ref (socket);
  guest->member = g_strdup (member);
  guest->role = role;
  guest->state = BRIDGE_GUEST_CATCHING_UP;
  init_budgets (guest, limits);
  return guest;
}

BridgeGuest *
bridge_guest_ref (BridgeGuest *guest)
{
  return g_rc_box_acquire (guest);
}

static void
guest_clear (gpointer data)
{
  BridgeGuest *guest = data;

  g_object_unref (guest->socket);
  g_object_unref (guest->room);
  g_free (guest->member);
}

void
bridge_guest_unref (BridgeGuest *guest)
{
  g_rc_box_release_full (guest, guest_clear);
}

void
bridge_guest_set_state (BridgeGuest *guest, BridgeGuestState state)
{
  g_assert (guest->state != BRIDGE_GUEST_GONE);
  g_assert (state > guest->state);

  guest->state = state;
}

gboolean
bridge_guest_is_gone (const BridgeGuest *guest)
{
  return guest->state == BRIDGE_GUEST_GONE;
}

gboolean
bridge_guest_spend (BridgeGuest *guest, BridgeBudget budget, int64_t cost)
{
  return bridge_bucket_take (&guest->budgets[budget], cost, g_get_monotonic_time ());
}

void
bridge_guest_leave_budgets (const BridgeGuest *guest, BridgeBucket *budgets)
{
  for (guint i = 0; i < BRIDGE_N_BUDGETS; i++)
    budgets[i] = guest->budgets[i];
}

void
bridge_guest_take_budgets (BridgeGuest *guest, const BridgeBucket *budgets)
{
  for (guint i = 0; i < BRIDGE_N_BUDGETS; i++)
    if (budgets[i].burst > 0)
      {
        guest->budgets[i].tokens = MIN (budgets[i].tokens, guest->budgets[i].burst);
        guest->budgets[i].at = budgets[i].at;
      }
}

gboolean
bridge_guest_strike (BridgeGuest *guest, const BridgeLimits *limits)
{
  int64_t now = g_get_monotonic_time ();

  if (now - guest->strikes_since > STRIKE_WINDOW)
    {
      guest->strikes = 0;
      guest->strikes_since = now;
    }
  return ++guest->strikes > limits->strikes;
}

static void
say_bye (BridgeGuest *guest, const char *code, const char *message)
{
  g_autoptr (SioArgs) args = sio_args_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "code", code);
  json_object_set_string_member (object, "message", message);
  json_node_take_object (node, object);
  sio_args_add_node (args, node);
  sio_socket_emit (guest->socket, BOARD_EVENT_BYE, args);
}

void
bridge_guest_dismiss (BridgeGuest *guest,
                      const char *code,
                      const char *message,
                      gboolean may_return)
{
  EioSocket *engine = sio_socket_get_engine (guest->socket);

  if (bridge_guest_is_gone (guest))
    return;

  say_bye (guest, code, message);
  if (may_return && engine != NULL)
    eio_socket_close (engine, FALSE);
  else
    sio_socket_disconnect (guest->socket, TRUE);
}
