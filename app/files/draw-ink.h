/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The points of a freedraw between Excalidraw's arrays and packed text. Places are rounded to 1/16
 * unit and pressures to 1/1023. */

/* Excalidraw draws a freedraw that much thicker than "strokeWidth" says, at middle pressure. */
#define DRAW_INK_WIDTH_FACTOR 4.25

/* "points" and "pressures" become packed "points"; "strokeWidth" becomes what is seen. A "packed" of
 * our own, which has tilts and times too, is taken where it still says the same as "points". FALSE:
 * there are no points. */
gboolean draw_ink_pack (JsonObject *props);
/* The other way round. */
void draw_ink_unpack (JsonObject *props);
/* "width" and "height" of its points, where it has none. */
void draw_ink_add_size (JsonObject *props);
/* [[x, y], ...] of anything that has two finite numbers, thinned to BOARD_MAX_POINTS; the first is
 * (0, 0), and x and y of the element follow. A line with fewer than two becomes one across its box.
 */
void draw_ink_mend_path (JsonObject *props);

G_END_DECLS
