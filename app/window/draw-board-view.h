/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "canvas/draw-canvas.h"
#include "sync/draw-session.h"
#include "window/draw-drag-handle.h"
#include "window/draw-hosting.h"
#include "window/draw-library-panel.h"

G_BEGIN_DECLS

/**
 * DrawBoardView: one open board: header bar, canvas with what floats over it, chat. It shows a
 * session and hands what is drawn and said to it; the verbs are the window's actions.
 *
 * Properties (read-write, notify): tool ("select", "hand", "pen", "eraser"), style (what is
 *   made next, as text for the settings), chat-visible, library-visible.
 * Signals:
 *   "facts-changed" ()          what decides about actions changed: see DrawBoardFacts
 *   "trouble" (GError *error)   something to tell the person
 *   "done" (const char *words)  the same, when all is well
 *   "session-replaced" ()       another board is shown, or none
 */
#define DRAW_TYPE_BOARD_VIEW (draw_board_view_get_type ())
G_DECLARE_FINAL_TYPE (DrawBoardView, draw_board_view, DRAW, BOARD_VIEW, GtkWidget)

/* What is true of the board now. */
typedef enum
{
  DRAW_BOARD_OPEN = 1 << 0,
  DRAW_BOARD_WRITABLE = 1 << 1,
  DRAW_BOARD_CAN_UNDO = 1 << 2,
  DRAW_BOARD_CAN_REDO = 1 << 3,
  DRAW_BOARD_SELECTION = 1 << 4,
  DRAW_BOARD_CAN_RECONNECT = 1 << 5,
  DRAW_BOARD_CAN_HOST_AGAIN = 1 << 6,
  DRAW_BOARD_LIVE = 1 << 7, /* what is seen is the board as it is now */
  DRAW_BOARD_SHOWN = 1 << 8, /* it is open, or is being opened */
} DrawBoardFacts;

/* To be called once, before the first session. */
void draw_board_view_set_hosting (DrawBoardView *self, DrawHosting *hosting);
/* The board to show; NULL: none. */
void draw_board_view_set_session (DrawBoardView *self, DrawSession *session);
/* While there is no session yet: what was seen last, which cannot be changed. Until a session is set, or
 * NULL is. */
void draw_board_view_show_opening (DrawBoardView *self, const char *title, DrawStill *still);
/* Borrowed. */
DrawSession *draw_board_view_get_session (DrawBoardView *self);
DrawCanvas *draw_board_view_get_canvas (DrawBoardView *self);
/* Where what is seen is: of the board, or of its past. */
DrawCanvas *draw_board_view_get_shown_canvas (DrawBoardView *self);
/* Tells who drew what is selected, or what is at that place (board units). */
void draw_board_view_popup_author (DrawBoardView *self, double x, double y);
/* Shows the past; only: (nullable): of what that member put there; element: (nullable): from before that
 * was there. Nothing happens without a board. */
void draw_board_view_begin_replay (DrawBoardView *self, const char *only, const char *element);
void draw_board_view_end_replay (DrawBoardView *self);
/* Of the board that is shown; NULL when there is none. Borrowed. */
DrawImages *draw_board_view_get_images (DrawBoardView *self);
/* Where the window is too narrow for both, what is beside the board gives way. */
void draw_board_view_uncover (DrawBoardView *self);
/* Seen while something is selected. Borrowed. */
DrawDragHandle *draw_board_view_get_drag_handle (DrawBoardView *self);
/* Borrowed. */
DrawLibraryPanel *draw_board_view_get_library (DrawBoardView *self);
DrawBoardFacts draw_board_view_get_facts (DrawBoardView *self);

/* Whether a tool stays in hand after it made its one thing. */
void draw_board_view_toggle_tool_lock (DrawBoardView *self);
void draw_board_view_edit_title (DrawBoardView *self);
void draw_board_view_popup_people (DrawBoardView *self);
void draw_board_view_show_meeting (DrawBoardView *self);
void draw_board_view_popup_color (DrawBoardView *self);
void draw_board_view_popup_width (DrawBoardView *self);
/* How the sheet is shown follows the settings from now on. */
void draw_board_view_bind_settings (DrawBoardView *self, GSettings *settings);
void draw_board_view_popup_properties (DrawBoardView *self);

G_END_DECLS
