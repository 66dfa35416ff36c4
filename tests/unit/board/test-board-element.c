/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-element.h"

#include <string.h>

#include "board/board-element-private.h"
#include "board/board-limits.h"

static BoardElement *
element (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = board_element_parse_json (text, strlen (text), error);

  return node != NULL ? board_element_new (json_node_get_object (node), error) : NULL;
}

static BoardElement *
good (const char *text)
{
  g_autoptr (GError) error = NULL;
  BoardElement *self = element (text, &error);

  g_assert_no_error (error);
  return self;
}

static JsonObject *
object (const char *text)
{
  g_autoptr (JsonNode) node = board_element_parse_json (text, strlen (text), NULL);

  return json_node_dup_object (node);
}

static void
test_freedraw (void)
{
  const BoardPoint points[] = { { .x = 10.51, .y = 20, .pressure = 0.3f },
                                { .x = 30, .y = 10, .pressure = 0.7f } };
  g_autofree char *id = board_element_make_id ();
  g_autoptr (BoardElement) self =
      board_element_new_freedraw (id, "a0", "#ff0000", 4, points, 2);
  const BoardPoint *read;
  BoardRect bounds;
  gsize n;

  g_assert_cmpstr (board_element_get_id (self), ==, id);
  g_assert_cmpint (board_element_get_kind (self), ==, BOARD_ELEMENT_FREEDRAW);
  g_assert_cmpstr (board_element_get_index (self), ==, "a0");
  g_assert_cmpfloat (board_element_get_x (self), ==, 10.5);
  g_assert_cmpfloat (board_element_get_y (self), ==, 20);
  g_assert_cmpfloat (board_element_get_stroke_width (self), ==, 4);
  g_assert_cmpfloat (board_element_get_opacity (self), ==, 1);
  g_assert_cmpstr (board_element_get_stroke_color (self), ==, "#ff0000");
  read = board_stroke_get_points (board_element_get_stroke (self), &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpfloat (read[0].x, ==, 0);
  g_assert_cmpfloat (read[1].x, ==, 19.5);
  g_assert_cmpfloat (read[1].y, ==, -10);
  board_element_get_bounds (self, &bounds);
  g_assert_true (board_rect_contains (&bounds, 10.5 - 4, 20 + 4));
  g_assert_true (board_rect_contains (&bounds, 30 + 4, 10 - 4));
  g_assert_cmpfloat (bounds.width, <, 19.5 + 12);
}

static void
test_canonical (void)
{
  g_autoptr (BoardElement) a = good ("{\"type\":\"rectangle\", \"id\":\"r\",\"index\":\"a0\","
                                     "\"x\":5.0,\"y\":-0.0,\"link\":null,"
                                     "\"zeta\":{\"b\":[1.50,true,null],\"a\":\"q\\u0022\"}}");
  g_autoptr (BoardElement) b = good ("{\"zeta\":{\"a\":\"q\\\"\",\"b\":[1.5,true,null]},\"y\":0,"
                                     "\"x\":5,\"index\":\"a0\",\"id\":\"r\",\"type\":\"rectangle\"}");
  g_autofree char *text = board_element_dup_text (a);

  g_assert_cmpstr (text, ==,
                   "{\"id\":\"r\",\"index\":\"a0\",\"type\":\"rectangle\",\"x\":5,\"y\":0,"
                   "\"zeta\":{\"a\":\"q\\\"\",\"b\":[1.5,true,null]}}");
  g_assert_true (board_element_equal (a, b));
}

static void
test_bound (void)
{
  g_autoptr (BoardElement) plain = good ("{\"id\":\"r\",\"index\":\"a0\",\"type\":\"rectangle\"}");
  g_autoptr (JsonObject) some = object ("{\"boundElements\":[{\"id\":\"t\",\"type\":\"text\"}]}");
  g_autoptr (JsonObject) none = object ("{\"boundElements\":[]}");
  g_autoptr (JsonObject) gone = object ("{\"boundElements\":null}");
  g_autoptr (JsonObject) other = object ("{\"x\":1}");
  g_autoptr (BoardElement) bound = board_element_with (plain, some, NULL);
  g_autoptr (BoardElement) moved = board_element_with (bound, other, NULL);
  g_autoptr (BoardElement) empty = board_element_with (bound, none, NULL);
  g_autoptr (BoardElement) freed = board_element_with (bound, gone, NULL);

  g_assert_false (board_element_has_bound (plain));
  g_assert_true (board_element_has_bound (bound));
  g_assert_true (board_element_has_bound (moved));
  g_assert_false (board_element_has_bound (empty));
  g_assert_false (board_element_has_bound (freed));
}

/* What a pen drew from near keeps its precision, whatever becomes of it. */
static void
test_fine (void)
{
  const BoardPoint points[] = { { 10.0131, 20.7, 0.5f }, { 10.0267, 20.6432, 0.5f } };
  g_autoptr (BoardElement) self = board_element_new_freedraw_with_precision (
      "f", "a0", "#1e1e1e", 0.1, points, 2, BOARD_PRECISION_FINE);
  g_autoptr (JsonObject) red = object ("{\"strokeColor\":\"#e03131\"}");
  g_autoptr (BoardElement) changed = board_element_with (self, red, NULL);
  g_autofree char *text = board_element_dup_text (changed);
  g_autoptr (BoardElement) again = good (text);
  const BoardPoint *read;
  gsize n;

  g_assert_true (board_element_equal (changed, again));
  g_assert_cmpuint (board_element_get_text_length (changed), ==, strlen (text));
  g_assert_cmpstr (json_node_get_string (board_element_get_prop (changed, "points")), !=, "");
  read = board_stroke_get_points (board_element_get_stroke (again), &n);
  g_assert_cmpfloat_with_epsilon (board_element_get_x (again) + read[0].x, points[0].x, 1.0 / 1024);
  g_assert_cmpfloat_with_epsilon (board_element_get_x (again) + read[1].x, points[1].x, 1.0 / 1024);
  g_assert_cmpfloat_with_epsilon (board_element_get_y (again) + read[1].y, points[1].y, 1.0 / 1024);
}

static void
test_unknown_survives (void)
{
  g_autoptr (BoardElement) self = good ("{\"id\":\"h\",\"index\":\"a0\",\"type\":\"hologram\","
                                        "\"depth\":7,\"mesh\":[[1,2],[3,{\"k\":1e17}]],\"gap:x-1\":[0.1,0.2]}");
  g_autoptr (JsonObject) changes = object ("{\"x\":9,\"depth\":null,\"new\":\"prop\"}");
  g_autoptr (BoardElement) changed = board_element_with (self, changes, NULL);
  g_autoptr (JsonObject) copy = board_element_to_json (changed);
  g_autofree char *text = board_element_dup_text (changed);
  BoardRect bounds;

  g_assert_cmpint (board_element_get_kind (self), ==, BOARD_ELEMENT_UNKNOWN);
  g_assert_cmpstr (text, ==,
                   "{\"gap:x-1\":[0.1,0.2],\"id\":\"h\",\"index\":\"a0\","
                   "\"mesh\":[[1,2],[3,{\"k\":1e+17}]],"
                   "\"new\":\"prop\",\"type\":\"hologram\",\"x\":9}");
  g_assert_cmpint (json_object_get_int_member (copy, "x"), ==, 9);
  g_assert_null (board_element_get_prop (changed, "depth"));
  g_assert_cmpint (json_node_get_int (board_element_get_prop (self, "depth")), ==, 7);
  board_element_get_bounds (changed, &bounds);
  g_assert_false (board_rect_is_empty (&bounds));
  g_assert_false (board_element_hit (changed, 9, 0, 5));
}

/* Every property that is replaced is replaced in the fields beside the text as well. */
static void
test_with (void)
{
  g_autoptr (BoardElement) self = good ("{\"id\":\"r\",\"type\":\"rectangle\",\"index\":\"a0\",\"x\":1,"
                                        "\"y\":2,\"width\":10,\"height\":10,\"opacity\":50,"
                                        "\"strokeColor\":\"#123456\",\"strokeWidth\":3}");
  g_autoptr (JsonObject) changes = object ("{\"x\":100,\"strokeColor\":null,\"index\":\"b00\"}");
  g_autoptr (JsonObject) back = object ("{\"x\":1,\"strokeColor\":\"#123456\",\"index\":\"a0\"}");
  g_autoptr (JsonObject) identity = object ("{\"id\":\"r\"}");
  g_autoptr (JsonObject) alien = object ("{\"points\":\"AAEAAA\"}");
  g_autoptr (BoardElement) changed = board_element_with (self, changes, NULL);
  g_autoptr (BoardElement) same = board_element_with (changed, back, NULL);
  g_autoptr (GError) error = NULL;
  BoardRect bounds;

  g_assert_cmpfloat (board_element_get_x (changed), ==, 100);
  g_assert_cmpfloat (board_element_get_y (changed), ==, 2);
  g_assert_cmpstr (board_element_get_stroke_color (changed), ==, "#1e1e1e");
  g_assert_cmpstr (board_element_get_index (changed), ==, "b00");
  g_assert_cmpfloat (board_element_get_opacity (changed), ==, 0.5);
  board_element_get_bounds (changed, &bounds);
  g_assert_true (board_rect_contains (&bounds, 105, 7));
  g_assert_false (board_rect_contains (&bounds, 5, 7));
  g_assert_true (board_element_equal (self, same));
  g_assert_false (board_element_equal (self, changed));

  g_assert_null (board_element_with (self, identity, &error));
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_SCHEMA);
  g_clear_error (&error);
  g_assert_null (board_element_with (self, alien, &error));
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_SCHEMA);
}

#define RECT "\"id\":\"r\",\"type\":\"rectangle\",\"index\":\"a0\""
#define DRAW "\"id\":\"f\",\"type\":\"freedraw\",\"index\":\"a0\""
#define LINE "\"id\":\"l\",\"type\":\"line\",\"index\":\"a0\""
#define IMAGE "\"id\":\"i\",\"type\":\"image\",\"index\":\"a0\""
#define ARROW "\"id\":\"w\",\"type\":\"arrow\",\"index\":\"a0\",\"points\":[[0,0],[9,9]]"
#define INK DRAW ",\"points\":\"AAEAAA\""
#define CROP ",\"crop\":{\"x\":0,\"y\":0,\"width\":5,\"height\":5,\"naturalWidth\":9"
#define WORD "\"id\":\"t\",\"type\":\"text\",\"index\":\"a0\""

static void
test_bad (void)
{
  static const struct {
    const char *text;
    BoardError code;
  } rows[] = {
    { "{}", BOARD_ERROR_SCHEMA },
    { "{\"type\":\"rectangle\",\"index\":\"a0\"}", BOARD_ERROR_SCHEMA },
    { "{\"id\":\"r\",\"index\":\"a0\"}", BOARD_ERROR_SCHEMA },
    { "{\"id\":\"r\",\"type\":\"rectangle\"}", BOARD_ERROR_SCHEMA },
    { "{\"id\":null,\"type\":\"rectangle\",\"index\":\"a0\"}", BOARD_ERROR_SCHEMA },
    { "{\"id\":\"\",\"type\":\"rectangle\",\"index\":\"a0\"}", BOARD_ERROR_SCHEMA },
    { "{\"id\":\"../x\",\"type\":\"rectangle\",\"index\":\"a0\"}", BOARD_ERROR_SCHEMA },
    { "{\"id\":7,\"type\":\"rectangle\",\"index\":\"a0\"}", BOARD_ERROR_SCHEMA },
    { "{\"id\":\"r\",\"type\":\"\",\"index\":\"a0\"}", BOARD_ERROR_SCHEMA },
    { "{\"id\":\"r\",\"type\":\"<b>\",\"index\":\"a0\"}", BOARD_ERROR_SCHEMA },
    { "{\"id\":\"r\",\"type\":[],\"index\":\"a0\"}", BOARD_ERROR_SCHEMA },
    { "{\"id\":\"r\",\"type\":\"rectangle\",\"index\":\"\"}", BOARD_ERROR_SCHEMA },
    { "{\"id\":\"r\",\"type\":\"rectangle\",\"index\":\"a 0\"}", BOARD_ERROR_SCHEMA },
    { "{\"id\":\"r\",\"type\":\"rectangle\",\"index\":null}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"x\":\"5\"}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"x\":[]}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"x\":true}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"x\":1e7}", BOARD_ERROR_RANGE },
    { "{" RECT ",\"y\":-1000001}", BOARD_ERROR_RANGE },
    { "{" RECT ",\"y\":1e308}", BOARD_ERROR_RANGE },
    { "{" RECT ",\"width\":-1}", BOARD_ERROR_RANGE },
    { "{" RECT ",\"strokeWidth\":0}", BOARD_ERROR_RANGE },
    { "{" RECT ",\"strokeWidth\":-1}", BOARD_ERROR_RANGE },
    { "{" RECT ",\"strokeWidth\":1e6}", BOARD_ERROR_RANGE },
    { "{" RECT ",\"opacity\":101}", BOARD_ERROR_RANGE },
    { "{" RECT ",\"angle\":1e18}", BOARD_ERROR_RANGE },
    { "{" RECT ",\"strokeColor\":\"red\"}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"strokeColor\":\"#12\"}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"strokeColor\":\"#12345g\"}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"strokeColor\":\"url(x)\"}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"backgroundColor\":\"Transparent\"}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"seed\":1.5}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"seed\":-1}", BOARD_ERROR_RANGE },
    { "{" RECT ",\"locked\":1}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"groupIds\":{}}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"groupIds\":[\"a b\"]}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"groupIds\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]}", BOARD_ERROR_LIMIT },
    { "{" RECT ",\"roundness\":3}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"roundness\":{}}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"roundness\":{\"value\":5}}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"roundness\":{\"type\":null}}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"roundness\":{\"type\":\"3\"}}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"roundness\":{\"type\":2.5}}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"roundness\":{\"type\":0}}", BOARD_ERROR_RANGE },
    { "{" RECT ",\"roundness\":{\"type\":3,\"value\":-1}}", BOARD_ERROR_RANGE },
    { "{" RECT ",\"roundness\":{\"type\":3,\"value\":1e308}}", BOARD_ERROR_RANGE },
    { "{" RECT ",\"boundElements\":{}}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"boundElements\":[7]}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"boundElements\":[null]}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"boundElements\":[{\"id\":\"a\"}]}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"boundElements\":[{\"type\":\"text\"}]}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"boundElements\":[{\"id\":\"../a\",\"type\":\"text\"}]}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"boundElements\":[{\"id\":\"a\",\"type\":\"<b>\"}]}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"customData\":[]}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"crop\":null,\"scale\":[1,1]}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"startBinding\":{\"elementId\":\"a\"}}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"strokeStyle\":\"8 8\"}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"strokeStyle\":[8,8]}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"frameId\":\"a/b\"}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"groupIds\":[null]}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"link\":{}}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"fillStyle\":\"a b\"}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"points\":\"AAEAAA\"}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"fontSize\":20}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"\":1}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"a\\nb\":1}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"a\\\"b\":1}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"\xc3\xa9\":1}", BOARD_ERROR_SCHEMA },
    { "{" RECT ",\"x\":1,\"x\":2}", BOARD_ERROR_SYNTAX },
    { "{" DRAW "}", BOARD_ERROR_SCHEMA },
    { "{" DRAW ",\"points\":null}", BOARD_ERROR_SCHEMA },
    { "{" DRAW ",\"points\":[[0,0]]}", BOARD_ERROR_SCHEMA },
    { "{" DRAW ",\"points\":\"!\"}", BOARD_ERROR_SYNTAX },
    { "{" DRAW ",\"points\":\"AAA\"}", BOARD_ERROR_LIMIT },
    { "{" LINE "}", BOARD_ERROR_SCHEMA },
    { "{" LINE ",\"points\":[]}", BOARD_ERROR_LIMIT },
    { "{" LINE ",\"points\":[0,0]}", BOARD_ERROR_SCHEMA },
    { "{" LINE ",\"points\":[[0]]}", BOARD_ERROR_SCHEMA },
    { "{" LINE ",\"points\":[[0,0,0]]}", BOARD_ERROR_SCHEMA },
    { "{" LINE ",\"points\":[[0,\"0\"]]}", BOARD_ERROR_SCHEMA },
    { "{" LINE ",\"points\":[[0,0],[1e9,0]]}", BOARD_ERROR_RANGE },
    { "{" LINE ",\"points\":\"AAEAAA\"}", BOARD_ERROR_SCHEMA },
    { "{" ARROW ",\"startBinding\":\"a\"}", BOARD_ERROR_SCHEMA },
    { "{" ARROW ",\"startBinding\":{}}", BOARD_ERROR_SCHEMA },
    { "{" ARROW ",\"endBinding\":{\"elementId\":null}}", BOARD_ERROR_SCHEMA },
    { "{" ARROW ",\"endBinding\":{\"elementId\":\"\"}}", BOARD_ERROR_SCHEMA },
    { "{" ARROW ",\"endBinding\":{\"elementId\":\"a\",\"fixedPoint\":[0]}}", BOARD_ERROR_SCHEMA },
    { "{" ARROW ",\"endBinding\":{\"elementId\":\"a\",\"fixedPoint\":{}}}", BOARD_ERROR_SCHEMA },
    { "{" ARROW ",\"endBinding\":{\"elementId\":\"a\",\"fixedPoint\":[0,1e9]}}", BOARD_ERROR_RANGE },
    { "{" ARROW ",\"endBinding\":{\"elementId\":\"a\",\"mode\":1}}", BOARD_ERROR_SCHEMA },
    { "{" ARROW ",\"endBinding\":{\"elementId\":\"a\",\"gap\":\"wide\"}}", BOARD_ERROR_SCHEMA },
    { "{" ARROW ",\"endBinding\":{\"elementId\":\"a\",\"focus\":1e308}}", BOARD_ERROR_RANGE },
    { "{" ARROW ",\"endArrowhead\":[]}", BOARD_ERROR_SCHEMA },
    { "{" ARROW ",\"elbowed\":1}", BOARD_ERROR_SCHEMA },
    { "{" ARROW ",\"fixedSegments\":[[0,0]]}", BOARD_ERROR_SCHEMA },
    { "{" ARROW ",\"fixedSegments\":[{\"index\":1,\"start\":[0,0]}]}", BOARD_ERROR_SCHEMA },
    { "{" ARROW ",\"fixedSegments\":[{\"index\":1.5,\"start\":[0,0],\"end\":[1,1]}]}",
      BOARD_ERROR_SCHEMA },
    { "{" ARROW ",\"fixedSegments\":[{\"index\":-1,\"start\":[0,0],\"end\":[1,1]}]}",
      BOARD_ERROR_RANGE },
    { "{" ARROW ",\"fixedSegments\":[{\"index\":1,\"start\":[0,0],\"end\":[1,1e9]}]}",
      BOARD_ERROR_RANGE },
    { "{" IMAGE ",\"crop\":[]}", BOARD_ERROR_SCHEMA },
    { "{" IMAGE CROP "}}", BOARD_ERROR_SCHEMA },
    { "{" IMAGE CROP ",\"naturalHeight\":\"9\"}}", BOARD_ERROR_SCHEMA },
    { "{" IMAGE CROP ",\"naturalHeight\":-9}}", BOARD_ERROR_RANGE },
    { "{" IMAGE ",\"scale\":[1]}", BOARD_ERROR_SCHEMA },
    { "{" IMAGE ",\"scale\":[1,1e9]}", BOARD_ERROR_RANGE },
    { "{" IMAGE ",\"status\":\"not yet\"}", BOARD_ERROR_SCHEMA },
    { "{" IMAGE ",\"fileId\":\"../../etc\"}", BOARD_ERROR_SCHEMA },
    { "{" INK ",\"strokeOptions\":7}", BOARD_ERROR_SCHEMA },
    { "{" INK ",\"strokeOptions\":{\"streamline\":2}}", BOARD_ERROR_RANGE },
    { "{" INK ",\"strokeOptions\":{\"variability\":true}}", BOARD_ERROR_SCHEMA },
    { "{" INK ",\"simulatePressure\":\"yes\"}", BOARD_ERROR_SCHEMA },
    { "{" WORD ",\"text\":7}", BOARD_ERROR_SCHEMA },
    { "{" WORD ",\"fontSize\":0}", BOARD_ERROR_RANGE },
    { "{" WORD ",\"lineHeight\":1e9}", BOARD_ERROR_RANGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].text);
      g_assert_null (element (rows[i].text, &error));
      g_assert_error (error, BOARD_ERROR, (int) rows[i].code);
    }
}

/* What those objects may be, members of a later version among them. */
static void
test_structures (void)
{
  static const char *const rows[] = {
    "{" RECT ",\"roundness\":{\"type\":3}}",
    "{" RECT ",\"roundness\":{\"type\":4,\"value\":0.5,\"later\":{\"x\":[null]}}}",
    "{" RECT ",\"boundElements\":[]}",
    "{" RECT ",\"boundElements\":[{\"id\":\"a\",\"type\":\"arrow\",\"later\":1},"
    "{\"id\":\"b\",\"type\":\"text\"}]}",
    "{" ARROW ",\"startBinding\":{\"elementId\":\"a\"},\"endBinding\":{\"elementId\":\"b\","
    "\"fixedPoint\":[-0.25,1.5],\"mode\":\"skip\",\"later\":[]}}",
    "{" ARROW ",\"startBinding\":{\"elementId\":\"a\",\"focus\":-0.2,\"gap\":4,\"fixedPoint\":null}}",
    "{" ARROW ",\"fixedSegments\":[{\"index\":2,\"start\":[0,0],\"end\":[0,40],\"later\":true}]}",
    "{" IMAGE CROP ",\"naturalHeight\":9,\"later\":0},\"scale\":[-1,1],\"status\":\"pending\"}",
    "{" INK ",\"strokeOptions\":{}}",
    "{" INK ",\"strokeOptions\":{\"variability\":\"constant\",\"streamline\":0.4,\"later\":\"x\"}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BoardElement) self = good (rows[i]);
      g_autofree char *text = board_element_dup_text (self);
      g_autoptr (BoardElement) again = good (text);

      g_test_message ("%s", rows[i]);
      g_assert_true (board_element_equal (self, again));
      g_assert_cmpint (strstr (rows[i], "later") != NULL, ==,
                       strstr (text, "later") != NULL);
    }
}

/* What a painter asks without a tree of properties. */
static void
test_hints (void)
{
  g_autoptr (BoardElement) usual
      = good ("{" RECT ",\"frameId\":null,\"backgroundColor\":\"transparent\","
              "\"strokeStyle\":\"solid\",\"customData\":null}");
  g_autoptr (BoardElement) framed = good ("{" RECT ",\"frameId\":\"page\"}");
  g_autoptr (BoardElement) dashed = good ("{" RECT ",\"strokeStyle\":\"dashed\"}");
  g_autoptr (BoardElement) filled = good ("{" RECT ",\"backgroundColor\":\"#fff\"}");
  g_autoptr (BoardElement) custom = good ("{" RECT ",\"customData\":{}}");
  g_autoptr (JsonObject) out = json_object_new ();
  g_autoptr (BoardElement) free = NULL, moved = NULL;
  g_autoptr (JsonObject) move = json_object_new ();

  g_assert_null (board_element_get_frame_id (usual));
  g_assert_false (board_element_get_special (usual));
  g_assert_cmpstr (board_element_get_frame_id (framed), ==, "page");
  g_assert_true (board_element_get_special (dashed));
  g_assert_true (board_element_get_special (filled));
  g_assert_true (board_element_get_special (custom));
  json_object_set_double_member (move, "x", 5);
  moved = board_element_with (framed, move, NULL);
  g_assert_cmpstr (board_element_get_frame_id (moved), ==, "page");
  json_object_set_null_member (out, "frameId");
  free = board_element_with (moved, out, NULL);
  g_assert_null (board_element_get_frame_id (free));
}

static char *
with_text (gsize length)
{
  g_autofree char *text = g_strnfill (length, 'w');

  return g_strdup_printf ("{" WORD ",\"text\":\"%s\"}", text);
}

static void
test_limits (void)
{
  g_autofree char *fits = with_text (BOARD_MAX_TEXT);
  g_autofree char *too_long = with_text (BOARD_MAX_TEXT + 1);
  g_autoptr (BoardElement) self = good (fits);
  g_autoptr (JsonObject) many = json_object_new ();
  g_autoptr (JsonObject) huge = json_object_new ();
  g_autofree char *filler = g_strnfill (BOARD_MAX_ELEMENT, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_null (element (too_long, &error));
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_LIMIT);
  g_clear_error (&error);
  for (int i = 0; i < BOARD_MAX_PROPS; i++)
    {
      char name[16];

      g_snprintf (name, sizeof name, "gap:%d", i);
      json_object_set_int_member (many, name, i);
    }
  g_assert_null (board_element_with (self, many, &error));
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_LIMIT);
  g_clear_error (&error);
  json_object_set_string_member (huge, "filler", filler);
  g_assert_null (board_element_with (self, huge, &error));
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_LIMIT);
}

static void
test_hit (void)
{
  static const struct {
    const char *text;
    double x, y, tolerance;
    gboolean hit;
  } rows[] = {
    { "{" RECT ",\"width\":100,\"height\":50}", 0, 25, 1, TRUE },
    { "{" RECT ",\"width\":100,\"height\":50}", 50, 25, 1, FALSE },
    { "{" RECT ",\"width\":100,\"height\":50,\"backgroundColor\":\"#fff\"}", 50, 25, 1, TRUE },
    { "{" RECT ",\"width\":100,\"height\":50,\"backgroundColor\":\"#ffffff00\"}", 50, 25, 1, FALSE },
    { "{" RECT ",\"width\":100,\"height\":50,\"backgroundColor\":\"#fff\"}", 105, 25, 1, FALSE },
    { "{\"id\":\"e\",\"type\":\"ellipse\",\"index\":\"a0\",\"width\":100,\"height\":50}", 1, 1, 3, FALSE },
    { "{\"id\":\"e\",\"type\":\"ellipse\",\"index\":\"a0\",\"width\":100,\"height\":50}", 50, 0, 1, TRUE },
    { "{\"id\":\"d\",\"type\":\"diamond\",\"index\":\"a0\",\"width\":100,\"height\":50}", 25, 12.5, 1, TRUE },
    { "{\"id\":\"d\",\"type\":\"diamond\",\"index\":\"a0\",\"width\":100,\"height\":50}", 2, 2, 1, FALSE },
    { "{" LINE ",\"x\":10,\"points\":[[0,0],[100,100]]}", 60, 50, 1, TRUE },
    { "{" LINE ",\"x\":10,\"points\":[[0,0],[100,100]]}", 60, 60, 1, FALSE },
    { "{" WORD ",\"width\":100,\"height\":20,\"text\":\"hi\"}", 50, 10, 0, TRUE },
    /* a quarter turn about the middle: upright now */
    { "{" RECT ",\"width\":100,\"height\":2,\"angle\":1.5707963267948966}", 50, 45, 1, TRUE },
    { "{" RECT ",\"width\":100,\"height\":2,\"angle\":1.5707963267948966}", 10, 1, 1, FALSE },
    { "{\"id\":\"f\",\"type\":\"frame\",\"index\":\"a0\",\"width\":100,\"height\":50}", 50, 25, 1, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BoardElement) self = good (rows[i].text);

      g_test_message ("%s at %g %g", rows[i].text, rows[i].x, rows[i].y);
      g_assert_cmpint (board_element_hit (self, rows[i].x, rows[i].y, rows[i].tolerance), ==,
                       rows[i].hit);
    }
}

static void
test_hit_segment (void)
{
  const BoardPoint points[] = { { .x = 0, .y = 0 }, { .x = 100, .y = 0 } };
  const BoardPoint dot = { .x = 5, .y = 5 };
  g_autoptr (BoardElement) self = board_element_new_freedraw ("f", "a0", "#000", 2, points, 2);
  g_autoptr (BoardElement) single = board_element_new_freedraw ("d", "a0", "#000", 2, &dot, 1);

  g_assert_true (board_element_hit_segment (self, 50, -50, 50, 50, 0)); /* across */
  g_assert_true (board_element_hit_segment (self, 50, 10, 50, 4, 3.5));
  g_assert_false (board_element_hit_segment (self, 50, 10, 50, 5, 3.5));
  g_assert_false (board_element_hit_segment (self, 110, -50, 110, 50, 3));
  g_assert_true (board_element_hit_segment (single, 0, 0, 10, 10, 0));
  g_assert_false (board_element_hit_segment (single, 0, 8, 10, 8, 1));
}

static void
test_bounds_rotate (void)
{
  g_autoptr (BoardElement) self =
      good ("{" RECT ",\"width\":100,\"height\":10,\"angle\":1.5707963267948966}");
  BoardRect bounds;

  board_element_get_bounds (self, &bounds);
  g_assert_true (board_rect_contains (&bounds, 50, 54.9));
  g_assert_true (board_rect_contains (&bounds, 50, -44.9));
  g_assert_false (board_rect_contains (&bounds, 0, 5));
}

static void
test_order (void)
{
  g_autoptr (BoardElement) a = good ("{\"id\":\"a\",\"type\":\"note\",\"index\":\"Zz\"}");
  g_autoptr (BoardElement) b = good ("{\"id\":\"b\",\"type\":\"note\",\"index\":\"a0\"}");
  g_autoptr (BoardElement) c = good ("{\"id\":\"c\",\"type\":\"note\",\"index\":\"a0\"}");

  g_assert_cmpint (board_element_compare (a, b), <, 0);
  g_assert_cmpint (board_element_compare (b, c), <, 0);
  g_assert_cmpint (board_element_compare (c, c), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/element/freedraw", test_freedraw);
  g_test_add_func ("/board/element/canonical", test_canonical);
  g_test_add_func ("/board/element/bound", test_bound);
  g_test_add_func ("/board/element/fine", test_fine);
  g_test_add_func ("/board/element/unknown-survives", test_unknown_survives);
  g_test_add_func ("/board/element/with", test_with);
  g_test_add_func ("/board/element/bad", test_bad);
  g_test_add_func ("/board/element/structures", test_structures);
  g_test_add_func ("/board/element/limits", test_limits);
  g_test_add_func ("/board/element/hit", test_hit);
  g_test_add_func ("/board/element/hit-segment", test_hit_segment);
  g_test_add_func ("/board/element/bounds-rotate", test_bounds_rotate);
  g_test_add_func ("/board/element/order", test_order);
  g_test_add_func ("/board/element/hints", test_hints);
  return g_test_run ();
}
