/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What @socket.io/redis-adapter calls them. */
#define SIO_REDIS_UID_LENGTH 6

/**
 * SioRedisChannels: of one server and one namespace.
 * @uid: the server's name in this namespace
 * @broadcast: for events; followed by ROOM and # for one room
 * @broadcast_pattern: all of these
 * @request: for requests of any server
 * @response: for answers to any server
 * @own_response: for answers to this server, from those that are told to use it
 */
typedef struct {
  char uid[SIO_REDIS_UID_LENGTH + 1];
  char *broadcast;
  char *broadcast_pattern;
  char *request;
  char *response;
  char *own_response;
} SioRedisChannels;

void sio_redis_channels_init (SioRedisChannels *self, const char *key, const char *nsp);
void sio_redis_channels_clear (SioRedisChannels *self);
/* The channel for those rooms: of the one, or of all. rooms: nullable. */
char *sio_redis_channels_dup_broadcast (const SioRedisChannels *self, const char *const *rooms);
/* NULL: it is none of these. Empty: of no single room. */
char *sio_redis_channels_dup_room (const SioRedisChannels *self, const char *channel);
/* Letters and digits; for requests, too. */
void sio_redis_make_uid (char uid[SIO_REDIS_UID_LENGTH + 1]);

G_END_DECLS
