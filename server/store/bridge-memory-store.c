/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/bridge-memory-store.h"

#include <string.h>

#include "store/bridge-request.h"

typedef struct {
  BridgeMember *record;
  GArray *positions; /* uint64_t: position of the entry with counter i + 1 */
  char *invite;      /* key that it came by, nullable */
  int64_t seen;      /* ms since the epoch: when it came last */
} MemoryMember;

typedef struct {
  GPtrArray *log;      /* (element-type BridgeEntry) */
  GPtrArray *members;  /* (element-type MemoryMember), in order of joining */
  GHashTable *by_id;   /* id -> MemoryMember, both borrowed */
  GHashTable *invites; /* key (borrowed) -> BridgeInvite */
  int64_t bytes;
  int64_t created; /* seconds since the epoch */
  gboolean locked;
  BoardSnapshot snapshot;
} MemoryBoard;

struct _BridgeMemoryStore {
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
  g_free (member->invite);
  g_free (member);
}

static MemoryBoard *
memory_board_new (void)
{
  MemoryBoard *board = g_new0 (MemoryBoard, 1);

  board->log = g_ptr_array_new_with_free_func ((GDestroyNotify) bridge_entry_unref);
  board->members = g_ptr_array_new_with_free_func (memory_member_free);
  board->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  board->created = g_get_real_time () / G_USEC_PER_SEC;
  board->invites
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) bridge_invite_free);
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
memory_board_add_member (MemoryBoard *board,
                         const char *id,
                         BoardRole role,
                         const char *profile,
                         const char *invite)
{
  MemoryMember *member = g_new0 (MemoryMember, 1);

  member->record = bridge_member_new (id, role, 0, profile, FALSE);
  member->invite = g_strdup (invite);
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
  if (g_hash_table_size (self->boards) >= (guint) self->limits.boards)
    {
      g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_FULL,
                           "No more boards fit");
      return NULL;
    }

  board = memory_board_new ();
  memory_board_add_member (board, request->member, BOARD_ROLE_HOST, NULL, NULL);
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
  if (board->members->len >= (guint) self->limits.members_per_board)
    {
      g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_FULL,
                           "No more members fit");
      return NULL;
    }

  if (invite->uses > 0)
    invite->uses--;
  return memory_board_add_member (board, request->member, invite->role, request->profile,
                                  invite->key);
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

  member->seen = request->now;
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

  result = bridge_board_new (board->log->len, board->locked);
  result->snapshot = board->snapshot;
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
      board->bytes += (int64_t) entry->length;
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
      && g_hash_table_size (board->invites) >= (guint) self->limits.invites_per_board)
    {
      g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_FULL,
                           "No more invitations fit");
      return NULL;
    }

  memory_board_add_invite (board, request->invite);
  return NULL;
}

/* --- Changes --- */

static MemoryMember *
find_member (MemoryBoard *board, const char *id, GError **error)
{
  MemoryMember *member = g_hash_table_lookup (board->by_id, id);

  if (member == NULL)
    g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_UNKNOWN,
                         "There is no such member");
  return member;
}

static guint
count_hosts (MemoryBoard *board)
{
  guint n = 0;

  for (guint i = 0; i < board->members->len; i++)
    {
      const BridgeMember *record = ((MemoryMember *) board->members->pdata[i])->record;

      n += record->role == BOARD_ROLE_HOST && !record->banned;
    }
  return n;
}

static gboolean
set_standing (MemoryBoard *board,
              MemoryMember *member,
              BoardRole role,
              gboolean banned,
              GPtrArray *changed,
              GError **error)
{
  BridgeMember *record = member->record;

  if (!bridge_standing_judge (record, role, banned, count_hosts (board), error))
    return FALSE;
  if (record->role == role && record->banned == banned)
    return TRUE;

  record->role = role;
  record->banned = banned;
  g_ptr_array_add (changed, bridge_member_copy (record));
  return TRUE;
}

static gboolean
hand_over (MemoryBoard *board, const BridgeChange *change, GPtrArray *changed, GError **error)
{
  MemoryMember *heir = find_member (board, change->member, error);
  MemoryMember *host = heir != NULL ? find_member (board, change->by, error) : NULL;

  return host != NULL && set_standing (board, heir, BOARD_ROLE_HOST, FALSE, changed, error)
         && (host == heir || set_standing (board, host, BOARD_ROLE_EDITOR, FALSE, changed, error));
}

static gboolean
revoke_invite (MemoryBoard *board, const BridgeChange *change, GPtrArray *changed, GError **error)
{
  if (!g_hash_table_remove (board->invites, change->key))
    {
      g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_UNKNOWN,
                           "There is no such invitation");
      return FALSE;
    }
  for (guint i = 0; change->on && i < board->members->len; i++)
    {
      MemoryMember *member = g_ptr_array_index (board->members, i);

      if (g_strcmp0 (member->invite, change->key) == 0 && member->record->role != BOARD_ROLE_HOST)
        set_standing (board, member, member->record->role, TRUE, changed, NULL);
    }
  return TRUE;
}

static gboolean
is_forgettable (MemoryBoard *board, const MemoryMember *member, int64_t before)
{
  const BridgeMember *record = member->record;
  const BridgeInvite *invite
      = member->invite != NULL ? g_hash_table_lookup (board->invites, member->invite) : NULL;

  return record->counter == 0 && member->seen < before && !record->banned
         && record->role != BOARD_ROLE_HOST && invite != NULL && invite->role == record->role
         && invite->uses < 0 && invite->expires == 0;
}

static void
forget_silent (MemoryBoard *board, int64_t before)
{
  for (guint i = board->members->len; i-- > 0;)
    {
      MemoryMember *member = g_ptr_array_index (board->members, i);

      if (!is_forgettable (board, member, before))
        continue;
      g_hash_table_remove (board->by_id, member->record->id);
      g_ptr_array_remove_index (board->members, i);
    }
}

static gboolean
change_board (BridgeMemoryStore *self,
              MemoryBoard *board,
              const BridgeRequest *request,
              GPtrArray *changed,
              GError **error)
{
  const BridgeChange *change = request->change;
  MemoryMember *member;

  switch (change->kind)
    {
    case BRIDGE_CHANGE_ROLE:
      member = find_member (board, change->member, error);
      return member != NULL
             && set_standing (board, member, change->role, member->record->banned, changed, error);
    case BRIDGE_CHANGE_BAN:
      member = find_member (board, change->member, error);
      return member != NULL
             && set_standing (board, member, member->record->role, change->on, changed, error);
    case BRIDGE_CHANGE_HAND_OVER:
      return hand_over (board, change, changed, error);
    case BRIDGE_CHANGE_LOCK:
      board->locked = change->on;
      return TRUE;
    case BRIDGE_CHANGE_REVOKE:
      return revoke_invite (board, change, changed, error);
    case BRIDGE_CHANGE_SNAPSHOT:
      if (change->snapshot.seq > board->snapshot.seq && change->snapshot.seq <= board->log->len)
        board->snapshot = change->snapshot;
      return TRUE;
    case BRIDGE_CHANGE_FORGET:
      forget_silent (board, change->before);
      return TRUE;
    case BRIDGE_CHANGE_END:
      g_hash_table_remove (self->boards, request->board);
      return TRUE;
    }
  g_assert_not_reached ();
}

static gpointer
run_change (BridgeMemoryStore *self, const BridgeRequest *request, GError **error)
{
  MemoryBoard *board = find_board (self, request->board, error);
  g_autoptr (GPtrArray) changed
      = g_ptr_array_new_with_free_func ((GDestroyNotify) bridge_member_free);

  if (board == NULL || !change_board (self, board, request, changed, error))
    return NULL;
  return g_steal_pointer (&changed);
}

/* --- Lists --- */

static GPtrArray *
list_who_came (MemoryBoard *board, const char *invite)
{
  GPtrArray *came = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < board->members->len; i++)
    {
      MemoryMember *member = g_ptr_array_index (board->members, i);

      if (g_strcmp0 (member->invite, invite) == 0)
        g_ptr_array_add (came, g_strdup (member->record->id));
    }
  return came;
}

static gpointer
run_invites (BridgeMemoryStore *self, const BridgeRequest *request, GError **error)
{
  MemoryBoard *board = find_board (self, request->board, error);
  GPtrArray *list;
  GHashTableIter iter;
  gpointer value;

  if (board == NULL)
    return NULL;

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) bridge_invite_free);
  g_hash_table_iter_init (&iter, board->invites);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const BridgeInvite *invite = value;
      BridgeInvite *copy = bridge_invite_new (invite->key, invite->role, invite->expires,
                                              invite->uses, invite->label);

      copy->came = list_who_came (board, invite->key);
      g_ptr_array_add (list, copy);
    }
  return list;
}

static int
compare_creation (gconstpointer a, gconstpointer b)
{
  const BridgeBoardInfo *left = *(BridgeBoardInfo *const *) a,
                        *right = *(BridgeBoardInfo *const *) b;

  if (left->created != right->created)
    return left->created < right->created ? -1 : 1;
  return strcmp (left->id, right->id);
}

static gpointer
run_boards (BridgeMemoryStore *self, const BridgeRequest *request, GError **error)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) bridge_board_info_free);
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, self->boards);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      const MemoryBoard *board = value;
      BridgeBoardInfo *info = g_new0 (BridgeBoardInfo, 1);

      info->id = g_strdup (id);
      info->seq = board->log->len;
      info->bytes = board->bytes;
      info->members = board->members->len;
      info->created = board->created;
      info->locked = board->locked;
      g_ptr_array_add (list, info);
    }
  g_ptr_array_sort (list, compare_creation);
  return list;
}

static gpointer
run_copy (BridgeMemoryStore *self, const BridgeRequest *request, GError **error)
{
  g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_COPY,
                       "This server keeps its boards in memory only");
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
    [BRIDGE_REQUEST_CHANGE] = run_change, [BRIDGE_REQUEST_INVITES] = run_invites,
    [BRIDGE_REQUEST_BOARDS] = run_boards, [BRIDGE_REQUEST_BACKUP] = run_copy,
    [BRIDGE_REQUEST_RESTORE] = run_copy,  [BRIDGE_REQUEST_FLUSH] = run_flush,
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
