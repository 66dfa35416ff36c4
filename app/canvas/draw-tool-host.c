/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-tool-host.h"

#include "canvas/draw-belong.h"

G_DEFINE_INTERFACE (DrawToolHost, draw_tool_host, G_TYPE_OBJECT)

static void
draw_tool_host_default_init (DrawToolHostInterface *iface)
{
}

BoardDocument *
draw_tool_host_get_document (DrawToolHost *self)
{
  g_return_val_if_fail (DRAW_IS_TOOL_HOST (self), NULL);

  return DRAW_TOOL_HOST_GET_IFACE (self)->get_document (self);
}

DrawViewport *
draw_tool_host_get_viewport (DrawToolHost *self)
{
  g_return_val_if_fail (DRAW_IS_TOOL_HOST (self), NULL);

  return DRAW_TOOL_HOST_GET_IFACE (self)->get_viewport (self);
}

double
draw_tool_host_get_grid (DrawToolHost *self)
{
  g_return_val_if_fail (DRAW_IS_TOOL_HOST (self), 0);

  return DRAW_TOOL_HOST_GET_IFACE (self)->get_grid (self);
}

gboolean
draw_tool_host_get_picture_size (DrawToolHost *self, const char *file_id, int *width, int *height)
{
  g_return_val_if_fail (DRAW_IS_TOOL_HOST (self), FALSE);
  g_return_val_if_fail (width != NULL && height != NULL, FALSE);

  return file_id != NULL
         && DRAW_TOOL_HOST_GET_IFACE (self)->get_picture_size (self, file_id, width, height);
}

GPtrArray *
draw_tool_host_get_selection (DrawToolHost *self)
{
  g_return_val_if_fail (DRAW_IS_TOOL_HOST (self), NULL);

  return DRAW_TOOL_HOST_GET_IFACE (self)->get_selection (self);
}

void
draw_tool_host_set_selection (DrawToolHost *self, GPtrArray *ids)
{
  g_return_if_fail (DRAW_IS_TOOL_HOST (self));

  DRAW_TOOL_HOST_GET_IFACE (self)->set_selection (self, ids);
}

void
draw_tool_host_emit_op (DrawToolHost *self, BoardOp *op)
{
  g_return_if_fail (DRAW_IS_TOOL_HOST (self));
  g_return_if_fail (op != NULL);

  DRAW_TOOL_HOST_GET_IFACE (self)->emit_op (self, op);
}

void
draw_tool_host_emit_ops (DrawToolHost *self, GPtrArray *ops)
{
  DrawToolHostInterface *iface;
  gboolean bracket;

  g_return_if_fail (DRAW_IS_TOOL_HOST (self));
  g_return_if_fail (ops != NULL);

  iface = DRAW_TOOL_HOST_GET_IFACE (self);
  bracket = ops->len > 1 && iface->act != NULL;
  if (bracket)
    iface->act (self, TRUE);
  for (guint i = 0; i < ops->len; i++)
    iface->emit_op (self, ops->pdata[i]);
  if (bracket)
    iface->act (self, FALSE);
}

void
draw_tool_host_add (DrawToolHost *self, BoardElement *element)
{
  BoardDocument *document = draw_tool_host_get_document (self);
  g_autoptr (DrawEdit) edit = NULL;
  g_autoptr (GPtrArray) ops = NULL;

  g_return_if_fail (document != NULL && element != NULL);

  edit = draw_edit_new (document);
  draw_edit_add (edit, element);
  draw_belong (edit, document);
  ops = draw_edit_get_ops (edit);
  draw_tool_host_emit_ops (self, ops);
}

void
draw_tool_host_ink_begin (DrawToolHost *self, const char *id, const char *color, double width)
{
  g_return_if_fail (DRAW_IS_TOOL_HOST (self));
  g_return_if_fail (id != NULL && color != NULL);

  DRAW_TOOL_HOST_GET_IFACE (self)->ink_begin (self, id, color, width);
}

void
draw_tool_host_ink_set_points (DrawToolHost *self,
                               guint from,
                               const BoardPoint *points,
                               gsize n_points)
{
  g_return_if_fail (DRAW_IS_TOOL_HOST (self));
  g_return_if_fail (points != NULL || n_points == 0);

  DRAW_TOOL_HOST_GET_IFACE (self)->ink_set_points (self, from, points, n_points);
}

void
draw_tool_host_ink_end (DrawToolHost *self, gboolean keep)
{
  g_return_if_fail (DRAW_IS_TOOL_HOST (self));

  DRAW_TOOL_HOST_GET_IFACE (self)->ink_end (self, keep);
}

void
draw_tool_host_show_band (DrawToolHost *self, const BoardRect *band)
{
  g_return_if_fail (DRAW_IS_TOOL_HOST (self));

  DRAW_TOOL_HOST_GET_IFACE (self)->show_band (self, band);
}

void
draw_tool_host_show_moved (DrawToolHost *self, GPtrArray *ids, double dx, double dy)
{
  g_return_if_fail (DRAW_IS_TOOL_HOST (self));

  DRAW_TOOL_HOST_GET_IFACE (self)->show_moved (self, ids, dx, dy);
}

void
draw_tool_host_show_shaped (DrawToolHost *self, GPtrArray *ids, const graphene_matrix_t *matrix)
{
  g_return_if_fail (DRAW_IS_TOOL_HOST (self));
  g_return_if_fail ((ids == NULL) == (matrix == NULL));

  DRAW_TOOL_HOST_GET_IFACE (self)->show_shaped (self, ids, matrix);
}

void
draw_tool_host_show_faded (DrawToolHost *self, GPtrArray *ids)
{
  g_return_if_fail (DRAW_IS_TOOL_HOST (self));

  DRAW_TOOL_HOST_GET_IFACE (self)->show_faded (self, ids);
}

void
draw_tool_host_show_element (DrawToolHost *self, BoardElement *element)
{
  g_return_if_fail (DRAW_IS_TOOL_HOST (self));

  DRAW_TOOL_HOST_GET_IFACE (self)->show_element (self, element);
}

void
draw_tool_host_show_stand_ins (DrawToolHost *self, GPtrArray *elements)
{
  g_return_if_fail (DRAW_IS_TOOL_HOST (self));

  DRAW_TOOL_HOST_GET_IFACE (self)->show_stand_ins (self, elements);
}

void
draw_tool_host_marks_changed (DrawToolHost *self)
{
  g_return_if_fail (DRAW_IS_TOOL_HOST (self));

  DRAW_TOOL_HOST_GET_IFACE (self)->marks_changed (self);
}

void
draw_tool_host_done (DrawToolHost *self)
{
  g_return_if_fail (DRAW_IS_TOOL_HOST (self));

  DRAW_TOOL_HOST_GET_IFACE (self)->done (self);
}

gboolean
draw_tool_host_walk (DrawToolHost *self, int direction)
{
  g_return_val_if_fail (DRAW_IS_TOOL_HOST (self), FALSE);
  g_return_val_if_fail (direction == 1 || direction == -1, FALSE);

  if (DRAW_TOOL_HOST_GET_IFACE (self)->walk == NULL)
    return FALSE;
  return DRAW_TOOL_HOST_GET_IFACE (self)->walk (self, direction);
}

void
draw_tool_host_write (DrawToolHost *self, DrawWriting *writing)
{
  g_return_if_fail (DRAW_IS_TOOL_HOST (self));
  g_return_if_fail (DRAW_IS_WRITING (writing));

  DRAW_TOOL_HOST_GET_IFACE (self)->write (self, writing);
}

void
draw_tool_host_cast (DrawToolHost *self, BoardCast *cast)
{
  g_return_if_fail (DRAW_IS_TOOL_HOST (self));
  g_return_if_fail (cast != NULL);

  DRAW_TOOL_HOST_GET_IFACE (self)->cast (self, cast);
}
