/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "files/draw-incoming.h"

G_BEGIN_DECLS

/* Adds an image with its bytes at that place, on top. */
void draw_incoming_add_picture (DrawBundle *bundle,
                                GBytes *bytes,
                                const char *mime,
                                const BoardRect *place,
                                gboolean locked);
DrawBundle *draw_incoming_load_pdf (GBytes *bytes, GError **error);

G_END_DECLS
