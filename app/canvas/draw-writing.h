/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-edit.h"

G_BEGIN_DECLS

/**
 * DrawWriting: text being written: free text, a note's, or the label of a shape or arrow. It knows
 * what becomes of the element, and of what it labels, with every letter; the canvas shows a text
 * field at its place and tells it what stands there.
 */
#define DRAW_TYPE_WRITING (draw_writing_get_type ())
G_DECLARE_FINAL_TYPE (DrawWriting, draw_writing, DRAW, WRITING, GObject)

/* For an element that the board has (text or note). */
DrawWriting *draw_writing_new (BoardDocument *document, BoardElement *element);
/* For one that it does not have yet. @container: (nullable): what it will label. */
DrawWriting *
draw_writing_new_for (BoardDocument *document, BoardElement *element, BoardElement *container);

/* As it is with the text so far. Borrowed, until the text changes. */
BoardElement *draw_writing_get_element (DrawWriting *self);
/* What the person typed; "" for nothing. Borrowed. */
const char *draw_writing_get_text (DrawWriting *self);
/* Cut at BOARD_MAX_TEXT characters. */
void draw_writing_set_text (DrawWriting *self, const char *text);
/* The shape that grows with its label, as it is now; NULL: nothing grows. Borrowed. */
BoardElement *draw_writing_get_container (DrawWriting *self);
/* The ops that come of it: none when nothing changed; text that is empty goes away, a note stays.
 * Transfer full, never NULL. */
GPtrArray *draw_writing_get_ops (DrawWriting *self);
/* The id that is to be selected afterwards; NULL: nothing is left. Borrowed. */
const char *draw_writing_get_result (DrawWriting *self);
/* A note: an empty one beside it, like it, at the right. Else NULL. Transfer full. */
DrawWriting *draw_writing_make_next (DrawWriting *self);

/* Makes an element that is a text or note, in an edit, as large as its text needs, and the shape
 * that it labels large enough. */
void draw_writing_fit (DrawEdit *edit, BoardDocument *document, const char *id);

G_END_DECLS
