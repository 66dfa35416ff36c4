/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-element-plain.h"

#include <string.h>

#include "board-element-layout.h"
#include "board-index.h"
#include "board-schema.h"

/* Any such number is told from all others by its decimal digits, and is the nearest to them. */
#define MAX_DIGITS 15
/* What is smaller is written with an exponent. */
#define MIN_FRACTION 1e-3

typedef enum {
  NAME_ANGLE,
  NAME_HEIGHT,
  NAME_ID,
  NAME_INDEX,
  NAME_OPACITY,
  NAME_POINTS,
  NAME_STROKE_COLOR,
  NAME_STROKE_WIDTH,
  NAME_TYPE,
  NAME_WIDTH,
  NAME_X,
  NAME_Y,
  N_NAMES,
} Name;

#define NEEDED (1u << NAME_ID | 1u << NAME_INDEX | 1u << NAME_POINTS | 1u << NAME_TYPE)

/* Sorted as canonical text is. */
static const char *const names[N_NAMES] = {
  "angle",       "height",      "id",   "index", "opacity", "points",
  "strokeColor", "strokeWidth", "type", "width", "x",       "y",
};

typedef struct {
  const char *at, *end;

  guint seen; /* bits of Name */
  double numbers[N_NAMES];
  char id[BOARD_MAX_NAME_BYTES + 1];
  char index[BOARD_MAX_INDEX + 1];
  char color[12];
  char type[12];
  const char *points;
  gsize n_points; /* characters */
} Plain;

static gboolean
take (Plain *self, const char *what, gsize length)
{
  if ((gsize) (self->end - self->at) < length || memcmp (self->at, what, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

/* A text that needs no escapes: the rules of ids, indices and colours say the rest. */
static gboolean
take_text (Plain *self, const char **text, gsize *length)
{
  const char *end;

  if (!take (self, "\"", 1))
    return FALSE;
  end = memchr (self->at, '"', (gsize) (self->end - self->at));
  if (end == NULL)
    return FALSE;
  *text = self->at;
  *length = (gsize) (end - self->at);
  self->at = end + 1;
  return TRUE;
}

static gboolean
take_word (Plain *self, char *word, gsize size)
{
  const char *text;
  gsize length;

  if (!take_text (self, &text, &length) || length >= size || memchr (text, '\0', length) != NULL)
    return FALSE;
  memcpy (word, text, length);
  word[length] = '\0';
  return TRUE;
}

/* Returns: how many there were. */
static guint
take_digits (Plain *self, guint64 *value)
{
  const char *first = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at) && self->at - first <= MAX_DIGITS)
    *value = *value * 10 + (guint64) (*self->at++ - '0');
  return (guint) (self->at - first);
}

/* In canonical form, without an exponent. */
static gboolean
take_number (Plain *self, double *number)
{
  static const double powers[]
      = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
  const gboolean negative = take (self, "-", 1);
  const char *first = self->at;
  guint64 value = 0;
  guint n_whole = take_digits (self, &value), n_parts = 0;

  if (n_whole == 0 || (n_whole > 1 && *first == '0'))
    return FALSE;
  if (take (self, ".", 1))
    {
      n_parts = take_digits (self, &value);
      if (n_parts == 0 || self->at[-1] == '0')
        return FALSE;
    }
  if (n_whole + n_parts > MAX_DIGITS || (negative && value == 0))
    return FALSE;
  *number = (double) value / powers[n_parts];
  if (n_parts > 0 && *number < MIN_FRACTION)
    return FALSE;
  *number = negative ? -*number : *number;
  return TRUE;
}

static gboolean
take_value (Plain *self, Name name)
{
  switch (name)
    {
    case NAME_ID:
      return take_word (self, self->id, sizeof self->id) && board_schema_id_is_valid (self->id);
    case NAME_INDEX:
      return take_word (self, self->index, sizeof self->index) && board_index_is_valid (self->index);
    case NAME_STROKE_COLOR:
      return take_word (self, self->color, sizeof self->color)
             && board_schema_color_is_valid (self->color);
    case NAME_TYPE:
      return take_word (self, self->type, sizeof self->type)
             && g_str_equal (self->type, "freedraw");
    case NAME_POINTS:
      return take_text (self, &self->points, &self->n_points);
    default:
      return take_number (self, &self->numbers[name])
             && board_schema_takes_number (BOARD_ELEMENT_FREEDRAW, names[name],
                                           self->numbers[name]);
    }
}

/* The next name from that one on, and the colon behind it. N_NAMES: something else. */
static Name
take_name (Plain *self, Name name)
{
  const char *text;
  gsize length;

  if (!take_text (self, &text, &length) || !take (self, ":", 1))
    return N_NAMES;
  while (name < N_NAMES
         && (strlen (names[name]) != length || memcmp (names[name], text, length) != 0))
    name++;
  return name;
}

static gboolean
take_members (Plain *self)
{
  Name name = 0;

  if (!take (self, "{", 1))
    return FALSE;
  do
    {
      name = take_name (self, name);
      if (name == N_NAMES || !take_value (self, name))
        return FALSE;
      self->seen |= 1u << name++;
    }
  while (take (self, ",", 1));
  return take (self, "}", 1) && (self->seen & NEEDED) == NEEDED;
}

static void
set_number (const Plain *self, Name name, double *number)
{
  if (self->seen & 1u << name)
    *number = self->numbers[name];
}

static BoardElement *
make_element (const Plain *self, const char *text, gsize size)
{
  BoardStroke *path = board_stroke_unpack_length (self->points, self->n_points, NULL);
  BoardElement *element;

  if (path == NULL)
    return NULL;
  element = board_element_alloc (self->id, self->index, BOARD_ELEMENT_FREEDRAW, text, size,
                                 (gsize) (self->points - text), self->n_points);
  element->shape.path = path;
  element->hash = board_hash_bytes ('e', text, size);
  element->color = g_ref_string_new_intern (self->seen & 1u << NAME_STROKE_COLOR
                                                ? self->color
                                                : BOARD_DEFAULT_COLOR);
  set_number (self, NAME_X, &element->shape.x);
  set_number (self, NAME_Y, &element->shape.y);
  set_number (self, NAME_WIDTH, &element->shape.width);
  set_number (self, NAME_HEIGHT, &element->shape.height);
  set_number (self, NAME_ANGLE, &element->shape.angle);
  set_number (self, NAME_STROKE_WIDTH, &element->shape.stroke_width);
  set_number (self, NAME_OPACITY, &element->opacity);
  return element;
}

BoardElement *
board_element_read_plain (const char *text, gsize length, gsize *used)
{
  Plain plain;
  gsize size;

  g_assert (text != NULL && used != NULL);

  plain.at = text;
  plain.end = text + length;
  plain.seen = 0;
  if (!take_members (&plain))
    return NULL;
  size = (gsize) (plain.at - text);
  if (size > BOARD_MAX_ELEMENT)
    return NULL;
  *used = size;
  return make_element (&plain, text, size);
}
