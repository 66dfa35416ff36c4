/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-canvas-private.h"

static void
invalidate_bounds (DrawCanvas *self, BoardElement *element)
{
  BoardRect bounds;

  board_element_get_bounds (element, &bounds);
  draw_tile_layer_invalidate (self->tiles, &bounds);
}

/* Where the board's own are hidden, or shown again. */
static void
invalidate_originals (DrawCanvas *self, GPtrArray *elements)
{
  for (guint i = 0; i < elements->len && self->document != NULL; i++)
    {
      const char *id = board_element_get_id (elements->pdata[i]);
      BoardElement *original = board_document_get_element (self->document, id);

      if (original != NULL)
        invalidate_bounds (self, original);
    }
}

static gboolean
has_same_ids (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || b == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!g_str_equal (board_element_get_id (a->pdata[i]), board_element_get_id (b->pdata[i])))
      return FALSE;
  return TRUE;
}

/* What stands in keeps being shown until the tiles show what came of it. */
static void
dry_all (DrawCanvas *self, GPtrArray *elements)
{
  for (guint i = 0; i < elements->len; i++)
    {
      invalidate_bounds (self, elements->pdata[i]);
      draw_canvas_host_dry_element (self, elements->pdata[i]);
    }
}

void
draw_canvas_set_stand_ins (DrawCanvas *self, GPtrArray *elements)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->stand_ins);

  if (elements != NULL && elements->len > 0)
    {
      self->stand_ins = g_ptr_array_new_with_free_func ((GDestroyNotify) board_element_unref);
      for (guint i = 0; i < elements->len; i++)
        g_ptr_array_add (self->stand_ins, board_element_ref (elements->pdata[i]));
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (has_same_ids (before, self->stand_ins))
    return;
  if (before != NULL)
    {
      invalidate_originals (self, before);
      if (self->stand_ins == NULL)
        dry_all (self, before);
    }
  if (self->stand_ins != NULL)
    invalidate_originals (self, self->stand_ins);
}

gboolean
draw_canvas_has_stand_in (DrawCanvas *self, BoardElement *element)
{
  for (guint i = 0; self->stand_ins != NULL && i < self->stand_ins->len; i++)
    if (g_str_equal (board_element_get_id (self->stand_ins->pdata[i]),
                     board_element_get_id (element)))
      return TRUE;
  return FALSE;
}

void
draw_canvas_stand_ins_snapshot (DrawCanvas *self, GtkSnapshot *snapshot, const DrawView *view)
{
  for (guint i = 0; self->stand_ins != NULL && i < self->stand_ins->len; i++)
    draw_canvas_element_snapshot (self, self->stand_ins->pdata[i], snapshot, view);
}
