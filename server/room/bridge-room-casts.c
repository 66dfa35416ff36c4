/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "log/bridge-metrics.h"
#include "room/bridge-room-private.h"

/* More than that does not wait for the next delivery: no frame grows without a bound. */
#define MAX_CASTS_BYTES (256 * 1024)

static SioArgs *
cast_args (const char *json)
{
  SioArgs *args = sio_args_new ();

  sio_args_add_json (args, json, -1);
  return args;
}

/* Those who sent nothing share one frame. */
static void
deliver_to_listeners (BridgeRoom *self, GPtrArray *authors)
{
  g_autofree char *json = bridge_casts_to_json (self->casts, NULL);
  g_autoptr (SioArgs) args = cast_args (json);
  g_autoptr (SioBroadcast) broadcast = sio_namespace_to (self->nsp, self->board);

  for (guint i = 0; i < authors->len; i++)
    {
      BridgePerson *person = bridge_room_find (self, g_ptr_array_index (authors, i));

      if (person->guest != NULL)
        sio_broadcast_except (broadcast, sio_socket_get_id (person->guest->socket));
    }
  sio_broadcast_set_volatile (broadcast, TRUE);
  sio_broadcast_emit (broadcast, BOARD_EVENT_CAST, args);
}

static void
deliver_to_author (BridgeRoom *self, const char *author)
{
  BridgePerson *person = bridge_room_find (self, author);
  g_autofree char *json = NULL;
  g_autoptr (SioArgs) args = NULL;

  if (person->guest == NULL)
    return;
  json = bridge_casts_to_json (self->casts, author);
  if (json == NULL)
    return;
  args = cast_args (json);
  sio_socket_emit_volatile (person->guest->socket, BOARD_EVENT_CAST, args);
}

static gboolean
deliver_casts (gpointer user_data)
{
  g_autoptr (BridgeRoom) self = g_object_ref (user_data);
  g_autoptr (GPtrArray) authors = bridge_casts_list_members (self->casts);

  self->casts_source = 0;
  self->casts_at = g_get_monotonic_time ();
  deliver_to_listeners (self, authors);
  if (authors->len > 1)
    for (guint i = 0; i < authors->len; i++)
      deliver_to_author (self, g_ptr_array_index (authors, i));
  bridge_casts_clear (self->casts);
  return G_SOURCE_REMOVE;
}

/* At the end of this turn when the last delivery is long enough ago, else as soon as it is. */
static void
schedule_delivery (BridgeRoom *self)
{
  int64_t due = self->casts_at + self->limits.cast_interval * 1000 - g_get_monotonic_time ();

  if (self->casts_source == 0)
    self->casts_source
        = g_timeout_add (due <= 0 ? 0 : (guint) ((due + 999) / 1000), deliver_casts, self);
}

void
bridge_room_cast (BridgeRoom *self, BridgeGuest *guest, const char *body)
{
  if (self->n_guests < 2)
    return;

  bridge_count (BRIDGE_COUNT_CASTS, 1);
  bridge_casts_add (self->casts, guest->member, body);
  if (bridge_casts_get_bytes (self->casts) >= MAX_CASTS_BYTES)
    {
      g_clear_handle_id (&self->casts_source, g_source_remove);
      deliver_casts (self);
    }
  else
    schedule_delivery (self);
}

/* To one member who is here; what waits for a slow reader is bounded by the connection. */
void
bridge_room_on_whisper (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack)
{
  const char *member = sio_args_get_string (args, 0);
  const char *body = sio_args_get_string (args, 1);
  BridgePerson *person;
  g_autoptr (SioArgs) out = NULL;

  if (sio_args_get_size (args) != 2 || member == NULL || body == NULL
      || g_str_equal (member, guest->member) || !board_body_is_valid (body, BOARD_MAX_CAST_BODY))
    {
      bridge_room_rebuff (self, guest, ack, BOARD_REFUSAL_BAD_REQUEST,
                          "A whisper is a member and a sealed body");
      return;
    }
  if (!bridge_guest_spend (guest, BRIDGE_BUDGET_CAST_BYTES, (int64_t) strlen (body)))
    {
      bridge_room_rebuff (self, guest, ack, BOARD_REFUSAL_TOO_FAST, "Slow down");
      return;
    }
  person = bridge_room_find (self, member);
  if (person == NULL || person->guest == NULL)
    {
      bridge_room_refuse (ack, BOARD_REFUSAL_UNAVAILABLE, "This member is not here");
      return;
    }

  bridge_count (BRIDGE_COUNT_WHISPERS, 1);
  out = sio_args_new ();
  sio_args_add_string (out, guest->member);
  sio_args_add_string (out, body);
  sio_socket_emit (person->guest->socket, BOARD_EVENT_WHISPER, out);
  bridge_room_agree (ack);
}

void
bridge_room_casts_init (BridgeRoom *self)
{
  self->casts = bridge_casts_new ();
}

void
bridge_room_casts_clear (BridgeRoom *self)
{
  g_clear_handle_id (&self->casts_source, g_source_remove);
  g_clear_pointer (&self->casts, bridge_casts_free);
}
