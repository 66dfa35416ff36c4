/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "board/board-op.h"

G_BEGIN_DECLS

/* DrawPollPage: asks what a new poll shall be. Signal: "submit" (BoardOp *op). */
#define DRAW_TYPE_POLL_PAGE (draw_poll_page_get_type ())
G_DECLARE_FINAL_TYPE (DrawPollPage, draw_poll_page, DRAW, POLL_PAGE, GtkWidget)

GtkWidget *draw_poll_page_new (void);
void draw_poll_page_reset (DrawPollPage *self);

G_END_DECLS
