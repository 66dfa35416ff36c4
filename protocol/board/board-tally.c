/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-tally.h"

#include <string.h>

GHashTable *
board_tally_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, (GDestroyNotify) g_ref_string_release,
                                NULL);
}

GHashTable *
board_tally_copy (GHashTable *self)
{
  GHashTable *copy = board_tally_new ();
  GHashTableIter iter;
  gpointer member, number;

  g_hash_table_iter_init (&iter, self);
  while (g_hash_table_iter_next (&iter, &member, &number))
    g_hash_table_insert (copy, g_ref_string_acquire (member), number);
  return copy;
}

guint
board_tally_get (GHashTable *self, const char *member)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self, member));
}

void
board_tally_set (GHashTable *self, const char *member, guint number)
{
  if (number > 0)
    g_hash_table_replace (self, g_ref_string_new_intern (member), GUINT_TO_POINTER (number));
  else
    g_hash_table_remove (self, member);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
board_tally_list (GHashTable *table)
{
  GPtrArray *keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, key);
  g_ptr_array_sort (keys, compare_texts);
  return keys;
}
