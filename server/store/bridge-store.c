/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/bridge-store.h"

#include "store/bridge-request.h"

G_DEFINE_QUARK (bridge - store - error - quark, bridge_store_error)

G_DEFINE_INTERFACE (BridgeStore, bridge_store, G_TYPE_OBJECT)

static void
bridge_store_default_init (BridgeStoreInterface *iface)
{
}

static BridgeRequest *
request_new (BridgeRequestKind kind, const char *board)
{
  BridgeRequest *request = g_new0 (BridgeRequest, 1);

  request->kind = kind;
  request->board = g_strdup (board);
  return request;
}

static BridgeInvite *
invite_from_wire (const BoardInvite *invite)
{
  g_autofree char *key = board_key_to_text (&invite->key);

  /* On the wire 0 stands for any number; in a store 0 is what is left of one that was used up. */
  return bridge_invite_new (key, invite->role, invite->expires,
                            invite->uses == 0 ? -1 : (int64_t) invite->uses, invite->label);
}

static void
submit (BridgeStore *self,
        BridgeRequest *request,
        gpointer tag,
        GAsyncReadyCallback callback,
        gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, request, (GDestroyNotify) bridge_request_free);
  BRIDGE_STORE_GET_IFACE (self)->submit (self, task);
}

static GTask *
check (BridgeStore *self, GAsyncResult *result, gpointer tag)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

  return G_TASK (result);
}

static gboolean
finish_boolean (BridgeStore *self, GAsyncResult *result, gpointer tag, GError **error)
{
  GTask *task = check (self, result, tag);

  return task != NULL && g_task_propagate_boolean (task, error);
}

static gpointer
finish_pointer (BridgeStore *self, GAsyncResult *result, gpointer tag, GError **error)
{
  GTask *task = check (self, result, tag);

  return task != NULL ? g_task_propagate_pointer (task, error) : NULL;
}

void
bridge_store_create_async (BridgeStore *self,
                           const BoardCreate *create,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  BridgeRequest *request;

  g_return_if_fail (BRIDGE_IS_STORE (self) && create != NULL && create->board != NULL);

  request = request_new (BRIDGE_REQUEST_CREATE, create->board);
  request->member = board_key_to_text (&create->host);
  if (create->invite != NULL)
    request->invite = invite_from_wire (create->invite);
  submit (self, request, bridge_store_create_async, callback, user_data);
}

gboolean
bridge_store_create_finish (BridgeStore *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, bridge_store_create_async, error);
}

void
bridge_store_admit_async (BridgeStore *self,
                          const char *board,
                          const char *member,
                          const char *invite,
                          const char *profile,
                          int64_t now,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  BridgeRequest *request;

  g_return_if_fail (BRIDGE_IS_STORE (self) && board != NULL && member != NULL);

  request = request_new (BRIDGE_REQUEST_ADMIT, board);
  request->member = g_strdup (member);
  request->invite_key = g_strdup (invite);
  request->profile = g_strdup (profile);
  request->now = now;
  submit (self, request, bridge_store_admit_async, callback, user_data);
}

BridgeAdmission *
bridge_store_admit_finish (BridgeStore *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, bridge_store_admit_async, error);
}

void
bridge_store_load_async (BridgeStore *self,
                         const char *board,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (BRIDGE_IS_STORE (self) && board != NULL);

  submit (self, request_new (BRIDGE_REQUEST_LOAD, board), bridge_store_load_async, callback,
          user_data);
}

BridgeBoard *
bridge_store_load_finish (BridgeStore *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, bridge_store_load_async, error);
}

void
bridge_store_append_async (BridgeStore *self,
                           const char *board,
                           BridgeEntry *entry,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  BridgeRequest *request;

  g_return_if_fail (BRIDGE_IS_STORE (self) && board != NULL && entry != NULL);

  request = request_new (BRIDGE_REQUEST_APPEND, board);
  request->entry = bridge_entry_ref (entry);
  submit (self, request, bridge_store_append_async, callback, user_data);
}

gboolean
bridge_store_append_finish (BridgeStore *self,
                            GAsyncResult *result,
                            BridgeAppended *appended,
                            GError **error)
{
  g_autofree BridgeAppended *value
      = finish_pointer (self, result, bridge_store_append_async, error);

  g_return_val_if_fail (appended != NULL, FALSE);

  if (value == NULL)
    return FALSE;
  *appended = *value;
  return TRUE;
}

void
bridge_store_read_async (BridgeStore *self,
                         const char *board,
                         uint64_t from,
                         uint64_t to,
                         gsize max_bytes,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  BridgeRequest *request;

  g_return_if_fail (BRIDGE_IS_STORE (self) && board != NULL && from >= 1);

  request = request_new (BRIDGE_REQUEST_READ, board);
  request->from = from;
  request->to = to;
  request->max_bytes = max_bytes;
  submit (self, request, bridge_store_read_async, callback, user_data);
}

BridgePage *
bridge_store_read_finish (BridgeStore *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, bridge_store_read_async, error);
}

void
bridge_store_invite_async (BridgeStore *self,
                           const char *board,
                           const BoardInvite *invite,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  BridgeRequest *request;

  g_return_if_fail (BRIDGE_IS_STORE (self) && board != NULL && invite != NULL);

  request = request_new (BRIDGE_REQUEST_INVITE, board);
  request->invite = invite_from_wire (invite);
  submit (self, request, bridge_store_invite_async, callback, user_data);
}

gboolean
bridge_store_invite_finish (BridgeStore *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, bridge_store_invite_async, error);
}

void
bridge_store_change_async (BridgeStore *self,
                           const char *board,
                           const BridgeChange *change,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  BridgeRequest *request;

  g_return_if_fail (BRIDGE_IS_STORE (self) && board != NULL && change != NULL);

  request = request_new (BRIDGE_REQUEST_CHANGE, board);
  request->change = bridge_change_copy (change);
  submit (self, request, bridge_store_change_async, callback, user_data);
}

GPtrArray *
bridge_store_change_finish (BridgeStore *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, bridge_store_change_async, error);
}

void
bridge_store_list_invites_async (BridgeStore *self,
                                 const char *board,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (BRIDGE_IS_STORE (self) && board != NULL);

  submit (self, request_new (BRIDGE_REQUEST_INVITES, board), bridge_store_list_invites_async,
          callback, user_data);
}

GPtrArray *
bridge_store_list_invites_finish (BridgeStore *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, bridge_store_list_invites_async, error);
}

void
bridge_store_list_boards_async (BridgeStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (BRIDGE_IS_STORE (self));

  submit (self, request_new (BRIDGE_REQUEST_BOARDS, NULL), bridge_store_list_boards_async, callback,
          user_data);
}

GPtrArray *
bridge_store_list_boards_finish (BridgeStore *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, bridge_store_list_boards_async, error);
}

void
bridge_store_backup_async (BridgeStore *self,
                           const char *path,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  BridgeRequest *request;

  g_return_if_fail (BRIDGE_IS_STORE (self) && path != NULL);

  request = request_new (BRIDGE_REQUEST_BACKUP, NULL);
  request->path = g_strdup (path);
  submit (self, request, bridge_store_backup_async, callback, user_data);
}

gboolean
bridge_store_backup_finish (BridgeStore *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, bridge_store_backup_async, error);
}

void
bridge_store_restore_async (BridgeStore *self,
                            const char *path,
                            const char *board,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  BridgeRequest *request;

  g_return_if_fail (BRIDGE_IS_STORE (self) && path != NULL && board != NULL);

  request = request_new (BRIDGE_REQUEST_RESTORE, board);
  request->path = g_strdup (path);
  submit (self, request, bridge_store_restore_async, callback, user_data);
}

gboolean
bridge_store_restore_finish (BridgeStore *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, bridge_store_restore_async, error);
}

void
bridge_store_flush_async (BridgeStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (BRIDGE_IS_STORE (self));

  submit (self, request_new (BRIDGE_REQUEST_FLUSH, NULL), bridge_store_flush_async, callback,
          user_data);
}

gboolean
bridge_store_flush_finish (BridgeStore *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, bridge_store_flush_async, error);
}
