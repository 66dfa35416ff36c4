/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-still.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "board/board-limits.h"
#include "canvas/draw-image-header.h"
#include "canvas/draw-tile-cache.h"
#include "canvas/draw-viewport.h"

#define MAGIC "drawbridge-still 1 "
#define MAX_LINE 256
#define N_FIELDS 7
/* Device pixels in a widget's. */
#define DEVICE_SCALE_MAX 16

DrawStill *
draw_still_new (double x,
                double y,
                double scale,
                double level,
                int column,
                int row,
                gboolean dark,
                cairo_surface_t *picture)
{
  DrawStill *self = g_new0 (DrawStill, 1);

  g_atomic_ref_count_init (&self->refs);
  self->x = x;
  self->y = y;
  self->scale = scale;
  self->level = level;
  self->column = column;
  self->row = row;
  self->dark = dark != FALSE;
  self->picture = picture != NULL ? cairo_surface_reference (picture) : NULL;
  return self;
}

DrawStill *
draw_still_ref (DrawStill *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
draw_still_unref (DrawStill *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  g_free (self);
}

/* --- writing --- */

static cairo_status_t
append_bytes (void *out, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (out, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
draw_still_save (DrawStill *self)
{
  const double numbers[] = { self->x, self->y, self->scale, self->level };
  g_autoptr (GString) line = g_string_new (MAGIC);
  GByteArray *out;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (line, "%s ", g_ascii_dtostr (text, sizeof text, numbers[i]));
    }
  g_string_append_printf (line, "%d %d %d\n", self->column, self->row, self->dark);
  out = g_byte_array_new ();
  g_byte_array_append (out, (const guint8 *) line->str, (guint) line->len);
  if (self->picture != NULL)
    cairo_surface_write_to_png_stream (self->picture, append_bytes, out);
  return g_byte_array_free_to_bytes (out);
}

/* --- reading --- */

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Not a picture of a view");
  return FALSE;
}

static gboolean
read_number (const char *text, double min, double max, double *number)
{
  char *end;

  *number = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && *number >= min && *number <= max;
}

static gboolean
read_int (const char *text, int min, int max, int *number)
{
  gint64 value;

  if (!g_ascii_string_to_signed (text, 10, min, max, &value, NULL))
    return FALSE;
  *number = (int) value;
  return TRUE;
}

/* Places, scales and tiles as they can be. */
static gboolean
read_line (DrawStill *self, const char *line)
{
  const double far = BOARD_COORDINATE_MAX;
  g_auto (GStrv) fields = g_strsplit (line, " ", N_FIELDS + 1);

  return g_strv_length (fields) == N_FIELDS && read_number (fields[0], -far, far, &self->x)
         && read_number (fields[1], -far, far, &self->y)
         && read_number (fields[2], DRAW_VIEWPORT_SCALE_MIN, DRAW_VIEWPORT_SCALE_MAX, &self->scale)
         && read_number (fields[3], DRAW_VIEWPORT_SCALE_MIN,
                         DRAW_VIEWPORT_SCALE_MAX * DEVICE_SCALE_MAX, &self->level)
         && read_int (fields[4], -DRAW_TILE_GRID_MAX, DRAW_TILE_GRID_MAX, &self->column)
         && read_int (fields[5], -DRAW_TILE_GRID_MAX, DRAW_TILE_GRID_MAX, &self->row)
         && read_int (fields[6], 0, 1, &self->dark);
}

typedef struct {
  const guint8 *at, *end;
} Input;

static cairo_status_t
take_bytes (void *data, unsigned char *out, unsigned int length)
{
  Input *input = data;

  if ((gsize) (input->end - input->at) < length)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (out, input->at, length);
  input->at += length;
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
read_picture (DrawStill *self, const guint8 *data, gsize size, GError **error)
{
  Input input = { data, data + size };
  DrawImageHeader header;

  if (size == 0)
    return TRUE;
  if (!draw_image_header_parse (data, size, &header, error))
    return FALSE;
  if (header.type != DRAW_IMAGE_PNG || header.width % DRAW_TILE_SIZE != 0
      || header.height % DRAW_TILE_SIZE != 0)
    return fail (error);
  self->picture = cairo_image_surface_create_from_png_stream (take_bytes, &input);
  return (cairo_surface_status (self->picture) == CAIRO_STATUS_SUCCESS
          && cairo_image_surface_get_format (self->picture) == CAIRO_FORMAT_ARGB32)
         || fail (error);
}

DrawStill *
draw_still_load (GBytes *bytes, GError **error)
{
  g_autoptr (DrawStill) self = NULL;
  g_autofree char *line = NULL;
  const guint8 *data, *end;
  gsize size;

  g_return_val_if_fail (bytes != NULL, NULL);

  self = draw_still_new (0, 0, 1, 1, 0, 0, FALSE, NULL);
  data = g_bytes_get_data (bytes, &size);
  end = size > 0 ? memchr (data, '\n', MIN (size, MAX_LINE)) : NULL;
  line = end != NULL ? g_strndup ((const char *) data, (gsize) (end - data)) : NULL;
  if (line == NULL || !g_str_has_prefix (line, MAGIC)
      || !read_line (self, line + strlen (MAGIC)))
    {
      fail (error);
      return NULL;
    }
  return read_picture (self, end + 1, size - (gsize) (end + 1 - data), error)
             ? g_steal_pointer (&self)
             : NULL;
}
