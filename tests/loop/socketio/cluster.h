/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A Redis server of one's own, and Socket.IO servers that share it. Clients tell a server what to do
 * by events, in the same words here and in tests/interop/redis-server.cjs. */
#pragma once

#include "socketio/redis/sio-redis-adapter.h"

G_BEGIN_DECLS

typedef struct {
  GSubprocess *process; /* nullable: not running */
  char *folder;
  char *socket;   /* path; NULL: it listens on a port */
  char *pem;      /* path; nullable */
  GTlsDatabase *database; /* nullable */
  guint n_starts;
  char *password; /* nullable */
  char *uri;
} RedisServer;

/* Whether redis-server is installed; prints a TAP skip when it is not. */
gboolean redis_server_is_there (void);
/* Only on a unix socket, nothing is kept. password: nullable. */
RedisServer *redis_server_new (const char *password);
/* On a port of loopback, over TLS if wanted; only for the user "tester" with the password "secret". */
RedisServer *redis_server_new_tcp (gboolean tls);
/* What its certificate is judged by. */
GTlsDatabase *redis_server_get_database (RedisServer *self);
void redis_server_start (RedisServer *self);
void redis_server_stop (RedisServer *self);
void redis_server_free (RedisServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RedisServer, redis_server_free)

typedef struct {
  SioRedis *redis;
  SioServer *server;
  SioNamespace *nsp; /* "/" */
  guint port;
} ClusterNode;

/* Waits until it is part of the cluster. */
ClusterNode *cluster_node_new (const char *uri);
/* database: nullable. */
ClusterNode *cluster_node_new_tls (const char *uri, GTlsDatabase *database);
void cluster_node_free (ClusterNode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClusterNode, cluster_node_free)

/* What two servers, whoever wrote them, have to do with each other: first_port and second_port are
 * where their clients go. */
void cluster_check_broadcast (guint first_port, guint second_port);
void cluster_check_compression (guint first_port, guint second_port);
void cluster_check_binary (guint first_port, guint second_port);
void cluster_check_acks (guint first_port, guint second_port);
void cluster_check_fetch (guint first_port, guint second_port);
void cluster_check_remote_rooms (guint first_port, guint second_port);
void cluster_check_server_events (guint first_port, guint second_port);

G_END_DECLS
