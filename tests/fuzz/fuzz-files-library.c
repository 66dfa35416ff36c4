/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* A library of a stranger: what is taken can be written, and what was written is taken whole and
 * written in the same way. */
#include "files/draw-stencil-file.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  guint n_skipped;
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GPtrArray) stencils = draw_stencil_file_parse (text, size, &n_skipped, NULL);
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GBytes) twice = NULL;
  g_autoptr (GError) error = NULL;

  if (stencils == NULL)
    return 0;
  written = draw_stencil_file_print (stencils);
  again = draw_stencil_file_parse (g_bytes_get_data (written, NULL), g_bytes_get_size (written),
                                   &n_skipped, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_skipped, ==, 0);
  g_assert_cmpuint (again->len, ==, stencils->len);
  twice = draw_stencil_file_print (again);
  g_assert_true (g_bytes_equal (written, twice));
  return 0;
}
