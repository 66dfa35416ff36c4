/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-pause.h"

#include "engineio/eio-guest.h"

static void
on_hangup (gpointer user_data)
{
  EioPause *self = user_data;

  self->gone (self->user_data);
}

/* Somebody else's server has dropped the connection. */
static void
on_guest_gone (SoupServerMessage *message, gpointer user_data)
{
  EioPause *self = user_data;
  g_autoptr (SoupServerMessage) hold = eio_pause_end (self);

  self->gone (self->user_data);
}

static void
watch_guest (EioPause *self, EioReactor *reactor)
{
  int fd = eio_guest_get_fd (self->message);

  if (fd >= 0)
    eio_hangup_start (&self->hangup, reactor, fd, on_hangup, self);
  self->handlers[0] =
      g_signal_connect (self->message, "finished", G_CALLBACK (on_guest_gone), self);
  self->handlers[1] =
      g_signal_connect (self->message, "disconnected", G_CALLBACK (on_guest_gone), self);
}

void
eio_pause_begin (EioPause *self,
                 SoupServerMessage *message,
                 EioReactor *reactor,
                 EioHangupFunc gone,
                 gpointer user_data)
{
  EioGateStream *stream = eio_gate_stream_get (message);

  g_assert (self->message == NULL);
  self->message = g_object_ref (message);
  self->gone = gone;
  self->user_data = user_data;
  soup_server_message_pause (message);
  if (stream == NULL)
    {
      watch_guest (self, reactor);
      return;
    }
  self->stream = g_object_ref (stream);
  eio_gate_stream_watch (stream, on_hangup, self);
}

SoupServerMessage *
eio_pause_end (EioPause *self)
{
  SoupServerMessage *message = g_steal_pointer (&self->message);

  if (message == NULL)
    return NULL;
  if (self->stream != NULL)
    eio_gate_stream_unwatch (self->stream);
  g_clear_object (&self->stream);
  eio_hangup_stop (&self->hangup);
  for (guint i = 0; i < G_N_ELEMENTS (self->handlers); i++)
    g_clear_signal_handler (&self->handlers[i], message);
  return message;
}
