/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-replica.h"

#include <string.h>

#include "board-op-text.h"
#include "board/board-limits.h"

static uint64_t
submit (BoardReplica *replica, const char *text)
{
  g_autoptr (BoardOp) op = board_op_from_text (text);
  g_autoptr (GError) error = NULL;
  uint64_t counter = board_replica_submit (replica, op, &error);

  g_assert_no_error (error);
  return counter;
}

static gboolean
apply (BoardReplica *replica, uint64_t seq, const char *member, uint64_t counter, const char *text)
{
  g_autoptr (BoardOp) op = text != NULL ? board_op_from_text (text) : NULL;

  return board_replica_apply (replica, seq, member, counter, 1000, op);
}

#define ADD_R "{\"c\":[[\"+\",{\"id\":\"r\",\"type\":\"rectangle\",\"index\":\"a0\",\"width\":10,\"height\":10}]]}"
#define MOVE_R "{\"c\":[[\"=\",\"r\",{\"x\":100}]]}"

typedef struct {
  guint n_changed;
  guint n_rejected;
  guint n_undo_notes;
  guint64 rejected;
  BoardDamage *damage; /* of the last "changed" */
} Watch;

static void
on_changed (BoardReplica *replica, BoardDamage *damage, gpointer user_data)
{
  Watch *watch = user_data;

  watch->n_changed++;
  g_clear_pointer (&watch->damage, board_damage_free);
  watch->damage = board_damage_copy (damage);
}

static void
on_rejected (BoardReplica *replica, guint64 counter, gpointer user_data)
{
  Watch *watch = user_data;

  watch->n_rejected++;
  watch->rejected = counter;
}

static void
on_notify_can_undo (BoardReplica *replica, GParamSpec *pspec, gpointer user_data)
{
  ((Watch *) user_data)->n_undo_notes++;
}

static BoardReplica *
watched (Watch *watch)
{
  BoardReplica *replica = board_replica_new ("ann");

  g_signal_connect (replica, "changed", G_CALLBACK (on_changed), watch);
  g_signal_connect (replica, "rejected", G_CALLBACK (on_rejected), watch);
  g_signal_connect (replica, "notify::can-undo", G_CALLBACK (on_notify_can_undo), watch);
  return replica;
}

static void
test_damage (void)
{
  Watch watch = { 0 };
  g_autoptr (BoardReplica) replica = watched (&watch);

  g_assert_cmpuint (submit (replica, ADD_R), ==, 1);
  g_assert_cmpuint (watch.n_changed, ==, 1);
  g_assert_cmpuint (watch.damage->ids->len, ==, 1);
  g_assert_true (board_rect_contains (&watch.damage->area, 5, 5));
  g_assert_false (watch.damage->chat);

  /* confirmed as it was sent: nothing to be seen of it */
  g_assert_true (apply (replica, 1, "ann", 1, ADD_R));
  g_assert_cmpuint (watch.n_changed, ==, 1);

  /* moved by somebody: where it was and where it is */
  g_assert_true (apply (replica, 2, "bob", 1, MOVE_R));
  g_assert_cmpuint (watch.n_changed, ==, 2);
  g_assert_cmpuint (watch.damage->rects->len, ==, 2);
  g_assert_true (board_rect_contains (&watch.damage->area, 5, 5));
  g_assert_true (board_rect_contains (&watch.damage->area, 105, 5));

  /* the same again, and an entry that nobody could open: nothing */
  g_assert_true (apply (replica, 3, "bob", 2, MOVE_R));
  g_assert_true (apply (replica, 4, "bob", 3, NULL));
  g_assert_cmpuint (watch.n_changed, ==, 2);
  g_assert_cmpuint (board_replica_get_seq (replica), ==, 4);

  g_assert_true (apply (replica, 5, "bob", 4, "{\"c\":[[\"chat\",{\"id\":\"m\",\"text\":\"hi\"}]]}"));
  g_assert_true (watch.damage->chat);
  g_assert_cmpuint (watch.damage->ids->len, ==, 0);
  board_damage_free (watch.damage);
}

static void
test_sequence (void)
{
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");

  g_assert_false (apply (replica, 2, "bob", 1, ADD_R));
  g_assert_false (apply (replica, 0, "bob", 1, ADD_R));
  g_assert_cmpuint (board_replica_get_seq (replica), ==, 0);
  g_assert_cmpuint (board_document_get_n_elements (board_replica_get_document (replica)), ==, 0);
  g_assert_true (apply (replica, 1, "bob", 1, ADD_R));
  g_assert_false (apply (replica, 1, "bob", 1, ADD_R));
}

static void
test_freeze (void)
{
  Watch watch = { 0 };
  g_autoptr (BoardReplica) replica = watched (&watch);

  board_replica_freeze_changes (replica);
  board_replica_freeze_changes (replica);
  submit (replica, ADD_R);
  submit (replica, MOVE_R);
  board_replica_thaw_changes (replica);
  g_assert_cmpuint (watch.n_changed, ==, 0);
  board_replica_thaw_changes (replica);
  g_assert_cmpuint (watch.n_changed, ==, 1);
  g_assert_cmpuint (watch.damage->ids->len, ==, 1);
  board_damage_free (watch.damage);
}

static void
test_reject (void)
{
  Watch watch = { 0 };
  g_autoptr (BoardReplica) replica = watched (&watch);
  uint64_t counter;

  submit (replica, ADD_R);
  submit (replica, MOVE_R);
  g_assert_cmpuint (watch.n_undo_notes, ==, 1);
  board_replica_reject (replica, 9);
  g_assert_cmpuint (watch.n_rejected, ==, 0);
  board_replica_reject (replica, 1);
  g_assert_cmpuint (watch.n_rejected, ==, 1);
  g_assert_cmpuint (watch.rejected, ==, 1);
  g_assert_cmpuint (board_document_get_n_elements (board_replica_get_document (replica)), ==, 0);
  g_assert_cmpuint (board_replica_get_n_pending (replica), ==, 1);
  board_replica_get_pending (replica, 0, &counter);
  g_assert_cmpuint (counter, ==, 1);
  g_assert_cmpuint (board_replica_get_next_counter (replica), ==, 2);
  board_replica_reject (replica, 1);
  g_assert_cmpuint (board_replica_get_n_pending (replica), ==, 0);
  g_assert_false (board_replica_can_undo (replica));
  g_assert_cmpuint (watch.n_undo_notes, ==, 2);
  board_damage_free (watch.damage);
}

/* The member's key was used before, by a program whose journal is lost. */
static void
test_earlier_life (void)
{
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");
  g_autofree char *confirmed = NULL;
  g_autofree char *visible = NULL;

  board_replica_raise_counter (replica, 2);
  g_assert_cmpuint (submit (replica, "{\"c\":[[\"title\",\"New\"]]}"), ==, 3);
  g_assert_true (apply (replica, 1, "ann", 1, ADD_R));
  g_assert_true (apply (replica, 2, "ann", 2, MOVE_R));
  g_assert_cmpuint (board_replica_get_n_pending (replica), ==, 1);
  g_assert_true (apply (replica, 3, "ann", 3, "{\"c\":[[\"title\",\"New\"]]}"));
  g_assert_cmpuint (board_replica_get_n_pending (replica), ==, 0);
  confirmed = board_replica_dup_confirmed_hash (replica);
  visible = board_replica_dup_visible_hash (replica);
  g_assert_cmpstr (confirmed, ==, visible);
  g_assert_cmpuint (strlen (confirmed), ==, 32);
  board_replica_raise_counter (replica, 1);
  g_assert_cmpuint (board_replica_get_next_counter (replica), ==, 4);
}

/* The log is right, whatever was kept here. */
static void
test_log_says_otherwise (void)
{
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");
  BoardDocument *document = board_replica_get_document (replica);
  g_autofree char *confirmed = NULL;
  g_autofree char *visible = NULL;

  submit (replica, ADD_R);
  submit (replica, "{\"c\":[[\"chat\",{\"id\":\"m\",\"text\":\"hi\"}],[\"title\",\"Mine\"]]}");
  g_assert_true (apply (replica, 1, "ann", 1, MOVE_R));
  g_assert_cmpuint (board_document_get_n_elements (document), ==, 0);
  g_assert_true (apply (replica, 2, "ann", 2, NULL));
  g_assert_cmpuint (board_document_get_n_chats (document), ==, 0);
  g_assert_cmpstr (board_document_get_title (document), ==, "");
  g_assert_cmpuint (board_replica_get_n_pending (replica), ==, 0);
  confirmed = board_replica_dup_confirmed_hash (replica);
  visible = board_replica_dup_visible_hash (replica);
  g_assert_cmpstr (confirmed, ==, visible);
}

static void
test_refuses (void)
{
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");
  g_autoptr (BoardOp) nothing = board_op_new ();
  g_autoptr (BoardOp) huge = board_op_new ();
  g_autoptr (BoardOp) late = board_op_from_text (ADD_R);
  g_autoptr (JsonObject) props = json_object_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (board_replica_submit (replica, nothing, &error), ==, 0);
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_STATE);
  g_clear_error (&error);

  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *id = board_element_make_id ();

      board_op_remove_element (huge, id);
    }
  g_assert_cmpuint (board_replica_submit (replica, huge, &error), ==, 0);
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_LIMIT);
  g_clear_error (&error);

  /* what a builder was given is judged as if it had come over the wire */
  json_object_set_double_member (props, "x", 1e9);
  board_op_set_props (nothing, "r", props);
  g_assert_cmpuint (board_replica_submit (replica, nothing, &error), ==, 0);
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_cmpuint (board_replica_get_next_counter (replica), ==, 1);

  g_assert_cmpuint (submit (replica, ADD_R), ==, 1);
  g_assert_false (board_replica_restore_pending (replica, 1, late, &error));
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_STATE);
}

static void
test_history_text (void)
{
  static const char *const bad[] = {
    "", "[]", "{}", "{\"v\":2,\"undo\":[],\"redo\":[]}", "{\"v\":1,\"undo\":[]}",
    "{\"v\":1,\"undo\":{},\"redo\":[]}", "{\"v\":1,\"undo\":[7],\"redo\":[]}",
    "{\"v\":1,\"undo\":[[7]],\"redo\":[]}", "{\"v\":1,\"undo\":[[[1]]],\"redo\":[]}",
    "{\"v\":1,\"undo\":[[[0,\"-\",\"r\"]]],\"redo\":[]}",
    "{\"v\":1,\"undo\":[[[1,\"*\",\"r\"]]],\"redo\":[]}",
    "{\"v\":1,\"undo\":[[[1,\"-\",\"../r\"]]],\"redo\":[]}",
    "{\"v\":1,\"undo\":[[[1,\"=\",\"r\",\"x\"]]],\"redo\":[]}",
    "{\"v\":1,\"undo\":[[[1,\"=\",\"r\",\"x\",1e9]]],\"redo\":[]}",
    "{\"v\":1,\"undo\":[[[1,\"+\",{\"id\":\"r\"}]]],\"redo\":[]}",
    "{\"v\":1,\"undo\":[[[1,\"title\",7]]],\"redo\":[]}",
  };
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");
  g_autofree char *before = NULL;

  submit (replica, ADD_R);
  before = board_replica_save_history (replica);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_false (board_replica_restore_history (replica, bad[i], &error));
      g_assert_cmpint (error->domain, ==, BOARD_ERROR);
      after = board_replica_save_history (replica);
      g_assert_cmpstr (before, ==, after);
    }
}

static void
test_history_is_bounded (void)
{
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");
  guint n = 0;

  submit (replica, ADD_R);
  for (int i = 1; i <= BOARD_MAX_UNDO + 50; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"c\":[[\"=\",\"r\",{\"x\":%d}]]}", i);

      submit (replica, text);
    }
  while (board_replica_undo (replica) > 0)
    n++;
  g_assert_cmpuint (n, ==, BOARD_MAX_UNDO);
  g_assert_cmpfloat (
      board_element_get_x (board_document_get_element (board_replica_get_document (replica), "r")),
      ==, 50);
  g_assert_false (board_replica_can_undo (replica));
  g_assert_true (board_replica_can_redo (replica));
}

/* Deleting much is a small op, and bringing it back a large one: it comes in several. */
static void
test_large_undo (void)
{
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");
  BoardDocument *document = board_replica_get_document (replica);
  g_autoptr (BoardOp) remove = board_op_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  uint64_t counter;

  for (int i = 0; i < 600; i++)
    {
      g_autoptr (BoardOp) add = board_op_new ();
      g_autoptr (BoardElement) element = NULL;
      g_autofree char *id = g_strdup_printf ("e%d", i);
      BoardPoint points[100];

      for (int k = 0; k < 100; k++)
        points[k] = (BoardPoint){ .x = g_rand_double_range (rand, 0, 5000),
                                  .y = g_rand_double_range (rand, 0, 5000),
                                  .pressure = 0.5f };
      element = board_element_new_freedraw (id, "a0", "#000000", 2, points, 100);
      board_op_add_element (add, element);
      g_assert_cmpuint (board_replica_submit (replica, add, NULL), >, 0);
      board_op_remove_element (remove, id);
    }
  before = board_replica_dup_visible_hash (replica);
  counter = board_replica_submit (replica, remove, NULL);
  g_assert_cmpuint (board_document_get_n_elements (document), ==, 0);
  g_assert_cmpuint (board_replica_undo (replica), >, counter + 1);
  after = board_replica_dup_visible_hash (replica);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (board_replica_redo (replica), >, 0);
  g_assert_cmpuint (board_document_get_n_elements (document), ==, 0);
  g_assert_cmpuint (board_replica_undo (replica), >, 0);
  g_assert_cmpuint (board_document_get_n_elements (document), ==, 600);
}

/* A week offline: ten thousand ops come back, all of one element, the worst there is. */
static void
test_many_pending (void)
{
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");
  g_autofree char *confirmed = NULL;
  g_autofree char *visible = NULL;

  submit (replica, ADD_R);
  for (int i = 0; i < 10000; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"c\":[[\"=\",\"r\",{\"x\":%d}]]}", i);

      submit (replica, text);
    }
  for (int i = 0; i < 100; i++)
    g_assert_true (apply (replica, (uint64_t) i + 1, "bob", (uint64_t) i + 1,
                          "{\"c\":[[\"=\",\"r\",{\"y\":1}]]}"));
  for (uint64_t i = 0; i <= 10000; i++)
    {
      BoardOp *op = board_replica_get_pending (replica, 0, NULL);
      g_autofree char *text = board_op_to_json (op);

      g_assert_true (apply (replica, i + 101, "ann", i + 1, text));
    }
  g_assert_cmpuint (board_replica_get_n_pending (replica), ==, 0);
  confirmed = board_replica_dup_confirmed_hash (replica);
  visible = board_replica_dup_visible_hash (replica);
  g_assert_cmpstr (confirmed, ==, visible);
}

/* An op of very many changes of a very long element, by somebody who means harm, and a history
 * that knows the element: what it costs must not grow with their product. Seconds are for who
 * measures; the test would take minutes. */
static void
test_many_changes_of_a_long_element (void)
{
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");
  g_autofree char *filler = g_strnfill (170 * 1024, 'x');
  g_autofree char *add = g_strdup_printf (
      "{\"c\":[[\"+\",{\"id\":\"r\",\"type\":\"rectangle\",\"index\":\"a0\",\"f\":\"%s\"}]]}", filler);
  g_autoptr (GString) many = g_string_new ("{\"c\":[");
  BoardElement *element;

  g_assert_true (apply (replica, 1, "bob", 1, add));
  submit (replica, "{\"c\":[[\"-\",\"r\"]]}");
  for (int i = 0; i < BOARD_MAX_CHANGES; i++)
    g_string_append_printf (many, "%s[\"=\",\"r\",{\"x\":%d}]", i > 0 ? "," : "", i);
  g_string_append (many, "]}");
  g_assert_true (apply (replica, 2, "bob", 2, many->str));
  g_assert_true (apply (replica, 3, "ann", 1, "{\"c\":[[\"-\",\"r\"]]}"));
  g_assert_true (apply (replica, 4, "bob", 3, many->str));
  g_assert_cmpuint (board_replica_undo (replica), >, 0);
  element = board_document_get_element (board_replica_get_document (replica), "r");
  g_assert_cmpfloat (board_element_get_x (element), ==, BOARD_MAX_CHANGES - 1);
}

static void
on_changed_submit (BoardReplica *replica, BoardDamage *damage, gpointer user_data)
{
  guint *left = user_data;

  if (*left > 0)
    {
      (*left)--;
      submit (replica, MOVE_R);
      board_replica_undo (replica);
    }
}

/* A listener may act at once. */
static void
test_reentrant (void)
{
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");
  guint left = 3;

  g_signal_connect (replica, "changed", G_CALLBACK (on_changed_submit), &left);
  submit (replica, ADD_R);
  g_assert_true (apply (replica, 1, "bob", 1, "{\"c\":[[\"title\",\"Bob's\"]]}"));
  board_replica_reject (replica, 1);
  g_assert_cmpuint (left, ==, 0);
  g_assert_cmpuint (board_document_get_n_elements (board_replica_get_document (replica)), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/replica/damage", test_damage);
  g_test_add_func ("/board/replica/sequence", test_sequence);
  g_test_add_func ("/board/replica/freeze", test_freeze);
  g_test_add_func ("/board/replica/reject", test_reject);
  g_test_add_func ("/board/replica/earlier-life", test_earlier_life);
  g_test_add_func ("/board/replica/log-says-otherwise", test_log_says_otherwise);
  g_test_add_func ("/board/replica/refuses", test_refuses);
  g_test_add_func ("/board/replica/history-text", test_history_text);
  g_test_add_func ("/board/replica/history-is-bounded", test_history_is_bounded);
  g_test_add_func ("/board/replica/large-undo", test_large_undo);
  g_test_add_func ("/board/replica/many-pending", test_many_pending);
  g_test_add_func ("/board/replica/many-changes-of-a-long-element",
                   test_many_changes_of_a_long_element);
  g_test_add_func ("/board/replica/reentrant", test_reentrant);
  return g_test_run ();
}
