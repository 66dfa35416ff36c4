/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sync/draw-session.h"

G_BEGIN_DECLS

/* DrawPeopleButton: the discs of those who are here, +n, and a popover with everybody's name, role and
 * what they do, with a menu for each; a host finds who was banned there too, and the lock. Not shown
 * for a board that was never shared. Rows look for actions "people.*" (DrawPeopleActions).
 * Signal: "trouble" (GError *error). */
#define DRAW_TYPE_PEOPLE_BUTTON (draw_people_button_get_type ())
G_DECLARE_FINAL_TYPE (DrawPeopleButton, draw_people_button, DRAW, PEOPLE_BUTTON, GtkWidget)

/* NULL: none. */
void draw_people_button_set_session (DrawPeopleButton *self, DrawSession *session);
void draw_people_button_popup (DrawPeopleButton *self);
void draw_people_button_popdown (DrawPeopleButton *self);

G_END_DECLS
