/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A live board, seen by those who are on it. */

#include <string.h>

#include "guest-fixture.h"
#include "log/bridge-log.h"

static void
test_hello (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  g_autoptr (Guest) editor = NULL;
  JsonObject *hello;
  JsonArray *members;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  editor = guest_join (house, 'e', 'i', -1);
  hello = json_array_get_object_element (guest_wait_event (editor, "hello", 0), 1);
  g_assert_cmpstr (json_object_get_string_member (hello, "you"), ==, editor->id);
  g_assert_cmpstr (json_object_get_string_member (hello, "role"), ==, "editor");
  g_assert_cmpint (json_object_get_int_member (hello, "seq"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (hello, "counter"), ==, 0);
  g_assert_false (json_object_get_boolean_member (hello, "locked"));
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (hello, "limits"),
                                               "blob"),
                   ==, 8 * 1024 * 1024);
  members = json_object_get_array_member (hello, "members");
  g_assert_cmpuint (json_array_get_length (members), ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_true (
        json_object_get_boolean_member (json_array_get_object_element (members, i), "here"));
}

static void
test_ops (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  g_autoptr (Guest) editor = NULL;
  const char *refusal = NULL;
  JsonArray *entry;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  editor = guest_join (house, 'e', 'i', -1);
  g_assert_cmpint (guest_op (host, 1, "one", &refusal), ==, 1);
  g_assert_cmpint (guest_op (editor, 1, "two", &refusal), ==, 2);
  g_assert_cmpint (guest_op (host, 2, "three", &refusal), ==, 3);
  guest_wait_log (host, "1:1:one 2:1:two 3:2:three ");
  guest_wait_log (editor, "1:1:one 2:1:two 3:2:three ");

  entry = json_array_get_array_element (json_array_get_array_element (guest_wait_event (host, "ops",
                                                                                        1),
                                                                      2),
                                        0);
  g_assert_cmpstr (json_array_get_string_element (entry, 0), ==, editor->id);
  g_assert_cmpint (json_array_get_int_element (entry, 2), >, INT64_C (1700000000000));
}

/* Exactly once: a repeated counter gets its old position and nobody hears of it again; a hole says
 * what is missing. */
static void
test_counters (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  const char *refusal = NULL;
  JsonObject *gap;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  g_assert_cmpint (guest_op (host, 1, "one", &refusal), ==, 1);
  g_assert_cmpint (guest_op (host, 1, "one", &refusal), ==, 1);
  gap = guest_wait_ack (host, guest_emit (host, "op", "5,\"five\""));
  g_assert_cmpstr (json_object_get_string_member (gap, "code"), ==, "gap");
  g_assert_cmpint (json_object_get_int_member (gap, "expected"), ==, 2);
  g_assert_cmpint (guest_op (host, 2, "two", &refusal), ==, 2);
  guest_sync (host);
  guest_wait_log (host, "1:1:one 2:2:two ");
}

/* Many at once without waiting for any: all are stored, in order, acknowledged in order. */
static void
test_pipelined (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  g_autoptr (GString) expected = g_string_new (NULL);
  gint first = -1;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  for (gint i = 1; i <= 200; i++)
    {
      g_autofree char *args = g_strdup_printf ("%d,\"b%d\"", i, i);
      gint id = guest_emit (host, "op", args);

      first = first < 0 ? id : first;
      g_string_append_printf (expected, "%d:%d:b%d ", i, i, i);
    }
  for (gint i = 0; i < 200; i++)
    g_assert_cmpint (json_object_get_int_member (guest_wait_ack (host, first + i), "seq"), ==,
                     i + 1);
  /* The log was told before its acknowledgement. */
  guest_wait_log (host, expected->str);
}

static void
test_since (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  g_autoptr (Guest) all = NULL;
  g_autoptr (Guest) some = NULL;
  g_autoptr (Guest) none = NULL;
  g_autoptr (Guest) ahead = NULL;
  JsonObject *hello;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  guest_op (host, 1, "one", NULL);
  guest_op (host, 2, "two", NULL);
  guest_op (host, 3, "three", NULL);

  all = guest_join (house, 'a', 'i', -1);
  some = guest_join (house, 'b', 'i', 2);
  none = guest_join (house, 'c', 'i', 3);
  /* Somebody who knows more than this server, which was restored from a backup, say. */
  ahead = guest_join (house, 'd', 'i', 1000);
  guest_wait_log (all, "1:1:one 2:2:two 3:3:three ");
  guest_wait_log (some, "3:3:three ");
  hello = json_array_get_object_element (guest_wait_event (ahead, "hello", 0), 1);
  g_assert_cmpint (json_object_get_int_member (hello, "seq"), ==, 3);

  guest_op (host, 4, "four", NULL);
  guest_wait_log (all, "1:1:one 2:2:two 3:3:three 4:4:four ");
  guest_wait_log (some, "3:3:three 4:4:four ");
  guest_wait_log (none, "4:4:four ");
  guest_wait_log (ahead, "4:4:four ");
}

/* The seam: people join, from anywhere, while others write as fast as they can; everybody has every
 * entry once and in order (guest_get_log() asserts that). */
static void
test_join_while_writing (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  g_autoptr (GPtrArray) guests = g_ptr_array_new_with_free_func ((GDestroyNotify)guest_free);
  g_autofree char *body = g_strnfill (3000, 'b');
  g_autofree char *whole = NULL;
  gint last = 0;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  for (gint i = 0; i < 10; i++)
    {
      for (gint n = 0; n < 50; n++)
        {
          g_autofree char *args = g_strdup_printf ("%d,\"%s\"", i * 50 + n + 1, body);

          last = guest_emit (host, "op", args);
        }
      g_ptr_array_add (guests, guest_join (house, (char)('j' + i), 'i', -1));
    }
  g_assert_cmpint (json_object_get_int_member (guest_wait_ack (host, last), "seq"), ==, 500);
  whole = guest_get_log (host);
  for (guint i = 0; i < guests->len; i++)
    guest_wait_log (g_ptr_array_index (guests, i), whole);
}

/* A log beyond one page comes in pages that a client takes. */
static void
test_pages (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  g_autoptr (Guest) late = NULL;
  g_autofree char *body = g_strnfill (200 * 1024, 'b');
  g_autofree char *whole = NULL;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  for (gint i = 1; i <= 8; i++)
    g_assert_cmpint (guest_op (host, i, body, NULL), ==, i);
  whole = guest_get_log (host);

  late = guest_join (house, 'e', 'i', -1);
  guest_wait_log (late, whole);
  g_assert_cmpuint (guest_count_events (late, "ops"), >=, 4);
}

static void
test_casts (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  g_autoptr (Guest) editor = NULL;
  g_autoptr (Guest) other = NULL;
  JsonArray *cast;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  editor = guest_join (house, 'e', 'i', -1);
  other = guest_join (house, 'o', 'i', -1);

  guest_tell (host, "cast", "\"fromhost\"");
  guest_tell (editor, "cast", "\"fromeditor\"");
  WAIT_UNTIL (guest_count_events (host, "cast") >= 1 && guest_count_events (editor, "cast") >= 1);
  cast = json_array_get_array_element (json_array_get_array_element (guest_wait_event (host, "cast",
                                                                                       0),
                                                                     1),
                                       0);
  g_assert_cmpstr (json_array_get_string_element (cast, 0), ==, editor->id);
  g_assert_cmpstr (json_array_get_string_element (cast, 1), ==, "fromeditor");
  cast = json_array_get_array_element (json_array_get_array_element (guest_wait_event (editor,
                                                                                       "cast", 0),
                                                                     1),
                                       0);
  g_assert_cmpstr (json_array_get_string_element (cast, 1), ==, "fromhost");
  /* Nobody gets their own, and nothing of it is in the log. */
  guest_sync (host);
  guest_sync (editor);
  g_assert_cmpuint (guest_count_events (host, "cast"), ==, 1);
  g_assert_cmpuint (guest_count_events (editor, "cast"), ==, 1);
  WAIT_UNTIL (guest_count_events (other, "cast") >= 1);
  g_assert_cmpuint (guest_count_events (host, "ops"), ==, 0);
}

/* Whether that member is among those who joined. */
static gboolean
is_named (JsonObject *news, const char *id)
{
  JsonArray *joined = json_object_get_array_member (news, "joined");

  for (guint i = 0; joined != NULL && i < json_array_get_length (joined); i++)
    {
      JsonObject *member = json_array_get_object_element (joined, i);

      if (g_str_equal (json_object_get_string_member (member, "id"), id))
        return TRUE;
    }
  return FALSE;
}

static void
test_members (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  Guest *editor;
  g_autofree char *id = member_id_of ('e');
  JsonObject *news;
  guint n = 0;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  editor = guest_join (house, 'e', 'i', -1);
  /* The host's own coming may be news of its own, or one with this. */
  while (!is_named (json_array_get_object_element (guest_wait_event (host, "members", n++), 1), id))
    continue;
  guest_free (editor);
  news = json_array_get_object_element (guest_wait_event (host, "members", n), 1);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (news, "left"), 0),
                   ==, id);
}

static void
test_replaced (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) first = NULL;
  g_autoptr (Guest) second = NULL;
  JsonObject *bye;

  house_create_board (house);
  first = guest_join (house, 'h', 0, -1);
  guest_op (first, 1, "one", NULL);
  second = guest_join (house, 'h', 0, 1);
  guest_wait_gone (first);
  bye = json_array_get_object_element (guest_wait_event (first, "bye", 0), 1);
  g_assert_cmpstr (json_object_get_string_member (bye, "code"), ==, "replaced");
  g_assert_true (first->kicked);

  g_assert_cmpint (json_object_get_int_member (
                       json_array_get_object_element (guest_wait_event (second, "hello", 0), 1),
                       "counter"),
                   ==, 1);
  g_assert_cmpint (guest_op (second, 2, "two", NULL), ==, 2);
}

static void
test_history (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  JsonObject *page;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  guest_op (host, 1, "one", NULL);
  guest_op (host, 2, "two", NULL);
  guest_op (host, 3, "three", NULL);

  page = guest_wait_ack (host, guest_emit (host, "history", "2,1"));
  g_assert_cmpint (json_object_get_int_member (page, "first"), ==, 2);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (page, "ops")), ==, 1);
  page = guest_wait_ack (host, guest_emit (host, "history", "1,9007199254740991"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (page, "ops")), ==, 3);
  page = guest_wait_ack (host, guest_emit (host, "history", "9007199254740991,1"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (page, "ops")), ==, 0);
}

static void
test_invite (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  g_autoptr (Guest) viewer = NULL;
  BoardInvite invite = { .role = BOARD_ROLE_VIEWER, .uses = 1, .label = (char *)"" };
  BoardKey seed;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  JsonObject *ack;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  seed_of ('v', &seed);
  board_key_public (&seed, &invite.key);
  node = board_invite_build (&invite);
  text = json_to_string (node, FALSE);
  ack = guest_wait_ack (host, guest_emit (host, "invite", text));
  g_assert_cmpuint (json_object_get_size (ack), ==, 0);
  viewer = guest_join (house, 'w', 'v', -1);
  g_assert_cmpstr (json_object_get_string_member (
                       json_array_get_object_element (guest_wait_event (viewer, "hello", 0), 1),
                       "role"),
                   ==, "viewer");
}

/* The server ends in order: everybody hears why, and is free to come back. */
static void
test_shutting_down (void)
{
  House *house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  JsonObject *bye;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  house_free (house);
  guest_wait_gone (host);
  bye = json_array_get_object_element (guest_wait_event (host, "bye", 0), 1);
  g_assert_cmpstr (json_object_get_string_member (bye, "code"), ==, "shutting-down");
  g_assert_false (host->kicked);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  bridge_log_init (FALSE);
  g_test_add_func ("/server/room/hello", test_hello);
  g_test_add_func ("/server/room/ops", test_ops);
  g_test_add_func ("/server/room/counters", test_counters);
  g_test_add_func ("/server/room/pipelined", test_pipelined);
  g_test_add_func ("/server/room/since", test_since);
  g_test_add_func ("/server/room/join-while-writing", test_join_while_writing);
  g_test_add_func ("/server/room/pages", test_pages);
  g_test_add_func ("/server/room/casts", test_casts);
  g_test_add_func ("/server/room/members", test_members);
  g_test_add_func ("/server/room/replaced", test_replaced);
  g_test_add_func ("/server/room/history", test_history);
  g_test_add_func ("/server/room/invite", test_invite);
  g_test_add_func ("/server/room/shutting-down", test_shutting_down);
  return g_test_run ();
}
