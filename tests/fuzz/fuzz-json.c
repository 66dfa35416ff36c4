/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Whatever the bytes: judging and building agree, and what is printed reads back as the same. */
#include "json/wire-json.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  g_autoptr (JsonNode) node = wire_json_parse (text, size, &wire_json_limits_default, NULL);
  gboolean good = wire_json_validate (text, size, &wire_json_limits_default, NULL);
  g_autoptr (JsonNode) again = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize length;

  g_assert (good == (node != NULL));
  if (node == NULL)
    return 0;
  first = wire_json_print (node, &length);
  again = wire_json_parse (first, length, &wire_json_limits_default, NULL);
  g_assert (again != NULL);
  second = wire_json_print (again, NULL);
  g_assert (g_str_equal (first, second));
  return 0;
}
