/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-overlay.h"
#include "board/board-document.h"

G_BEGIN_DECLS

/**
 * BoardMeetingView: how a document shows polls, dots and the timer: as the log says, and while
 * there are pending changes of them, a copy with those over it, made anew only when asked.
 */
typedef struct _BoardMeetingView BoardMeetingView;

/* All borrowed. */
BoardMeetingView *board_meeting_view_new (const char *member,
                                          BoardMeeting *confirmed,
                                          BoardOverlay *overlay,
                                          BoardDocument *document);
void board_meeting_view_free (BoardMeetingView *self);

/* An own change, on top of everything. */
void board_meeting_view_push (BoardMeetingView *self, const BoardChange *change);
/* Log or pending ops changed. */
void board_meeting_view_invalidate (BoardMeetingView *self);
/* A pending change has its place in the log as it was sent, below all others that are pending.
 * Whether anything that is shown may be different now. */
gboolean board_meeting_view_confirm (BoardMeetingView *self, const BoardChange *change);
/* Shows what is so. */
void board_meeting_view_ensure (BoardMeetingView *self);

G_END_DECLS
