/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-element.h"

G_BEGIN_DECLS

/* What most elements are: a stroke with nothing but its place, its looks and its points, in
 * canonical text. It is read without a tree of JSON, which takes a sixth of the time. Whatever is
 * anything else, or wrong, or only written otherwise, is not read here but by board_element_new(),
 * whose judgement counts: what is read here, it would have read as the same element. */

/* The object at the start of the text; used: (out): its length. NULL: not a plain stroke. */
BoardElement *board_element_read_plain (const char *text, gsize length, gsize *used);

G_END_DECLS
