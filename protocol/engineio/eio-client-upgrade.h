/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-polling-client.h"

G_BEGIN_DECLS

/**
 * EioClientUpgrade: a try to move a session from polling to a websocket (Engine.IO protocol,
 * "Upgrade"). Whatever fails, the session goes on over polling.
 *
 * Signals:
 *   "done" (EioClientTransport *websocket)   once, last: the transport to use from now on, polling
 *                                            is paused for good; NULL when the try has failed
 */
#define EIO_TYPE_CLIENT_UPGRADE (eio_client_upgrade_get_type ())
G_DECLARE_FINAL_TYPE (EioClientUpgrade, eio_client_upgrade, EIO, CLIENT_UPGRADE, GObject)

EioClientUpgrade *eio_client_upgrade_new (EioPollingClient *polling);
void eio_client_upgrade_start (EioClientUpgrade *self, guint timeout_ms);
void eio_client_upgrade_cancel (EioClientUpgrade *self);

G_END_DECLS
