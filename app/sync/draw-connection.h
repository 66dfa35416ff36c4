/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "board/board-link.h"
#include "board/board-message.h"
#include "socketio/sio-args.h"
#include "sync/draw-obstacle.h"

G_BEGIN_DECLS

/**
 * DrawConnection: the way to the board's server, kept up: it knows the events and their form, and
 * neither the document nor the journal. It tries again by itself until it is closed or "refused".
 *
 * Signals:
 *   "attempting" ()                          an attempt begins
 *   "waiting" (gint64 retry_at)              monotonic us of the next one
 *   "refused" (guint refusal, const char *message)   BoardRefusal; it has given up. message: ours
 *   "hello" (BoardHello *hello)              connected; borrowed
 *   "lost" ()                                what said hello is gone
 *   "entries" (guint64 first, JsonArray *entries)    borrowed
 *   "casts" (JsonArray *entries)             borrowed
 *   "presence" (BoardPresence *presence)     borrowed
 *   "acknowledged" (guint64 counter, guint64 seq)
 *   "op-refused" (guint64 counter, guint refusal, guint64 expected)  expected: of a gap, else 0
 *   "whisper" (const char *member, const char *body)  private, from that member; sealed
 *   "locked" (gboolean locked)               it changed
 *   "snapshot-asked" (SioAck *ack)           to be answered once, soon or later; borrowed
 */
#define DRAW_TYPE_CONNECTION (draw_connection_get_type ())
G_DECLARE_FINAL_TYPE (DrawConnection, draw_connection, DRAW, CONNECTION, GObject)

/* member_seed: this member's. Errors: G_URI_ERROR. Does not connect yet. */
DrawConnection *draw_connection_new (const BoardLink *link, const BoardKey *member_seed, GError **error);
/* The last log position that is known here; asked for at every attempt. */
void draw_connection_set_since (DrawConnection *self, uint64_t seq);
/* Sealed; nullable. For the next attempt. */
void draw_connection_set_profile (DrawConnection *self, const char *profile);
/* Whether the log may begin after the snapshot that hello names. For the next attempt. */
void draw_connection_set_snapshot (DrawConnection *self, gboolean snapshot);
void draw_connection_open (DrawConnection *self);
/* Does not wait for the next attempt any longer. */
void draw_connection_retry_now (DrawConnection *self);
/* Whether somebody sits in front of the board: attempts follow one another sooner then (draw-retry.h), and
 * whoever sits down does not wait for the next one. Nobody at first. */
void draw_connection_set_in_use (DrawConnection *self, gboolean in_use);
/* The network has changed. Without a connection it is tried at once; what there is of one is asked for a
 * sign of life, and made again when there is none within 4 s. */
void draw_connection_check (DrawConnection *self);
/* Hangs up and connects again: what came cannot be followed, only a new hello helps. */
void draw_connection_restart (DrawConnection *self);
/* Hangs up for good. */
void draw_connection_close (DrawConnection *self);

/* body: sealed. Ends in "acknowledged", "op-refused" or "lost". */
void draw_connection_send_op (DrawConnection *self, uint64_t counter, const char *body);
/* Dropped when it cannot leave at once. */
void draw_connection_send_cast (DrawConnection *self, const char *body);

/* A question with an answer: any event of board-message.h that has an ack. Errors: DRAW_ERROR_REFUSED with
 * the reason in words, DRAW_ERROR_SERVER when there is no connection or no answer, G_IO_ERROR_CANCELLED.
 * The answer is (transfer full) and has at least one value, which is no refusal. */
void draw_connection_request_async (DrawConnection *self, const char *event, SioArgs *args,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
SioArgs *draw_connection_request_finish (DrawConnection *self, GAsyncResult *result, GError **error);
/* The server's last no, also one that makes it try again; NONE once it said hello. */
DrawObstacle draw_connection_get_obstacle (DrawConnection *self);
/* The id of the Engine.IO session under the connection, which proofs for blobs sign; NULL while there is
 * none. Borrowed. */
const char *draw_connection_get_engine_id (DrawConnection *self);

G_END_DECLS
