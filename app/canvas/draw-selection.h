/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-document.h"

G_BEGIN_DECLS

/* What is done to several elements at once. Ids of elements that the document does not show, and of
 * locked ones, are left out. The functions that change something return the ops to be emitted, in
 * order: more than one only when one would be larger than BOARD_MAX_OP_BODY. (element-type
 * BoardOp), transfer full, never NULL. @ids: (element-type utf8). */

/* (element-type BoardElement), transfer full. */
GPtrArray *draw_selection_get_elements (BoardDocument *document, GPtrArray *ids);
/* The box around all; FALSE when there is none. */
gboolean draw_selection_get_bounds (BoardDocument *document, GPtrArray *ids, BoardRect *bounds);
gboolean draw_selection_contains (GPtrArray *ids, const char *id);

/* The way is shortened where an element would leave the board. */
GPtrArray *draw_selection_move (BoardDocument *document, GPtrArray *ids, double dx, double dy);
GPtrArray *draw_selection_delete (BoardDocument *document, GPtrArray *ids);
GPtrArray *draw_selection_set_props (BoardDocument *document, GPtrArray *ids, JsonObject *props);

G_END_DECLS
