/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-polling.h"

#include "engineio/eio-answer.h"
#include "engineio/eio-frame-private.h"
#include "engineio/eio-pause.h"

struct _EioPolling {
  EioWatch watch; /* first: the reactor's functions get it */
  EioReactor *reactor;
  gsize compress_from;
  const EioPollingFuncs *funcs;
  gpointer user_data;

  GQueue queue; /* of EioFrame */
  gsize buffered;
  EioPause waiting; /* the GET that waits */
  SoupServerMessage *posting; /* owned, nullable: a POST that is not answered */
  gulong posting_handler;
  GBytes *payload; /* owned, nullable: of that POST, once it is complete */
  EioPayloadReader reader;
  gboolean posting_paused;
  gboolean freed;
};

static void
append_frame (GString *payload, EioFrame *frame)
{
  EioPacket packet = eio_frame_get_packet (frame);

  eio_payload_append (payload, &packet);
}

/* Answers the GET with all that is queued, and with @farewell, which is nullable. As with the reference
 * one packet that may be compressed is enough for all of them. */
static void
answer_waiting (EioPolling *self, EioFrame *farewell)
{
  g_autoptr (SoupServerMessage) message = eio_pause_end (&self->waiting);
  g_autoptr (GString) payload = g_string_sized_new (self->buffered + 64);
  gboolean compress = FALSE;
  EioFrame *frame;

  while ((frame = g_queue_pop_head (&self->queue)) != NULL)
    {
      append_frame (payload, frame);
      compress = compress || eio_frame_get_compress (frame);
      eio_frame_unref (frame);
    }
  self->buffered = 0;
  if (farewell != NULL)
    append_frame (payload, farewell);
  eio_answer_payload (message, payload, compress ? self->compress_from : 0);
  soup_server_message_unpause (message);
}

static void
forget_posting (EioPolling *self)
{
  if (self->posting != NULL)
    g_clear_signal_handler (&self->posting_handler, self->posting);
  g_clear_object (&self->posting);
  g_clear_pointer (&self->payload, g_bytes_unref);
}

static void
answer_posting (EioPolling *self, gboolean good)
{
  g_autoptr (SoupServerMessage) message = g_object_ref (self->posting);

  forget_posting (self);
  if (good)
    eio_answer_ok (message);
  else
    eio_answer_error (message, EIO_ERROR_BAD_REQUEST, NULL);
  if (self->posting_paused)
    soup_server_message_unpause (message);
}

static void
polling_clear (gpointer data)
{
  EioPolling *self = data;

  eio_reactor_unref (self->reactor);
}

/* Handles some packets. The polling may be freed by what they do; the POST has been answered then. */
static void
receive_slice (EioPolling *self)
{
  g_autoptr (GError) error = NULL;
  gboolean more = TRUE;

  g_rc_box_acquire (self);
  for (guint i = 0; i < EIO_POLLING_SLICE && more && self->payload != NULL; i++)
    {
      g_auto (EioPacket) packet = EIO_PACKET_INIT;

      more = eio_payload_reader_next (&self->reader, &packet, &error);
      if (more)
        self->funcs->packet (&packet, self->user_data);
    }
  if (self->payload != NULL && !more)
    {
      answer_posting (self, error == NULL);
      if (error != NULL)
        self->funcs->packet (NULL, self->user_data);
    }
  if (self->payload != NULL)
    eio_reactor_mark (self->reactor, &self->watch);
  g_rc_box_release_full (self, polling_clear);
}

static void
answer_queue (EioPolling *self)
{
  if (!eio_polling_is_waiting (self) || g_queue_is_empty (&self->queue))
    return;
  answer_waiting (self, NULL);
  self->funcs->drained (self->user_data);
}

/* The end of a loop turn: all that was queued in it is one answer. */
static void
on_flush (EioWatch *watch)
{
  EioPolling *self = (EioPolling *) watch;

  g_rc_box_acquire (self);
  answer_queue (self);
  if (!self->freed && self->payload != NULL)
    receive_slice (self);
  g_rc_box_release_full (self, polling_clear);
}

static void
on_ready (EioWatch *watch, uint32_t events)
{
}

static const EioWatchFuncs watch_funcs = { on_ready, on_flush };

EioPolling *
eio_polling_new (EioReactor *reactor,
                 gsize compress_from,
                 const EioPollingFuncs *funcs,
                 gpointer user_data)
{
  EioPolling *self = g_rc_box_new0 (EioPolling);

  eio_watch_init (&self->watch, &watch_funcs, -1);
  self->reactor = eio_reactor_ref (reactor);
  self->compress_from = compress_from;
  self->funcs = funcs;
  self->user_data = user_data;
  return self;
}

void
eio_polling_free (EioPolling *self, EioFrame *farewell)
{
  if (eio_polling_is_waiting (self))
    answer_waiting (self, farewell);
  if (self->payload != NULL)
    answer_posting (self, TRUE);
  forget_posting (self);
  eio_polling_clear (self);
  eio_reactor_remove (self->reactor, &self->watch);
  self->freed = TRUE;
  g_rc_box_release_full (self, polling_clear);
}

void
eio_polling_send (EioPolling *self, EioFrame *frame)
{
  g_queue_push_tail (&self->queue, eio_frame_ref (frame));
  self->buffered += eio_frame_get_size (frame);
  eio_reactor_mark (self->reactor, &self->watch);
}

gsize
eio_polling_get_buffered (EioPolling *self)
{
  return self->buffered;
}

void
eio_polling_drain (EioPolling *self, void (*take) (EioFrame *frame, gpointer), gpointer data)
{
  EioFrame *frame;

  while ((frame = g_queue_pop_head (&self->queue)) != NULL)
    {
      take (frame, data);
      eio_frame_unref (frame);
    }
  self->buffered = 0;
}

void
eio_polling_clear (EioPolling *self)
{
  g_queue_clear_full (&self->queue, (GDestroyNotify) eio_frame_unref);
  self->buffered = 0;
}

gboolean
eio_polling_is_waiting (EioPolling *self)
{
  return self->waiting.message != NULL;
}

void
eio_polling_release (EioPolling *self, EioFrame *frame)
{
  if (eio_polling_is_waiting (self) && g_queue_is_empty (&self->queue))
    eio_polling_send (self, frame);
}

static void
on_hangup (gpointer user_data)
{
  EioPolling *self = user_data;

  self->funcs->gone (self->user_data);
}

gboolean
eio_polling_get (EioPolling *self, SoupServerMessage *message)
{
  if (eio_polling_is_waiting (self))
    return FALSE;
  eio_pause_begin (&self->waiting, message, self->reactor, on_hangup, self);
  eio_reactor_mark (self->reactor, &self->watch);
  return TRUE;
}

static void
on_post_finished (SoupServerMessage *message, gpointer user_data)
{
  EioPolling *self = user_data;

  forget_posting (self);
  self->funcs->gone (self->user_data);
}

gboolean
eio_polling_post_begin (EioPolling *self, SoupServerMessage *message)
{
  if (self->posting != NULL)
    return FALSE;
  self->posting = g_object_ref (message);
  self->posting_handler =
      g_signal_connect (message, "finished", G_CALLBACK (on_post_finished), self);
  return TRUE;
}

void
eio_polling_post_end (EioPolling *self, SoupServerMessage *message, GBytes *payload)
{
  if (self->posting != message)
    {
      eio_answer_error (message, EIO_ERROR_BAD_REQUEST, NULL);
      return;
    }
  g_rc_box_acquire (self);
  self->payload = g_bytes_ref (payload);
  self->posting_paused = FALSE;
  eio_payload_reader_init (&self->reader, self->payload, G_MAXUINT);
  receive_slice (self);
  if (self->payload != NULL)
    {
      self->posting_paused = TRUE;
      soup_server_message_pause (message);
    }
  g_rc_box_release_full (self, polling_clear);
}
