/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-session.h"

G_BEGIN_DECLS

/* Private words to somebody who is here: sealed for the two, stored nowhere. text: 1..BOARD_MAX_CHAT
 * characters. Errors: DRAW_ERROR_REFUSED (that member is not here), _SERVER, _TOO_LARGE. */
void draw_session_whisper_async (DrawSession *self, const char *member, const char *text,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean draw_session_whisper_finish (DrawSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
