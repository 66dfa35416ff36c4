/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-session.h"

G_BEGIN_DECLS

/* When somebody put an element on the board and when it was changed last, ms since the epoch by the server's
 * clock; 0: it is not in the log that is on this computer, or not in any yet. */
typedef struct {
  int64_t drawn;
  int64_t changed;
} DrawTrace;

/* Looks it up in the board's file, in a thread. element: an id. Errors: DRAW_ERROR_DAMAGED, _DISK;
 * G_IO_ERROR_CANCELLED. */
void draw_session_trace_async (DrawSession *self, const char *element, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
gboolean draw_session_trace_finish (DrawSession *self, GAsyncResult *result, DrawTrace *trace,
                                    GError **error);

G_END_DECLS
