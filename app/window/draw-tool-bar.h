/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/draw-properties.h"

G_BEGIN_DECLS

/**
 * DrawToolBar: the tools, the colour and the width of the pen; floats over the board. The tools are
 * the action "tool.use" with the name of the tool.
 *
 * Signals: "color-chosen" (const char *color), "width-chosen" (double width).
 */
#define DRAW_TYPE_TOOL_BAR (draw_tool_bar_get_type ())
G_DECLARE_FINAL_TYPE (DrawToolBar, draw_tool_bar, DRAW, TOOL_BAR, GtkWidget)

void draw_tool_bar_set_color (DrawToolBar *self, const char *color);
/* tool: the name of the one in hand. */
void draw_tool_bar_set_tool (DrawToolBar *self, const char *tool);
void draw_tool_bar_set_width (DrawToolBar *self, double width);
/* locked: the tool stays in hand after it made its one thing. */
void draw_tool_bar_set_locked (DrawToolBar *self, gboolean locked);
/* read_only: what would change the board is shown as not possible. */
void draw_tool_bar_set_read_only (DrawToolBar *self, gboolean read_only);
/* narrow: undo and redo, for which the header bar has no place then. */
void draw_tool_bar_set_narrow (DrawToolBar *self, gboolean narrow);
void draw_tool_bar_popup_color (DrawToolBar *self);
void draw_tool_bar_popup_width (DrawToolBar *self);
void draw_tool_bar_popup_properties (DrawToolBar *self);
/* What things look like, in a popover. Borrowed. */
DrawProperties *draw_tool_bar_get_properties (DrawToolBar *self);

G_END_DECLS
