/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-element.h"

G_BEGIN_DECLS

/**
 * BoardOp: a list of changes that are applied together. Refcounted; built, then frozen by submitting.
 * On the wire, inside the seal: {"c":[["+",{element}],["=",id,{prop:value}],["-",id],
 *   ["chat",{"id":..,"text":..}],["title",text], ...]}; a change of an unknown kind is kept and skipped.
 */
typedef struct _BoardOp BoardOp;

typedef enum {
  BOARD_CHANGE_ADD,    /* element */
  BOARD_CHANGE_SET,    /* id, props */
  BOARD_CHANGE_REMOVE, /* id */
  BOARD_CHANGE_CHAT,   /* id, text */
  BOARD_CHANGE_TITLE,  /* text */
  BOARD_CHANGE_UNKNOWN,
} BoardChangeType;

#define BOARD_TYPE_OP (board_op_get_type ())
GType board_op_get_type (void);
BoardOp *board_op_new (void);
BoardOp *board_op_ref (BoardOp *self);
void board_op_unref (BoardOp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardOp, board_op_unref)

void board_op_add_element (BoardOp *self, BoardElement *element);
/* props: transfer none, copied. */
void board_op_set_props (BoardOp *self, const char *id, JsonObject *props);
void board_op_remove_element (BoardOp *self, const char *id);
void board_op_chat (BoardOp *self, const char *text);
void board_op_set_title (BoardOp *self, const char *title);

guint board_op_get_n_changes (BoardOp *self);
BoardChangeType board_op_get_change_type (BoardOp *self, guint i);
/* Borrowed; NULL where the change has none. */
const char *board_op_get_change_id (BoardOp *self, guint i);
BoardElement *board_op_get_change_element (BoardOp *self, guint i);
JsonObject *board_op_get_change_props (BoardOp *self, guint i);
const char *board_op_get_change_text (BoardOp *self, guint i);

/* Canonical text. Transfer full. */
char *board_op_to_json (BoardOp *self);
/* Strict: every property checked, all or nothing; the same verdict on every machine. */
BoardOp *board_op_from_json (const char *text, gssize length, GError **error);

G_END_DECLS
