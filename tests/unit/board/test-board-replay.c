/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* At every position a replay shows what a replica shows that read the log as far. What it
 * costs is in test-board-size.c. */
#include "board-random-op.h"
#include "board-world.h"

#include "board/board-element-private.h"
#include "board/board-replay.h"

static World *
random_world (guint32 seed, guint n_ops)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  static const char *const names[] = { "ann", "bob", "eve" };
  World *world = world_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    world_join (world, names[i]);
  for (guint i = 0; i < n_ops; i++)
    {
      WorldMember *member
          = g_ptr_array_index (world->members, (guint) g_rand_int_range (rand, 0, 3));
      g_autoptr (BoardOp) op
          = board_random_op (board_replica_get_document (member->replica), member->name, rand);

      board_replica_submit (member->replica, op, NULL);
      if (g_rand_int_range (rand, 0, 3) == 0)
        board_replica_undo (member->replica);
      if (g_rand_int_range (rand, 0, 3) == 0)
        world_settle (world);
    }
  world_settle (world);
  return world;
}

/* from: entries of the log that state holds. */
static BoardReplay *
make_replay (World *world, guint from, GBytes *state, gsize budget)
{
  BoardReplay *replay = board_replay_new (state, budget, NULL);

  g_assert_nonnull (replay);
  for (guint i = from; i < world->log->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (world->log, i);

      board_replay_feed (replay, i + 1, entry->member, entry->time, entry->op);
    }
  board_replay_finish (replay);
  return replay;
}

static char *
dump (BoardDocument *document)
{
  g_autoptr (GPtrArray) elements = board_document_query (document, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < elements->len; i++)
    {
      g_autofree char *element = board_element_dup_text (g_ptr_array_index (elements, i));

      g_string_append_printf (text, "%s\n", element);
    }
  return g_string_free (text, FALSE);
}

static void
go (BoardReplay *replay, guint position, guint max)
{
  g_autoptr (BoardDamage) damage = board_damage_new ();

  while (!board_replay_move (replay, position, max, damage))
    ;
}

static uint64_t
seq_at (BoardReplay *replay, guint position, uint64_t start)
{
  BoardMoment moment;

  if (position == 0)
    return start;
  board_replay_get_moment (replay, position - 1, &moment);
  return moment.seq;
}

static void
assert_position (World *world, BoardReplay *replay, guint position, uint64_t start)
{
  g_autoptr (BoardReplica) replica
      = world_replay (world, "nobody", seq_at (replay, position, start));
  g_autofree char *expected = dump (board_replica_get_document (replica));
  g_autofree char *shown = dump (board_replay_get_document (replay));

  g_assert_cmpstr (shown, ==, expected);
}

static void
assert_all_positions (World *world, BoardReplay *replay, uint64_t start, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint n = board_replay_get_length (replay);

  for (guint position = 0; position <= n; position++)
    {
      go (replay, position, 3);
      assert_position (world, replay, position, start);
    }
  for (guint i = 0; i < 20; i++)
    {
      guint position = (guint) g_rand_int_range (rand, 0, (int) n + 1);

      go (replay, position, (guint) g_rand_int_range (rand, 1, 50));
      assert_position (world, replay, position, start);
    }
  go (replay, 0, 1);
  assert_position (world, replay, 0, start);
}

static void
test_every_moment (void)
{
  for (guint32 seed = 1; seed <= 12; seed++)
    {
      g_autoptr (World) world = random_world (seed, 60);
      g_autoptr (BoardReplay) replay = make_replay (world, 0, NULL, 0);

      g_assert_cmpuint (board_replay_get_length (replay), >, 20);
      assert_all_positions (world, replay, 0, seed);
    }
}

static void
test_from_state (void)
{
  for (guint32 seed = 1; seed <= 6; seed++)
    {
      g_autoptr (World) world = random_world (seed, 60);
      guint half = world->log->len / 2;
      g_autoptr (BoardReplica) replica = world_replay (world, "nobody", half);
      g_autoptr (GBytes) state = board_replica_save_state (replica);
      g_autoptr (BoardReplay) replay = make_replay (world, half, state, 0);

      g_assert_cmpuint (board_replay_get_length (replay), <=, world->log->len - half);
      assert_all_positions (world, replay, half, seed);
    }
}

/* Whatever is left of the moments is right. */
static void
test_thinned (void)
{
  for (guint32 seed = 1; seed <= 6; seed++)
    {
      g_autoptr (World) world = random_world (seed, 80);
      g_autoptr (BoardReplay) whole = make_replay (world, 0, NULL, 0);
      g_autoptr (BoardReplay) thinned = make_replay (world, 0, NULL, 4000);
      guint n = board_replay_get_length (thinned);

      g_assert_cmpuint (n, >, 0);
      g_assert_cmpuint (n, <, board_replay_get_length (whole) / 2);
      assert_all_positions (world, thinned, 0, seed);
    }
}

/* Of what is there at the end only what its author put there. */
static void
test_only (void)
{
  g_autoptr (World) world = random_world (7, 80);
  g_autoptr (BoardReplay) replay = make_replay (world, 0, NULL, 0);
  g_autoptr (BoardReplica) replica = world_replay (world, "nobody", world->log->len);
  guint n = board_replay_get_length (replay), sum = 0;

  for (guint i = 0; i < board_replay_get_members (replay)->len; i++)
    {
      const char *member = g_ptr_array_index (board_replay_get_members (replay), i);
      g_autoptr (GPtrArray) shown = NULL;

      board_replay_set_only (replay, member);
      g_assert_cmpstr (board_replay_get_only (replay), ==, member);
      g_assert_cmpuint (board_replay_count_of (replay, member), >, 0);
      go (replay, n, G_MAXUINT);
      shown = board_document_query (board_replay_get_document (replay), NULL);
      for (guint k = 0; k < shown->len; k++)
        {
          const char *author, *writer;

          g_assert_true (board_replica_get_authors (
              replica, board_element_get_id (g_ptr_array_index (shown, k)), &author, &writer));
          g_assert_cmpstr (author, ==, member);
        }
      sum += shown->len;
      go (replay, 0, G_MAXUINT);
      g_assert_cmpuint (board_document_get_n_elements (board_replay_get_document (replay)), ==, 0);
    }
  g_assert_cmpuint (sum, ==,
                    board_document_get_n_elements (board_replica_get_document (replica)));
  board_replay_set_only (replay, NULL);
  g_assert_null (board_replay_get_only (replay));
}

static void
test_find (void)
{
  g_autoptr (World) world = random_world (9, 60);
  g_autoptr (BoardReplay) replay = make_replay (world, 0, NULL, 0);
  g_autoptr (GPtrArray) shown = NULL;
  guint n = board_replay_get_length (replay);

  go (replay, n, G_MAXUINT);
  shown = board_document_query (board_replay_get_document (replay), NULL);
  g_assert_cmpuint (shown->len, >, 0);
  for (guint i = 0; i < shown->len; i++)
    {
      const char *id = board_element_get_id (g_ptr_array_index (shown, i));
      int moment = board_replay_find (replay, id);

      g_assert_cmpint (moment, >=, 0);
      go (replay, (guint) moment, G_MAXUINT);
      g_assert_null (board_document_get_element (board_replay_get_document (replay), id));
      go (replay, (guint) moment + 1, G_MAXUINT);
      g_assert_nonnull (board_document_get_element (board_replay_get_document (replay), id));
    }
  g_assert_cmpint (board_replay_find (replay, "nothing"), ==, -1);
}

/* What others hold is not held twice. */
static void
test_shared (void)
{
  g_autoptr (World) world = random_world (11, 40);
  g_autoptr (BoardReplica) replica = world_replay (world, "nobody", world->log->len);
  g_autoptr (GPtrArray) held
      = board_document_query (board_replica_get_document (replica), NULL);
  g_autoptr (BoardReplay) replay = board_replay_new (NULL, 0, NULL);

  board_replay_share (replay, held);
  for (guint i = 0; i < world->log->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (world->log, i);

      board_replay_feed (replay, i + 1, entry->member, entry->time, entry->op);
    }
  board_replay_finish (replay);
  go (replay, board_replay_get_length (replay), G_MAXUINT);
  for (guint i = 0; i < held->len; i++)
    {
      BoardElement *element = g_ptr_array_index (held, i);

      g_assert_true (board_document_get_element (board_replay_get_document (replay),
                                                 board_element_get_id (element)) == element);
    }
}

static void
test_not_a_state (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("no state", 8);
  g_autoptr (GError) error = NULL;

  g_assert_null (board_replay_new (bytes, 0, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/replay/every-moment", test_every_moment);
  g_test_add_func ("/board/replay/from-state", test_from_state);
  g_test_add_func ("/board/replay/thinned", test_thinned);
  g_test_add_func ("/board/replay/only", test_only);
  g_test_add_func ("/board/replay/find", test_find);
  g_test_add_func ("/board/replay/shared", test_shared);
  g_test_add_func ("/board/replay/not-a-state", test_not_a_state);
  return g_test_run ();
}
