/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The server's half of one session's long polling: the request that waits, what is queued for it, and
 * the request that brings packets.
 */
#pragma once

#include "engineio/eio-frame.h"
#include "engineio/eio-gate-stream.h"
#include "engineio/eio-packet.h"

G_BEGIN_DECLS

/* Packets of one POST that are handled in one turn of the loop. A client that has gathered thousands of
 * small ones sends them together, and rightly: only the bytes are limited. */
#define EIO_POLLING_SLICE 256

typedef struct _EioPolling EioPolling;

typedef struct {
  /* A packet of a POST, or NULL if what comes now is none. The polling may be freed in it. */
  void (*packet) (const EioPacket *packet, gpointer user_data);
  /* All that was queued has been fetched. */
  void (*drained) (gpointer user_data);
  /* A request broke off, or two came at once. */
  void (*gone) (gpointer user_data);
} EioPollingFuncs;

/* @compress_from: bytes of a body from which on it is compressed for who asks for it; 0: never. */
EioPolling *eio_polling_new (EioReactor *reactor,
                             gsize compress_from,
                             const EioPollingFuncs *funcs,
                             gpointer user_data);
/* A request that waits is answered with @farewell, or with no packet at all if that is NULL. */
void eio_polling_free (EioPolling *self, EioFrame *farewell);

void eio_polling_send (EioPolling *self, EioFrame *frame);
/* Bytes queued. */
gsize eio_polling_get_buffered (EioPolling *self);
/* Moves what is queued to somewhere else, in order. */
void eio_polling_drain (EioPolling *self, void (*take) (EioFrame *frame, gpointer), gpointer data);
/* Forgets what is queued. */
void eio_polling_clear (EioPolling *self);
gboolean eio_polling_is_waiting (EioPolling *self);
/* Answers a waiting request with @frame alone if nothing is queued for it. */
void eio_polling_release (EioPolling *self, EioFrame *frame);

/* A GET. It is paused until there is something to answer. FALSE: one waits already, and
 * the session has to end. */
gboolean eio_polling_get (EioPolling *self, SoupServerMessage *message);
/* The head of a POST; FALSE as above. gone() is called if its body breaks off. */
gboolean eio_polling_post_begin (EioPolling *self, SoupServerMessage *message);
/* The POST is complete: its packets are handled, over several turns if they are many, and then it is
 * answered. */
void eio_polling_post_end (EioPolling *self, SoupServerMessage *message, GBytes *payload);

G_END_DECLS
