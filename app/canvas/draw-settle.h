/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-edit.h"

G_BEGIN_DECLS

/* Adds to an edit what follows from it: arrows bound to something that is elsewhere, or of another
 * size, follow it; labels go where what they label has room for them; what comes into a frame, or
 * leaves it, belongs to it, or does not (draw-belong.h). */
void draw_settle (DrawEdit *edit, BoardDocument *document);
/* Makes one arrow go where its ends are bound to. */
void draw_settle_arrow (DrawEdit *edit, const char *id);
/* The ids of the arrows that would follow, when these elements changed. (element-type utf8),
 * transfer full. */
GPtrArray *draw_settle_list_followers (BoardDocument *document, GPtrArray *ids);

G_END_DECLS
