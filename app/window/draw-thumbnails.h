/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "files/draw-export.h"

G_BEGIN_DECLS

/* What Home shows of boards that are closed: a picture and who was there, kept in the cache
 * directory by the board's id. */

#define DRAW_THUMBNAIL_WIDTH 440
#define DRAW_THUMBNAIL_HEIGHT 280

/* Paints and writes it in a thread. @app is held meanwhile, so that quitting waits for it. @names:
 * (element-type utf8) of the others, newest last. */
void draw_thumbnails_save (GApplication *app, const char *board, DrawExport *export, GPtrArray *names);
void draw_thumbnails_forget (const char *board);
/* NULL when there is none. Blocks; any thread. Transfer full. */
GdkTexture *draw_thumbnails_load (const char *board);
/* (nullable) "Ada, Grace", strangers' text. Blocks; any thread. Transfer full. */
char *draw_thumbnails_load_names (const char *board);

G_END_DECLS
