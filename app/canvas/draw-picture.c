/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-picture.h"

#include <math.h>

/* Pixels of the target for one of the picture, at most: pixman counts in 1/65536. */
#define RATIO_MAX 2000.0

static double
get_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || (json_node_get_value_type (node) != G_TYPE_DOUBLE
          && json_node_get_value_type (node) != G_TYPE_INT64))
    return NAN;
  return json_node_get_double (node);
}

/* "crop" is in pixels of the picture as its author had it, which may be another size by now. What
 * makes no sense crops nothing. */
void
draw_picture_get_crop (BoardElement *element, DrawPictureCrop *crop)
{
  JsonNode *node;

  g_return_if_fail (element != NULL && crop != NULL);

  node = board_element_get_prop (element, "crop");
  *crop = (DrawPictureCrop){ 0, 0, 1, 1 };
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  JsonObject *object = json_node_get_object (node);
  const double width = get_member (object, "naturalWidth");
  const double height = get_member (object, "naturalHeight");
  const DrawPictureCrop read
      = { get_member (object, "x") / width, get_member (object, "y") / height,
          get_member (object, "width") / width, get_member (object, "height") / height };

  /* False for what is not a number, too. */
  if (read.x >= 0 && read.y >= 0 && read.width > 1e-4 && read.height > 1e-4
      && read.x + read.width <= 1.001 && read.y + read.height <= 1.001)
    *crop = read;
}

void
draw_picture_get_flip (BoardElement *element, gboolean *across, gboolean *down)
{
  JsonNode *node;
  JsonArray *pair;

  g_return_if_fail (element != NULL && across != NULL && down != NULL);

  node = board_element_get_prop (element, "scale");
  *across = *down = FALSE;
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  pair = json_node_get_array (node);
  if (json_array_get_length (pair) != 2)
    return;
  *across = json_array_get_double_element (pair, 0) < 0;
  *down = json_array_get_double_element (pair, 1) < 0;
}

static cairo_surface_t *
look_up (BoardElement *element,
         const DrawShapeFrame *frame,
         const DrawPainting *painting,
         const DrawPictureCrop *crop)
{
  const char *file_id = draw_shape_get_text (element, "fileId");
  int natural_width = 0, natural_height = 0;
  BoardRect where;

  if (painting->images == NULL || file_id == NULL)
    return NULL;
  board_element_get_bounds (element, &where);
  return draw_images_lookup (painting->images, file_id,
                             frame->width * painting->scale / crop->width,
                             frame->height * painting->scale / crop->height, &where, &natural_width,
                             &natural_height);
}

cairo_pattern_t *
draw_picture_create_pattern (BoardElement *element,
                             const DrawShapeFrame *frame,
                             const DrawPainting *painting)
{
  cairo_surface_t *surface;
  cairo_pattern_t *pattern;
  cairo_matrix_t matrix;
  gboolean across, down;
  DrawPictureCrop crop;

  g_return_val_if_fail (element != NULL && frame != NULL && painting != NULL, NULL);

  draw_picture_get_crop (element, &crop);
  draw_picture_get_flip (element, &across, &down);
  if (frame->width <= 0 || frame->height <= 0)
    return NULL;
  surface = look_up (element, frame, painting, &crop);
  if (surface == NULL)
    return NULL;

  /* From the element's box to pixels. */
  const double sx = cairo_image_surface_get_width (surface) * crop.width / frame->width;
  const double sy = cairo_image_surface_get_height (surface) * crop.height / frame->height;
  const double x = cairo_image_surface_get_width (surface) * crop.x;
  const double y = cairo_image_surface_get_height (surface) * crop.y;

  pattern = NULL;
  if (painting->scale / sx <= RATIO_MAX && painting->scale / sy <= RATIO_MAX
      && sx / painting->scale <= RATIO_MAX && sy / painting->scale <= RATIO_MAX)
    {
      cairo_matrix_init (&matrix, across ? -sx : sx, 0, 0, down ? -sy : sy,
                         across ? x + sx * frame->width : x, down ? y + sy * frame->height : y);
      pattern = cairo_pattern_create_for_surface (surface);
      cairo_pattern_set_matrix (pattern, &matrix);
      cairo_pattern_set_filter (pattern, CAIRO_FILTER_BILINEAR);
      cairo_pattern_set_extend (pattern, CAIRO_EXTEND_PAD);
    }
  cairo_surface_destroy (surface);
  return pattern;
}
