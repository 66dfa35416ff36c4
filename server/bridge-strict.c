/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bridge-strict.h"

/* Nine digits: no connection lives to ask more often. */
#define MAX_ACK_ID 999999999
/* Milliseconds. Boards have no attachments at all; a server that allows some waits no longer. */
#define ATTACHMENT_TIMEOUT 10000

void
bridge_strict_apply (SioServer *sio)
{
  g_return_if_fail (SIO_IS_SERVER (sio));

  g_object_set (sio, "max-namespaces", 4, "max-attachments", 0, "attachment-timeout",
                ATTACHMENT_TIMEOUT, "max-ack-id", (guint64) MAX_ACK_ID, "max-auth", 4096,
                "max-namespace-name", 64, "max-event-name", 32, "max-depth", 16, "max-values", 256,
                "max-members", 32, "unique-keys", TRUE, "plain-names", TRUE, "numeric-events",
                FALSE, NULL);
}
