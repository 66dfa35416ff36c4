/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Moves a damaged board, with what SQLite keeps beside it, to the first PATH.damaged-N that is free:
 * nothing of a person's is ever thrown away. Returns where it is now (transfer full), or NULL and
 * DRAW_ERROR_DISK. */
char *draw_aside_move (const char *path, GError **error);

G_END_DECLS
