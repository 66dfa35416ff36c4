/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-tool.h"
#include "tools/draw-style.h"

G_BEGIN_DECLS

/**
 * DrawStyledTool: what the tools that make something have in common: a style for what they make.
 * Properties (read, write): style (DrawStyle; one of its own until it is set), color and width, two
 * of its values.
 */
#define DRAW_TYPE_STYLED_TOOL (draw_styled_tool_get_type ())
G_DECLARE_DERIVABLE_TYPE (DrawStyledTool, draw_styled_tool, DRAW, STYLED_TOOL, GObject)

struct _DrawStyledToolClass {
  GObjectClass parent_class;
};

/* Borrowed. */
DrawStyle *draw_styled_tool_get_style (DrawStyledTool *self);
const char *draw_styled_tool_get_color (DrawStyledTool *self);
double draw_styled_tool_get_width (DrawStyledTool *self);

/* Properties of an element to be: id, type, index above all, place, the style of its type. Transfer
 * full. */
JsonObject *draw_styled_tool_make_props (DrawStyledTool *self,
                                         BoardDocument *document,
                                         BoardElementType type,
                                         double x,
                                         double y,
                                         double width,
                                         double height);

G_END_DECLS
