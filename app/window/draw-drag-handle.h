/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DrawDragHandle: something to hold what is selected by, to drag it to another program: on the board
 * itself a drag moves it. A click copies it, which is the same by keys.
 *
 * Signals: "prepare" () -> GdkContentProvider (transfer full, nullable): what is dragged.
 */
#define DRAW_TYPE_DRAG_HANDLE (draw_drag_handle_get_type ())
G_DECLARE_FINAL_TYPE (DrawDragHandle, draw_drag_handle, DRAW, DRAG_HANDLE, GtkWidget)

G_END_DECLS
