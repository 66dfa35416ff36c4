/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "board/board-types.h"

G_BEGIN_DECLS

/* DrawMember: somebody on the board. Properties (read, notify): id, name (never empty: "Guest n" when it
 * has none; plain text from a stranger), color "#rrggbb", role (BoardRole), here, is-self. */
#define DRAW_TYPE_MEMBER (draw_member_get_type ())
G_DECLARE_FINAL_TYPE (DrawMember, draw_member, DRAW, MEMBER, GObject)

const char *draw_member_get_id (DrawMember *self);
const char *draw_member_get_name (DrawMember *self);
const char *draw_member_get_color (DrawMember *self);
BoardRole draw_member_get_role (DrawMember *self);
gboolean draw_member_get_here (DrawMember *self);
gboolean draw_member_is_self (DrawMember *self);

G_END_DECLS
