/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sync/draw-session.h"

G_BEGIN_DECLS

/**
 * DrawPeopleActions: the verbs about one person, as the action group "people" of a widget: what the
 * session or its server does is done here, after a question where it cannot be taken back.
 *
 * Signals:
 *   "follow" (const char *member), "locate" (const char *member), "whisper" (const char *member),
 *   "show-only" (const char *member)   what the view has to do
 *   "done" (const char *words)    something to tell the person
 *   "trouble" (GError *error)
 */
#define DRAW_TYPE_PEOPLE_ACTIONS (draw_people_actions_get_type ())
G_DECLARE_FINAL_TYPE (DrawPeopleActions, draw_people_actions, DRAW, PEOPLE_ACTIONS, GObject)

/* Puts them on the widget, which is borrowed and has to live longer. */
DrawPeopleActions *draw_people_actions_new (GtkWidget *widget);
/* NULL: none. */
void draw_people_actions_set_session (DrawPeopleActions *self, DrawSession *session);
/* Borrowed. */
GActionGroup *draw_people_actions_get_group (DrawPeopleActions *self);

G_END_DECLS
