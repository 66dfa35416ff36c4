/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * Peer: another program that a test talks to: a server in another language. It prints "ready PORT"
 * and ends when its standard input does.
 */
typedef struct _Peer Peer;

/* Whether there is node and its packages are installed (which this does at its first call); prints
 * a TAP skip when node or npm is missing. */
gboolean peer_prepare_node (void);
/* Whether there is a Python with socketio; prints a TAP skip when there is none. */
gboolean peer_prepare_python (void);

/* script: in the source folder of the tests. options: JSON members without braces, or NULL. */
Peer *peer_new_node (const char *script, const char *options);
Peer *peer_new_python (const char *script);
guint peer_get_port (Peer *self);
/* Kills it and waits for its end. */
void peer_free (Peer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Peer, peer_free)

G_END_DECLS
