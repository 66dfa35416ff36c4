/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How a peer is called: its numeric IP address, "local" when it has none. */
char *eio_address_dup (GSocketAddress *address);

G_END_DECLS
