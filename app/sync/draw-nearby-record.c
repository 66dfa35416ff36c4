/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-nearby-record.h"

#include <string.h>

#include "draw-name.h"

/* RFC 6763, 6.1: a string has at most 255 bytes; all of them should fit into one packet. */
#define MAX_STRING 255
#define MAX_STRINGS 32
#define VERSION "1"

/* --- Building ----------------------------------------------------------------------------------- */

/* Cut between two characters, so that the string fits. */
static char *
make_string (const char *key, const char *value)
{
  g_autofree char *clean = draw_name_clean (value);
  g_autofree char *text = g_strconcat (key, "=", clean != NULL ? clean : "", NULL);
  const char *end;

  if (strlen (text) > MAX_STRING)
    {
      text[MAX_STRING] = '\0';
      if (!g_utf8_validate (text, -1, &end))
        text[end - text] = '\0';
    }
  return g_steal_pointer (&text);
}

static void
add_string (GVariantBuilder *builder, const char *text)
{
  g_variant_builder_add_value (builder, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, text,
                                                                   strlen (text), 1));
}

GVariant *
draw_nearby_record_build (const char *title, const char *person)
{
  g_autofree char *title_text = make_string ("title", title);
  g_autofree char *person_text = make_string ("person", person);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
  add_string (&builder, "v=" VERSION);
  add_string (&builder, title_text);
  add_string (&builder, person_text);
  return g_variant_builder_end (&builder);
}

/* --- Reading ------------------------------------------------------------------------------------ */

/* The string of that index, NULL when it is too long or holds a zero. Transfer full. */
static char *
get_string (GVariant *strings, gsize index)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (strings, index);
  gsize length = 0;
  const char *bytes = g_variant_get_fixed_array (child, &length, 1);

  if (length == 0 || length > MAX_STRING || memchr (bytes, '\0', length) != NULL)
    return NULL;
  return g_strndup (bytes, length);
}

/* Keys are ASCII, in any case; of two of one name the first counts (RFC 6763, 6.4). Transfer full. */
static char *
find_value (GVariant *strings, const char *key)
{
  gsize length = strlen (key);

  for (gsize i = 0; i < g_variant_n_children (strings); i++)
    {
      g_autofree char *text = get_string (strings, i);

      if (text != NULL && g_ascii_strncasecmp (text, key, length) == 0 && text[length] == '=')
        return g_strdup (text + length + 1);
    }
  return NULL;
}

static char *
find_words (GVariant *strings, const char *key)
{
  g_autofree char *value = find_value (strings, key);
  char *clean = draw_name_clean (value);

  return clean != NULL ? clean : g_strdup ("");
}

DrawNearbyRecord *
draw_nearby_record_parse (GVariant *strings)
{
  g_autofree char *version = NULL;
  DrawNearbyRecord *record;

  g_return_val_if_fail (strings != NULL, NULL);

  if (!g_variant_is_of_type (strings, G_VARIANT_TYPE ("aay")) ||
      g_variant_n_children (strings) > MAX_STRINGS)
    return NULL;
  version = find_value (strings, "v");
  if (g_strcmp0 (version, VERSION) != 0)
    return NULL;
  record = g_new0 (DrawNearbyRecord, 1);
  record->title = find_words (strings, "title");
  record->person = find_words (strings, "person");
  return record;
}

void
draw_nearby_record_free (DrawNearbyRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->title);
  g_free (record->person);
  g_free (record);
}
