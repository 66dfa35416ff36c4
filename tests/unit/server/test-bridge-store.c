/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The contract of BridgeStore: one body, run on every store. */

#include <glib/gstdio.h>

#include "store-fixture.h"
#include "store/bridge-memory-store.h"
#include "store/bridge-sqlite-store.h"

#define BOARD "boardboardboardboard01"
#define OTHER "boardboardboardboard02"

typedef struct {
  BridgeStore *store;
  char *directory;
} Fixture;

static void
small_limits (BridgeLimits *limits)
{
  bridge_limits_init (limits);
  limits->boards = 3;
  limits->members_per_board = 4;
  limits->invites_per_board = 3;
  limits->bytes_per_board = 100;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  BridgeLimits limits;
  g_autoptr (GError) error = NULL;

  small_limits (&limits);
  if (g_str_equal (data, "memory"))
    {
      fixture->store = bridge_memory_store_new (&limits);
      return;
    }
  fixture->directory = g_dir_make_tmp ("bridge-store-XXXXXX", NULL);
  fixture->store = bridge_sqlite_store_new (fixture->directory, &limits, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const files[] = { "boards.db", "boards.db-wal", "boards.db-shm", "lock" };

  g_assert_finalize_object (fixture->store);
  for (gsize i = 0; fixture->directory != NULL && i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (fixture->directory, files[i], NULL);

      g_unlink (path);
    }
  if (fixture->directory != NULL)
    g_assert_cmpint (g_rmdir (fixture->directory), ==, 0);
  g_free (fixture->directory);
}

static BoardInvite
invitation (char mark, BoardRole role, int64_t expires, guint uses)
{
  BoardInvite invite = { .role = role, .expires = expires, .uses = uses, .label = (char *) "" };

  fixture_key (mark, &invite.key);
  return invite;
}

static void
test_create (Fixture *fixture, gconstpointer data)
{
  BoardInvite first = invitation ('i', BOARD_ROLE_EDITOR, 0, 0);
  BoardInvite second = invitation ('j', BOARD_ROLE_HOST, 0, 0);
  g_autoptr (BridgeBoard) board = NULL;

  g_assert_null (fixture_load (fixture->store, BOARD));
  g_assert_cmpint (fixture_create (fixture->store, BOARD, 'h', &first), ==, -1);
  /* The same again is the same; anything else is somebody's attempt at a board that exists. */
  g_assert_cmpint (fixture_create (fixture->store, BOARD, 'h', &first), ==, -1);
  g_assert_cmpint (fixture_create (fixture->store, BOARD, 'h', NULL), ==, -1);
  g_assert_cmpint (fixture_create (fixture->store, BOARD, 'h', &second), ==,
                   BRIDGE_STORE_ERROR_TAKEN);
  g_assert_cmpint (fixture_create (fixture->store, BOARD, 'x', &first), ==,
                   BRIDGE_STORE_ERROR_TAKEN);
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'x', 'j', NULL, 1, NULL), ==,
                   BRIDGE_STORE_ERROR_NOT_INVITED);
  /* A member who is no host cannot pass for one either. */
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'e', 'i', NULL, 1, NULL), ==, -1);
  g_assert_cmpint (fixture_create (fixture->store, BOARD, 'e', &first), ==,
                   BRIDGE_STORE_ERROR_TAKEN);

  board = fixture_load (fixture->store, BOARD);
  g_assert_cmpuint (board->seq, ==, 0);
  g_assert_false (board->locked);
  g_assert_cmpuint (board->members->len, ==, 2);
  g_assert_cmpint (((BridgeMember *) board->members->pdata[0])->role, ==, BOARD_ROLE_HOST);
}

static void
test_create_full (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (fixture_create (fixture->store, "a", 'h', NULL), ==, -1);
  g_assert_cmpint (fixture_create (fixture->store, "b", 'h', NULL), ==, -1);
  g_assert_cmpint (fixture_create (fixture->store, "c", 'h', NULL), ==, -1);
  g_assert_cmpint (fixture_create (fixture->store, "d", 'h', NULL), ==, BRIDGE_STORE_ERROR_FULL);
  g_assert_cmpint (fixture_create (fixture->store, "c", 'h', NULL), ==, -1);
}

static void
test_admit (Fixture *fixture, gconstpointer data)
{
  BoardInvite invite = invitation ('i', BOARD_ROLE_VIEWER, 0, 0);
  g_autoptr (BridgeMember) member = NULL;
  g_autoptr (BridgeMember) again = NULL;
  g_autoptr (BridgeMember) host = NULL;

  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'a', 'i', NULL, 1, NULL), ==,
                   BRIDGE_STORE_ERROR_NO_BOARD);
  fixture_create (fixture->store, BOARD, 'h', &invite);
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'a', 0, NULL, 1, NULL), ==,
                   BRIDGE_STORE_ERROR_NOT_INVITED);
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'a', 'x', NULL, 1, NULL), ==,
                   BRIDGE_STORE_ERROR_NOT_INVITED);

  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'a', 'i', "me", 1, &member), ==, -1);
  g_assert_cmpint (member->role, ==, BOARD_ROLE_VIEWER);
  g_assert_cmpuint (member->counter, ==, 0);
  g_assert_cmpstr (member->profile, ==, "me");
  /* Known from now on: no invitation is needed, and none changes anything. */
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'a', 0, NULL, 1, &again), ==, -1);
  g_assert_cmpstr (again->profile, ==, "me");
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'h', 0, "boss", 1, &host), ==, -1);
  g_assert_cmpint (host->role, ==, BOARD_ROLE_HOST);
  g_assert_cmpstr (host->profile, ==, "boss");
}

static void
test_admit_known_role (Fixture *fixture, gconstpointer data)
{
  BoardInvite viewer = invitation ('i', BOARD_ROLE_VIEWER, 0, 0);
  BoardInvite editor = invitation ('j', BOARD_ROLE_EDITOR, 0, 1);
  g_autoptr (BridgeMember) member = NULL;

  fixture_create (fixture->store, BOARD, 'h', &viewer);
  g_assert_cmpint (fixture_invite (fixture->store, BOARD, &editor), ==, -1);
  fixture_admit (fixture->store, BOARD, 'a', 'i', NULL, 1, NULL);
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'a', 'j', NULL, 1, &member), ==, -1);
  g_assert_cmpint (member->role, ==, BOARD_ROLE_VIEWER);
  /* Nor was the use spent. */
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'b', 'j', NULL, 1, NULL), ==, -1);
}

static void
test_admit_uses (Fixture *fixture, gconstpointer data)
{
  BoardInvite invite = invitation ('i', BOARD_ROLE_EDITOR, 0, 2);

  fixture_create (fixture->store, BOARD, 'h', &invite);
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'a', 'i', NULL, 1, NULL), ==, -1);
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'a', 'i', NULL, 1, NULL), ==, -1);
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'b', 'i', NULL, 1, NULL), ==, -1);
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'c', 'i', NULL, 1, NULL), ==,
                   BRIDGE_STORE_ERROR_USED);
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'b', 'i', NULL, 1, NULL), ==, -1);
}

static void
test_admit_expiry (Fixture *fixture, gconstpointer data)
{
  BoardInvite invite = invitation ('i', BOARD_ROLE_EDITOR, 5000, 0);

  fixture_create (fixture->store, BOARD, 'h', &invite);
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'a', 'i', NULL, 4999, NULL), ==, -1);
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'b', 'i', NULL, 5000, NULL), ==,
                   BRIDGE_STORE_ERROR_EXPIRED);
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'a', 'i', NULL, 9999, NULL), ==, -1);
}

static void
test_admit_full (Fixture *fixture, gconstpointer data)
{
  BoardInvite invite = invitation ('i', BOARD_ROLE_EDITOR, 0, 4);

  fixture_create (fixture->store, BOARD, 'h', &invite);
  for (char who = 'a'; who <= 'c'; who++)
    g_assert_cmpint (fixture_admit (fixture->store, BOARD, who, 'i', NULL, 1, NULL), ==, -1);
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'd', 'i', NULL, 1, NULL), ==,
                   BRIDGE_STORE_ERROR_FULL);
}

static void
test_invites_full (Fixture *fixture, gconstpointer data)
{
  fixture_create (fixture->store, BOARD, 'h', NULL);
  for (char mark = 'a'; mark <= 'c'; mark++)
    {
      BoardInvite invite = invitation (mark, BOARD_ROLE_EDITOR, 0, 0);

      g_assert_cmpint (fixture_invite (fixture->store, BOARD, &invite), ==, -1);
    }

  BoardInvite more = invitation ('d', BOARD_ROLE_EDITOR, 0, 0);
  BoardInvite again = invitation ('a', BOARD_ROLE_VIEWER, 0, 0);

  g_assert_cmpint (fixture_invite (fixture->store, BOARD, &more), ==, BRIDGE_STORE_ERROR_FULL);
  g_assert_cmpint (fixture_invite (fixture->store, BOARD, &again), ==, -1);
  g_assert_cmpint (fixture_invite (fixture->store, OTHER, &more), ==, BRIDGE_STORE_ERROR_NO_BOARD);
}

static void
assert_appended (BridgeAppended appended, BridgeAppendOutcome outcome, uint64_t value)
{
  g_assert_cmpint (appended.outcome, ==, outcome);
  g_assert_cmpuint (appended.value, ==, value);
}

static void
test_append (Fixture *fixture, gconstpointer data)
{
  BridgeStore *store = fixture->store;
  BoardInvite invite = invitation ('i', BOARD_ROLE_EDITOR, 0, 0);
  g_autoptr (BridgeBoard) board = NULL;

  fixture_create (store, BOARD, 'h', &invite);
  fixture_create (store, OTHER, 'h', NULL);
  fixture_admit (store, BOARD, 'a', 'i', NULL, 1, NULL);

  assert_appended (fixture_append (store, BOARD, 'h', 1, "one"), BRIDGE_APPEND_STORED, 1);
  assert_appended (fixture_append (store, BOARD, 'a', 1, "two"), BRIDGE_APPEND_STORED, 2);
  assert_appended (fixture_append (store, BOARD, 'h', 3, "no"), BRIDGE_APPEND_GAP, 2);
  assert_appended (fixture_append (store, BOARD, 'h', 2, "three"), BRIDGE_APPEND_STORED, 3);
  /* Repeated: its own position, whatever the body says now. */
  assert_appended (fixture_append (store, BOARD, 'h', 1, "else"), BRIDGE_APPEND_REPEATED, 1);
  assert_appended (fixture_append (store, BOARD, 'a', 1, "two"), BRIDGE_APPEND_REPEATED, 2);
  /* Boards do not know of each other. */
  assert_appended (fixture_append (store, OTHER, 'h', 1, "other"), BRIDGE_APPEND_STORED, 1);

  board = fixture_load (store, BOARD);
  g_assert_cmpuint (board->seq, ==, 3);
  g_assert_cmpuint (((BridgeMember *) board->members->pdata[0])->counter, ==, 2);
  g_assert_cmpuint (((BridgeMember *) board->members->pdata[1])->counter, ==, 1);
}

static void
test_append_strangers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = fixture_key_text ('x');
  g_autoptr (BridgeEntry) entry = bridge_entry_new (id, 1, 1, "body");
  BridgeAppended appended;
  g_autoptr (GError) error = NULL;
  FixtureWait wait = { NULL };

  fixture_create (fixture->store, BOARD, 'h', NULL);
  bridge_store_append_async (fixture->store, BOARD, entry, fixture_done, &wait);
  g_assert_false (
      bridge_store_append_finish (fixture->store, fixture_wait (&wait), &appended, &error));
  g_assert_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_NOT_INVITED);
  g_object_unref (g_steal_pointer (&wait.result));
  g_clear_error (&error);

  bridge_store_append_async (fixture->store, OTHER, entry, fixture_done, &wait);
  g_assert_false (
      bridge_store_append_finish (fixture->store, fixture_wait (&wait), &appended, &error));
  g_assert_error (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_NO_BOARD);
  g_object_unref (wait.result);
}

static void
test_append_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *body = g_strnfill (60, 'b');

  fixture_create (fixture->store, BOARD, 'h', NULL);
  assert_appended (fixture_append (fixture->store, BOARD, 'h', 1, body), BRIDGE_APPEND_STORED, 1);
  assert_appended (fixture_append (fixture->store, BOARD, 'h', 2, body), BRIDGE_APPEND_FULL, 0);
  assert_appended (fixture_append (fixture->store, BOARD, 'h', 2, "small"), BRIDGE_APPEND_STORED,
                   2);
}

/* Asked one after the other without waiting: order is kept, and counters count what is under way.
 */
static void
test_append_pipelined (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = fixture_key_text ('h');
  FixtureWait waits[20] = { 0 };

  fixture_create (fixture->store, BOARD, 'h', NULL);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_autoptr (BridgeEntry) entry = bridge_entry_new (id, i + 1, 1, "b");

      bridge_store_append_async (fixture->store, BOARD, entry, fixture_done, &waits[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      BridgeAppended appended;

      g_assert_true (
          bridge_store_append_finish (fixture->store, fixture_wait (&waits[i]), &appended, NULL));
      assert_appended (appended, BRIDGE_APPEND_STORED, i + 1);
      g_object_unref (waits[i].result);
    }
}

static void
assert_page (BridgeStore *store, uint64_t from, uint64_t to, gsize max_bytes, const char *expected)
{
  g_autoptr (BridgePage) page = fixture_read (store, BOARD, from, to, max_bytes);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < page->entries->len; i++)
    {
      const BridgeEntry *entry = g_ptr_array_index (page->entries, i);

      g_string_append_printf (text, "%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT ":%s ",
                              page->first + i, entry->counter, entry->body);
      g_assert_cmpint (entry->time, ==, 1000 + (int64_t) entry->counter);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  BridgeStore *store = fixture->store;

  fixture_create (store, BOARD, 'h', NULL);
  fixture_create (store, OTHER, 'h', NULL);
  assert_page (store, 1, 100, 1000, "");
  fixture_append (store, BOARD, 'h', 1, "aaaa");
  fixture_append (store, BOARD, 'h', 2, "bbbb");
  fixture_append (store, BOARD, 'h', 3, "cccc");
  fixture_append (store, OTHER, 'h', 1, "xxxx");

  assert_page (store, 1, 100, 1000, "1:1:aaaa 2:2:bbbb 3:3:cccc ");
  assert_page (store, 2, 2, 1000, "2:2:bbbb ");
  assert_page (store, 3, G_MAXUINT64, 1000, "3:3:cccc ");
  assert_page (store, 4, 100, 1000, "");
  assert_page (store, G_MAXUINT64, G_MAXUINT64, 1000, "");
  assert_page (store, 2, 1, 1000, "");
  assert_page (store, 1, 100, 8, "1:1:aaaa 2:2:bbbb ");
  assert_page (store, 1, 100, 7, "1:1:aaaa ");
  assert_page (store, 1, 100, 0, "1:1:aaaa ");
}

/* "Done when everything that was asked before is done." */
static void
test_flush (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = fixture_key_text ('h');
  g_autoptr (BridgeEntry) entry = bridge_entry_new (id, 1, 1, "b");
  FixtureWait wait = { NULL };

  fixture_create (fixture->store, BOARD, 'h', NULL);
  bridge_store_append_async (fixture->store, BOARD, entry, fixture_done, &wait);
  fixture_flush (fixture->store);
  g_assert_nonnull (wait.result);
  g_object_unref (wait.result);
}

/* --- Moderation --- */

/* host h; a and b came by the invitation i as editors. */
static void
populate (BridgeStore *store)
{
  BoardInvite invite = invitation ('i', BOARD_ROLE_EDITOR, 0, 0);

  g_assert_cmpint (fixture_create (store, BOARD, 'h', &invite), ==, -1);
  g_assert_cmpint (fixture_admit (store, BOARD, 'a', 'i', NULL, 1, NULL), ==, -1);
  g_assert_cmpint (fixture_admit (store, BOARD, 'b', 'i', NULL, 1, NULL), ==, -1);
}

typedef struct {
  BridgeChangeKind kind;
  char member, by, key;
  BoardRole role;
  gboolean on;
  const char *changed; /* marks, or NULL */
  int code;
  const char *standing; /* of h, a, b after it */
} ChangeRow;

static void
apply_row (BridgeStore *store, const ChangeRow *row)
{
  g_autofree char *member = row->member != 0 ? fixture_key_text (row->member) : NULL;
  g_autofree char *by = row->by != 0 ? fixture_key_text (row->by) : NULL;
  g_autofree char *key = row->key != 0 ? fixture_key_text (row->key) : NULL;
  const BridgeChange change = {
    .kind = row->kind, .member = member, .by = by, .key = key, .role = row->role, .on = row->on
  };
  int code = 0;
  g_autofree char *changed = fixture_change (store, BOARD, &change, &code);
  g_autofree char *h = fixture_standing (store, BOARD, 'h');
  g_autofree char *a = fixture_standing (store, BOARD, 'a');
  g_autofree char *b = fixture_standing (store, BOARD, 'b');
  g_autofree char *standing = g_strjoin (", ", h, a, b, NULL);

  g_assert_cmpstr (changed, ==, row->changed);
  g_assert_cmpint (code, ==, row->code);
  g_assert_cmpstr (standing, ==, row->standing);
}

static void
test_moderation (Fixture *fixture, gconstpointer data)
{
  static const ChangeRow rows[] = {
    { BRIDGE_CHANGE_ROLE, 'a', 0, 0, BOARD_ROLE_VIEWER, 0, "a", -1, "host, viewer, editor" },
    { BRIDGE_CHANGE_ROLE, 'a', 0, 0, BOARD_ROLE_VIEWER, 0, "", -1, "host, viewer, editor" },
    { BRIDGE_CHANGE_ROLE, 'x', 0, 0, BOARD_ROLE_VIEWER, 0, NULL, BRIDGE_STORE_ERROR_UNKNOWN,
      "host, viewer, editor" },
    { BRIDGE_CHANGE_ROLE, 'h', 0, 0, BOARD_ROLE_EDITOR, 0, NULL, BRIDGE_STORE_ERROR_LAST_HOST,
      "host, viewer, editor" },
    { BRIDGE_CHANGE_BAN, 'h', 0, 0, 0, TRUE, NULL, BRIDGE_STORE_ERROR_LAST_HOST,
      "host, viewer, editor" },
    { BRIDGE_CHANGE_BAN, 'b', 0, 0, 0, TRUE, "b", -1, "host, viewer, editor banned" },
    { BRIDGE_CHANGE_BAN, 'b', 0, 0, 0, FALSE, "b", -1, "host, viewer, editor" },
    { BRIDGE_CHANGE_HAND_OVER, 'a', 'h', 0, 0, 0, "ah", -1, "editor, host, editor" },
    { BRIDGE_CHANGE_HAND_OVER, 'a', 'a', 0, 0, 0, "", -1, "editor, host, editor" },
    { BRIDGE_CHANGE_HAND_OVER, 'x', 'a', 0, 0, 0, NULL, BRIDGE_STORE_ERROR_UNKNOWN,
      "editor, host, editor" },
    /* A host who came by the invitation stays, h did not come by it. */
    { BRIDGE_CHANGE_REVOKE, 0, 0, 'i', 0, TRUE, "b", -1, "editor, host, editor banned" },
    { BRIDGE_CHANGE_REVOKE, 0, 0, 'i', 0, TRUE, NULL, BRIDGE_STORE_ERROR_UNKNOWN,
      "editor, host, editor banned" },
  };

  populate (fixture->store);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %zu", i);
      apply_row (fixture->store, &rows[i]);
    }
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'b', 0, NULL, 1, NULL), ==,
                   BRIDGE_STORE_ERROR_BANNED);
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'c', 'i', NULL, 1, NULL), ==,
                   BRIDGE_STORE_ERROR_NOT_INVITED);
}

static void
test_revoke_gently (Fixture *fixture, gconstpointer data)
{
  const ChangeRow row
      = { BRIDGE_CHANGE_REVOKE, 0, 0, 'i', 0, FALSE, "", -1, "host, editor, editor" };

  populate (fixture->store);
  apply_row (fixture->store, &row);
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'a', 'i', NULL, 1, NULL), ==, -1);
}

/* What happens to somebody between coming and being forgotten: by a letter. */
static void
live (BridgeStore *store, char what)
{
  g_autofree char *member = fixture_key_text ('a'), *key = fixture_key_text ('i');
  BridgeChange change = { .member = member, .key = key, .role = BOARD_ROLE_VIEWER, .on = TRUE };
  int code = -1;

  switch (what)
    {
    case 'w': /* writes */
      g_assert_cmpuint (fixture_append (store, BOARD, 'a', 1, "word").value, ==, 1);
      return;
    case 'c': /* comes again */
      g_assert_cmpint (fixture_admit (store, BOARD, 'a', 'i', NULL, 100, NULL), ==, -1);
      return;
    case 'r': /* is given a role */
      change.kind = BRIDGE_CHANGE_ROLE;
      break;
    case 'b': /* is banned */
      change.kind = BRIDGE_CHANGE_BAN;
      break;
    case 'v': /* the invitation is revoked, gently */
      change.kind = BRIDGE_CHANGE_REVOKE;
      change.on = FALSE;
      break;
    default:
      return;
    }
  g_free (fixture_change (store, BOARD, &change, &code));
  g_assert_cmpint (code, ==, -1);
}

/* Who never wrote goes where nothing is lost by it: the open invitation lets them in again. */
static void
test_forget (Fixture *fixture, gconstpointer data)
{
  static const struct {
    BoardRole role;
    int64_t expires;
    guint uses;
    char what;
    const char *standing;
  } rows[] = {
    { BOARD_ROLE_EDITOR, 0, 0, '-', NULL },
    { BOARD_ROLE_VIEWER, 0, 0, '-', NULL },
    { BOARD_ROLE_HOST, 0, 0, '-', "host" },
    { BOARD_ROLE_EDITOR, 0, 5, '-', "editor" },
    { BOARD_ROLE_EDITOR, 10000, 0, '-', "editor" },
    { BOARD_ROLE_EDITOR, 0, 0, 'w', "editor" },
    { BOARD_ROLE_EDITOR, 0, 0, 'c', "editor" },
    { BOARD_ROLE_EDITOR, 0, 0, 'r', "viewer" },
    { BOARD_ROLE_EDITOR, 0, 0, 'b', "editor banned" },
    { BOARD_ROLE_EDITOR, 0, 0, 'v', "editor" },
  };
  const BridgeChange forget = { .kind = BRIDGE_CHANGE_FORGET, .before = 100 },
                     end = { .kind = BRIDGE_CHANGE_END };
  int code = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      BoardInvite invite = invitation ('i', rows[i].role, rows[i].expires, rows[i].uses);
      g_autofree char *changed = NULL, *host = NULL, *standing = NULL;

      g_test_message ("row %zu", i);
      g_assert_cmpint (fixture_create (fixture->store, BOARD, 'h', &invite), ==, -1);
      g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'a', 'i', NULL, 99, NULL), ==, -1);
      live (fixture->store, rows[i].what);
      changed = fixture_change (fixture->store, BOARD, &forget, &code);
      g_assert_cmpstr (changed, ==, "");
      host = fixture_standing (fixture->store, BOARD, 'h');
      g_assert_cmpstr (host, ==, "host");
      standing = fixture_standing (fixture->store, BOARD, 'a');
      g_assert_cmpstr (standing, ==, rows[i].standing);
      if (standing == NULL)
        g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'a', 'i', NULL, 101, NULL), ==, -1);
      g_free (fixture_change (fixture->store, BOARD, &end, &code));
      g_assert_cmpint (code, ==, -1);
    }
}

/* However many come and go, as many as fit are there. */
static void
test_forget_makes_place (Fixture *fixture, gconstpointer data)
{
  BoardInvite invite = invitation ('i', BOARD_ROLE_EDITOR, 0, 0);
  const BridgeChange forget = { .kind = BRIDGE_CHANGE_FORGET, .before = 2 };
  int code = 0;

  g_assert_cmpint (fixture_create (fixture->store, BOARD, 'h', &invite), ==, -1);
  for (char who = 'a'; code == -1 || who == 'a'; who++)
    code = fixture_admit (fixture->store, BOARD, who, 'i', NULL, 1, NULL);
  g_assert_cmpint (code, ==, BRIDGE_STORE_ERROR_FULL);
  g_free (fixture_change (fixture->store, BOARD, &forget, &code));
  g_assert_cmpint (code, ==, -1);
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'z', 'i', NULL, 1, NULL), ==, -1);
}

/* A snapshot in two parts. */
#define PARTS                                                         \
  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa " \
  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
test_lock_and_snapshot (Fixture *fixture, gconstpointer data)
{
  static const struct {
    uint64_t seq, stays;
  } rows[] = { { 2, 2 }, { 1, 2 }, { 4, 2 }, { 3, 3 } };
  BridgeChange change = { .kind = BRIDGE_CHANGE_LOCK, .on = TRUE };
  int code = 0;

  populate (fixture->store);
  for (guint i = 1; i <= 3; i++)
    fixture_append (fixture->store, BOARD, 'h', i, "b");
  g_free (fixture_change (fixture->store, BOARD, &change, &code));
  change.kind = BRIDGE_CHANGE_SNAPSHOT;
  board_snapshot_parts_from_text (&change.snapshot, PARTS);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BridgeBoard) board = NULL;
      g_autofree char *parts = NULL;

      change.snapshot.seq = rows[i].seq;
      g_free (fixture_change (fixture->store, BOARD, &change, &code));
      g_assert_cmpint (code, ==, -1);
      board = fixture_load (fixture->store, BOARD);
      g_assert_true (board->locked);
      g_assert_cmpuint (board->snapshot.seq, ==, rows[i].stays);
      parts = board_snapshot_parts_to_text (&board->snapshot);
      g_assert_cmpstr (parts, ==, PARTS);
    }
}

static void
test_end (Fixture *fixture, gconstpointer data)
{
  const BridgeChange change = { .kind = BRIDGE_CHANGE_END };
  g_autoptr (BridgeBoard) gone = NULL;
  g_autoptr (BridgeBoard) other = NULL;
  int code = 0;

  populate (fixture->store);
  fixture_append (fixture->store, BOARD, 'h', 1, "b");
  fixture_create (fixture->store, OTHER, 'h', NULL);
  fixture_append (fixture->store, OTHER, 'h', 1, "other");
  g_free (fixture_change (fixture->store, BOARD, &change, &code));
  g_assert_cmpint (code, ==, -1);
  gone = fixture_load (fixture->store, BOARD);
  g_assert_null (gone);
  other = fixture_load (fixture->store, OTHER);
  g_assert_cmpuint (other->seq, ==, 1);
  g_free (fixture_change (fixture->store, BOARD, &change, &code));
  g_assert_cmpint (code, ==, BRIDGE_STORE_ERROR_NO_BOARD);
  /* The id is free again, and nothing of before shines through. */
  g_assert_cmpint (fixture_create (fixture->store, BOARD, 'z', NULL), ==, -1);
  g_assert_cmpint (fixture_append (fixture->store, BOARD, 'z', 1, "new").value, ==, 1);
  g_assert_cmpint (fixture_admit (fixture->store, BOARD, 'a', 'i', NULL, 1, NULL), ==,
                   BRIDGE_STORE_ERROR_NOT_INVITED);
}

static void
test_lists (Fixture *fixture, gconstpointer data)
{
  BoardInvite second = invitation ('j', BOARD_ROLE_VIEWER, 77, 5);
  g_autofree char *a = fixture_key_text ('a');
  g_autofree char *j = fixture_key_text ('j');
  g_autoptr (GPtrArray) invites = NULL;
  g_autoptr (GPtrArray) boards = NULL;
  const BridgeBoardInfo *info;

  populate (fixture->store);
  fixture_invite (fixture->store, BOARD, &second);
  fixture_append (fixture->store, BOARD, 'h', 1, "12345");
  invites = fixture_list_invites (fixture->store, BOARD);
  g_assert_cmpuint (invites->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const BridgeInvite *invite = g_ptr_array_index (invites, i);
      gboolean is_second = g_str_equal (invite->key, j);

      g_assert_cmpint (invite->role, ==, is_second ? BOARD_ROLE_VIEWER : BOARD_ROLE_EDITOR);
      g_assert_cmpint (invite->expires, ==, is_second ? 77 : 0);
      g_assert_cmpint (invite->uses, ==, is_second ? 5 : -1);
      g_assert_cmpuint (invite->came->len, ==, is_second ? 0 : 2);
      if (!is_second)
        g_assert_cmpstr (g_ptr_array_index (invite->came, 0), ==, a);
    }
  boards = fixture_list_boards (fixture->store);
  g_assert_cmpuint (boards->len, ==, 1);
  info = g_ptr_array_index (boards, 0);
  g_assert_cmpstr (info->id, ==, BOARD);
  g_assert_cmpuint (info->seq, ==, 1);
  g_assert_cmpint (info->bytes, ==, 5);
  g_assert_cmpint (info->members, ==, 3);
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  static const char *const kinds[] = { "memory", "sqlite" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/server/store/%s/%s", kinds[i], name);

      g_test_add (path, Fixture, kinds[i], set_up, test, tear_down);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("create", test_create);
  add ("create-full", test_create_full);
  add ("admit", test_admit);
  add ("admit-known-role", test_admit_known_role);
  add ("admit-uses", test_admit_uses);
  add ("admit-expiry", test_admit_expiry);
  add ("admit-full", test_admit_full);
  add ("invites-full", test_invites_full);
  add ("append", test_append);
  add ("append-strangers", test_append_strangers);
  add ("append-full", test_append_full);
  add ("append-pipelined", test_append_pipelined);
  add ("read", test_read);
  add ("flush", test_flush);
  add ("moderation", test_moderation);
  add ("revoke-gently", test_revoke_gently);
  add ("forget", test_forget);
  add ("forget-makes-place", test_forget_makes_place);
  add ("lock-and-snapshot", test_lock_and_snapshot);
  add ("end", test_end);
  add ("lists", test_lists);
  return g_test_run ();
}
