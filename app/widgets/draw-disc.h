/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DrawDisc: a disc of one colour, with a letter on it or without: a swatch of the palette, a
 * person's avatar in the colour of their cursor.
 *
 * Properties: color ("#rrggbb"; anything else is shown as grey), text (nullable: the first letter
 * or digit of it is shown in upper case; it may come from a stranger), size (pixels, 8..256).
 */
#define DRAW_TYPE_DISC (draw_disc_get_type ())
G_DECLARE_FINAL_TYPE (DrawDisc, draw_disc, DRAW, DISC, GtkWidget)

GtkWidget *draw_disc_new (const char *color, const char *text, int size);
void draw_disc_set_color (DrawDisc *self, const char *color);
void draw_disc_set_text (DrawDisc *self, const char *text);

/* The first letter or digit of a name in upper case, or "?"; at most one character, with nothing
 * combining. Transfer full. */
char *draw_disc_make_initial (const char *name);

G_END_DECLS
