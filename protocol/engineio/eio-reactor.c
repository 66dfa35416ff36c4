/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-reactor.h"

#include <errno.h>
#include <unistd.h>

#define MAX_EVENTS 256

/* The epoll descriptor is the context's to poll, not the source's: GLib takes a source's descriptors out
 * of the poll and back during each dispatch, and wakes the loop by a system call for either. */
struct _EioReactor {
  GPollFD epoll;
  GMainContext *context; /* owned */
  GSource *source;       /* owned */
  GPtrArray *marked; /* of EioWatch, borrowed, NULL where one was removed */
  GPtrArray *held;   /* likewise: marked once the delay has passed */
  int64_t delay;     /* us */
  int64_t due;       /* the held ones, us, monotonic */
  guint8 *scratch;

  /* the round that is being dispatched */
  struct epoll_event events[MAX_EVENTS];
  int n_events;
  int at;
};

typedef struct {
  GSource source;
  EioReactor *reactor; /* borrowed */
} ReactorSource;

void
eio_watch_init (EioWatch *watch, const EioWatchFuncs *funcs, int fd)
{
  *watch = (EioWatch) { .funcs = funcs, .fd = fd };
}

gboolean
eio_reactor_set_events (EioReactor *self, EioWatch *watch, uint32_t events)
{
  struct epoll_event event = { .events = events, .data.ptr = watch };
  int operation = watch->events == 0 ? EPOLL_CTL_ADD : events == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;

  g_assert (watch->fd >= 0);

  if (events == watch->events)
    return TRUE;
  if (epoll_ctl (self->epoll.fd, operation, watch->fd, &event) != 0)
    return FALSE;
  watch->events = events;
  return TRUE;
}

static void
unlist (EioReactor *self, EioWatch *watch)
{
  if (watch->mark != 0)
    g_ptr_array_index (watch->held ? self->held : self->marked, watch->mark - 1) = NULL;
  watch->mark = 0;
  watch->held = FALSE;
}

void
eio_reactor_mark (EioReactor *self, EioWatch *watch)
{
  if (watch->mark != 0 && !watch->held)
    return;
  unlist (self, watch);
  g_ptr_array_add (self->marked, watch);
  watch->mark = self->marked->len;
}

void
eio_reactor_mark_later (EioReactor *self, EioWatch *watch)
{
  if (watch->mark != 0)
    return;
  if (self->delay == 0)
    {
      eio_reactor_mark (self, watch);
      return;
    }
  g_ptr_array_add (self->held, watch);
  watch->mark = self->held->len;
  watch->held = TRUE;
}

void
eio_reactor_set_delay (EioReactor *self, guint ms)
{
  self->delay = (int64_t) ms * 1000;
}

void
eio_reactor_remove (EioReactor *self, EioWatch *watch)
{
  if (watch->events != 0)
    eio_reactor_set_events (self, watch, 0);
  unlist (self, watch);
  for (int i = self->at; i < self->n_events; i++)
    if (self->events[i].data.ptr == watch)
      self->events[i].data.ptr = NULL;
}

guint8 *
eio_reactor_get_scratch (EioReactor *self)
{
  return self->scratch;
}

static void
run_ready (EioReactor *self)
{
  self->n_events = epoll_wait (self->epoll.fd, self->events, MAX_EVENTS, 0);
  for (self->at = 0; self->at < self->n_events; self->at++)
    {
      EioWatch *watch = self->events[self->at].data.ptr;

      if (watch != NULL)
        watch->funcs->ready (watch, self->events[self->at].events);
    }
  self->n_events = self->at = 0;
}

/* One clock for all sockets: a socket of its own would wake the loop of its own. */
static void
release_held (EioReactor *self, int64_t now)
{
  if (self->held->len == 0 || now < self->due)
    return;
  self->due = now + self->delay;
  for (guint i = 0; i < self->held->len; i++)
    if (g_ptr_array_index (self->held, i) != NULL)
      eio_reactor_mark (self, g_ptr_array_index (self->held, i));
  g_ptr_array_set_size (self->held, 0);
}

/* What is marked while this runs waits for the next turn, so that nobody can keep it running. */
static void
run_marked (EioReactor *self)
{
  guint n = self->marked->len;

  for (guint i = 0; i < n; i++)
    {
      EioWatch *watch = g_ptr_array_index (self->marked, i);

      if (watch == NULL)
        continue;
      g_ptr_array_index (self->marked, i) = NULL;
      watch->mark = 0;
      watch->funcs->flush (watch);
    }
  if (n == 0)
    return;
  g_ptr_array_remove_range (self->marked, 0, n);
  for (guint i = 0; i < self->marked->len; i++)
    if (g_ptr_array_index (self->marked, i) != NULL)
      ((EioWatch *) g_ptr_array_index (self->marked, i))->mark = i + 1;
}

static gboolean
is_due (EioReactor *self, int64_t now)
{
  return self->marked->len > 0 || (self->held->len > 0 && now >= self->due);
}

static gboolean
prepare (GSource *source, int *timeout)
{
  EioReactor *self = ((ReactorSource *) source)->reactor;
  int64_t now = self->held->len > 0 ? g_source_get_time (source) : 0;

  *timeout = self->held->len > 0 ? (int) ((MAX (self->due - now, 0) + 999) / 1000) : -1;
  return is_due (self, now);
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_autoptr (EioReactor) self = eio_reactor_ref (((ReactorSource *) source)->reactor);

  /* A loop inside of a callback does not dispatch this source, and must not be woken for it. */
  self->epoll.events = 0;
  run_ready (self);
  if (self->held->len > 0)
    release_held (self, g_get_monotonic_time ());
  run_marked (self);
  self->epoll.events = G_IO_IN;
  return G_SOURCE_CONTINUE;
}

static gboolean
check (GSource *source)
{
  EioReactor *self = ((ReactorSource *) source)->reactor;

  return self->epoll.revents != 0 || is_due (self, g_source_get_time (source));
}

static GSourceFuncs source_funcs = {
  .prepare = prepare,
  .check = check,
  .dispatch = dispatch,
};

EioReactor *
eio_reactor_new (GError **error)
{
  int epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  EioReactor *self;

  if (epoll_fd < 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "epoll: %s", g_strerror (code));
      return NULL;
    }
  self = g_rc_box_new0 (EioReactor);
  self->epoll = (GPollFD) { .fd = epoll_fd, .events = G_IO_IN };
  self->context = g_main_context_ref_thread_default ();
  self->marked = g_ptr_array_new ();
  self->held = g_ptr_array_new ();
  self->scratch = g_malloc (EIO_READ_BUDGET);
  self->source = g_source_new (&source_funcs, sizeof (ReactorSource));
  ((ReactorSource *) self->source)->reactor = self;
  g_source_set_static_name (self->source, "Engine.IO sockets");
  g_source_attach (self->source, self->context);
  g_main_context_add_poll (self->context, &self->epoll, G_PRIORITY_DEFAULT);
  return self;
}

EioReactor *
eio_reactor_ref (EioReactor *self)
{
  return g_rc_box_acquire (self);
}

static void
reactor_clear (gpointer data)
{
  EioReactor *self = data;

  g_main_context_remove_poll (self->context, &self->epoll);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_main_context_unref (self->context);
  close (self->epoll.fd);
  g_ptr_array_unref (self->marked);
  g_ptr_array_unref (self->held);
  g_free (self->scratch);
}

void
eio_reactor_unref (EioReactor *self)
{
  g_rc_box_release_full (self, reactor_clear);
}
