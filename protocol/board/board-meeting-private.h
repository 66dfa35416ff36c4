/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-change.h"
#include "board-hash.h"
#include "board/board-meeting.h"

G_BEGIN_DECLS

/* Counted, so that a document can show the confirmed one itself while nothing is pending. */
BoardMeeting *board_meeting_new (void);
BoardMeeting *board_meeting_ref (BoardMeeting *self);
void board_meeting_unref (BoardMeeting *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardMeeting, board_meeting_unref)
/* One that may be changed apart. */
BoardMeeting *board_meeting_copy (BoardMeeting *self);

/* FALSE when the change is skipped: beyond a limit, of something that is not there or is closed. */
gboolean board_meeting_apply (BoardMeeting *self,
                              const char *member,
                              int64_t time,
                              const BoardChange *change);
BoardHash board_meeting_get_hash (BoardMeeting *self);

typedef void (*BoardMeetingFunc) (GString *out,
                                  const char *member,
                                  int64_t time,
                                  const BoardChange *change);
/* The changes that make such a meeting of an empty one, in a canonical order. */
void board_meeting_foreach (BoardMeeting *self, BoardMeetingFunc func, GString *out);

/* All of it, a JSON array a line in a canonical order: equal meetings have equal texts. */
void board_meeting_append (GString *out, BoardMeeting *self);

G_END_DECLS
