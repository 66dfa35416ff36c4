/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-hangup.h"

static void
on_ready (EioWatch *watch, uint32_t events)
{
  EioHangup *self = (EioHangup *) watch;
  EioHangupFunc func = self->func;

  eio_hangup_stop (self);
  if (func != NULL)
    func (self->user_data);
}

static void
on_flush (EioWatch *watch)
{
}

static const EioWatchFuncs watch_funcs = { on_ready, on_flush };

void
eio_hangup_start (EioHangup *self, EioReactor *reactor, int fd, EioHangupFunc func, gpointer user_data)
{
  eio_hangup_stop (self);
  eio_watch_init (&self->watch, &watch_funcs, fd);
  self->reactor = reactor;
  self->func = func;
  self->user_data = user_data;
  eio_reactor_set_events (reactor, &self->watch, EPOLLRDHUP);
}

void
eio_hangup_stop (EioHangup *self)
{
  if (self->func == NULL)
    return;
  self->func = NULL;
  eio_reactor_remove (self->reactor, &self->watch);
}
