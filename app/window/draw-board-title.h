/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DrawBoardTitle: the title of the board over its honest state, in the middle of the header bar; a
 * click or draw_board_title_edit() renames.
 *
 * Signal: "renamed" (const char *title): stripped, at most
 * BOARD_MAX_TITLE characters, different from the one before.
 */
#define DRAW_TYPE_BOARD_TITLE (draw_board_title_get_type ())
G_DECLARE_FINAL_TYPE (DrawBoardTitle, draw_board_title, DRAW, BOARD_TITLE, GtkWidget)

void draw_board_title_set_title (DrawBoardTitle *self, const char *title);
void draw_board_title_set_subtitle (DrawBoardTitle *self, const char *subtitle);
void draw_board_title_set_editable (DrawBoardTitle *self, gboolean editable);
void draw_board_title_edit (DrawBoardTitle *self);

G_END_DECLS
