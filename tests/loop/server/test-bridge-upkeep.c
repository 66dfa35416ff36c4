/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens to boards from outside of them: the operator, the sweep, backups; and a board that is
 * reached by long polling alone. */

#include <string.h>

#include "guest-fixture.h"
#include "log/bridge-log.h"
#include "store/bridge-memory-store.h"

#define OTHER "BBBBBBBBBBBBBBBBBBBBBA"

/* --- Rooms over a store of one's own --- */

typedef struct {
  BridgeStore *store;
  House *house;
} Rooms;

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
create (BridgeStore *store, const char *board)
{
  BoardInvite invite = { .role = BOARD_ROLE_EDITOR, .label = (char *) "" };
  BoardCreate request = { .board = (char *) board, .invite = &invite };
  g_autoptr (GAsyncResult) result = NULL;
  BoardKey seed;

  seed_of ('h', &seed);
  board_key_public (&seed, &request.host);
  seed_of ('i', &seed);
  board_key_public (&seed, &invite.key);
  bridge_store_create_async (store, &request, on_done, &result);
  WAIT_UNTIL (result != NULL);
  g_assert_true (bridge_store_create_finish (store, result, NULL));
}

static void
set_up (Rooms *rooms, gconstpointer data)
{
  BridgeLimits limits;

  bridge_limits_init (&limits);
  rooms->store = bridge_memory_store_new (&limits);
  rooms->house = house_new_with_store (rooms->store, &limits);
  create (rooms->store, HOUSE_BOARD);
}

static void
tear_down (Rooms *rooms, gconstpointer data)
{
  house_free (rooms->house);
  g_object_unref (rooms->store);
}

/* -1, or the code of the BridgeStoreError. */
static int
change (Rooms *rooms, const char *board, const BridgeChange *what)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  bridge_lobby_change_async (rooms->house->lobby, board, what, on_done, &result);
  WAIT_UNTIL (result != NULL);
  bridge_lobby_change_finish (rooms->house->lobby, result, &error);
  return error != NULL ? error->code : -1;
}

static void
test_operator (Rooms *rooms, gconstpointer data)
{
  g_autoptr (Guest) host = guest_join (rooms->house, 'h', 0, -1);
  g_autoptr (Guest) editor = guest_join (rooms->house, 'e', 'i', -1);
  BridgeChange lock = { .kind = BRIDGE_CHANGE_LOCK, .on = TRUE };
  BridgeChange ban = { .kind = BRIDGE_CHANGE_BAN, .member = editor->id, .on = TRUE };
  BridgeChange end = { .kind = BRIDGE_CHANGE_END };
  const char *refusal = NULL;

  g_assert_cmpint (change (rooms, OTHER, &lock), ==, BRIDGE_STORE_ERROR_NO_BOARD);
  g_assert_cmpint (change (rooms, HOUSE_BOARD, &lock), ==, -1);
  g_assert_cmpint (guest_op (editor, 1, "no", &refusal), ==, 0);
  g_assert_cmpstr (refusal, ==, "locked");
  g_assert_cmpint (change (rooms, HOUSE_BOARD, &ban), ==, -1);
  g_assert_cmpstr (guest_wait_bye (editor), ==, "banned");
  g_assert_cmpint (change (rooms, HOUSE_BOARD, &end), ==, -1);
  g_assert_cmpstr (guest_wait_bye (host), ==, "ended");
  guest_wait_gone (host);
  g_assert_cmpint (change (rooms, HOUSE_BOARD, &end), ==, BRIDGE_STORE_ERROR_NO_BOARD);
  WAIT_UNTIL (bridge_lobby_get_n_rooms (rooms->house->lobby) == 0);
}

static guint
count_boards (Rooms *rooms)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) boards = NULL;

  bridge_store_list_boards_async (rooms->store, on_done, &result);
  WAIT_UNTIL (result != NULL);
  boards = bridge_store_list_boards_finish (rooms->store, result, NULL);
  return boards->len;
}

/* Who is on an empty board, or has drawn on one, keeps it. */
static void
test_sweep (Rooms *rooms, gconstpointer data)
{
  Guest *host = guest_join (rooms->house, 'h', 0, -1);

  create (rooms->store, OTHER);
  bridge_lobby_sweep (rooms->house->lobby, 3600, -1);
  g_assert_cmpuint (count_boards (rooms), ==, 2);
  bridge_lobby_sweep (rooms->house->lobby, 0, -1);
  WAIT_UNTIL (count_boards (rooms) == 1);
  g_assert_cmpint (guest_op (host, 1, "drawn", NULL), ==, 1);
  guest_free (host);
  WAIT_UNTIL (bridge_lobby_get_n_rooms (rooms->house->lobby) == 0);
  bridge_lobby_sweep (rooms->house->lobby, 0, -1);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpuint (count_boards (rooms), ==, 1);
}

static guint
count_members (Rooms *rooms)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BridgeBoard) board = NULL;

  bridge_store_load_async (rooms->store, HOUSE_BOARD, on_done, &result);
  WAIT_UNTIL (result != NULL);
  board = bridge_store_load_finish (rooms->store, result, NULL);
  return board->members->len;
}

/* Who looked in and never wrote is forgotten once nobody is there, and may come again. */
static void
test_forget (Rooms *rooms, gconstpointer data)
{
  Guest *host = guest_join (rooms->house, 'h', 0, -1);
  Guest *silent = guest_join (rooms->house, 's', 'i', -1);
  Guest *writer = guest_join (rooms->house, 'w', 'i', -1);

  g_assert_cmpint (guest_op (writer, 1, "drawn", NULL), ==, 1);
  bridge_lobby_sweep (rooms->house->lobby, -1, 0);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpuint (count_members (rooms), ==, 3);
  guest_free (host);
  guest_free (silent);
  guest_free (writer);
  WAIT_UNTIL (bridge_lobby_get_n_rooms (rooms->house->lobby) == 0);
  bridge_lobby_sweep (rooms->house->lobby, -1, 3600);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpuint (count_members (rooms), ==, 3);
  bridge_lobby_sweep (rooms->house->lobby, -1, 0);
  WAIT_UNTIL (count_members (rooms) == 2);
  silent = guest_join (rooms->house, 's', 'i', -1);
  g_assert_cmpint (guest_op (silent, 1, "atlast", NULL), ==, 2);
  guest_free (silent);
}

/* --- Backups --- */

static char *data_dir;

static void
often (BridgeConfig *config)
{
  config->memory = FALSE;
  config->data_dir = g_strdup (data_dir);
  config->limits.backup_interval = 1;
  config->limits.backups_kept = 1;
}

/* The only finished backup there is, or NULL. */
static char *
find_backup (void)
{
  g_autofree char *directory = g_build_filename (data_dir, BRIDGE_BACKUPS, NULL);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  g_autofree char *found = NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (!g_str_has_suffix (name, BRIDGE_BACKUP_SUFFIX))
        continue;
      if (found != NULL)
        return NULL;
      found = g_strdup (name);
    }
  return g_steal_pointer (&found);
}

static void
test_backups (void)
{
  House *house;
  Guest *host;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  data_dir = g_dir_make_tmp ("bridge-upkeep-XXXXXX", NULL);
  house = house_new (often);
  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  guest_op (host, 1, "one", NULL);
  WAIT_UNTIL ((first = find_backup ()) != NULL);
  guest_op (host, 2, "two", NULL);
  do
    {
      g_main_context_iteration (NULL, TRUE);
      g_free (second);
      second = find_backup ();
    }
  while (second == NULL || g_str_equal (first, second));
  guest_free (host);
  house_free (house);
  house_remove_tree (data_dir);
  g_free (data_dir);
}

/* --- Long polling alone --- */

static char *
poll_once (House *house, const char *sid, const char *send)
{
  g_autofree char *path = g_strdup_printf ("/socket.io/?EIO=4&transport=polling%s%s",
                                           sid != NULL ? "&sid=" : "", sid != NULL ? sid : "");
  guint status = 0;
  char *text
      = house_request (house, send != NULL ? "POST" : "GET", path, send, NULL, NULL, &status, NULL);

  g_assert_cmpuint (status, ==, 200);
  return text;
}

/* Polls until something with that text has come. */
static void
poll_for (House *house, const char *sid, const char *wanted)
{
  gboolean found = FALSE;

  while (!found)
    {
      g_autofree char *text = poll_once (house, sid, NULL);

      found = strstr (text, wanted) != NULL;
    }
}

static void
test_polling (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) other = NULL;
  g_autofree char *open = poll_once (house, NULL, NULL);
  g_autoptr (JsonNode) node = json_from_string (open + 1, NULL);
  Guest poller = { .mark = 'h' };
  g_autoptr (JsonNode) auth = NULL;
  g_autofree char *text = NULL;
  g_autofree char *packet = NULL;

  house_create_board (house);
  poller.sid = (char *) json_object_get_string_member (json_node_get_object (node), "sid");
  auth = guest_auth (&poller, 0, -1);
  text = json_to_string (auth, FALSE);
  packet = g_strconcat ("40", text, NULL);
  g_free (poll_once (house, poller.sid, packet));
  poll_for (house, poller.sid, "\"hello\"");
  g_free (poll_once (house, poller.sid, "420[\"op\",1,\"polled\"]"));
  poll_for (house, poller.sid, "430[{\"seq\":1}]");
  other = guest_join (house, 'e', 'i', -1);
  guest_wait_log (other, "1:1:polled ");
  g_assert_cmpint (guest_op (other, 1, "other", NULL), ==, 2);
  poll_for (house, poller.sid, "\"other\"");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  bridge_log_init (FALSE);
  g_test_add ("/server/upkeep/operator", Rooms, NULL, set_up, test_operator, tear_down);
  g_test_add ("/server/upkeep/sweep", Rooms, NULL, set_up, test_sweep, tear_down);
  g_test_add ("/server/upkeep/forget", Rooms, NULL, set_up, test_forget, tear_down);
  g_test_add_func ("/server/upkeep/backups", test_backups);
  g_test_add_func ("/server/upkeep/polling", test_polling);
  return g_test_run ();
}
