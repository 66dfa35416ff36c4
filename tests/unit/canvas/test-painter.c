/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "canvas/draw-painter.h"
#include "canvas/draw-tile-painter.h"

#define SIZE 256

/* What a picture looks like, in numbers that do not depend on the fonts of a machine. */
typedef struct {
  double ink;                   /* pixels covered */
  int left, top, right, bottom; /* box of the ink */
  double red, green, blue;      /* mean colour of the ink */
} Look;

static BoardElement *
create (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  BoardElement *element;

  g_assert_true (json_parser_load_from_data (parser, json, -1, &error));
  element = board_element_new (json_node_get_object (json_parser_get_root (parser)), &error);
  g_assert_no_error (error);
  return element;
}

static void
add_pixel (Look *look, int x, int y, uint32_t pixel)
{
  const double alpha = (pixel >> 24) / 255.0;

  if (pixel >> 24 == 0)
    return;
  look->ink += alpha;
  look->red += (pixel >> 16 & 255) / 255.0;
  look->green += (pixel >> 8 & 255) / 255.0;
  look->blue += (pixel & 255) / 255.0;
  look->left = MIN (look->left, x);
  look->right = MAX (look->right, x);
  look->top = MIN (look->top, y);
  look->bottom = MAX (look->bottom, y);
}

static Look
look_at (cairo_surface_t *surface)
{
  Look look = { .left = SIZE, .top = SIZE, .right = -1, .bottom = -1 };

  cairo_surface_flush (surface);
  for (int y = 0; y < SIZE; y++)
    {
      const guint8 *row
          = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

      for (int x = 0; x < SIZE; x++)
        {
          uint32_t pixel;

          memcpy (&pixel, row + 4 * x, 4);
          add_pixel (&look, x, y, pixel);
        }
    }
  if (look.ink > 0)
    {
      look.red /= look.ink;
      look.green /= look.ink;
      look.blue /= look.ink;
    }
  return look;
}

static Look
paint_scaled (BoardElement *element, double scale, gboolean dark, double alpha)
{
  const DrawPainting painting
      = { .clip = { 0, 0, SIZE / scale, SIZE / scale }, .scale = scale, .dark = dark };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIZE, SIZE);
  cairo_t *cr = cairo_create (surface);
  Look look;

  cairo_scale (cr, scale, scale);
  draw_painter_paint (cr, &(DrawPainterItem){ .element = element, .alpha = alpha }, &painting);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  look = look_at (surface);
  cairo_surface_destroy (surface);
  return look;
}

static Look
paint (const char *json)
{
  g_autoptr (BoardElement) element = create (json);

  return paint_scaled (element, 1, FALSE, 1);
}

static void
assert_box (const Look *look, int left, int top, int right, int bottom, int slack)
{
  g_assert_cmpint (ABS (look->left - left), <=, slack);
  g_assert_cmpint (ABS (look->top - top), <=, slack);
  g_assert_cmpint (ABS (look->right - right), <=, slack);
  g_assert_cmpint (ABS (look->bottom - bottom), <=, slack);
}

#define COMMON                                                                                     \
  "\"id\":\"a\",\"index\":\"a0\",\"x\":50,\"y\":60,\"width\":100,\"height\":80,\"strokeWidth\":4," \
  "\"strokeColor\":\"#e03131\""

static void
test_rectangle (void)
{
  const Look look = paint ("{\"type\":\"rectangle\"," COMMON "}");

  assert_box (&look, 48, 58, 151, 141, 1);
  g_assert_cmpfloat_with_epsilon (look.ink, 2 * 4 * (100 + 80), 20);
  g_assert_cmpfloat_with_epsilon (look.red, 0xe0 / 255.0, 0.02);
  g_assert_cmpfloat_with_epsilon (look.blue, 0x31 / 255.0, 0.02);
}

static void
test_filled_rectangle (void)
{
  const Look look = paint ("{\"type\":\"rectangle\",\"backgroundColor\":\"#a5d8ff\"," COMMON "}");

  g_assert_cmpfloat_with_epsilon (look.ink, 104 * 84, 30);
}

static void
test_rounded_rectangle (void)
{
  const Look look = paint (
      "{\"type\":\"rectangle\",\"roundness\":{\"type\":3},\"backgroundColor\":\"#a5d8ff\"," COMMON
      "}");

  /* Corners of radius 20 and 22 outside: (4 - pi) r^2 are missing. */
  g_assert_cmpfloat_with_epsilon (look.ink, 104 * 84 - (4 - G_PI) * 22 * 22, 30);
}

static void
test_ellipse (void)
{
  const Look look = paint ("{\"type\":\"ellipse\",\"backgroundColor\":\"#a5d8ff\"," COMMON "}");

  assert_box (&look, 48, 58, 151, 141, 1);
  g_assert_cmpfloat_with_epsilon (look.ink, G_PI * 52 * 42, 40);
}

static void
test_diamond (void)
{
  const Look look = paint ("{\"type\":\"diamond\",\"backgroundColor\":\"#a5d8ff\"," COMMON "}");

  g_assert_cmpfloat (look.ink, >, 100 * 80 / 2);
  g_assert_cmpfloat (look.ink, <, 106 * 86 / 2 + 100);
}

static void
test_turned_rectangle (void)
{
  const Look look = paint ("{\"type\":\"rectangle\",\"angle\":1.5707963267948966," COMMON "}");

  assert_box (&look, 58, 48, 141, 151, 1);
}

static void
test_line_and_arrow (void)
{
  const Look line = paint ("{\"type\":\"line\",\"points\":[[0,0],[100,0],[100,80]]," COMMON "}");
  const Look arrow = paint (
      "{\"type\":\"arrow\",\"endArrowhead\":\"arrow\",\"points\":[[0,0],[100,0]]," COMMON "}");

  assert_box (&line, 48, 58, 151, 141, 1);
  g_assert_cmpfloat_with_epsilon (line.ink, 4 * 180 + G_PI * 4, 12);
  g_assert_cmpfloat (arrow.ink, >, 4 * 100 + 4 * 30);
  g_assert_cmpint (arrow.top, <, 54);
}

static void
test_freedraw (void)
{
  const BoardPoint points[] = { { 60, 70, 0.5f }, { 160, 70, 0.5f } };
  g_autoptr (BoardElement) element
      = board_element_new_freedraw ("a", "a0", "#2f9e44", 6, points, 2);
  const Look look = paint_scaled (element, 1, FALSE, 1);

  assert_box (&look, 57, 67, 162, 72, 1);
  g_assert_cmpfloat_with_epsilon (look.ink, 600 + G_PI * 9, 5);
  g_assert_cmpfloat (look.green, >, look.red);
}

static void
test_pressure_is_width (void)
{
  const BoardPoint points[] = { { 60, 70, 0 }, { 160, 70, 1 } };
  g_autoptr (BoardElement) element
      = board_element_new_freedraw ("a", "a0", "#2f9e44", 10, points, 2);
  const Look look = paint_scaled (element, 1, FALSE, 1);

  /* From 3 to 17 wide. */
  g_assert_cmpfloat_with_epsilon (look.ink, 100 * 10 + G_PI / 2 * (1.5 * 1.5 + 8.5 * 8.5), 12);
}

static void
test_text_and_note (void)
{
  const Look text
      = paint ("{\"type\":\"text\",\"text\":\"Drawbridge\",\"fontSize\":20," COMMON "}");
  const Look note = paint ("{\"type\":\"note\",\"text\":\"Hello\"," COMMON "}");

  g_assert_cmpfloat (text.ink, >, 100);
  g_assert_cmpint (text.left, >=, 48);
  g_assert_cmpfloat_with_epsilon (note.ink, 100 * 80, 60);
}

static void
test_small_text_is_bars (void)
{
  g_autoptr (BoardElement) element
      = create ("{\"type\":\"text\",\"text\":\"Drawbridge\",\"fontSize\":20," COMMON "}");
  const Look look = paint_scaled (element, 0.05, FALSE, 1);

  g_assert_cmpfloat (look.ink, >, 0);
  g_assert_cmpfloat (look.ink, <, 100 * 80 * 0.05 * 0.05);
}

static void
test_frame_and_image (void)
{
  const Look frame = paint ("{\"type\":\"frame\",\"name\":\"Page\"," COMMON "}");
  const Look image = paint ("{\"type\":\"image\",\"fileId\":\"f\"," COMMON "}");

  g_assert_cmpfloat (frame.ink, >, 1000);
  g_assert_cmpfloat (image.ink, >, frame.ink);
}

static void
test_unknown_is_not_painted (void)
{
  g_assert_cmpfloat (paint ("{\"type\":\"hologram\"," COMMON "}").ink, ==, 0);
}

static void
test_dark (void)
{
  const BoardPoint points[] = { { 60, 70, 0.5f }, { 160, 70, 0.5f } };
  g_autoptr (BoardElement) element
      = board_element_new_freedraw ("a", "a0", "#1e1e1e", 6, points, 2);

  g_assert_cmpfloat (paint_scaled (element, 1, FALSE, 1).red, <, 0.2);
  g_assert_cmpfloat (paint_scaled (element, 1, TRUE, 1).red, >, 0.7);
}

static void
test_opacity_and_fading (void)
{
  g_autoptr (BoardElement) element = create ("{\"type\":\"rectangle\",\"opacity\":50," COMMON "}");
  const double ink = 2 * 4 * (100 + 80);

  g_assert_cmpfloat_with_epsilon (paint_scaled (element, 1, FALSE, 1).ink, ink / 2, 20);
  g_assert_cmpfloat_with_epsilon (paint_scaled (element, 1, FALSE, 0.5).ink, ink / 4, 20);
  g_assert_cmpfloat (paint_scaled (element, 1, FALSE, 0).ink, ==, 0);
}

/* The same thing at another zoom is the same thing, larger. */
static void
test_zoom (void)
{
  g_autoptr (BoardElement) element = create ("{\"type\":\"ellipse\"," COMMON "}");
  const double one = paint_scaled (element, 1, FALSE, 1).ink;

  g_assert_cmpfloat_with_epsilon (paint_scaled (element, 0.5, FALSE, 1).ink, one / 4, 12);
}

/* Tiles beside each other show what one picture shows. */
static void
test_tiles_meet (void)
{
  BoardPoint points[40];
  g_autoptr (BoardElement) element = NULL;
  g_autoptr (DrawOutlineCache) outlines = draw_outline_cache_new (1 << 20);
  double ink = 0;

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    points[i] = (BoardPoint){ -60 + 3 * (double) i, 20 * sin (i * 0.5), 0.5f };
  element = board_element_new_freedraw ("a", "a0", "#000000", 5, points, G_N_ELEMENTS (points));
  for (int row = -1; row <= 0; row++)
    for (int column = -1; column <= 0; column++)
      {
        DrawScene *scene = draw_scene_new (NULL);
        cairo_surface_t *surface;

        draw_scene_add (scene, NULL, element, 1);
        surface = draw_tile_painter_paint_now (outlines, column, row, 2, FALSE, scene);
        draw_scene_unref (scene);
        ink += look_at (surface).ink;
        cairo_surface_destroy (surface);
      }
  g_assert_cmpuint (draw_outline_cache_get_n_outlines (outlines), ==, 1);

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      points[i].x += 64;
      points[i].y += 64;
    }
  board_element_unref (element);
  element = board_element_new_freedraw ("a", "a0", "#000000", 5, points, G_N_ELEMENTS (points));
  g_assert_cmpfloat_with_epsilon (ink, paint_scaled (element, 2, FALSE, 1).ink, 40);
}

/* All that a stranger may put into a document is painted and comes to an end. */
static void
test_hostile_numbers (void)
{
  static const char *const places[]
      = { "0", "-1000000", "1000000", "0.0000001", "-0.5", "999999.99" };
  static const char *const sizes[] = { "0", "1000000", "0.0000001", "7", "300000" };
  static const char *const angles[] = { "0", "-100", "100", "0.0000001", "0.7" };
  static const char *const fills[] = { "solid", "hachure", "cross-hatch", "zigzag" };
  static const char *const dashes[] = { "solid", "dashed", "dotted" };
  static const char *const types[]
      = { "rectangle", "diamond", "ellipse", "line", "arrow", "text", "note", "image", "frame" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (17);

  for (guint i = 0; i < 400; i++)
    {
      const char *x = places[g_rand_int_range (rand, 0, G_N_ELEMENTS (places))];
      const char *y = places[g_rand_int_range (rand, 0, G_N_ELEMENTS (places))];
      const char *width = sizes[g_rand_int_range (rand, 0, G_N_ELEMENTS (sizes))];
      const char *height = sizes[g_rand_int_range (rand, 0, G_N_ELEMENTS (sizes))];
      const char *angle = angles[g_rand_int_range (rand, 0, G_N_ELEMENTS (angles))];
      const char *type = types[i % G_N_ELEMENTS (types)];
      g_autofree char *special
          = strstr ("line arrow", type) != NULL
                ? g_strdup_printf ("\"points\":[[0,0],[%s,%s],[1,1]],\"endArrowhead\":\"triangle\"",
                                   x, y)
            : strstr ("text note", type) != NULL ? g_strdup ("\"text\":\"x y\",\"fontSize\":1000")
                                                 : g_strdup ("\"roundness\":{\"type\":3}");
      g_autofree char *json = NULL;
      g_autoptr (BoardElement) element = NULL;
      g_autoptr (GError) error = NULL;

      json = g_strdup_printf ("{\"type\":\"%s\",\"id\":\"a\",\"index\":\"a0\",\"x\":%s,\"y\":%s,"
                              "\"width\":%s,"
                              "\"height\":%s,\"angle\":%s,\"strokeWidth\":%s,\"fillStyle\":\"%s\","
                              "\"strokeStyle\":\"%s\",\"roughness\":%u,"
                              "\"backgroundColor\":\"#ff000080\",%s}",
                              type, x, y, width, height, angle, i % 3 == 0 ? "64" : "0.1",
                              fills[i % 4], dashes[i / 4 % 3], i / 12 % 4, special);
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_assert_true (json_parser_load_from_data (parser, json, -1, NULL));
      element = board_element_new (json_node_get_object (json_parser_get_root (parser)), &error);
      g_assert_no_error (error);
      paint_scaled (element, 0.02, FALSE, 1);
      paint_scaled (element, 1, TRUE, 0.5);
      paint_scaled (element, 64, FALSE, 1);
    }
}

static void
test_outline_cache_evicts (void)
{
  g_autoptr (DrawOutlineCache) outlines = draw_outline_cache_new (30000);

  for (guint i = 0; i < 200; i++)
    {
      const BoardPoint points[] = { { i, 0, 0.5f }, { i + 50, 30, 0.5f }, { i + 90, 3, 0.5f } };
      g_autoptr (BoardElement) element
          = board_element_new_freedraw ("a", "a0", "#000000", 3, points, 3);
      g_autoptr (DrawOutline) first = draw_outline_cache_get (outlines, element, 1);
      g_autoptr (DrawOutline) again = draw_outline_cache_get (outlines, element, 0.8);
      g_autoptr (DrawOutline) finer = draw_outline_cache_get (outlines, element, 3);

      g_assert_true (first == again);
      g_assert_true (first != finer);
      g_assert_cmpuint (draw_outline_cache_get_cost (outlines), <=, 30000);
    }
  g_assert_cmpuint (draw_outline_cache_get_n_outlines (outlines), >, 5);
  g_assert_cmpuint (draw_outline_cache_get_n_outlines (outlines), <, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/painter/rectangle", test_rectangle);
  g_test_add_func ("/painter/filled-rectangle", test_filled_rectangle);
  g_test_add_func ("/painter/rounded-rectangle", test_rounded_rectangle);
  g_test_add_func ("/painter/ellipse", test_ellipse);
  g_test_add_func ("/painter/diamond", test_diamond);
  g_test_add_func ("/painter/turned-rectangle", test_turned_rectangle);
  g_test_add_func ("/painter/line-and-arrow", test_line_and_arrow);
  g_test_add_func ("/painter/freedraw", test_freedraw);
  g_test_add_func ("/painter/pressure-is-width", test_pressure_is_width);
  g_test_add_func ("/painter/text-and-note", test_text_and_note);
  g_test_add_func ("/painter/small-text-is-bars", test_small_text_is_bars);
  g_test_add_func ("/painter/frame-and-image", test_frame_and_image);
  g_test_add_func ("/painter/unknown-is-not-painted", test_unknown_is_not_painted);
  g_test_add_func ("/painter/dark", test_dark);
  g_test_add_func ("/painter/opacity-and-fading", test_opacity_and_fading);
  g_test_add_func ("/painter/zoom", test_zoom);
  g_test_add_func ("/painter/tiles-meet", test_tiles_meet);
  g_test_add_func ("/painter/hostile-numbers", test_hostile_numbers);
  g_test_add_func ("/painter/outline-cache-evicts", test_outline_cache_evicts);
  return g_test_run ();
}
