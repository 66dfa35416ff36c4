/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-fields.h"
#include "board/board-replica.h"
#include "files/draw-bundle.h"
#include "same-json.h"

static char *
read_fixture (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "excalidraw", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static DrawBundle *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  DrawBundle *bundle = draw_bundle_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return bundle;
}

static BoardElement *
find (DrawBundle *bundle, const char *id)
{
  for (guint i = 0; i < bundle->elements->len; i++)
    if (g_str_equal (board_element_get_id (bundle->elements->pdata[i]), id))
      return bundle->elements->pdata[i];
  return NULL;
}

/* A property as JSON, "absent" where there is none. */
static char *
prop (BoardElement *element, const char *name)
{
  JsonNode *node = board_element_get_prop (element, name);

  return node != NULL ? json_to_string (node, FALSE) : g_strdup ("absent");
}

static void
assert_prop (DrawBundle *bundle, const char *id, const char *name, const char *expected)
{
  BoardElement *element = find (bundle, id);
  g_autofree char *text = NULL;

  g_assert_nonnull (element);
  text = prop (element, name);
  if (!g_str_equal (text, expected))
    g_error ("%s of %s is %s, not %s", name, id, text, expected);
}

static JsonNode *
elements_of (JsonNode *root)
{
  return json_object_get_member (json_node_get_object (root), "elements");
}

static void
test_round_trip (void)
{
  g_autofree char *text = read_fixture ("everything.excalidraw");
  g_autoptr (DrawBundle) bundle = parse (text);
  g_autofree char *written = draw_bundle_print (bundle, DRAW_BUNDLE_FILE, NULL);
  g_autoptr (JsonNode) before = read_json (text);
  g_autoptr (JsonNode) after = read_json (written);
  g_autoptr (DrawBundle) again = parse (written);
  g_autofree char *twice = draw_bundle_print (again, DRAW_BUNDLE_FILE, NULL);

  g_assert_cmpuint (bundle->n_skipped, ==, 0);
  g_assert_true (same_json (elements_of (before), elements_of (after), 0.001));
  json_object_remove_member (json_node_get_object (before), "source");
  json_object_remove_member (json_node_get_object (after), "source");
  g_assert_true (same_json (before, after, 0.001));
  g_assert_cmpstr (written, ==, twice);
}

/* Places of any precision come back within half a sixteenth, and the second trip loses nothing. */
static void
test_precision (void)
{
  g_autoptr (DrawBundle) bundle = parse (
      "{\"type\":\"excalidraw\",\"elements\":[{\"id\":\"i\",\"type\":\"freedraw\",\"x\":0.1,\"y\":"
      "0.7,\"points\":[[0,0],[0.333333,1.777777],[-3.14159,2.71828]],\"pressures\":[0.123,0.456,"
      "0.789]}]}");
  g_autofree char *written = draw_bundle_print (bundle, DRAW_BUNDLE_FILE, NULL);
  g_autoptr (DrawBundle) again = parse (written);
  g_autofree char *twice = draw_bundle_print (again, DRAW_BUNDLE_FILE, NULL);
  g_autoptr (JsonNode) root = read_json (written);
  JsonObject *ink = json_array_get_object_element (json_node_get_array (elements_of (root)), 0);
  g_autoptr (JsonNode) points = read_json ("[[0,0],[0.333333,1.777777],[-3.14159,2.71828]]");
  g_autoptr (JsonNode) pressures = read_json ("[0.123,0.456,0.789]");

  g_assert_true (same_json (json_object_get_member (ink, "points"), points, 0.5 / 16));
  g_assert_true (same_json (json_object_get_member (ink, "pressures"), pressures, 0.001));
  g_assert_cmpstr (written, ==, twice);
}

/* Our own ink has times and tilts, which Excalidraw's arrays cannot say. */
static void
test_own_ink (void)
{
  const BoardPoint points[] = { { 5, 5, 0.25f, 0, 0, 0 }, { 6, 8, 0.75f, 0.5f, -0.5f, 16 } };
  g_autoptr (BoardElement) ink
      = board_element_new_freedraw ("ink", "a0", "#ff0000", 3, points, G_N_ELEMENTS (points));
  g_autoptr (DrawBundle) bundle = draw_bundle_new ();
  g_autoptr (DrawBundle) again = NULL;
  g_autofree char *written = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_ptr_array_add (bundle->elements, board_element_ref (ink));
  written = draw_bundle_print (bundle, DRAW_BUNDLE_FILE, NULL);
  again = parse (written);
  before = prop (ink, "points");
  after = prop (find (again, "ink"), "points");
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpfloat_with_epsilon (board_element_get_stroke_width (find (again, "ink")), 3, 1e-5);
}

static void
test_legacy (void)
{
  g_autofree char *text = read_fixture ("legacy.excalidraw");
  g_autoptr (DrawBundle) bundle = parse (text);

  g_assert_cmpuint (bundle->elements->len, ==, 8);
  g_assert_cmpuint (bundle->n_skipped, ==, 7);
  assert_prop (bundle, "a", "roundness", "{\"type\":1}");
  assert_prop (bundle, "a", "strokeColor", "\"#000000\"");
  assert_prop (bundle, "a", "backgroundColor", "\"#ff000080\"");
  assert_prop (bundle, "a", "boundElements", "[{\"id\":\"ar\",\"type\":\"arrow\"}]");
  assert_prop (bundle, "a", "roughness", "1");
  assert_prop (bundle, "b", "x", "200");
  assert_prop (bundle, "b", "width", "100");
  assert_prop (bundle, "b", "strokeWidth", "64");
  assert_prop (bundle, "ar", "startArrowhead", "\"circle\"");
  assert_prop (bundle, "ar", "endArrowhead", "\"arrow\"");
  assert_prop (bundle, "ar", "startBinding",
               "{\"elementId\":\"a\",\"fixedPoint\":[1,0.5],\"mode\":\"orbit\"}");
  assert_prop (bundle, "ar", "endBinding", "absent");
  assert_prop (bundle, "d", "type", "\"line\"");
  assert_prop (bundle, "d", "x", "10");
  assert_prop (bundle, "d", "points", "[[0,0],[10,5],[20,10]]");
  assert_prop (bundle, "l", "points", "[[0,0],[30,40]]");
  assert_prop (bundle, "t", "fontSize", "16");
  assert_prop (bundle, "t", "fontFamily", "3");
  assert_prop (bundle, "t", "originalText", "\"old\"");
  assert_prop (bundle, "t", "containerId", "absent");
}

/* What a board cannot hold is written as it was, unless it was changed. */
static void
test_foreign (void)
{
  g_autofree char *text = read_fixture ("legacy.excalidraw");
  g_autoptr (DrawBundle) bundle = parse (text);
  g_autoptr (JsonObject) red = json_object_new ();
  g_autofree char *written = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *elements;

  json_object_set_string_member (red, "strokeColor", "#ff0000");
  for (guint i = 0; i < bundle->elements->len; i++)
    if (g_str_equal (board_element_get_id (bundle->elements->pdata[i]), "b"))
      {
        BoardElement *changed = board_element_with (bundle->elements->pdata[i], red, NULL);

        board_element_unref (bundle->elements->pdata[i]);
        bundle->elements->pdata[i] = changed;
      }
  written = draw_bundle_print (bundle, DRAW_BUNDLE_FILE, NULL);
  root = read_json (written);
  elements = json_node_get_array (elements_of (root));
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (elements, 0), "strokeColor"),
      ==, "black");
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (elements, 1), "strokeColor"),
      ==, "#ff0000");
  g_assert_cmpint (
      json_object_get_int_member (json_array_get_object_element (elements, 1), "strokeWidth"), ==,
      100);
  g_assert_null (strstr (written, "\"foreign\""));
}

static void
test_order (void)
{
  g_autofree char *text = read_fixture ("legacy.excalidraw");
  g_autoptr (DrawBundle) bundle = parse (text);
  const char *before = "";

  for (guint i = 0; i < bundle->elements->len; i++)
    {
      const char *index = board_element_get_index (bundle->elements->pdata[i]);

      g_assert_cmpstr (before, <, index);
      before = index;
    }
}

static BoardDocument *
show (BoardReplica *replica, DrawBundle *bundle)
{
  g_autoptr (GPtrArray) ops = draw_bundle_make_ops (bundle);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < ops->len; i++)
    {
      board_replica_submit (replica, ops->pdata[i], &error);
      g_assert_no_error (error);
    }
  return board_replica_get_document (replica);
}

static void
test_board (void)
{
  g_autofree char *text = read_fixture ("everything.excalidraw");
  g_autoptr (DrawBundle) bundle = parse (text);
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");
  BoardDocument *document = show (replica, bundle);
  g_autoptr (DrawBundle) out = draw_bundle_new_for_document (document, NULL);
  GHashTableIter iter;
  DrawBundleFile *file;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_hash_table_iter_init (&iter, bundle->files);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &file))
    draw_bundle_add_file (out, file->id, file->mime, file->bytes, file->created);
  out->background = g_strdup (bundle->background);
  before = draw_bundle_print (bundle, DRAW_BUNDLE_FILE, NULL);
  after = draw_bundle_print (out, DRAW_BUNDLE_FILE, NULL);
  g_assert_cmpstr (before, ==, after);
}

/* Many, and more than one op can hold. */
static void
test_large (void)
{
  g_autoptr (DrawBundle) bundle = draw_bundle_new ();
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");
  g_autoptr (GPtrArray) ops = NULL;
  BoardPoint points[500];
  g_autofree char *written = NULL;
  g_autoptr (DrawBundle) again = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    points[i] = (BoardPoint){ (i * 7919) % 4001, (i * 104729) % 3001, 0.3f, 0, 0, i * 8 };
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);
      g_autofree char *index = g_strdup_printf ("b%02u", i % 100);

      g_ptr_array_add (bundle->elements,
                       board_element_new_freedraw (id, index, "#000000", 2, points, 500));
    }
  ops = draw_bundle_make_ops (bundle);
  g_assert_cmpuint (ops->len, >, 4);
  g_assert_cmpuint (board_document_get_n_elements (show (replica, bundle)), ==, 500);
  written = draw_bundle_print (bundle, DRAW_BUNDLE_FILE, NULL);
  again = parse (written);
  g_assert_cmpuint (again->elements->len, ==, 500);
}

static const char *
reference (DrawBundle *bundle, const char *type, const char *name)
{
  for (guint i = 0; i < bundle->elements->len; i++)
    {
      JsonNode *is = board_element_get_prop (bundle->elements->pdata[i], "type");
      JsonNode *node = board_element_get_prop (bundle->elements->pdata[i], name);

      if (g_str_equal (json_node_get_string (is), type) && node != NULL)
        return JSON_NODE_HOLDS_OBJECT (node)
                   ? json_object_get_string_member (json_node_get_object (node), "elementId")
                   : json_node_get_string (node);
    }
  return NULL;
}

static void
test_copies (void)
{
  g_autofree char *text = read_fixture ("everything.excalidraw");
  g_autoptr (DrawBundle) bundle = parse (text);
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");
  BoardDocument *document = show (replica, bundle);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (DrawBundle) some = NULL;
  g_autoptr (DrawBundle) copies = NULL;

  /* The arrow, but not the shapes that it sticks to; a frame with what is in it. */
  g_ptr_array_add (ids, (char *) "arrow-1");
  g_ptr_array_add (ids, (char *) "frame-1");
  g_ptr_array_add (ids, (char *) "rect-1");
  some = draw_bundle_new_for_document (document, ids);
  g_assert_cmpuint (some->elements->len, ==, 5);
  copies = draw_bundle_make_copies (some, document, 1000, -5);
  g_assert_cmpuint (copies->elements->len, ==, 5);
  for (guint i = 0; i < copies->elements->len; i++)
    {
      BoardElement *copy = copies->elements->pdata[i];

      g_assert_null (board_document_get_element (document, board_element_get_id (copy)));
      g_assert_cmpfloat (board_element_get_x (copy), >=, 1000);
      g_assert_cmpstr (board_element_get_index (copy), >, "aG");
    }
  g_assert_nonnull (find (copies, reference (copies, "text", "containerId")));
  g_assert_nonnull (find (copies, reference (copies, "rectangle", "frameId")));
  g_assert_nonnull (find (copies, reference (copies, "arrow", "startBinding")));
  g_assert_null (reference (copies, "arrow", "endBinding"));
  show (replica, copies);
  g_assert_cmpuint (board_document_get_n_elements (document), ==, 22);
}

static void
test_copies_in_frames (void)
{
  g_autoptr (DrawBundle) board = parse (
      "{\"type\":\"excalidraw\",\"version\":2,\"elements\":["
      "{\"id\":\"f\",\"type\":\"frame\",\"x\":0,\"y\":0,\"width\":300,\"height\":300},"
      "{\"id\":\"under\",\"type\":\"rectangle\",\"x\":1010,\"y\":10,\"width\":10,\"height\":10}]}");
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");
  BoardDocument *document = show (replica, board);
  g_autoptr (DrawBundle) some = parse (
      "{\"type\":\"excalidraw\",\"version\":2,\"elements\":["
      "{\"id\":\"in\",\"type\":\"rectangle\",\"x\":1,\"y\":1,\"width\":50,\"height\":50},"
      "{\"id\":\"out\",\"type\":\"ellipse\",\"x\":500,\"y\":1,\"width\":50,\"height\":50}]}");
  g_autoptr (DrawBundle) copies = draw_bundle_make_copies (some, document, 10, 10);
  g_autoptr (DrawBundle) frames = draw_bundle_make_copies (board, document, 1000, 0);

  g_assert_cmpuint (copies->elements->len, ==, 2);
  g_assert_cmpstr (reference (copies, "rectangle", "frameId"), ==, "f");
  g_assert_null (reference (copies, "ellipse", "frameId"));

  /* A frame that is put over something leaves it as it is. */
  g_assert_cmpuint (frames->elements->len, ==, 2);
  show (replica, frames);
  g_assert_null (board_element_get_frame_id (board_document_get_element (document, "under")));
}

/* Excalidraw has no notes; there they are shapes with a label, and come back as notes. */
static void
test_notes (void)
{
  g_autoptr (DrawBundle) bundle = draw_bundle_new ();
  g_autoptr (JsonNode) node
      = read_json ("{\"id\":\"n\",\"type\":\"note\",\"index\":\"a1\",\"x\":5,\"y\":6,\"width\":200,"
                   "\"height\":100,\"text\":\"buy milk\",\"fontSize\":16,\"strokeColor\":\"#e03131\","
                   "\"customData\":{\"mine\":1}}");
  g_autofree char *written = NULL;
  g_autoptr (DrawBundle) again = NULL;
  g_autoptr (JsonNode) root = NULL;

  g_ptr_array_add (bundle->elements, board_element_new (json_node_get_object (node), NULL));
  written = draw_bundle_print (bundle, DRAW_BUNDLE_FILE, NULL);
  root = read_json (written);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (elements_of (root))), ==, 2);
  g_assert_null (strstr (written, "\"note\",\"x"));
  again = parse (written);
  g_assert_cmpuint (again->elements->len, ==, 1);
  assert_prop (again, "n", "type", "\"note\"");
  assert_prop (again, "n", "text", "\"buy milk\"");
  assert_prop (again, "n", "fontSize", "16");
  assert_prop (again, "n", "customData", "{\"mine\":1}");
  assert_prop (again, "n", "boundElements", "absent");
}

static void
test_clipboard (void)
{
  g_autoptr (DrawBundle) bundle
      = parse ("{\"type\":\"excalidraw/clipboard\",\"elements\":[{\"id\":\"a\",\"type\":"
               "\"rectangle\",\"x\":1,\"y\":2}]}");
  g_autofree char *written = draw_bundle_print (bundle, DRAW_BUNDLE_CLIPBOARD, NULL);
  g_autoptr (DrawBundle) again = parse (written);

  g_assert_true (g_str_has_prefix (written, "{\"type\":\"excalidraw/clipboard\""));
  g_assert_cmpuint (again->elements->len, ==, 1);
}

/* Items of both versions, beside each other, each with ids of its own. */
static void
test_library (void)
{
  static const char *const texts[] = {
    "{\"type\":\"excalidrawlib\",\"version\":2,\"libraryItems\":[{\"id\":\"1\",\"elements\":["
    "{\"id\":\"a\",\"type\":\"rectangle\",\"x\":500,\"y\":500,\"width\":100,\"height\":50},"
    "{\"id\":\"t\",\"type\":\"text\",\"x\":510,\"y\":510,\"text\":\"x\",\"containerId\":\"a\"}]},"
    "{\"elements\":[{\"id\":\"a\",\"type\":\"ellipse\",\"x\":-9,\"width\":10,\"height\":9}]},5,[]]}",
    "{\"type\":\"excalidrawlib\",\"version\":1,\"library\":[["
    "{\"id\":\"a\",\"type\":\"rectangle\",\"x\":500,\"y\":500,\"width\":100,\"height\":50},"
    "{\"id\":\"t\",\"type\":\"text\",\"x\":510,\"y\":510,\"text\":\"x\",\"containerId\":\"a\"}],"
    "[{\"id\":\"a\",\"type\":\"ellipse\",\"x\":-9,\"width\":10,\"height\":9}]]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (DrawBundle) bundle = parse (texts[i]);

      g_assert_cmpuint (bundle->elements->len, ==, 3);
      g_assert_cmpfloat (board_element_get_x (bundle->elements->pdata[0]), ==, 0);
      g_assert_cmpfloat (board_element_get_x (bundle->elements->pdata[2]), >, 100);
      g_assert_nonnull (find (bundle, reference (bundle, "text", "containerId")));
    }
}

static void
test_bad_inputs (void)
{
  static const char *const texts[] = {
    "", "{", "null", "[]", "{}", "\xff", "{\"type\":\"excalidraw\"}",
    "{\"type\":\"excalidraw\",\"elements\":{}}",
    "{\"type\":5,\"elements\":[]}",
    "{\"type\":\"excalidraw\",\"elements\":[],}",
    "{\"type\":\"excalidraw\",\"elements\":[1e999]}",
  };
  g_autoptr (GString) deep = g_string_new ("{\"type\":\"excalidraw\",\"elements\":");

  for (guint i = 0; i < 1000; i++)
    g_string_append_c (deep, '[');
  for (gsize i = 0; i <= G_N_ELEMENTS (texts); i++)
    {
      const char *text = i < G_N_ELEMENTS (texts) ? texts[i] : deep->str;
      g_autoptr (GError) error = NULL;

      g_assert_null (draw_bundle_parse (text, strlen (text), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

/* Elements that are nonsense, each of which is left out or made sense of: no error, no crash. */
static void
test_bad_elements (void)
{
  static const char *const elements[] = {
    "{}", "{\"type\":\"\"}", "{\"type\":\"a b\"}", "{\"type\":[]}",
    "{\"type\":\"freedraw\",\"points\":5}",
    "{\"type\":\"freedraw\",\"points\":[[]]}",
    "{\"type\":\"rectangle\",\"x\":1e300}",
    "{\"type\":\"arrow\",\"x\":0,\"points\":[[0,0],[1e300,0]]}",
  };
  static const char *const mended[] = {
    "{\"type\":\"rectangle\",\"x\":\"5\",\"width\":[],\"boundElements\":5,\"groupIds\":{}}",
    "{\"type\":\"text\",\"text\":5,\"fontSize\":-1,\"fontFamily\":1e9,\"font\":\"px\"}",
    "{\"type\":\"arrow\",\"startBinding\":5,\"endBinding\":{},\"points\":[null,[1],[\"a\",2]]}",
    "{\"type\":\"text\",\"containerId\":\"me\",\"id\":\"me\",\"frameId\":\"me\"}",
    "{\"type\":\"image\",\"fileId\":5,\"scale\":[1],\"crop\":[]}",
    "{\"type\":\"rectangle\",\"boundElements\":[null,5,{\"id\":5},{\"id\":\"x\"}],\"opacity\":1e9}",
    "{\"type\":\"frame\",\"name\":{\"a\":1},\"angle\":1e18,\"foreign\":{\"x\":5,\"id\":[1,2]}}",
    "{\"type\":\"zzz\",\"startBinding\":{\"elementId\":\"me\"},\"points\":[[0,0],[1,1]]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (elements) + G_N_ELEMENTS (mended); i++)
    {
      const gboolean bad = i < G_N_ELEMENTS (elements);
      g_autofree char *text = g_strdup_printf (
          "{\"type\":\"excalidraw\",\"elements\":[%s,{\"type\":\"ellipse\",\"id\":\"ok\"}]}",
          bad ? elements[i] : mended[i - G_N_ELEMENTS (elements)]);
      g_autoptr (DrawBundle) bundle = parse (text);
      g_autofree char *written = draw_bundle_print (bundle, DRAW_BUNDLE_FILE, NULL);
      g_autoptr (DrawBundle) again = parse (written);

      g_test_message ("%s", text);
      g_assert_cmpuint (bundle->n_skipped, ==, bad ? 1 : 0);
      g_assert_cmpuint (again->elements->len, ==, bundle->elements->len);
      g_assert_nonnull (find (bundle, "ok"));
    }
}

static void
test_files (void)
{
  g_autoptr (DrawBundle) bundle = parse (
      "{\"type\":\"excalidraw\",\"elements\":[{\"id\":\"a\",\"type\":\"image\",\"fileId\":\"f1\"}],"
      "\"files\":{\"f1\":{\"mimeType\":\"image/png\",\"dataURL\":\"data:image/png;base64,aGVsbG8=\","
      "\"created\":5},"
      "\"f2\":{\"dataURL\":\"data:image/png,raw\"},\"f3\":5,\"no id\":{\"dataURL\":\"data:;base64,\"},"
      "\"f4\":{\"dataURL\":\"http://evil\"}}}");
  DrawBundleFile *file = g_hash_table_lookup (bundle->files, "f1");

  g_assert_cmpuint (g_hash_table_size (bundle->files), ==, 1);
  g_assert_cmpuint (g_bytes_get_size (file->bytes), ==, 5);
  g_assert_cmpint (file->created, ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/bundle/round-trip", test_round_trip);
  g_test_add_func ("/files/bundle/precision", test_precision);
  g_test_add_func ("/files/bundle/own-ink", test_own_ink);
  g_test_add_func ("/files/bundle/legacy", test_legacy);
  g_test_add_func ("/files/bundle/foreign", test_foreign);
  g_test_add_func ("/files/bundle/order", test_order);
  g_test_add_func ("/files/bundle/board", test_board);
  g_test_add_func ("/files/bundle/large", test_large);
  g_test_add_func ("/files/bundle/copies", test_copies);
  g_test_add_func ("/files/bundle/copies-in-frames", test_copies_in_frames);
  g_test_add_func ("/files/bundle/notes", test_notes);
  g_test_add_func ("/files/bundle/clipboard", test_clipboard);
  g_test_add_func ("/files/bundle/library", test_library);
  g_test_add_func ("/files/bundle/bad-inputs", test_bad_inputs);
  g_test_add_func ("/files/bundle/bad-elements", test_bad_elements);
  g_test_add_func ("/files/bundle/files", test_files);
  return g_test_run ();
}
