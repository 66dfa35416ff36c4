/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "canvas/draw-writing.h"

G_BEGIN_DECLS

/**
 * DrawTextEditor: the text field over an element: letters as the board will paint them, in board
 * units (the canvas scales and turns it), with input methods, selection and undo of its own. It
 * tells its writing what stands there.
 *
 * Signals: "ended" (gboolean next): by Escape, Ctrl+Return, or (next) Tab in a note.
 */
#define DRAW_TYPE_TEXT_EDITOR (draw_text_editor_get_type ())
G_DECLARE_FINAL_TYPE (DrawTextEditor, draw_text_editor, DRAW, TEXT_EDITOR, GtkWidget)

GtkWidget *draw_text_editor_new (DrawWriting *writing);
/* The board's element has another look now, or the sheet is dark. */
void draw_text_editor_restyle (DrawTextEditor *self, gboolean dark);
/* Where it goes: the element's box without what is around its text, board units, not turned. */
void draw_text_editor_get_box (DrawTextEditor *self, BoardRect *box);
void draw_text_editor_select_all (DrawTextEditor *self);

G_END_DECLS
