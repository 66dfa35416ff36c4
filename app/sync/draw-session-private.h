/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "board/board-seal.h"
#include "board/board-sealed-op.h"
#include "socketio/sio-types.h"
#include "sync/draw-connection.h"
#include "sync/draw-error.h"
#include "sync/draw-journal.h"
#include "sync/draw-outbox.h"
#include "sync/draw-roster.h"
#include "sync/draw-session.h"
#include "sync/draw-silence.h"

G_BEGIN_DECLS

typedef struct _DrawShortcut DrawShortcut;

/* What was shown at a position of the log. */
typedef struct {
  uint64_t seq; /* 0: none */
  char hash[33];
} DrawHashPoint;

/* Of the log before a snapshot: draw-session-past.c has the transitions. */
typedef enum {
  DRAW_PAST_IDLE,
  DRAW_PAST_LOOKING,
  DRAW_PAST_FETCHING,
  DRAW_PAST_CHECKING,
  DRAW_PAST_PROVEN,
} DrawPastStage;

/* What the files of the session share: draw-session.c (the object, own ops), draw-session-open.c (from
 * a file), draw-session-online.c (with a server), draw-session-cast.c (ephemeral things),
 * draw-session-share.c (the first time on a server). */
struct _DrawSession {
  GObject parent_instance;

  /* What it is. */
  char *board;
  char *member;
  BoardKey seed; /* the member's, secret */
  BoardKey key;  /* the board's, secret */
  BoardLink *link; /* nullable */
  BoardKey next_invite; /* secret; all zero: none was made */
  gboolean moved;       /* to a server that was not told of us, wherever it is */
  BoardLink *former_link; /* that draw_session_join() replaced; nullable */
  char *name;      /* the own profile, nullable */
  char *color;

  /* Its parts. */
  DrawJournal *journal;
  BoardReplica *replica;
  DrawOutbox *outbox;
  DrawRoster *roster;
  DrawConnection *connection; /* nullable: while it is not to be connected */
  GNetworkMonitor *network;   /* from the first connect on */

  /* Blobs. */
  char *blobs;             /* their folder */
  SoupSession *http;       /* from the first transfer on */
  GCancellable *transfers; /* of uploads */
  gboolean uploading;
  guint upload_timer;

  /* Shortcuts of the log. */
  uint64_t state_seq;     /* of the state in the journal, 0: none */
  gboolean keeping_state; /* one is being made for it */
  uint64_t last_seq;      /* of the log's last entry here; 0: it is not known */
  char last_member[64];   /* who wrote it... */
  uint64_t last_counter;  /* ...as which of theirs... */
  int64_t last_time;      /* ...when, by the server's clock */
  int64_t max_blob;       /* bytes of a sealed one, as the server says; 0: it does not */
  uint64_t too_large_seq; /* where a snapshot was larger than a blob may be, 0: nowhere */
  SioAck *question;       /* the server's, being answered; nullable */
  gboolean wants_shortcut; /* the server was told at the last attempt */
  DrawShortcut *shortcut; /* the snapshot that is being fetched; nullable */
  gboolean no_shortcut;   /* one was at fault: the log is read instead */

  /* Whether what is shown is what the log says. */
  struct {
    DrawPastStage stage;
    gboolean thorough;  /* it is wanted, whether there is a doubt or not */
    gboolean urgent;    /* there is one */
    gboolean given_up;
    gboolean alone;     /* the connection was ended for it */
    uint64_t first;     /* of the log in the file, while it is fetched */
    guint page;         /* entries that are asked for at a time */
    guint timer;
    GCancellable *cancellable; /* of what is under way; nullable */
  } past;
  /* What was never looked at here. */
  struct {
    GQueue missing; /* ids, owned */
    guint64 fetched; /* bytes */
    guint timer;
    GCancellable *cancellable; /* nullable: nothing is under way, nor will be */
  } pictures;
  struct {
    DrawHashPoint known[256]; /* that of position n at n % 256 */
    DrawHashPoint ahead[8];   /* others', of positions that are not here yet */
    guint n_ahead;
    uint64_t told;            /* the position of the last one */
    int64_t answered;         /* monotonic us */
    guint timer;
  } agreement;

  /* Where it stands. */
  DrawShareState state;
  int64_t retry_at;
  BoardRole role;
  char *title;
  char *refusal_message;
  DrawObstacle obstacle;    /* why it was refused; NONE while there is a connection */
  int64_t last_contact;     /* seconds since the epoch */
  int64_t server_time;      /* ms since the epoch, hello's; 0: not told */
  int64_t server_time_at;   /* when that was, monotonic us */
  DrawSilence silence;
  guint silent_for;         /* seconds, as it was told */
  uint64_t target_seq;      /* hello's: online when it is reached; 0: none yet */
  uint64_t first_seq;       /* what was here at hello */
  gboolean journal_failing;
  gboolean ended;           /* refused, as the server has no such board */
  gboolean locked;          /* by a host: hosts alone may write */
  gboolean resume_when_written; /* hung up because the journal cannot follow */
  gboolean closed;
  GError *opening_trouble;  /* told once somebody can listen */

  /* What waits for its time. */
  guint history_timer;
  guint wake_timer;
  guint silence_timer; /* while something is not answered */
  guint trouble_timer;
  guint people_timer;
  guint known_timer;
  guint lasting_timer;
  guint lasting_due;                      /* a bit for each kind that is to be sent */
  char *lasting[BOARD_CAST_SAY + 1];      /* the newest of each kind, JSON; nullable */
  guint cursor_timer;
  int64_t cursor_sent; /* monotonic us */
  guint use_timer;     /* while somebody sits in front of it */
  int64_t use_noted;   /* monotonic us */
  gboolean cursor_waiting;
  double cursor_x, cursor_y;
};

/* draw-session.c */
/* journal: (transfer full). Takes the identity from the journal's meta values.
 * Returns NULL and DRAW_ERROR_DAMAGED when these cannot be read. */
DrawSession *draw_session_new (DrawJournal *journal, GError **error);
void draw_session_set_state (DrawSession *self, DrawShareState state);
void draw_session_set_retry_at (DrawSession *self, int64_t retry_at);
void draw_session_set_silent_for (DrawSession *self, guint seconds);
void draw_session_set_role (DrawSession *self, BoardRole role);
void draw_session_set_locked (DrawSession *self, gboolean locked);
void draw_session_set_refusal_message (DrawSession *self, const char *message);
void draw_session_set_link (DrawSession *self, const BoardLink *link);
void draw_session_update_title (DrawSession *self);
void draw_session_notify_waiting (DrawSession *self);
gboolean draw_session_is_read_only (DrawSession *self);
/* Emits "trouble" from the main loop, so that whoever opened the session hears it. error: (transfer full) */
void draw_session_take_trouble (DrawSession *self, GError *error);
/* draw-session-history.c */
void draw_session_write_history (DrawSession *self);
/* Once everything else is loaded. */
void draw_session_read_history (DrawSession *self);

/* An op that the replica has taken: journal, outbox, history. */
void draw_session_keep (DrawSession *self, uint64_t counter, const char *text);
/* Rolls an own op back, on disk too. */
void draw_session_roll_back (DrawSession *self, uint64_t counter);
void draw_session_emit_cast (DrawSession *self, const char *member, BoardCast *cast);
void draw_session_emit_whisper (DrawSession *self, const char *member, const char *text);
void draw_session_emit_member_left (DrawSession *self, const char *member);
void draw_session_emit_acknowledged (DrawSession *self, uint64_t counter, uint64_t seq);

/* draw-session-online.c */
/* Sends what may be sent now. */
void draw_session_pump (DrawSession *self);
/* The person does something: whoever draws is not to wait for a server that is back. */
void draw_session_note_use (DrawSession *self);
/* The journal has caught up. */
void draw_session_resume (DrawSession *self);
void draw_session_hang_up (DrawSession *self);
/* The own name and colour, sealed; NULL when there is none. Transfer full. */
char *draw_session_seal_profile (DrawSession *self);
/* Of another member, as that one's app would do it. name, color: nullable. */
char *draw_session_seal_profile_of (DrawSession *self, const char *member, const char *name,
                                    const char *color);

/* draw-session-silence.c */
/* Something was sent, or answered, or the connection is gone. */
void draw_session_watch_silence (DrawSession *self, gboolean answered);

/* draw-session-share.c */
/* The seed of the editor's invitation that comes with this board to its next server: who has the link that is out there
 * needs no other. One that only let people look is not made to be more. */
void draw_session_choose_invite (DrawSession *self, BoardKey *invite_seed);
/* What makes this board on a server: this member is its host, and an editor's invitation without end comes with
 * it. Transfer full. */
JsonNode *draw_session_make_create (DrawSession *self, const BoardKey *invite_seed);

/* An entry is here: the log's last one by now. */
void draw_session_note_entry (DrawSession *self, uint64_t seq, const char *member, uint64_t counter,
                              int64_t time_ms);
/* Entries of the log, from that position on. */
void draw_session_take_entries (DrawSession *self, uint64_t first, JsonArray *entries);

/* draw-session-state.c */
/* Reads the file beside its journal, in a thread: what the log says as far as it is on disk. Errors:
 * DRAW_ERROR_*, G_IO_ERROR_CANCELLED when the session is closed. */
void draw_session_make_state_async (DrawSession *self, GAsyncReadyCallback callback, gpointer user_data);
/* board_replica_save_state() of that position; (transfer full). */
GBytes *draw_session_make_state_finish (DrawSession *self, GAsyncResult *result, uint64_t *seq,
                                        GError **error);
/* A state that the log gives: the next time the file is opened from there. */
void draw_session_keep_state (DrawSession *self, uint64_t seq, GBytes *bytes);
/* Makes and keeps one where the log behind the last has grown long. */
void draw_session_consider_state (DrawSession *self);

/* draw-session-shortcut.c */
/* Whether this board may begin with a snapshot: nothing is known of it here yet. */
gboolean draw_session_may_take_shortcut (DrawSession *self);
/* hello names a snapshot that was asked for. FALSE: it cannot be followed; the log will be asked for. */
gboolean draw_session_take_shortcut (DrawSession *self, const BoardHello *hello);
/* Entries behind a snapshot that is not here yet. */
void draw_session_hold_entries (DrawSession *self, uint64_t first, JsonArray *entries);
/* The connection is gone. */
void draw_session_stop_shortcut (DrawSession *self);
/* What a blob's download has come to, if it is the one that is fetched; total: 0: unknown. */
void draw_session_note_download (DrawSession *self, const char *blob, gsize done, gsize total);
/* FALSE: none is being fetched. Bytes. */
gboolean draw_session_get_shortcut_progress (DrawSession *self, guint64 *done, guint64 *total);

/* draw-session-past.c */
/* Entries of the log that the server has, that many or as many as it gives at a time. */
void draw_session_ask_history_async (DrawSession *self, uint64_t first, guint n, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
/* What begins at that position, at least one; (transfer full). */
JsonArray *draw_session_ask_history_finish (DrawSession *self, GAsyncResult *result, uint64_t first, GError **error);
/* Fetches the log before a snapshot and compares it, if that is wanted now. */
void draw_session_consider_past (DrawSession *self);
/* Somebody has another board at a position: the log is to be read at once. Only the first doubt does anything. */
void draw_session_doubt (DrawSession *self);
void draw_session_stop_past (DrawSession *self);

/* draw-session-pictures.c */
/* Its picture's id, NULL when it has none that can be one. Borrowed. */
const char *draw_session_get_picture_of (BoardElement *element);
guint draw_session_count_missing_pictures (DrawSession *self);
/* Fetches pictures that are not here, if that is wanted now. */
void draw_session_consider_pictures (DrawSession *self);
void draw_session_stop_pictures (DrawSession *self);

/* draw-session-agree.c */
/* What is confirmed now. */
void draw_session_note_hash (DrawSession *self);
/* At that position, NULL when it is not known (any more). Borrowed. */
const char *draw_session_find_hash (DrawSession *self, uint64_t seq);
/* What was shown before is nothing to go by. */
void draw_session_forget_hashes (DrawSession *self);
/* All is here that the server has: it is told, and again now and then. */
void draw_session_start_agreement (DrawSession *self);
void draw_session_stop_agreement (DrawSession *self);
void draw_session_hear_hash (DrawSession *self, const BoardCast *cast);
/* More of the log is here. */
void draw_session_compare_ahead (DrawSession *self);

/* draw-session-snapshot.c */
/* The server asks for a snapshot. */
void draw_session_answer_snapshot (DrawSession *self, SioAck *ack);

/* draw-session-moderate.c: args: (transfer full) */
void draw_session_ask (DrawSession *self, const char *event, SioArgs *args, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
/* The answer to draw_session_ask(), (transfer full). */
SioArgs *draw_session_ask_take (DrawSession *self, GAsyncResult *result, GError **error);

/* draw-session-whisper.c */
void draw_session_take_whisper (DrawSession *self, const char *member, const char *body);

/* draw-session-people.c */
/* A cast came: what its author does, and where. */
void draw_session_note_cast (DrawSession *self, const char *member, const BoardCast *cast);
gboolean draw_session_is_muted (DrawSession *self, const char *member);
void draw_session_forget_doings (DrawMember *member);
/* Nobody does anything any more. */
void draw_session_stop_people (DrawSession *self);

/* draw-session-known.c */
/* Those whom the file knows, into the roster. */
void draw_session_read_known (DrawSession *self);
/* Somebody is new in the roster, or called otherwise: the file will know, soon. */
void draw_session_remember_known (DrawSession *self);
/* At once, if need be. */
void draw_session_stop_known (DrawSession *self);

/* draw-session-blob.c */
/* There is a server that may take what waits. */
void draw_session_upload_blobs (DrawSession *self);
void draw_session_stop_blobs (DrawSession *self);
/* Where a server keeps it, which is the first part of its path. */
#define DRAW_PICTURES "blob"
#define DRAW_SNAPSHOTS "snapshot"
/* A request about a blob, with its proof; NULL while nobody is connected: the proof speaks of the
 * connection. Transfer full. */
SoupMessage *draw_session_new_blob_request (DrawSession *self, const char *method, const char *place,
                                            const char *id);
/* As draw_session_get_blob_async(), from that place of the server; the same _finish. */
void draw_session_get_blob_from_async (DrawSession *self, const char *place, const char *id,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);
/* What sends them. Borrowed. */
SoupSession *draw_session_ensure_http (DrawSession *self);

/* draw-session-lasting.c */
/* Somebody came, or this member: everything is told again. */
void draw_session_repeat_lasting (DrawSession *self);
void draw_session_stop_lasting (DrawSession *self);

/* draw-session-cast.c */
/* text: of a cast, JSON. Dropped while offline. */
void draw_session_send_cast_text (DrawSession *self, const char *text);
void draw_session_take_casts (DrawSession *self, JsonArray *entries);
void draw_session_stop_casting (DrawSession *self);

G_END_DECLS
