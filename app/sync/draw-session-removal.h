/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-session.h"

G_BEGIN_DECLS

/* Takes back all that a member did to the board (board-rollback.h), as own ops that the own undo brings back:
 * what the member drew goes, what the member deleted comes back, and what the member changed is as before, where nobody
 * has changed it since. It goes by the log in the board's file. Where that does not reach back to the beginning, since
 * the board was joined through a snapshot, only what the member drew goes.
 * Errors: those of draw_session_submit(); G_IO_ERROR_CANCELLED. */
void draw_session_roll_back_member_async (DrawSession *self, const char *member, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
/* n: (out): how many changes that took. */
gboolean draw_session_roll_back_member_finish (DrawSession *self, GAsyncResult *result, guint *n,
                                               GError **error);

G_END_DECLS
