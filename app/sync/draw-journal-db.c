/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-journal-db.h"

#include <glib/gi18n.h>

#include "board/board-limits.h"
#include "draw-error.h"

#define APPLICATION_ID 0x44726264 /* "Drbd" */
#define MAX_VALUE_BYTES (BOARD_MAX_STATE + 1024 * 1024)

void
draw_journal_db_set_error (GError **error, sqlite3 *db, int result)
{
  switch (result & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_MISMATCH:
    case SQLITE_ERROR: /* a table or column that is not there */
      g_set_error (error, DRAW_ERROR, DRAW_ERROR_DAMAGED, _("The board’s file is damaged (%s)."),
                   sqlite3_errstr (result));
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_BUSY,
                           _("This board is already open in another window or program."));
      break;
    default:
      g_set_error (error, DRAW_ERROR, DRAW_ERROR_DISK, _("The board’s file cannot be used: %s."),
                   db != NULL ? sqlite3_errmsg (db) : sqlite3_errstr (result));
    }
}

gboolean
draw_journal_db_exec (sqlite3 *db, const char *sql, GError **error)
{
  int result = sqlite3_exec (db, sql, NULL, NULL, NULL);

  if (result != SQLITE_OK)
    draw_journal_db_set_error (error, db, result);
  return result == SQLITE_OK;
}

sqlite3 *
draw_journal_db_connect (const char *path, int flags, GError **error)
{
  sqlite3 *db = NULL;
  int result = sqlite3_open_v2 (path, &db, flags | SQLITE_OPEN_NOMUTEX, NULL);

  if (result == SQLITE_OK)
    {
      sqlite3_extended_result_codes (db, 1);
      sqlite3_busy_timeout (db, 2000);
      sqlite3_limit (db, SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
      sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
      sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
      sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
      sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
      if (draw_journal_db_exec (db, "PRAGMA cell_size_check = ON", error))
        return db;
    }
  else
    draw_journal_db_set_error (error, db, result);
  sqlite3_close (db);
  return NULL;
}

gboolean
draw_journal_db_query_int (sqlite3 *db, const char *sql, int64_t *value, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  int result = sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL);

  if (result == SQLITE_OK && (result = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      *value = sqlite3_column_int64 (stmt, 0);
      sqlite3_finalize (stmt);
      return TRUE;
    }
  sqlite3_finalize (stmt);
  draw_journal_db_set_error (error, db, result == SQLITE_DONE ? SQLITE_CORRUPT : result);
  return FALSE;
}

const char *
draw_journal_db_column_text (sqlite3_stmt *stmt, int column)
{
  const char *text;

  if (sqlite3_column_type (stmt, column) != SQLITE_TEXT)
    return NULL;
  text = (const char *) sqlite3_column_text (stmt, column);
  if (text == NULL || !g_utf8_validate (text, sqlite3_column_bytes (stmt, column), NULL))
    return NULL;
  return text;
}

void
draw_journal_db_read_meta (sqlite3 *db, GHashTable *meta)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (db, "SELECT name, value FROM meta LIMIT 100", -1, &stmt, NULL) == SQLITE_OK)
    while (sqlite3_step (stmt) == SQLITE_ROW)
      {
        g_autofree char *name = g_strdup (draw_journal_db_column_text (stmt, 0));
        const char *value = draw_journal_db_column_text (stmt, 1);

        if (name != NULL && value != NULL)
          g_hash_table_replace (meta, g_steal_pointer (&name), g_strdup (value));
      }
  sqlite3_finalize (stmt);
}

gboolean
draw_journal_db_check_format (sqlite3 *db, int64_t *version, GError **error)
{
  int64_t application;

  if (!draw_journal_db_query_int (db, "PRAGMA application_id", &application, error) ||
      !draw_journal_db_query_int (db, "PRAGMA user_version", version, error))
    return FALSE;
  if (application != APPLICATION_ID || *version < 1)
    {
      g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_DAMAGED, _("This file is not a board."));
      return FALSE;
    }
  if (*version > DRAW_JOURNAL_FORMAT)
    {
      g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_VERSION,
                           _("This board was saved by a newer version of Drawbridge."));
      return FALSE;
    }
  return TRUE;
}

gboolean
draw_journal_db_check_pages (sqlite3 *db, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  int result = sqlite3_prepare_v2 (db, "PRAGMA quick_check(1)", -1, &stmt, NULL);
  gboolean ok = result == SQLITE_OK && (result = sqlite3_step (stmt)) == SQLITE_ROW &&
                g_strcmp0 ((const char *) sqlite3_column_text (stmt, 0), "ok") == 0;

  sqlite3_finalize (stmt);
  if (!ok)
    draw_journal_db_set_error (error, db, result == SQLITE_ROW ? SQLITE_CORRUPT : result);
  return ok;
}
