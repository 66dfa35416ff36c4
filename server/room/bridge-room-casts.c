/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
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
        = g_timeout_add (due <= 0 ? 0 : (guint)((due + 999) / 1000), deliver_casts, self);
}

void
bridge_room_cast (BridgeRoom *self, BridgeGuest *guest, const char *body)
{
  if (self->n_guests < 2)
    return;

  bridge_casts_add (self->casts, guest->member, body);
  if (bridge_casts_get_bytes (self->casts) >= MAX_CASTS_BYTES)
    {
      g_clear_handle_id (&self->casts_source, g_source_remove);
      deliver_casts (self);
    }
  else
    schedule_delivery (self);
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
