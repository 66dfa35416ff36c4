/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "board/board-link.h"

G_BEGIN_DECLS

/* A flat button with an icon at the end of a row; words: its tooltip and its name. Borrowed. */
GtkWidget *draw_row_button_add (AdwActionRow *row,
                                const char *icon,
                                const char *words,
                                GCallback callback,
                                gpointer user_data);
/* What the button is about. */
void draw_row_button_set_link (GtkWidget *button, const BoardLink *link);
const BoardLink *draw_row_button_get_link (GtkWidget *button);

G_END_DECLS
