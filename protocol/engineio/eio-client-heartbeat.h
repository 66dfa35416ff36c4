/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EioClientHeartbeat: notices that the server's pings have stopped. Time that the computer slept
 * counts: the deadline is on CLOCK_BOOTTIME, which GLib's timers do not follow.
 */
typedef struct _EioClientHeartbeat EioClientHeartbeat;

EioClientHeartbeat *
eio_client_heartbeat_new (guint64 timeout_ms, GSourceOnceFunc missed, gpointer user_data);
void eio_client_heartbeat_free (EioClientHeartbeat *self);
void eio_client_heartbeat_beat (EioClientHeartbeat *self);
gboolean eio_client_heartbeat_is_overdue (EioClientHeartbeat *self);

/* For tests: milliseconds of a clock in place of the computer's; NULL: the computer's again. */
typedef int64_t (*EioClientClock) (void);
void eio_client_heartbeat_set_clock (EioClientClock clock);

G_END_DECLS
