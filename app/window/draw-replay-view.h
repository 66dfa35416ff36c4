/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "canvas/draw-canvas.h"
#include "sync/draw-session.h"

G_BEGIN_DECLS

/**
 * DrawReplayView: a board as it was, with a bar to go through its log. It has a sheet of its own; the
 * board itself and its session go on beneath it, untouched.
 *
 * Signals:
 *   "left" ()                   the person is done with it
 *   "trouble" (GError *error)   the log cannot be read
 */
#define DRAW_TYPE_REPLAY_VIEW (draw_replay_view_get_type ())
G_DECLARE_FINAL_TYPE (DrawReplayView, draw_replay_view, DRAW, REPLAY_VIEW, GtkWidget)

DrawReplayView *draw_replay_view_new (void);
/* Reads the session's log and shows its end. canvas: the board's: the view of it is taken over. only:
 * (nullable): the member whose things alone are shown; element: (nullable): begin with the moment before
 * it was put there. To be called once. */
void draw_replay_view_start (DrawReplayView *self,
                             DrawSession *session,
                             DrawCanvas *canvas,
                             DrawImages *images,
                             const char *only,
                             const char *element);
/* Borrowed. */
DrawCanvas *draw_replay_view_get_canvas (DrawReplayView *self);

G_END_DECLS
