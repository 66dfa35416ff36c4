/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-document.h"

G_BEGIN_DECLS

/**
 * BoardOpList: changes without end: they are put into as few ops as can be sealed, in order, so that
 * nobody has to know how large an op may be.
 */
typedef struct _BoardOpList BoardOpList;

BoardOpList *board_op_list_new (void);
void board_op_list_free (BoardOpList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardOpList, board_op_list_free)

/* As those of board-op.h. */
void board_op_list_add_element (BoardOpList *self, BoardElement *element);
void board_op_list_set_props (BoardOpList *self, const char *id, JsonObject *props);
void board_op_list_remove_element (BoardOpList *self, const char *id);
void board_op_list_set_title (BoardOpList *self, const char *title);
/* The ops, and none are left in here. (element-type BoardOp) (transfer full) */
GPtrArray *board_op_list_steal (BoardOpList *self);

/* What makes an empty board show what the document shows: its elements and title, for a copy or for
 * going on with a board at another server; what was said and voted stays where it was. As above. */
GPtrArray *board_op_list_copy_document (BoardDocument *document);

G_END_DECLS
