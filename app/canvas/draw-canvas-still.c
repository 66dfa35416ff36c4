/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What was seen of a board last is shown until it is read: as tiles of which each waits for the
 * real one. */
#include "canvas/draw-canvas-private.h"

#include <glib/gi18n.h>

DrawStill *
draw_canvas_take_still (DrawCanvas *self)
{
  cairo_surface_t *picture = NULL;
  BoardRect visible;
  double level = 1;
  int column = 0, row = 0;
  DrawStill *still;

  g_return_val_if_fail (DRAW_IS_CANVAS (self), NULL);

  if (self->document != NULL && draw_canvas_is_complete (self)
      && !draw_canvas_shows_otherwise (self))
    picture = draw_tile_layer_make_picture (self->tiles, &level, &column, &row);
  draw_viewport_get_visible (self->viewport, &visible);
  still = draw_still_new (visible.x + visible.width / 2, visible.y + visible.height / 2,
                          draw_viewport_get_scale (self->viewport), level, column, row, self->dark,
                          picture);
  g_clear_pointer (&picture, cairo_surface_destroy);
  return still;
}

void
draw_canvas_go_to_still (DrawCanvas *self, DrawStill *still)
{
  g_return_if_fail (DRAW_IS_CANVAS (self));
  g_return_if_fail (still != NULL);

  draw_still_ref (still);
  g_clear_pointer (&self->place_pending, draw_still_unref);
  if (gtk_widget_get_width (GTK_WIDGET (self)) == 0)
    {
      self->place_pending = still;
      return;
    }
  draw_viewport_set_scale (self->viewport, still->scale);
  draw_viewport_center_on (self->viewport, still->x, still->y);
  draw_still_unref (still);
}

static void
set_busy (DrawCanvas *self, gboolean busy)
{
  g_autofree char *label = g_strdup_printf (_ ("Canvas: %s"), _ ("Opening the board…"));

  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
  if (busy)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  else
    draw_canvas_announce (self);
}

void
draw_canvas_show_still (DrawCanvas *self, DrawStill *still)
{
  g_return_if_fail (DRAW_IS_CANVAS (self));
  g_return_if_fail (self->document == NULL);

  draw_canvas_end_still (self);
  draw_tile_layer_clear (self->tiles);
  if (still != NULL)
    {
      self->still = TRUE;
      draw_tile_layer_set_paused (self->tiles, TRUE);
      draw_canvas_go_to_still (self, still);
      if (still->picture != NULL && still->dark == self->dark)
        draw_tile_layer_take_picture (self->tiles, still->picture, still->level, still->column,
                                      still->row);
      set_busy (self, TRUE);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
draw_canvas_end_still (DrawCanvas *self)
{
  if (!self->still)
    return FALSE;
  self->still = FALSE;
  draw_tile_layer_set_paused (self->tiles, FALSE);
  draw_tile_layer_invalidate (self->tiles, NULL);
  set_busy (self, FALSE);
  return TRUE;
}
