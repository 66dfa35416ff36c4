/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Boards store the colours of a white sheet. On a dark sheet they are turned while painting, never
 * in the document, by the filter that Excalidraw uses: invert (93 %), then rotate the hue by half a
 * turn, so black ink becomes nearly white and red stays red. */

/* "#rgb", "#rrggbb", "#rrggbbaa" or "transparent", turned when @dark. FALSE (and *color untouched)
 * when it is none of these; @text may be NULL. */
gboolean draw_color_parse (const char *text, gboolean dark, GdkRGBA *color);
void draw_color_turn (GdkRGBA *color);
/* The sheet: white, or what the filter makes of it. */
void draw_color_get_sheet (gboolean dark, GdkRGBA *color);
/* Black or white: what can be read on @color. */
void draw_color_get_contrast (const GdkRGBA *color, GdkRGBA *contrast);

G_END_DECLS
