/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "board/board-limits.h"
#include "sync/draw-nearby-record.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* As on the wire: a byte of length before each string (RFC 6763, 6.1). */
static GVariant *
read_strings (const guint8 *data, size_t size)
{
  GVariantBuilder builder;
  size_t at = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
  while (at < size)
    {
      size_t length = MIN (data[at], size - at - 1);

      g_variant_builder_add_value (
          &builder, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data + at + 1, length, 1));
      at += 1 + length;
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static void
check_words (const char *words)
{
  g_assert_true (g_utf8_validate (words, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (words, -1), <=, BOARD_MAX_NAME);
  for (const char *p = words; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
}

/* Whatever comes is refused or fit to be shown, and what is fit can be said again. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GVariant) strings = read_strings (data, MIN (size, 64 * 1024));
  g_autoptr (DrawNearbyRecord) record = draw_nearby_record_parse (strings);
  g_autoptr (GVariant) again = NULL;
  g_autoptr (DrawNearbyRecord) reread = NULL;

  if (record == NULL)
    return 0;
  check_words (record->title);
  check_words (record->person);
  again = g_variant_ref_sink (draw_nearby_record_build (record->title, record->person));
  reread = draw_nearby_record_parse (again);
  g_assert_nonnull (reread);
  g_assert_true (g_str_has_prefix (record->person, reread->person));
  return 0;
}
