/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sync/draw-member.h"

G_BEGIN_DECLS

/* DrawMemberRow: one person in the list of people: disc, name, role. */
#define DRAW_TYPE_MEMBER_ROW (draw_member_row_get_type ())
G_DECLARE_FINAL_TYPE (DrawMemberRow, draw_member_row, DRAW, MEMBER_ROW, GtkListBoxRow)

GtkWidget *draw_member_row_new (DrawMember *member);

G_END_DECLS
