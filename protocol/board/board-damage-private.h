/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-document.h"

G_BEGIN_DECLS

/* before, after: NULL where the element was not or is no more. */
void board_damage_add (BoardDamage *self,
                       const char *id,
                       const BoardRect *before,
                       const BoardRect *after);
gboolean board_damage_is_empty (const BoardDamage *self);
/* Everything: no longer what and where. */
void board_damage_add_all (BoardDamage *self);

G_END_DECLS
