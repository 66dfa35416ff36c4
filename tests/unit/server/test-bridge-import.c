/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bridge-import.h"

#include <glib/gstdio.h>
#include <string.h>

#include "board/board-message.h"
#include "store-fixture.h"
#include "store/bridge-memory-store.h"

#define BOARD "AAAAAAAAAAAAAAAAAAAAAA"

typedef struct {
  BridgeStore *store;
  char *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  BridgeLimits limits;
  int fd = g_file_open_tmp ("import-XXXXXX", &f->path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  bridge_limits_init (&limits);
  limits.members_per_board = 4;
  f->store = bridge_memory_store_new (&limits);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->store);
  g_unlink (f->path);
  g_free (f->path);
}

/* The head, with host h and the invitation i. Transfer full. */
static char *
make_head (const char *profiles)
{
  BoardInvite invite = { .role = BOARD_ROLE_EDITOR, .label = (char *) "" };
  BoardCreate create = { .board = (char *) BOARD, .invite = &invite };
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  fixture_key ('h', &create.host);
  fixture_key ('i', &invite.key);
  node = board_create_build (&create);
  text = json_to_string (node, FALSE);
  return g_strdup_printf ("{\"v\":1,\"create\":%s,\"profiles\":%s}\n", text, profiles);
}

static void
append_entry (GString *out, char who, uint64_t counter, int64_t time, const char *body)
{
  g_autofree char *member = fixture_key_text (who);
  const BoardEntry entry = { member, counter, time, body };

  board_entry_append (out, &entry);
  g_string_append_c (out, '\n');
}

/* -1, or the error's code. */
static int
import (Fixture *f, const char *text)
{
  FixtureWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (f->path, text, -1, NULL));
  bridge_import_async (f->store, f->path, fixture_done, &wait);
  result = fixture_wait (&wait);
  if (bridge_import_finish (f->store, result, &error))
    return -1;
  g_assert_true (error->domain == BRIDGE_STORE_ERROR);
  return error->code;
}

/* More than a page of three people, each at the time and the place where it was. */
static void
test_log (Fixture *f, gconstpointer data)
{
  g_autofree char *ann = fixture_key_text ('a');
  g_autofree char *profiles = g_strdup_printf ("{\"%s\":\"abcd\"}", ann);
  g_autofree char *head = make_head (profiles);
  g_autoptr (GString) text = g_string_new (head);
  g_autoptr (BridgeBoard) board = NULL;
  g_autoptr (BridgePage) page = NULL;
  g_autofree char *host = NULL, *editor = NULL;
  BridgeEntry *last;

  for (uint64_t i = 1; i <= 300; i++)
    {
      append_entry (text, 'a', i, (int64_t) (1000 + i), "abcd");
      append_entry (text, i % 2 ? 'h' : 'b', (i + 1) / 2, 7, "AAAA");
    }
  g_assert_cmpint (import (f, text->str), ==, -1);
  board = fixture_load (f->store, BOARD);
  g_assert_cmpuint (board->seq, ==, 600);
  g_assert_cmpuint (board->members->len, ==, 3);
  host = fixture_standing (f->store, BOARD, 'h');
  editor = fixture_standing (f->store, BOARD, 'a');
  g_assert_cmpstr (host, ==, "host");
  g_assert_cmpstr (editor, ==, "editor");
  page = fixture_read (f->store, BOARD, 599, 600, 100000);
  last = g_ptr_array_index (page->entries, 0);
  g_assert_cmpstr (last->member, ==, ann);
  g_assert_cmpuint (last->counter, ==, 300);
  g_assert_cmpint (last->time, ==, 1300);
  g_assert_cmpstr (last->body, ==, "abcd");
  for (guint i = 0; i < board->members->len; i++)
    {
      const BridgeMember *member = g_ptr_array_index (board->members, i);

      g_assert_cmpstr (member->profile, ==, g_str_equal (member->id, ann) ? "abcd" : NULL);
    }
  /* What is here is not touched. */
  g_assert_cmpint (import (f, text->str), ==, BRIDGE_STORE_ERROR_TAKEN);
  g_assert_cmpint (fixture_append (f->store, BOARD, 'a', 301, "abcd").outcome, ==, BRIDGE_APPEND_STORED);
}

/* A board without a log, and one that a stranger's profile comes with, are boards. */
static void
test_empty (Fixture *f, gconstpointer data)
{
  g_autofree char *head = make_head ("{\"x\":5,\"y\":\"<b>\"}");
  g_autoptr (BridgeBoard) board = NULL;

  g_assert_cmpint (import (f, head), ==, -1);
  board = fixture_load (f->store, BOARD);
  g_assert_cmpuint (board->seq, ==, 0);
}

/* Whatever is wrong, wherever: no board. HEAD and ANN stand for what would be right. */
static void
test_bad (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *text;
    int code;
  } rows[] = {
    { "", BRIDGE_STORE_ERROR_COPY },
    { "\n", BRIDGE_STORE_ERROR_COPY },
    { "{}\n", BRIDGE_STORE_ERROR_COPY },
    { "[]\n", BRIDGE_STORE_ERROR_COPY },
    { "{\"v\":1,\"create\":5}\n", BRIDGE_STORE_ERROR_COPY },
    { "{\"v\":1,\"create\":{}}\n", BRIDGE_STORE_ERROR_COPY },
    { "HEADx\n", BRIDGE_STORE_ERROR_COPY },
    { "HEAD{}\n", BRIDGE_STORE_ERROR_COPY },
    { "HEAD[]\n", BRIDGE_STORE_ERROR_COPY },
    { "HEAD[\"ANN\",1,7,\"abcd\"]", BRIDGE_STORE_ERROR_COPY },
    { "HEAD[\"ANN\",0,7,\"abcd\"]\n", BRIDGE_STORE_ERROR_COPY },
    { "HEAD[\"ANN\",2,7,\"abcd\"]\n", BRIDGE_STORE_ERROR_COPY },
    { "HEAD[\"ANN\",1,7,\"abcd\"]\n[\"ANN\",1,7,\"abcd\"]\n", BRIDGE_STORE_ERROR_COPY },
    { "HEAD[\"ANN\",1,7,\"abcd\"]\n[\"ANN\",3,7,\"abcd\"]\n", BRIDGE_STORE_ERROR_COPY },
    { "HEAD[\"ANN\",1,7,\"abcd\"]\n[\"bob\",1,7,\"abcd\"]\n", BRIDGE_STORE_ERROR_COPY },
    { "HEAD[\"ANN\",1,7,\"a b\"]\n", BRIDGE_STORE_ERROR_COPY },
    { "HEAD[\"ANN\",1,-7,\"abcd\"]\n", BRIDGE_STORE_ERROR_COPY },
    { "HEAD[\"ANN\",1,7,null]\n", BRIDGE_STORE_ERROR_COPY },
    { "HEAD[\"ANN\",9007199254740993,7,\"abcd\"]\n", BRIDGE_STORE_ERROR_COPY },
    { "HEAD[[[[[[[[1]]]]]]]]\n", BRIDGE_STORE_ERROR_COPY },
    { "HEAD\n[\"ANN\",1,7,\"abcd\"]\n", BRIDGE_STORE_ERROR_COPY },
    { "HEADHEAD", BRIDGE_STORE_ERROR_COPY },
    { "HEADMANY", BRIDGE_STORE_ERROR_FULL },
  };
  g_autofree char *head = make_head ("{}");
  g_autofree char *ann = fixture_key_text ('a');
  g_autoptr (GString) many = g_string_new (NULL);

  for (char who = 'a'; who <= 'f'; who++)
    append_entry (many, who, 1, 7, "abcd");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) text = g_string_new (rows[i].text);
      g_autoptr (GPtrArray) boards = NULL;

      g_test_message ("%s", rows[i].text);
      g_string_replace (text, "HEAD", head, 0);
      g_string_replace (text, "ANN", ann, 0);
      g_string_replace (text, "MANY", many->str, 0);
      g_assert_cmpint (import (f, text->str), ==, rows[i].code);
      boards = fixture_list_boards (f->store);
      g_assert_cmpuint (boards->len, ==, 0);
    }
  g_unlink (f->path);
  {
    FixtureWait wait = { NULL };
    g_autoptr (GAsyncResult) result = NULL;

    bridge_import_async (f->store, f->path, fixture_done, &wait);
    result = fixture_wait (&wait);
    g_assert_false (bridge_import_finish (f->store, result, NULL));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/server/import/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("log", test_log);
  ADD ("empty", test_empty);
  ADD ("bad", test_bad);
#undef ADD
  return g_test_run ();
}
