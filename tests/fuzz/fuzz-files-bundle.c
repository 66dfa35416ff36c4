/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawing of a stranger, alone or in a picture: what is taken can be written, and what was written
 * is taken whole and written in the same way. */
#include "files/draw-bundle.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (DrawBundle) bundle = draw_bundle_load (bytes, NULL);
  g_autoptr (DrawBundle) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *written = NULL;
  g_autofree char *twice = NULL;
  gsize length;

  if (bundle == NULL)
    return 0;
  written = draw_bundle_print (bundle, DRAW_BUNDLE_FILE, &length);
  again = draw_bundle_parse (written, length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->n_skipped, ==, 0);
  g_assert_cmpuint (again->elements->len, ==, bundle->elements->len);
  twice = draw_bundle_print (again, DRAW_BUNDLE_FILE, NULL);
  g_assert_cmpstr (written, ==, twice);
  return 0;
}
