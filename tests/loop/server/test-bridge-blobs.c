/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Blobs over HTTP, and snapshots, which are blobs: host h, editor e, viewer w. */

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

/* signed_as: the method that the proof says. board: of path and proof. */
static guint
ask (Guest *guest,
     const char *method,
     const char *signed_as,
     const char *board,
     const char *hash,
     const char *body,
     char **answer)
{
  g_autofree char *path = g_strdup_printf ("/blob/%s/%s", board, hash);
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

/* Answers the server's question for a snapshot. */
static void
answer_snapshot (Guest *guest, guint n, const char *answer)
{
  g_autofree char *packet = NULL;

  WAIT_UNTIL (guest->questions->len > n);
  packet = g_strdup_printf ("43%d[%s]", g_array_index (guest->questions, int, n), answer);
  guest_send (guest, packet);
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

static void
test_snapshot (People *people, gconstpointer data)
{
  g_autofree char *hash = hash_of ("sealed state");
  g_autofree char *answer = g_strdup_printf ("{\"seq\":3,\"blob\":\"%s\"}", hash);
  g_autoptr (Guest) with = NULL;
  g_autoptr (Guest) without = NULL;
  g_autoptr (Guest) beyond = NULL;
  JsonObject *snapshot;

  for (gint i = 1; i <= 3; i++)
    g_assert_cmpint (guest_op (people->editor, i, "op", NULL), ==, i);
  g_assert_cmpuint (put (people->host, hash, "sealed state"), ==, 201);
  WAIT_UNTIL (people->host->questions->len + people->editor->questions->len > 0);
  answer_snapshot (people->host->questions->len > 0 ? people->host : people->editor, 0, answer);
  guest_sync (people->host);
  guest_sync (people->editor);
  g_assert_cmpint (guest_op (people->editor, 4, "tail", NULL), ==, 4);

  with = join_with_snapshot (people->house, 's', -1);
  snapshot = json_object_get_object_member (hello_of (with), "snapshot");
  g_assert_cmpint (json_object_get_int_member (snapshot, "seq"), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (snapshot, "blob"), ==, hash);
  guest_wait_log (with, "4:4:tail ");
  without = guest_join (people->house, 't', 'i', -1);
  g_assert_true (json_object_get_null_member (hello_of (without), "snapshot"));
  guest_wait_log (without, "1:1:op 2:2:op 3:3:op 4:4:tail ");
  beyond = join_with_snapshot (people->house, 'u', 3);
  g_assert_true (json_object_get_null_member (hello_of (beyond), "snapshot"));
  guest_wait_log (beyond, "4:4:tail ");
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

/* A snapshot outlives the room; one whose blob is gone is not named. */
static void
test_snapshot_later (People *people, gconstpointer data)
{
  g_autofree char *hash = hash_of ("sealed state");
  g_autofree char *answer = g_strdup_printf ("{\"seq\":3,\"blob\":\"%s\"}", hash);
  g_autofree char *path = NULL;
  gboolean gone = FALSE;
  Guest *asked;

  for (gint i = 1; i <= 3; i++)
    guest_op (people->editor, i, "op", NULL);
  put (people->host, hash, "sealed state");
  WAIT_UNTIL (people->host->questions->len + people->editor->questions->len > 0);
  asked = people->host->questions->len > 0 ? people->host : people->editor;
  answer_snapshot (asked, 0, answer);
  guest_sync (asked);
  everybody_leaves (people);
  WAIT_UNTIL (is_room_closed (people->house));
  if (data_dir != NULL)
    {
      path = g_build_filename (data_dir, "blobs", HOUSE_BOARD, hash, NULL);
      gone = g_unlink (path) == 0;
      g_assert_true (gone);
    }

  people->host = join_with_snapshot (people->house, 'h', -1);
  people->editor = guest_join (people->house, 'e', 0, -1);
  people->viewer = guest_join (people->house, 'w', 0, -1);
  g_assert_cmpint (json_object_get_null_member (hello_of (people->host), "snapshot"), ==, gone);
}

/* A snapshot that nobody can fetch, or of what was not written yet, is none. */
static void
test_bad_snapshot (People *people, gconstpointer data)
{
  static const char *const answers[] = {
    "{}",
    "5",
    "null",
    "{\"seq\":3,\"blob\":\"xyz\"}",
    "{\"seq\":3,\"blob\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}",
  };
  const char *answer = answers[g_test_rand_int_range (0, G_N_ELEMENTS (answers))];
  g_autoptr (Guest) late = NULL;
  Guest *asked;

  for (gint i = 1; i <= 3; i++)
    guest_op (people->editor, i, "op", NULL);
  WAIT_UNTIL (people->host->questions->len + people->editor->questions->len > 0);
  asked = people->host->questions->len > 0 ? people->host : people->editor;
  answer_snapshot (asked, 0, answer);
  guest_sync (asked);
  late = join_with_snapshot (people->house, 's', -1);
  g_assert_true (json_object_get_null_member (hello_of (late), "snapshot"));
  guest_wait_log (late, "1:1:op 2:2:op 3:3:op ");
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
  add ("bad-snapshot", test_bad_snapshot);
  add ("metrics", test_metrics);
  return g_test_run ();
}
