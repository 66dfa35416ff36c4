/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-meeting-view.h"

#include "board-document-private.h"

struct _BoardMeetingView {
  const char *member;
  BoardMeeting *confirmed;
  BoardOverlay *overlay;
  BoardDocument *document;
  gboolean stale;
};

BoardMeetingView *
board_meeting_view_new (const char *member,
                        BoardMeeting *confirmed,
                        BoardOverlay *overlay,
                        BoardDocument *document)
{
  BoardMeetingView *self = g_new0 (BoardMeetingView, 1);

  self->member = member;
  self->confirmed = confirmed;
  self->overlay = overlay;
  self->document = document;
  board_document_show_meeting (document, confirmed);
  return self;
}

void
board_meeting_view_free (BoardMeetingView *self)
{
  g_free (self);
}

void
board_meeting_view_push (BoardMeetingView *self, const BoardChange *change)
{
  if (self->stale)
    return;
  if (board_document_get_meeting (self->document) == self->confirmed)
    {
      g_autoptr (BoardMeeting) copy = board_meeting_copy (self->confirmed);

      board_document_show_meeting (self->document, copy);
    }
  board_meeting_apply (board_document_get_meeting (self->document), self->member, 0, change);
}

void
board_meeting_view_invalidate (BoardMeetingView *self)
{
  self->stale = TRUE;
}

gboolean
board_meeting_view_confirm (BoardMeetingView *self, const BoardChange *change)
{
  /* What begins has a time now. The last one leaves nothing pending: the copy can go. */
  if (change->type != BOARD_CHANGE_POLL && change->type != BOARD_CHANGE_BALLOT
      && change->type != BOARD_CHANGE_TIMER && board_overlay_has_meetings (self->overlay))
    return FALSE;
  self->stale = TRUE;
  return TRUE;
}

void
board_meeting_view_ensure (BoardMeetingView *self)
{
  g_autoptr (BoardMeeting) shown = NULL;

  if (!self->stale)
    return;
  self->stale = FALSE;
  if (!board_overlay_has_meetings (self->overlay))
    {
      board_document_show_meeting (self->document, self->confirmed);
      return;
    }
  shown = board_meeting_copy (self->confirmed);
  board_overlay_fold_meetings (self->overlay, shown, self->member);
  board_document_show_meeting (self->document, shown);
}
