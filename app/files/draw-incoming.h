/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "files/draw-bundle.h"

G_BEGIN_DECLS

/* Longest side of a picture on the board when it comes, board units. */
#define DRAW_INCOMING_SIDE 800.0
#define DRAW_INCOMING_MAX_PAGES 200

/* What somebody opens, drops or pastes becomes a bundle with its top left corner at the origin:
 * - a drawing (draw_bundle_load()), which keeps its places;
 * - a picture (PNG, JPEG, WebP, GIF): an image, at most DRAW_INCOMING_SIDE long; one that is larger
 *   than boards take is made smaller;
 * - a PDF: its pages as locked images beneath each other, to be written on.
 * Blocks; any thread. Errors: those of draw_bundle_load(); G_IO_ERROR_NOT_SUPPORTED. */
DrawBundle *draw_incoming_load (GBytes *bytes, GError **error);
/* A text element; an Excalidraw drawing where the text is one. NULL for no text at all. */
DrawBundle *draw_incoming_load_text (const char *text);

/* draw-incoming-pdf.c: whether this build reads PDF. */
gboolean draw_incoming_has_pdf (void);

G_END_DECLS
