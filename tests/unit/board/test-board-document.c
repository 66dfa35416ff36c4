/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-document.h"

#include <math.h>
#include <string.h>

#include "board/board-damage-private.h"
#include "board/board-document-private.h"
#include "board/board-element-private.h"
#include "board/board-limits.h"
#include "board/board-replica.h"

static BoardElement *
rectangle (const char *id, const char *index, double x, double y, double width, double height)
{
  g_autoptr (JsonObject) props = json_object_new ();
  g_autoptr (GError) error = NULL;
  BoardElement *element;

  json_object_set_string_member (props, "id", id);
  json_object_set_string_member (props, "type", "rectangle");
  json_object_set_string_member (props, "index", index);
  json_object_set_double_member (props, "x", x);
  json_object_set_double_member (props, "y", y);
  json_object_set_double_member (props, "width", width);
  json_object_set_double_member (props, "height", height);
  element = board_element_new (props, &error);
  g_assert_no_error (error);
  return element;
}

static void
put (BoardDocument *document, const char *id, const char *index, double x, double y, double size)
{
  g_autoptr (BoardElement) element = rectangle (id, index, x, y, size, size);
  g_autoptr (BoardDamage) damage = board_damage_new ();

  board_document_put (document, element, damage);
}

static void
take (BoardDocument *document, const char *id)
{
  g_autoptr (BoardDamage) damage = board_damage_new ();

  board_document_take (document, id, damage);
}

static char *
ids (GPtrArray *elements)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < elements->len; i++)
    g_string_append (out, board_element_get_id (g_ptr_array_index (elements, i)));
  return g_string_free (out, FALSE);
}

static void
collect (BoardElement *element, gpointer user_data)
{
  g_hash_table_add (user_data, element);
}

typedef struct {
  const BoardRect *area;
  GHashTable *elements;
  guint n_lists;
} Shared;

static void
collect_one (BoardElement *element, gpointer user_data)
{
  g_assert_true (g_hash_table_add (((Shared *) user_data)->elements, element));
}

static void
collect_list (GPtrArray *elements, gpointer user_data)
{
  Shared *shared = user_data;

  shared->n_lists++;
  for (guint i = 0; i < elements->len; i++)
    {
      BoardRect bounds;

      board_element_get_bounds (elements->pdata[i], &bounds);
      if (board_rect_intersects (&bounds, shared->area))
        collect_one (elements->pdata[i], user_data);
    }
}

/* Returns: how many lists there were. */
static guint
assert_shared (BoardDocument *document, const BoardRect *area, GHashTable *visited)
{
  g_autoptr (GHashTable) elements = g_hash_table_new (NULL, NULL);
  Shared shared = { area, elements, 0 };
  GHashTableIter iter;
  gpointer element;

  board_document_foreach_shared (document, area, collect_list, collect_one, &shared);
  g_assert_cmpuint (g_hash_table_size (elements), ==, g_hash_table_size (visited));
  g_hash_table_iter_init (&iter, visited);
  while (g_hash_table_iter_next (&iter, &element, NULL))
    g_assert_true (g_hash_table_contains (elements, element));
  return shared.n_lists;
}

static void
assert_order (BoardDocument *document, const BoardRect *area, const char *expected)
{
  g_autoptr (GPtrArray) found = board_document_query (document, area);
  g_autoptr (GHashTable) visited = g_hash_table_new (NULL, NULL);
  g_autofree char *actual = ids (found);

  g_assert_cmpstr (actual, ==, expected);
  if (area == NULL)
    return;
  board_document_foreach (document, area, collect, visited);
  g_assert_cmpuint (g_hash_table_size (visited), ==, found->len);
  for (guint i = 0; i < found->len; i++)
    g_assert_true (g_hash_table_contains (visited, found->pdata[i]));
  assert_shared (document, area, visited);
}

static void
test_order (void)
{
  g_autoptr (BoardDocument) document = board_document_new ();
  g_autofree char *first = board_document_index_above (document);
  g_autofree char *above = NULL;

  g_assert_cmpstr (first, ==, "a0");
  put (document, "c", "a1", 0, 0, 10);
  put (document, "b", "a2", 0, 0, 10);
  put (document, "a", "a2", 0, 0, 10);
  put (document, "d", "Zz", 500, 500, 10);
  assert_order (document, NULL, "dcab");
  assert_order (document, &(BoardRect){ 0, 0, 5, 5 }, "cab");
  put (document, "a", "Z0", 0, 0, 10);
  assert_order (document, NULL, "adcb");
  above = board_document_index_above (document);
  g_assert_cmpstr (above, ==, "a3");
  take (document, "d");
  take (document, "d");
  assert_order (document, NULL, "acb");
  g_assert_cmpuint (board_document_get_n_elements (document), ==, 3);
  g_assert_null (board_document_get_element (document, "d"));
}

static void
keep_list (GPtrArray *elements, gpointer user_data)
{
  GPtrArray **kept = user_data;

  *kept = g_ptr_array_ref (elements);
}

static void
ignore (BoardElement *element, gpointer user_data)
{
}

/* What is crowded is handed out as lists that stay as they are, anew when something changes. */
static void
test_shared (void)
{
  const BoardRect area = { 15, 15, 30, 30 };
  g_autoptr (BoardDocument) document = board_document_new ();
  g_autoptr (GHashTable) visited = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) third = NULL;

  for (int i = 0; i < 100; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%d", i);

      put (document, id, "a1", 20 + i % 10, 20 + i / 10, 5);
    }
  board_document_foreach (document, &area, collect, visited);
  g_assert_cmpuint (g_hash_table_size (visited), ==, 100);
  g_assert_cmpuint (assert_shared (document, &area, visited), ==, 1);
  board_document_foreach_shared (document, &area, keep_list, ignore, &first);
  board_document_foreach_shared (document, &area, keep_list, ignore, &second);
  g_assert_true (first == second);
  take (document, "r7");
  put (document, "r8", "a1", 500, 500, 5);
  board_document_foreach_shared (document, &area, keep_list, ignore, &third);
  g_assert_cmpuint (first->len, ==, 100);
  g_assert_cmpuint (third->len, ==, 98);
}

static void
test_pick (void)
{
  g_autoptr (BoardDocument) document = board_document_new ();

  put (document, "a", "a1", 0, 0, 100);
  put (document, "b", "a2", 50, 0, 100);
  g_assert_null (board_document_pick (document, 25, 50, 2));
  g_assert_cmpstr (board_element_get_id (board_document_pick (document, 50, 0, 1)), ==, "b");
  g_assert_cmpstr (board_element_get_id (board_document_pick (document, 0, 50, 0)), ==, "a");
  g_assert_null (board_document_pick (document, 1e6, 1e6, 100));
}

static void
test_extents (void)
{
  g_autoptr (BoardDocument) document = board_document_new ();
  BoardRect extents;

  g_assert_false (board_document_get_extents (document, &extents));
  put (document, "a", "a1", 0, 0, 10);
  put (document, "b", "a1", 1000, -500, 10);
  g_assert_true (board_document_get_extents (document, &extents));
  g_assert_true (board_rect_contains (&extents, 1010, -500));
  take (document, "b");
  g_assert_true (board_document_get_extents (document, &extents));
  g_assert_false (board_rect_contains (&extents, 1010, -500));
  g_assert_true (board_rect_contains (&extents, 10, 10));
}

static void
test_damage (void)
{
  g_autoptr (BoardDocument) document = board_document_new ();
  g_autoptr (BoardDamage) added = board_damage_new ();
  g_autoptr (BoardDamage) moved = board_damage_new ();
  g_autoptr (BoardDamage) same = board_damage_new ();
  g_autoptr (BoardElement) here = rectangle ("a", "a0", 0, 0, 10, 10);
  g_autoptr (BoardElement) again = rectangle ("a", "a0", 0, 0, 10, 10);
  g_autoptr (BoardElement) there = rectangle ("a", "a0", 100, 0, 10, 10);
  g_autoptr (BoardDamage) copy = NULL;

  board_document_put (document, here, added);
  g_assert_cmpuint (added->ids->len, ==, 1);
  g_assert_cmpuint (added->rects->len, ==, 1);
  board_document_put (document, again, same);
  g_assert_true (board_damage_is_empty (same));
  board_document_put (document, there, moved);
  g_assert_cmpuint (moved->rects->len, ==, 2);
  g_assert_true (board_rect_contains (&moved->area, 5, 5));
  g_assert_true (board_rect_contains (&moved->area, 105, 5));
  board_document_put (document, here, moved);
  g_assert_cmpuint (moved->ids->len, ==, 1); /* each once */
  copy = board_damage_copy (moved);
  g_assert_cmpstr (g_ptr_array_index (copy->ids, 0), ==, "a");
  g_assert_cmpuint (copy->rects->len, ==, 4);
  g_assert_cmpmem (&copy->area, sizeof copy->area, &moved->area, sizeof moved->area);
}

static void
test_damage_of_everything (void)
{
  g_autoptr (BoardDamage) damage = board_damage_new ();
  const BoardRect rect = { 0, 0, 1, 1 };

  for (int i = 0; i <= BOARD_MAX_DAMAGE; i++)
    {
      char id[16];

      g_assert_false (damage->all);
      g_snprintf (id, sizeof id, "e%d", i);
      board_damage_add (damage, id, NULL, &rect);
    }
  g_assert_true (damage->all);
  g_assert_cmpuint (damage->ids->len, ==, 0);
  g_assert_cmpuint (damage->rects->len, ==, 0);
  board_damage_add (damage, "more", NULL, &(BoardRect){ 50, 50, 1, 1 });
  g_assert_cmpuint (damage->ids->len, ==, 0);
  g_assert_true (board_rect_contains (&damage->area, 50.5, 50.5));
}

/* The grid against a plain walk over everything, with sizes from dots to the whole board. */
static void
test_query_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);
  g_autoptr (BoardDocument) document = board_document_new ();

  for (int round = 0; round < 3000; round++)
    {
      char id[16];
      double size = exp (g_rand_double_range (rand, 0, 14));
      double x = g_rand_double_range (rand, -1e6, 1e6 / (round % 1000 + 1));

      g_snprintf (id, sizeof id, "e%d", g_rand_int_range (rand, 0, 1500));
      if (round % 7 == 6)
        take (document, id);
      else
        put (document, id, "a0", x, g_rand_double_range (rand, -1e6, 1e6), size);
      if (round % 10 == 0)
        {
          BoardRect area
              = { g_rand_double_range (rand, -1e6, 1e6), g_rand_double_range (rand, -1e6, 1e6),
                  exp (g_rand_double_range (rand, 0, 14)),
                  exp (g_rand_double_range (rand, 0, 14)) };
          g_autoptr (GPtrArray) found = board_document_query (document, &area);
          g_autoptr (GPtrArray) all = board_document_query (document, NULL);
          guint n = 0;

          for (guint i = 0; i < all->len; i++)
            {
              BoardElement *element = g_ptr_array_index (all, i);
              BoardRect bounds;

              board_element_get_bounds (element, &bounds);
              if (!board_rect_intersects (&bounds, &area))
                continue;
              g_assert_cmpuint (n, <, found->len);
              g_assert_true (g_ptr_array_index (found, n) == element); /* same order too */
              n++;
            }
          g_assert_cmpuint (n, ==, found->len);
        }
    }
}

static void
check_referring (BoardReplica *replica, BoardReference how, const char *id, const char *expected)
{
  g_autoptr (GPtrArray) found
      = board_document_list_referring (board_replica_get_document (replica), how, id);
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append (ids, board_element_get_id (g_ptr_array_index (found, i)));
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
submit_text (BoardReplica *replica, const char *changes)
{
  g_autofree char *text = g_strdup_printf ("{\"c\":[%s]}", changes);
  g_autoptr (GError) error = NULL;
  g_autoptr (BoardOp) op = board_op_from_json (text, -1, &error);

  g_assert_no_error (error);
  board_replica_submit (replica, op, &error);
  g_assert_no_error (error);
}

/* Who refers to what is known at every moment, whether that is there or not. */
static void
test_references (void)
{
  g_autoptr (BoardReplica) replica = board_replica_new ("ann");

  submit_text (replica,
               "[\"+\",{\"id\":\"a\",\"type\":\"text\",\"index\":\"a2\",\"groupIds\":[\"g\",\"h\"],"
               "\"containerId\":\"r\"}],"
               "[\"+\",{\"id\":\"b\",\"type\":\"arrow\",\"index\":\"a1\",\"points\":[[0,0],[1,1]],"
               "\"groupIds\":[\"g\",\"g\"],\"startBinding\":{\"elementId\":\"r\"},"
               "\"endBinding\":{\"elementId\":\"r\"},\"frameId\":\"f\"}]");
  check_referring (replica, BOARD_REFERENCE_GROUP, "g", "ba");
  check_referring (replica, BOARD_REFERENCE_GROUP, "h", "a");
  check_referring (replica, BOARD_REFERENCE_GROUP, "r", "");
  check_referring (replica, BOARD_REFERENCE_CONTAINER, "r", "a");
  check_referring (replica, BOARD_REFERENCE_BINDING, "r", "b");
  check_referring (replica, BOARD_REFERENCE_FRAME, "f", "b");
  submit_text (replica,
               "[\"=\",\"b\",{\"groupIds\":null,\"endBinding\":{\"elementId\":\"s\"},\"x\":4}]");
  check_referring (replica, BOARD_REFERENCE_GROUP, "g", "a");
  check_referring (replica, BOARD_REFERENCE_BINDING, "r", "b");
  check_referring (replica, BOARD_REFERENCE_BINDING, "s", "b");
  submit_text (replica, "[\"=\",\"b\",{\"x\":5}],[\"-\",\"a\"]");
  check_referring (replica, BOARD_REFERENCE_FRAME, "f", "b");
  check_referring (replica, BOARD_REFERENCE_GROUP, "g", "");
  board_replica_undo (replica);
  check_referring (replica, BOARD_REFERENCE_GROUP, "g", "a");
  check_referring (replica, BOARD_REFERENCE_CONTAINER, "r", "a");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/document/order", test_order);
  g_test_add_func ("/board/document/shared", test_shared);
  g_test_add_func ("/board/document/pick", test_pick);
  g_test_add_func ("/board/document/extents", test_extents);
  g_test_add_func ("/board/document/damage", test_damage);
  g_test_add_func ("/board/document/damage-of-everything", test_damage_of_everything);
  g_test_add_func ("/board/document/query-random", test_query_random);
  g_test_add_func ("/board/document/references", test_references);
  return g_test_run ();
}
