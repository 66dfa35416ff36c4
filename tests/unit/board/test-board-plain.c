/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain strokes are read in a short way, and as the strict reader reads them. */
#include "board/board-element-plain.h"
#include "board/board-element-private.h"
#include "board/board-limits.h"
#include "board/board-op.h"

#include <string.h>

#define HEAD "{\"id\":\"a\",\"index\":\"a0\","
#define POINTS "\"points\":\"AAIQEBAQ\""
#define TAIL ",\"type\":\"freedraw\""
#define NUMBER(number) HEAD POINTS TAIL ",\"x\":" number "}"

static const char usual[]
    = HEAD POINTS ",\"strokeColor\":\"#1971c2\",\"strokeWidth\":4" TAIL ",\"x\":10.5,\"y\":-20.0625}";

/* NULL, too, when it is not all of the text. */
static BoardElement *
read_plain (const char *text, gsize length)
{
  gsize used;
  g_autoptr (BoardElement) self = board_element_read_plain (text, length, &used);

  return self != NULL && used == length ? g_steal_pointer (&self) : NULL;
}

static BoardElement *
read_strictly (const char *text, gsize length)
{
  g_autoptr (JsonNode) node = board_element_parse_json (text, length, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
             ? board_element_new (json_node_get_object (node), NULL)
             : NULL;
}

static void
assert_alike (BoardElement *a, BoardElement *b)
{
  g_autofree char *text_a = board_element_dup_text (a), *text_b = board_element_dup_text (b);
  BoardRect bounds_a, bounds_b;

  g_assert_cmpstr (text_a, ==, text_b);
  g_assert_true (board_element_equal (a, b));
  g_assert_cmpstr (board_element_get_id (a), ==, board_element_get_id (b));
  g_assert_cmpstr (board_element_get_index (a), ==, board_element_get_index (b));
  g_assert_cmpstr (board_element_get_stroke_color (a), ==, board_element_get_stroke_color (b));
  g_assert_cmpfloat (board_element_get_x (a), ==, board_element_get_x (b));
  g_assert_cmpfloat (board_element_get_y (a), ==, board_element_get_y (b));
  g_assert_cmpfloat (board_element_get_opacity (a), ==, board_element_get_opacity (b));
  g_assert_cmpfloat (board_element_get_angle (a), ==, board_element_get_angle (b));
  g_assert_cmpfloat (board_element_get_stroke_width (a), ==, board_element_get_stroke_width (b));
  g_assert_cmpint (board_element_get_special (a), ==, board_element_get_special (b));
  g_assert_cmpint (board_element_get_locked (a), ==, board_element_get_locked (b));
  g_assert_cmpint (board_element_has_gaps (a), ==, board_element_has_gaps (b));
  g_assert_cmpint (board_element_has_bound (a), ==, board_element_has_bound (b));
  g_assert_null (board_element_get_references (a));
  board_element_get_bounds (a, &bounds_a);
  board_element_get_bounds (b, &bounds_b);
  g_assert_cmpmem (&bounds_a, sizeof bounds_a, &bounds_b, sizeof bounds_b);
}

static void
test_plain (void)
{
  static const char *const texts[] = {
    usual,
    HEAD POINTS TAIL "}",
    NUMBER ("0"),
    NUMBER ("-1"),
    NUMBER ("0.5"),
    NUMBER ("-0.0625"),
    NUMBER ("0.001"),
    NUMBER ("999999.9375"),
    NUMBER ("-1000000"),
    NUMBER ("123.456789012345"),
    HEAD "\"opacity\":40," POINTS ",\"strokeColor\":\"transparent\"" TAIL "}",
    "{\"angle\":1.5,\"height\":20,\"id\":\"-_\",\"index\":\"Zz\"," POINTS TAIL ",\"width\":7.25}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const gsize length = strlen (texts[i]);
      g_autoptr (BoardElement) plain = read_plain (texts[i], length);
      g_autoptr (BoardElement) strict = read_strictly (texts[i], length);

      g_test_message ("%s", texts[i]);
      g_assert_nonnull (plain);
      assert_alike (plain, strict);
    }
}

/* Good or not: it is for the strict reader to say. */
static void
test_not_plain (void)
{
  static const char *const texts[] = {
    "",
    "{",
    "{}",
    "[]",
    "{\"id\":\"a\"}",
    HEAD POINTS "}",
    HEAD "\"points\":\"\"" TAIL "}",
    HEAD "\"points\":\"AAIQEBA\"" TAIL "}",
    HEAD "\"points\":\"AAIQEBA=\"" TAIL "}",
    HEAD "\"points\":\"QAIQEBAQ\"" TAIL "}",
    HEAD "\"points\":\"AAIQEBAQ" TAIL "}",
    HEAD "\"points\":[[0,0],[1,1]]" TAIL "}",
    HEAD POINTS ",\"type\":\"line\"}",
    HEAD POINTS ",\"type\":\"freedrawfreedraw\"}",
    HEAD POINTS TAIL,
    HEAD POINTS TAIL ",}",
    HEAD POINTS TAIL ",\"type\":\"freedraw\"}",
    HEAD POINTS TAIL ",\"seed\":1}",
    HEAD POINTS TAIL ",\"unknown\":1}",
    HEAD POINTS TAIL ",\"locked\":true}",
    HEAD POINTS ",\"strokeColor\":\"red\"" TAIL "}",
    HEAD POINTS ",\"strokeColor\":null" TAIL "}",
    HEAD POINTS ",\"strokeWidth\":1000" TAIL "}",
    HEAD POINTS TAIL ", \"x\":1}",
    HEAD POINTS TAIL ",\"y\":1,\"x\":1}",
    "{\"id\":\"\",\"index\":\"a0\"," POINTS TAIL "}",
    "{\"id\":\"\\u0061\",\"index\":\"a0\"," POINTS TAIL "}",
    "{\"id\":\"\303\244\",\"index\":\"a0\"," POINTS TAIL "}",
    "{\"id\":\"a\",\"index\":\"-\"," POINTS TAIL "}",
    "{\"index\":\"a0\",\"id\":\"a\"," POINTS TAIL "}",
    NUMBER (""),
    NUMBER ("-"),
    NUMBER ("-0"),
    NUMBER ("-0.0"),
    NUMBER ("00"),
    NUMBER ("01"),
    NUMBER ("1."),
    NUMBER (".5"),
    NUMBER ("1.0"),
    NUMBER ("1.50"),
    NUMBER ("+1"),
    NUMBER ("1e3"),
    NUMBER ("0.0001"),
    NUMBER ("1000000.5"),
    NUMBER ("-1000001"),
    NUMBER ("0.1234567890123456789"),
    NUMBER ("12345678901234567890"),
    NUMBER ("\"1\""),
    NUMBER ("null"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      g_assert_null (read_plain (texts[i], strlen (texts[i])));
    }
}

static void
test_too_long (void)
{
  g_autofree char *id = g_strnfill (BOARD_MAX_NAME_BYTES + 1, 'a');
  g_autofree char *index = g_strnfill (BOARD_MAX_INDEX + 1, 'a');
  g_autofree char *points = g_strnfill (BOARD_MAX_ELEMENT, 'A');
  g_autofree char *long_id
      = g_strdup_printf ("{\"id\":\"%s\",\"index\":\"a0\"," POINTS TAIL "}", id);
  g_autofree char *long_index
      = g_strdup_printf ("{\"id\":\"a\",\"index\":\"%s\"," POINTS TAIL "}", index);
  g_autofree char *long_points = g_strdup_printf (HEAD "\"points\":\"%s\"" TAIL "}", points);

  g_assert_null (read_plain (long_id, strlen (long_id)));
  g_assert_null (read_plain (long_index, strlen (long_index)));
  g_assert_null (read_plain (long_points, strlen (long_points)));
}

/* What follows is not looked at, what is missing is missed. */
static void
test_length (void)
{
  g_autofree char *more = g_strconcat (usual, "]]}", NULL);
  g_autoptr (BoardElement) self = NULL;
  gsize used;

  for (gsize length = 0; length < strlen (usual); length++)
    {
      g_autofree char *part = g_memdup2 (usual, MAX (length, 1));

      g_assert_null (read_plain (part, length));
    }
  self = board_element_read_plain (more, strlen (more), &used);
  g_assert_nonnull (self);
  g_assert_cmpuint (used, ==, strlen (usual));
}

/* Texts with a few bytes changed: whatever is plain is what the strict reader makes of it. */
static void
test_changed (void)
{
  static const char bytes[] = "\"{}[]:,.-+0123459eaxyXA\\ ";
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint n_plain = 0;

  for (guint i = 0; i < 100000; i++)
    {
      char text[sizeof usual];
      g_autoptr (BoardElement) plain = NULL;

      memcpy (text, usual, sizeof usual);
      for (int k = g_rand_int_range (rand, 1, 3); k > 0; k--)
        text[g_rand_int_range (rand, 0, sizeof usual - 1)]
            = bytes[g_rand_int_range (rand, 0, sizeof bytes - 1)];
      plain = read_plain (text, strlen (text));
      if (plain != NULL)
        {
          g_autoptr (BoardElement) strict = read_strictly (text, strlen (text));

          g_assert_nonnull (strict);
          assert_alike (plain, strict);
          n_plain++;
        }
    }
  g_assert_cmpuint (n_plain, >, 1000);
}

/* An op of strokes, and one that is none for a word in the middle. */
static void
test_op (void)
{
  g_autofree char *other = g_strdup (usual);
  g_autofree char *text = NULL, *blank = NULL, *printed = NULL;
  g_autoptr (BoardOp) op = NULL, spaced = NULL;

  strstr (other, "\"a\"")[1] = 'b';
  text = g_strdup_printf ("{\"c\":[[\"+\",%s],[\"+\",%s]]}", usual, other);
  blank = g_strdup_printf ("{\"c\":[[\"+\",%s], [\"+\",%s]]}", usual, other);
  op = board_op_from_json (text, -1, NULL);
  spaced = board_op_from_json (blank, -1, NULL);
  g_assert_cmpuint (board_op_get_n_changes (op), ==, 2);
  g_assert_cmpuint (board_op_get_n_changes (spaced), ==, 2);
  g_assert_cmpstr (board_op_get_change_id (op, 1), ==, "b");
  for (guint i = 0; i < 2; i++)
    assert_alike (board_op_get_change_element (op, i), board_op_get_change_element (spaced, i));
  printed = board_op_to_json (op);
  g_assert_cmpstr (printed, ==, text);
  for (gsize length = 0; length < strlen (text); length++)
    g_assert_null (board_op_from_json (text, (gssize) length, NULL));
}

/* A blank before it, and all of it is read strictly. */
static void
assert_read_alike (const char *text)
{
  g_autofree char *blank = g_strconcat (" ", text, NULL);
  g_autoptr (BoardOp) op = board_op_from_json (text, -1, NULL);
  g_autoptr (BoardOp) strict = board_op_from_json (blank, -1, NULL);
  g_autofree char *printed = op != NULL ? board_op_to_json (op) : NULL;
  g_autofree char *printed_strict = strict != NULL ? board_op_to_json (strict) : NULL;

  g_assert_cmpstr (printed, ==, printed_strict);
}

static char *
make_mixed (const char *other)
{
  return g_strdup_printf ("{\"c\":[[\"+\",%s],%s,[\"-\",\"a\"],[\"+\",%s]]}", usual, other, usual);
}

static void
test_mixed (void)
{
  static const char *const others[] = {
    "[\"+\",{\"id\":\"b\",\"index\":\"a1\",\"type\":\"rectangle\",\"x\":5}]",
    "[\"+\",{\"id\":\"b\",\"index\":\"a1\",\"type\":\"text\",\"text\":\"]}],[\\\"{\"}]",
    "[\"=\",\"a\",{\"x\":1,\"customData\":{\"a\":[1,[2,{}]]}}]",
    "[\"title\",\"A board\"]",
    "[\"unheard of\",1,[],{}]",
    "[\"unheard of\",1,[}",
    "[\"unheard of\",1,{]]",
    "[\"unheard of\",\"]",
    "[\"+\",{}]",
    "[]",
    "[[]]",
    "{}",
    "1",
    "",
    ",",
  };
  g_autofree char *good = make_mixed (others[0]);
  g_autoptr (BoardOp) op = board_op_from_json (good, -1, NULL);

  g_assert_cmpuint (board_op_get_n_changes (op), ==, 4);
  g_assert_cmpstr (board_op_get_change_id (op, 1), ==, "b");
  g_assert_cmpint (board_op_get_change_type (op, 2), ==, BOARD_CHANGE_REMOVE);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *text = make_mixed (others[i]);

      assert_read_alike (text);
    }
}

static char *
nest (guint depth)
{
  g_autofree char *open = g_strnfill (depth, '['), *close = g_strnfill (depth, ']');

  return g_strdup_printf ("[\"unheard of\",%s%s]", open, close);
}

/* What an op may hold is counted as if there were no short way. */
static void
test_limits (void)
{
  for (guint depth = BOARD_MAX_DEPTH - 6; depth < BOARD_MAX_DEPTH + 2; depth++)
    {
      g_autofree char *other = nest (depth), *text = make_mixed (other);

      assert_read_alike (text);
    }
  /* Where its bytes, and where its values are as many as there may be values. */
  for (guint i = 0; i < 20; i++)
    {
      const guint n_values = (i < 10 ? BOARD_MAX_VALUES / 2 : BOARD_MAX_VALUES) + 2 - i % 10 * 4;
      g_autofree char *zeros = g_strnfill (2 * n_values - 1, '0'), *other = NULL, *text = NULL;

      for (guint k = 1; k < 2 * n_values - 1; k += 2)
        zeros[k] = ',';
      other = g_strdup_printf ("[\"unheard of\",%s]", zeros);
      text = make_mixed (other);
      assert_read_alike (text);
    }
}

static void
test_mixed_changed (void)
{
  static const char bytes[] = "\"{}[]:,.-+0159eaxXA\\ ";
  g_autofree char *good
      = make_mixed ("[\"=\",\"a\",{\"x\":1,\"customData\":{\"a\":\"]\\\"\",\"b\":[1,[2,{}]]}}]");
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *text = g_strdup (good);

      for (int k = g_rand_int_range (rand, 1, 4); k > 0; k--)
        text[g_rand_int_range (rand, 0, (int) strlen (good))]
            = bytes[g_rand_int_range (rand, 0, sizeof bytes - 1)];
      assert_read_alike (text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/plain/plain", test_plain);
  g_test_add_func ("/board/plain/not-plain", test_not_plain);
  g_test_add_func ("/board/plain/too-long", test_too_long);
  g_test_add_func ("/board/plain/length", test_length);
  g_test_add_func ("/board/plain/changed", test_changed);
  g_test_add_func ("/board/plain/op", test_op);
  g_test_add_func ("/board/plain/mixed", test_mixed);
  g_test_add_func ("/board/plain/limits", test_limits);
  g_test_add_func ("/board/plain/mixed-changed", test_mixed_changed);
  return g_test_run ();
}
