/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "room/bridge-lobby.h"

G_BEGIN_DECLS

#define BRIDGE_ADMIN_MAX_QUESTION 8192 /* bytes */

/**
 * BridgeAdmin: what the operator may ask of a running server, wherever the question comes from:
 * bridge-admin-socket.h, bridge-admin-namespace.h. They have made sure who asks.
 *
 * A question is {"command":name,"arguments":[text, ...]}, an answer {"rows":[{...}, ...]} or
 * {"error":text}. The commands are a table in bridge-admin.c.
 */
typedef struct _BridgeAdmin BridgeAdmin;

/* answer: JSON, or NULL: the server ended before there was one. */
typedef void (*BridgeAdminFunc) (const char *answer, gpointer user_data);

BridgeAdmin *bridge_admin_new (BridgeStore *store, BridgeBlobs *blobs, BridgeLobby *lobby);
/* What is under way is answered with NULL when its time comes. */
void bridge_admin_free (BridgeAdmin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeAdmin, bridge_admin_free)

/* func is called once, perhaps at once. */
void bridge_admin_ask (BridgeAdmin *self,
                       const char *text,
                       gsize length,
                       BridgeAdminFunc func,
                       gpointer user_data);
/* Name, arguments and meaning of each command, a line each: for --help. Transfer full. */
char *bridge_admin_dup_help (void);

G_END_DECLS
