/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DrawWidthButton: how wide the pen is: four sizes and a slider.
 *
 * Property: width (board units, 0.5..64, read-write, notify). Signal: "chosen" (double width): by
 * the person.
 */
#define DRAW_TYPE_WIDTH_BUTTON (draw_width_button_get_type ())
G_DECLARE_FINAL_TYPE (DrawWidthButton, draw_width_button, DRAW, WIDTH_BUTTON, GtkWidget)

#define DRAW_WIDTH_MIN 0.5
#define DRAW_WIDTH_MAX 64.0

void draw_width_button_set_width (DrawWidthButton *self, double width);
void draw_width_button_popup (DrawWidthButton *self);

G_END_DECLS
