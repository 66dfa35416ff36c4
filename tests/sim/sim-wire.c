/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-wire.h"

SimWire *
sim_wire_new (guint client)
{
  SimWire *self = g_new0 (SimWire, 1);

  self->client = client;
  return self;
}

void
sim_wire_free (SimWire *self)
{
  sim_pipe_truncate (&self->up, 0);
  sim_pipe_truncate (&self->down, 0);
  g_clear_object (&self->socket);
  g_free (self);
}

void
sim_message_free (SimMessage *self)
{
  g_free (self->text);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_free (self);
}

void
sim_pipe_push (SimPipe *self, SimMessage message, int64_t due)
{
  self->last_due = MAX (self->last_due, due);
  message.due = self->last_due;
  g_queue_push_tail (&self->messages, g_memdup2 (&message, sizeof message));
}

SimMessage *
sim_pipe_pop (SimPipe *self, int64_t now)
{
  SimMessage *message = g_queue_peek_head (&self->messages);

  return message != NULL && message->due <= now ? g_queue_pop_head (&self->messages) : NULL;
}

void
sim_pipe_truncate (SimPipe *self, guint n)
{
  while (self->messages.length > n)
    sim_message_free (g_queue_pop_tail (&self->messages));
}
