/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sync/draw-session.h"

G_BEGIN_DECLS

/* Rows of DrawMeetingWindow. Titles are strangers' plain text. */
AdwActionRow *draw_meeting_row_new (const char *title, const char *subtitle);
/* words: with a mnemonic. Borrowed, as what follows. */
GtkWidget *draw_meeting_row_add_button (AdwActionRow *row,
                                        const char *words,
                                        GCallback callback,
                                        gpointer user_data);
/* What a screen reader says of it, when its label alone does not tell it from others. */
void draw_meeting_name (GtkWidget *widget, const char *words);
GtkWidget *
draw_meeting_row_add_spin (AdwActionRow *row, const char *name, double min, double max, double value);

/* DrawPollRow: a poll as it stands: the question, what can be chosen, how many did. Signal:
 * "submit" (BoardOp *op). */
#define DRAW_TYPE_POLL_ROW (draw_poll_row_get_type ())
G_DECLARE_FINAL_TYPE (DrawPollRow, draw_poll_row, DRAW, POLL_ROW, AdwExpanderRow)

/* poll: its number at the meeting now; the row shows one moment. */
GtkWidget *draw_poll_row_new (DrawSession *session, guint poll);

G_END_DECLS
