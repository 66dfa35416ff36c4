/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-edit.h"

G_BEGIN_DECLS

/* What is done to several elements at once. Ids of elements that the document does not show, and of
 * locked ones, are left out. The functions that change something return the ops to be emitted, in
 * order: more than one only when one would be larger than BOARD_MAX_OP_BODY. (element-type
 * BoardOp), transfer full, never NULL. @ids: (element-type utf8). */

/* (element-type BoardElement), transfer full. */
GPtrArray *draw_selection_get_elements (BoardDocument *document, GPtrArray *ids);
/* The element that is selected alone; NULL: none is, or several. Borrowed. */
BoardElement *draw_selection_get_only (BoardDocument *document, GPtrArray *ids);
gboolean draw_selection_contains (GPtrArray *ids, const char *id);
/* Transfer full; NULL: none. */
GPtrArray *draw_selection_copy_ids (GPtrArray *ids);

/* The outermost group that an element is in; NULL: none. Borrowed from the element. */
const char *draw_selection_get_group (BoardElement *element);
/* @ids and whoever shares an outermost group with one of them. Transfer full. */
GPtrArray *draw_selection_with_groups (BoardDocument *document, GPtrArray *ids);
/* @ids and what goes where they go: the labels of shapes and arrows, what is in a frame. Transfer
 * full. */
GPtrArray *draw_selection_with_dependents (BoardDocument *document, GPtrArray *ids);

/* The way is shortened where an element would leave the board. Dependents go along. */
GPtrArray *draw_selection_move (BoardDocument *document, GPtrArray *ids, double dx, double dy);
/* The same as part of a larger act. @ids: dependents included. */
void draw_selection_move_in (DrawEdit *edit,
                             BoardDocument *document,
                             GPtrArray *ids,
                             double dx,
                             double dy);
/* Labels go along; what is in a frame stays, without it. */
GPtrArray *draw_selection_delete (BoardDocument *document, GPtrArray *ids);
GPtrArray *draw_selection_set_props (BoardDocument *document, GPtrArray *ids, JsonObject *props);

G_END_DECLS
