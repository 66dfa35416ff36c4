/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DrawPalette: eight colours and one of one's own, as a grid of toggles.
 *
 * Property: color ("#rrggbb", read-write, notify). Signal: "chosen" (const char *color): the person
 * chose it (setting the property does not emit it).
 */
#define DRAW_TYPE_PALETTE (draw_palette_get_type ())
G_DECLARE_FINAL_TYPE (DrawPalette, draw_palette, DRAW, PALETTE, GtkWidget)

GtkWidget *draw_palette_new (void);
const char *draw_palette_get_color (DrawPalette *self);
/* Anything that is no colour is ignored. */
void draw_palette_set_color (DrawPalette *self, const char *color);

/* None of them is the one. */
void draw_palette_clear (DrawPalette *self);

/* How a colour looks where it is used: the swatches are shown in what the function makes of their
 * colours. NULL: as they are. To be called again when its answers change. */
typedef char *(*DrawPaletteShownFunc) (const char *color);
void draw_palette_set_shown_func (DrawPalette *self, DrawPaletteShownFunc func);
/* "#rrggbb", transfer full. */
char *draw_palette_format_color (const GdkRGBA *rgba);

/* The colours of the palette. */
guint draw_palette_get_n_colors (void);
const char *draw_palette_get_nth_color (guint i);

G_END_DECLS
