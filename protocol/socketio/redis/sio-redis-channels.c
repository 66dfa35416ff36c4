/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/redis/sio-redis-channels.h"

#include <string.h>

void
sio_redis_make_uid (char uid[SIO_REDIS_UID_LENGTH + 1])
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  for (guint i = 0; i < SIO_REDIS_UID_LENGTH; i++)
    uid[i] = letters[g_random_int_range (0, sizeof letters - 1)];
  uid[SIO_REDIS_UID_LENGTH] = '\0';
}

/* The reference escapes nothing, and then looks whether a channel begins as it should. */
static char *
escape_pattern (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (strchr ("*?[]^\\", *text) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *text);
    }
  g_string_append_c (out, '*');
  return g_string_free (out, FALSE);
}

void
sio_redis_channels_init (SioRedisChannels *self, const char *key, const char *nsp)
{
  sio_redis_make_uid (self->uid);
  self->broadcast = g_strdup_printf ("%s#%s#", key, nsp);
  self->broadcast_pattern = escape_pattern (self->broadcast);
  self->request = g_strdup_printf ("%s-request#%s#", key, nsp);
  self->response = g_strdup_printf ("%s-response#%s#", key, nsp);
  self->own_response = g_strdup_printf ("%s%s#", self->response, self->uid);
}

void
sio_redis_channels_clear (SioRedisChannels *self)
{
  g_clear_pointer (&self->broadcast, g_free);
  g_clear_pointer (&self->broadcast_pattern, g_free);
  g_clear_pointer (&self->request, g_free);
  g_clear_pointer (&self->response, g_free);
  g_clear_pointer (&self->own_response, g_free);
}

char *
sio_redis_channels_dup_broadcast (const SioRedisChannels *self, const char *const *rooms)
{
  if (rooms == NULL || rooms[0] == NULL || rooms[1] != NULL)
    return g_strdup (self->broadcast);
  return g_strdup_printf ("%s%s#", self->broadcast, rooms[0]);
}

char *
sio_redis_channels_dup_room (const SioRedisChannels *self, const char *channel)
{
  gsize prefix = strlen (self->broadcast);
  gsize length = strlen (channel);

  if (!g_str_has_prefix (channel, self->broadcast))
    return NULL;
  return g_strndup (channel + prefix, length > prefix ? length - prefix - 1 : 0);
}
