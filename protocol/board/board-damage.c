/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-damage-private.h"

#include "board/board-limits.h"

G_DEFINE_BOXED_TYPE (BoardDamage, board_damage, board_damage_copy, board_damage_free)

BoardDamage *
board_damage_new (void)
{
  BoardDamage *self = g_new0 (BoardDamage, 1);

  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->rects = g_array_new (FALSE, FALSE, sizeof (BoardRect));
  self->seen = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

static void
damage_list (BoardDamage *self, const char *id)
{
  char *own;

  if (g_hash_table_contains (self->seen, id))
    return;
  own = g_strdup (id);
  g_ptr_array_add (self->ids, own);
  g_hash_table_add (self->seen, own);
}

BoardDamage *
board_damage_copy (const BoardDamage *damage)
{
  BoardDamage *copy;

  g_return_val_if_fail (damage != NULL, NULL);

  copy = board_damage_new ();
  copy->area = damage->area;
  copy->all = damage->all;
  copy->chat = damage->chat;
  copy->title = damage->title;
  copy->meeting = damage->meeting;
  g_array_append_vals (copy->rects, damage->rects->data, damage->rects->len);
  for (guint i = 0; i < damage->ids->len; i++)
    damage_list (copy, g_ptr_array_index (damage->ids, i));
  return copy;
}

void
board_damage_free (BoardDamage *damage)
{
  if (damage == NULL)
    return;
  g_hash_table_unref (damage->seen);
  g_ptr_array_unref (damage->ids);
  g_array_unref (damage->rects);
  g_free (damage);
}

static void
damage_place (BoardDamage *self, const BoardRect *rect)
{
  if (rect == NULL)
    return;
  board_rect_union (&self->area, rect, &self->area);
  if (!self->all)
    g_array_append_val (self->rects, *rect);
}

void
board_damage_add (BoardDamage *self,
                  const char *id,
                  const BoardRect *before,
                  const BoardRect *after)
{
  g_assert (self != NULL && id != NULL);

  damage_place (self, before);
  damage_place (self, after);
  if (self->all)
    return;
  damage_list (self, id);
  if (self->ids->len > BOARD_MAX_DAMAGE)
    board_damage_add_all (self);
}

void
board_damage_add_all (BoardDamage *self)
{
  self->all = TRUE;
  g_hash_table_remove_all (self->seen);
  g_ptr_array_set_size (self->ids, 0);
  g_array_set_size (self->rects, 0);
}

gboolean
board_damage_is_empty (const BoardDamage *self)
{
  return !self->all && !self->chat && !self->title && !self->meeting && self->ids->len == 0;
}
