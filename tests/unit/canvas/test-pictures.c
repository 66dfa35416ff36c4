/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every type of element in every style, compared with pictures that a person has looked at
 * (tests/fixtures/pictures). Nothing with letters: fonts differ between machines. To make them
 * anew: DRAWBRIDGE_WRITE_PICTURES=DIRECTORY test-canvas-pictures; then look at them. */

#include <math.h>
#include <string.h>

#include "canvas-fixture.h"
#include "canvas/draw-color.h"
#include "canvas/draw-scene.h"

#define WIDTH 160
#define HEIGHT 120
/* A channel that is further off than that is another colour: edges differ a bit between versions of
 * cairo and pixman. */
#define CHANNEL_TOLERANCE 40
/* Pixels that may be another colour. */
#define PIXELS_TOLERANCE (WIDTH * HEIGHT / 250)

#define AT "\"x\":20,\"y\":20,\"width\":120,\"height\":80,\"strokeWidth\":2,\"seed\":7,"
#define RED "\"strokeColor\":\"#e03131\",\"backgroundColor\":\"#ffc9c9\","
#define FOUND "\"roughness\":0"
#define LINE                                                                                       \
  "\"x\":20,\"y\":20,\"width\":120,\"height\":80,\"strokeWidth\":2,\"seed\":7,"                    \
  "\"points\":[[0,0],[60,70],[120,10]],"
#define HEAD                                                                                       \
  "\"type\":\"arrow\",\"x\":20,\"y\":60,\"width\":120,\"height\":20,\"strokeWidth\":2,\"seed\":7," \
  "\"points\":[[0,20],[120,-20]],"

#define SCALED_FORM                                                                                \
  "\"type\":\"ellipse\",\"x\":8,\"y\":8,\"width\":64,\"height\":44,\"strokeWidth\":1," RED FOUND
#define SCALED_INK                                                                                 \
  "\"type\":\"freedraw\",\"x\":2,\"y\":30,\"strokeWidth\":3,\"strokeColor\":\"#2f9e44\",\"points\":"   \
  "\"%s\""

typedef struct {
  const char *name;
  const char *members[3];
  gboolean dark;
  double scale; /* 0: 1 */
} Row;

static const Row rows[] = {
  { "rectangle", { "\"type\":\"rectangle\"," AT RED FOUND } },
  { "rectangle-round", { "\"type\":\"rectangle\",\"roundness\":{\"type\":3}," AT RED FOUND } },
  { "rectangle-dashed", { "\"type\":\"rectangle\",\"strokeStyle\":\"dashed\"," AT RED FOUND } },
  { "rectangle-dotted", { "\"type\":\"rectangle\",\"strokeStyle\":\"dotted\"," AT RED FOUND } },
  { "rectangle-hachure", { "\"type\":\"rectangle\",\"fillStyle\":\"hachure\"," AT RED FOUND } },
  { "rectangle-cross-hatch",
    { "\"type\":\"rectangle\",\"fillStyle\":\"cross-hatch\"," AT RED FOUND } },
  { "rectangle-zigzag", { "\"type\":\"rectangle\",\"fillStyle\":\"zigzag\"," AT RED FOUND } },
  { "rectangle-artist",
    { "\"type\":\"rectangle\",\"fillStyle\":\"hachure\",\"roughness\":1," AT RED "\"angle\":0" } },
  { "rectangle-cartoonist",
    { "\"type\":\"rectangle\",\"fillStyle\":\"hachure\",\"roughness\":2," AT RED "\"angle\":0" } },
  { "rectangle-round-artist",
    { "\"type\":\"rectangle\",\"roundness\":{\"type\":3},\"roughness\":1," AT RED "\"angle\":0" } },
  { "rectangle-dashed-artist",
    { "\"type\":\"rectangle\",\"strokeStyle\":\"dashed\",\"roughness\":1," AT RED "\"angle\":0" } },
  { "rectangle-turned", { "\"type\":\"rectangle\",\"angle\":0.5," AT RED FOUND } },
  { "rectangle-half", { "\"type\":\"rectangle\",\"opacity\":50," AT RED FOUND } },
  { "diamond", { "\"type\":\"diamond\"," AT RED FOUND } },
  { "diamond-round", { "\"type\":\"diamond\",\"roundness\":{\"type\":2}," AT RED FOUND } },
  { "diamond-artist",
    { "\"type\":\"diamond\",\"fillStyle\":\"cross-hatch\",\"roughness\":1," AT RED
      "\"angle\":0" } },
  { "ellipse", { "\"type\":\"ellipse\"," AT RED FOUND } },
  { "ellipse-hachure", { "\"type\":\"ellipse\",\"fillStyle\":\"hachure\"," AT RED FOUND } },
  { "ellipse-artist",
    { "\"type\":\"ellipse\",\"fillStyle\":\"zigzag\",\"roughness\":1," AT RED "\"angle\":0" } },
  { "ellipse-cartoonist",
    { "\"type\":\"ellipse\",\"fillStyle\":\"hachure\",\"roughness\":2," AT RED "\"angle\":0" } },
  { "ellipse-dashed", { "\"type\":\"ellipse\",\"strokeStyle\":\"dashed\"," AT RED FOUND } },
  { "line", { "\"type\":\"line\"," LINE FOUND } },
  { "line-curve", { "\"type\":\"line\",\"roundness\":{\"type\":2}," LINE FOUND } },
  { "line-dotted", { "\"type\":\"line\",\"strokeStyle\":\"dotted\"," LINE FOUND } },
  { "line-artist", { "\"type\":\"line\",\"roughness\":1," LINE "\"angle\":0" } },
  { "line-curve-cartoonist",
    { "\"type\":\"line\",\"roundness\":{\"type\":2},\"roughness\":2," LINE "\"angle\":0" } },
  { "polygon",
    { "\"type\":\"line\",\"x\":20,\"y\":20,\"width\":120,\"height\":80,\"strokeWidth\":2,"
      "\"fillStyle\":\"hachure\"," RED
      "\"polygon\":true,\"points\":[[0,0],[120,20],[60,80],[60,30],[0,0]]" } },
  { "arrow-elbow",
    { "\"type\":\"arrow\",\"x\":20,\"y\":20,\"width\":120,\"height\":80,\"strokeWidth\":2,"
      "\"elbowed\":true,\"endArrowhead\":\"arrow\",\"points\":[[0,0],[60,0],[60,80],[120,80]]" } },
  { "arrow-curve",
    { "\"type\":\"arrow\",\"endArrowhead\":\"arrow\",\"roundness\":{\"type\":2}," LINE FOUND } },
  { "arrow-artist",
    { HEAD "\"startArrowhead\":\"triangle\",\"endArrowhead\":\"arrow\",\"roughness\":1" } },
  { "arrow-bar", { HEAD "\"startArrowhead\":\"arrow\",\"endArrowhead\":\"bar\"" } },
  { "arrow-circle", { HEAD "\"startArrowhead\":\"circle\",\"endArrowhead\":\"circle_outline\"" } },
  { "arrow-triangle",
    { HEAD "\"startArrowhead\":\"triangle\",\"endArrowhead\":\"triangle_outline\"" } },
  { "arrow-diamond",
    { HEAD "\"startArrowhead\":\"diamond\",\"endArrowhead\":\"diamond_outline\"" } },
  { "arrow-one",
    { HEAD "\"startArrowhead\":\"cardinality_one\",\"endArrowhead\":\"cardinality_many\"" } },
  { "arrow-one-or-many",
    { HEAD "\"startArrowhead\":\"cardinality_exactly_one\","
           "\"endArrowhead\":\"cardinality_one_or_many\"" } },
  { "arrow-zero",
    { HEAD "\"startArrowhead\":\"cardinality_zero_or_one\","
           "\"endArrowhead\":\"cardinality_zero_or_many\"" } },
  { "arrow-dotted", { HEAD "\"strokeStyle\":\"dotted\",\"endArrowhead\":\"arrow\"" } },
  { "note", { "\"type\":\"note\",\"x\":20,\"y\":15,\"width\":90,\"height\":90" } },
  { "image", { "\"type\":\"image\",\"fileId\":\"gone\"," AT FOUND } },
  { "frame",
    { "\"type\":\"rectangle\",\"frameId\":\"page\",\"x\":80,\"y\":60,\"width\":70,\"height\":"
      "50," RED FOUND,
      "\"type\":\"frame\",\"id\":\"page\",\"strokeColor\":\"#bbbbbb\"," AT FOUND } },
  { "highlighter",
    { "\"type\":\"rectangle\"," AT "\"strokeColor\":\"#1e1e1e\",\"backgroundColor\":\"#a5d8ff\"",
      "\"type\":\"freedraw\",\"x\":10,\"y\":60,\"strokeWidth\":20,\"strokeColor\":\"#ffec99\","
      "\"customData\":{\"highlighter\":true},\"points\":\"%s\"" } },
  { "highlighter-dark",
    { "\"type\":\"rectangle\"," AT "\"strokeColor\":\"#1e1e1e\",\"backgroundColor\":\"#a5d8ff\"",
      "\"type\":\"freedraw\",\"x\":10,\"y\":60,\"strokeWidth\":20,\"strokeColor\":\"#ffec99\","
      "\"customData\":{\"highlighter\":true},\"points\":\"%s\"" },
    TRUE },
  { "freedraw",
    { "\"type\":\"freedraw\",\"x\":10,\"y\":60,\"strokeWidth\":8,\"strokeColor\":\"#2f9e44\","
      "\"points\":\"%s\"" } },
  { "freedraw-loop",
    { "\"type\":\"freedraw\",\"x\":60,\"y\":20,\"strokeWidth\":4,\"strokeColor\":\"#2f9e44\","
      "\"backgroundColor\":\"#b2f2bb\",\"points\":\"%o\"" } },
  { "scale-125", { SCALED_FORM, SCALED_INK }, FALSE, 1.25 },
  { "scale-150", { SCALED_FORM, SCALED_INK }, FALSE, 1.5 },
  { "scale-200", { SCALED_FORM, SCALED_INK }, FALSE, 2 },
  /* As it was drawn at 6400 %: smooth, where sixteenths of a unit would be steps of four pixels. */
  { "freedraw-near",
    { "\"type\":\"freedraw\",\"x\":0.125,\"y\":0.9,\"strokeWidth\":0.1,\"strokeColor\":\"#2f9e44\","
      "\"points\":\"%n\"" },
    FALSE,
    64 },
  { "dark", { "\"type\":\"rectangle\"," AT RED FOUND }, TRUE },
};

/* A wave with growing pressure, or a ring, as packed text. */
static char *
create_points (gboolean ring)
{
  BoardPoint points[41] = { 0 };
  g_autoptr (BoardStroke) stroke = NULL;

  for (guint i = 0; i <= 40; i++)
    {
      const double t = i / 40.0;

      points[i].x = ring ? 40 * sin (2 * G_PI * t) : 140 * t;
      points[i].y = ring ? 40 - 40 * cos (2 * G_PI * t) : 20 * sin (8 * t);
      points[i].pressure = (float) (ring ? 0.5 : t);
    }
  stroke = board_stroke_new (points, G_N_ELEMENTS (points));
  return board_stroke_pack (stroke);
}

/* The wave as large as a hand draws it at 6400 %. */
static char *
create_near_points (void)
{
  BoardPoint points[41] = { 0 };
  g_autoptr (BoardStroke) stroke = NULL;

  for (guint i = 0; i <= 40; i++)
    points[i] = (BoardPoint){ 2.2 * i / 40, 0.35 * sin (i / 5.0), (float) i / 40 };
  stroke = board_stroke_new_with_precision (points, G_N_ELEMENTS (points), BOARD_PRECISION_FINE);
  return board_stroke_pack (stroke);
}

static char *
fill_in (const char *members)
{
  g_autofree char *wave = create_points (FALSE), *ring = create_points (TRUE);
  g_autofree char *near = create_near_points ();
  g_autoptr (GString) text = g_string_new (members);

  g_string_replace (text, "%s", wave, 0);
  g_string_replace (text, "%o", ring, 0);
  g_string_replace (text, "%n", near, 0);
  return g_strdup (text->str);
}

static double
get_scale (const Row *row)
{
  return row->scale > 0 ? row->scale : 1;
}

static cairo_surface_t *
paint (const Row *row)
{
  const double scale = get_scale (row);
  const DrawPainting painting
      = { .clip = { 0, 0, WIDTH / scale, HEIGHT / scale }, .scale = scale, .dark = row->dark };
  g_autofree char *first = fill_in (row->members[0]);
  g_autofree char *second = row->members[1] != NULL ? fill_in (row->members[1]) : NULL;
  g_autoptr (BoardReplica) board = canvas_fixture_board (first, second, NULL);
  g_autoptr (DrawScene) scene
      = draw_scene_new_for_document (board_replica_get_document (board), NULL, NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  GdkRGBA sheet;

  draw_color_get_sheet (row->dark, &sheet);
  cairo_set_source_rgb (cr, sheet.red, sheet.green, sheet.blue);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  draw_scene_paint (scene, cr, &painting);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static gboolean
is_other_color (const guint8 *a, const guint8 *b)
{
  for (guint i = 0; i < 3; i++)
    if (abs (a[i] - b[i]) > CHANNEL_TOLERANCE)
      return TRUE;
  return FALSE;
}

static guint
count_differences (cairo_surface_t *a, cairo_surface_t *b)
{
  guint n = 0;

  g_assert_cmpint (cairo_image_surface_get_width (b), ==, WIDTH);
  g_assert_cmpint (cairo_image_surface_get_height (b), ==, HEIGHT);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      n += is_other_color (cairo_image_surface_get_data (a) + y * cairo_image_surface_get_stride (a)
                               + 4 * x,
                           cairo_image_surface_get_data (b) + y * cairo_image_surface_get_stride (b)
                               + 4 * x);
  return n;
}

static void
test_picture (gconstpointer data)
{
  const Row *row = data;
  const char *directory = g_getenv ("DRAWBRIDGE_WRITE_PICTURES");
  g_autofree char *name = g_strconcat (row->name, ".png", NULL);
  g_autofree char *path = directory != NULL
                              ? g_build_filename (directory, name, NULL)
                              : g_test_build_filename (G_TEST_DIST, "pictures", name, NULL);
  cairo_surface_t *surface = paint (row), *wanted;

  if (directory != NULL)
    g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  wanted = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (wanted), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpuint (count_differences (surface, wanted), <=, PIXELS_TOLERANCE);
  cairo_surface_destroy (wanted);
  cairo_surface_destroy (surface);
}

/* What is near the edge of a tile is the same in both: dashes, hatchings and wobbles do not depend
 * on what is asked for. */
static void
test_tiles_agree (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      cairo_surface_t *whole = paint (row), *parts;
      g_autofree char *first = fill_in (row->members[0]);
      g_autofree char *second = row->members[1] != NULL ? fill_in (row->members[1]) : NULL;
      g_autoptr (BoardReplica) board = canvas_fixture_board (first, second, NULL);
      g_autoptr (DrawScene) scene
          = draw_scene_new_for_document (board_replica_get_document (board), NULL, NULL);
      GdkRGBA sheet;
      cairo_t *cr;

      parts = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
      cr = cairo_create (parts);
      draw_color_get_sheet (row->dark, &sheet);
      cairo_set_source_rgb (cr, sheet.red, sheet.green, sheet.blue);
      cairo_paint (cr);
      for (guint part = 0; part < 6; part++)
        {
          const double scale = get_scale (row), side = 60 / scale;
          const DrawPainting painting = { .clip = { part % 3 * side, part / 3 * side, side, side },
                                          .scale = scale,
                                          .dark = row->dark };

          cairo_save (cr);
          cairo_scale (cr, scale, scale);
          cairo_rectangle (cr, painting.clip.x, painting.clip.y, side, side);
          cairo_clip (cr);
          draw_scene_paint (scene, cr, &painting);
          cairo_restore (cr);
        }
      cairo_destroy (cr);
      cairo_surface_flush (parts);
      g_test_message ("%s", row->name);
      g_assert_cmpuint (count_differences (whole, parts), <=, 4);
      cairo_surface_destroy (whole);
      cairo_surface_destroy (parts);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/pictures/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_picture);
    }
  g_test_add_func ("/pictures/tiles-agree", test_tiles_agree);
  return g_test_run ();
}
