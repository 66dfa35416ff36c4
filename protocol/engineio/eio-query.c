/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-query.h"

#include <string.h>

static gboolean
is_reserved (const char *name)
{
  static const char *const reserved[] = { "EIO", "transport", "sid", "j", "b64", NULL };

  return g_strv_contains (reserved, name);
}

/* Whether it stands for itself, as nearly all that comes with each poll does. */
static gboolean
is_plain (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (text[i] == '%' || text[i] == '+' || (guint8) text[i] >= 0x80)
      return FALSE;
  return TRUE;
}

/* application/x-www-form-urlencoded: a plus is a blank. */
static char *
decode (const char *text, gsize length)
{
  g_autofree char *copy = g_strndup (text, length);
  char *decoded;

  if (is_plain (text, length))
    return g_steal_pointer (&copy);
  g_strdelimit (copy, "+", ' ');
  /* NULL for a bad escape, and for one of U+0000. */
  decoded = g_uri_unescape_string (copy, NULL);
  if (decoded != NULL && !g_utf8_validate (decoded, -1, NULL))
    g_clear_pointer (&decoded, g_free);
  return decoded;
}

static gboolean
add_pair (GHashTable *table, const char *pair, gsize length)
{
  const char *equals = memchr (pair, '=', length);
  gsize name_length = equals != NULL ? (gsize) (equals - pair) : length;
  g_autofree char *name = decode (pair, name_length);
  g_autofree char *value = equals != NULL ? decode (equals + 1, length - name_length - 1)
                                          : g_strdup ("");

  if (name == NULL || value == NULL || (is_reserved (name) && g_hash_table_contains (table, name)))
    return FALSE;
  g_hash_table_replace (table, g_steal_pointer (&name), g_steal_pointer (&value));
  return TRUE;
}

GHashTable *
eio_query_parse (const char *query)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  while (query != NULL && *query != '\0')
    {
      gsize length = strcspn (query, "&");

      if (length > 0 && !add_pair (table, query, length))
        return NULL;
      query += length;
      query += *query == '&';
    }
  return g_steal_pointer (&table);
}

gboolean
eio_query_wants_base64 (GHashTable *query)
{
  const char *value = g_hash_table_lookup (query, "b64");

  return value != NULL && *value != '\0';
}
