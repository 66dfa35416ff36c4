/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-cast.h"

#include <string.h>

#include "board/board-limits.h"

#define HASH "0123456789abcdef0123456789abcdef"

static void
check_text (BoardCast *cast, const char *expected)
{
  g_autofree char *text = board_cast_to_json (cast);
  g_autoptr (GError) error = NULL;
  g_autoptr (BoardCast) back = board_cast_from_json (text, -1, &error);
  g_autofree char *again = NULL;

  g_assert_cmpstr (text, ==, expected);
  g_assert_no_error (error);
  g_assert_cmpint (back->type, ==, cast->type);
  again = board_cast_to_json (back);
  g_assert_cmpstr (again, ==, text);
}

static void
test_round_trip (void)
{
  const BoardPoint points[]
      = { { .x = 0, .y = 0, .pressure = 0.5f }, { .x = 1, .y = -1, .pressure = 0.5f } };
  g_autoptr (BoardCast) cursor = board_cast_new (BOARD_CAST_CURSOR);
  g_autoptr (BoardCast) left = board_cast_new (BOARD_CAST_CURSOR);
  g_autoptr (BoardCast) ink = board_cast_new (BOARD_CAST_INK);
  g_autoptr (BoardCast) end = board_cast_new (BOARD_CAST_INK_END);
  g_autoptr (BoardCast) typing = board_cast_new (BOARD_CAST_TYPING);
  g_autoptr (BoardCast) back = NULL;

  cursor->has_place = TRUE;
  cursor->x = -3.5;
  check_text (cursor, "{\"k\":\"cursor\",\"x\":-3.5,\"y\":0}");
  check_text (left, "{\"k\":\"cursor\"}");
  ink->id = g_strdup ("f");
  ink->color = g_strdup ("#ff0000");
  ink->width = 2;
  ink->x = 10;
  ink->y = 20;
  ink->from = 7;
  ink->points = board_stroke_new (points, 2);
  check_text (ink,
              "{\"k\":\"ink\",\"x\":10,\"y\":20,\"id\":\"f\",\"color\":\"#ff0000\",\"width\":2,"
              "\"from\":7,\"points\":\"AAIAACAf\"}");
  end->id = g_strdup ("f");
  check_text (end, "{\"k\":\"ink-end\",\"id\":\"f\"}");
  check_text (typing, "{\"k\":\"typing\"}");

  back = board_cast_from_json ("{\"k\":\"cursor\"}", -1, NULL);
  g_assert_false (back->has_place);
}

static void
test_kinds (void)
{
  static const char *const ids[] = { "a", "b", NULL };
  const BoardPoint point = { .pressure = 0.5f };
  static const BoardCastType switches[] = { BOARD_CAST_HAND, BOARD_CAST_PRESENT, BOARD_CAST_SPOTLIGHT,
                                            BOARD_CAST_AWAY };
  static const char *const names[] = { "hand", "present", "spotlight", "away" };
  g_autoptr (BoardCast) laser = board_cast_new (BOARD_CAST_LASER);
  g_autoptr (BoardCast) reaction = board_cast_new (BOARD_CAST_REACTION);
  g_autoptr (BoardCast) view = board_cast_new (BOARD_CAST_VIEW);
  g_autoptr (BoardCast) selection = board_cast_new (BOARD_CAST_SELECTION);
  g_autoptr (BoardCast) hash = board_cast_new (BOARD_CAST_HASH);
  g_autoptr (BoardCast) say = board_cast_new (BOARD_CAST_SAY);

  laser->id = g_strdup ("l");
  laser->color = g_strdup ("#f00");
  laser->width = 4;
  laser->points = board_stroke_new (&point, 1);
  check_text (laser, "{\"k\":\"laser\",\"x\":0,\"y\":0,\"id\":\"l\",\"color\":\"#f00\",\"width\":4,"
                     "\"from\":0,\"points\":\"AAEAAA\"}");
  reaction->text = g_strdup ("\xf0\x9f\x91\x8d");
  check_text (reaction, "{\"k\":\"reaction\",\"text\":\"\xf0\x9f\x91\x8d\"}");
  reaction->has_place = TRUE;
  check_text (reaction, "{\"k\":\"reaction\",\"text\":\"\xf0\x9f\x91\x8d\",\"x\":0,\"y\":0}");
  view->width = 800;
  view->height = 600;
  check_text (view, "{\"k\":\"view\",\"x\":0,\"y\":0,\"width\":800,\"height\":600}");
  view->call = TRUE;
  check_text (view, "{\"k\":\"view\",\"x\":0,\"y\":0,\"width\":800,\"height\":600,\"call\":true}");
  check_text (selection, "{\"k\":\"selection\",\"ids\":[]}");
  selection->ids = g_strdupv ((char **) ids);
  check_text (selection, "{\"k\":\"selection\",\"ids\":[\"a\",\"b\"]}");
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      g_autoptr (BoardCast) cast = board_cast_new (switches[i]);
      g_autofree char *off = g_strdup_printf ("{\"k\":\"%s\",\"on\":false}", names[i]);
      g_autofree char *on = g_strdup_printf ("{\"k\":\"%s\",\"on\":true}", names[i]);

      check_text (cast, off);
      cast->on = TRUE;
      check_text (cast, on);
    }
  say->id = g_strdup ("m");
  say->text = g_strdup ("two\nlines");
  check_text (say, "{\"k\":\"say\",\"id\":\"m\",\"text\":\"two\\nlines\"}");
  hash->seq = 7;
  hash->text = g_strdup (HASH);
  check_text (hash, "{\"k\":\"hash\",\"seq\":7,\"hash\":\"" HASH "\"}");
}

static void
test_unknown (void)
{
  g_autoptr (BoardCast) cast = board_cast_from_json ("{\"k\":\"smell\",\"x\":\"?\"}", -1, NULL);

  g_assert_cmpint (cast->type, ==, BOARD_CAST_UNKNOWN);
}

#define INK "{\"k\":\"ink\",\"x\":1,\"y\":2,\"id\":\"f\",\"color\":\"#000\",\"width\":2,"

static void
test_bad (void)
{
  static const struct {
    const char *text;
    BoardError code;
  } rows[] = {
    { "", BOARD_ERROR_SYNTAX },
    { "[]", BOARD_ERROR_SCHEMA },
    { "{}", BOARD_ERROR_SCHEMA },
    { "{\"k\":7}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"cursor\",\"k\":\"cursor\"}", BOARD_ERROR_SYNTAX },
    { "{\"k\":\"cursor\",\"x\":1}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"cursor\",\"x\":1,\"y\":\"2\"}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"cursor\",\"x\":1e9,\"y\":2}", BOARD_ERROR_RANGE },
    { "{\"k\":\"cursor\",\"x\":1e999,\"y\":2}", BOARD_ERROR_SYNTAX },
    { "{\"k\":\"reaction\"}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"reaction\",\"text\":\"\"}", BOARD_ERROR_LIMIT },
    { "{\"k\":\"reaction\",\"text\":\"12345678901234567\"}", BOARD_ERROR_LIMIT },
    { "{\"k\":\"reaction\",\"text\":\"a\\nb\"}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"reaction\",\"text\":\"a\",\"x\":1}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"view\",\"x\":0,\"y\":0,\"width\":1}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"view\",\"x\":0,\"y\":0,\"width\":-1,\"height\":1}", BOARD_ERROR_RANGE },
    { "{\"k\":\"view\",\"x\":0,\"y\":0,\"width\":1,\"height\":3e6}", BOARD_ERROR_RANGE },
    { "{\"k\":\"view\",\"x\":0,\"y\":0,\"width\":1,\"height\":1,\"call\":1}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"hash\",\"seq\":1}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"hash\",\"hash\":\"" HASH "\"}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"hash\",\"seq\":0,\"hash\":\"" HASH "\"}", BOARD_ERROR_RANGE },
    { "{\"k\":\"hash\",\"seq\":1.5,\"hash\":\"" HASH "\"}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"hash\",\"seq\":1e99,\"hash\":\"" HASH "\"}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"hash\",\"seq\":1,\"hash\":\"" HASH "0\"}", BOARD_ERROR_LIMIT },
    { "{\"k\":\"hash\",\"seq\":1,\"hash\":\"\"}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"hash\",\"seq\":1,\"hash\":\"0123456789ABCDEF0123456789abcdef\"}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"selection\"}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"selection\",\"ids\":\"a\"}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"selection\",\"ids\":[\"a\",7]}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"selection\",\"ids\":[\"a b\"]}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"hand\"}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"hand\",\"on\":1}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"present\",\"on\":\"true\"}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"spotlight\"}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"away\",\"on\":null}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"laser\",\"id\":\"l\"}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"say\",\"text\":\"x\"}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"say\",\"id\":\"m\",\"text\":\"\"}", BOARD_ERROR_LIMIT },
    { "{\"k\":\"ink-end\"}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"ink-end\",\"id\":\"../f\"}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"ink\"}", BOARD_ERROR_SCHEMA },
    { INK "\"from\":0}", BOARD_ERROR_SCHEMA },
    { INK "\"from\":-1,\"points\":\"AAEAAA\"}", BOARD_ERROR_RANGE },
    { INK "\"from\":1.5,\"points\":\"AAEAAA\"}", BOARD_ERROR_SCHEMA },
    { INK "\"from\":10000,\"points\":\"AAEAAA\"}", BOARD_ERROR_RANGE },
    { INK "\"from\":9999,\"points\":\"AAIAACAf\"}", BOARD_ERROR_SCHEMA },
    { INK "\"from\":0,\"points\":\"!\"}", BOARD_ERROR_SYNTAX },
    { INK "\"from\":0,\"points\":[[0,0]]}", BOARD_ERROR_SCHEMA },
    { "{\"k\":\"ink\",\"x\":1,\"y\":2,\"id\":\"f\",\"color\":\"red\",\"width\":2,\"from\":0,"
      "\"points\":\"AAEAAA\"}",
      BOARD_ERROR_SCHEMA },
    { "{\"k\":\"ink\",\"x\":1,\"y\":2,\"id\":\"f\",\"color\":\"#000\",\"width\":0,\"from\":0,"
      "\"points\":\"AAEAAA\"}",
      BOARD_ERROR_RANGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].text);
      g_assert_null (board_cast_from_json (rows[i].text, -1, &error));
      g_assert_error (error, BOARD_ERROR, (int) rows[i].code);
    }
}

static void
test_too_many (void)
{
  for (guint n = BOARD_MAX_CAST_IDS; n <= BOARD_MAX_CAST_IDS + 1; n++)
    {
      g_autoptr (GString) text = g_string_new ("{\"k\":\"selection\",\"ids\":[\"a\"");
      g_autoptr (BoardCast) cast = NULL;

      for (guint i = 1; i < n; i++)
        g_string_append (text, ",\"a\"");
      g_string_append (text, "]}");
      cast = board_cast_from_json (text->str, -1, NULL);
      g_assert_cmpint (cast != NULL, ==, n <= BOARD_MAX_CAST_IDS);
    }
}

static void
test_long (void)
{
  g_autofree char *blank = g_strnfill (100000, ' ');
  g_autofree char *text = g_strconcat ("{\"k\":\"typing\"}", blank, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (board_cast_from_json (text, -1, &error));
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_LIMIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/cast/round-trip", test_round_trip);
  g_test_add_func ("/board/cast/kinds", test_kinds);
  g_test_add_func ("/board/cast/too-many", test_too_many);
  g_test_add_func ("/board/cast/unknown", test_unknown);
  g_test_add_func ("/board/cast/bad", test_bad);
  g_test_add_func ("/board/cast/long", test_long);
  return g_test_run ();
}
