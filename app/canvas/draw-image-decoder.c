/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-image-decoder.h"

#include "canvas/draw-image-codes.h"

#include <errno.h>
#include <gio/gunixinputstream.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LOADER_NAME "drawbridge-image-loader"

/* Beside the program when it was built and not installed; said by the environment in tests. */
static char *
find_loader (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *directory = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside
      = directory != NULL ? g_build_filename (directory, LOADER_NAME, NULL) : NULL;
  const char *said = g_getenv ("DRAWBRIDGE_IMAGE_LOADER");

  if (said != NULL)
    return g_strdup (said);
  if (beside != NULL && g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  return g_build_filename (DRAWBRIDGE_LIBEXECDIR, LOADER_NAME, NULL);
}

static void
set_errno_error (GError **error, const char *what)
{
  const int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", what, g_strerror (code));
}

/* A file in memory, so that neither side waits for the other while both have much to say. */
static int
create_input (GBytes *bytes, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  const int fd = memfd_create ("picture", MFD_CLOEXEC);

  if (fd < 0)
    {
      set_errno_error (error, "memfd_create");
      return -1;
    }
  while (length > 0)
    {
      const ssize_t n = write (fd, data, length);

      if (n <= 0)
        {
          set_errno_error (error, "The picture cannot be passed on");
          close (fd);
          return -1;
        }
      data += n;
      length -= (gsize) n;
    }
  lseek (fd, 0, SEEK_SET);
  return fd;
}

/* argument: nullable. */
static GSubprocess *
start_loader (GBytes *bytes, const DrawImageHeader *header, const char *argument, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char *loader = find_loader ();
  const int input = create_input (bytes, error);

  if (input < 0)
    return NULL;
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                        | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_take_stdin_fd (launcher, input);
  return g_subprocess_launcher_spawn (launcher, error, loader,
                                      draw_image_type_get_name (header->type), argument, NULL);
}

/* Exactly that many bytes before the deadline (monotonic µs). */
static gboolean
read_exactly (GInputStream *stream, void *buffer, gsize length, int64_t deadline, GError **error)
{
  GPollableInputStream *pollable = G_POLLABLE_INPUT_STREAM (stream);
  guint8 *next = buffer;

  while (length > 0)
    {
      g_autoptr (GError) wait = NULL;
      const gssize n
          = g_pollable_input_stream_read_nonblocking (pollable, next, length, NULL, &wait);
      struct pollfd fd = { g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (stream)), POLLIN, 0 };
      const int64_t left = deadline - g_get_monotonic_time ();

      if (n > 0)
        {
          next += n;
          length -= (gsize) n;
          continue;
        }
      if (n == 0 || !g_error_matches (wait, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                               "The picture cannot be decoded");
          return FALSE;
        }
      if (left <= 0)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                               "Decoding the picture takes too long");
          return FALSE;
        }
      poll (&fd, 1, (int) (left / 1000 + 1));
    }
  return TRUE;
}

/* The process is not trusted: its sizes must be those of the header, turned or not, or less. */
static gboolean
is_plausible (const DrawImageAnswer *answer, const DrawImageHeader *header)
{
  const guint32 w = answer->natural_width, h = answer->natural_height;
  const guint32 width = (guint32) header->width, height = (guint32) header->height;

  return memcmp (answer->magic, DRAW_IMAGE_MAGIC, sizeof answer->magic) == 0
         && ((w == width && h == height) || (w == height && h == width)) && answer->width >= 1
         && answer->height >= 1 && answer->width <= w && answer->height <= h
         && (guint64) answer->width * answer->height <= DRAW_IMAGE_KEPT_PIXELS;
}

static cairo_surface_t *
read_surface (GInputStream *stream, const DrawImageAnswer *answer, int64_t deadline, GError **error)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) answer->width, (int) answer->height);
  guint8 *data;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  if (data == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "No memory for the picture");
      cairo_surface_destroy (surface);
      return NULL;
    }
  /* A row of ARGB32 has no padding. */
  if (!read_exactly (stream, data, (gsize) 4 * answer->width * answer->height, deadline, error))
    {
      cairo_surface_destroy (surface);
      return NULL;
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* Alpha is multiplied in, so no channel is above it; pixman computes nonsense with others. */
static void
repair_pixels (cairo_surface_t *surface)
{
  const gsize n = (gsize) cairo_image_surface_get_width (surface)
                  * (gsize) cairo_image_surface_get_height (surface);
  guint32 *pixels = (guint32 *) (gpointer) cairo_image_surface_get_data (surface);

  for (gsize i = 0; i < n; i++)
    {
      const guint32 alpha = pixels[i] >> 24;
      const guint32 red = pixels[i] >> 16 & 255, green = pixels[i] >> 8 & 255,
                    blue = pixels[i] & 255;

      if (red > alpha || green > alpha || blue > alpha)
        pixels[i]
            = alpha << 24 | MIN (red, alpha) << 16 | MIN (green, alpha) << 8 | MIN (blue, alpha);
    }
  cairo_surface_mark_dirty (surface);
}

cairo_surface_t *
draw_image_decode (GBytes *bytes, int *natural_width, int *natural_height, GError **error)
{
  const int64_t deadline = g_get_monotonic_time () + DRAW_IMAGE_TIMEOUT * G_USEC_PER_SEC;
  g_autoptr (GSubprocess) loader = NULL;
  cairo_surface_t *surface = NULL;
  DrawImageHeader header;
  DrawImageAnswer answer;
  GInputStream *output;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (natural_width != NULL && natural_height != NULL, NULL);

  if (!draw_image_header_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &header,
                                error))
    return NULL;
  loader = start_loader (bytes, &header, NULL, error);
  if (loader == NULL)
    return NULL;
  output = g_subprocess_get_stdout_pipe (loader);
  if (read_exactly (output, &answer, sizeof answer, deadline, error))
    {
      if (is_plausible (&answer, &header))
        surface = read_surface (output, &answer, deadline, error);
      else
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                             "The picture is not what its header says");
    }
  g_subprocess_force_exit (loader);
  g_subprocess_wait (loader, NULL, NULL);
  if (surface == NULL)
    return NULL;
  repair_pixels (surface);
  *natural_width = (int) answer.natural_width;
  *natural_height = (int) answer.natural_height;
  return surface;
}

/* --- QR codes --- */

gboolean
draw_image_can_read_codes (void)
{
#ifdef HAVE_ZBAR
  return TRUE;
#else
  return FALSE;
#endif
}

/* One text; what is not UTF-8 is left out. FALSE: the process says nonsense. */
static gboolean
read_code (GInputStream *output, GStrvBuilder *codes, int64_t deadline, GError **error)
{
  g_autofree char *text = NULL;
  guint32 length;

  if (!read_exactly (output, &length, sizeof length, deadline, error))
    return FALSE;
  if (length > DRAW_IMAGE_MAX_CODE)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The code is too long");
      return FALSE;
    }
  text = g_malloc0 (length + 1);
  if (!read_exactly (output, text, length, deadline, error))
    return FALSE;
  if (g_utf8_validate (text, length, NULL))
    g_strv_builder_add (codes, text);
  return TRUE;
}

static char **
read_codes (GInputStream *output, int64_t deadline, GError **error)
{
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  DrawImageCodesAnswer answer;

  if (!read_exactly (output, &answer, sizeof answer, deadline, error))
    return NULL;
  if (memcmp (answer.magic, DRAW_IMAGE_CODES_MAGIC, sizeof answer.magic) != 0
      || answer.n > DRAW_IMAGE_MAX_CODES)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The picture cannot be read");
      return NULL;
    }
  for (guint i = 0; i < answer.n; i++)
    if (!read_code (output, codes, deadline, error))
      return NULL;
  return g_strv_builder_end (codes);
}

char **
draw_image_read_codes (GBytes *bytes, GError **error)
{
  const int64_t deadline = g_get_monotonic_time () + DRAW_IMAGE_TIMEOUT * G_USEC_PER_SEC;
  g_autoptr (GSubprocess) loader = NULL;
  DrawImageHeader header;
  char **codes;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (!draw_image_header_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &header, error))
    return NULL;
  loader = start_loader (bytes, &header, DRAW_IMAGE_CODES_ARGUMENT, error);
  if (loader == NULL)
    return NULL;
  codes = read_codes (g_subprocess_get_stdout_pipe (loader), deadline, error);
  g_subprocess_force_exit (loader);
  g_subprocess_wait (loader, NULL, NULL);
  return codes;
}
