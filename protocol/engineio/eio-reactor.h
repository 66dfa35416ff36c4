/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One epoll descriptor as one GSource for all sockets, and the end of a loop turn for those that have
 * something to write. GMainContext walks all sources and polls all descriptors at each turn; with
 * thousands of them that is milliseconds.
 */
#pragma once

#include <gio/gio.h>
#include <stdint.h>
#include <sys/epoll.h>

G_BEGIN_DECLS

/* Bytes that one connection may bring in one turn; then the others have theirs. */
#define EIO_READ_BUDGET (64 * 1024)

typedef struct _EioReactor EioReactor;
typedef struct _EioWatch EioWatch;

typedef struct {
  /* @events: EPOLLIN, EPOLLOUT, EPOLLRDHUP, EPOLLHUP, EPOLLERR */
  void (*ready) (EioWatch *watch, uint32_t events);
  /* Once after eio_reactor_mark(), when this turn's events have been handled. */
  void (*flush) (EioWatch *watch);
} EioWatchFuncs;

/* Part of its owner's struct. */
struct _EioWatch {
  const EioWatchFuncs *funcs;
  int fd;          /* -1: only flushed */
  uint32_t events; /* what epoll waits for, 0 = the descriptor is not in it */
  guint mark;      /* place in the list of the marked or held, from 1; 0 = in none */
  gboolean held;   /* in the list of the held */
};

/* In the thread's default main context. */
EioReactor *eio_reactor_new (GError **error);
EioReactor *eio_reactor_ref (EioReactor *self);
void eio_reactor_unref (EioReactor *self);

void eio_watch_init (EioWatch *watch, const EioWatchFuncs *funcs, int fd);
/* Level-triggered. FALSE: the kernel refused; nothing is watched then. */
gboolean eio_reactor_set_events (EioReactor *self, EioWatch *watch, uint32_t events);
/* Asks for flush(). */
void eio_reactor_mark (EioReactor *self, EioWatch *watch);
/* Asks for flush() when the delay allows: at once after a pause, else together with what comes within
 * @ms of the last time. Without a delay (0, the default) it is eio_reactor_mark(). */
void eio_reactor_mark_later (EioReactor *self, EioWatch *watch);
void eio_reactor_set_delay (EioReactor *self, guint ms);
/* Neither function is called any more, not for what has already happened either. */
void eio_reactor_remove (EioReactor *self, EioWatch *watch);
/* A place to read into, of EIO_READ_BUDGET bytes, for use within one call. */
guint8 *eio_reactor_get_scratch (EioReactor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EioReactor, eio_reactor_unref)

G_END_DECLS
