/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-journal.h"

G_BEGIN_DECLS

/**
 * DrawJournalFile: the SQLite file of a board: its tables, and what is written to and read from them. It
 * has no thread and no lock: whoever has it calls it from one thread at a time. A journal's belongs to
 * the writing thread once something was written.
 */
typedef struct _DrawJournalFile DrawJournalFile;

/* Into an empty file, which is removed again when that fails. NULL and an error. */
DrawJournalFile *draw_journal_file_create (const char *path, GError **error);
/* Checks it all; brings an older layout up to date. Errors: as draw_journal_open(). */
DrawJournalFile *draw_journal_file_open (const char *path, GError **error);
/* Beside whoever has it open; only to be read. */
DrawJournalFile *draw_journal_file_open_beside (const char *path, GError **error);
void draw_journal_file_free (DrawJournalFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawJournalFile, draw_journal_file_free)
/* Gives SQLite's hold on the file up; the next write takes it again. */
void draw_journal_file_close (DrawJournalFile *self);

/* meta: char * -> char *, both owned by it. */
void draw_journal_file_read_meta (DrawJournalFile *self, GHashTable *meta);
/* As draw_journal_load(); state and pending may be NULL here. */
gboolean draw_journal_file_load (DrawJournalFile *self, const DrawJournalLoader *loader, gpointer user_data,
                                 GError **error);
/* As draw_journal_read_entries(), draw_journal_find_entries() and draw_journal_read_extent(). */
gboolean draw_journal_file_load_after (DrawJournalFile *self, uint64_t after,
                                       const DrawJournalLoader *loader, gpointer user_data,
                                       GError **error);
gboolean draw_journal_file_find (DrawJournalFile *self, const char *word, const DrawJournalLoader *loader,
                                 gpointer user_data, GError **error);
gboolean draw_journal_file_read_extent (DrawJournalFile *self, uint64_t *first, uint64_t *state,
                                        GError **error);
/* All of batch (DrawWrite) or nothing. sync: it must survive a power cut. */
gboolean draw_journal_file_write (DrawJournalFile *self, GPtrArray *batch, gboolean sync, GError **error);
/* Takes over what can be read of a damaged file: meta, which it fills, and pending ops. FALSE and
 * DRAW_ERROR_DAMAGED when that is too little to open it. */
gboolean draw_journal_file_salvage (DrawJournalFile *self, const char *damaged, GHashTable *meta,
                                    GError **error);

G_END_DECLS
