/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-walk.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "canvas/draw-scene.h"
#include "canvas/draw-shape.h"
#include "canvas/draw-text.h"

/* Objects whose middles are less apart than that are in one row; board units. */
#define ROW_HEIGHT 40.0
/* Letters that are read aloud of a text. */
#define LETTERS_MAX 120

static gboolean
is_walked (BoardElement *element)
{
  if (board_element_get_locked (element)
      || board_element_get_kind (element) == BOARD_ELEMENT_UNKNOWN)
    return FALSE;
  return board_element_get_kind (element) != BOARD_ELEMENT_TEXT
         || draw_shape_get_text (element, "containerId") == NULL;
}

static int64_t
get_row (const BoardRect *bounds)
{
  return (int64_t) floor ((bounds->y + bounds->height / 2) / ROW_HEIGHT);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  BoardElement *const *x = a, *const *y = b;
  BoardRect first, second;

  board_element_get_bounds (*x, &first);
  board_element_get_bounds (*y, &second);
  if (get_row (&first) != get_row (&second))
    return get_row (&first) < get_row (&second) ? -1 : 1;
  if (first.x != second.x)
    return first.x < second.x ? -1 : 1;
  return strcmp (board_element_get_id (*x), board_element_get_id (*y));
}

static GPtrArray *
collect (BoardDocument *document, const BoardRect *area)
{
  GPtrArray *elements = board_document_query (document, area);

  for (guint i = elements->len; i-- > 0;)
    if (!is_walked (elements->pdata[i]))
      g_ptr_array_remove_index (elements, i);
  g_ptr_array_sort (elements, compare_places);
  return elements;
}

void
draw_walk_step (BoardDocument *document,
                const BoardRect *visible,
                const char *id,
                int direction,
                DrawWalk *walk)
{
  g_autoptr (GPtrArray) elements = NULL;
  int place;

  g_return_if_fail (BOARD_IS_DOCUMENT (document));
  g_return_if_fail (direction == 1 || direction == -1);
  g_return_if_fail (walk != NULL);

  elements = collect (document, visible);
  if (elements->len == 0 && visible != NULL)
    {
      g_ptr_array_unref (elements);
      elements = collect (document, NULL);
    }
  place = direction > 0 ? -1 : (int) elements->len;
  for (guint i = 0; i < elements->len && id != NULL; i++)
    if (g_str_equal (board_element_get_id (elements->pdata[i]), id))
      place = (int) i;
  place += direction;
  *walk = (DrawWalk){ NULL, 0, elements->len };
  if (place < 0 || place >= (int) elements->len)
    return;
  walk->element
      = board_document_get_element (document, board_element_get_id (elements->pdata[place]));
  walk->position = (guint) place + 1;
}

/* ---- words ---- */

static const char *
get_kind_name (BoardElement *element)
{
  switch (board_element_get_kind (element))
    {
    case BOARD_ELEMENT_FREEDRAW:
      return draw_shape_is_highlighter (element) ? _ ("Highlighter") : _ ("Drawing");
    case BOARD_ELEMENT_RECTANGLE:
      return _ ("Rectangle");
    case BOARD_ELEMENT_DIAMOND:
      return _ ("Diamond");
    case BOARD_ELEMENT_ELLIPSE:
      return _ ("Ellipse");
    case BOARD_ELEMENT_LINE:
      return _ ("Line");
    case BOARD_ELEMENT_ARROW:
      return _ ("Arrow");
    case BOARD_ELEMENT_TEXT:
      return _ ("Text");
    case BOARD_ELEMENT_NOTE:
      return _ ("Note");
    case BOARD_ELEMENT_IMAGE:
      return _ ("Picture");
    case BOARD_ELEMENT_FRAME:
      return _ ("Frame");
    default:
      return _ ("Object");
    }
}

/* What is written in or on it; NULL for nothing. */
static char *
get_words (BoardDocument *document, BoardElement *element)
{
  BoardElement *label = draw_scene_find_label (document, element);
  const char *text
      = draw_shape_get_text (label != NULL ? label : element,
                             board_element_get_kind (element) == BOARD_ELEMENT_FRAME ? "name"
                                                                                     : "text");
  g_autofree char *tame = draw_text_tame (text);

  g_strdelimit (tame, "\n\t", ' ');
  g_strstrip (tame);
  if (*tame == '\0')
    return NULL;
  return g_utf8_substring (tame, 0, MIN (g_utf8_strlen (tame, -1), LETTERS_MAX));
}

char *
draw_walk_describe (BoardDocument *document, BoardElement *element)
{
  g_autofree char *words = NULL;
  BoardRect bounds;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), NULL);
  g_return_val_if_fail (element != NULL, NULL);

  words = get_words (document, element);
  board_element_get_bounds (element, &bounds);
  const int x = (int) lround (bounds.x + bounds.width / 2);
  const int y = (int) lround (bounds.y + bounds.height / 2);

  if (words == NULL)
    /* Translators: an object on the board for a screen reader: "Ellipse at 120, 40" */
    return g_strdup_printf (_ ("%s at %d, %d"), get_kind_name (element), x, y);
  /* Translators: an object on the board for a screen reader: "Note “Buy milk” at 120, 40" */
  return g_strdup_printf (_ ("%s “%s” at %d, %d"), get_kind_name (element), words, x, y);
}
