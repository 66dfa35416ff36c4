/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DrawNarrowBin: holds one child, may become as narrow as a telephone whatever the child would
 * like, and says when it is narrow, so that the child can rearrange itself. (What AdwBreakpointBin
 * does from libadwaita 1.4 on.)
 *
 * Properties: child, threshold (pixels of width below which it is narrow), minimum-width,
 * minimum-height (pixels that it must have, 0 at first), narrow (read, notify).
 */
#define DRAW_TYPE_NARROW_BIN (draw_narrow_bin_get_type ())
G_DECLARE_FINAL_TYPE (DrawNarrowBin, draw_narrow_bin, DRAW, NARROW_BIN, GtkWidget)

gboolean draw_narrow_bin_get_narrow (DrawNarrowBin *self);

G_END_DECLS
