/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-tool.h"
#include "tools/draw-pressure.h"

G_BEGIN_DECLS

/* The tools. Property "style" (DrawStyle) where they make something. Transfer full. */
DrawTool *draw_pen_tool_new (void);
/* A pen whose ink lets through what is beneath (customData.highlighter). */
DrawTool *draw_highlighter_tool_new (void);
/* Of a pen or highlighter, from its next stroke on. @lag: ms that the stabiliser lets the line be
 * behind the pen (DrawSmoother); 0: none. */
void draw_pen_tool_set_feel (DrawTool *tool, const DrawPressure *pressure, double lag);
DrawTool *draw_laser_tool_new (void);
DrawTool *draw_eraser_tool_new (void);
/* Of strokes it takes only what it passes over. */
DrawTool *draw_part_eraser_tool_new (void);
DrawTool *draw_select_tool_new (void);
/* The same, but dragging from nothing draws a loop. Ctrl takes the other of the two. */
DrawTool *draw_lasso_tool_new (void);
DrawTool *draw_hand_tool_new (void);
DrawTool *draw_text_tool_new (void);
/* type: BOARD_ELEMENT_LINE or _ARROW. */
DrawTool *draw_line_tool_new (BoardElementType type);
/* type: BOARD_ELEMENT_RECTANGLE, _DIAMOND, _ELLIPSE, _NOTE or _FRAME. */
DrawTool *draw_shape_tool_new (BoardElementType type);

G_END_DECLS
