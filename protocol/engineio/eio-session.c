/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-session.h"

/* How long a session waits for its last packets to be fetched; the reference's closeTimeout. */
#define CLOSE_MS 30000

static void
set_timer (EioSession *self, EioSessionTimer timer, guint ms)
{
  self->funcs->set_timer (timer, ms, self->user_data);
}

static void
set_upgrade (EioSession *self, EioUpgradeState upgrade)
{
  EioUpgradeState before = self->upgrade;

  self->upgrade = upgrade;
  if (upgrade == EIO_UPGRADE_CANDIDATE)
    set_timer (self, EIO_SESSION_TIMER_UPGRADE, self->options.upgrade_timeout);
  else if (upgrade != EIO_UPGRADE_PROBED && before != upgrade)
    set_timer (self, EIO_SESSION_TIMER_UPGRADE, 0);
}

static void
drop_candidate (EioSession *self)
{
  if (self->upgrade != EIO_UPGRADE_CANDIDATE && self->upgrade != EIO_UPGRADE_PROBED)
    return;
  set_upgrade (self, EIO_UPGRADE_NONE);
  self->funcs->drop_candidate (self->user_data);
}

/* A client that was answered "3probe" polls no more and sends "5", whatever comes; the reference's one
 * would wait for its heartbeat to stop if the candidate went away now. */
static void
begin_closing (EioSession *self)
{
  self->state = EIO_SESSION_CLOSING;
  if (self->upgrade != EIO_UPGRADE_PROBED)
    drop_candidate (self);
  set_timer (self, EIO_SESSION_TIMER_HEARTBEAT, 0);
  set_timer (self, EIO_SESSION_TIMER_CLOSE, CLOSE_MS);
}

static void
end (EioSession *self, EioCloseReason reason, gboolean graceful)
{
  if (self->state == EIO_SESSION_CLOSED)
    return;
  self->state = EIO_SESSION_CLOSED;
  drop_candidate (self);
  for (guint i = 0; i < EIO_SESSION_N_TIMERS; i++)
    set_timer (self, i, 0);
  self->funcs->closed (reason, graceful, self->user_data);
}

void
eio_session_init (EioSession *self,
                  const EioSessionFuncs *funcs,
                  gpointer user_data,
                  const EioSessionOptions *options,
                  EioTransports transport)
{
  *self = (EioSession) {
    .funcs = funcs,
    .user_data = user_data,
    .options = *options,
    .state = EIO_SESSION_OPEN,
    .upgrade = transport == EIO_TRANSPORT_WEBSOCKET ? EIO_UPGRADE_DONE : EIO_UPGRADE_NONE,
  };
  set_timer (self, EIO_SESSION_TIMER_HEARTBEAT, options->ping_interval);
}

/* Pings come an interval after the last pong; other traffic is no sign of life. */
static void
receive_pong (EioSession *self)
{
  self->awaits_pong = FALSE;
  set_timer (self, EIO_SESSION_TIMER_HEARTBEAT, self->options.ping_interval);
}

void
eio_session_receive (EioSession *self, const EioPacket *packet)
{
  if (self->state == EIO_SESSION_CLOSED)
    return;
  switch (packet->type)
    {
    case EIO_PACKET_MESSAGE:
      if (self->state == EIO_SESSION_OPEN)
        self->funcs->deliver (packet->data, packet->binary, self->user_data);
      break;
    case EIO_PACKET_PONG:
      if (self->state == EIO_SESSION_OPEN)
        receive_pong (self);
      break;
    case EIO_PACKET_CLOSE:
      end (self, EIO_CLOSE_REASON_TRANSPORT_CLOSE, TRUE);
      break;
    case EIO_PACKET_PING:
      /* In version 4 the server pings. */
      end (self, EIO_CLOSE_REASON_TRANSPORT_ERROR, TRUE);
      break;
    case EIO_PACKET_OPEN:
    case EIO_PACKET_UPGRADE:
    case EIO_PACKET_NOOP:
    default:
      break;
    }
}

void
eio_session_receive_garbage (EioSession *self)
{
  end (self, EIO_CLOSE_REASON_PARSE_ERROR, TRUE);
}

gboolean
eio_session_take_candidate (EioSession *self)
{
  if (self->state != EIO_SESSION_OPEN || self->upgrade != EIO_UPGRADE_NONE ||
      !self->options.allow_upgrades)
    return FALSE;
  set_upgrade (self, EIO_UPGRADE_CANDIDATE);
  return TRUE;
}

static gboolean
is_probe (const EioPacket *packet)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (packet->data, &size);

  return packet->type == EIO_PACKET_PING && size == 5 && memcmp (data, "probe", 5) == 0;
}

void
eio_session_receive_candidate (EioSession *self, const EioPacket *packet)
{
  if (packet != NULL && self->upgrade == EIO_UPGRADE_CANDIDATE && is_probe (packet))
    {
      set_upgrade (self, EIO_UPGRADE_PROBED);
      self->funcs->answer_probe (self->user_data);
    }
  else if (packet != NULL && self->upgrade == EIO_UPGRADE_PROBED &&
           packet->type == EIO_PACKET_UPGRADE)
    {
      set_upgrade (self, EIO_UPGRADE_DONE);
      self->funcs->adopt_candidate (self->user_data);
      /* What was queued leaves before the websocket's close frame. */
      if (self->state == EIO_SESSION_CLOSING)
        end (self, EIO_CLOSE_REASON_FORCED_CLOSE, TRUE);
    }
  else
    {
      drop_candidate (self);
    }
}

void
eio_session_candidate_gone (EioSession *self)
{
  drop_candidate (self);
}

void
eio_session_transport_gone (EioSession *self, EioCloseReason reason)
{
  end (self, self->state == EIO_SESSION_CLOSING ? EIO_CLOSE_REASON_FORCED_CLOSE : reason, FALSE);
}

static void
expire_heartbeat (EioSession *self)
{
  if (self->awaits_pong)
    {
      end (self, EIO_CLOSE_REASON_PING_TIMEOUT, FALSE);
      return;
    }
  if (!self->funcs->check_progress (self->user_data))
    {
      eio_session_too_slow (self);
      return;
    }
  self->awaits_pong = TRUE;
  set_timer (self, EIO_SESSION_TIMER_HEARTBEAT, self->options.ping_timeout);
  self->funcs->send (EIO_PACKET_PING, self->user_data);
}

void
eio_session_expire (EioSession *self, EioSessionTimer timer)
{
  if (self->state == EIO_SESSION_CLOSED)
    return;
  switch (timer)
    {
    case EIO_SESSION_TIMER_HEARTBEAT:
      expire_heartbeat (self);
      break;
    case EIO_SESSION_TIMER_UPGRADE:
      drop_candidate (self);
      break;
    case EIO_SESSION_TIMER_CLOSE:
      end (self, EIO_CLOSE_REASON_FORCED_CLOSE, FALSE);
      break;
    case EIO_SESSION_N_TIMERS:
    default:
      g_assert_not_reached ();
    }
}

void
eio_session_close (EioSession *self, gboolean pending)
{
  if (self->state != EIO_SESSION_OPEN)
    return;
  if (pending)
    begin_closing (self);
  else
    end (self, EIO_CLOSE_REASON_FORCED_CLOSE, TRUE);
}

void
eio_session_drained (EioSession *self)
{
  if (self->state == EIO_SESSION_CLOSING)
    end (self, EIO_CLOSE_REASON_FORCED_CLOSE, TRUE);
}

void
eio_session_too_slow (EioSession *self)
{
  end (self, EIO_CLOSE_REASON_TOO_SLOW, FALSE);
}
