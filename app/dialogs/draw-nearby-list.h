/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sync/draw-nearby.h"

G_BEGIN_DECLS

/**
 * DrawNearbyList: boards that are announced on the local network, a row each. It looks around while it can
 * be seen.
 *
 * Property: talkative (boolean, construct): says in words that nothing is near, or that it cannot be known;
 *   without, nothing is shown then.
 * Signal: "chosen" (DrawNearbyBoard *board).
 */
#define DRAW_TYPE_NEARBY_LIST (draw_nearby_list_get_type ())
G_DECLARE_FINAL_TYPE (DrawNearbyList, draw_nearby_list, DRAW, NEARBY_LIST, GtkWidget)

/* Whether a board is to be left out: one of this computer's own. */
typedef gboolean (*DrawNearbyFilter) (const char *board, gpointer user_data);

/* Once. user_data must live as long as the widget. */
void draw_nearby_list_set_nearby (DrawNearbyList *self, DrawNearby *nearby, DrawNearbyFilter is_own,
                                  gpointer user_data);

G_END_DECLS
