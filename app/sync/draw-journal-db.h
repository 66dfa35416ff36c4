/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>
#include <stdint.h>

G_BEGIN_DECLS

/* SQLite as a journal needs it: a file that may come from a stranger, and errors in a person's words
 * (DRAW_ERROR_DAMAGED, _BUSY, _DISK, _VERSION). */

/* The newest layout of tables that is known: PRAGMA user_version. */
#define DRAW_JOURNAL_FORMAT 2

/* db: nullable. */
void draw_journal_db_set_error (GError **error, sqlite3 *db, int result);
gboolean draw_journal_db_exec (sqlite3 *db, const char *sql, GError **error);
/* A connection that trusts nothing in the file. flags: SQLITE_OPEN_*. NULL and an error. */
sqlite3 *draw_journal_db_connect (const char *path, int flags, GError **error);
/* The first cell of the first row. */
gboolean draw_journal_db_query_int (sqlite3 *db, const char *sql, int64_t *value, GError **error);
/* A column's text, or NULL when it is null or not text: bytes with a NUL inside or that are not UTF-8
 * were not written by us. Borrowed until the next step. */
const char *draw_journal_db_column_text (sqlite3_stmt *stmt, int column);
/* meta: char * -> char *, both owned by it. What can be read. */
void draw_journal_db_read_meta (sqlite3 *db, GHashTable *meta);
/* version: (out): of the layout. Errors: _DAMAGED when it is no board, _VERSION. */
gboolean draw_journal_db_check_format (sqlite3 *db, int64_t *version, GError **error);
gboolean draw_journal_db_check_pages (sqlite3 *db, GError **error);

G_END_DECLS
