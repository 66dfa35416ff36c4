/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-tool.h"
#include "tools/draw-frame.h"
#include "tools/draw-points.h"

G_BEGIN_DECLS

/**
 * DrawReshape: what is selected being resized, turned, or bent at a point, from press to release.
 */
typedef struct _DrawReshape DrawReshape;

/* The frame of what is selected; FALSE when nothing is, or only what is locked. */
gboolean draw_reshape_get_frame (DrawToolHost *host, DrawFrame *frame);
/* The line or arrow that is selected alone and whose points can be taken; NULL: none. Borrowed. */
BoardElement *draw_reshape_get_line (DrawToolHost *host);

/* The gesture that begins with a press there; NULL: there is no handle. Transfer full. */
DrawReshape *draw_reshape_new (DrawToolHost *host, const DrawSample *sample);
void draw_reshape_free (DrawReshape *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawReshape, draw_reshape_free)

/* Shows what would come of it. Shift: in ratio; turning: by 15 degrees. Alt: about the middle. Ctrl:
 * nothing catches. */
void draw_reshape_drag (DrawReshape *self,
                        DrawToolHost *host,
                        const DrawSample *sample,
                        GdkModifierType state);
void draw_reshape_finish (DrawReshape *self, DrawToolHost *host);
/* The point of a line that was pressed; FALSE: the press was on something else, or between two
 * points. */
gboolean draw_reshape_get_point (DrawReshape *self, guint *index);
void draw_reshape_cancel (DrawReshape *self, DrawToolHost *host);
/* Where the frame is now, and what an arrow's end would stick to. */
void draw_reshape_add_marks (DrawReshape *self, DrawToolHost *host, GArray *marks);

/* The marks while nothing is dragged: frame and handles, or the points of a line. */
void draw_reshape_add_handles (DrawToolHost *host, GArray *marks);
/* The cursor over a handle; NULL: there is none. */
const char *draw_reshape_get_cursor (DrawToolHost *host, double x, double y);

G_END_DECLS
