/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What hosts change about a board, and what is listed of one. */

#include "store/bridge-sqlite-store-private.h"

/* A change under way. Each kind is one function; what it looks for comes before what it writes. */
typedef struct {
  BridgeConnection *db;
  BridgeBoardRow board;
  const BridgeChange *change;
  GPtrArray *changed; /* (element-type BridgeMember): whose standing is another now */
} Act;

#define AS_IT_IS (-1)

static gboolean
find_subject (const Act *act, const char *id, BridgeMember **member, int64_t *n, GError **error)
{
  return bridge_sqlite_find_member (act->db, &act->board, id, member, n, error)
         && (*member != NULL
             || bridge_sqlite_refuse (error, BRIDGE_STORE_ERROR_UNKNOWN,
                                      "There is no such member"));
}

static gboolean
judge (const Act *act, const BridgeMember *member, BoardRole role, gboolean banned, GError **error)
{
  int64_t hosts = 0;

  return bridge_connection_ask (act->db,
                                bridge_connection_bind (act->db, error, BRIDGE_STMT_COUNT_HOSTS,
                                                        "ii", act->board.n,
                                                        (int64_t) BOARD_ROLE_HOST),
                                0, &hosts, error)
         && bridge_standing_judge (member, role, banned, (guint) hosts, error);
}

/* role, banned: or AS_IT_IS. */
static gboolean
set_standing (const Act *act, const char *id, int role, int banned, GError **error)
{
  g_autoptr (BridgeMember) member = NULL;
  BridgeMember was;
  int64_t n = 0;

  if (!find_subject (act, id, &member, &n, error))
    return FALSE;
  was = *member;
  member->role = role != AS_IT_IS ? (BoardRole) role : was.role;
  member->banned = banned != AS_IT_IS ? banned != FALSE : was.banned;
  if (!judge (act, &was, member->role, member->banned, error))
    return FALSE;
  if (member->role == was.role && member->banned == was.banned)
    return TRUE;

  g_ptr_array_add (act->changed, bridge_member_copy (member));
  return bridge_connection_write (act->db, error, BRIDGE_STMT_SET_STANDING, "iii", n,
                                  (int64_t) member->role, (int64_t) member->banned);
}

static gboolean
change_role (const Act *act, GError **error)
{
  return set_standing (act, act->change->member, (int) act->change->role, AS_IT_IS, error);
}

static gboolean
change_ban (const Act *act, GError **error)
{
  return set_standing (act, act->change->member, AS_IT_IS, act->change->on, error);
}

static gboolean
hand_over (const Act *act, GError **error)
{
  const char *heir = act->change->member, *host = act->change->by;
  g_autoptr (BridgeMember) known = NULL;
  int64_t n = 0;

  return find_subject (act, host, &known, &n, error)
         && set_standing (act, heir, BOARD_ROLE_HOST, FALSE, error)
         && (g_str_equal (heir, host) || set_standing (act, host, BOARD_ROLE_EDITOR, FALSE, error));
}

/* Ids of those who came by an invitation. hosts: with them. */
static GPtrArray *
list_came (BridgeConnection *db, int64_t board, const char *key, gboolean hosts, GError **error)
{
  g_autoptr (GPtrArray) came = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt = bridge_connection_bind (db, error, BRIDGE_STMT_LIST_CAME, "it", board, key);
  gboolean row = FALSE, ok;

  if (stmt == NULL)
    return NULL;
  while ((ok = bridge_connection_step (db, stmt, &row, error)) && row)
    if (hosts || sqlite3_column_int (stmt, 1) != BOARD_ROLE_HOST)
      g_ptr_array_add (came, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
  bridge_statement_done (stmt);
  return ok ? g_steal_pointer (&came) : NULL;
}

static gboolean
ban_who_came (const Act *act, GError **error)
{
  g_autoptr (GPtrArray) came = list_came (act->db, act->board.n, act->change->key, FALSE, error);
  gboolean ok = came != NULL;

  for (guint i = 0; ok && i < came->len; i++)
    ok = set_standing (act, g_ptr_array_index (came, i), AS_IT_IS, TRUE, error);
  return ok;
}

static gboolean
revoke_invite (const Act *act, GError **error)
{
  const char *key = act->change->key;
  g_autoptr (BridgeInvite) invite = NULL;

  if (!bridge_sqlite_find_invite (act->db, &act->board, key, &invite, error))
    return FALSE;
  if (invite == NULL)
    return bridge_sqlite_refuse (error, BRIDGE_STORE_ERROR_UNKNOWN, "There is no such invitation");
  return (!act->change->on || ban_who_came (act, error))
         && bridge_connection_write (act->db, error, BRIDGE_STMT_REMOVE_INVITE, "it", act->board.n,
                                     key);
}

static gboolean
change_lock (const Act *act, GError **error)
{
  return bridge_connection_write (act->db, error, BRIDGE_STMT_SET_LOCKED, "ii", act->board.n,
                                  (int64_t) (act->change->on != FALSE));
}

static gboolean
change_snapshot (const Act *act, GError **error)
{
  g_autofree char *parts = board_snapshot_parts_to_text (&act->change->snapshot);

  return bridge_connection_write (act->db, error, BRIDGE_STMT_SET_SNAPSHOT, "iit", act->board.n,
                                  (int64_t) act->change->snapshot.seq, parts);
}

static gboolean
forget_silent (const Act *act, GError **error)
{
  return bridge_connection_write (act->db, error, BRIDGE_STMT_FORGET_SILENT, "iii", act->board.n,
                                  act->change->before, (int64_t) BOARD_ROLE_HOST);
}

static gboolean
end_board (const Act *act, GError **error)
{
  static const BridgeStatement statements[]
      = { BRIDGE_STMT_REMOVE_OPS, BRIDGE_STMT_REMOVE_MEMBERS, BRIDGE_STMT_REMOVE_INVITES,
          BRIDGE_STMT_REMOVE_BOARD };
  gboolean ok = TRUE;

  for (gsize i = 0; ok && i < G_N_ELEMENTS (statements); i++)
    ok = bridge_connection_write (act->db, error, statements[i], "i", act->board.n);
  return ok;
}

static gboolean (*const acts[]) (const Act *act, GError **error) = {
  [BRIDGE_CHANGE_ROLE] = change_role,     [BRIDGE_CHANGE_HAND_OVER] = hand_over,
  [BRIDGE_CHANGE_BAN] = change_ban,       [BRIDGE_CHANGE_LOCK] = change_lock,
  [BRIDGE_CHANGE_REVOKE] = revoke_invite, [BRIDGE_CHANGE_SNAPSHOT] = change_snapshot,
  [BRIDGE_CHANGE_FORGET] = forget_silent, [BRIDGE_CHANGE_END] = end_board,
};

gpointer
bridge_sqlite_run_change (BridgeConnection *db, const BridgeRequest *request, GError **error)
{
  g_autoptr (GPtrArray) changed
      = g_ptr_array_new_with_free_func ((GDestroyNotify) bridge_member_free);
  Act act = { .db = db, .change = request->change, .changed = changed };

  if (!bridge_sqlite_find_board (db, request->board, &act.board, NULL, error)
      || !acts[request->change->kind](&act, error))
    return NULL;
  return g_steal_pointer (&changed);
}

/* --- Lists --- */

static gboolean
fill_came (BridgeConnection *db, int64_t board, GPtrArray *invites, GError **error)
{
  for (guint i = 0; i < invites->len; i++)
    {
      BridgeInvite *invite = g_ptr_array_index (invites, i);

      invite->came = list_came (db, board, invite->key, TRUE, error);
      if (invite->came == NULL)
        return FALSE;
    }
  return TRUE;
}

gpointer
bridge_sqlite_run_invites (BridgeConnection *db, const BridgeRequest *request, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) bridge_invite_free);
  BridgeBoardRow board;
  sqlite3_stmt *stmt;
  gboolean row = FALSE, ok;

  if (!bridge_sqlite_find_board (db, request->board, &board, NULL, error))
    return NULL;
  stmt = bridge_connection_bind (db, error, BRIDGE_STMT_LIST_INVITES, "i", board.n);
  if (stmt == NULL)
    return NULL;
  while ((ok = bridge_connection_step (db, stmt, &row, error)) && row)
    g_ptr_array_add (list, bridge_invite_new ((const char *) sqlite3_column_text (stmt, 0),
                                              (BoardRole) sqlite3_column_int (stmt, 1),
                                              sqlite3_column_int64 (stmt, 2),
                                              sqlite3_column_int64 (stmt, 3),
                                              (const char *) sqlite3_column_text (stmt, 4)));
  bridge_statement_done (stmt);
  return ok && fill_came (db, board.n, list, error) ? g_steal_pointer (&list) : NULL;
}

gpointer
bridge_sqlite_run_boards (BridgeConnection *db, const BridgeRequest *request, GError **error)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify) bridge_board_info_free);
  sqlite3_stmt *stmt = bridge_connection_bind (db, error, BRIDGE_STMT_LIST_BOARDS, "");
  gboolean row = FALSE, ok;

  if (stmt == NULL)
    return NULL;
  while ((ok = bridge_connection_step (db, stmt, &row, error)) && row)
    {
      BridgeBoardInfo *info = g_new0 (BridgeBoardInfo, 1);

      info->id = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
      info->seq = (uint64_t) sqlite3_column_int64 (stmt, 1);
      info->bytes = sqlite3_column_int64 (stmt, 2);
      info->locked = sqlite3_column_int (stmt, 3) != 0;
      info->created = sqlite3_column_int64 (stmt, 4);
      info->members = sqlite3_column_int64 (stmt, 5);
      g_ptr_array_add (list, info);
    }
  bridge_statement_done (stmt);
  return ok ? g_steal_pointer (&list) : NULL;
}
