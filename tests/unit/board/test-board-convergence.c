/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Random histories of a few members, from seeds. The invariants, by their names in the design:
 * I1 replicas at the same place of the log are equal, byte for byte; I3 ops of one member come
 * in order without a hole (the world asserts it at the server); I4 what was applied is not
 * applied again; I7 an undo touches only what is its owner's; I9 what is shown is the log with
 * the pending ops on top. */
#include "board-random-op.h"
#include "board-world.h"

#include <string.h>

#include "board/board-element-private.h"

#define SEEDS 400
#define STEPS 160

/* What happened in all seeds together: a test of nothing must not pass. */
static struct {
  guint submitted, undone, redone, refused, restarts, cuts;
} totals;

static void
submit (WorldMember *member, GRand *rand)
{
  BoardDocument *document = board_replica_get_document (member->replica);
  g_autoptr (BoardOp) op = board_random_op (document, member->name, rand);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (board_replica_submit (member->replica, op, &error), >, 0);
  g_assert_no_error (error);
  totals.submitted++;
}

/* Who wrote each property, and each element's being there or not, last: in the log as the member
 * knows it, then in what the member has pending. A model of its own, by plain replay. */
typedef struct {
  GHashTable *writers; /* "id" or "id prop" -> name, borrowed */
  GHashTable *there;   /* id -> BoardElement, borrowed */
} Writers;

static void
wrote (Writers *self, const char *id, const char *prop, const char *name)
{
  g_hash_table_insert (self->writers, prop ? g_strconcat (id, " ", prop, NULL) : g_strdup (id),
                       (gpointer) name);
}

static void
writers_apply (Writers *self, const char *name, BoardOp *op)
{
  for (guint i = 0; i < board_op_get_n_changes (op); i++)
    {
      const char *id = board_op_get_change_id (op, i);
      BoardElement *element = board_op_get_change_element (op, i);
      JsonObject *props = board_op_get_change_props (op, i);
      g_autoptr (GList) names = NULL;
      g_autoptr (JsonObject) all = NULL;

      switch (board_op_get_change_type (op, i))
        {
        case BOARD_CHANGE_ADD:
          g_hash_table_insert (self->there, (gpointer) id, element);
          wrote (self, id, NULL, name);
          /* a property that it does not have was written as well: as absent */
          for (gsize k = 0; board_random_props[k] != NULL; k++)
            wrote (self, id, board_random_props[k], name);
          break;
        case BOARD_CHANGE_SET:
          element = g_hash_table_lookup (self->there, id);
          if (element == NULL || !board_element_accepts (element, props, NULL))
            break;
          names = json_object_get_members (props);
          for (GList *l = names; l != NULL; l = l->next)
            wrote (self, id, l->data, name);
          break;
        case BOARD_CHANGE_REMOVE:
          if (g_hash_table_remove (self->there, id))
            wrote (self, id, NULL, name);
          break;
        default:
          break;
        }
    }
}

static void
writers_fill (Writers *self, World *world, WorldMember *member)
{
  self->writers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->there = g_hash_table_new (g_str_hash, g_str_equal);
  for (uint64_t i = 0; i < board_replica_get_seq (member->replica); i++)
    {
      WorldEntry *entry = g_ptr_array_index (world->log, i);

      writers_apply (self, entry->member, entry->op);
    }
  for (guint i = 0; i < board_replica_get_n_pending (member->replica); i++)
    writers_apply (self, member->name, board_replica_get_pending (member->replica, i, NULL));
}

static void
writers_clear (Writers *self)
{
  g_hash_table_unref (self->writers);
  g_hash_table_unref (self->there);
}

static void
check_own (Writers *writers, const char *name, const char *id, const char *prop)
{
  g_autofree char *key = prop ? g_strconcat (id, " ", prop, NULL) : g_strdup (id);
  const char *writer = g_hash_table_lookup (writers->writers, key);

  /* nobody at all: what was undone before it was refused can be done again */
  if (writer != NULL)
    g_assert_cmpstr (writer, ==, name);
}

static GHashTable *
snapshot (WorldMember *member)
{
  g_autoptr (GPtrArray) elements =
      board_document_query (board_replica_get_document (member->replica), NULL);
  GHashTable *shot = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) board_element_unref);

  for (guint i = 0; i < elements->len; i++)
    {
      BoardElement *element = g_ptr_array_index (elements, i);

      g_hash_table_insert (shot, g_strdup (board_element_get_id (element)),
                           board_element_ref (element));
    }
  return shot;
}

static void
check_changed (Writers *writers, const char *name, BoardElement *before, BoardElement *after)
{
  /* one of another type in its place is another element */
  if (board_element_get_kind (before) != board_element_get_kind (after))
    return;
  for (gsize i = 0; board_random_props[i] != NULL; i++)
    {
      g_autoptr (JsonNode) a = board_element_dup_prop (before, board_random_props[i]);
      g_autoptr (JsonNode) b = board_element_dup_prop (after, board_random_props[i]);

      if ((a != NULL) != (b != NULL) || (a != NULL && !json_node_equal (a, b)))
        check_own (writers, name, board_element_get_id (before), board_random_props[i]);
    }
}

/* I7: whatever an undo or redo changes was last written by who undoes. */
static void
check_undo (World *world, WorldMember *member, uint64_t (*act) (BoardReplica *), guint *count)
{
  g_autoptr (GHashTable) before = snapshot (member);
  g_autoptr (GHashTable) after = NULL;
  Writers writers;
  GHashTableIter iter;
  gpointer id, element;

  writers_fill (&writers, world, member);
  if (act (member->replica) > 0)
    (*count)++;
  after = snapshot (member);
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &id, &element))
    {
      BoardElement *now = g_hash_table_lookup (after, id);

      if (now == NULL)
        check_own (&writers, member->name, id, NULL);
      else
        check_changed (&writers, member->name, element, now);
    }
  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (before, id))
      check_own (&writers, member->name, id, NULL);
  writers_clear (&writers);
}

/* I9: the log so far, with the pending ops applied one after the other, is what is shown. */
static void
check_shown (World *world, WorldMember *member)
{
  g_autoptr (BoardReplica) plain =
      world_replay (world, "nobody", board_replica_get_seq (member->replica));
  g_autofree char *confirmed = board_replica_dup_confirmed_hash (member->replica);
  g_autofree char *plain_confirmed = board_replica_dup_confirmed_hash (plain);
  g_autoptr (GHashTable) shown = snapshot (member);
  g_autoptr (GHashTable) model = NULL;
  GHashTableIter iter;
  gpointer id, element;

  g_assert_cmpstr (confirmed, ==, plain_confirmed);
  for (guint i = 0; i < board_replica_get_n_pending (member->replica); i++)
    {
      BoardOp *op = board_replica_get_pending (member->replica, i, NULL);

      g_assert_cmpuint (board_replica_submit (plain, op, NULL), >, 0);
    }
  g_assert_cmpstr (board_document_get_title (board_replica_get_document (plain)), ==,
                   board_document_get_title (board_replica_get_document (member->replica)));
  model = snapshot (&(WorldMember){ .replica = plain });
  g_assert_cmpuint (g_hash_table_size (shown), ==, g_hash_table_size (model));
  g_hash_table_iter_init (&iter, shown);
  while (g_hash_table_iter_next (&iter, &id, &element))
    {
      g_autofree char *text = board_element_dup_text (element);
      g_autofree char *wanted = board_element_dup_text (g_hash_table_lookup (model, id));

      g_assert_cmpstr (text, ==, wanted);
    }
}

/* I4: an entry that was applied is refused, and nothing changes. */
static void
check_again (World *world, WorldMember *member)
{
  uint64_t seq = board_replica_get_seq (member->replica);
  g_autofree char *before = board_replica_dup_visible_hash (member->replica);
  g_autofree char *after = NULL;
  WorldEntry *entry;

  if (seq == 0)
    return;
  entry = g_ptr_array_index (world->log, seq - 1);
  g_assert_false (board_replica_apply (member->replica, seq, entry->member, entry->counter,
                                       entry->time, entry->op));
  after = board_replica_dup_visible_hash (member->replica);
  g_assert_cmpstr (before, ==, after);
}

static void
restart (World *world, WorldMember *member)
{
  g_autofree char *before = world_dump (member->replica);
  g_autofree char *hash = board_replica_dup_visible_hash (member->replica);
  g_autofree char *after = NULL;
  g_autofree char *hash_after = NULL;
  gboolean could_undo = board_replica_can_undo (member->replica);

  world_restart (world, member);
  after = world_dump (member->replica);
  hash_after = board_replica_dup_visible_hash (member->replica);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (hash, ==, hash_after);
  g_assert_true (could_undo || !board_replica_can_undo (member->replica));
  totals.restarts++;
}

/* Several at a time, or the members would hardly hear of each other. */
static void
repeat (World *world, WorldMember *member, int times, gboolean (*act) (World *, WorldMember *))
{
  while (times-- > 0 && act (world, member))
    ;
}

static void
step (World *world, GRand *rand)
{
  WorldMember *member = g_ptr_array_index (
      world->members, (guint) g_rand_int_range (rand, 0, (int) world->members->len));
  int kind = g_rand_int_range (rand, 0, 100);

  if (kind < 25)
    submit (member, rand);
  else if (kind < 33)
    check_undo (world, member, board_replica_undo, &totals.undone);
  else if (kind < 37)
    check_undo (world, member, board_replica_redo, &totals.redone);
  else if (kind < 50)
    world_send (world, member);
  else if (kind < 65)
    repeat (world, member, g_rand_int_range (rand, 1, 5), world_store);
  else if (kind < 85)
    repeat (world, member, g_rand_int_range (rand, 1, 20), world_read);
  else if (kind < 86)
    totals.refused += world_refuse (world, member);
  else if (kind < 87)
    totals.refused += world_withdraw (world, member);
  else if (kind < 90)
    {
      world_cut (world, member);
      totals.cuts++;
    }
  else if (kind < 95)
    world_connect (world, member);
  else if (kind < 96)
    restart (world, member);
  else if (kind < 98)
    check_again (world, member);
  else
    check_shown (world, member);
}

/* I1, at rest: all are equal, and equal to the log read from its start. */
static void
check_equal (World *world)
{
  g_autoptr (BoardReplica) plain = world_replay (world, "nobody", world->log->len);
  g_autofree char *dump = world_dump (plain);
  g_autofree char *hash = board_replica_dup_confirmed_hash (plain);

  for (guint i = 0; i < world->members->len; i++)
    {
      WorldMember *member = g_ptr_array_index (world->members, i);
      g_autofree char *own_dump = world_dump (member->replica);
      g_autofree char *confirmed = board_replica_dup_confirmed_hash (member->replica);
      g_autofree char *visible = board_replica_dup_visible_hash (member->replica);

      g_assert_cmpuint (board_replica_get_n_pending (member->replica), ==, 0);
      g_assert_cmpstr (dump, ==, own_dump);
      g_assert_cmpstr (hash, ==, confirmed);
      g_assert_cmpstr (hash, ==, visible);
    }
}

/* I7: with nobody else acting, as many redos as undos bring everything back. */
static void
check_there_and_back (WorldMember *member)
{
  g_autofree char *before = board_replica_dup_visible_hash (member->replica);
  g_autofree char *after = NULL;
  int n = 0;

  while (n < 10 && board_replica_undo (member->replica) > 0)
    n++;
  for (int i = 0; i < n; i++)
    g_assert_cmpuint (board_replica_redo (member->replica), >, 0);
  after = board_replica_dup_visible_hash (member->replica);
  g_assert_cmpstr (before, ==, after);
}

static void
run_seed (guint seed)
{
  static const char *const names[] = { "ann", "bob", "cem", "dee", "eve" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (World) world = world_new ();
  int n = g_rand_int_range (rand, 2, (int) G_N_ELEMENTS (names) + 1);

  g_test_message ("seed %u", seed);
  for (int i = 0; i < n; i++)
    world_join (world, names[i]);
  for (int i = 0; i < STEPS; i++)
    step (world, rand);
  world_settle (world);
  check_equal (world);
  for (int i = 0; i < 3 * n; i++)
    check_undo (world, g_ptr_array_index (world->members, (guint) (i % n)), board_replica_undo,
                &totals.undone);
  world_settle (world);
  check_equal (world);
  check_there_and_back (g_ptr_array_index (world->members, 0));
  world_settle (world);
  check_equal (world);
}

static void
test_seeds (void)
{
  const char *one = g_getenv ("BOARD_SEED");
  const char *many = g_getenv ("BOARD_SEEDS");
  guint last = many != NULL ? (guint) g_ascii_strtoull (many, NULL, 10) : SEEDS;

  if (one != NULL)
    {
      run_seed ((guint) g_ascii_strtoull (one, NULL, 10));
      return;
    }
  for (guint seed = 1; seed <= last; seed++)
    run_seed (seed);
  g_assert_cmpuint (totals.submitted, >, 1000);
  g_assert_cmpuint (totals.undone, >, 100);
  g_assert_cmpuint (totals.redone, >, 50);
  g_assert_cmpuint (totals.refused, >, 50);
  g_assert_cmpuint (totals.restarts, >, 50);
  g_assert_cmpuint (totals.cuts, >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/convergence/seeds", test_seeds);
  return g_test_run ();
}
