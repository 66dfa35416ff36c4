/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-element.h"

G_BEGIN_DECLS

/**
 * DrawStyle: what the next element looks like: Excalidraw's properties with a value each. All tools
 * of a board share one. Signal: "changed" (const char *name).
 */
#define DRAW_TYPE_STYLE (draw_style_get_type ())
G_DECLARE_FINAL_TYPE (DrawStyle, draw_style, DRAW, STYLE, GObject)

DrawStyle *draw_style_new (void);
/* Never NULL for a name of draw_style_concerns(). Borrowed, until it changes. */
JsonNode *draw_style_get (DrawStyle *self, const char *name);
const char *draw_style_get_text (DrawStyle *self, const char *name);
double draw_style_get_number (DrawStyle *self, const char *name);
/* @value: transfer full; of another type than what it replaces, or of an unknown name: ignored. */
void draw_style_set (DrawStyle *self, const char *name, JsonNode *value);
/* Puts in what an element of that type has. */
void draw_style_apply (DrawStyle *self, BoardElementType type, JsonObject *props);
/* Text for the settings, transfer full; and back: what is not understood stays as it is. */
char *draw_style_save (DrawStyle *self);
void draw_style_load (DrawStyle *self, const char *text);

/* Whether elements of that type have the property. */
gboolean draw_style_concerns (BoardElementType type, const char *name);
/* What an element has that does not say: transfer full. "roundness" is a yes or no here and in all
 * of DrawStyle; on the board it is an object or nothing. */
JsonNode *draw_style_dup_value (BoardElement *element, const char *name);
/* As the board has it, for an element of that type. @value: transfer none. Transfer full. */
JsonNode *draw_style_to_board (BoardElementType type, const char *name, JsonNode *value);

G_END_DECLS
