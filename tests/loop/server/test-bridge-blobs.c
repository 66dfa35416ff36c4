/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Blobs over HTTP, and the parts of snapshots: host h, editor e, viewer w. */

#include <glib/gstdio.h>
#include <string.h>

#include "guest-fixture.h"
#include "log/bridge-log.h"
#include "log/bridge-metrics.h"

/* NULL: blobs in memory. */
static char *data_dir;

static void
small_blobs (BridgeConfig *config)
{
  config->limits.blob_bytes = 4 * 1024 * 1024;
  config->limits.blob_bytes_per_board = 5 * 1024 * 1024;
  config->limits.snapshot_ops = 3;
  if (data_dir != NULL)
    {
      config->memory = FALSE;
      config->data_dir = g_strdup (data_dir);
    }
}

static void
set_up (People *people, gconstpointer data)
{
  data_dir = g_str_equal (data, "disk") ? g_dir_make_tmp ("bridge-blobs-XXXXXX", NULL) : NULL;
  people_set_up (people, small_blobs);
}

static void
tear_down (People *people, gconstpointer data)
{
  people_tear_down (people);
  if (data_dir != NULL)
    house_remove_tree (data_dir);
  g_clear_pointer (&data_dir, g_free);
}

static char *
hash_of (const char *text)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* kind: "blob" or "snapshot". signed_as: the method that the proof says. board: of path and proof. */
static guint
ask_for (Guest *guest,
         const char *kind,
         const char *method,
         const char *signed_as,
         const char *board,
         const char *hash,
         const char *body,
         char **answer)
{
  g_autofree char *path = g_strdup_printf ("/%s/%s/%s", kind, board, hash);
  g_autofree char *authorization = NULL;
  g_autofree char *text = NULL;
  BoardKey seed;
  guint status = 0;

  seed_of (guest->mark, &seed);
  authorization = board_blob_authorization_build (&seed, guest->sid, signed_as, board, hash);
  text = house_request (guest->house, method, path, body, "Authorization", authorization, &status,
                        NULL);
  if (answer != NULL)
    *answer = g_steal_pointer (&text);
  return status;
}

static guint
ask (Guest *guest,
     const char *method,
     const char *signed_as,
     const char *board,
     const char *hash,
     const char *body,
     char **answer)
{
  return ask_for (guest, "blob", method, signed_as, board, hash, body, answer);
}

static guint
put (Guest *guest, const char *hash, const char *body)
{
  return ask (guest, "PUT", "PUT", HOUSE_BOARD, hash, body, NULL);
}

static guint
get (Guest *guest, const char *hash, char **body)
{
  return ask (guest, "GET", "GET", HOUSE_BOARD, hash, NULL, body);
}

static void
test_there_and_back (People *people, gconstpointer data)
{
  static const gsize sizes[] = { 1, 1000, 256 * 1024, 256 * 1024 + 1, 3 * 1024 * 1024 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *body = g_strnfill (sizes[i], (char) ('a' + i));
      g_autofree char *hash = hash_of (body);
      g_autofree char *back = NULL;

      g_assert_cmpuint (get (people->host, hash, NULL), ==, 404);
      g_assert_cmpuint (put (people->editor, hash, body), ==, 201);
      g_assert_cmpuint (put (people->host, hash, body), ==, 201);
      g_assert_cmpuint (get (people->viewer, hash, &back), ==, 200);
      g_assert_cmpuint (strlen (back), ==, sizes[i]);
      g_assert_cmpstr (back, ==, body);
      g_assert_cmpuint (ask (people->host, "HEAD", "GET", HOUSE_BOARD, hash, NULL, NULL), ==, 200);
    }
}

/* No proof, a proof of something else, somebody who is not here or not of this board. */
static void
test_who_may (People *people, gconstpointer data)
{
  g_autofree char *hash = hash_of ("picture");
  g_autofree char *other = hash_of ("other");
  g_autofree char *path = g_strdup_printf ("/blob/" HOUSE_BOARD "/%s", hash);
  g_autofree char *answer = NULL;
  g_autoptr (Guest) stranger = guest_new (people->house, 'x');
  char *editor_sid = people->editor->sid;
  guint status = 0;

  g_assert_cmpuint (put (people->editor, hash, "picture"), ==, 201);
  answer = house_request (people->house, "GET", path, NULL, NULL, NULL, &status, NULL);
  g_assert_cmpuint (status, ==, 401);
  g_assert_cmpuint (get (stranger, hash, NULL), ==, 401);
  g_assert_cmpuint (ask (people->editor, "PUT", "GET", HOUSE_BOARD, other, "other", NULL), ==, 401);
  g_assert_cmpuint (ask (people->editor, "GET", "PUT", HOUSE_BOARD, hash, NULL, NULL), ==, 401);
  g_assert_cmpuint (put (people->viewer, other, "other"), ==, 403);
  g_assert_cmpuint (ask (people->editor, "GET", "GET", "BBBBBBBBBBBBBBBBBBBBBQ", hash, NULL, NULL),
                    ==, 401);
  /* Another connection's id is no challenge of this one. */
  people->editor->sid = people->host->sid;
  g_assert_cmpuint (get (people->editor, hash, NULL), ==, 401);
  people->editor->sid = editor_sid;
  g_assert_cmpuint (get (people->editor, hash, NULL), ==, 200);

  guest_send (people->editor, "41");
  guest_sync (people->host);
  while (get (people->editor, hash, NULL) == 200)
    continue;
  g_assert_cmpuint (get (people->editor, hash, NULL), ==, 401);
}

static void
test_nonsense (People *people, gconstpointer data)
{
  static const char *const paths[] = {
    "/blob/",
    "/blob/" HOUSE_BOARD,
    "/blob/" HOUSE_BOARD "/",
    "/blob/" HOUSE_BOARD "/abc",
    "/blob/" HOUSE_BOARD "/.part-abcdef",
    "/blob/short/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "/blob/" HOUSE_BOARD "/0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
  };
  g_autofree char *hash = hash_of ("picture");

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      guint status = 0;
      g_autofree char *got
          = house_request (people->house, "GET", paths[i], NULL, NULL, NULL, &status, NULL);

      g_assert_cmpuint (status, ==, 404);
    }
  g_assert_cmpuint (put (people->editor, hash, "another picture"), ==, 400);
  g_assert_cmpuint (get (people->editor, hash, NULL), ==, 404);
  g_assert_cmpuint (ask (people->editor, "POST", "PUT", HOUSE_BOARD, hash, "picture", NULL), ==,
                    405);
  g_assert_cmpuint (ask (people->editor, "DELETE", "PUT", HOUSE_BOARD, hash, NULL, NULL), ==, 405);
}

static void
tiny_blobs (BridgeConfig *config)
{
  config->limits.blob_bytes = 64 * 1024;
}

static void
test_too_large (void)
{
  g_autoptr (House) house = house_new (tiny_blobs);
  g_autoptr (Guest) host = NULL;
  g_autofree char *just = g_strnfill (64 * 1024, 'j');
  g_autofree char *over = g_strnfill (64 * 1024 + 1, 'o');
  g_autofree char *hash_just = hash_of (just);
  g_autofree char *hash_over = hash_of (over);

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  g_assert_cmpuint (put (host, hash_over, over), ==, 413);
  g_assert_cmpuint (put (host, hash_just, just), ==, 201);
}

/* What other paths gather in memory stays small, though blobs may be large. */
static void
test_other_paths (People *people, gconstpointer data)
{
  static const char *const paths[] = { "/api/boards", "/b/" HOUSE_BOARD, "/nowhere", "/metrics" };
  g_autofree char *large = g_strnfill (17 * 1024, 'l');

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      guint status = 0;
      g_autofree char *got
          = house_request (people->house, "POST", paths[i], large, NULL, NULL, &status, NULL);

      g_assert_cmpuint (status, ==, 413);
    }
}

static void
test_quota (People *people, gconstpointer data)
{
  g_autofree char *first = g_strnfill (3 * 1024 * 1024, '1');
  g_autofree char *second = g_strnfill (3 * 1024 * 1024, '2');
  g_autofree char *third = g_strnfill (2 * 1024 * 1024, '3');
  g_autofree char *hash_first = hash_of (first);
  g_autofree char *hash_second = hash_of (second);
  g_autofree char *hash_third = hash_of (third);

  g_assert_cmpuint (put (people->editor, hash_first, first), ==, 201);
  g_assert_cmpuint (put (people->editor, hash_second, second), ==, 507);
  /* A refusal, and one that was not what it said, give back what was reserved. */
  g_assert_cmpuint (put (people->editor, hash_second, third), ==, 400);
  g_assert_cmpuint (put (people->editor, hash_third, third), ==, 201);
  g_assert_cmpuint (get (people->editor, hash_first, NULL), ==, 200);
}

/* --- Snapshots --- */

/* Uploads that text as a part; its id. Transfer full. */
static char *
put_part (Guest *guest, const char *text)
{
  char *hash = hash_of (text);

  g_assert_cmpuint (
      ask_for (guest, "snapshot", "PUT", "PUT", HOUSE_BOARD, hash, text, NULL), ==, 201);
  return hash;
}

static gboolean
has_part (Guest *guest, const char *hash)
{
  return ask_for (guest, "snapshot", "GET", "GET", HOUSE_BOARD, hash, NULL, NULL) == 200;
}

/* Answers the server's question for a snapshot: the n-th of all that the guest was asked. */
static void
answer_snapshot (Guest *guest, guint n, const char *answer)
{
  g_autofree char *packet = NULL;

  WAIT_UNTIL (guest->questions->len > n);
  packet = g_strdup_printf ("43%d[%s]", g_array_index (guest->questions, int, n), answer);
  guest_send (guest, packet);
  guest_sync (guest);
}

static void
write_ops (People *people, gint from, gint to)
{
  for (gint i = from; i <= to; i++)
    g_assert_cmpint (guest_op (people->editor, i, "op", NULL), ==, i);
}

/* The n-th question of all, whoever it was put to. */
static void
answer_question (People *people, guint n, const char *answer)
{
  Guest *host = people->host, *editor = people->editor;
  static guint host_had, editor_had;

  if (n == 0)
    host_had = editor_had = 0;
  WAIT_UNTIL (host->questions->len + editor->questions->len > n);
  if (host->questions->len > host_had)
    answer_snapshot (host, host_had++, answer);
  else
    answer_snapshot (editor, editor_had++, answer);
  guest_sync (host);
  guest_sync (editor);
}

static JsonObject *
hello_of (Guest *guest)
{
  return json_array_get_object_element (guest_wait_event (guest, "hello", 0), 1);
}

static Guest *
join_with_snapshot (House *house, char mark, int64_t since)
{
  Guest *guest = guest_new (house, mark);
  g_autoptr (JsonNode) auth = guest_auth (guest, 'i', since);

  json_object_set_boolean_member (json_node_get_object (auth), "snapshot", TRUE);
  g_assert_true (guest_connect (guest, auth));
  return guest;
}

/* What somebody who joins now is told; seq 0: of none. */
static BoardSnapshot
join_and_see (People *people, char mark)
{
  g_autoptr (Guest) guest = join_with_snapshot (people->house, mark, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (BoardHello) hello = board_hello_parse (hello_of (guest), &error);

  g_assert_no_error (error);
  return hello->snapshot;
}

static void
test_snapshot (People *people, gconstpointer data)
{
  g_autofree char *hash = hash_of ("sealed state");
  g_autofree char *answer = g_strdup_printf ("{\"seq\":3,\"blob\":\"%s\"}", hash);
  g_autoptr (Guest) with = NULL;
  g_autoptr (Guest) without = NULL;
  g_autoptr (Guest) beyond = NULL;
  BoardSnapshot snapshot;

  write_ops (people, 1, 3);
  WAIT_UNTIL (people->host->questions->len + people->editor->questions->len > 0);
  g_free (put_part (people->host, "sealed state"));
  answer_question (people, 0, answer);
  g_assert_cmpint (guest_op (people->editor, 4, "tail", NULL), ==, 4);

  snapshot = join_and_see (people, 'r');
  g_assert_cmpuint (snapshot.seq, ==, 3);
  g_assert_cmpstr (snapshot.blob, ==, hash);
  g_assert_cmpuint (snapshot.n_more, ==, 0);
  with = join_with_snapshot (people->house, 's', -1);
  guest_wait_log (with, "4:4:tail ");
  without = guest_join (people->house, 't', 'i', -1);
  g_assert_true (json_object_get_null_member (hello_of (without), "snapshot"));
  guest_wait_log (without, "1:1:op 2:2:op 3:3:op 4:4:tail ");
  beyond = join_with_snapshot (people->house, 'u', 3);
  g_assert_true (json_object_get_null_member (hello_of (beyond), "snapshot"));
  guest_wait_log (beyond, "4:4:tail ");
}

/* A large one is many parts; when a newer one is there all that is no part of it goes, and no picture does. */
static void
test_parts (People *people, gconstpointer data)
{
  g_autofree char *picture = hash_of ("picture");
  g_autofree char *early = put_part (people->host, "before anybody asked");
  g_autofree char *first = NULL, *second = NULL, *third = NULL, *unsaid = NULL, *newer = NULL;
  g_autofree char *answer = NULL, *after = NULL;
  BoardSnapshot snapshot;

  g_assert_cmpuint (put (people->editor, picture, "picture"), ==, 201);
  write_ops (people, 1, 3);
  WAIT_UNTIL (people->host->questions->len + people->editor->questions->len > 0);
  g_assert_false (has_part (people->host, early));
  first = put_part (people->host, "first");
  second = put_part (people->host, "second");
  third = put_part (people->host, "third");
  unsaid = put_part (people->host, "nobody says that it is one");
  answer = g_strdup_printf ("{\"seq\":3,\"blob\":\"%s\",\"more\":[\"%s\",\"%s\"]}", first, second, third);
  answer_question (people, 0, answer);
  snapshot = join_and_see (people, 'r');
  g_assert_cmpuint (board_snapshot_get_n_parts (&snapshot), ==, 3);
  g_assert_cmpstr (board_snapshot_get_part (&snapshot, 0), ==, first);
  g_assert_cmpstr (board_snapshot_get_part (&snapshot, 2), ==, third);
  g_assert_true (has_part (people->viewer, second));
  g_assert_false (has_part (people->viewer, unsaid));

  write_ops (people, 4, 6);
  WAIT_UNTIL (people->host->questions->len + people->editor->questions->len > 1);
  newer = put_part (people->host, "newer");
  after = g_strdup_printf ("{\"seq\":6,\"blob\":\"%s\",\"more\":[\"%s\"]}", newer, second);
  answer_question (people, 1, after);
  snapshot = join_and_see (people, 's');
  g_assert_cmpuint (snapshot.seq, ==, 6);
  g_assert_true (has_part (people->viewer, newer));
  g_assert_true (has_part (people->viewer, second));
  g_assert_false (has_part (people->viewer, first));
  g_assert_cmpuint (get (people->viewer, picture, NULL), ==, 200);
}

static void
everybody_leaves (People *people)
{
  Guest **all[] = { &people->host, &people->editor, &people->viewer };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    g_clear_pointer (all[i], guest_free);
}

static gboolean
is_room_closed (House *house)
{
  guint status = 0;
  g_autofree char *text = house_request (house, "GET", "/metrics", NULL, NULL, NULL, &status, NULL);

  return strstr (text, "\ndrawbridge_rooms 0\n") != NULL;
}

/* A snapshot outlives the room; one of which a part is gone is not named. */
static void
test_snapshot_later (People *people, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL, *answer = NULL, *path = NULL;
  gboolean gone = FALSE;

  write_ops (people, 1, 3);
  WAIT_UNTIL (people->host->questions->len + people->editor->questions->len > 0);
  first = put_part (people->host, "sealed");
  second = put_part (people->host, "state");
  answer = g_strdup_printf ("{\"seq\":3,\"blob\":\"%s\",\"more\":[\"%s\"]}", first, second);
  answer_question (people, 0, answer);
  everybody_leaves (people);
  WAIT_UNTIL (is_room_closed (people->house));
  if (data_dir != NULL)
    {
      path = g_build_filename (data_dir, "blobs", "snapshots", HOUSE_BOARD, second, NULL);
      gone = g_unlink (path) == 0;
      g_assert_true (gone);
    }

  people->host = join_with_snapshot (people->house, 'h', -1);
  people->editor = guest_join (people->house, 'e', 0, -1);
  people->viewer = guest_join (people->house, 'w', 0, -1);
  g_assert_cmpint (json_object_get_null_member (hello_of (people->host), "snapshot"), ==, gone);
}

/* A snapshot that nobody can fetch, or of what was not written yet, is none; nor is a picture one, or a part of
 * one: it would go when the next is there. */
static void
test_bad_snapshot (People *people, gconstpointer data)
{
  static const char *const answers[] = {
    "{}",
    "5",
    "null",
    "{\"seq\":3,\"blob\":\"xyz\"}",
    "{\"seq\":3,\"blob\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}",
    "{\"seq\":3,\"blob\":\"PICTURE\"}",
    "{\"seq\":3,\"blob\":\"PART\",\"more\":[\"PICTURE\"]}",
    "{\"seq\":3,\"blob\":\"PART\",\"more\":[\"xyz\"]}",
    "{\"seq\":3,\"blob\":\"PART\",\"more\":\"PART\"}",
    "{\"seq\":4,\"blob\":\"PART\"}",
    "{\"seq\":0,\"blob\":\"PART\"}",
  };
  const char *answer = answers[GPOINTER_TO_UINT (data)];
  g_autofree char *picture = hash_of ("picture"), *part = NULL;
  g_autoptr (GString) said = g_string_new (answer);

  put (people->host, picture, "picture");
  write_ops (people, 1, 3);
  WAIT_UNTIL (people->host->questions->len + people->editor->questions->len > 0);
  part = put_part (people->host, "part");
  g_string_replace (said, "PICTURE", picture, 0);
  g_string_replace (said, "PART", part, 0);
  answer_question (people, 0, said->str);
  g_assert_cmpuint (join_and_see (people, 's').seq, ==, 0);
}

static void
set_up_in_memory (People *people, gconstpointer data)
{
  set_up (people, "memory");
}

static void
test_metrics (People *people, gconstpointer data)
{
  guint status = 0;
  g_autofree char *text = NULL;
  g_autofree char *proxied = NULL;

  guest_op (people->editor, 1, "op", NULL);
  text = house_request (people->house, "GET", "/metrics", NULL, NULL, NULL, &status, NULL);
  g_assert_cmpuint (status, ==, 200);
  g_assert_nonnull (strstr (text, "\n# TYPE drawbridge_operations_total counter\n"));
  g_assert_nonnull (strstr (text, "\ndrawbridge_members_connected 3\n"));
  g_assert_nonnull (strstr (text, "\ndrawbridge_rooms 1\n"));
  g_assert_null (strstr (text, HOUSE_BOARD));
  proxied = house_request (people->house, "GET", "/metrics", NULL, "X-Forwarded-For", "192.0.2.1",
                           &status, NULL);
  g_assert_cmpuint (status, ==, 403);
}

static void
add (const char *name, void (*test) (People *, gconstpointer))
{
  static const char *const kinds[] = { "memory", "disk" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/server/blobs/%s/%s", kinds[i], name);

      g_test_add (path, People, kinds[i], set_up, test, tear_down);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  bridge_log_init (FALSE);
  add ("there-and-back", test_there_and_back);
  add ("who-may", test_who_may);
  add ("nonsense", test_nonsense);
  g_test_add_func ("/server/blobs/too-large", test_too_large);
  add ("other-paths", test_other_paths);
  add ("quota", test_quota);
  add ("snapshot", test_snapshot);
  add ("snapshot-later", test_snapshot_later);
  add ("parts", test_parts);
  for (guint i = 0; i < 11; i++)
    {
      g_autofree char *path = g_strdup_printf ("/server/blobs/bad-snapshot/%u", i);

      g_test_add (path, People, GUINT_TO_POINTER (i), set_up_in_memory, test_bad_snapshot, tear_down);
    }
  add ("metrics", test_metrics);
  return g_test_run ();
}
