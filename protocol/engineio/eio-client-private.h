/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-client-config.h"
#include "engineio/eio-client-queue.h"
#include "engineio/eio-client.h"

G_BEGIN_DECLS

/* A client that does nothing yet. config: copied. prefer_websocket: whether that is tried first. */
EioClient *eio_client_new_with_config (GUri *uri,
                                       const EioClientConfig *config,
                                       guint open_timeout_ms,
                                       gboolean prefer_websocket);
/* A text and what follows it, which may be dropped together while no transport has taken the text. Nothing
 * happens unless the session is open. */
void eio_client_send_marked (EioClient *self,
                             GBytes *utf8,
                             GBytes *const *attachments,
                             const EioClientMark *mark);
/* eio_client_queue_drop_oldest(). */
gboolean eio_client_drop_oldest (EioClient *self, gconstpointer owner, int64_t *tag);
/* Bytes of all that was given to send and was not dropped. */
uint64_t eio_client_get_given (EioClient *self);

G_END_DECLS
