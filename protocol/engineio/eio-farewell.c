/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-farewell.h"

/* How long, and for how many bytes, we listen after having ended our side. */
#define LISTEN_MS 2000
#define LISTEN_BYTES (1024 * 1024)

struct _EioFarewell {
  EioTimers *timers;
  GQueue leavers; /* of Leaver */
  void (*left) (gpointer user_data); /* nullable */
  gpointer user_data;
};

/* writing: the outbox is not empty; then listening until the peer ends. */
typedef struct {
  EioFarewell *house; /* borrowed */
  GList link;
  EioPipe *pipe; /* owned */
  EioOutbox outbox;
  EioTimer timer;
  gboolean writing;
  gsize heard;
} Leaver;

static void
leaver_free (Leaver *self)
{
  EioFarewell *house = self->house;

  g_queue_unlink (&house->leavers, &self->link);
  eio_timers_disarm (house->timers, &self->timer);
  eio_outbox_clear (&self->outbox);
  eio_pipe_free (self->pipe);
  g_free (self);
  if (house->left != NULL)
    house->left (house->user_data);
}

static void
on_timeout (EioTimer *timer, gpointer user_data)
{
  leaver_free (user_data);
}

static void
leaver_listen (Leaver *self)
{
  self->writing = FALSE;
  eio_pipe_shutdown (self->pipe);
  eio_pipe_set_interest (self->pipe, TRUE, FALSE);
  eio_timers_arm (self->house->timers, &self->timer, LISTEN_MS);
}

static void
leaver_write (gpointer user_data)
{
  Leaver *self = user_data;

  if (!self->writing)
    return;
  switch (eio_outbox_write (&self->outbox, self->pipe))
    {
    case EIO_OUTBOX_EMPTY:
      leaver_listen (self);
      break;
    case EIO_OUTBOX_BLOCKED:
      eio_pipe_set_interest (self->pipe, FALSE, TRUE);
      break;
    case EIO_OUTBOX_BROKEN:
    default:
      leaver_free (self);
      break;
    }
}

static void
leaver_read (gpointer user_data)
{
  Leaver *self = user_data;
  guint8 buffer[4096];
  gssize n = eio_pipe_read (self->pipe, buffer, sizeof buffer);

  self->heard += n > 0 ? (gsize) n : 0;
  if ((n <= 0 && n != EIO_PIPE_BLOCKED) || self->heard > LISTEN_BYTES)
    leaver_free (self);
}

static const EioPipeFuncs pipe_funcs = { leaver_read, leaver_write, leaver_write };

EioFarewell *
eio_farewell_new (EioTimers *timers)
{
  EioFarewell *self = g_new0 (EioFarewell, 1);

  self->timers = eio_timers_ref (timers);
  return self;
}

void
eio_farewell_set_left (EioFarewell *self, void (*left) (gpointer user_data), gpointer user_data)
{
  self->left = left;
  self->user_data = user_data;
}

guint
eio_farewell_get_n_leavers (EioFarewell *self)
{
  return self->leavers.length;
}

void
eio_farewell_clear (EioFarewell *self)
{
  while (self->leavers.head != NULL)
    leaver_free (self->leavers.head->data);
}

void
eio_farewell_free (EioFarewell *self)
{
  eio_farewell_clear (self);
  eio_timers_unref (self->timers);
  g_free (self);
}

void
eio_farewell_add (EioFarewell *self, EioPipe *pipe, EioOutbox *outbox, guint patience)
{
  Leaver *leaver = g_new0 (Leaver, 1);

  leaver->house = self;
  leaver->link.data = leaver;
  leaver->pipe = pipe;
  leaver->outbox = *outbox;
  leaver->writing = TRUE;
  *outbox = (EioOutbox) { 0 };
  eio_timer_init (&leaver->timer, on_timeout, leaver);
  eio_timers_arm (self->timers, &leaver->timer, patience);
  g_queue_push_tail_link (&self->leavers, &leaver->link);
  eio_pipe_set_funcs (pipe, &pipe_funcs, leaver);
  leaver_write (leaver);
}
