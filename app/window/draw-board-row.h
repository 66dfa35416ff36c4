/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sync/draw-library.h"

G_BEGIN_DECLS

/* DrawBoardRow: a board in the list of Home: title, when it changed, what waits, whether it is
 * shared. */
#define DRAW_TYPE_BOARD_ROW (draw_board_row_get_type ())
G_DECLARE_FINAL_TYPE (DrawBoardRow, draw_board_row, DRAW, BOARD_ROW, AdwActionRow)

/* now: seconds since the epoch. */
GtkWidget *draw_board_row_new (const DrawBoardInfo *info, int64_t now);
const char *draw_board_row_get_path (DrawBoardRow *self);

G_END_DECLS
