/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-session.h"

G_BEGIN_DECLS

/* Brings the board to the companion server whose data directory that is, and which runs: with its whole log, so with its
 * messages, votes and who drew what. It is the same board there, at the same position, and this member its host; whoever
 * was on it goes on from where they are, once they have a link to the new place, and brings the pictures that they have; "trouble"
 * tells how many are missing here. That is for boards whose server is
 * gone: one that goes on at two places becomes two. draw_session_share_async() connects to it then.
 *
 * Nothing happens, and it is no error, where there is nothing to bring: the board was never shared, nothing of it was ever
 * confirmed, or that server has it. Errors: DRAW_ERROR_DAMAGED: this computer has not the whole log, as the board was joined late; DRAW_ERROR_SERVER,
 * DRAW_ERROR_DISK, G_IO_ERROR_CANCELLED. */
void draw_session_move_async (DrawSession *self, const char *data_dir, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
gboolean draw_session_move_finish (DrawSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
