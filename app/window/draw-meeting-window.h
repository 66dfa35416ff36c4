/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sync/draw-session.h"

G_BEGIN_DECLS

/**
 * DrawMeetingWindow: the timer, the polls and the dots of a board. It changes nothing itself.
 *
 * Signals:
 *   "submit" (BoardOp *op)
 *   "dot" (int count)                  put so many more dots on what is selected; negative: take back
 *   "show-element" (const char *id)    where it is
 */
#define DRAW_TYPE_MEETING_WINDOW (draw_meeting_window_get_type ())
G_DECLARE_FINAL_TYPE (DrawMeetingWindow, draw_meeting_window, DRAW, MEETING_WINDOW, AdwWindow)

DrawMeetingWindow *draw_meeting_window_new (DrawSession *session);

/* "4:05". Transfer full. */
char *draw_meeting_clock (int64_t ms);

G_END_DECLS
