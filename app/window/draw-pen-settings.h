/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-canvas.h"

G_BEGIN_DECLS

/* The tool of that name, as the setting "tool" knows them; NULL: there is none. Borrowed. */
typedef DrawTool *(*DrawPenSettingsFind) (gpointer data, const char *name);

/* Keeps how pens and fingers work on a canvas as the settings have it, from now on: pressure,
 * stabiliser, prediction, the buttons and the other end of a pen, fingers. @data: lives as long as
 * the canvas. */
void draw_pen_settings_bind (GSettings *settings,
                             DrawCanvas *canvas,
                             DrawPenSettingsFind find,
                             gpointer data);

G_END_DECLS
