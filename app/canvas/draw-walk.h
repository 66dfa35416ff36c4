/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-document.h"

G_BEGIN_DECLS

/* Going from object to object by keyboard, and what is said of each: for who cannot see the board,
 * or has no pointer. GTK 4.8 lets no widget expose objects that are not widgets, so the canvas is
 * one object that tells which of its own has the focus. */

/* Where one is. */
typedef struct {
  BoardElement *element; /* borrowed from the document; NULL: before the first or after the last */
  guint position, count; /* 1..count, of what is walked through */
} DrawWalk;

/* The object before (-1) or after (+1) the one of that id (NULL or one that is not seen: from the
 * respective end) in reading order: rows from top to bottom, each from left to right. Through what
 * @visible shows; through the whole board where that is nothing. Locked objects are left out, labels
 * come with what they are on. */
void draw_walk_step (BoardDocument *document,
                     const BoardRect *visible,
                     const char *id,
                     int direction,
                     DrawWalk *walk);

/* A phrase for a screen reader: type, text, place. Transfer full. */
char *draw_walk_describe (BoardDocument *document, BoardElement *element);

G_END_DECLS
