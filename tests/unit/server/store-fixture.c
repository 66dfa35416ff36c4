/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

void
fixture_key (char mark, BoardKey *key)
{
  memset (key->bytes, mark, sizeof key->bytes);
}

char *
fixture_key_text (char mark)
{
  BoardKey key;

  fixture_key (mark, &key);
  return board_key_to_text (&key);
}

void
fixture_done (GObject *source, GAsyncResult *result, gpointer wait)
{
  ((FixtureWait *) wait)->result = g_object_ref (result);
}

GAsyncResult *
fixture_wait (FixtureWait *wait)
{
  while (wait->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return wait->result;
}

static int
code_of (const GError *error)
{
  if (error == NULL)
    return -1;
  g_assert_cmpint (error->domain, ==, BRIDGE_STORE_ERROR);
  return error->code;
}

int
fixture_create (BridgeStore *store, const char *board, char host, const BoardInvite *invite)
{
  BoardCreate create = { .board = (char *) board, .invite = (BoardInvite *) invite };
  FixtureWait wait = { NULL };
  g_autoptr (GError) error = NULL;

  fixture_key (host, &create.host);
  bridge_store_create_async (store, &create, fixture_done, &wait);
  g_assert_cmpint (bridge_store_create_finish (store, fixture_wait (&wait), &error), ==,
                   error == NULL);
  g_object_unref (wait.result);
  return code_of (error);
}

int
fixture_admit (BridgeStore *store,
               const char *board,
               char who,
               char invite,
               const char *profile,
               int64_t now,
               BridgeMember **member)
{
  g_autofree char *id = fixture_key_text (who);
  g_autofree char *key = invite != 0 ? fixture_key_text (invite) : NULL;
  g_autoptr (BridgeAdmission) result = NULL;
  FixtureWait wait = { NULL };
  g_autoptr (GError) error = NULL;

  bridge_store_admit_async (store, board, id, key, profile, now, fixture_done, &wait);
  result = bridge_store_admit_finish (store, fixture_wait (&wait), &error);
  g_assert_cmpint (result != NULL, ==, error == NULL);
  g_object_unref (wait.result);
  if (member != NULL && result != NULL)
    *member = g_steal_pointer (&result->member);
  return code_of (error);
}

BridgeBoard *
fixture_load (BridgeStore *store, const char *board)
{
  FixtureWait wait = { NULL };
  g_autoptr (GError) error = NULL;
  BridgeBoard *result;

  bridge_store_load_async (store, board, fixture_done, &wait);
  result = bridge_store_load_finish (store, fixture_wait (&wait), &error);
  g_object_unref (wait.result);
  if (result == NULL)
    g_assert_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_NO_BOARD);
  return result;
}

BridgeAppended
fixture_append (BridgeStore *store, const char *board, char who, uint64_t counter, const char *body)
{
  g_autofree char *id = fixture_key_text (who);
  g_autoptr (BridgeEntry) entry = bridge_entry_new (id, counter, 1000 + (int64_t) counter, body);
  FixtureWait wait = { NULL };
  g_autoptr (GError) error = NULL;
  BridgeAppended appended = { 0 };

  bridge_store_append_async (store, board, entry, fixture_done, &wait);
  bridge_store_append_finish (store, fixture_wait (&wait), &appended, &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);
  return appended;
}

BridgePage *
fixture_read (BridgeStore *store, const char *board, uint64_t from, uint64_t to, gsize max_bytes)
{
  FixtureWait wait = { NULL };
  g_autoptr (GError) error = NULL;
  BridgePage *page;

  bridge_store_read_async (store, board, from, to, max_bytes, fixture_done, &wait);
  page = bridge_store_read_finish (store, fixture_wait (&wait), &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);
  return page;
}

int
fixture_invite (BridgeStore *store, const char *board, const BoardInvite *invite)
{
  FixtureWait wait = { NULL };
  g_autoptr (GError) error = NULL;

  bridge_store_invite_async (store, board, invite, fixture_done, &wait);
  bridge_store_invite_finish (store, fixture_wait (&wait), &error);
  g_object_unref (wait.result);
  return code_of (error);
}

void
fixture_flush (BridgeStore *store)
{
  FixtureWait wait = { NULL };
  g_autoptr (GError) error = NULL;

  bridge_store_flush_async (store, fixture_done, &wait);
  bridge_store_flush_finish (store, fixture_wait (&wait), &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);
}

char *
fixture_change (BridgeStore *store, const char *board, const BridgeChange *change, int *code)
{
  FixtureWait wait = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changed = NULL;
  GString *marks;

  bridge_store_change_async (store, board, change, fixture_done, &wait);
  changed = bridge_store_change_finish (store, fixture_wait (&wait), &error);
  g_assert_cmpint (changed != NULL, ==, error == NULL);
  g_object_unref (wait.result);
  *code = code_of (error);
  if (changed == NULL)
    return NULL;

  marks = g_string_new (NULL);
  for (guint i = 0; i < changed->len; i++)
    {
      const BridgeMember *member = g_ptr_array_index (changed, i);
      BoardKey key;

      g_assert_true (board_key_from_text (member->id, &key, NULL));
      g_string_append_c (marks, (char) key.bytes[0]);
    }
  return g_string_free (marks, FALSE);
}

char *
fixture_standing (BridgeStore *store, const char *board, char who)
{
  g_autoptr (BridgeBoard) loaded = fixture_load (store, board);
  g_autofree char *id = fixture_key_text (who);

  for (guint i = 0; i < loaded->members->len; i++)
    {
      const BridgeMember *member = g_ptr_array_index (loaded->members, i);

      if (g_str_equal (member->id, id))
        return g_strconcat (board_role_to_string (member->role), member->banned ? " banned" : NULL,
                            NULL);
    }
  return NULL;
}

GPtrArray *
fixture_list_invites (BridgeStore *store, const char *board)
{
  FixtureWait wait = { NULL };
  g_autoptr (GError) error = NULL;
  GPtrArray *list;

  bridge_store_list_invites_async (store, board, fixture_done, &wait);
  list = bridge_store_list_invites_finish (store, fixture_wait (&wait), &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);
  return list;
}

GPtrArray *
fixture_list_boards (BridgeStore *store)
{
  FixtureWait wait = { NULL };
  g_autoptr (GError) error = NULL;
  GPtrArray *list;

  bridge_store_list_boards_async (store, fixture_done, &wait);
  list = bridge_store_list_boards_finish (store, fixture_wait (&wait), &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);
  return list;
}

int
fixture_backup (BridgeStore *store, const char *path)
{
  FixtureWait wait = { NULL };
  g_autoptr (GError) error = NULL;

  bridge_store_backup_async (store, path, fixture_done, &wait);
  bridge_store_backup_finish (store, fixture_wait (&wait), &error);
  g_object_unref (wait.result);
  return code_of (error);
}

int
fixture_restore (BridgeStore *store, const char *path, const char *board)
{
  FixtureWait wait = { NULL };
  g_autoptr (GError) error = NULL;

  bridge_store_restore_async (store, path, board, fixture_done, &wait);
  bridge_store_restore_finish (store, fixture_wait (&wait), &error);
  g_object_unref (wait.result);
  return code_of (error);
}
