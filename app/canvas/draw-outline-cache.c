/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-outline-cache.h"

#include <math.h>

/* Elements are immutable, so the pointer of a referenced element names its looks for ever. */
typedef struct {
  BoardElement *element; /* owned */
  int detail;
} Key;

typedef struct {
  Key key;
  DrawOutline *outline; /* owned */
  GList link;           /* in used */
} Entry;

struct _DrawOutlineCache {
  GMutex mutex;
  GHashTable *entries; /* Key (in its Entry) -> Entry, owned */
  GQueue used;         /* Entry by its link, most recent first */
  gsize cost, max_cost;
};

/* Edges are at most that many device pixels off; of a thin stroke, on which nobody sees corners, a
 * bit more: boards of thousands of strokes are boards of thin ones. */
#define TOLERANCE_PX 0.1
#define TOLERANCE_THIN_PX 0.2
#define THIN_PX 3.0
/* Scales within one factor of two share an outline, the finest end decides. */
#define DETAIL_MIN -6
#define DETAIL_MAX 8

static guint
key_hash (gconstpointer data)
{
  const Key *key = data;

  return g_direct_hash (key->element) ^ ((guint) key->detail * 0x9e3779b1u);
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
  const Key *x = a, *y = b;

  return x->element == y->element && x->detail == y->detail;
}

static gsize
entry_cost (Entry *entry)
{
  return sizeof (Entry) + draw_outline_get_cost (entry->outline);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  draw_outline_unref (entry->outline);
  board_element_unref (entry->key.element);
  g_free (entry);
}

static void
evict (DrawOutlineCache *self)
{
  while (self->cost > self->max_cost && self->used.length > 0)
    {
      Entry *entry = self->used.tail->data;

      self->cost -= entry_cost (entry);
      g_queue_unlink (&self->used, &entry->link);
      g_hash_table_remove (self->entries, &entry->key);
    }
}

static DrawOutline *
find (DrawOutlineCache *self, const Key *key)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry == NULL)
    return NULL;
  g_queue_unlink (&self->used, &entry->link);
  g_queue_push_head_link (&self->used, &entry->link);
  return draw_outline_ref (entry->outline);
}

static void
keep (DrawOutlineCache *self, const Key *key, DrawOutline *outline)
{
  Entry *entry;

  /* Another thread may have been faster. */
  if (g_hash_table_contains (self->entries, key))
    return;
  entry = g_new0 (Entry, 1);
  entry->key = *key;
  board_element_ref (entry->key.element);
  entry->outline = draw_outline_ref (outline);
  entry->link.data = entry;
  g_hash_table_insert (self->entries, &entry->key, entry);
  g_queue_push_head_link (&self->used, &entry->link);
  self->cost += entry_cost (entry);
  evict (self);
}

static DrawOutline *
compute (BoardElement *element, int detail)
{
  const double scale = ldexp (1, detail), width = board_element_get_stroke_width (element);
  const double tolerance = width * scale <= THIN_PX ? TOLERANCE_THIN_PX : TOLERANCE_PX;

  return draw_outline_new_for_stroke (board_element_get_stroke (element), width,
                                      tolerance / scale);
}

DrawOutlineCache *
draw_outline_cache_new (gsize max_cost)
{
  DrawOutlineCache *self = g_new0 (DrawOutlineCache, 1);

  g_mutex_init (&self->mutex);
  self->entries = g_hash_table_new_full (key_hash, key_equal, NULL, entry_free);
  self->max_cost = max_cost;
  return self;
}

void
draw_outline_cache_free (DrawOutlineCache *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->entries);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

DrawOutline *
draw_outline_cache_get (DrawOutlineCache *self, BoardElement *element, double scale)
{
  Key key = { element };
  DrawOutline *outline;

  g_return_val_if_fail (self != NULL && element != NULL, NULL);
  g_return_val_if_fail (scale > 0 && isfinite (scale), NULL);

  key.detail = (int) CLAMP (ceil (log2 (scale) - 1e-9), DETAIL_MIN, DETAIL_MAX);
  g_mutex_lock (&self->mutex);
  outline = find (self, &key);
  g_mutex_unlock (&self->mutex);
  if (outline != NULL)
    return outline;

  outline = compute (element, key.detail);
  g_mutex_lock (&self->mutex);
  keep (self, &key, outline);
  g_mutex_unlock (&self->mutex);
  return outline;
}

gsize
draw_outline_cache_get_cost (DrawOutlineCache *self)
{
  gsize cost;

  g_return_val_if_fail (self != NULL, 0);

  g_mutex_lock (&self->mutex);
  cost = self->cost;
  g_mutex_unlock (&self->mutex);
  return cost;
}

guint
draw_outline_cache_get_n_outlines (DrawOutlineCache *self)
{
  guint n;

  g_return_val_if_fail (self != NULL, 0);

  g_mutex_lock (&self->mutex);
  n = g_hash_table_size (self->entries);
  g_mutex_unlock (&self->mutex);
  return n;
}
