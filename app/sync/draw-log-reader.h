/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-journal.h"

G_BEGIN_DECLS

/* Who takes a log, entry by entry. begin: from the first entry on, once more perhaps. */
typedef struct {
  void (*begin) (gpointer user_data);
  gboolean (*entry) (uint64_t seq, const char *member, uint64_t counter, int64_t time_ms, const char *text,
                     gpointer user_data, GError **error);
} DrawLogTaker;

/* Reads the whole log in a board's file, for a thread: beside whoever has it open, and at least up to position end,
 * which is on its way to the disk. Errors: DRAW_ERROR_DAMAGED: it is not whole, as the board was joined through a
 * snapshot; DRAW_ERROR_DISK: it does not get there; those of taker->entry. */
gboolean draw_log_read_whole (const char *path, uint64_t end, const DrawLogTaker *taker, gpointer user_data,
                              GError **error);

G_END_DECLS
