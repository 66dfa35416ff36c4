/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "board/board-document.h"
#include "canvas/draw-viewport.h"

G_BEGIN_DECLS

/**
 * DrawFrameNames: the names of the frames of a board, on their top left corners, as large at any
 * zoom. It remembers which elements are frames, so that a frame of 60 Hz does not ask the board.
 */
typedef struct _DrawFrameNames DrawFrameNames;

/* @widget: whose font it takes; borrowed. */
DrawFrameNames *draw_frame_names_new (GtkWidget *widget);
void draw_frame_names_free (DrawFrameNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawFrameNames, draw_frame_names_free)

/* @damage: (nullable): what changed; NULL: everything. @document: (nullable). */
void
draw_frame_names_update (DrawFrameNames *self, BoardDocument *document, const BoardDamage *damage);
void draw_frame_names_snapshot (DrawFrameNames *self,
                                GtkSnapshot *snapshot,
                                DrawViewport *viewport,
                                gboolean dark);
/* The frame whose name is at that place (widget pixels), or NULL. Borrowed. */
BoardElement *
draw_frame_names_pick (DrawFrameNames *self, DrawViewport *viewport, double x, double y);
/* What is shown for a frame: its name, or a word for it. Transfer full. */
char *draw_frame_names_get_name (BoardElement *frame);

G_END_DECLS
