/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-document.h"

G_BEGIN_DECLS

/**
 * DrawEdit: what one act of a person does to several elements: gathered here, shown from here while
 * it lasts, and made ops of at its end. The document itself stays as it is.
 */
typedef struct _DrawEdit DrawEdit;

/* @document: kept. */
DrawEdit *draw_edit_new (BoardDocument *document);
void draw_edit_free (DrawEdit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawEdit, draw_edit_free)

/* Properties of an element that the board shows; what was set before stays where @props says
 * nothing. @props: transfer none, copied. An id that is not on the board changes nothing. */
void draw_edit_set (DrawEdit *self, const char *id, JsonObject *props);
/* The same with one property. @value: transfer full. */
void draw_edit_set_member (DrawEdit *self, const char *id, const char *name, JsonNode *value);
void draw_edit_add (DrawEdit *self, BoardElement *element);
void draw_edit_remove (DrawEdit *self, const char *id);
/* Moves it from where it will be; not beyond the board's end. */
void draw_edit_move (DrawEdit *self, const char *id, double dx, double dy);

/* The element as it will be; NULL when it will not be, or cannot be like that. Transfer full. */
BoardElement *draw_edit_get_element (DrawEdit *self, const char *id);
gboolean draw_edit_has (DrawEdit *self, const char *id);
/* Whether the element will be there, as far as one can tell without making it. */
gboolean draw_edit_keeps (DrawEdit *self, const char *id);
/* Whether it sets that property of an element that the board has. */
gboolean draw_edit_sets (DrawEdit *self, const char *id, const char *name);
/* (element-type utf8) of all that it changes, borrowed; the array: transfer container. */
GPtrArray *draw_edit_list_ids (DrawEdit *self);
guint draw_edit_get_n_changes (DrawEdit *self);
/* All that are set or added, as they will be, in the order of the first change. Transfer full,
 * (element-type BoardElement). */
GPtrArray *draw_edit_get_elements (DrawEdit *self);
/* In order; more than one only when one would be too large to be sealed. Transfer full,
 * (element-type BoardOp), never NULL. */
GPtrArray *draw_edit_get_ops (DrawEdit *self);

G_END_DECLS
