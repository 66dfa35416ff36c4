/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "canvas/draw-still.h"
#include "files/draw-export.h"

G_BEGIN_DECLS

/* What is shown of boards that are closed: on Home a picture and who was there, and what was seen of it
 * last while it is opened; kept in the cache directory by the board's id. */

#define DRAW_THUMBNAIL_WIDTH 440
#define DRAW_THUMBNAIL_HEIGHT 280

/* Paints and writes it in a thread. @app is held meanwhile, so that quitting waits for it. @names:
 * (element-type utf8) of the others, newest last. @still: (nullable): as before. */
void draw_thumbnails_save (GApplication *app, const char *board, DrawExport *export, GPtrArray *names,
                           DrawStill *still);
void draw_thumbnails_forget (const char *board);
/* NULL when there is none. Blocks; any thread. Transfer full. */
GdkTexture *draw_thumbnails_load (const char *board);
/* NULL when there is none; only the place unless @picture. As above. */
DrawStill *draw_thumbnails_load_still (const char *board, gboolean picture);
/* (nullable) "Ada, Grace", strangers' text. Blocks; any thread. Transfer full. */
char *draw_thumbnails_load_names (const char *board);

G_END_DECLS
