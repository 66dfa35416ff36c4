/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-hash.h"
#include "board/board-element.h"

G_BEGIN_DECLS

/* What the rest of this room may ask of an element. */

/* Its canonical JSON, an object. */
void board_element_append_text (BoardElement *self, GString *out);
/* Transfer full. */
char *board_element_dup_text (BoardElement *self);
/* Bytes of it. */
gsize board_element_get_text_length (BoardElement *self);
BoardHash board_element_get_hash (BoardElement *self);
/* Same properties, same values. */
gboolean board_element_equal (BoardElement *a, BoardElement *b);
/* By (index, id), compared as bytes: the z-order. */
int board_element_compare (BoardElement *a, BoardElement *b);
/* Whether board_element_with() would take each of the properties, their number and size apart. */
gboolean board_element_accepts (BoardElement *self, JsonObject *props, GError **error);

/* Of a freedraw, a line or an arrow. Transfer full. */
BoardStroke *board_element_ref_path (BoardElement *self);
/* From the board into the axes that the element has before it is turned about its middle. */
void board_element_turn_back (BoardElement *self, double *x, double *y);
/* Keys of board-references.h, NULL for none. Borrowed. */
GPtrArray *board_element_get_references (BoardElement *self);

/* One property without making the tree of all. Transfer full, NULL when absent. */
JsonNode *board_element_dup_prop (BoardElement *self, const char *name);

/* How text of this room is read: nested, counted and long as an op may be, without repeated
 * keys. */
JsonNode *board_element_parse_json (const char *text, gsize length, GError **error);

G_END_DECLS
