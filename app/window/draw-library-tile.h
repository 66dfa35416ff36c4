/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "files/draw-stencil.h"

G_BEGIN_DECLS

/**
 * DrawLibraryTile: a stencil in the library panel: its picture, painted elsewhere, and its name. It
 * can be dragged, to the board or to another program.
 *
 * Actions: stencil.insert, stencil.rename, stencil.remove.
 * Signals:
 *   "verb" (const char *name)    "insert" or "remove" was chosen
 *   "renamed" (const char *name)
 */
#define DRAW_TYPE_LIBRARY_TILE (draw_library_tile_get_type ())
G_DECLARE_FINAL_TYPE (DrawLibraryTile, draw_library_tile, DRAW, LIBRARY_TILE, GtkWidget)

GtkWidget *draw_library_tile_new (void);
/* NULL: none for now. */
void draw_library_tile_set_stencil (DrawLibraryTile *self, DrawStencil *stencil);
/* Borrowed. */
DrawStencil *draw_library_tile_get_stencil (DrawLibraryTile *self);

G_END_DECLS
