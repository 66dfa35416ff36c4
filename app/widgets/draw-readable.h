/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* People choose their colours for cursors; as the colour of text some cannot be read. */

/* Contrast of two opaque colours as WCAG 2.1 defines it: 1 (none) to 21. */
double draw_readable_get_contrast (const GdkRGBA *a, const GdkRGBA *b);
/* Moves the colour towards black (on a light background) or white (on a dark one) until text in it
 * has the contrast of 4.5 that WCAG asks for (success criterion 1.4.3). */
void draw_readable_adjust (GdkRGBA *color, gboolean dark);

G_END_DECLS
