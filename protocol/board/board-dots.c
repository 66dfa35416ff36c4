/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-dots.h"

#include <string.h>

#include "board-tally.h"
#include "json/wire-json.h"

typedef struct {
  GHashTable *by; /* tally */
  guint sum;
} Dots;

struct _BoardDots {
  GHashTable *elements; /* id -> Dots, never of none */
  GHashTable *spent;    /* tally */
  guint size;
  BoardHash hash;
};

static void
dots_free (gpointer data)
{
  Dots *dots = data;

  g_hash_table_unref (dots->by);
  g_free (dots);
}

BoardDots *
board_dots_new (void)
{
  BoardDots *self = g_new0 (BoardDots, 1);

  self->elements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, dots_free);
  self->spent = board_tally_new ();
  return self;
}

BoardDots *
board_dots_copy (BoardDots *self)
{
  BoardDots *copy = board_dots_new ();
  GHashTableIter iter;
  gpointer element, value;

  g_hash_table_iter_init (&iter, self->elements);
  while (g_hash_table_iter_next (&iter, &element, &value))
    {
      Dots *dots = g_new (Dots, 1);

      dots->by = board_tally_copy (((Dots *) value)->by);
      dots->sum = ((Dots *) value)->sum;
      g_hash_table_insert (copy->elements, g_strdup (element), dots);
    }
  g_hash_table_unref (copy->spent);
  copy->spent = board_tally_copy (self->spent);
  copy->size = self->size;
  copy->hash = self->hash;
  return copy;
}

void
board_dots_free (BoardDots *self)
{
  g_hash_table_unref (self->elements);
  g_hash_table_unref (self->spent);
  g_free (self);
}

guint
board_dots_count (BoardDots *self, const char *element)
{
  Dots *dots = g_hash_table_lookup (self->elements, element);

  return dots != NULL ? dots->sum : 0;
}

guint
board_dots_get_spent (BoardDots *self, const char *member)
{
  return board_tally_get (self->spent, member);
}

guint
board_dots_get (BoardDots *self, const char *element, const char *member)
{
  Dots *dots = g_hash_table_lookup (self->elements, element);

  return dots != NULL ? board_tally_get (dots->by, member) : 0;
}

guint
board_dots_get_size (BoardDots *self)
{
  return self->size;
}

static void
append_line (GString *out, const char *element, const char *member, guint number)
{
  g_string_append (out, "[\"dots\",");
  wire_json_append_string (out, element);
  g_string_append_c (out, ',');
  wire_json_append_string (out, member);
  g_string_append_printf (out, ",%u]", number);
}

static void
count (BoardDots *self,
       const char *element,
       const char *member,
       guint number,
       void (*count_hash) (BoardHash *, BoardHash))
{
  g_autoptr (GString) line = g_string_new (NULL);

  if (number == 0)
    return;
  append_line (line, element, member, number);
  count_hash (&self->hash, board_hash_text ('m', line->str));
}

static Dots *
ensure_dots (BoardDots *self, const char *element)
{
  Dots *dots = g_hash_table_lookup (self->elements, element);

  if (dots == NULL)
    {
      dots = g_new0 (Dots, 1);
      dots->by = board_tally_new ();
      g_hash_table_insert (self->elements, g_strdup (element), dots);
    }
  return dots;
}

void
board_dots_set (BoardDots *self, const char *element, const char *member, guint number)
{
  guint before = board_dots_get (self, element, member);
  Dots *dots;

  if (before == number)
    return;
  dots = ensure_dots (self, element);
  count (self, element, member, before, board_hash_subtract);
  count (self, element, member, number, board_hash_add);
  self->size += (number > 0) - (before > 0);
  dots->sum += number - before;
  board_tally_set (dots->by, member, number);
  board_tally_set (self->spent, member, board_dots_get_spent (self, member) + number - before);
  if (dots->sum == 0)
    g_hash_table_remove (self->elements, element);
}

static int
compare_sums (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const char *id_a = *(const char *const *) a, *id_b = *(const char *const *) b;
  guint sum_a = board_dots_count (user_data, id_a), sum_b = board_dots_count (user_data, id_b);

  return sum_a != sum_b ? (sum_a > sum_b ? -1 : 1) : strcmp (id_a, id_b);
}

GPtrArray *
board_dots_list (BoardDots *self)
{
  GPtrArray *elements = board_tally_list (self->elements);

  g_ptr_array_sort_with_data (elements, compare_sums, self);
  return elements;
}

GPtrArray *
board_dots_list_elements (BoardDots *self)
{
  return board_tally_list (self->elements);
}

GPtrArray *
board_dots_list_members (BoardDots *self, const char *element)
{
  Dots *dots = g_hash_table_lookup (self->elements, element);

  return board_tally_list (dots->by);
}

BoardHash
board_dots_get_hash (BoardDots *self)
{
  return self->hash;
}

void
board_dots_append (GString *out, BoardDots *self)
{
  g_autoptr (GPtrArray) elements = board_dots_list_elements (self);

  for (guint i = 0; i < elements->len; i++)
    {
      const char *element = g_ptr_array_index (elements, i);
      g_autoptr (GPtrArray) members = board_dots_list_members (self, element);

      for (guint k = 0; k < members->len; k++)
        {
          const char *member = g_ptr_array_index (members, k);

          append_line (out, element, member, board_dots_get (self, element, member));
          g_string_append_c (out, '\n');
        }
    }
}
