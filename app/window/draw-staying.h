/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "window/draw-hosting.h"

G_BEGIN_DECLS

/**
 * DrawStaying: keeps the app, and so its server, alive for a while after its last window was closed, when
 * boards are hosted and the person wants it ("hosting-stays", minutes). A window ends the wait, Quit
 * does too.
 */
#define DRAW_TYPE_STAYING (draw_staying_get_type ())
G_DECLARE_FINAL_TYPE (DrawStaying, draw_staying, DRAW, STAYING, GObject)

/* app: borrowed; owns the result and outlives it. */
DrawStaying *draw_staying_new (GtkApplication *app, DrawHosting *hosting, GSettings *settings);
/* The next window that closes is the end. */
void draw_staying_give_up (DrawStaying *self);
/* Whether it waits now. */
gboolean draw_staying_is_waiting (DrawStaying *self);

G_END_DECLS
