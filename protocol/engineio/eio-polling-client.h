/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-client-transport.h"

G_BEGIN_DECLS

/**
 * EioPollingClient: packets over HTTP: one GET that waits for what the server has, at most one POST
 * beside it.
 *
 * Signals: "paused" ()
 */
#define EIO_TYPE_POLLING_CLIENT (eio_polling_client_get_type ())
G_DECLARE_FINAL_TYPE (EioPollingClient, eio_polling_client, EIO, POLLING_CLIENT, EioClientTransport)

EioClientTransport *eio_polling_client_new (EioClientTarget *target);
void eio_polling_client_pause (EioPollingClient *self);
void eio_polling_client_resume (EioPollingClient *self);

G_END_DECLS
