/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-request-private.h"

#include "engineio/eio-answer.h"
#include "engineio/eio-pause.h"

/* ASKED -> WAITING (no answer at once: the message is paused) -> OVER (answered, gone, abandoned, too late)
 * ASKED -> DECIDED (an answer at once) -> OVER (it has been carried out, by eio_request_wait()) */
typedef enum {
  STATE_ASKED,
  STATE_DECIDED,
  STATE_WAITING,
  STATE_OVER,
} State;

struct _EioRequest {
  GObject parent_instance;

  State state;
  SoupServerMessage *message; /* owned; NULL when OVER: it has the server and a connection behind it */
  EioDecidedFunc decided;
  gpointer user_data;
  GError *refusal; /* owned, nullable */
  guint status;    /* of a refusal */

  /* while WAITING */
  EioPause pause;
  EioTimers *timers; /* owned */
  EioTimer deadline;
};

G_DEFINE_FINAL_TYPE (EioRequest, eio_request, G_TYPE_OBJECT)

/* From WAITING. The message is the caller's; NULL: it has gone. */
static SoupServerMessage *
stop_waiting (EioRequest *self)
{
  self->state = STATE_OVER;
  eio_timers_disarm (self->timers, &self->deadline);
  g_clear_pointer (&self->timers, eio_timers_unref);
  g_clear_object (&self->message);
  return eio_pause_end (&self->pause);
}

void
eio_request_abandon (EioRequest *self)
{
  g_autoptr (SoupServerMessage) message = stop_waiting (self);

  if (message == NULL)
    return;
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection",
                                "close");
  eio_answer_error (message, EIO_ERROR_BAD_REQUEST, NULL);
  soup_server_message_unpause (message);
}

static void
on_gone (gpointer user_data)
{
  g_autoptr (EioRequest) self = g_object_ref (user_data);

  eio_request_abandon (self);
  self->decided (self, NULL, NULL, 0, self->user_data);
}

static void
decide (EioRequest *self, GError *refusal, guint status)
{
  g_autoptr (SoupServerMessage) message = NULL;
  g_autoptr (EioRequest) hold = g_object_ref (self);

  self->refusal = refusal;
  self->status = status;
  if (self->state == STATE_ASKED)
    {
      self->state = STATE_DECIDED;
      return;
    }
  message = stop_waiting (self);
  self->decided (self, message, refusal, status, self->user_data);
  soup_server_message_unpause (message);
}

static void
refuse (EioRequest *self, guint status, const char *text)
{
  const char *words = text != NULL ? text : eio_answer_text (EIO_ERROR_FORBIDDEN);

  decide (self, g_error_new_literal (EIO_ERROR, EIO_ERROR_FORBIDDEN, words), status);
}

static void
on_deadline (EioTimer *timer, gpointer user_data)
{
  refuse (user_data, SOUP_STATUS_FORBIDDEN, NULL);
}

static void
eio_request_finalize (GObject *object)
{
  EioRequest *self = EIO_REQUEST (object);

  g_assert (self->state != STATE_WAITING);
  g_clear_error (&self->refusal);
  g_clear_object (&self->message);

  G_OBJECT_CLASS (eio_request_parent_class)->finalize (object);
}

static void
eio_request_class_init (EioRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eio_request_finalize;
}

static void
eio_request_init (EioRequest *self)
{
  eio_timer_init (&self->deadline, on_deadline, self);
}

EioRequest *
eio_request_new (SoupServerMessage *message, EioDecidedFunc decided, gpointer user_data)
{
  EioRequest *self = g_object_new (EIO_TYPE_REQUEST, NULL);

  self->message = g_object_ref (message);
  self->decided = decided;
  self->user_data = user_data;
  return self;
}

gboolean
eio_request_wait (EioRequest *self, EioReactor *reactor, EioTimers *timers, guint timeout_ms)
{
  if (self->state == STATE_DECIDED)
    {
      g_autoptr (SoupServerMessage) message = g_steal_pointer (&self->message);

      self->state = STATE_OVER;
      self->decided (self, message, self->refusal, self->status, self->user_data);
      return FALSE;
    }
  self->state = STATE_WAITING;
  self->timers = eio_timers_ref (timers);
  eio_timers_arm (timers, &self->deadline, timeout_ms);
  eio_pause_begin (&self->pause, self->message, reactor, on_gone, self);
  return TRUE;
}

SoupServerMessage *
eio_request_get_message (EioRequest *self)
{
  g_return_val_if_fail (EIO_IS_REQUEST (self), NULL);

  return self->message;
}

gboolean
eio_request_is_open (EioRequest *self)
{
  g_return_val_if_fail (EIO_IS_REQUEST (self), FALSE);

  return self->state == STATE_ASKED || self->state == STATE_WAITING;
}

void
eio_request_allow (EioRequest *self)
{
  g_return_if_fail (EIO_IS_REQUEST (self));

  if (eio_request_is_open (self))
    decide (self, NULL, 0);
}

void
eio_request_refuse (EioRequest *self, guint status, const char *text)
{
  g_return_if_fail (EIO_IS_REQUEST (self));
  g_return_if_fail (status >= 400 && status <= 599);

  if (eio_request_is_open (self))
    refuse (self, status, text);
}
