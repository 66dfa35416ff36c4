/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What hosts change about a board, and what is listed of one. */

#include "store/bridge-sqlite-store-private.h"

/* Somebody whose standing changes. */
typedef struct {
  int64_t n; /* row */
  BridgeMember *record;
} Subject;

static void
subject_clear (Subject *subject)
{
  g_clear_pointer (&subject->record, bridge_member_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Subject, subject_clear)

static gboolean
find_subject (BridgeConnection *db,
              const BridgeBoardRow *board,
              const char *id,
              Subject *subject,
              GError **error)
{
  return bridge_sqlite_find_member (db, board, id, &subject->record, &subject->n, error)
         && (subject->record != NULL
             || bridge_sqlite_refuse (error, BRIDGE_STORE_ERROR_UNKNOWN,
                                      "There is no such member"));
}

/* extra: hosts there will be whom the table does not show yet. */
static gboolean
judge (BridgeConnection *db,
       const BridgeBoardRow *board,
       const Subject *subject,
       BoardRole role,
       gboolean banned,
       guint extra,
       GError **error)
{
  int64_t hosts = 0;

  return bridge_connection_ask (db,
                                bridge_connection_bind (db, error, BRIDGE_STMT_COUNT_HOSTS, "ii",
                                                        board->n, (int64_t) BOARD_ROLE_HOST),
                                0, &hosts, error)
         && bridge_standing_judge (subject->record, role, banned, (guint) hosts + extra, error);
}

static gboolean
write_standing (BridgeConnection *db,
                Subject *subject,
                BoardRole role,
                gboolean banned,
                GPtrArray *changed,
                GError **error)
{
  if (subject->record->role == role && subject->record->banned == banned)
    return TRUE;

  subject->record->role = role;
  subject->record->banned = banned;
  g_ptr_array_add (changed, bridge_member_copy (subject->record));
  return bridge_connection_run (db,
                                bridge_connection_bind (db, error, BRIDGE_STMT_SET_STANDING, "iii",
                                                        subject->n, (int64_t) role,
                                                        (int64_t) (banned != FALSE)),
                                error);
}

static gboolean
change_role (BridgeConnection *db,
             const BridgeBoardRow *board,
             const BridgeChange *change,
             GPtrArray *changed,
             GError **error)
{
  g_auto (Subject) subject = { 0 };

  return find_subject (db, board, change->member, &subject, error)
         && judge (db, board, &subject, change->role, subject.record->banned, 0, error)
         && write_standing (db, &subject, change->role, subject.record->banned, changed, error);
}

static gboolean
change_ban (BridgeConnection *db,
            const BridgeBoardRow *board,
            const BridgeChange *change,
            GPtrArray *changed,
            GError **error)
{
  g_auto (Subject) subject = { 0 };

  return find_subject (db, board, change->member, &subject, error)
         && judge (db, board, &subject, subject.record->role, change->on, 0, error)
         && write_standing (db, &subject, subject.record->role, change->on, changed, error);
}

static gboolean
hand_over (BridgeConnection *db,
           const BridgeBoardRow *board,
           const BridgeChange *change,
           GPtrArray *changed,
           GError **error)
{
  g_auto (Subject) heir = { 0 };
  g_auto (Subject) host = { 0 };

  if (!find_subject (db, board, change->member, &heir, error)
      || !find_subject (db, board, change->by, &host, error))
    return FALSE;
  if (heir.n == host.n)
    return TRUE;
  return judge (db, board, &host, BOARD_ROLE_EDITOR, FALSE, 1, error)
         && write_standing (db, &heir, BOARD_ROLE_HOST, FALSE, changed, error)
         && write_standing (db, &host, BOARD_ROLE_EDITOR, FALSE, changed, error);
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
ban_all (BridgeConnection *db,
         const BridgeBoardRow *board,
         GPtrArray *ids,
         GPtrArray *changed,
         GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      g_auto (Subject) subject = { 0 };

      if (!find_subject (db, board, g_ptr_array_index (ids, i), &subject, error)
          || !write_standing (db, &subject, subject.record->role, TRUE, changed, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
revoke_invite (BridgeConnection *db,
               const BridgeBoardRow *board,
               const BridgeChange *change,
               GPtrArray *changed,
               GError **error)
{
  g_autoptr (BridgeInvite) invite = NULL;
  g_autoptr (GPtrArray) came = NULL;

  if (!bridge_sqlite_find_invite (db, board, change->key, &invite, error))
    return FALSE;
  if (invite == NULL)
    return bridge_sqlite_refuse (error, BRIDGE_STORE_ERROR_UNKNOWN, "There is no such invitation");
  if (change->on)
    {
      came = list_came (db, board->n, change->key, FALSE, error);
      if (came == NULL || !ban_all (db, board, came, changed, error))
        return FALSE;
    }
  return bridge_connection_run (db,
                                bridge_connection_bind (db, error, BRIDGE_STMT_REMOVE_INVITE, "it",
                                                        board->n, change->key),
                                error);
}

static gboolean
end_board (BridgeConnection *db, const BridgeBoardRow *board, GError **error)
{
  int64_t first = board->n << BRIDGE_SEQ_BITS;

  return bridge_connection_run (db,
                                bridge_connection_bind (db, error, BRIDGE_STMT_REMOVE_OPS, "ii",
                                                        first,
                                                        first
                                                            | ((INT64_C (1) << BRIDGE_SEQ_BITS)
                                                               - 1)),
                                error)
         && bridge_connection_run (db,
                                   bridge_connection_bind (db, error, BRIDGE_STMT_REMOVE_MEMBERS,
                                                           "i", board->n),
                                   error)
         && bridge_connection_run (db,
                                   bridge_connection_bind (db, error, BRIDGE_STMT_REMOVE_INVITES,
                                                           "i", board->n),
                                   error)
         && bridge_connection_run (db,
                                   bridge_connection_bind (db, error, BRIDGE_STMT_REMOVE_BOARD, "i",
                                                           board->n),
                                   error);
}

static gboolean
change_board (BridgeConnection *db,
              const BridgeBoardRow *board,
              const BridgeChange *change,
              GPtrArray *changed,
              GError **error)
{
  switch (change->kind)
    {
    case BRIDGE_CHANGE_ROLE:
      return change_role (db, board, change, changed, error);
    case BRIDGE_CHANGE_HAND_OVER:
      return hand_over (db, board, change, changed, error);
    case BRIDGE_CHANGE_BAN:
      return change_ban (db, board, change, changed, error);
    case BRIDGE_CHANGE_LOCK:
      return bridge_connection_run (db,
                                    bridge_connection_bind (db, error, BRIDGE_STMT_SET_LOCKED, "ii",
                                                            board->n,
                                                            (int64_t) (change->on != FALSE)),
                                    error);
    case BRIDGE_CHANGE_REVOKE:
      return revoke_invite (db, board, change, changed, error);
    case BRIDGE_CHANGE_SNAPSHOT:
      return bridge_connection_run (db,
                                    bridge_connection_bind (db, error, BRIDGE_STMT_SET_SNAPSHOT,
                                                            "iit", board->n,
                                                            (int64_t) change->snapshot.seq,
                                                            change->snapshot.blob),
                                    error);
    case BRIDGE_CHANGE_END:
      return end_board (db, board, error);
    }
  g_assert_not_reached ();
}

gpointer
bridge_sqlite_run_change (BridgeConnection *db, const BridgeRequest *request, GError **error)
{
  g_autoptr (GPtrArray) changed
      = g_ptr_array_new_with_free_func ((GDestroyNotify) bridge_member_free);
  BridgeBoardRow board;

  if (!bridge_sqlite_find_board (db, request->board, &board, NULL, error)
      || !change_board (db, &board, request->change, changed, error))
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
