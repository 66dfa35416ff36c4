/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* DrawPeopleButton: the discs of those who are here, +n, and a popover with everybody's name and
 * role. Not shown to somebody who is alone. */
#define DRAW_TYPE_PEOPLE_BUTTON (draw_people_button_get_type ())
G_DECLARE_FINAL_TYPE (DrawPeopleButton, draw_people_button, DRAW, PEOPLE_BUTTON, GtkWidget)

/* members: of DrawMember; nullable. */
void draw_people_button_set_members (DrawPeopleButton *self, GListModel *members);
void draw_people_button_popup (DrawPeopleButton *self);

G_END_DECLS
