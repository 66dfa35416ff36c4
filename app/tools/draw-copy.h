/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-selection.h"

G_BEGIN_DECLS

/* Copies of elements with ids of their own, above all, moved by (dx, dy). What refers to each other
 * among them does so among the copies, too; what refers to others does not any more. Labels and
 * what is in a frame are copied with it. @copies: (out) (transfer full) (element-type utf8) the ids
 * to be selected. Returns: the ops to be emitted, transfer full, never NULL. */
GPtrArray *draw_copy_elements (BoardDocument *document,
                               GPtrArray *ids,
                               double dx,
                               double dy,
                               GPtrArray **copies);

G_END_DECLS
