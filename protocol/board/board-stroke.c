/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-stroke.h"

#include <math.h>
#include <string.h>

#include "board-sodium.h"
#include "board/board-limits.h"

enum {
  FLAG_PRESSURES = 1,
  FLAG_TILTS = 2,
  FLAG_TIMES = 4,
  FLAG_FINE = 8,
  ALL_FLAGS = 15,
};

#define STEPS 16          /* of a coordinate in one board unit */
#define FINE_STEPS 1024   /* where flagged */
#define PRESSURES 1023    /* steps from 0 to 1 */
#define TILTS 127         /* steps from 0 to 1 */
#define MAX_TIME G_MAXINT32
/* flags, count, and six varints of at most five bytes a point */
#define MAX_PACKED (1 + 3 + BOARD_MAX_POINTS * 30)
/* Every value and difference fits 34 bits. */
#define MAX_VARINT_BYTES 5

/* A box in steps: every coordinate fits 31 bits. */
typedef struct {
  int32_t left, top, right, bottom;
} Box;

/* There are many: no field is larger than it must be. */
struct _BoardStroke {
  gatomicrefcount refs;
  guint n_points;
  BoardPoint *points; /* owned, atomic: NULL until somebody asks */
  Box box;
  guint32 size;
  guint8 flags;
  guint8 bytes[]; /* flags, count, points */
};

G_DEFINE_BOXED_TYPE (BoardStroke, board_stroke, board_stroke_ref, board_stroke_unref)

static void
append_unsigned (GByteArray *out, uint64_t value)
{
  guint8 byte;

  do
    {
      byte = value & 0x7f;
      value >>= 7;
      if (value != 0)
        byte |= 0x80;
      g_byte_array_append (out, &byte, 1);
    }
  while (value != 0);
}

static void
append_signed (GByteArray *out, int64_t value)
{
  append_unsigned (out, ((uint64_t) value << 1) ^ (uint64_t) (value >> 63));
}

/* Shortest form only, so that a number has one text. */
static gboolean
read_unsigned (const guint8 **at, const guint8 *end, uint64_t *value)
{
  *value = 0;
  for (int i = 0; i < MAX_VARINT_BYTES && *at < end; i++)
    {
      guint8 byte = *(*at)++;

      *value |= (uint64_t) (byte & 0x7f) << (7 * i);
      if (byte < 0x80)
        return byte != 0 || i == 0;
    }
  return FALSE;
}

/* Adds the next difference to the value. */
static gboolean
read_step (BoardStrokeReader *reader, int64_t *value)
{
  uint64_t step;

  if (!read_unsigned (&reader->at, reader->end, &step))
    return FALSE;
  *value += (int64_t) (step >> 1) ^ -(int64_t) (step & 1);
  return TRUE;
}

static gboolean
read_point (BoardStrokeReader *reader)
{
  return read_step (reader, &reader->x) && read_step (reader, &reader->y)
         && (!(reader->flags & FLAG_PRESSURES) || read_step (reader, &reader->pressure))
         && (!(reader->flags & FLAG_TILTS)
             || (read_step (reader, &reader->tilt_x) && read_step (reader, &reader->tilt_y)))
         && (!(reader->flags & FLAG_TIMES) || read_step (reader, &reader->time));
}

static int
get_steps (guint8 flags)
{
  return flags & FLAG_FINE ? FINE_STEPS : STEPS;
}

static gboolean
point_is_in_range (const BoardStrokeReader *reader)
{
  const int64_t max = (int64_t) BOARD_COORDINATE_MAX * get_steps (reader->flags);

  return ABS (reader->x) <= max && ABS (reader->y) <= max && reader->pressure >= 0
         && reader->pressure <= PRESSURES && ABS (reader->tilt_x) <= TILTS
         && ABS (reader->tilt_y) <= TILTS && reader->time >= 0 && reader->time <= MAX_TIME;
}

static void
box_add (Box *box, int32_t x, int32_t y)
{
  box->left = MIN (box->left, x);
  box->top = MIN (box->top, y);
  box->right = MAX (box->right, x);
  box->bottom = MAX (box->bottom, y);
}

static void
fail (GError **error, BoardError code, const char *what)
{
  g_set_error_literal (error, BOARD_ERROR, code, what);
}

/* flags and count; leaves the reader before the first point. */
static gboolean
read_head (BoardStrokeReader *reader, const guint8 *bytes, gsize size, GError **error)
{
  uint64_t count;

  *reader = (BoardStrokeReader){ .at = bytes, .end = bytes + size };
  if (size == 0 || (bytes[0] & ~ALL_FLAGS) != 0)
    {
      fail (error, BOARD_ERROR_SYNTAX, "Packed points have no flags");
      return FALSE;
    }
  reader->flags = *reader->at++;
  if (!read_unsigned (&reader->at, reader->end, &count))
    {
      fail (error, BOARD_ERROR_SYNTAX, "Packed points have no count");
      return FALSE;
    }
  if (count < 1 || count > BOARD_MAX_POINTS)
    {
      fail (error, BOARD_ERROR_LIMIT, "A stroke has no points or too many");
      return FALSE;
    }
  reader->left = (guint) count;
  return TRUE;
}

static gboolean
read_all (BoardStrokeReader *reader, Box *box, GError **error)
{
  *box = (Box){ G_MAXINT32, G_MAXINT32, G_MININT32, G_MININT32 };
  for (guint i = 0; i < reader->left; i++)
    {
      if (!read_point (reader))
        {
          fail (error, BOARD_ERROR_SYNTAX, "Packed points are cut off or damaged");
          return FALSE;
        }
      if (!point_is_in_range (reader))
        {
          fail (error, BOARD_ERROR_RANGE, "A point is out of range");
          return FALSE;
        }
      box_add (box, (int32_t) reader->x, (int32_t) reader->y);
    }
  if (reader->at != reader->end)
    {
      fail (error, BOARD_ERROR_SYNTAX, "Something follows the packed points");
      return FALSE;
    }
  return TRUE;
}

static BoardStroke *
stroke_alloc (gsize size)
{
  BoardStroke *self = g_malloc (sizeof *self + size);

  g_atomic_ref_count_init (&self->refs);
  self->points = NULL;
  self->size = (guint32) size;
  return self;
}

/* Judges the bytes that it holds. self: (transfer full) */
static BoardStroke *
stroke_judge (BoardStroke *self, GError **error)
{
  BoardStrokeReader reader;

  if (!read_head (&reader, self->bytes, self->size, error)
      || !read_all (&reader, &self->box, error))
    {
      g_free (self);
      return NULL;
    }
  self->n_points = reader.left;
  self->flags = reader.flags;
  return self;
}

static int64_t
to_steps (double value, double steps, double min, double max)
{
  return isfinite (value) ? llround (CLAMP (value, min, max) * steps) : 0;
}

static guint8
find_flags (const BoardPoint *points, gsize n_points, gboolean fine)
{
  guint8 flags = fine ? FLAG_FINE : 0;

  for (gsize i = 0; i < n_points; i++)
    {
      if (points[i].pressure != 0.5f)
        flags |= FLAG_PRESSURES;
      if (points[i].tilt_x != 0 || points[i].tilt_y != 0)
        flags |= FLAG_TILTS;
      if (points[i].time != 0)
        flags |= FLAG_TIMES;
    }
  return flags;
}

static void
append_point (GByteArray *out, guint8 flags, const BoardPoint *point, BoardStrokeReader *last)
{
  const int steps = get_steps (flags);
  int64_t x = to_steps (point->x, steps, -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX);
  int64_t y = to_steps (point->y, steps, -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX);
  int64_t pressure = to_steps (point->pressure, PRESSURES, 0, 1);
  int64_t tilt_x = to_steps (point->tilt_x, TILTS, -1, 1);
  int64_t tilt_y = to_steps (point->tilt_y, TILTS, -1, 1);
  int64_t time = MIN (point->time, (uint32_t) MAX_TIME);

  append_signed (out, x - last->x);
  append_signed (out, y - last->y);
  if (flags & FLAG_PRESSURES)
    append_signed (out, pressure - last->pressure);
  if (flags & FLAG_TILTS)
    {
      append_signed (out, tilt_x - last->tilt_x);
      append_signed (out, tilt_y - last->tilt_y);
    }
  if (flags & FLAG_TIMES)
    append_signed (out, time - last->time);
  *last = (BoardStrokeReader){ .x = x, .y = y, .pressure = pressure, .tilt_x = tilt_x,
                               .tilt_y = tilt_y, .time = time };
}

BoardStroke *
board_stroke_new_with_precision (const BoardPoint *points,
                                 gsize n_points,
                                 BoardPrecision precision)
{
  g_autoptr (GByteArray) out = NULL;
  g_autoptr (GError) error = NULL;
  BoardStrokeReader last = { 0 };
  BoardStroke *self;
  guint8 flags;

  g_return_val_if_fail (points != NULL, NULL);
  g_return_val_if_fail (n_points >= 1 && n_points <= BOARD_MAX_POINTS, NULL);

  out = g_byte_array_sized_new ((guint) n_points * 6 + 4);
  flags = find_flags (points, n_points, precision == BOARD_PRECISION_FINE);
  g_byte_array_append (out, &flags, 1);
  append_unsigned (out, n_points);
  for (gsize i = 0; i < n_points; i++)
    append_point (out, flags, &points[i], &last);
  self = stroke_alloc (out->len);
  memcpy (self->bytes, out->data, out->len);
  self = stroke_judge (self, &error);
  g_assert_no_error (error);
  return self;
}

BoardStroke *
board_stroke_new (const BoardPoint *points, gsize n_points)
{
  return board_stroke_new_with_precision (points, n_points, BOARD_PRECISION_USUAL);
}

BoardStroke *
board_stroke_ref (BoardStroke *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
board_stroke_unref (BoardStroke *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->points);
  g_free (self);
}

gsize
board_stroke_get_n_points (BoardStroke *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_points;
}

static BoardPoint *
unpack_points (BoardStroke *self)
{
  BoardPoint *points = g_new (BoardPoint, self->n_points);
  BoardStrokeReader reader;

  board_stroke_reader_init (&reader, self);
  for (guint i = 0; i < self->n_points; i++)
    board_stroke_reader_next (&reader, &points[i]);
  return points;
}

const BoardPoint *
board_stroke_get_points (BoardStroke *self, gsize *n_points)
{
  BoardPoint *points;

  g_return_val_if_fail (self != NULL && n_points != NULL, NULL);

  *n_points = self->n_points;
  points = g_atomic_pointer_get (&self->points);
  if (points != NULL)
    return points;
  points = unpack_points (self);
  if (g_atomic_pointer_compare_and_exchange (&self->points, NULL, points))
    return points;
  g_free (points);
  return g_atomic_pointer_get (&self->points);
}

void
board_stroke_get_extents (BoardStroke *self, BoardRect *extents)
{
  g_return_if_fail (self != NULL && extents != NULL);

  const double steps = get_steps (self->flags);
  const Box *box = &self->box;

  *extents = (BoardRect){ box->left / steps, box->top / steps,
                          ((double) box->right - box->left) / steps,
                          ((double) box->bottom - box->top) / steps };
}

BoardPrecision
board_stroke_get_precision (BoardStroke *self)
{
  g_return_val_if_fail (self != NULL, BOARD_PRECISION_USUAL);

  return self->flags & FLAG_FINE ? BOARD_PRECISION_FINE : BOARD_PRECISION_USUAL;
}

gboolean
board_stroke_equal (BoardStroke *a, BoardStroke *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, a == b);

  return a == b || (a->size == b->size && memcmp (a->bytes, b->bytes, a->size) == 0);
}

gboolean
board_stroke_has_pressure (BoardStroke *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return (self->flags & FLAG_PRESSURES) != 0;
}

char *
board_stroke_pack (BoardStroke *self)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  out = g_string_sized_new (board_stroke_get_packed_length (self) + 1);
  board_stroke_append_packed (self, out);
  return g_string_free (out, FALSE);
}

void
board_stroke_append_packed (BoardStroke *self, GString *out)
{
  g_return_if_fail (self != NULL && out != NULL);

  board_base64_append (out, self->bytes, self->size);
}

gsize
board_stroke_get_packed_length (BoardStroke *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return ((gsize) self->size * 8 + 5) / 6;
}

BoardStroke *
board_stroke_unpack (const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  return board_stroke_unpack_length (text, strnlen (text, MAX_PACKED * 4 / 3 + 3), error);
}

BoardStroke *
board_stroke_unpack_length (const char *text, gsize length, GError **error)
{
  BoardStroke *self;

  g_assert (text != NULL);

  if (length > MAX_PACKED * 4 / 3 + 2)
    {
      fail (error, BOARD_ERROR_LIMIT, "Packed points are too long");
      return NULL;
    }
  self = stroke_alloc (board_base64_get_size (length));
  if (board_base64_decode_into (text, length, self->bytes))
    return stroke_judge (self, error);
  fail (error, BOARD_ERROR_SYNTAX, "Packed points are not base64url");
  g_free (self);
  return NULL;
}

void
board_stroke_reader_init (BoardStrokeReader *reader, BoardStroke *stroke)
{
  gboolean good;

  g_return_if_fail (reader != NULL && stroke != NULL);

  good = read_head (reader, stroke->bytes, stroke->size, NULL);
  g_assert (good);
}

gboolean
board_stroke_reader_next (BoardStrokeReader *reader, BoardPoint *point)
{
  g_return_val_if_fail (reader != NULL && point != NULL, FALSE);

  if (reader->left == 0 || !read_point (reader))
    return FALSE;
  reader->left--;

  const double steps = get_steps (reader->flags);
  *point = (BoardPoint){
    .x = (double) reader->x / steps,
    .y = (double) reader->y / steps,
    .pressure = reader->flags & FLAG_PRESSURES ? (float) reader->pressure / PRESSURES : 0.5f,
    .tilt_x = (float) reader->tilt_x / TILTS,
    .tilt_y = (float) reader->tilt_y / TILTS,
    .time = (uint32_t) reader->time,
  };
  return TRUE;
}
