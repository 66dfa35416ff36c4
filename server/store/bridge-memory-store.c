/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/bridge-memory-store.h"

#include "store/bridge-request.h"

typedef struct
{
  BridgeMember *record;
  GArray *positions; /* uint64_t: position of the entry with counter i + 1 */
} MemoryMember;

typedef struct
{
  GPtrArray *log;      /* (element-type BridgeEntry) */
  GPtrArray *members;  /* (element-type MemoryMember), in order of joining */
  GHashTable *by_id;   /* id -> MemoryMember, both borrowed */
  GHashTable *invites; /* key (borrowed) -> BridgeInvite */
  int64_t bytes;
} MemoryBoard;

struct _BridgeMemoryStore
{
  GObject parent_instance;

  BridgeLimits limits;
  GHashTable *boards; /* id -> MemoryBoard, both owned */
};

static void bridge_memory_store_iface_init (BridgeStoreInterface *iface);

G_DEFINE_TYPE_WITH_CODE (BridgeMemoryStore,
                         bridge_memory_store,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (BRIDGE_TYPE_STORE, bridge_memory_store_iface_init))

static void
memory_member_free (gpointer data)
{
  MemoryMember *member = data;

  bridge_member_free (member->record);
  g_array_unref (member->positions);
  g_free (member);
}

static MemoryBoard *
memory_board_new (void)
{
  MemoryBoard *board = g_new0 (MemoryBoard, 1);

  board->log = g_ptr_array_new_with_free_func ((GDestroyNotify)bridge_entry_unref);
  board->members = g_ptr_array_new_with_free_func (memory_member_free);
  board->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  board->invites
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)bridge_invite_free);
  return board;
}

static void
memory_board_free (gpointer data)
{
  MemoryBoard *board = data;

  g_hash_table_unref (board->by_id);
  g_hash_table_unref (board->invites);
  g_ptr_array_unref (board->members);
  g_ptr_array_unref (board->log);
  g_free (board);
}

static MemoryMember *
memory_board_add_member (MemoryBoard *board, const char *id, BoardRole role, const char *profile)
{
  MemoryMember *member = g_new0 (MemoryMember, 1);

  member->record = bridge_member_new (id, role, 0, profile, FALSE);
  member->positions = g_array_new (FALSE, FALSE, sizeof (uint64_t));
  g_ptr_array_add (board->members, member);
  g_hash_table_insert (board->by_id, member->record->id, member);
  return member;
}

static void
memory_board_add_invite (MemoryBoard *board, const BridgeInvite *invite)
{
  BridgeInvite *copy
      = bridge_invite_new (invite->key, invite->role, invite->expires, invite->uses, invite->label);

  g_hash_table_replace (board->invites, copy->key, copy);
}

static MemoryBoard *
find_board (BridgeMemoryStore *self, const char *id, GError **error)
{
  MemoryBoard *board = g_hash_table_lookup (self->boards, id);

  if (board == NULL)
    g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_NO_BOARD,
                         "There is no such board");
  return board;
}

/* Whether asking to create the board again asks for nothing new. */
static gboolean
is_same_board (MemoryBoard *board, const BridgeRequest *request)
{
  MemoryMember *host = g_hash_table_lookup (board->by_id, request->member);

  return host != NULL && host->record->role == BOARD_ROLE_HOST
         && (request->invite == NULL
             || g_hash_table_contains (board->invites, request->invite->key));
}

static gpointer
run_create (BridgeMemoryStore *self, const BridgeRequest *request, GError **error)
{
  MemoryBoard *board = g_hash_table_lookup (self->boards, request->board);

  if (board != NULL)
    {
      if (!is_same_board (board, request))
        g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_TAKEN,
                             "This board exists");
      return NULL;
    }
  if (g_hash_table_size (self->boards) >= (guint)self->limits.boards)
    {
      g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_FULL,
                           "No more boards fit");
      return NULL;
    }

  board = memory_board_new ();
  memory_board_add_member (board, request->member, BOARD_ROLE_HOST, NULL);
  if (request->invite != NULL)
    memory_board_add_invite (board, request->invite);
  g_hash_table_insert (self->boards, g_strdup (request->board), board);
  return NULL;
}

static MemoryMember *
admit_new (BridgeMemoryStore *self,
           MemoryBoard *board,
           const BridgeRequest *request,
           GError **error)
{
  BridgeInvite *invite = NULL;

  if (request->invite_key != NULL)
    invite = g_hash_table_lookup (board->invites, request->invite_key);
  if (!bridge_invite_judge (invite, request->now, error))
    return NULL;
  if (board->members->len >= (guint)self->limits.members_per_board)
    {
      g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_FULL,
                           "No more members fit");
      return NULL;
    }

  if (invite->uses > 0)
    invite->uses--;
  return memory_board_add_member (board, request->member, invite->role, request->profile);
}

static gpointer
run_admit (BridgeMemoryStore *self, const BridgeRequest *request, GError **error)
{
  MemoryBoard *board = find_board (self, request->board, error);
  MemoryMember *member;

  if (board == NULL)
    return NULL;

  member = g_hash_table_lookup (board->by_id, request->member);
  if (member == NULL)
    member = admit_new (self, board, request, error);
  if (member == NULL)
    return NULL;
  if (member->record->banned)
    {
      g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_BANNED,
                           "You are kept out");
      return NULL;
    }

  if (request->profile != NULL)
    {
      g_free (member->record->profile);
      member->record->profile = g_strdup (request->profile);
    }
  return bridge_admission_new (bridge_member_copy (member->record), board->log->len);
}

static gpointer
run_load (BridgeMemoryStore *self, const BridgeRequest *request, GError **error)
{
  MemoryBoard *board = find_board (self, request->board, error);
  BridgeBoard *result;

  if (board == NULL)
    return NULL;

  result = bridge_board_new (board->log->len, FALSE);
  for (guint i = 0; i < board->members->len; i++)
    {
      MemoryMember *member = g_ptr_array_index (board->members, i);

      g_ptr_array_add (result->members, bridge_member_copy (member->record));
    }
  return result;
}

static gpointer
run_append (BridgeMemoryStore *self, const BridgeRequest *request, GError **error)
{
  MemoryBoard *board = find_board (self, request->board, error);
  BridgeEntry *entry = request->entry;
  MemoryMember *member;
  BridgeAppended appended;

  if (board == NULL)
    return NULL;
  member = g_hash_table_lookup (board->by_id, entry->member);
  if (member == NULL)
    {
      g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_NOT_INVITED,
                           "Not a member");
      return NULL;
    }

  appended = bridge_append_judge (entry, member->record->counter, board->bytes, &self->limits);
  if (appended.outcome == BRIDGE_APPEND_REPEATED)
    appended.value = g_array_index (member->positions, uint64_t, entry->counter - 1);
  else if (appended.outcome == BRIDGE_APPEND_STORED)
    {
      g_ptr_array_add (board->log, bridge_entry_ref (entry));
      appended.value = board->log->len;
      board->bytes += (int64_t)entry->length;
      member->record->counter = entry->counter;
      g_array_append_val (member->positions, appended.value);
    }
  return g_memdup2 (&appended, sizeof appended);
}

static gpointer
run_read (BridgeMemoryStore *self, const BridgeRequest *request, GError **error)
{
  MemoryBoard *board = find_board (self, request->board, error);
  BridgePage *page;
  gsize bytes = 0;

  if (board == NULL)
    return NULL;

  page = bridge_page_new (request->from);
  for (uint64_t i = request->from; i <= MIN (request->to, board->log->len); i++)
    {
      BridgeEntry *entry = g_ptr_array_index (board->log, i - 1);

      bytes += entry->length;
      if (page->entries->len > 0 && bytes > request->max_bytes)
        break;
      g_ptr_array_add (page->entries, bridge_entry_ref (entry));
    }
  return page;
}

static gpointer
run_invite (BridgeMemoryStore *self, const BridgeRequest *request, GError **error)
{
  MemoryBoard *board = find_board (self, request->board, error);

  if (board == NULL)
    return NULL;
  if (!g_hash_table_contains (board->invites, request->invite->key)
      && g_hash_table_size (board->invites) >= (guint)self->limits.invites_per_board)
    {
      g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_FULL,
                           "No more invitations fit");
      return NULL;
    }

  memory_board_add_invite (board, request->invite);
  return NULL;
}

static gpointer
run_flush (BridgeMemoryStore *self, const BridgeRequest *request, GError **error)
{
  return NULL;
}

static void
bridge_memory_store_submit (BridgeStore *store, GTask *task)
{
  static gpointer (*const runs[]) (BridgeMemoryStore *, const BridgeRequest *, GError **) = {
    [BRIDGE_REQUEST_CREATE] = run_create, [BRIDGE_REQUEST_ADMIT] = run_admit,
    [BRIDGE_REQUEST_LOAD] = run_load,     [BRIDGE_REQUEST_APPEND] = run_append,
    [BRIDGE_REQUEST_READ] = run_read,     [BRIDGE_REQUEST_INVITE] = run_invite,
    [BRIDGE_REQUEST_FLUSH] = run_flush,
  };
  const BridgeRequest *request = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer result = runs[request->kind](BRIDGE_MEMORY_STORE (store), request, &error);

  bridge_request_answer (task, result, error);
  g_object_unref (task);
}

static void
bridge_memory_store_finalize (GObject *object)
{
  BridgeMemoryStore *self = BRIDGE_MEMORY_STORE (object);

  g_hash_table_unref (self->boards);
  G_OBJECT_CLASS (bridge_memory_store_parent_class)->finalize (object);
}

static void
bridge_memory_store_iface_init (BridgeStoreInterface *iface)
{
  iface->submit = bridge_memory_store_submit;
}

static void
bridge_memory_store_class_init (BridgeMemoryStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bridge_memory_store_finalize;
}

static void
bridge_memory_store_init (BridgeMemoryStore *self)
{
  self->boards = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, memory_board_free);
}

/**
 * bridge_memory_store_new:
 * @limits: copied
 *
 * Returns: (transfer full)
 */
BridgeStore *
bridge_memory_store_new (const BridgeLimits *limits)
{
  BridgeMemoryStore *self = g_object_new (BRIDGE_TYPE_MEMORY_STORE, NULL);

  g_return_val_if_fail (limits != NULL, NULL);

  self->limits = *limits;
  return BRIDGE_STORE (self);
}
