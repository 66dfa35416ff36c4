/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioClientAcks: the answers that one socket waits for, by ack id: each is a task that ends in the
 * answer, the time-out, the cancellable or the loss of the connection, whichever is first.
 */
typedef struct _SioClientAcks SioClientAcks;

/* The answer will not be waited for any more: what is still buffered need not be sent. */
typedef void (*SioClientAcksGoneFunc) (uint64_t id, gpointer user_data);

SioClientAcks *sio_client_acks_new (SioClientAcksGoneFunc gone, gpointer user_data);
void sio_client_acks_free (SioClientAcks *self);
uint64_t sio_client_acks_add (SioClientAcks *self, GTask *task, guint timeout_ms);
void sio_client_acks_set_sent (SioClientAcks *self, uint64_t id);
void sio_client_acks_answer (SioClientAcks *self, uint64_t id, SioArgs *args);
void sio_client_acks_fail (SioClientAcks *self, uint64_t id, GError *error);
void sio_client_acks_disconnect (SioClientAcks *self, gboolean buffered_too);

G_END_DECLS
