/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Takes the lock file "lock" of a directory, so that two servers never write one store. Returns its
 * descriptor, to be closed when the store is; -1 and an error (BRIDGE_STORE_ERROR_OPEN) when
 * another process has it or the file cannot be made. The kernel drops the lock of a process that
 * was killed. */
int bridge_lock_take (const char *directory, GError **error);

G_END_DECLS
