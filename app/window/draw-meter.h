/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DrawMeter: how steady the app is, for scripts: an action "measure", to be the application's. Nothing is measured, and
 * nothing costs anything, until it is activated for the first time; each time its state becomes what was
 * measured since the time before, an a{sv} of two kinds of spans:
 *
 *   turn   of the main loop, from one poll to the next: meanwhile neither key nor pen is looked at
 *   frame  of the windows that were open when it was activated, from its clock's before-paint to its after-paint
 *
 * of each how many there were, turns and frames (t), and in microseconds (x), as the clock on the wall went (which goes
 * on while others have the processor) and as the main thread had a processor: turn-p50, turn-p99, turn-max, turn-cpu-p50,
 * turn-cpu-p99, turn-cpu-max, and the same of frame.
 */
#define DRAW_TYPE_METER (draw_meter_get_type ())
G_DECLARE_FINAL_TYPE (DrawMeter, draw_meter, DRAW, METER, GObject)

/* One for the program. app: borrowed, outlives it. */
DrawMeter *draw_meter_new (GtkApplication *app);
/* Borrowed. */
GAction *draw_meter_get_action (DrawMeter *self);

G_END_DECLS
