/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

struct _EioPipe {
  EioWatch watch; /* first: the reactor's functions get it */
  EioReactor *reactor;
  const EioPipeFuncs *funcs;
  gpointer user_data;
  gboolean by_stream; /* TLS */
  GIOStream *stream;  /* NULL: the descriptor is the pipe's own */
  gpointer keep;      /* nullable */
  GDestroyNotify release;

  /* TLS only */
  GSource *in_source;
  GSource *out_source;
};

static void
on_ready (EioWatch *watch, uint32_t events)
{
  EioPipe *self = (EioPipe *) watch;

  /* Writing first: a reader's answer may end the pipe. An error shows at the read. */
  if ((events & EPOLLOUT) != 0 && (events & ~EPOLLOUT) == 0)
    {
      self->funcs->writable (self->user_data);
      return;
    }
  if ((events & EPOLLOUT) != 0)
    eio_pipe_mark (self);
  self->funcs->readable (self->user_data);
}

static void
on_flush (EioWatch *watch)
{
  EioPipe *self = (EioPipe *) watch;

  self->funcs->flush (self->user_data);
}

static const EioWatchFuncs watch_funcs = { on_ready, on_flush };

static int
stream_get_fd (GIOStream *stream)
{
  g_autoptr (GIOStream) base = NULL;

  if (G_IS_SOCKET_CONNECTION (stream))
    return g_socket_get_fd (g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)));
  if (G_IS_TLS_CONNECTION (stream))
    g_object_get (stream, "base-io-stream", &base, NULL);
  return base != NULL ? stream_get_fd (base) : -1;
}

EioPipe *
eio_pipe_new (EioReactor *reactor,
              GIOStream *stream,
              gpointer keep,
              GDestroyNotify release)
{
  EioPipe *self = g_new0 (EioPipe, 1);
  int fd = stream_get_fd (stream);
  int own = -1;

  self->by_stream = !G_IS_SOCKET_CONNECTION (stream);
  if (!self->by_stream)
    own = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  if (own < 0)
    self->stream = g_object_ref (stream);
  eio_watch_init (&self->watch, &watch_funcs, own >= 0 ? own : fd);
  self->reactor = eio_reactor_ref (reactor);
  self->keep = keep;
  self->release = release;
  return self;
}

void
eio_pipe_set_funcs (EioPipe *self, const EioPipeFuncs *funcs, gpointer user_data)
{
  self->funcs = funcs;
  self->user_data = user_data;
}

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

void
eio_pipe_free (EioPipe *self)
{
  eio_reactor_remove (self->reactor, &self->watch);
  clear_source (&self->in_source);
  clear_source (&self->out_source);
  if (self->by_stream)
    g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  else if (self->stream != NULL)
    g_io_stream_close (self->stream, NULL, NULL);
  else
    close (self->watch.fd);
  g_clear_object (&self->stream);
  if (self->keep != NULL)
    self->release (self->keep);
  eio_reactor_unref (self->reactor);
  g_free (self);
}

/* What a GIOStream's failure means here; takes @error. */
static gssize
judge_error (GError *error)
{
  gboolean blocked = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);

  g_error_free (error);
  return blocked ? EIO_PIPE_BLOCKED : EIO_PIPE_BROKEN;
}

static gssize
judge_errno (void)
{
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? EIO_PIPE_BLOCKED
                                                                   : EIO_PIPE_BROKEN;
}

gssize
eio_pipe_read (EioPipe *self, guint8 *buffer, gsize size)
{
  GError *error = NULL;
  gssize n;

  if (!self->by_stream)
    {
      n = recv (self->watch.fd, buffer, size, MSG_DONTWAIT);
      return n >= 0 ? n : judge_errno ();
    }
  n = g_pollable_input_stream_read_nonblocking (
      G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->stream)), buffer, size, NULL,
      &error);
  return n >= 0 ? n : judge_error (error);
}

/* TLS makes records of what it is given: one buffer at a time. */
static gssize
write_stream (EioPipe *self, const struct iovec *vectors, guint n)
{
  GPollableOutputStream *stream =
      G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->stream));
  gssize total = 0;

  for (guint i = 0; i < n; i++)
    {
      GError *error = NULL;
      gssize written = g_pollable_output_stream_write_nonblocking (
          stream, vectors[i].iov_base, vectors[i].iov_len, NULL, &error);

      if (written < 0)
        {
          gssize judged = judge_error (error);

          return total > 0 && judged == EIO_PIPE_BLOCKED ? total : judged;
        }
      total += written;
      if ((gsize) written < vectors[i].iov_len)
        break;
    }
  return total;
}

gssize
eio_pipe_write (EioPipe *self, const struct iovec *vectors, guint n)
{
  struct msghdr message = { .msg_iov = (struct iovec *) vectors, .msg_iovlen = n };
  gssize written;

  if (self->by_stream)
    return write_stream (self, vectors, n);
  /* One buffer is the rule, and cheaper this way. */
  if (n == 1)
    written = send (self->watch.fd, vectors->iov_base, vectors->iov_len,
                    MSG_NOSIGNAL | MSG_DONTWAIT);
  else
    written = sendmsg (self->watch.fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  return written >= 0 ? written : judge_errno ();
}

static gboolean
on_stream_readable (GObject *stream, gpointer user_data)
{
  EioPipe *self = user_data;

  self->funcs->readable (self->user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_stream_writable (GObject *stream, gpointer user_data)
{
  EioPipe *self = user_data;

  self->funcs->writable (self->user_data);
  return G_SOURCE_CONTINUE;
}

static void
attach (EioPipe *self, GSource **slot, GSource *source, GPollableSourceFunc func)
{
  *slot = source;
  g_source_set_callback (source, G_SOURCE_FUNC (func), self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static void
set_stream_interest (EioPipe *self, gboolean reading, gboolean writing)
{
  if (!reading)
    clear_source (&self->in_source);
  else if (self->in_source == NULL)
    attach (self, &self->in_source,
            g_pollable_input_stream_create_source (
                G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->stream)), NULL),
            on_stream_readable);
  if (!writing)
    clear_source (&self->out_source);
  else if (self->out_source == NULL)
    attach (self, &self->out_source,
            g_pollable_output_stream_create_source (
                G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->stream)), NULL),
            on_stream_writable);
}

void
eio_pipe_set_interest (EioPipe *self, gboolean reading, gboolean writing)
{
  if (self->by_stream)
    set_stream_interest (self, reading, writing);
  else
    eio_reactor_set_events (self->reactor, &self->watch,
                            (reading ? EPOLLIN : 0) | (writing ? EPOLLOUT : 0));
}

void
eio_pipe_mark (EioPipe *self)
{
  eio_reactor_mark (self->reactor, &self->watch);
}

void
eio_pipe_mark_later (EioPipe *self)
{
  eio_reactor_mark_later (self->reactor, &self->watch);
}

void
eio_pipe_shutdown (EioPipe *self)
{
  if (self->watch.fd >= 0)
    shutdown (self->watch.fd, SHUT_WR);
}
