/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "files/draw-stencil.h"

G_BEGIN_DECLS

/* Stencils of one file that are taken; the rest is counted as skipped. */
#define DRAW_STENCIL_FILE_MAX 2000

/* Excalidraw's libraries, `.excalidrawlib` of version 1 and 2. Strangers make them: they go through
 * the same reader as drawings (draw_bundle_parse()).
 *
 * (element-type DrawStencil), in the order of the file, transfer full; each id once. @n_skipped:
 * (out): stencils and elements that could not be taken. Any thread. Errors:
 * G_IO_ERROR_NOT_FOUND (no library), _INVALID_DATA (no such text), _MESSAGE_TOO_LARGE. */
GPtrArray *draw_stencil_file_parse (const char *text,
                                    gsize length,
                                    guint *n_skipped,
                                    GError **error);
/* Whether it is worth to be parsed as one: looks at its beginning only. */
gboolean draw_stencil_file_sniff (GBytes *bytes);
/* The pictures that they need are in it, where Excalidraw has none. Transfer full. Any thread. */
GBytes *draw_stencil_file_print (GPtrArray *stencils);

G_END_DECLS
