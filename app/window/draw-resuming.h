/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/draw-hosting.h"

G_BEGIN_DECLS

/**
 * DrawResuming: keeps in the settings which boards are hosted, and for whom, and hosts them again when the app died and
 * they are open again: guests come back by themselves. Who stopped hosting, or quit, finds nothing hosted.
 */
#define DRAW_TYPE_RESUMING (draw_resuming_get_type ())
G_DECLARE_FINAL_TYPE (DrawResuming, draw_resuming, DRAW, RESUMING, GObject)

/* The open board of that file; borrowed, NULL: it is not open. */
typedef DrawSession *(*DrawResumingFind) (const char *path, gpointer user_data);

DrawResuming *draw_resuming_new (DrawHosting *hosting, GSettings *settings);
/* Hosts those that were hosted when the app died and that @find knows, which is asked as long as there are more and has
 * to outlive this. Where that does not go, the board says that it
 * is not hosted. */
void draw_resuming_start (DrawResuming *self, DrawResumingFind find, gpointer user_data);

G_END_DECLS
