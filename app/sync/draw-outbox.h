/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

#include "board/board-types.h"

G_BEGIN_DECLS

/**
 * DrawOutbox: which own op goes to the server next. No I/O and no clock: it is told what happened and
 * when, and a table of that tests all of it.
 *
 * Ops are sent in order of their counters, several at once (a window of ops and of bytes), each only
 * when it is on this computer's disk. The server takes counters without a hole; a counter that was
 * refused for good leaves one, which is filled by an empty op when a later one has to go.
 *
 * After a refusal nothing is sent until everything in flight is answered: the rest of the window
 * ends in the same refusal or in `gap`. Then it goes on from where the server stands, after a pause
 * that grows up to 4 s and half of which is chance. When the server itself could not take it (too
 * fast, unavailable, full, locked), one op alone asks whether it can again, and the window opens when
 * that one is acknowledged.
 */
typedef struct _DrawOutbox DrawOutbox;

/* What the owner has to do about a refusal. */
typedef enum {
  DRAW_OUTBOX_RETRY,      /* nothing: draw_outbox_next() will give it again in time */
  DRAW_OUTBOX_REJECT,     /* roll this op back */
  DRAW_OUTBOX_REJECT_ALL, /* roll back every op that waits: this member may not write */
  DRAW_OUTBOX_RECONNECT,  /* start over with a new hello */
} DrawOutboxVerdict;

/* The window, and the seed of the chance in the pauses: another one for each member. */
DrawOutbox *draw_outbox_new (guint max_ops, gsize max_bytes, guint32 seed);
void draw_outbox_free (DrawOutbox *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawOutbox, draw_outbox_free)

/* An op more; counter above all before. It waits for draw_outbox_set_durable(). */
void draw_outbox_add (DrawOutbox *self, uint64_t counter);
/* Everything up to that counter is on disk. */
void draw_outbox_set_durable (DrawOutbox *self, uint64_t counter);
/* hello: the server has this member's ops up to that counter. */
void draw_outbox_start (DrawOutbox *self, uint64_t server_counter);
/* The connection is gone: nothing is in flight any more. */
void draw_outbox_stop (DrawOutbox *self);

/* The next counter to send, which counts as in flight from now on. FALSE: nothing now. filler: it is
 * a hole. now: monotonic us. */
gboolean draw_outbox_next (DrawOutbox *self, int64_t now, uint64_t *counter, gboolean *filler);
/* How large the op in flight is. */
void draw_outbox_set_size (DrawOutbox *self, uint64_t counter, gsize bytes);
/* When draw_outbox_next() is to be asked again though nothing happened; 0: never. */
int64_t draw_outbox_get_wake_time (DrawOutbox *self);

/* The server has it on disk. TRUE when it was waiting: FALSE for a filler and for what is known. */
gboolean draw_outbox_acknowledge (DrawOutbox *self, uint64_t counter);
/* It came in the log: the same, whether it was in flight or not. */
gboolean draw_outbox_confirm (DrawOutbox *self, uint64_t counter);
/* expected: with BOARD_REFUSAL_GAP the counter that the server wants, 0 when it did not say. */
DrawOutboxVerdict draw_outbox_refuse (DrawOutbox *self, uint64_t counter, BoardRefusal refusal,
                                      uint64_t expected, int64_t now);
/* It was rolled back, before it was sent or after. */
void draw_outbox_remove (DrawOutbox *self, uint64_t counter);

/* Ops that were sent and are not answered. bytes: (out): how large they are. */
guint draw_outbox_get_n_in_flight (DrawOutbox *self, gsize *bytes);
/* Ops that the server has not acknowledged; fillers do not count. */
guint draw_outbox_get_n_waiting (DrawOutbox *self);

G_END_DECLS
