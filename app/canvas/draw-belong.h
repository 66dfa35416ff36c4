/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-edit.h"

G_BEGIN_DECLS

/* Adds to an edit who belongs to which frame after it:
 * - what was made, moved or resized belongs to the topmost frame that its middle is in; as long as
 *   it touches the frame that it was in, and is in no other, it stays. A group goes as one.
 * - what goes along with its frame stays in it.
 * - a frame that was made or resized takes what lies wholly in it and is in no other, and lets go of
 *   what it does not touch any more.
 * - labels are where what they label is. What is locked stays where it is; frames are in no frame. */
void draw_belong (DrawEdit *edit, BoardDocument *document);

/* Adds to an edit that removes elements that those who were in a removed frame are in none. */
void draw_belong_release (DrawEdit *edit, BoardDocument *document);

G_END_DECLS
