/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tools/draw-styled-tool.h"

G_BEGIN_DECLS

/* Begins to write where something can be written on at that place: a text or note that is there, the
 * label of a shape. Returns: whether there was something. */
gboolean draw_text_tool_edit_at (DrawToolHost *host, DrawStyle *style, double x, double y);
/* The same for an element. */
gboolean draw_text_tool_edit (DrawToolHost *host, DrawStyle *style, BoardElement *element);
/* Begins a new text there. @width: (board units) lines break at it; 0: they do not. */
void draw_text_tool_begin (DrawToolHost *host, DrawStyle *style, double x, double y, double width);

G_END_DECLS
