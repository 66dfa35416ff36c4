/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "board/board-link.h"
#include "sync/draw-obstacle.h"

G_BEGIN_DECLS

/* Asks the link's server how it is (GET /healthz), to learn why it cannot be reached: nothing of the
 * link but its address is sent. Takes at most 8 s. */
void draw_probe_async (const BoardLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data);
/* DRAW_OBSTACLE_NONE: it answers as a Drawbridge server does. The error is G_IO_ERROR_CANCELLED alone:
 * whatever else goes wrong is the result. */
DrawObstacle draw_probe_finish (GAsyncResult *result, GError **error);

G_END_DECLS
