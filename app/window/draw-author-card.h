/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sync/draw-session.h"

G_BEGIN_DECLS

/**
 * DrawAuthorCard: who drew something, when, who changed it last, and what can be asked about them.
 *
 * Signals:
 *   "show-only" (const char *member)   what that member drew, in the past
 *   "show-past" (const char *element)  the moment before it was drawn
 */
#define DRAW_TYPE_AUTHOR_CARD (draw_author_card_get_type ())
G_DECLARE_FINAL_TYPE (DrawAuthorCard, draw_author_card, DRAW, AUTHOR_CARD, GtkPopover)

/* people: the actions of draw-people-actions.h. NULL when nothing of that id is shown. Floating. */
GtkWidget *draw_author_card_new (DrawSession *session, const char *element, GActionGroup *people);

G_END_DECLS
