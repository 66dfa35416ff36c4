/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-types.h"

G_BEGIN_DECLS

/* An event that is sent until it is answered, in a reference-counted box. */
typedef struct {
  char *event;      /* owned */
  SioArgs *args;    /* owned, nullable; frozen */
  guint timeout_ms; /* of one try, 0 for none */
  gsize size;       /* bytes of its packet */
  GTask *task;      /* owned, nullable: who waits for the answer, not completed */
  GSource *cancelled; /* owned, nullable; while it is queued */
  guint tries;
  gboolean plain;  /* not to be compressed */
  gboolean queued; /* not given up, answered or cancelled yet */
} SioClientRetry;

/* args: nullable, referenced. task: nullable, referenced. */
SioClientRetry *sio_client_retry_new (const char *event,
                                      SioArgs *args,
                                      guint timeout_ms,
                                      gsize size,
                                      GTask *task);
SioClientRetry *sio_client_retry_ref (SioClientRetry *self);
void sio_client_retry_unref (SioClientRetry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioClientRetry, sio_client_retry_unref)

/**
 * SioClientRetries: events that go out one after the other, each when the one before was answered or
 * given up: the reference's `retries`. No I/O. All zero is empty.
 *
 *   IDLE -> TRYING (next) -> IDLE (settled, failed, cancelled)
 */
typedef struct {
  GQueue queue;    /* of SioClientRetry, owned */
  gsize size;      /* bytes of all */
  gboolean trying; /* the first one was sent */
  uint64_t begin;  /* where its try lies in what the connection was given; */
  uint64_t end;    /* 0: it was not given to it yet */
} SioClientRetries;

/* retry: taken. */
void sio_client_retries_push (SioClientRetries *self, SioClientRetry *retry);
/* What to send now, transfer none; NULL: nothing, or something is under way. */
SioClientRetry *sio_client_retries_next (SioClientRetries *self);
/* Its try had no answer. Whether it is to be tried again; else it has left the queue. */
gboolean sio_client_retries_fail (SioClientRetries *self, SioClientRetry *retry, guint max_retries);
/* It leaves the queue: answered, or not wanted any more. Nothing happens when it is not in there. */
void sio_client_retries_remove (SioClientRetries *self, SioClientRetry *retry);
/* The try is given to the connection, which has been given so many bytes before and after. */
void sio_client_retries_note_given (SioClientRetries *self, uint64_t before, uint64_t after);
/* Bytes of the try that wait in the connection as well, of which all up to left has gone. */
gsize sio_client_retries_get_below (SioClientRetries *self, uint64_t left);
/* All of them, transfer full. */
GPtrArray *sio_client_retries_take (SioClientRetries *self);

G_END_DECLS
