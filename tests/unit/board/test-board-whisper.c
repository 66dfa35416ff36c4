/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-whisper.h"

#include <string.h>

#include "board/board-limits.h"
#include "board/board-message.h"

#define BOARD "AAAAAAAAAAAAAAAAAAAAAA"
#define OTHER "BBBBBBBBBBBBBBBBBBBBBA"

typedef struct {
  BoardKey key;
  BoardKey ann, bob, cem;
  char *ann_id, *bob_id, *cem_id;
} Fixture;

static char *
make_member (BoardKey *seed)
{
  BoardKey public_key;

  board_key_generate (seed);
  board_key_public (seed, &public_key);
  return board_key_to_text (&public_key);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  board_key_generate (&f->key);
  f->ann_id = make_member (&f->ann);
  f->bob_id = make_member (&f->bob);
  f->cem_id = make_member (&f->cem);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->ann_id);
  g_free (f->bob_id);
  g_free (f->cem_id);
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  g_autofree char *body = board_whisper_seal (&f->key, &f->ann, BOARD, f->bob_id, "between us");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = board_whisper_open (&f->key, &f->bob, BOARD, f->ann_id, body, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "between us");
  g_assert_true (board_body_is_valid (body, BOARD_MAX_CAST_BODY));
}

static void
check_shut (const BoardKey *key,
            const BoardKey *seed,
            const char *board,
            const char *from,
            const char *body)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (board_whisper_open (key, seed, board, from, body, &error));
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_SEAL);
}

/* Nobody but the two, from the one to the other, on that board. */
static void
test_others (Fixture *f, gconstpointer data)
{
  g_autofree char *body = board_whisper_seal (&f->key, &f->ann, BOARD, f->bob_id, "between us");
  BoardKey other_key;

  board_key_generate (&other_key);
  check_shut (&f->key, &f->cem, BOARD, f->ann_id, body);
  check_shut (&f->key, &f->bob, BOARD, f->cem_id, body);
  check_shut (&f->key, &f->ann, BOARD, f->bob_id, body);
  check_shut (&f->key, &f->ann, BOARD, f->ann_id, body);
  check_shut (&f->key, &f->bob, OTHER, f->ann_id, body);
  check_shut (&other_key, &f->bob, BOARD, f->ann_id, body);
}

static void
test_bad (Fixture *f, gconstpointer data)
{
  static const char *const nobody[] = {
    "",
    "x",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", /* of low order */
    "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", /* the neutral element */
    "__________________________________________8", /* not on the curve */
  };
  static const char *const bodies[] = { "", "A", "!!!!", "AAAA", "____" };
  g_autofree char *long_text = g_strnfill (BOARD_MAX_CAST_TEXT + 1, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (nobody); i++)
    {
      g_test_message ("%s", nobody[i]);
      g_assert_null (board_whisper_seal (&f->key, &f->ann, BOARD, nobody[i], "x"));
      check_shut (&f->key, &f->ann, BOARD, nobody[i], "AAAA");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (board_whisper_open (&f->key, &f->bob, BOARD, f->ann_id, bodies[i], &error));
      g_assert_error (error, BOARD_ERROR, BOARD_ERROR_SYNTAX);
    }
  g_assert_null (board_whisper_seal (&f->key, &f->ann, BOARD, f->bob_id, long_text));
}

/* Every bit of a body is under the seal. */
static void
test_flipped (Fixture *f, gconstpointer data)
{
  g_autofree char *body = board_whisper_seal (&f->key, &f->ann, BOARD, f->bob_id, "between us");

  for (gsize i = 0; i < strlen (body); i++)
    {
      g_autofree char *bad = g_strdup (body);

      bad[i] = bad[i] == 'A' ? 'B' : 'A';
      g_assert_null (board_whisper_open (&f->key, &f->bob, BOARD, f->ann_id, bad, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/board/whisper/round-trip", test_round_trip);
  ADD ("/board/whisper/others", test_others);
  ADD ("/board/whisper/bad", test_bad);
  ADD ("/board/whisper/flipped", test_flipped);
  return g_test_run ();
}
