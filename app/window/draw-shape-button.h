/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* DrawShapeButton: several tools behind one button that shows the one used last. Property: group
 * ("shapes", "more"; construct only): which. */
#define DRAW_TYPE_SHAPE_BUTTON (draw_shape_button_get_type ())
G_DECLARE_FINAL_TYPE (DrawShapeButton, draw_shape_button, DRAW, SHAPE_BUTTON, GtkWidget)

/* tool: the name of the tool in hand, one of its own or any other. */
void draw_shape_button_set_tool (DrawShapeButton *self, const char *tool);

/* narrow: also offers the tools that have buttons of their own in a bar that is not. */
void draw_shape_button_set_narrow (DrawShapeButton *self, gboolean narrow);

G_END_DECLS
