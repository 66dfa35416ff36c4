/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-session.h"

G_BEGIN_DECLS

/**
 * DrawBoardState: tells scripts what a window shows: an action "board-state" whose state is a{sv}
 * with title (s)     "" = untitled hash (s)      of the visible state, 32 hex digits seq (t)
 * position of the last confirmed entry waiting (u)   own changes that the server has not
 * acknowledged share (s)     local, connecting, online, offline, refused role (s)      host,
 * editor, viewer elements (u)  visible elements members (u)   people who are here and nothing while
 * no board is shown. GtkApplication puts it on the session bus with the window's actions. It is
 * renewed at most ten times a second.
 */
#define DRAW_TYPE_BOARD_STATE (draw_board_state_get_type ())
G_DECLARE_FINAL_TYPE (DrawBoardState, draw_board_state, DRAW, BOARD_STATE, GObject)

DrawBoardState *draw_board_state_new (void);
/* The action, to be added to a window. Borrowed. */
GAction *draw_board_state_get_action (DrawBoardState *self);
/* Nullable. */
void draw_board_state_set_session (DrawBoardState *self, DrawSession *session);

G_END_DECLS
