/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-point-choice.h"

#include "canvas/draw-settle.h"

/* The line, if it is still the one that is selected. */
static BoardElement *
get_line (const DrawPointChoice *self, DrawToolHost *host)
{
  BoardElement *line = self->line != NULL ? draw_reshape_get_line (host) : NULL;

  return line != NULL && g_str_equal (board_element_get_id (line), self->line) ? line : NULL;
}

void
draw_point_choice_set (DrawPointChoice *self, DrawToolHost *host, DrawReshape *reshape)
{
  BoardElement *line = draw_reshape_get_line (host);

  g_return_if_fail (self != NULL);

  draw_point_choice_clear (self);
  if (line != NULL && draw_reshape_get_point (reshape, &self->index))
    self->line = g_strdup (board_element_get_id (line));
}

void
draw_point_choice_clear (DrawPointChoice *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->line, g_free);
}

gboolean
draw_point_choice_remove (DrawPointChoice *self, DrawToolHost *host)
{
  BoardDocument *document = draw_tool_host_get_document (host);
  BoardElement *line = get_line (self, host);
  g_autoptr (DrawEdit) edit = line != NULL ? draw_edit_new (document) : NULL;
  g_autoptr (GPtrArray) ops = NULL;

  if (line == NULL || !draw_points_remove (edit, line, self->index))
    return FALSE;
  draw_point_choice_clear (self);
  draw_settle (edit, document);
  ops = draw_edit_get_ops (edit);
  draw_tool_host_emit_ops (host, ops);
  draw_tool_host_marks_changed (host);
  return TRUE;
}

void
draw_point_choice_add_mark (DrawPointChoice *self, DrawToolHost *host, GArray *marks)
{
  BoardElement *line = get_line (self, host);

  if (line != NULL)
    draw_points_add_chosen_mark (line, self->index, marks);
}
