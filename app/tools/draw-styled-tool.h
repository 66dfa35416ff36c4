/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-tool.h"

G_BEGIN_DECLS

/**
 * DrawStyledTool: what the tools that draw have in common: what they draw with. Properties (read,
 * write, notify): color ("#rrggbb", anything else is ignored), width (0.1..64 board units).
 */
#define DRAW_TYPE_STYLED_TOOL (draw_styled_tool_get_type ())
G_DECLARE_DERIVABLE_TYPE (DrawStyledTool, draw_styled_tool, DRAW, STYLED_TOOL, GObject)

struct _DrawStyledToolClass {
  GObjectClass parent_class;
};

const char *draw_styled_tool_get_color (DrawStyledTool *self);
double draw_styled_tool_get_width (DrawStyledTool *self);

G_END_DECLS
