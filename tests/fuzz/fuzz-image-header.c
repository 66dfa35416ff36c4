/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-image-header.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* What is said of a picture is within the limits, or it is an error. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  DrawImageHeader header;

  if (!draw_image_header_parse (data, size, &header, &error))
    {
      g_assert_nonnull (error);
      return 0;
    }
  g_assert_cmpint (header.width, >=, 1);
  g_assert_cmpint (header.width, <=, DRAW_IMAGE_MAX_SIDE);
  g_assert_cmpint (header.height, >=, 1);
  g_assert_cmpint (header.height, <=, DRAW_IMAGE_MAX_SIDE);
  g_assert_cmpint (header.width * header.height, <=, DRAW_IMAGE_MAX_PIXELS);
  g_assert_nonnull (draw_image_type_get_name (header.type));
  return 0;
}
