/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-image-scan.h"

#ifdef HAVE_ZBAR
#include <zbar.h>
#endif

#include "canvas/draw-image-codes.h"

/* A photograph is noisy at its full size: it is tried again at a half and at a quarter. */
#define SHRINK_MAX 4

#ifdef HAVE_ZBAR
/* What is on white paper, 0 to 255. */
static guint
get_luminance (const guint8 *pixel, int n_channels)
{
  const guint alpha = n_channels == 4 ? pixel[3] : 255;
  const guint gray = (77u * pixel[0] + 150u * pixel[1] + 29u * pixel[2]) >> 8;

  return (gray * alpha + 255u * (255u - alpha)) / 255u;
}

/* Each pixel is the average of a square of that side. */
static guint8 *
make_gray (GdkPixbuf *pixbuf, int shrink, int width, int height)
{
  const int stride = gdk_pixbuf_get_rowstride (pixbuf), n_channels = gdk_pixbuf_get_n_channels (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  guint8 *gray = g_malloc ((gsize) width * (gsize) height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint sum = 0;

        for (int i = 0; i < shrink * shrink; i++)
          sum += get_luminance (pixels + (gsize) (y * shrink + i / shrink) * (gsize) stride
                                    + (gsize) (x * shrink + i % shrink) * (gsize) n_channels,
                                n_channels);
        gray[(gsize) y * (gsize) width + (gsize) x] = (guint8) (sum / (guint) (shrink * shrink));
      }
  return gray;
}

static zbar_image_scanner_t *
make_scanner (void)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();

  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_TEST_INVERTED, 1);
  /* As it is: what would convert it opens files, and there are none to be opened. */
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
  return scanner;
}

static void
take_symbols (const zbar_image_t *image, GPtrArray *codes)
{
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
       symbol = zbar_symbol_next (symbol))
    {
      const guint length = zbar_symbol_get_data_length (symbol);

      if (zbar_symbol_get_type (symbol) == ZBAR_QRCODE && length > 0 && length <= DRAW_IMAGE_MAX_CODE
          && codes->len < DRAW_IMAGE_MAX_CODES)
        g_ptr_array_add (codes, g_bytes_new (zbar_symbol_get_data (symbol), length));
    }
}

static void
scan (GdkPixbuf *pixbuf, int shrink, GPtrArray *codes)
{
  const int width = gdk_pixbuf_get_width (pixbuf) / shrink;
  const int height = gdk_pixbuf_get_height (pixbuf) / shrink;
  g_autofree guint8 *gray = NULL;
  zbar_image_scanner_t *scanner;
  zbar_image_t *image;

  if (width < 1 || height < 1)
    return;
  gray = make_gray (pixbuf, shrink, width, height);
  scanner = make_scanner ();
  image = zbar_image_create ();
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, (unsigned) width, (unsigned) height);
  zbar_image_set_data (image, gray, (unsigned long) width * (unsigned long) height, NULL);
  if (zbar_scan_image (scanner, image) > 0)
    take_symbols (image, codes);
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
}
#endif

GPtrArray *
draw_image_scan (GdkPixbuf *pixbuf)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

#ifdef HAVE_ZBAR
  for (int shrink = 1; shrink <= SHRINK_MAX && codes->len == 0; shrink *= 2)
    scan (pixbuf, shrink, codes);
#endif
  return codes;
}
