/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Text is written in a real text field, placed over the element, scaled and turned with it; while it
 * is there, the element itself is not painted. */
#include "canvas/draw-canvas-private.h"

#include "canvas/draw-box.h"

/* A note as large as it is now, without the text that the field shows. */
static BoardElement *
make_blank_note (BoardElement *note)
{
  g_autoptr (JsonObject) props = json_object_new ();

  json_object_set_null_member (props, "text");
  json_object_set_null_member (props, "originalText");
  return board_element_with (note, props, NULL);
}

/* Letters are shown by the field, what is around them by a stand-in. */
static void
show_around (DrawCanvas *self)
{
  BoardElement *element = draw_writing_get_element (self->writing);
  BoardElement *container = draw_writing_get_container (self->writing);
  g_autoptr (GPtrArray) elements
      = g_ptr_array_new_with_free_func ((GDestroyNotify) board_element_unref);

  if (board_element_get_kind (element) == BOARD_ELEMENT_NOTE)
    g_ptr_array_add (elements, make_blank_note (element));
  else if (container != NULL)
    g_ptr_array_add (elements, board_element_ref (container));
  draw_canvas_set_stand_ins (self, elements);
}

static void
invalidate_written (DrawCanvas *self, DrawWriting *writing)
{
  const char *id = board_element_get_id (draw_writing_get_element (writing));
  BoardElement *element
      = self->document != NULL ? board_document_get_element (self->document, id) : NULL;
  BoardRect bounds;

  if (element == NULL)
    return;
  board_element_get_bounds (element, &bounds);
  draw_tile_layer_invalidate (self->tiles, &bounds);
}

static void
on_ended (DrawTextEditor *editor, gboolean next, DrawCanvas *self)
{
  g_autoptr (DrawWriting) next_writing = NULL;

  if (next)
    next_writing = draw_writing_make_next (self->writing);
  draw_canvas_end_writing (self);
  if (next_writing != NULL)
    draw_canvas_begin_writing (self, next_writing);
}

void
draw_canvas_begin_writing (DrawCanvas *self, DrawWriting *writing)
{
  draw_canvas_end_writing (self);
  if (self->read_only || self->document == NULL)
    return;
  draw_canvas_clear_selection (self);
  self->writing = g_object_ref (writing);
  self->editor = DRAW_TEXT_EDITOR (draw_text_editor_new (writing));
  draw_text_editor_restyle (self->editor, self->dark);
  gtk_widget_set_parent (GTK_WIDGET (self->editor), GTK_WIDGET (self));
  g_signal_connect_object (self->editor, "ended", G_CALLBACK (on_ended), self, 0);
  draw_text_editor_select_all (self->editor);
  gtk_widget_grab_focus (GTK_WIDGET (self->editor));
  invalidate_written (self, writing);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* What was written becomes ops; what shows it goes. */
gboolean
draw_canvas_end_writing (DrawCanvas *self)
{
  g_autoptr (DrawWriting) writing = g_steal_pointer (&self->writing);
  g_autoptr (GPtrArray) ops = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  if (writing == NULL)
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->editor)));
  ops = draw_writing_get_ops (writing);
  draw_tool_host_emit_ops (DRAW_TOOL_HOST (self), ops);
  draw_canvas_set_stand_ins (self, NULL);
  invalidate_written (self, writing);
  if (ops->len > 0 && draw_writing_get_result (writing) != NULL)
    draw_canvas_host_dry_element (self, draw_writing_get_element (writing));
  if (draw_writing_get_result (writing) != NULL)
    {
      g_ptr_array_add (ids, (gpointer) draw_writing_get_result (writing));
      draw_tool_host_set_selection (DRAW_TOOL_HOST (self), ids);
    }
  draw_tool_host_done (DRAW_TOOL_HOST (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

gboolean
draw_canvas_is_written (DrawCanvas *self, BoardElement *element)
{
  return self->writing != NULL
         && g_str_equal (board_element_get_id (draw_writing_get_element (self->writing)),
                         board_element_get_id (element));
}

/* The field has the size that the text has at 100 %, and is drawn as large and as turned as it is.
 */
void
draw_canvas_allocate_writing (DrawCanvas *self)
{
  const double scale = draw_viewport_get_scale (self->viewport);
  GskTransform *transform = NULL;
  BoardElement *element;
  BoardRect box, outline;
  double x, y;

  if (self->editor == NULL)
    return;
  show_around (self);
  element = draw_writing_get_element (self->writing);
  draw_text_editor_get_box (self->editor, &box);
  draw_box_get (element, &outline);
  draw_viewport_to_widget (self->viewport, outline.x + outline.width / 2,
                           outline.y + outline.height / 2, &x, &y);
  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  transform
      = gsk_transform_rotate (transform, (float) (board_element_get_angle (element) * 180 / G_PI));
  transform = gsk_transform_scale (transform, (float) scale, (float) scale);
  transform
      = gsk_transform_translate (transform, &GRAPHENE_POINT_INIT ((float) (box.x - outline.x
                                                                           - outline.width / 2),
                                                                  (float) (box.y - outline.y
                                                                           - outline.height / 2)));
  /* GTK wants to be asked before it is told. */
  gtk_widget_measure (GTK_WIDGET (self->editor), GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL,
                      NULL);
  gtk_widget_allocate (GTK_WIDGET (self->editor), (int) (box.width + 0.999),
                       (int) (box.height + 0.999), -1, transform);
}
