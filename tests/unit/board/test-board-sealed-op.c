/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What a body says of itself outside of its seal, and what comes of one that lies. */
#include "board/board-sealed-op.h"

#include "board/board-message.h"
#include "board/board-seal-private.h"

#define BOARD "AAAAAAAAAAAAAAAAAAAAAA"
#define TALK "{\"c\":[[\"chat\",{\"id\":\"m\",\"text\":\"hello\"}]]}"
#define DRAWING "{\"c\":[[\"-\",\"r\"]]}"

static void
check (const char *text, gboolean talk)
{
  g_autoptr (BoardOp) op = board_op_from_json (text, -1, NULL);
  g_autoptr (BoardOp) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  g_autofree char *opened = NULL;
  BoardKey key;

  board_key_generate (&key);
  body = board_sealed_op_build (op, &key, BOARD, "ann", 7);
  g_assert_cmpint (board_body_is_talk (body), ==, talk);
  g_assert_true (board_body_is_valid (body, BOARD_MAX_OP_BODY));
  back = board_sealed_op_open (&key, BOARD, "ann", 7, body, &opened, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (opened, ==, text);
  g_assert_null (board_sealed_op_open (&key, BOARD, "ann", 8, body, NULL, &error));
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_SEAL);
}

static void
test_round_trip (void)
{
  g_autofree char *long_words = g_strnfill (1000, 'x');
  g_autofree char *deflated
      = g_strdup_printf ("{\"c\":[[\"chat\",{\"id\":\"m\",\"text\":\"%s\"}]]}", long_words);

  check (TALK, TRUE);
  check (deflated, TRUE);
  check (DRAWING, FALSE);
  check ("{\"c\":[]}", TRUE);
}

/* A drawing in a body that a viewer may send is nothing to anybody. */
static void
test_lie (void)
{
  g_autofree char *lie = NULL;
  g_autofree char *plain = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BoardOp) op = NULL;
  BoardKey key;

  board_key_generate (&key);
  lie = board_seal_flagged_op (&key, BOARD, "ann", 1, TRUE, DRAWING);
  g_assert_null (board_sealed_op_open (&key, BOARD, "ann", 1, lie, NULL, &error));
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_SCHEMA);
  /* talk that does not say so is good: editors may */
  plain = board_seal_op (&key, BOARD, "ann", 1, TALK);
  g_assert_false (board_body_is_talk (plain));
  op = board_sealed_op_open (&key, BOARD, "ann", 1, plain, NULL, NULL);
  g_assert_nonnull (op);
}

/* Who turns the bit breaks the seal. */
static void
test_turned (void)
{
  g_autoptr (BoardOp) op = board_op_from_json (DRAWING, -1, NULL);
  g_autofree char *body = NULL;
  g_autoptr (GError) error = NULL;
  BoardKey key;

  board_key_generate (&key);
  body = board_sealed_op_build (op, &key, BOARD, "ann", 1);
  body[1] = (char) (body[1] >= 'A' && body[1] <= 'P' ? body[1] - 'A' + 'g' : body[1]);
  g_assert_true (board_body_is_talk (body));
  g_assert_null (board_sealed_op_open (&key, BOARD, "ann", 1, body, NULL, &error));
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_SEAL);
}

static void
test_is_talk (void)
{
  static const struct {
    const char *body;
    gboolean talk;
  } rows[] = {
    { "", FALSE },     { "Ag", FALSE },   { "AgA", FALSE },  { "AgAA", TRUE },
    { "AwAA", TRUE },  { "AAAA", FALSE }, { "AQAA", FALSE }, { "BgAA", FALSE },
    { "ggAA", FALSE }, { "Ag!A", FALSE }, { "____", FALSE }, { "AvAA", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].body);
      g_assert_cmpint (board_body_is_talk (rows[i].body), ==, rows[i].talk);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/sealed-op/round-trip", test_round_trip);
  g_test_add_func ("/board/sealed-op/lie", test_lie);
  g_test_add_func ("/board/sealed-op/turned", test_turned);
  g_test_add_func ("/board/sealed-op/is-talk", test_is_talk);
  return g_test_run ();
}
