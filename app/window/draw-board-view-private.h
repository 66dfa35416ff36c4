/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tools/draw-style.h"
#include "tools/draw-tools.h"
#include "widgets/draw-narrow-bin.h"
#include "window/draw-board-images.h"
#include "window/draw-board-title.h"
#include "window/draw-board-view.h"
#include "window/draw-chat-panel.h"
#include "window/draw-drag-handle.h"
#include "window/draw-follow.h"
#include "window/draw-library-panel.h"
#include "window/draw-live-layer.h"
#include "window/draw-people-actions.h"
#include "window/draw-map-corner.h"
#include "window/draw-people-button.h"
#include "window/draw-replay-view.h"
#include "window/draw-state-bar.h"
#include "window/draw-tool-bar.h"
#include "window/draw-zoom-bar.h"

G_BEGIN_DECLS

typedef enum
{
  TOOL_SELECT,
  TOOL_LASSO,
  TOOL_HAND,
  TOOL_PEN,
  TOOL_HIGHLIGHTER,
  TOOL_ERASER,
  TOOL_PART_ERASER,
  TOOL_RECTANGLE,
  TOOL_DIAMOND,
  TOOL_ELLIPSE,
  TOOL_ARROW,
  TOOL_LINE,
  TOOL_TEXT,
  TOOL_NOTE,
  TOOL_FRAME,
  TOOL_LASER,
  N_TOOLS
} DrawToolIndex;

/* Shared by draw-board-view.c (the widget) and draw-board-view-session.c (the session in it). */
struct _DrawBoardView
{
  GtkWidget parent_instance;

  /* template */
  DrawNarrowBin *bin;
  DrawBoardTitle *title;
  GtkWidget *home_button;
  GtkWidget *history;
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  DrawPeopleButton *people;
  GtkWidget *library_button;
  GtkWidget *share_button;
  GtkWidget *chat_button;
  GtkLabel *unread_dot;
  GtkWidget *menu_button;
  DrawStateBar *state_bar;
  AdwFlap *flap;
  GtkStack *side;
  DrawCanvas *canvas;
  DrawToolBar *tool_bar;
  DrawZoomBar *zoom_bar;
  DrawDragHandle *drag_handle;
  DrawMapCorner *map_corner;
  DrawLiveLayer *live;
  GtkWidget *follow_chip;
  GtkLabel *follow_label;
  GtkWidget *follow_stop;
  GtkLabel *timer_label;
  DrawChatPanel *chat;
  DrawLibraryPanel *library;

  /* borrowed from the application, which outlives every window */
  DrawHosting *hosting;

  /* owned */
  DrawTool *tools[N_TOOLS];
  DrawPeopleActions *people_actions;
  DrawFollow *follow;
  DrawReplayView *replay; /* borrowed from its parent, while the past is shown; or NULL */
  GSimpleActionGroup *live_actions;
  guint n_polls;  /* polls of which was told */
  guint timer_id; /* while the timer of the meeting runs */
  GHashTable *hands; /* ids of those whose raised hand was told */
  char *spotlight;   /* whose pointer everybody is to look at: a member's id, "" is this person; or NULL */
  guint away_id; /* the window is left for a while, or 0 */
  DrawToolIndex tool;
  gboolean tool_locked; /* stays in hand after it made its thing */
  DrawStyle *style;        /* of what is made next; shared by all tools but */
  DrawStyle *marker_style; /* the highlighter, which has one of its own */
  GSignalGroup *session;
  DrawBoardImages *images;
  DrawBoardFacts facts;
  guint n_read;        /* chat messages that were in sight */
  guint n_told;        /* chat messages of which a mention was told */
  guint n_unread_whispers;
  guint countdown_id;  /* renews "in 3 s" every second, or 0 */
  guint saving_id;     /* tells of a slow server, or 0 */
  gboolean saving;     /* changes have been on their way for long enough to be told */
  gboolean was_online; /* this session said hello before */
  gboolean opening;    /* there is no session yet, but there will be */
};

/* draw-board-view-style.c: what things look like */
void draw_board_view_init_style (DrawBoardView *self);
/* What is in hand, selected or shown may be another now. */
void draw_board_view_update_style (DrawBoardView *self);

/* draw-board-view-session.c */
void draw_board_view_init_session (DrawBoardView *self);
void draw_board_view_dispose_session (DrawBoardView *self);
/* Everything that shows the state of the session, from its facts. */
void draw_board_view_update (DrawBoardView *self);
void draw_board_view_submit (DrawBoardView *self, BoardOp *op);

/* draw-board-view-side.c: what is beside the board */
#define DRAW_SIDE_CHAT "chat"
#define DRAW_SIDE_LIBRARY "library"

void draw_board_view_class_bind_side (GtkWidgetClass *widget_class);
gboolean draw_board_view_shows_side (DrawBoardView *self, const char *page);
/* In place of the other. */
void draw_board_view_show_side (DrawBoardView *self, const char *page, gboolean show);

/* draw-board-view-chat.c */
void draw_board_view_class_bind_chat (GtkWidgetClass *widget_class);
void draw_board_view_init_chat (DrawBoardView *self);
void draw_board_view_mark_read (DrawBoardView *self);
/* The talk changed. */
void draw_board_view_update_chat (DrawBoardView *self);
void draw_board_view_begin_whisper (DrawBoardView *self, const char *id);

/* draw-board-view-live.c */
void draw_board_view_init_live (DrawBoardView *self);
void draw_board_view_dispose_live (DrawBoardView *self);
void draw_board_view_set_live (DrawBoardView *self, DrawSession *session);
/* What others do for a moment. */
void draw_board_view_take_cast (DrawBoardView *self, DrawMember *member, const BoardCast *cast);
void draw_board_view_follow (DrawBoardView *self, const char *id);
/* id: a member's, "" for this person. Everybody is to look at their pointer, or no longer. */
void draw_board_view_set_spotlight (DrawBoardView *self, const char *id, gboolean on);
/* Their pointer is there, board coordinates; nothing happens when it is not they who have the spotlight. */
void draw_board_view_move_spotlight (DrawBoardView *self, const char *id, double x, double y);
/* Which of it can be done now. */
void draw_board_view_update_live (DrawBoardView *self);

/* draw-board-view-meeting.c */
/* Another board. */
void draw_board_view_set_meeting (DrawBoardView *self);
/* Polls, votes or the timer changed. */
void draw_board_view_update_meeting (DrawBoardView *self);

/* draw-board-view-people.c */
void draw_board_view_init_people (DrawBoardView *self);
void draw_board_view_dispose_people (DrawBoardView *self);
void draw_board_view_set_people (DrawBoardView *self, DrawSession *session);

G_END_DECLS
