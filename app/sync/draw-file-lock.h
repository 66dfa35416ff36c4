/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The right to have a file open, held by one journal on the whole computer; given back by the kernel
 * when the process dies. It is a lock file PATH.lock beside the board, not a lock on the board itself,
 * so that Home can still read what the board is called. */
typedef struct _DrawFileLock DrawFileLock;

/* Errors: DRAW_ERROR_BUSY when somebody has it, DRAW_ERROR_DISK. */
DrawFileLock *draw_file_lock_take (const char *path, GError **error);
void draw_file_lock_release (DrawFileLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawFileLock, draw_file_lock_release)

G_END_DECLS
