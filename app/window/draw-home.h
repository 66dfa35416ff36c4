/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dialogs/draw-nearby-list.h"

G_BEGIN_DECLS

/**
 * DrawHome: the boards on this computer, newest first.
 *
 * Signals: "board-activated" (const char *path). "verb" (const char *name, const char *path, const
 * char *title): "rename", "duplicate", "export" or "delete" a board. "nearby-chosen" (DrawNearbyBoard
 * *board).
 */
#define DRAW_TYPE_HOME (draw_home_get_type ())
G_DECLARE_FINAL_TYPE (DrawHome, draw_home, DRAW, HOME, GtkWidget)

/* Reads the list anew. */
void draw_home_refresh (DrawHome *self);
/* Shows it no more, or again; the file stays as it is. */
void draw_home_set_hidden (DrawHome *self, const char *path, gboolean hidden);
void draw_home_search (DrawHome *self);
/* Once: boards near are shown, too. See draw_nearby_list_set_nearby(). */
void draw_home_set_nearby (DrawHome *self, DrawNearby *nearby, DrawNearbyFilter is_own, gpointer user_data);

G_END_DECLS
