/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <stdint.h>

#include "board/board-limits.h"
#include "sync/draw-library.h"

G_BEGIN_DECLS

/**
 * DrawJournal: the file of one board: what the board is, the server's log as far as it is known, and
 * the own ops that the log does not hold yet. It knows texts, not their meaning.
 *
 * Opened and read by the thread that made it; written by a thread of its own, in the order of the
 * calls, everything that waits in one transaction. None of the writing calls blocks.
 *
 * Only one journal of a file is open at a time, on the whole computer.
 *
 * Signals (in the main context of the thread that opened it):
 *   "written" (guint64 counter)   own ops up to this one would survive a power cut
 *   "failed" (GError *error)      the disk refuses; what waits is kept and tried again. Once per spell
 *   "recovered" ()                the disk takes it again
 *   "caught-up" ()                nothing waits any more (after a backlog above the limit)
 */
#define DRAW_TYPE_JOURNAL (draw_journal_get_type ())
G_DECLARE_FINAL_TYPE (DrawJournal, draw_journal, DRAW, JOURNAL, GObject)

/* Names of draw_journal_get_meta(). */
#define DRAW_META_BOARD "board"     /* the board's id */
#define DRAW_META_SEED "seed"       /* the member's Ed25519 seed, base64url: secret */
#define DRAW_META_KEY "key"         /* the board's key, base64url: secret */
#define DRAW_META_LINK "link"       /* the invitation, secret; absent while the board is local */
#define DRAW_META_TITLE "title"     /* what Home shows */
#define DRAW_META_ROLE "role"       /* the last role that the server gave */
#define DRAW_META_INVITES "invites" /* seeds of the invitations made here, secret, apart by spaces */
#define DRAW_META_MUTED "muted"     /* ids of members whose casts and words are not shown, the same */
#define DRAW_META_PEOPLE "people"   /* who was ever here, JSON: [[id, name, colour], ...] */
#define DRAW_META_SNAPSHOT "snapshot" /* position of the one that it began with, until the log has proved it */
#define DRAW_META_HISTORY "history" /* board_replica_save_history() */

/* Bytes that may wait to be written before draw_journal_is_behind(). */
#define DRAW_JOURNAL_BACKLOG (16 * 1024 * 1024)

/* Bytes of a state that is kept: SQLite takes hardly more. */
#define DRAW_JOURNAL_MAX_STATE BOARD_MAX_STATE

/* Makes the file (mode 0600: it holds keys), which must not exist. */
DrawJournal *draw_journal_create (const char *path, GError **error);
/* Errors: DRAW_ERROR_BUSY, _DAMAGED (still in its place), _VERSION, _DISK; G_FILE_ERROR_NOENT. */
DrawJournal *draw_journal_open (const char *path, GError **error);
/* Sets the damaged file aside as PATH.damaged-N and opens a new one with what can still be read: what
 * the board is and own ops that were not confirmed, but not the log, which a server has. NULL and
 * DRAW_ERROR_DAMAGED when that is not enough to open it; the file is set aside then, too.
 * aside: (out) (transfer full) (nullable): where it is now. */
DrawJournal *draw_journal_repair (const char *path, char **aside, GError **error);

const char *draw_journal_get_path (DrawJournal *self);
/* As it was set last, on disk or not yet. NULL when absent. Borrowed until it is set again. */
const char *draw_journal_get_meta (DrawJournal *self, const char *name);
/* value NULL: absent. */
void draw_journal_set_meta (DrawJournal *self, const char *name, const char *value);

/* text: NULL for an entry that was skipped. Returns FALSE and an error to stop. */
typedef gboolean (*DrawJournalEntryFunc) (uint64_t seq, const char *member, uint64_t counter,
                                          int64_t time_ms, const char *text, gpointer user_data,
                                          GError **error);
typedef gboolean (*DrawJournalPendingFunc) (uint64_t counter, const char *text, gpointer user_data,
                                            GError **error);
/* The state that the log gives up to that position (board_replica_save_state()). FALSE: it is not taken, and
 * the log is read from its beginning. */
typedef gboolean (*DrawJournalStateFunc) (uint64_t seq, GBytes *bytes, gpointer user_data);

typedef struct {
  DrawJournalStateFunc state; /* nullable: the whole log is wanted */
  DrawJournalEntryFunc entry;
  DrawJournalPendingFunc pending;
} DrawJournalLoader;

/* Reads all of it, in order, before the first write: the state, if there is one, the log behind it, own ops.
 * Errors: the functions', DRAW_ERROR_DAMAGED, _DISK. Of a board that was joined through a snapshot there
 * is no log before it: when its state is not taken, that is _DAMAGED. */
gboolean draw_journal_load (DrawJournal *self, const DrawJournalLoader *loader, gpointer user_data,
                            GError **error);
/* Reads the state and the log behind it as they are on disk now, beside whoever has the file open, from
 * any thread. loader->pending is not called. */
gboolean draw_journal_read_log (const char *path, const DrawJournalLoader *loader, gpointer user_data,
                                GError **error);

/* Reads the log behind that position, whatever state there is. As above. */
gboolean draw_journal_read_entries (const char *path, uint64_t after, DrawJournalEntryFunc entry,
                                    gpointer user_data, GError **error);
/* Those whose text has the word somewhere: letters, digits, - and _, as ids are. In order. As above. */
gboolean draw_journal_find_entries (const char *path, const char *word, DrawJournalEntryFunc entry,
                                    gpointer user_data, GError **error);
/* first: (out): the first entry of the log that is in the file, 0: there is none. The other one is the
 * position of the state, 0: there is none. Any thread. */
gboolean draw_journal_read_extent (const char *path, uint64_t *first, uint64_t *state, GError **error);

/* An own op, before it is sent. */
void draw_journal_add_pending (DrawJournal *self, uint64_t counter, const char *text);
/* The op will never be confirmed: the server refused it for good. */
void draw_journal_remove_pending (DrawJournal *self, uint64_t counter);
/* The log's next entry, as it was opened; text NULL: skipped. own: in the same transaction the pending
 * op of that counter is forgotten. */
void draw_journal_add_entry (DrawJournal *self, uint64_t seq, const char *member, uint64_t counter,
                             int64_t time_ms, const char *text, gboolean own);

/* What the log gives up to that entry, which was added before, or came instead of all up to it. In place
 * of the one before. One that is larger than DRAW_JOURNAL_MAX_STATE is not kept. */
void draw_journal_set_state (DrawJournal *self, uint64_t seq, GBytes *bytes);

/* Whether so much waits that the caller should stop bringing more, until "caught-up". */
gboolean draw_journal_is_behind (DrawJournal *self);
/* Writes what waits, ends the thread, gives the file free. FALSE: not everything is on disk. Blocks. */
gboolean draw_journal_close (DrawJournal *self, GError **error);

/* What Home shows, read beside whoever has it open; NULL when it is not a board. Transfer full. */
DrawBoardInfo *draw_journal_peek (const char *path);

G_END_DECLS
