/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "board/board-link.h"

G_BEGIN_DECLS

/**
 * DrawJoinDialog: an invitation is pasted or was opened from elsewhere; the dialog names where it
 * leads, and asks. Nothing is joined without the person's click here.
 *
 * Signal: "join" (gpointer link): a const BoardLink *, borrowed for the time of the emission.
 */
#define DRAW_TYPE_JOIN_DIALOG (draw_join_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DrawJoinDialog, draw_join_dialog, DRAW, JOIN_DIALOG, AdwWindow)

DrawJoinDialog *draw_join_dialog_new (void);
/* The text of a link; also one that does not parse: the dialog then says why. A dialog that was
 * given none looks for an invitation on the clipboard. */
void draw_join_dialog_set_text (DrawJoinDialog *self, const char *text);

G_END_DECLS
