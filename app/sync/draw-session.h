/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "board/board-cast.h"
#include "board/board-link.h"
#include "board/board-replica.h"
#include "sync/draw-member.h"
#include "sync/draw-obstacle.h"

G_BEGIN_DECLS

/* Where a board stands with its server. Every transition goes through one setter; the table of them
 * stands in draw-session.c. "share-state" is an int property with these values, "role" one with those
 * of BoardRole. */
typedef enum {
  DRAW_SHARE_LOCAL,      /* never shared: only on this computer */
  DRAW_SHARE_CONNECTING, /* the first attempt, or one under way */
  DRAW_SHARE_ONLINE,     /* said hello, caught up */
  DRAW_SHARE_OFFLINE,    /* waiting to try again; nothing is lost */
  DRAW_SHARE_REFUSED,    /* the server said no (refusal, message); no retry by itself */
} DrawShareState;

/* How far a board has come on its way from the server. */
typedef enum {
  DRAW_LOADING_NOTHING, /* not under way, or all here */
  DRAW_LOADING_GREETING, /* the server has not let us in yet */
  DRAW_LOADING_SNAPSHOT, /* done and total in bytes; total 0: not known */
  DRAW_LOADING_LOG,      /* in changes */
} DrawLoading;

/**
 * DrawSession: one open board: replica, journal and connection, without GTK. The window shows it, a bot
 * or the command line drives it in the same way.
 *
 * Properties (read, notify): share-state, n-waiting (guint: own ops that the server has not
 *   acknowledged), retry-at (gint64: monotonic us of the next attempt, 0 = none), role (BoardRole),
 *   title (never NULL, "" = untitled), can-undo, can-redo, refusal-message (nullable),
 *   read-only (viewer, or locked by a host, or the journal cannot be written), locked (as long as it is
 *   known: the last word of the server), ended (refused because the server does not have the board: its host
 *   ended it, or it was lost), last-contact (gint64: seconds since the epoch when the server was
 *   heard last, 0 = never in this session), silent-for (guint: seconds for which the server has not answered what it
 *   was sent; 0 = less than DRAW_SILENCE_TOLD, see draw-silence.h).
 * Signals:
 *   "changed" (BoardDamage *damage)
 *   "cast" (const char *member, BoardCast *cast)
 *   "whisper" (const char *member, const char *text)   private words, a stranger's text
 *   "member-left" (const char *member)
 *   "acknowledged" (guint64 counter, guint64 seq)  the op is on the server's disk
 *   "trouble" (GError *error)   something to tell the person (an op refused, disk full)
 */
#define DRAW_TYPE_SESSION (draw_session_get_type ())
G_DECLARE_FINAL_TYPE (DrawSession, draw_session, DRAW, SESSION, GObject)

/* Errors of all three: DRAW_ERROR_* (draw-error.h), with a message for the person. */

/* A new board in a new file in that directory (made when missing). */
DrawSession *draw_session_create (const char *directory, GError **error);
/* The board of an existing file: state, history and unsent ops as they were. A damaged file is set
 * aside as NAME.damaged-N, and the board opens with what can be read of it and with what its server
 * has; "trouble" says so. When too little can be read to do that the error says it. DRAW_ERROR_BUSY:
 * it is open already, here or in another program. DRAW_ERROR_DISK: not a regular file whose name ends in
 * DRAW_BOARD_SUFFIX; such a file is never written, locked or set aside, whatever it holds. */
DrawSession *draw_session_open (const char *path, GError **error);
/* The same, read by a thread, for a large one; the session is of the default main context, which is
 * the caller's. The callback's source is NULL. A file that turns out to be damaged is repaired by _finish(), which blocks then. */
void draw_session_open_async (const char *path, GAsyncReadyCallback callback, gpointer user_data);
DrawSession *draw_session_open_finish (GAsyncResult *result, GError **error);
/* The board of the link: its file in the directory when it has been here before (the link becomes its
 * link), else a new one. Does not connect. DRAW_ERROR_REFUSED: the board of that id has another key. */
DrawSession *draw_session_join (const char *directory, const BoardLink *link, GError **error);

/* The link of draw_session_join() came to nothing: the one that the board had before, if it had one, is its
 * link again. Ends the connection. */
void draw_session_take_former_link (DrawSession *self);

const char *draw_session_get_path (DrawSession *self);
const char *draw_session_get_board (DrawSession *self);
const char *draw_session_get_member (DrawSession *self);
BoardReplica *draw_session_get_replica (DrawSession *self);
BoardDocument *draw_session_get_document (DrawSession *self);
DrawShareState draw_session_get_share_state (DrawSession *self);
guint draw_session_get_n_waiting (DrawSession *self);
BoardRole draw_session_get_role (DrawSession *self);
/* GListModel of DrawMember, self first. Borrowed. */
GListModel *draw_session_get_members (DrawSession *self);
/* One of them, borrowed; NULL when nobody of that id was ever heard of. */
DrawMember *draw_session_find_member (DrawSession *self, const char *id);
/* What time it is, ms since the epoch, by the clock that the times of the log are of: the server's, as it said when it
 * was there last, whatever this computer's clock says or is set to; this computer's while no server said. */
int64_t draw_session_get_time (DrawSession *self);
/* Whether a host has locked the board, as far as is known. */
gboolean draw_session_get_locked (DrawSession *self);
/* Casts and whispers of a muted member are dropped, on this computer alone; "muted" of the DrawMember. */
void draw_session_set_muted (DrawSession *self, const char *member, gboolean muted);
/* The invitation that this board was joined by or is shared with; NULL when local. Borrowed. */
const BoardLink *draw_session_get_link (DrawSession *self);
/* What stands between this computer and the board's server, as far as the server said it: also while it is
 * OFFLINE and tries again. */
DrawObstacle draw_session_get_obstacle (DrawSession *self);
/* done, total: (out): in the unit of the stage; 0 where it has none. */
DrawLoading draw_session_get_loading (DrawSession *self, guint64 *done, guint64 *total);
/* name up to BOARD_MAX_NAME characters; color "#rrggbb". Sent sealed at the next connect. */
void draw_session_set_profile (DrawSession *self, const char *name, const char *color);

/* Applies at once and journals; it is on disk before it is sent. Returns the counter, or 0 and an error:
 * DRAW_ERROR_READ_ONLY, DRAW_ERROR_TOO_LARGE, DRAW_ERROR_DISK (the queue before the disk is full),
 * BOARD_ERROR_*. */
uint64_t draw_session_submit (DrawSession *self, BoardOp *op, GError **error);
/* What is submitted between these two is one act of the person: one step of undo. */
void draw_session_begin_act (DrawSession *self);
void draw_session_end_act (DrawSession *self);
/* Nothing happens when there is nothing to undo, or the board is read-only. */
void draw_session_undo (DrawSession *self);
void draw_session_redo (DrawSession *self);
/* Coalesced to 30 Hz, dropped while offline. */
void draw_session_send_cursor (DrawSession *self, double x, double y);
void draw_session_send_cursor_left (DrawSession *self);
void draw_session_send_cast (DrawSession *self, const BoardCast *cast);
/* What stays true until the next one of its kind: a view, a selection, a raised hand. Told at most ten
 * times a second, and again to those who come later. */
void draw_session_cast_lasting (DrawSession *self, const BoardCast *cast);

/* Creates this board on the server at origin ("http://127.0.0.1:3729") with this member as host and
 * an editor invitation, remembers the link, connects. Boards shared there before are only connected. */
void draw_session_share_async (DrawSession *self, const char *origin, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
/* The same, on a server that takes new boards from those alone who have its key (nullable, see
 * draw_server_key_is_valid()). Errors: DRAW_ERROR_KEY when it asks for another one. */
void draw_session_share_with_key_async (DrawSession *self, const char *origin, const char *key,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean draw_session_share_finish (DrawSession *self, GAsyncResult *result, GError **error);
/* Connects by the known link; keeps trying by itself until draw_session_disconnect(). The session must
 * have a link, and not be closed. */
void draw_session_connect (DrawSession *self);
/* Does not wait for "retry-at"; tries again after a refusal. Nothing happens without a link. */
void draw_session_reconnect_now (DrawSession *self);
void draw_session_disconnect (DrawSession *self);
/* Writes what is left and ends everything; blocks until it is on disk. */
void draw_session_close (DrawSession *self);
gboolean draw_session_is_closed (DrawSession *self);

G_END_DECLS
