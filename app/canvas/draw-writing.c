/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-writing.h"

#include <string.h>

#include "board/board-index.h"
#include "board/board-limits.h"
#include "canvas/draw-belong.h"
#include "canvas/draw-box.h"
#include "canvas/draw-scene.h"
#include "canvas/draw-shape.h"
#include "canvas/draw-text.h"

/* Board units between a note and the next. */
#define NOTE_GAP 16.0

struct _DrawWriting {
  GObject parent_instance;

  /* owned */
  BoardDocument *document;
  BoardElement *base; /* as it was, or as it began */
  char *container_id; /* what it labels, or NULL */
  char *text;
  gboolean is_new, changed;

  /* owned: what follows from the text */
  DrawEdit *edit;
  BoardElement *element;
  BoardElement *container; /* or NULL */
};

G_DEFINE_FINAL_TYPE (DrawWriting, draw_writing, G_TYPE_OBJECT)

/* ---- how large ---- */

static void
set_place (JsonObject *props, const BoardRect *place)
{
  const double max = BOARD_COORDINATE_MAX;

  json_object_set_double_member (props, "x", CLAMP (place->x, -max, max));
  json_object_set_double_member (props, "y", CLAMP (place->y, -max, max));
  json_object_set_double_member (props, "width", MIN (place->width, max));
  json_object_set_double_member (props, "height", MIN (place->height, max));
}

/* The end that the text is aligned to stays where it is, however it is turned. */
static void
grow (BoardElement *element, const DrawText *text, double width, double height, BoardRect *place)
{
  const double angle = board_element_get_angle (element);
  const double share = text->align == PANGO_ALIGN_CENTER  ? 0.5
                       : text->align == PANGO_ALIGN_RIGHT ? 1
                                                          : 0;
  BoardRect box;
  double x, y, new_x, new_y;

  draw_box_get (element, &box);
  x = box.x + box.width * share;
  y = box.y;
  draw_box_turn_point (&x, &y, box.x + box.width / 2, box.y + box.height / 2, angle);
  new_x = width * share;
  new_y = 0;
  draw_box_turn_point (&new_x, &new_y, width / 2, height / 2, angle);
  *place = (BoardRect){ x - new_x, y - new_y, width, height };
}

static void
fit_text (BoardElement *element, JsonObject *props)
{
  const char *original = draw_shape_get_text (element, "originalText");
  double width, height;
  BoardRect place;
  DrawText text;

  draw_text_init (&text, element);
  if (original != NULL)
    text.text = original;
  draw_text_measure (&text, &width, &height);
  grow (element, &text, text.width > 0 ? text.width : width, height, &place);
  set_place (props, &place);
  if (text.width > 0)
    {
      g_autofree char *wrapped = draw_text_wrap (&text);

      json_object_set_string_member (props, "text", wrapped);
    }
}

static void
fit_note (BoardElement *element, JsonObject *props)
{
  const double width = draw_shape_get_number (element, "width", 1, BOARD_COORDINATE_MAX, 1);
  const double height = draw_shape_get_number (element, "height", 1, BOARD_COORDINATE_MAX, 1);
  DrawText text;

  draw_text_init (&text, element);
  json_object_set_double_member (props, "height",
                                 MAX (height, draw_text_get_note_height (&text, width)));
}

static gboolean
is_line (BoardElement *element)
{
  return board_element_get_kind (element) == BOARD_ELEMENT_LINE
         || board_element_get_kind (element) == BOARD_ELEMENT_ARROW;
}

static void
fit_label (DrawEdit *edit, BoardElement *container, BoardElement *element, JsonObject *props)
{
  g_autoptr (BoardElement) grown = board_element_ref (container);
  DrawText text;
  BoardRect place;
  double needed;

  draw_text_init (&text, element);
  if (draw_shape_get_text (element, "originalText") != NULL)
    text.text = draw_shape_get_text (element, "originalText");
  needed = draw_text_place_label (container, &text, draw_shape_get_text (element, "verticalAlign"),
                                  &place);
  if (!is_line (container)
      && needed > draw_shape_get_number (container, "height", 0, BOARD_COORDINATE_MAX, 0))
    {
      const char *id = board_element_get_id (container);

      draw_edit_set_member (edit, id, "height", json_node_init_double (json_node_alloc (), needed));
      board_element_unref (grown);
      grown = draw_edit_get_element (edit, id);
      draw_text_place_label (grown, &text, draw_shape_get_text (element, "verticalAlign"), &place);
    }
  set_place (props, &place);
  if (!is_line (container) && board_element_get_angle (element) != board_element_get_angle (grown))
    json_object_set_double_member (props, "angle", board_element_get_angle (grown));
  draw_text_get_label_area (grown, &place);
  text.width = place.width;
  {
    g_autofree char *wrapped = draw_text_wrap (&text);

    json_object_set_string_member (props, "text", wrapped);
  }
}

void
draw_writing_fit (DrawEdit *edit, BoardDocument *document, const char *id)
{
  g_autoptr (BoardElement) element = NULL;
  g_autoptr (BoardElement) container = NULL;
  g_autoptr (JsonObject) props = json_object_new ();
  const char *container_id;

  g_return_if_fail (edit != NULL && id != NULL);

  element = draw_edit_get_element (edit, id);
  if (element == NULL)
    return;
  container_id = draw_shape_get_text (element, "containerId");
  container = container_id != NULL ? draw_edit_get_element (edit, container_id) : NULL;
  if (board_element_get_kind (element) == BOARD_ELEMENT_NOTE)
    fit_note (element, props);
  else if (container != NULL)
    fit_label (edit, container, element, props);
  else
    fit_text (element, props);
  draw_edit_set (edit, id, props);
}

/* ---- the text ---- */

/* A label and what it labels say so of each other. */
static void
bind_label (DrawWriting *self, BoardElement *container)
{
  JsonNode *node = board_element_get_prop (container, "boundElements");
  g_autoptr (JsonArray) bound = json_array_new ();
  JsonObject *entry = json_object_new ();

  for (guint i = 0; node != NULL && JSON_NODE_HOLDS_ARRAY (node)
                    && i < json_array_get_length (json_node_get_array (node));
       i++)
    json_array_add_element (bound, json_node_copy (
                                       json_array_get_element (json_node_get_array (node), i)));
  json_object_set_string_member (entry, "id", board_element_get_id (self->base));
  json_object_set_string_member (entry, "type", "text");
  json_array_add_object_element (bound, entry);
  draw_edit_set_member (self->edit, self->container_id, "boundElements",
                        json_node_init_array (json_node_alloc (), bound));
}

static void
update (DrawWriting *self)
{
  const char *id = board_element_get_id (self->base);
  BoardElement *container = self->container_id != NULL
                                ? board_document_get_element (self->document, self->container_id)
                                : NULL;
  g_autoptr (JsonObject) props = json_object_new ();

  g_clear_pointer (&self->edit, draw_edit_free);
  g_clear_pointer (&self->element, board_element_unref);
  g_clear_pointer (&self->container, board_element_unref);
  self->edit = draw_edit_new (self->document);
  if (self->is_new)
    draw_edit_add (self->edit, self->base);
  if (self->is_new && container != NULL)
    bind_label (self, container);
  json_object_set_string_member (props, "text", self->text);
  json_object_set_string_member (props, "originalText", self->text);
  draw_edit_set (self->edit, id, props);
  draw_writing_fit (self->edit, self->document, id);
  self->element = draw_edit_get_element (self->edit, id);
  if (self->element == NULL)
    self->element = board_element_ref (self->base);
  if (self->container_id != NULL && draw_edit_has (self->edit, self->container_id))
    self->container = draw_edit_get_element (self->edit, self->container_id);
}

static void
draw_writing_finalize (GObject *object)
{
  DrawWriting *self = DRAW_WRITING (object);

  g_object_unref (self->document);
  board_element_unref (self->base);
  g_free (self->container_id);
  g_free (self->text);
  draw_edit_free (self->edit);
  board_element_unref (self->element);
  g_clear_pointer (&self->container, board_element_unref);
  G_OBJECT_CLASS (draw_writing_parent_class)->finalize (object);
}

static void
draw_writing_class_init (DrawWritingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_writing_finalize;
}

static void
draw_writing_init (DrawWriting *self)
{
}

static DrawWriting *
create (BoardDocument *document, BoardElement *element, const char *container_id, gboolean is_new)
{
  DrawWriting *self = g_object_new (DRAW_TYPE_WRITING, NULL);
  const char *text = draw_shape_get_text (element, "originalText");

  if (text == NULL)
    text = draw_shape_get_text (element, "text");
  self->document = g_object_ref (document);
  self->base = board_element_ref (element);
  self->container_id = g_strdup (container_id);
  self->text = g_strdup (text != NULL ? text : "");
  self->is_new = is_new;
  update (self);
  return self;
}

DrawWriting *
draw_writing_new (BoardDocument *document, BoardElement *element)
{
  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), NULL);
  g_return_val_if_fail (element != NULL, NULL);

  return create (document, element, draw_shape_get_text (element, "containerId"), FALSE);
}

DrawWriting *
draw_writing_new_for (BoardDocument *document, BoardElement *element, BoardElement *container)
{
  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), NULL);
  g_return_val_if_fail (element != NULL, NULL);

  return create (document, element, container != NULL ? board_element_get_id (container) : NULL,
                 TRUE);
}

BoardElement *
draw_writing_get_element (DrawWriting *self)
{
  g_return_val_if_fail (DRAW_IS_WRITING (self), NULL);

  return self->element;
}

const char *
draw_writing_get_text (DrawWriting *self)
{
  g_return_val_if_fail (DRAW_IS_WRITING (self), NULL);

  return self->text;
}

void
draw_writing_set_text (DrawWriting *self, const char *text)
{
  g_return_if_fail (DRAW_IS_WRITING (self));
  g_return_if_fail (text != NULL && g_utf8_validate (text, -1, NULL));

  if (g_str_equal (text, self->text))
    return;
  g_free (self->text);
  self->text = g_utf8_strlen (text, -1) > BOARD_MAX_TEXT
                   ? g_utf8_substring (text, 0, BOARD_MAX_TEXT)
                   : g_strdup (text);
  self->changed = TRUE;
  update (self);
}

BoardElement *
draw_writing_get_container (DrawWriting *self)
{
  g_return_val_if_fail (DRAW_IS_WRITING (self), NULL);

  return self->container;
}

static gboolean
is_note (DrawWriting *self)
{
  return board_element_get_kind (self->base) == BOARD_ELEMENT_NOTE;
}

static gboolean
is_blank (const char *text)
{
  return strspn (text, " \t\n") == strlen (text);
}

static GPtrArray *
no_ops (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) board_op_unref);
}

GPtrArray *
draw_writing_get_ops (DrawWriting *self)
{
  g_autoptr (DrawEdit) edit = NULL;

  g_return_val_if_fail (DRAW_IS_WRITING (self), no_ops ());

  if (!is_note (self) && is_blank (self->text))
    {
      if (self->is_new)
        return no_ops ();
      edit = draw_edit_new (self->document);
      draw_edit_remove (edit, board_element_get_id (self->base));
      return draw_edit_get_ops (edit);
    }
  if (!self->is_new && !self->changed)
    return no_ops ();
  draw_belong (self->edit, self->document);
  return draw_edit_get_ops (self->edit);
}

const char *
draw_writing_get_result (DrawWriting *self)
{
  g_return_val_if_fail (DRAW_IS_WRITING (self), NULL);

  if (self->container_id != NULL)
    return self->container_id;
  if (!is_note (self) && is_blank (self->text))
    return NULL;
  return board_element_get_id (self->base);
}

DrawWriting *
draw_writing_make_next (DrawWriting *self)
{
  g_autoptr (JsonObject) props = NULL;
  g_autoptr (BoardElement) next = NULL;
  g_autofree char *id = board_element_make_id ();
  g_autofree char *index = NULL;
  BoardRect box;

  g_return_val_if_fail (DRAW_IS_WRITING (self), NULL);

  if (!is_note (self))
    return NULL;
  /* This one may not be on the board yet. */
  index = self->is_new ? board_index_between (board_element_get_index (self->base), NULL)
                       : board_document_index_above (self->document);
  props = board_element_to_json (self->element);
  draw_box_get (self->element, &box);
  json_object_set_string_member (props, "id", id);
  json_object_set_string_member (props, "index", index);
  json_object_set_double_member (props, "x",
                                 MIN (box.x + box.width + NOTE_GAP, BOARD_COORDINATE_MAX));
  json_object_set_double_member (props, "height",
                                 draw_shape_get_number (self->base, "height", 1,
                                                        BOARD_COORDINATE_MAX, 1));
  json_object_remove_member (props, "text");
  json_object_remove_member (props, "originalText");
  json_object_remove_member (props, "boundElements");
  next = board_element_new (props, NULL);
  return next != NULL ? draw_writing_new_for (self->document, next, NULL) : NULL;
}
