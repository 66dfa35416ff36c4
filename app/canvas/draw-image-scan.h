/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* Looks for QR codes. For the process that has given up its rights: what reads them reads strangers' pixels.
 * Returns: (element-type GBytes): at most DRAW_IMAGE_MAX_CODES, each at most DRAW_IMAGE_MAX_CODE bytes. */
GPtrArray *draw_image_scan (GdkPixbuf *pixbuf);

G_END_DECLS
