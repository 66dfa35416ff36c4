/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-element.h"

G_BEGIN_DECLS

/* What another program's file says and a board cannot hold as it is (a colour by its name, a width
 * out of range, a property on a type that has none) becomes something that it can, and the original
 * stands beside it: "foreign": {name: [was, became]}. Whoever writes the file again finds the
 * original, unless somebody has changed the property since. */

/* Makes every member one that board_schema_check() takes. */
void draw_foreign_hide (BoardElementType kind, JsonObject *props);
/* The other way round; "foreign" is gone then. */
void draw_foreign_show (JsonObject *props);

G_END_DECLS
