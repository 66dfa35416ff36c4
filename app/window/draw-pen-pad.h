/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DrawPenPad: a small sheet to try a pen on: a canvas with the tools of a board, set as the settings
 * are, on a board that nobody keeps.
 */
#define DRAW_TYPE_PEN_PAD (draw_pen_pad_get_type ())
G_DECLARE_FINAL_TYPE (DrawPenPad, draw_pen_pad, DRAW, PEN_PAD, GtkWidget)

void draw_pen_pad_bind_settings (DrawPenPad *self, GSettings *settings);
/* An empty sheet. */
void draw_pen_pad_clear (DrawPenPad *self);

G_END_DECLS
