/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-namespace.h"

G_BEGIN_DECLS

/* A middleware as it was registered. */
typedef struct
{
  SioMiddlewareFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} SioMiddleware;

/* Asks middleware i of the chain, and those behind it; beyond the last, accepts the socket. chain:
 * (element-type SioMiddleware), not changed any more by its owner. */
void sio_next_run (SioNamespace *nsp, SioSocket *socket, GPtrArray *chain, guint i);

G_END_DECLS
