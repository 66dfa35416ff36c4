/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tools/draw-pressure.h"

G_BEGIN_DECLS

/**
 * DrawPressureEditor: a curve that is bent by its points: across how hard the pen presses, upward
 * how much of its width a line gets. A double click adds a point, or takes it away. By keyboard:
 * Page Up and Page Down go from point to point, arrows move it, Insert adds one after it, Delete takes
 * it away.
 *
 * Signal: "changed" (): by the person.
 */
#define DRAW_TYPE_PRESSURE_EDITOR (draw_pressure_editor_get_type ())
G_DECLARE_FINAL_TYPE (DrawPressureEditor, draw_pressure_editor, DRAW, PRESSURE_EDITOR, GtkWidget)

void draw_pressure_editor_set_curve (DrawPressureEditor *self, const DrawPressure *curve);
const DrawPressure *draw_pressure_editor_get_curve (DrawPressureEditor *self);

G_END_DECLS
