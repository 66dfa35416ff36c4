/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-canvas.h"

G_BEGIN_DECLS

/* Gives the canvas the menu of the secondary button, the Menu key and Shift+F10: the verbs for what
 * is selected, or for the board when nothing is. What is under the pointer is selected first. */
void draw_board_menu_install (DrawCanvas *canvas);
/* Shows the popover, which is floating, at a place of the canvas (its pixels); it goes when it is closed. */
void draw_board_menu_popup_at (DrawCanvas *canvas, GtkWidget *popover, double x, double y);

G_END_DECLS
