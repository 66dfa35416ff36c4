/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-reactor.h"
#include "engineio/eio-request.h"
#include "engineio/eio-timers.h"

G_BEGIN_DECLS

/* @message: to be answered now; NULL: the client has gone. @refusal: (nullable): of EIO_ERROR; NULL: allowed.
 * @status: of a refusal. */
typedef void (*EioDecidedFunc) (EioRequest *request,
                                SoupServerMessage *message,
                                const GError *refusal,
                                guint status,
                                gpointer user_data);

/* @decided: called once, from eio_request_wait() or later, unless it is abandoned. */
EioRequest *eio_request_new (SoupServerMessage *message, EioDecidedFunc decided, gpointer user_data);
/* Whoever decides has been asked. TRUE: and will answer later. */
gboolean
eio_request_wait (EioRequest *self, EioReactor *reactor, EioTimers *timers, guint timeout_ms);
/* Nobody decides any more: the server ends. Answers it. */
void eio_request_abandon (EioRequest *self);

G_END_DECLS
