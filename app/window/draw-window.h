/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sync/draw-session.h"
#include "window/draw-application.h"

G_BEGIN_DECLS

/**
 * DrawWindow: Home, or one open board. It keeps the session of the board that it shows; the session
 * ends with the window, or when the person goes back to Home.
 */
#define DRAW_TYPE_WINDOW (draw_window_get_type ())
G_DECLARE_FINAL_TYPE (DrawWindow, draw_window, DRAW, WINDOW, AdwApplicationWindow)

DrawWindow *draw_window_new (DrawApplication *app);
/* The board to show (a reference is taken); NULL: Home. The one before is closed. */
void draw_window_set_session (DrawWindow *self, DrawSession *session);
/* Borrowed; NULL while Home is shown. */
DrawSession *draw_window_get_session (DrawWindow *self);
/* Where Home is shown, it looks again which boards there are. */
void draw_window_refresh_home (DrawWindow *self);
/* Whether reading that file takes longer than a blink. */
gboolean draw_window_is_large (const char *path);
/* Has a thread read it, and shows what was seen of the board last until then. The window shows Home. */
void draw_window_begin_opening (DrawWindow *self, const char *path);
/* Goes to where the board that it shows was left. */
void draw_window_return_to_view (DrawWindow *self);
/* Whether it reads that file, or any when path is NULL, to show it. */
gboolean draw_window_is_opening (DrawWindow *self, const char *path);
/* A passing event, as a toast; plain text. */
void draw_window_say (DrawWindow *self, const char *text);
/* A drawing, picture or PDF becomes a board of its own; a board's file is opened. */
void draw_window_open_file (DrawWindow *self, GFile *file);

G_END_DECLS
