/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "files/draw-shelf.h"

G_BEGIN_DECLS

/**
 * DrawCommandPalette: every verb that can be done now, found by typing a part of its name. It lists
 * what has a key (draw-shortcuts.h), and shows the key; then what has a name in the library.
 */
#define DRAW_TYPE_COMMAND_PALETTE (draw_command_palette_get_type ())
G_DECLARE_FINAL_TYPE (DrawCommandPalette, draw_command_palette, DRAW, COMMAND_PALETTE, GtkPopover)

/* Over the window whose verbs they are; it goes when it is closed. */
void draw_command_palette_popup (GtkWidget *window, DrawShelf *shelf);

G_END_DECLS
