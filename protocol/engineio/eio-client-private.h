/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-client-config.h"
#include "engineio/eio-client.h"

G_BEGIN_DECLS

/* A client that does nothing yet. config: copied. prefer_websocket: whether that is tried first. */
EioClient *eio_client_new_with_config (GUri *uri,
                                       const EioClientConfig *config,
                                       guint open_timeout_ms,
                                       gboolean prefer_websocket);

G_END_DECLS
