/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first line of what the decoding process answers when it is asked for QR codes, in host byte order; each
 * text follows behind its length (guint32). */
typedef struct {
  char magic[4]; /* DRAW_IMAGE_CODES_MAGIC */
  guint32 n;
} DrawImageCodesAnswer;

#define DRAW_IMAGE_CODES_MAGIC "DBC1"
#define DRAW_IMAGE_CODES_ARGUMENT "codes"
/* More codes, or longer ones, are left out. */
#define DRAW_IMAGE_MAX_CODES 8
#define DRAW_IMAGE_MAX_CODE 2048

/* Whether this app was built with what reads QR codes. */
gboolean draw_image_can_read_codes (void);
/* The texts of the QR codes in a picture, as they are read in another process: see draw_image_decode(), whose
 * errors it has. Blocks; any thread. Returns: (transfer full): valid UTF-8 each; empty when there are none. */
char **draw_image_read_codes (GBytes *bytes, GError **error);

G_END_DECLS
