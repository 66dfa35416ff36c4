/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * BoardMeeting: the polls, the ballot and the timer of a board. Borrowed from
 * board_document_get_meeting() and good until the board changes the next time; all that is handed
 * out is borrowed from it.
 */
typedef struct _BoardMeeting BoardMeeting;

/* Who asked, started, ...: a member id. time: ms since the epoch by the server's clock; 0 while it
 * is pending. */
typedef struct {
  const char *id;
  const char *member;
  int64_t time;
  const char *question;
  const char *const *options; /* terminated */
  guint n_options;
  gboolean many; /* each may choose several */
  gboolean closed;
  guint n_voters;
} BoardPoll;

/* Oldest first. */
guint board_meeting_get_n_polls (BoardMeeting *self);
void board_meeting_get_poll (BoardMeeting *self, guint i, BoardPoll *poll);
/* The number of the poll of that id, or -1. */
int board_meeting_find_poll (BoardMeeting *self, const char *id);
/* How many chose the option (from 0). */
guint board_meeting_count_votes (BoardMeeting *self, guint poll, guint option);
/* Whether the member chose it. */
gboolean board_meeting_has_vote (BoardMeeting *self, guint poll, const char *member, guint option);
/* Who chose it, in order of their ids. (element-type utf8) (transfer container) */
GPtrArray *board_meeting_list_voters (BoardMeeting *self, guint poll, guint option);

/* A round of putting dots on elements. */
typedef struct {
  const char *id;
  const char *member;
  int64_t time;
  guint each; /* dots that everybody has */
  gboolean closed;
} BoardBallot;

/* FALSE when there is none. */
gboolean board_meeting_get_ballot (BoardMeeting *self, BoardBallot *ballot);
/* All dots on the element. */
guint board_meeting_count_dots (BoardMeeting *self, const char *element);
/* The member's dots on the element; element NULL: on all elements together, the deleted too. */
guint board_meeting_get_dots (BoardMeeting *self, const char *element, const char *member);
/* Elements with dots, those with most first, then in order of ids; deleted ones are among them, as
 * they may come back with their dots. (element-type utf8) (transfer container) */
GPtrArray *board_meeting_list_dotted (BoardMeeting *self);

typedef struct {
  const char *member;
  int64_t time;     /* when it was set; what it runs from */
  int64_t duration; /* ms */
  gboolean paused;  /* stands at duration */
} BoardTimer;

/* FALSE when there is none. */
gboolean board_meeting_get_timer (BoardMeeting *self, BoardTimer *timer);
/* What is left of it at now (ms since the epoch by the server's clock): 0..duration. */
int64_t board_timer_get_left (const BoardTimer *timer, int64_t now);

G_END_DECLS
