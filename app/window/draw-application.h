/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "files/draw-shelf.h"
#include "sync/draw-announcer.h"
#include "sync/draw-nearby.h"
#include "sync/draw-session.h"
#include "window/draw-hosting.h"

G_BEGIN_DECLS

typedef struct _DrawWindow DrawWindow;

/**
 * DrawApplication: windows, settings, the server of this computer, and the ways by which a board
 * comes into a window. A board is open once: asking for it again presents its window.
 */
#define DRAW_TYPE_APPLICATION (draw_application_get_type ())
G_DECLARE_FINAL_TYPE (DrawApplication, draw_application, DRAW, APPLICATION, AdwApplication)

DrawApplication *draw_application_new (void);
/* Borrowed. */
GSettings *draw_application_get_settings (DrawApplication *self);
DrawHosting *draw_application_get_hosting (DrawApplication *self);
/* The library of this person, shared by all windows. */
DrawShelf *draw_application_get_shelf (DrawApplication *self);
DrawNearby *draw_application_get_nearby (DrawApplication *self);
DrawAnnouncer *draw_application_get_announcer (DrawApplication *self);
/* Whether that board is one that this computer hosts: a DrawNearbyFilter. */
gboolean draw_application_hosts (const char *board, gpointer app);

/* In that very window, in place of what it shows. */
void draw_application_show_session (DrawApplication *self, DrawWindow *window, DrawSession *session);

/* Each shows a board in the window, or, where that one already shows a board or is NULL, in a new
 * one; what goes wrong is told there. They return the window that shows the board, NULL when none
 * does. */
DrawWindow *draw_application_create_board (DrawApplication *self, DrawWindow *window);
DrawWindow *
draw_application_open_path (DrawApplication *self, DrawWindow *window, const char *path);
/* The same, but a large file is read while the window shows what was seen of the board last. */
DrawWindow *
draw_application_begin_path (DrawApplication *self, DrawWindow *window, const char *path);
DrawWindow *
draw_application_join (DrawApplication *self, DrawWindow *window, const BoardLink *link);
/* Home, in a window that shows it already or in a new one. */
DrawWindow *draw_application_show_home (DrawApplication *self);

/* Takes up a session that was made elsewhere, in the window or where that one already shows a board in
 * another; connects it if it has a link. */
DrawWindow *draw_application_place_session (DrawApplication *self, DrawWindow *window,
                                            DrawSession *session);
/* Tells the session who this person is. */
void draw_application_introduce (DrawApplication *self, DrawSession *session);
/* The window with the board of that id comes to the front; FALSE when none shows it. */
gboolean draw_application_present_board (DrawApplication *self, const char *board);

/* To be called when a window shows another board. */
void draw_application_note_boards (DrawApplication *self);
/* To be called when there is another board, one less, or one is called otherwise: every Home shows it. */
void draw_application_boards_changed (DrawApplication *self);
/* The session of a board that is open in a window of this program, or NULL. Borrowed. */
DrawSession *draw_application_find_session (DrawApplication *self, const char *path);

G_END_DECLS
