/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-tool.h"

G_BEGIN_DECLS

/**
 * DrawCrop: a picture being cropped by hand: the whole picture is shown, faint where it is left out;
 * sides and corners are dragged, or the picture beneath them. On the board it is "crop", as
 * Excalidraw has it: pixels of the picture. Turned and flipped pictures stay where they are.
 */
typedef struct _DrawCrop DrawCrop;

/* NULL when the element is no picture, is locked, or its picture is not there yet. Shows the whole
 * picture from now on. Transfer full. */
DrawCrop *draw_crop_new (DrawToolHost *host, const char *id);
void draw_crop_free (DrawCrop *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawCrop, draw_crop_free)

/* Whether the press begins a drag; FALSE: it was beside the picture. */
gboolean draw_crop_press (DrawCrop *self, DrawToolHost *host, const DrawSample *sample);
/* Shift keeps the ratio. */
void draw_crop_drag (DrawCrop *self,
                     DrawToolHost *host,
                     const DrawSample *sample,
                     GdkModifierType state);
/* As before the press. */
void draw_crop_undo_drag (DrawCrop *self, DrawToolHost *host);
/* Arrows move the picture beneath its frame by one unit; with Shift they move the frame's right and
 * lower sides; Backspace shows the whole picture again; Return and Escape end it. Returns whether it
 * was such a key. */
gboolean draw_crop_key (DrawCrop **self, DrawToolHost *host, guint keyval, GdkModifierType state);
/* Ends it and forgets it; NULL: there is none. @keep: emits what became of it, or nothing where
 * nothing did; else the picture is as it was. */
void draw_crop_end (DrawCrop **self, DrawToolHost *host, gboolean keep);

void draw_crop_add_marks (DrawCrop *self, DrawToolHost *host, GArray *marks);
/* The cursor there. */
const char *draw_crop_get_cursor (DrawCrop *self, DrawToolHost *host, double x, double y);

G_END_DECLS
