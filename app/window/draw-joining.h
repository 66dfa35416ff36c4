/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/draw-join-dialog.h"
#include "window/draw-window.h"

G_BEGIN_DECLS

/* Opens the dialog over that window and does what it asks for: the board is opened and connected behind
 * it, and comes into a window when it is all here. What came to nothing leaves nothing behind.
 * There is one at a time: another link takes the place of one that is only asked about, and is nothing while one is
 * under way. text: of a link, as draw_join_dialog_set_text() takes it; nullable. */
void draw_joining_start (DrawWindow *window, const char *text);
/* The same, for a board that is announced near: with the link by which it was joined before, at the address
 * where it is now, or with the question for one. */
void draw_joining_start_near (DrawWindow *window, DrawNearbyBoard *board);

G_END_DECLS
