/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas-fixture.h"
#include "canvas/draw-scene.h"
#include "canvas/draw-tile-painter.h"

#define SIZE 200

#define BOX "\"strokeColor\":\"#000000\",\"backgroundColor\":\"#000000\",\"strokeWidth\":1"

/* Alpha (0..255) of the pixel at a place of the board, painted 1:1 from the origin. */
static guint
get_alpha (DrawScene *scene, int x, int y)
{
  const DrawPainting painting = { .clip = { 0, 0, SIZE, SIZE }, .scale = 1 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, SIZE, SIZE);
  cairo_t *cr = cairo_create (surface);
  guint alpha;

  draw_scene_paint (scene, cr, &painting);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  alpha = cairo_image_surface_get_data (surface)[y * cairo_image_surface_get_stride (surface) + x];
  cairo_surface_destroy (surface);
  return alpha;
}

static DrawScene *
get_all (BoardReplica *board)
{
  return draw_scene_new_for_document (board_replica_get_document (board), NULL, NULL);
}

static void
test_frames_clip_what_is_theirs (void)
{
  g_autoptr (BoardReplica) board = canvas_fixture_board (
      "\"id\":\"in\",\"type\":\"rectangle\",\"frameId\":\"page\",\"x\":60,\"y\":60,\"width\":100,"
      "\"height\":20," BOX,
      "\"id\":\"out\",\"type\":\"rectangle\",\"x\":60,\"y\":100,\"width\":100,\"height\":20," BOX,
      "\"id\":\"ink\",\"type\":\"rectangle\",\"frameId\":\"gone\",\"x\":60,\"y\":140,\"width\":100,"
      "\"height\":20," BOX,
      "\"id\":\"page\",\"type\":\"frame\",\"x\":50,\"y\":50,\"width\":50,\"height\":120", NULL);
  g_autoptr (DrawScene) scene = get_all (board);

  g_assert_cmpuint (draw_scene_get_n_elements (scene), ==, 4);
  g_assert_cmpuint (get_alpha (scene, 80, 70), ==, 255);
  g_assert_cmpuint (get_alpha (scene, 120, 70), ==, 0);
  g_assert_cmpuint (get_alpha (scene, 120, 110), ==, 255);
  /* A frame that does not exist clips nothing. */
  g_assert_cmpuint (get_alpha (scene, 120, 150), ==, 255);
}

static void
test_frames_clip_ink (void)
{
  const BoardPoint points[] = { { 60, 70, 0.5f }, { 160, 70, 0.5f } };
  g_autoptr (BoardReplica) board = canvas_fixture_board (
      "\"id\":\"page\",\"type\":\"frame\",\"x\":50,\"y\":50,\"width\":50,\"height\":120", NULL);
  g_autoptr (BoardElement) stroke
      = board_element_new_freedraw ("s", "a0", "#000000", 10, points, 2);
  g_autoptr (JsonObject) props = json_object_new ();
  g_autoptr (BoardElement) framed = NULL;
  g_autoptr (DrawScene) scene = draw_scene_new (NULL);

  json_object_set_string_member (props, "frameId", "page");
  framed = board_element_with (stroke, props, NULL);
  draw_scene_add (scene, board_replica_get_document (board), framed, 1);
  g_assert_cmpuint (get_alpha (scene, 80, 70), ==, 255);
  g_assert_cmpuint (get_alpha (scene, 120, 70), ==, 0);
}

/* However crowded a place is, a tile shows the same as the document's elements one by one. */
static void
test_tiles_take_lists (void)
{
  const BoardRect area = { 0, 0, 256, 256 };
  g_autoptr (BoardReplica) board = canvas_fixture_board (
      "\"id\":\"in\",\"type\":\"rectangle\",\"frameId\":\"page\",\"x\":60,\"y\":60,\"width\":100,"
      "\"height\":20," BOX,
      "\"id\":\"page\",\"type\":\"frame\",\"x\":50,\"y\":50,\"width\":50,\"height\":120", NULL);
  g_autoptr (BoardOp) op = board_op_new ();
  g_autoptr (DrawScene) all = NULL;
  g_autoptr (DrawScene) tile = NULL;

  for (int i = 0; i < 100; i++)
    {
      const double way = i * 0.2;
      const BoardPoint points[] = { { 80 + way, 85 + way, 0.5f }, { 90 + way, 86 + way, 0.5f } };
      g_autofree char *id = g_strdup_printf ("s%d", i);
      g_autoptr (BoardElement) stroke
          = board_element_new_freedraw (id, "a0", "#000000", 10, points, 2);

      board_op_add_element (op, stroke);
    }
  board_replica_submit (board, op, NULL);
  all = draw_scene_new_for_document (board_replica_get_document (board), &area, NULL);
  tile = draw_scene_new_for_tile (board_replica_get_document (board), &area, NULL);
  g_assert_cmpuint (draw_scene_get_n_elements (tile), <, 10);
  g_assert_false (draw_scene_is_empty (tile));
  draw_scene_sort (tile);
  g_assert_cmpuint (draw_scene_get_n_elements (all), >, 50);
  g_assert_cmpuint (draw_scene_get_n_elements (tile), ==, draw_scene_get_n_elements (all));
  for (guint i = 0; i < draw_scene_get_n_elements (all); i++)
    g_assert_true (draw_scene_get_element (tile, i) == draw_scene_get_element (all, i));
  g_assert_cmpuint (get_alpha (tile, 120, 62), ==, 0);
  g_assert_cmpuint (get_alpha (tile, 80, 62), ==, 255);
}

/* The same in a tile, where strokes do not go through cairo. */
static void
test_frames_clip_tiles (void)
{
  const BoardPoint points[] = { { 60, 70, 0.5f }, { 160, 70, 0.5f } };
  g_autoptr (BoardReplica) board = canvas_fixture_board (
      "\"id\":\"page\",\"type\":\"frame\",\"x\":50,\"y\":50,\"width\":50,\"height\":120", NULL);
  g_autoptr (BoardElement) stroke
      = board_element_new_freedraw ("s", "a0", "#000000", 10, points, 2);
  g_autoptr (BoardElement) free = board_element_new_freedraw ("t", "a1", "#000000", 4, points, 2);
  g_autoptr (JsonObject) props = json_object_new ();
  g_autoptr (BoardElement) framed = NULL;
  g_autoptr (DrawScene) scene = draw_scene_new (NULL);
  cairo_surface_t *tile;
  const guint8 *row;

  json_object_set_string_member (props, "frameId", "page");
  framed = board_element_with (stroke, props, NULL);
  draw_scene_add (scene, board_replica_get_document (board), free, 1);
  draw_scene_add (scene, board_replica_get_document (board), framed, 1);
  tile = draw_tile_painter_paint_now (NULL, 0, 0, 1, FALSE, scene);
  row = cairo_image_surface_get_data (tile) + 73 * cairo_image_surface_get_stride (tile);
  g_assert_cmpuint (row[4 * 80 + 3], ==, 255);
  g_assert_cmpuint (row[4 * 120 + 3], ==, 0);
  row = cairo_image_surface_get_data (tile) + 70 * cairo_image_surface_get_stride (tile);
  g_assert_cmpuint (row[4 * 120 + 3], ==, 255);
  cairo_surface_destroy (tile);
}

static void
test_lines_leave_room_for_their_label (void)
{
  g_autoptr (BoardReplica) board = canvas_fixture_board (
      "\"id\":\"line\",\"type\":\"arrow\",\"x\":20,\"y\":100,\"width\":160,\"height\":0,"
      "\"strokeWidth\":4,\"strokeColor\":\"#000000\",\"points\":[[0,0],[160,0]],"
      "\"boundElements\":[{\"id\":\"shape\",\"type\":\"arrow\"},{\"id\":\"gone\",\"type\":\"later\"},"
      "{\"id\":\"word\",\"type\":"
      "\"text\"}]",
      "\"id\":\"word\",\"type\":\"text\",\"containerId\":\"line\",\"text\":\"\",\"x\":80,\"y\":90,"
      "\"width\":40,\"height\":20",
      NULL);
  g_autoptr (DrawScene) scene = get_all (board);

  g_assert_cmpuint (get_alpha (scene, 40, 100), ==, 255);
  g_assert_cmpuint (get_alpha (scene, 100, 100), ==, 0);
  g_assert_cmpuint (get_alpha (scene, 77, 100), ==, 0);
  g_assert_cmpuint (get_alpha (scene, 70, 100), ==, 255);
}

/* A text that says nothing of it is no label, whatever a line says. */
static void
test_labels_are_mutual (void)
{
  g_autoptr (BoardReplica) board
      = canvas_fixture_board ("\"id\":\"line\",\"type\":\"line\",\"points\":[[0,0],[9,9]],"
                              "\"boundElements\":[{\"id\":\"word\",\"type\":\"text\"}]",
                              "\"id\":\"word\",\"type\":\"text\",\"text\":\"x\"", NULL);
  BoardDocument *document = board_replica_get_document (board);

  g_assert_null (draw_scene_find_label (document, board_document_get_element (document, "line")));
}

static void
test_ids_bring_their_labels (void)
{
  g_autoptr (BoardReplica) board
      = canvas_fixture_board ("\"id\":\"word\",\"type\":\"text\",\"containerId\":\"box\",\"text\":"
                              "\"x\"",
                              "\"id\":\"box\",\"type\":\"rectangle\",\"width\":50,\"height\":50,"
                              "\"boundElements\":[{\"id\":\"word\",\"type\":\"text\"}]",
                              "\"id\":\"other\",\"type\":\"rectangle\"", NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (DrawScene) scene = NULL;
  BoardRect bounds;

  g_ptr_array_add (ids, (char *) "box");
  g_ptr_array_add (ids, (char *) "gone");
  scene = draw_scene_new_for_ids (board_replica_get_document (board), ids, NULL);
  g_assert_cmpuint (draw_scene_get_n_elements (scene), ==, 2);
  g_assert_cmpstr (board_element_get_id (draw_scene_get_element (scene, 0)), ==, "word");
  g_assert_true (draw_scene_get_bounds (scene, &bounds));
  g_assert_cmpfloat (bounds.width, >=, 50);
  g_assert_true (draw_scene_has_images (scene));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/frames-clip-what-is-theirs", test_frames_clip_what_is_theirs);
  g_test_add_func ("/scene/frames-clip-ink", test_frames_clip_ink);
  g_test_add_func ("/canvas/scene/tiles-take-lists", test_tiles_take_lists);
  g_test_add_func ("/scene/frames-clip-tiles", test_frames_clip_tiles);
  g_test_add_func ("/scene/lines-leave-room-for-their-label",
                   test_lines_leave_room_for_their_label);
  g_test_add_func ("/scene/labels-are-mutual", test_labels_are_mutual);
  g_test_add_func ("/scene/ids-bring-their-labels", test_ids_bring_their_labels);
  return g_test_run ();
}
