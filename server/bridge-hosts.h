/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The names under which this computer may be asked for: the loopback names, its addresses and its
 * host name when it listens beyond loopback, and what was configured. In the form of a Host header
 * without port (IPv6 in brackets). Addresses are those of now. Transfer full, strv. */
char **bridge_hosts_list (gboolean beyond_loopback, const char *const *configured);

G_END_DECLS
