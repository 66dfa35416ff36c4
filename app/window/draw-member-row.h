/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sync/draw-member.h"

G_BEGIN_DECLS

/* A person in the list of people: avatar, name, role, what they do, and a menu of what may be done
 * about them. It follows the member. */
#define DRAW_TYPE_MEMBER_ROW (draw_member_row_get_type ())
G_DECLARE_FINAL_TYPE (DrawMemberRow, draw_member_row, DRAW, MEMBER_ROW, GtkListBoxRow)

/* @own_role: of the person at this computer: what the menu offers. */
GtkWidget *draw_member_row_new (DrawMember *member, BoardRole own_role);
/* Opens its menu. */
void draw_member_row_popup (DrawMemberRow *self);

G_END_DECLS
