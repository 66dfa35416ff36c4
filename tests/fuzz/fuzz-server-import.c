/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file that an operator brings in, whoever wrote it: a board is there whole, entry by entry as the file has it, or
 * not at all.
 */
#include "bridge-import.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "store-fixture.h"
#include "store/bridge-memory-store.h"

/* Enough for all pages and limits that there are here. */
#define MAX_SIZE (64 * 1024)

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* -1, or the error's code. */
static int
import (BridgeStore *store, const char *path)
{
  FixtureWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  bridge_import_async (store, path, fixture_done, &wait);
  result = fixture_wait (&wait);
  ok = bridge_import_finish (store, result, &error);
  g_assert_true (ok == (error == NULL));
  g_assert_true (ok || error->domain == BRIDGE_STORE_ERROR);
  return ok ? -1 : error->code;
}

static gboolean
is_member (BridgeBoard *board, const char *id)
{
  for (guint i = 0; i < board->members->len; i++)
    if (g_str_equal (((BridgeMember *) g_ptr_array_index (board->members, i))->id, id))
      return TRUE;
  return FALSE;
}

/* As many entries as there were lines behind the head, each of somebody whom the board knows, each counter once. */
static void
check_board (BridgeStore *store, const char *id, guint n_lines)
{
  g_autoptr (BridgeBoard) board = fixture_load (store, id);
  g_autoptr (BridgePage) page = fixture_read (store, id, 1, MAX_SIZE, G_MAXSIZE);
  g_autoptr (GHashTable) counters = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (board->seq, ==, n_lines - 1);
  g_assert_cmpuint (page->entries->len, ==, n_lines - 1);
  for (guint i = 0; i < page->entries->len; i++)
    {
      BridgeEntry *entry = g_ptr_array_index (page->entries, i);
      gsize last = GPOINTER_TO_SIZE (g_hash_table_lookup (counters, entry->member));

      g_assert_true (is_member (board, entry->member));
      g_assert_cmpuint (entry->counter, ==, last + 1);
      g_hash_table_insert (counters, entry->member, GSIZE_TO_POINTER (last + 1));
    }
}

static guint
count_lines (const uint8_t *data, size_t size)
{
  guint n = 0;

  for (size_t i = 0; i < size; i++)
    n += data[i] == '\n';
  return n;
}

static void
run (const char *path, guint n_lines)
{
  BridgeLimits limits;
  g_autoptr (BridgeStore) store = NULL;
  g_autoptr (GPtrArray) boards = NULL;
  int code;

  bridge_limits_init (&limits);
  limits.members_per_board = 4;
  store = bridge_memory_store_new (&limits);
  code = import (store, path);
  boards = fixture_list_boards (store);
  g_assert_cmpuint (boards->len, ==, code == -1);
  if (code != -1)
    return;
  check_board (store, ((BridgeBoardInfo *) g_ptr_array_index (boards, 0))->id, n_lines);
  g_assert_cmpint (import (store, path), ==, BRIDGE_STORE_ERROR_TAKEN);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  int fd = memfd_create ("import", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);

  size = MIN (size, MAX_SIZE);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  run (path, count_lines (data, size));
  close (fd);
  return 0;
}
