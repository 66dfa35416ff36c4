/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The namespace of the operator: who gets in, and that its questions are answered. */
#include "guest-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "bridge-admin-namespace.h"

static char *directory;

static void
with_data (BridgeConfig *config)
{
  config->memory = FALSE;
  config->data_dir = g_strdup (directory);
}

static void
read_key (BoardKey *seed)
{
  g_autofree char *path = g_build_filename (directory, "admin-key", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (board_key_from_text (text, seed, NULL));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

/* CONNECT with that proof; NULL: without any. */
static gboolean
connect_with (Guest *guest, const char *proof)
{
  g_autofree char *packet = proof != NULL ? g_strdup_printf ("40/admin,{\"proof\":\"%s\"}", proof)
                                          : g_strdup ("40/admin,");

  g_clear_pointer (&guest->answer, json_node_unref);
  guest_send (guest, packet);
  WAIT_UNTIL (guest->answer != NULL || guest->gone);
  return guest->answer != NULL && !guest->refused;
}

static char *
proof_of (const BoardKey *seed, Guest *guest)
{
  return board_proof_sign (seed, guest->sid, BRIDGE_ADMIN_PLACE);
}

static JsonObject *
ask (Guest *guest, gint id, const char *question)
{
  g_autofree char *packet = g_strdup_printf ("42/admin,%d[\"ask\",%s]", id, question);

  guest_send (guest, packet);
  return guest_wait_ack (guest, id);
}

static void
test_ask (void)
{
  g_autoptr (House) house = house_new (with_data);
  g_autoptr (Guest) guest = NULL;
  g_autofree char *proof = NULL;
  JsonArray *rows;
  BoardKey seed;

  read_key (&seed);
  guest = guest_new (house, 'o');
  proof = proof_of (&seed, guest);
  g_assert_true (connect_with (guest, proof));
  house_create_board (house);
  rows
      = json_object_get_array_member (ask (guest, 100, "{\"command\":\"boards\",\"arguments\":[]}"),
                                      "rows");
  g_assert_cmpuint (json_array_get_length (rows), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (rows, 0), "board"),
                   ==, HOUSE_BOARD);
  g_assert_false (
      json_object_has_member (ask (guest, 101,
                                   "{\"command\":\"lock\",\"arguments\":[\"" HOUSE_BOARD "\"]}"),
                              "error"));
  g_assert_true (
      json_object_has_member (ask (guest, 102, "{\"command\":\"dance\",\"arguments\":[]}"),
                              "error"));
  g_assert_true (json_object_has_member (ask (guest, 103, "[7]"), "error"));
  g_assert_true (json_object_has_member (ask (guest, 104, "null"), "error"));
}

static void
test_strangers (void)
{
  g_autoptr (House) house = house_new (with_data);
  g_autoptr (Guest) first = guest_new (house, 'a');
  g_autoptr (Guest) second = guest_new (house, 'b');
  g_autofree char *stolen = NULL;
  g_autofree char *foreign = NULL;
  BoardKey seed, other;

  read_key (&seed);
  seed_of ('x', &other);
  stolen = proof_of (&seed, first);
  foreign = proof_of (&other, second);
  g_assert_false (connect_with (second, NULL));
  g_assert_cmpstr (guest_get_refusal (second), ==, "not-invited");
  g_assert_false (connect_with (second, ""));
  g_assert_false (connect_with (second, foreign));
  /* what was heard on another connection */
  g_assert_false (connect_with (second, stolen));
  g_assert_true (connect_with (first, stolen));
}

/* Without a data directory there is no operator. */
static void
test_none (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) guest = guest_new (house, 'a');

  g_assert_false (connect_with (guest, "x"));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  directory = g_dir_make_tmp ("bridge-XXXXXX", NULL);
  g_test_add_func ("/server/admin/ask", test_ask);
  g_test_add_func ("/server/admin/strangers", test_strangers);
  g_test_add_func ("/server/admin/none", test_none);
  status = g_test_run ();
  {
    static const char *const files[] = { "boards.db", "boards.db-wal", "boards.db-shm", "lock",
                                         "blobs",     "admin",         "admin-key",     "backups" };

    for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
      {
        g_autofree char *path = g_build_filename (directory, files[i], NULL);

        g_remove (path);
      }
    g_rmdir (directory);
    g_free (directory);
  }
  return status;
}
