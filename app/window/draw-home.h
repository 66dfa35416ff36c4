/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DrawHome: the boards on this computer, newest first, and the ways to another one. It is read
 * again whenever it comes into sight.
 *
 * Signal: "board-activated" (const char *path).
 */
#define DRAW_TYPE_HOME (draw_home_get_type ())
G_DECLARE_FINAL_TYPE (DrawHome, draw_home, DRAW, HOME, GtkWidget)

/* Reads the list of boards again; without blocking. */
void draw_home_refresh (DrawHome *self);

G_END_DECLS
