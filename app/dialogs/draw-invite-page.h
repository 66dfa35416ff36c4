/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "board/board-types.h"

G_BEGIN_DECLS

/**
 * DrawInvitePage: asks what a new invitation shall be.
 *
 * Signal: "invite" (int role, gint64 seconds, guint uses, const char *label): seconds until it expires,
 * 0: never; uses 0: any number.
 */
#define DRAW_TYPE_INVITE_PAGE (draw_invite_page_get_type ())
G_DECLARE_FINAL_TYPE (DrawInvitePage, draw_invite_page, DRAW, INVITE_PAGE, GtkWidget)

/* As it was at first. */
void draw_invite_page_reset (DrawInvitePage *self);

G_END_DECLS
