/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-replay.h"
#include "sync/draw-session.h"

G_BEGIN_DECLS

/* How far it is, 0..1; in the main context, and never after the callback was called. */
typedef void (*DrawReplayProgressFunc) (double fraction, gpointer user_data);

/* Makes a replay of the board's log as it is now, with own ops that are not in it yet at its end. Nothing of
 * the session changes, and it goes on meanwhile. The log is read from the board's file; what is not there,
 * as the board was joined later, is asked of the server; when that cannot be had either, the replay
 * begins where the file does.
 * Errors: DRAW_ERROR_DAMAGED, _DISK; G_IO_ERROR_CANCELLED. */
void draw_session_read_replay_async (DrawSession *self, GCancellable *cancellable,
                                     DrawReplayProgressFunc progress, GAsyncReadyCallback callback,
                                     gpointer user_data);
/* whole: (out): it begins with the board. Transfer full. */
BoardReplay *draw_session_read_replay_finish (DrawSession *self, GAsyncResult *result, gboolean *whole,
                                              GError **error);

G_END_DECLS
