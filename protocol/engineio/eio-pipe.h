/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A connection that was taken over from HTTP: non-blocking bytes in both directions. A plain socket is
 * read and written by system calls and watched by the reactor; TLS goes through its GIOStream.
 */
#pragma once

#include <sys/uio.h>

#include "engineio/eio-reactor.h"

G_BEGIN_DECLS

typedef struct _EioPipe EioPipe;

typedef struct {
  /* There is something to read (or the end of it). */
  void (*readable) (gpointer user_data);
  void (*writable) (gpointer user_data);
  /* Once after eio_pipe_mark(), at the end of the loop turn. */
  void (*flush) (gpointer user_data);
} EioPipeFuncs;

#define EIO_PIPE_BLOCKED -1
#define EIO_PIPE_BROKEN -2

/* @stream: the connection, a GSocketConnection or a GTlsConnection. A plain one is taken by its descriptor,
 * so that GIO's objects can go. @keep: (nullable): released when the pipe has gone (what counts the
 * connection). */
EioPipe *eio_pipe_new (EioReactor *reactor,
                       GIOStream *stream,
                       gpointer keep,
                       GDestroyNotify release);
/* Its owner, before anything else, or a new one. */
void eio_pipe_set_funcs (EioPipe *self, const EioPipeFuncs *funcs, gpointer user_data);
/* Closes. */
void eio_pipe_free (EioPipe *self);
/* > 0: bytes, 0: the peer has ended its side, or one of EIO_PIPE_*. */
gssize eio_pipe_read (EioPipe *self, guint8 *buffer, gsize size);
/* >= 0: bytes taken, or one of EIO_PIPE_*. */
gssize eio_pipe_write (EioPipe *self, const struct iovec *vectors, guint n);
void eio_pipe_set_interest (EioPipe *self, gboolean reading, gboolean writing);
void eio_pipe_mark (EioPipe *self);
/* When the reactor's delay allows. */
void eio_pipe_mark_later (EioPipe *self);
/* Ends our side; what was written still arrives. */
void eio_pipe_shutdown (EioPipe *self);

G_END_DECLS
