/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What another server may say: as a broadcast, and as a request or a response. What is accepted is
 * written and read again, and has to be the same. */
#include <stdint.h>

#include "socketio/redis/sio-redis-wire.h"
#include "socketio/sio-args-private.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_round_trip (const SioRedisBroadcast *broadcast)
{
  g_autoptr (GBytes) message = sio_redis_write_broadcast (
      "writer", "/", &broadcast->target.selection, broadcast->event, broadcast->args);
  g_auto (SioRedisBroadcast) again = { 0 };

  g_assert_true (sio_redis_broadcast_read (&again, message, "reader", "/"));
  g_assert_cmpstr (again.event, ==, broadcast->event);
  g_assert_cmpstr (sio_args_get_json (again.args), ==, sio_args_get_json (broadcast->args));
  for (guint i = 0; i < sio_args_get_n_attachments (again.args); i++)
    g_assert_true (g_bytes_equal (sio_args_get_attachment (again.args, i),
                                  sio_args_get_attachment (broadcast->args, i)));
}

static void
read_everything (const SioRedisMessage *message)
{
  g_auto (SioRedisTarget) target = { 0 };
  g_autoptr (SioArgs) value = sio_redis_message_get_value (message, "packet");
  g_autofree char *room = sio_redis_message_dup_name (message, "room");
  g_auto (GStrv) rooms = sio_redis_message_dup_names (message, "rooms");
  g_autofree char *event = NULL;
  g_autoptr (SioArgs) args = NULL;

  g_assert_nonnull (sio_args_get_node (value, 0));
  sio_redis_message_get_target (message, &target);
  sio_redis_message_get_boolean (message, "close");
  sio_redis_message_get_count (message, "clientCount");
  if (!sio_redis_message_get_event (message, TRUE, &event, &args))
    sio_redis_message_get_event (message, FALSE, &event, &args);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_auto (SioRedisBroadcast) broadcast = { 0 };
  g_auto (SioRedisMessage) message = { 0 };

  if (sio_redis_broadcast_read (&broadcast, bytes, "reader", "/"))
    check_round_trip (&broadcast);
  if (sio_redis_message_read (&message, bytes))
    read_everything (&message);
  return 0;
}
