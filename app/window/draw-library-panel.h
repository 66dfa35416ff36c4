/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "files/draw-shelf.h"

G_BEGIN_DECLS

/**
 * DrawLibraryPanel: the stencils of this person beside the board, to be found, inserted by a click
 * or dragged to their place.
 *
 * Signals:
 *   "insert" (DrawStencil *stencil)
 *   "remove" (DrawStencil *stencil)
 */
#define DRAW_TYPE_LIBRARY_PANEL (draw_library_panel_get_type ())
G_DECLARE_FINAL_TYPE (DrawLibraryPanel, draw_library_panel, DRAW, LIBRARY_PANEL, GtkWidget)

/* Once. What is on disk is read when the panel is seen. */
void draw_library_panel_set_shelf (DrawLibraryPanel *self, DrawShelf *shelf);
void draw_library_panel_focus (DrawLibraryPanel *self);

G_END_DECLS
