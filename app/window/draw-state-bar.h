/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "window/draw-words.h"

G_BEGIN_DECLS

/* DrawStateBar: a bar beneath the header for a state that lasts, with what can be done about it.
 * Hidden while there is nothing to tell. */
#define DRAW_TYPE_STATE_BAR (draw_state_bar_get_type ())
G_DECLARE_FINAL_TYPE (DrawStateBar, draw_state_bar, DRAW, STATE_BAR, GtkWidget)

void draw_state_bar_show (DrawStateBar *self, const DrawShareFacts *facts);

G_END_DECLS
