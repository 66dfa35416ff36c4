/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bridge-import.h"

#include <string.h>

#include "board/board-message.h"
#include "json/wire-json.h"

/* All that a file may have; a line is one entry, or the head with the profiles of 500 people. */
#define MAX_FILE (INT64_C (4) * 1024 * 1024 * 1024)
#define MAX_LINE (1024 * 1024)
/* Entries that wait for the disk at a time. */
#define PAGE 256

typedef struct {
  GMappedFile *file;
  const char *at, *end; /* what is left of it */
  BoardCreate *create;
  char *host;
  char *invite;
  JsonNode *head;
  GHashTable *members; /* ids that the store knows */
  GPtrArray *page;     /* BridgeEntry: read, not stored */
  guint admitted;      /* of the page, entries whose members are known */
  guint waiting;       /* of the page, asked for and not answered */
  uint64_t seq;        /* of the last entry stored */
  gboolean created;
  GError *error; /* the first */
} Import;

static void
import_free (gpointer data)
{
  Import *self = data;

  g_clear_pointer (&self->file, g_mapped_file_unref);
  g_clear_pointer (&self->create, board_create_free);
  g_clear_pointer (&self->head, json_node_unref);
  g_free (self->host);
  g_free (self->invite);
  g_hash_table_unref (self->members);
  g_ptr_array_unref (self->page);
  g_clear_error (&self->error);
  g_free (self);
}

/* --- The file ----------------------------------------------------------------------------------- */

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_COPY, message);
  return FALSE;
}

/* The next line, read strictly; NULL without an error at the end. */
static JsonNode *
read_line (Import *self, GError **error)
{
  static const WireJsonLimits limits = {
    .max_bytes = MAX_LINE,
    .max_depth = 6,
    .max_values = 4096,
    .max_members = 1024,
    .unique_keys = TRUE,
  };
  const char *line = self->at;
  const char *end = line < self->end ? memchr (line, '\n', (gsize) (self->end - line)) : NULL;
  JsonNode *node;

  if (line == self->end)
    return NULL;
  node = end != NULL && end - line <= MAX_LINE
             ? wire_json_parse (line, (gsize) (end - line), &limits, NULL)
             : NULL;
  if (node == NULL)
    fail (error, "A line of the file cannot be read");
  else
    self->at = end + 1;
  return node;
}

static gboolean
read_head (Import *self, GError **error)
{
  JsonObject *object;
  JsonNode *create;

  self->head = read_line (self, error);
  if (self->head == NULL)
    return *error == NULL ? fail (error, "The file is empty") : FALSE;
  object = JSON_NODE_HOLDS_OBJECT (self->head) ? json_node_get_object (self->head) : NULL;
  create = object != NULL ? json_object_get_member (object, "create") : NULL;
  if (create != NULL && JSON_NODE_HOLDS_OBJECT (create))
    self->create = board_create_parse (json_node_get_object (create), NULL);
  if (self->create == NULL || self->create->invite == NULL)
    return fail (error, "The file does not say which board it is");
  self->host = board_key_to_text (&self->create->host);
  self->invite = board_key_to_text (&self->create->invite->key);
  g_hash_table_add (self->members, g_strdup (self->host));
  return TRUE;
}

static gboolean
read_page (Import *self, GError **error)
{
  g_ptr_array_set_size (self->page, 0);
  self->admitted = 0;
  while (self->page->len < PAGE && self->at < self->end)
    {
      g_autoptr (JsonNode) node = read_line (self, error);
      BoardEntry entry;

      if (node == NULL)
        return FALSE;
      if (!board_entry_parse (node, &entry, NULL))
        return fail (error, "A line of the file is no entry");
      g_ptr_array_add (self->page,
                       bridge_entry_new (entry.member, entry.counter, entry.time, entry.body));
    }
  return TRUE;
}

/* NULL: none that can be one. Borrowed. */
static const char *
find_profile (Import *self, const char *member)
{
  JsonNode *node = json_object_get_member (json_node_get_object (self->head), "profiles");
  const char *profile = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    node = json_object_get_member (json_node_get_object (node), member);
  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING)
    profile = json_node_get_string (node);
  return profile != NULL && board_body_is_valid (profile, BOARD_MAX_PROFILE) ? profile : NULL;
}

/* --- The store ---------------------------------------------------------------------------------- */

static void go_on (GTask *task);

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *self = g_task_get_task_data (task);
  g_autoptr (GPtrArray) changed = bridge_store_change_finish (BRIDGE_STORE (source), result, NULL);

  g_task_return_error (task, g_steal_pointer (&self->error));
}

/* What was begun goes. error: transfer full. */
static void
give_up (GTask *task, GError *error)
{
  const BridgeChange end = { .kind = BRIDGE_CHANGE_END };
  Import *self = g_task_get_task_data (task);

  if (!self->created)
    {
      g_task_return_error (task, error);
      return;
    }
  self->error = error;
  bridge_store_change_async (g_task_get_source_object (task), self->create->board, &end, on_undone,
                             g_object_ref (task));
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *self = g_task_get_task_data (task);
  BridgeAppended appended;
  GError *error = NULL;
  gboolean ok = bridge_store_append_finish (BRIDGE_STORE (source), result, &appended, &error);

  self->waiting--;
  if (ok && appended.outcome == BRIDGE_APPEND_FULL)
    g_set_error_literal (&error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_FULL, "The board is too large");
  else if (ok && (appended.outcome != BRIDGE_APPEND_STORED || appended.value != self->seq + 1))
    fail (&error, "The entries of the file are not those of a log");
  if (error == NULL)
    self->seq++;
  else if (self->error == NULL)
    self->error = g_steal_pointer (&error);
  g_clear_error (&error);
  if (self->waiting > 0)
    return;
  if (self->error != NULL)
    give_up (task, g_steal_pointer (&self->error));
  else
    go_on (task);
}

static void
on_admitted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (BridgeAdmission) admission
      = bridge_store_admit_finish (BRIDGE_STORE (source), result, &error);

  if (admission == NULL)
    give_up (task, error);
  else
    go_on (task);
}

/* FALSE: everybody of the page is known. */
static gboolean
admit_next (GTask *task, Import *self)
{
  for (; self->admitted < self->page->len; self->admitted++)
    {
      const char *member = ((BridgeEntry *) g_ptr_array_index (self->page, self->admitted))->member;

      if (!g_hash_table_add (self->members, g_strdup (member)))
        continue;
      bridge_store_admit_async (g_task_get_source_object (task), self->create->board, member,
                                self->invite, find_profile (self, member), g_get_real_time () / 1000,
                                on_admitted, g_object_ref (task));
      return TRUE;
    }
  return FALSE;
}

/* One step after the other: the page's people, the page's entries, the next page. */
static void
go_on (GTask *task)
{
  Import *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (self->admitted == self->page->len && !read_page (self, &error))
    {
      give_up (task, error);
      return;
    }
  if (self->page->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (admit_next (task, self))
    return;
  self->waiting = self->page->len;
  for (guint i = 0; i < self->page->len; i++)
    bridge_store_append_async (g_task_get_source_object (task), self->create->board,
                               g_ptr_array_index (self->page, i), on_stored, g_object_ref (task));
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->created = bridge_store_create_finish (BRIDGE_STORE (source), result, &error);
  if (self->created)
    go_on (task);
  else
    g_task_return_error (task, error);
}

/* A board that is here already is not touched. */
static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BridgeBoard) board = bridge_store_load_finish (BRIDGE_STORE (source), result, &error);

  if (board != NULL)
    g_task_return_new_error (task, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_TAKEN, "This board is here already");
  else if (!g_error_matches (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_NO_BOARD))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    bridge_store_create_async (BRIDGE_STORE (source), self->create, on_created, g_object_ref (task));
  g_clear_error (&error);
}

void
bridge_import_async (BridgeStore *store, const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Import *self;

  g_return_if_fail (BRIDGE_IS_STORE (store) && path != NULL);

  task = g_task_new (store, NULL, callback, user_data);
  g_task_set_source_tag (task, bridge_import_async);
  self = g_new0 (Import, 1);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->page = g_ptr_array_new_with_free_func ((GDestroyNotify) bridge_entry_unref);
  g_task_set_task_data (task, self, import_free);
  self->file = g_mapped_file_new (path, FALSE, NULL);
  if (self->file == NULL || g_mapped_file_get_length (self->file) > MAX_FILE)
    {
      fail (&error, "The file cannot be read");
      g_task_return_error (task, error);
      return;
    }
  self->at = g_mapped_file_get_contents (self->file);
  self->end = self->at + g_mapped_file_get_length (self->file);
  if (read_head (self, &error))
    bridge_store_load_async (store, self->create->board, on_looked, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

gboolean
bridge_import_finish (BridgeStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
