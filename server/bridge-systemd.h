/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a service manager and its services say to each other (sd_listen_fds(3), sd_notify(3)): two
 * environment variables and a datagram, so no library is needed for it. */

/* The listening sockets that were passed to this process: (element-type GSocket), empty when none.
 * Taken once: the variables are gone afterwards. Errors: G_IO_ERROR, a descriptor that is no
 * listening TCP socket. Transfer full. */
GPtrArray *bridge_systemd_take_sockets (GError **error);
/* "READY=1", "STOPPING=1": lost when nobody listens. */
void bridge_systemd_notify (const char *state);

G_END_DECLS
