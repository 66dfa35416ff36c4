/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-canvas-private.h"

#include <glib/gi18n.h>

#include "canvas/draw-walk.h"

/* Board units around an object that is brought into view, as a share of what is seen. */
#define MARGIN 0.1

static gboolean
is_inside (const BoardRect *outer, const BoardRect *inner)
{
  return inner->x >= outer->x && inner->y >= outer->y
         && inner->x + inner->width <= outer->x + outer->width
         && inner->y + inner->height <= outer->y + outer->height;
}

void
draw_canvas_show_element (DrawCanvas *self, BoardElement *element)
{
  BoardRect visible, bounds;

  g_return_if_fail (DRAW_IS_CANVAS (self));
  g_return_if_fail (element != NULL);

  board_element_get_bounds (element, &bounds);
  draw_viewport_get_visible (self->viewport, &visible);
  if (is_inside (&visible, &bounds))
    return;
  if (bounds.width > visible.width * (1 - MARGIN) || bounds.height > visible.height * (1 - MARGIN))
    draw_viewport_fit (self->viewport, &bounds);
  else
    draw_viewport_center_on (self->viewport, bounds.x + bounds.width / 2,
                             bounds.y + bounds.height / 2);
}

void
draw_canvas_announce (DrawCanvas *self)
{
  g_autofree char *what = NULL, *label = NULL;
  BoardElement *element = NULL;

  if (self->document != NULL && self->selection->len == 1)
    element = board_document_get_element (self->document, self->selection->pdata[0]);
  if (element != NULL)
    what = draw_walk_describe (self->document, element);
  else if (self->selection->len > 1)
    what = g_strdup_printf (ngettext ("%u object selected", "%u objects selected",
                                      self->selection->len),
                            self->selection->len);
  /* Translators: the name of the canvas for a screen reader, with what is selected on it */
  label = what != NULL ? g_strdup_printf (_ ("Canvas: %s"), what) : g_strdup (_ ("Canvas"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* Not everything at once: from the last object on, Tab leaves the canvas. */
gboolean
draw_canvas_walk (DrawCanvas *self, int direction)
{
  const char *id = self->selection->len == 1 ? self->selection->pdata[0] : NULL;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  BoardRect visible;
  DrawWalk walk = { NULL };

  draw_viewport_get_visible (self->viewport, &visible);
  if (self->document != NULL && self->action == DRAW_ACTION_NONE)
    draw_walk_step (self->document, &visible, id, direction, &walk);
  if (walk.element != NULL)
    {
      g_ptr_array_add (ids, g_strdup (board_element_get_id (walk.element)));
      draw_canvas_show_element (self, walk.element);
    }
  draw_canvas_take_selection (self, ids);
  return walk.element != NULL;
}
