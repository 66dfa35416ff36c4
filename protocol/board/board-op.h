/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-element.h"

G_BEGIN_DECLS

/**
 * BoardOp: a list of changes that are applied together. Refcounted; built by one owner, and not
 * to be changed after it was submitted. Building does not judge: submitting does, by the rules
 * of board_op_from_json().
 *
 * On the wire, inside the seal: {"c":[change, ...]}, at most BOARD_MAX_CHANGES of them:
 *   ["+",{element}]            shows the element with exactly these properties, new or again
 *   ["=",id,{prop:value,...}]  sets properties of a shown element (null: takes away); does nothing
 *                              to one that is not there, so what was deleted stays deleted
 *   ["-",id]                   takes the element away
 *   ["chat",{"id":..,"text":..}]
 *   ["title",text]
 * A change of an unknown kind is kept, passed on and skipped; so are a "=" that its element's
 * type cannot have and a "+" beyond BOARD_MAX_ELEMENTS, which only the state can tell.
 * Everything else that is wrong makes the whole op void, on every machine alike.
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
/* text: 1..BOARD_MAX_CHAT characters. The message gets a fresh id. */
void board_op_chat (BoardOp *self, const char *text);
/* title: up to BOARD_MAX_TITLE characters without control characters; "" for none. */
void board_op_set_title (BoardOp *self, const char *title);

guint board_op_get_n_changes (BoardOp *self);
BoardChangeType board_op_get_change_type (BoardOp *self, guint i);
/* Borrowed; NULL where the change has none. The id is an element's or, of a chat, the message's. */
const char *board_op_get_change_id (BoardOp *self, guint i);
BoardElement *board_op_get_change_element (BoardOp *self, guint i);
JsonObject *board_op_get_change_props (BoardOp *self, guint i);
const char *board_op_get_change_text (BoardOp *self, guint i);

/* Canonical text: equal ops have equal texts. Transfer full. */
char *board_op_to_json (BoardOp *self);
/* Strict: every property checked, all or nothing; the same verdict on every machine. length:
 * bytes, or -1 when terminated. Errors: BOARD_ERROR_SYNTAX, _SCHEMA, _RANGE, _LIMIT, with the
 * number of the bad change (from 0). */
BoardOp *board_op_from_json (const char *text, gssize length, GError **error);

G_END_DECLS
