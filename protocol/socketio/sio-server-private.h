/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-timers.h"
#include "socketio/sio-packet.h"
#include "socketio/sio-parents.h"
#include "socketio/sio-recovery.h"
#include "socketio/sio-server.h"
#include "socketio/sio-session.h"

G_BEGIN_DECLS

/* What sessions have to know. */
typedef struct
{
  SioPacketLimits packets;
  guint max_namespaces;
  guint max_auth;           /* bytes of a CONNECT packet; 0 = no limit of its own */
  guint connect_timeout;    /* ms */
  guint attachment_timeout; /* ms between two messages of one packet; 0 = none */
  SioOverflow overflow;
  SioRecoveryLimits recovery;
  gboolean recovery_skips_middlewares;
} SioServerLimits;

const SioServerLimits *sio_server_get_limits (SioServer *self);
EioTimers *sio_server_get_timers (SioServer *self);
/* NULL when there is none of that name. Borrowed. */
SioNamespace *sio_server_lookup (SioServer *self, const char *name);
const char *sio_server_get_path (SioServer *self);
/* What makes namespaces. Borrowed. */
SioParents *sio_server_get_parents (SioServer *self);
/* The namespace of that name, made if there is room for one more child. Borrowed, or NULL. */
SioNamespace *sio_server_ensure_child (SioServer *self, SioNamespace *parent, const char *name);
/* Nobody is in it any more. */
void sio_server_child_emptied (SioServer *self, SioNamespace *child);
void sio_server_forget (SioServer *self, SioSession *session);

G_END_DECLS
