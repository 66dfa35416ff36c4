/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-hash.h"

G_BEGIN_DECLS

/* Who put how many dots on which element. */
typedef struct _BoardDots BoardDots;

BoardDots *board_dots_new (void);
BoardDots *board_dots_copy (BoardDots *self);
void board_dots_free (BoardDots *self);

/* Of all members; of a member on all elements; of a member on one. */
guint board_dots_count (BoardDots *self, const char *element);
guint board_dots_get_spent (BoardDots *self, const char *member);
guint board_dots_get (BoardDots *self, const char *element, const char *member);
/* Pairs of element and member that have any. */
guint board_dots_get_size (BoardDots *self);
void board_dots_set (BoardDots *self, const char *element, const char *member, guint number);
/* Those with most first, then in order of ids. (element-type utf8) (transfer container) */
GPtrArray *board_dots_list (BoardDots *self);

/* Elements that have any, and who put them there, in order of ids. As above. */
GPtrArray *board_dots_list_elements (BoardDots *self);
GPtrArray *board_dots_list_members (BoardDots *self, const char *element);

/* The sum over the lines of board_dots_append(). */
BoardHash board_dots_get_hash (BoardDots *self);
/* ["dots",element,member,number], a line each, in order. */
void board_dots_append (GString *out, BoardDots *self);

G_END_DECLS
