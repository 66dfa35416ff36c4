/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <stdint.h>

#include "engineio/eio-timers.h"
#include "socketio/sio-collector.h"

G_BEGIN_DECLS

/**
 * SioPendingAcks: the answers that one socket waits for, by the id that went out. Each is a GTask
 * that returns a SioArgs, or SIO_ERROR_TIMEOUT, SIO_ERROR_DISCONNECTED, G_IO_ERROR_CANCELLED; or the
 * share of a broadcast, whose answers are collected. A task's callback may run inside of _resolve()
 * and what fails it, as GTask has it, when nothing is half done any more.
 */
typedef struct _SioPendingAcks SioPendingAcks;

/* Nobody waits for that answer any more, by time-out or cancellable: what was not sent need not be. */
typedef void (*SioPendingAcksGoneFunc) (uint64_t id, gpointer user_data);

SioPendingAcks *sio_pending_acks_new (EioTimers *timers);
/* Fails what is left. */
void sio_pending_acks_free (SioPendingAcks *self);
void sio_pending_acks_set_gone_func (SioPendingAcks *self,
                                     SioPendingAcksGoneFunc gone,
                                     gpointer user_data);

/* id: of the packet, not used before. task: transfer full. timeout_ms 0: none. */
void
sio_pending_acks_add (SioPendingAcks *self, uint64_t id, GTask *task, guint timeout_ms);
/* The same for a packet that is still buffered: no answer can come for it. */
void sio_pending_acks_add_unsent (SioPendingAcks *self,
                                  uint64_t id,
                                  GTask *task,
                                  guint timeout_ms);
/* It leaves now. */
void sio_pending_acks_set_sent (SioPendingAcks *self, uint64_t id);
/* The answer goes to the collector, which has a time-out of its own; this one forgets it. */
void sio_pending_acks_collect (SioPendingAcks *self,
                               uint64_t id,
                               SioCollector *collector,
                               guint timeout_ms);
/* The answer has come. Returns FALSE, and nothing happens, when nobody waits for that id. */
gboolean sio_pending_acks_resolve (SioPendingAcks *self, uint64_t id, SioArgs *args);
/* error: taken. Nothing happens when nobody waits for that id. */
void sio_pending_acks_fail (SioPendingAcks *self, uint64_t id, GError *error);
/* The connection is gone: SIO_ERROR_DISCONNECTED to those that were sent. */
void sio_pending_acks_fail_sent (SioPendingAcks *self);
/* The socket is gone: the same to all. */
void sio_pending_acks_fail_all (SioPendingAcks *self);
guint sio_pending_acks_get_size (SioPendingAcks *self);

G_END_DECLS
