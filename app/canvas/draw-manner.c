/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-manner.h"

#include <math.h>

#include "canvas/draw-shape.h"

#define ROUGHNESS_MAX 5.0
#define ROUGHNESS_SMALL_MAX 2.5

static DrawFill
find_fill (const char *name)
{
  static const char *const names[] = { "solid", "hachure", "cross-hatch", "zigzag" };

  for (DrawFill i = DRAW_FILL_SOLID; i <= DRAW_FILL_ZIGZAG; i++)
    if (g_strcmp0 (name, names[i]) == 0)
      return i;
  return DRAW_FILL_SOLID;
}

static DrawDash
find_dash (const char *name)
{
  if (g_strcmp0 (name, "dashed") == 0)
    return DRAW_DASH_DASHED;
  return g_strcmp0 (name, "dotted") == 0 ? DRAW_DASH_DOTTED : DRAW_DASH_SOLID;
}

/* A wobble that suits a large form would tear a small one apart (Excalidraw's adjustRoughness). */
static double
adjust (BoardElement *element, double roughness)
{
  const double width = draw_shape_get_number (element, "width", 0, G_MAXDOUBLE, 0);
  const double height = draw_shape_get_number (element, "height", 0, G_MAXDOUBLE, 0);
  const double large = MAX (width, height), small = MIN (width, height);
  JsonNode *roundness = board_element_get_prop (element, "roundness");
  const gboolean round = roundness != NULL && JSON_NODE_HOLDS_OBJECT (roundness);
  const gboolean line = board_element_get_kind (element) == BOARD_ELEMENT_LINE
                        || board_element_get_kind (element) == BOARD_ELEMENT_ARROW;

  if ((large >= 20 && small >= 50) || (small >= 15 && round) || (line && large >= 50))
    return roughness;
  return MIN (roughness / (large < 10 ? 3 : 2), ROUGHNESS_SMALL_MAX);
}

void
draw_manner_init (DrawManner *self, BoardElement *element)
{
  double roughness, seed;

  g_return_if_fail (self != NULL && element != NULL);

  roughness = draw_shape_get_number (element, "roughness", 0, ROUGHNESS_MAX, 0);
  seed = draw_shape_get_number (element, "seed", 0, G_MAXDOUBLE, 0);
  self->fill = find_fill (draw_shape_get_text (element, "fillStyle"));
  self->dash = find_dash (draw_shape_get_text (element, "strokeStyle"));
  self->roughness = roughness > 0 ? adjust (element, roughness) : 0;
  self->seed = (uint32_t) (uint64_t) fmod (seed, 2147483647.0);
  if (self->seed == 0)
    self->seed = g_str_hash (board_element_get_id (element)) | 1;
}
