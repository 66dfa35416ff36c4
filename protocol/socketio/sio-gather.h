/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "engineio/eio-timers.h"
#include "socketio/sio-collector.h"

G_BEGIN_DECLS

/**
 * SioGather: a collector whose answers end in a task: when all have come, when one is missing and
 * the rest have come (SIO_ERROR_DISCONNECTED), when time is up (SIO_ERROR_TIMEOUT), or by the
 * task's cancellable. What has come is there in each case.
 */
typedef struct _SioGather SioGather;

/* task: transfer full. timeout_ms: above 0. */
SioGather *sio_gather_new (GTask *task, EioTimers *timers, guint timeout_ms);
SioGather *sio_gather_ref (SioGather *self);
void sio_gather_unref (SioGather *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioGather, sio_gather_unref)
/* Transfer full. When the last one goes and something is still missing, nothing more can come. */
SioCollector *sio_gather_new_collector (SioGather *self);
/* So many times clients are added; nothing is complete before. */
void sio_gather_set_n_servers (SioGather *self, guint n_servers);
/* error: transfer full. */
void sio_gather_fail (SioGather *self, GError *error);

/* For the task's _finish(). responses: (out) (optional) (transfer full) (element-type SioArgs), in
 * the order of their coming; also on failure. */
gboolean sio_gather_propagate (GTask *task, GPtrArray **responses, GError **error);

G_END_DECLS
