/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* States as bytes, and what takes back all that one member did: both read a log in another way. */
#include "board-random-op.h"
#include "board-world.h"

#include <string.h>

#include "board/board-deflate.h"
#include "board/board-element-private.h"
#include "board/board-op-list.h"
#include "board/board-rollback.h"

/* Everybody does many things, and everybody hears of all. */
static World *
random_world (guint32 seed, guint n_members, guint n_ops)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  World *world = world_new ();

  for (guint i = 0; i < n_members; i++)
    {
      g_autofree char *name = g_strdup_printf ("member-%u", i);

      world_join (world, name);
    }
  for (guint i = 0; i < n_ops; i++)
    {
      WorldMember *member
          = g_ptr_array_index (world->members, (guint) g_rand_int_range (rand, 0, (int) n_members));
      g_autoptr (BoardOp) op
          = board_random_op (board_replica_get_document (member->replica), member->name, rand);

      board_replica_submit (member->replica, op, NULL);
      if (g_rand_int_range (rand, 0, 3) == 0)
        board_replica_undo (member->replica);
      if (g_rand_int_range (rand, 0, 4) == 0)
        world_settle (world);
    }
  world_settle (world);
  return world;
}

static WorldMember *
first_member (World *world)
{
  return g_ptr_array_index (world->members, 0);
}

static void
assert_same (BoardReplica *a, BoardReplica *b)
{
  g_autofree char *dump_a = world_dump (a);
  g_autofree char *dump_b = world_dump (b);
  g_autofree char *hash_a = board_replica_dup_visible_hash (a);
  g_autofree char *hash_b = board_replica_dup_visible_hash (b);
  g_autofree char *confirmed_a = board_replica_dup_confirmed_hash (a);
  g_autofree char *confirmed_b = board_replica_dup_confirmed_hash (b);

  g_assert_cmpstr (dump_a, ==, dump_b);
  g_assert_cmpstr (hash_a, ==, hash_b);
  g_assert_cmpstr (confirmed_a, ==, confirmed_b);
}

/* Half of the log, then its state, then the rest: the same as the log, byte for byte. */
static void
test_halfway (void)
{
  for (guint32 seed = 1; seed <= 40; seed++)
    {
      World *world = random_world (seed, 3, 60);
      g_autoptr (BoardReplica) half = world_replay (world, "nobody", world->log->len / 2);
      g_autoptr (BoardReplica) whole = world_replay (world, "nobody", world->log->len);
      g_autoptr (BoardReplica) joined = board_replica_new ("nobody");
      g_autoptr (GBytes) state = board_replica_save_state (half);
      g_autoptr (GBytes) again = NULL;
      g_autoptr (GBytes) end = board_replica_save_state (whole);
      g_autoptr (GBytes) joined_end = NULL;
      g_autoptr (GError) error = NULL;

      board_replica_load_state (joined, state, &error);
      g_assert_no_error (error);
      assert_same (joined, half);
      again = board_replica_save_state (joined);
      g_assert_true (g_bytes_equal (state, again));
      for (uint64_t i = board_replica_get_seq (joined); i < world->log->len; i++)
        {
          WorldEntry *entry = g_ptr_array_index (world->log, i);

          g_assert_true (board_replica_apply (joined, i + 1, entry->member, entry->counter,
                                              entry->time, entry->op));
        }
      assert_same (joined, whole);
      joined_end = board_replica_save_state (joined);
      g_assert_true (g_bytes_equal (end, joined_end));
      world_free (world);
    }
}

static BoardOp *
op_of (const char *change)
{
  g_autofree char *text = g_strdup_printf ("{\"c\":[%s]}", change);
  g_autoptr (GError) error = NULL;
  BoardOp *op = board_op_from_json (text, -1, &error);

  g_assert_no_error (error);
  return op;
}

static void
submit (WorldMember *member, const char *change)
{
  g_autoptr (BoardOp) op = op_of (change);

  g_assert_cmpuint (board_replica_submit (member->replica, op, NULL), >, 0);
}

#define RECTANGLE(id) "[\"+\",{\"id\":\"" id "\",\"type\":\"rectangle\",\"index\":\"a0\",\"x\":1}]"

/* Who was away takes a newer state over; what is in it is pending no more, the rest stays on top. */
static void
test_over_pending (void)
{
  World *world = world_new ();
  WorldMember *ann = world_join (world, "ann"), *bob = world_join (world, "bob");
  g_autoptr (GBytes) state = NULL;
  g_autoptr (GBytes) old = board_replica_save_state (ann->replica);
  g_autoptr (GError) error = NULL;

  submit (ann, RECTANGLE ("r"));
  submit (ann, "[\"chat\",{\"id\":\"m1\",\"text\":\"first\"}]");
  world_send (world, ann);
  while (world_store (world, ann))
    ;
  submit (ann, "[\"=\",\"r\",{\"x\":7}],[\"chat-edit\",\"m1\",\"First\"]");
  submit (ann, RECTANGLE ("s"));
  while (world_read (world, bob))
    ;
  submit (bob, "[\"=\",\"r\",{\"x\":5,\"y\":5}],[\"title\",\"Bob's\"]");
  world_send (world, bob);
  world_store (world, bob);
  world_read (world, bob);
  state = board_replica_save_state (bob->replica);
  board_replica_load_state (ann->replica, state, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (board_replica_get_seq (ann->replica), ==, 3);
  g_assert_cmpuint (board_replica_get_n_pending (ann->replica), ==, 2);
  g_assert_cmpuint (board_replica_get_next_counter (ann->replica), ==, 5);
  g_assert_false (board_replica_load_state (ann->replica, old, &error));
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_STATE);
  world_settle (world);
  assert_same (ann->replica, bob->replica);
  g_assert_cmpstr (board_document_get_title (board_replica_get_document (ann->replica)), ==,
                   "Bob's");
  g_assert_cmpfloat (board_element_get_x (
                         board_document_get_element (board_replica_get_document (bob->replica),
                                                     "r")),
                     ==, 7);
  world_free (world);
}

static GBytes *
state_of (const char *text)
{
  return g_byte_array_free_to_bytes (
      board_deflate ((const guint8 *) text, strlen (text), G_MAXSIZE));
}

#define HEAD(hash) "{\"v\":1,\"seq\":1,\"hash\":\"" hash "\",\"counters\":{\"ann\":1}}\n"
#define ZERO "00000000000000000000000000000000"

static void
test_bad (void)
{
  static const struct {
    const char *text;
    BoardError code;
  } rows[] = {
    { "", BOARD_ERROR_SYNTAX },
    { "\n", BOARD_ERROR_SYNTAX },
    { "[]\n", BOARD_ERROR_SYNTAX },
    { "{}\n", BOARD_ERROR_SCHEMA },
    { "{\"v\":2,\"seq\":1,\"hash\":\"\",\"counters\":{}}\n", BOARD_ERROR_RANGE },
    { "{\"v\":1,\"seq\":-1,\"hash\":\"\",\"counters\":{}}\n", BOARD_ERROR_RANGE },
    { "{\"v\":1,\"seq\":1,\"hash\":7,\"counters\":{}}\n", BOARD_ERROR_SCHEMA },
    { "{\"v\":1,\"seq\":1,\"hash\":\"\",\"counters\":[]}\n", BOARD_ERROR_SCHEMA },
    { "{\"v\":1,\"seq\":1,\"hash\":\"\",\"counters\":{\"a\":0}}\n", BOARD_ERROR_RANGE },
    { "{\"v\":1,\"seq\":1,\"hash\":\"\",\"counters\":{}}\n", BOARD_ERROR_SEAL },
    { HEAD (ZERO) "[\"ann\",0,[\"title\",\"x\"]]\n", BOARD_ERROR_SEAL },
    { HEAD (ZERO) "[\"ann\",0,[\"title\",\"x\"]]", BOARD_ERROR_SYNTAX },
    { HEAD (ZERO) "\n", BOARD_ERROR_SYNTAX },
    { HEAD (ZERO) "{}\n", BOARD_ERROR_SCHEMA },
    { HEAD (ZERO) "[\"ann\",0]\n", BOARD_ERROR_SCHEMA },
    { HEAD (ZERO) "[\"ann\",-1,[\"title\",\"x\"]]\n", BOARD_ERROR_SCHEMA },
    { HEAD (ZERO) "[7,0,[\"title\",\"x\"]]\n", BOARD_ERROR_SCHEMA },
    { HEAD (ZERO) "[\"ann\",0,[\"title\",7]]\n", BOARD_ERROR_SCHEMA },
    { HEAD (ZERO) "[\"ann\",0,[\"+\",{\"id\":\"r\"}]]\n", BOARD_ERROR_SCHEMA },
    { HEAD (ZERO) "[\"ann\",0,[\"poll-close\",\"p\"]]\n", BOARD_ERROR_SCHEMA },
    { HEAD (ZERO) "[\"ann\",0,[\"chat-delete\",\"m\"]]\n", BOARD_ERROR_SCHEMA },
  };
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");
  g_autoptr (GBytes) plain = g_bytes_new_static (HEAD (ZERO), strlen (HEAD (ZERO)));
  g_autoptr (GBytes) good = state_of (HEAD (ZERO));

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = state_of (rows[i].text);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].text);
      g_assert_false (board_replica_load_state (replica, bytes, &error));
      g_assert_error (error, BOARD_ERROR, (int) rows[i].code);
    }
  g_assert_false (board_replica_load_state (replica, plain, NULL));
  g_assert_cmpuint (board_replica_get_seq (replica), ==, 0);
  g_assert_true (board_replica_load_state (replica, good, NULL));
  g_assert_cmpuint (board_replica_get_next_counter (replica), ==, 2);
}

/* --- Rolling back ------------------------------------------------------------------------------- */

/* A host has everything that the member did taken back; how many ops that took. */
static guint
roll_back (World *world, WorldMember *host, const char *member)
{
  g_autoptr (BoardRollback) rollback = board_rollback_new (member);
  g_autoptr (GPtrArray) ops = NULL;

  for (guint i = 0; i < world->log->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (world->log, i);

      board_rollback_feed (rollback, entry->member, entry->counter, entry->time, entry->op);
    }
  ops = board_rollback_finish (rollback, board_replica_get_document (host->replica));
  for (guint i = 0; i < ops->len; i++)
    g_assert_cmpuint (board_replica_submit (host->replica, g_ptr_array_index (ops, i), NULL), >, 0);
  world_settle (world);
  return ops->len;
}

static BoardElement *
shown (WorldMember *member, const char *id)
{
  return board_document_get_element (board_replica_get_document (member->replica), id);
}

static void
test_roll_back (void)
{
  World *world = world_new ();
  WorldMember *ann = world_join (world, "ann"), *bob = world_join (world, "bob");
  g_autofree char *id = NULL;

  submit (ann, RECTANGLE ("r") "," RECTANGLE ("s") "," RECTANGLE ("t") ",[\"title\",\"Plans\"]");
  world_settle (world);
  submit (bob, RECTANGLE ("scribble"));
  submit (bob, "[\"-\",\"r\"],[\"title\",\"HA\"]");
  submit (bob, "[\"=\",\"s\",{\"x\":2,\"y\":2}]");
  submit (bob, "[\"=\",\"s\",{\"x\":3}]");
  submit (bob, "[\"=\",\"t\",{\"x\":9}]");
  submit (bob, "[\"chat\",{\"id\":\"m1\",\"text\":\"HA\"}]");
  world_settle (world);
  submit (ann, "[\"=\",\"t\",{\"x\":4}]");
  world_settle (world);

  g_assert_cmpuint (roll_back (world, ann, "bob"), ==, 1);
  g_assert_null (shown (bob, "scribble"));
  g_assert_nonnull (shown (bob, "r"));
  g_assert_cmpfloat (board_element_get_x (shown (bob, "s")), ==, 1);
  g_assert_null (board_element_get_prop (shown (bob, "s"), "y"));
  g_assert_cmpfloat (board_element_get_x (shown (bob, "t")), ==, 4);
  g_assert_cmpstr (board_document_get_title (board_replica_get_document (bob->replica)), ==,
                   "Plans");
  g_assert_cmpuint (board_document_get_n_chats (board_replica_get_document (ann->replica)), ==, 1);
  /* the host can undo that, as any act */
  g_assert_cmpuint (board_replica_undo (ann->replica), >, 0);
  g_assert_nonnull (shown (ann, "scribble"));
  world_free (world);
}

/* Who did nothing leaves nothing to take back; who did everything leaves nothing. */
static void
test_roll_back_all (void)
{
  for (guint32 seed = 1; seed <= 40; seed++)
    {
      World *world = random_world (seed, 1, 60);
      WorldMember *only = first_member (world), *host = world_join (world, "host");
      BoardDocument *document = board_replica_get_document (host->replica);

      world_settle (world);
      g_assert_cmpuint (roll_back (world, host, "host"), ==, 0);
      roll_back (world, host, only->name);
      g_assert_cmpuint (board_document_get_n_elements (document), ==, 0);
      g_assert_cmpstr (board_document_get_title (document), ==, "");
      world_free (world);
    }
}

/* A board made anew of what another one shows, by somebody else, is shown the same. */
static void
test_copy (void)
{
  for (guint32 seed = 1; seed <= 20; seed++)
    {
      World *world = random_world (seed, 3, 60);
      BoardDocument *from = board_replica_get_document (first_member (world)->replica);
      g_autoptr (BoardReplica) copy = board_replica_new ("eve");
      BoardDocument *to = board_replica_get_document (copy);
      g_autoptr (GPtrArray) ops = board_op_list_copy_document (from);
      g_autoptr (GPtrArray) a = board_document_query (from, NULL);
      g_autoptr (GPtrArray) b = NULL;

      for (guint i = 0; i < ops->len; i++)
        g_assert_cmpuint (board_replica_submit (copy, g_ptr_array_index (ops, i), NULL), >, 0);
      b = board_document_query (to, NULL);
      g_assert_cmpstr (board_document_get_title (from), ==, board_document_get_title (to));
      g_assert_cmpuint (a->len, ==, b->len);
      for (guint i = 0; i < a->len; i++)
        g_assert_true (board_element_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)));
      world_free (world);
    }
}

/* Nobody has to know how much fits into one op. */
static void
test_list (void)
{
  g_autoptr (BoardOpList) list = board_op_list_new ();
  g_autoptr (GPtrArray) ops = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");
  guint n = 0;

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *id = g_strdup_printf ("element-%u", i);

      board_op_list_remove_element (list, id);
    }
  ops = board_op_list_steal (list);
  none = board_op_list_steal (list);
  g_assert_cmpuint (ops->len, >, 1);
  g_assert_cmpuint (ops->len, <=, 8);
  g_assert_cmpuint (none->len, ==, 0);
  for (guint i = 0; i < ops->len; i++)
    {
      n += board_op_get_n_changes (g_ptr_array_index (ops, i));
      g_assert_cmpuint (board_replica_submit (replica, g_ptr_array_index (ops, i), NULL), >, 0);
    }
  g_assert_cmpuint (n, ==, 20000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/state/halfway", test_halfway);
  g_test_add_func ("/board/state/over-pending", test_over_pending);
  g_test_add_func ("/board/state/bad", test_bad);
  g_test_add_func ("/board/op-list/copy", test_copy);
  g_test_add_func ("/board/op-list/list", test_list);
  g_test_add_func ("/board/rollback/of-one", test_roll_back);
  g_test_add_func ("/board/rollback/of-all", test_roll_back_all);
  return g_test_run ();
}
