/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* A file beside the pictures of Home: what is read of it is saved to what is read as the same. */
#include <glib.h>

#include "canvas/draw-still.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (DrawStill) still = draw_still_load (bytes, NULL);
  g_autoptr (DrawStill) read = NULL;
  g_autoptr (GBytes) saved = NULL;
  g_autoptr (GError) error = NULL;

  if (still == NULL)
    return 0;
  saved = draw_still_save (still);
  read = draw_still_load (saved, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (read->x, ==, still->x);
  g_assert_cmpfloat (read->level, ==, still->level);
  g_assert_true ((read->picture == NULL) == (still->picture == NULL));
  return 0;
}
