/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A namespace, as one session sees it:
 *
 *   (none)     -> CONNECTING   the client's CONNECT
 *   CONNECTING -> JOINED       accepted
 *   CONNECTING -> (none)       refused
 *   JOINED     -> (none)       the client's DISCONNECT
 *   JOINED     -> LEFT         the server's DISCONNECT
 *   LEFT       -> CONNECTING   the client's CONNECT
 *   LEFT       -> (none)       the client's DISCONNECT that crossed the server's
 *
 * Two things differ from the reference, where neither disturbs an honest client. A namespace that
 * is being joined counts as joined: a second CONNECT is a breach while a slow middleware decides,
 * too. And after the server's DISCONNECT the client's events that were under way are ignored, where
 * the reference takes them for a breach and ends the other namespaces with it.
 */
#include "socketio/sio-connection.h"

#include <string.h>

#include "socketio/sio-types.h"

typedef enum
{
  STATE_CONNECTING,
  STATE_JOINED,
  STATE_LEFT,
} State;

typedef struct
{
  char *nsp; /* ref string, shared by all who are in it */
  State state;
  gpointer data; /* borrowed */
} Membership;

struct _SioConnection
{
  SioDecoder *decoder;
  guint max_namespaces;
  gboolean is_closed;
  guint n_memberships;
  Membership *memberships; /* few, nearly always one: an array of exactly that size */
  guint n_refused;         /* since the last one that was accepted */
};

/* Pointers to others are not valid afterwards. */
static void
drop (SioConnection *self, Membership *membership)
{
  gsize at = membership - self->memberships;

  g_ref_string_release (membership->nsp);
  self->n_memberships--;
  memmove (membership, membership + 1, (self->n_memberships - at) * sizeof (Membership));
}

static void
drop_all (SioConnection *self)
{
  while (self->n_memberships > 0)
    drop (self, &self->memberships[self->n_memberships - 1]);
  g_clear_pointer (&self->memberships, g_free);
}

SioConnection *
sio_connection_new (const SioPacketLimits *limits, guint max_namespaces)
{
  SioConnection *self = g_new0 (SioConnection, 1);

  self->decoder = sio_decoder_new (limits);
  self->max_namespaces = max_namespaces;
  return self;
}

void
sio_connection_free (SioConnection *self)
{
  sio_decoder_free (self->decoder);
  drop_all (self);
  g_free (self);
}

static Membership *
find (SioConnection *self, const char *nsp)
{
  for (guint i = 0; i < self->n_memberships; i++)
    {
      Membership *membership = &self->memberships[i];

      if (strcmp (membership->nsp, nsp) == 0)
        return membership;
    }
  return NULL;
}

static SioConnectionAction
breach (GError **error, SioError code, const char *message)
{
  g_set_error_literal (error, SIO_ERROR, code, message);
  return SIO_CONNECTION_BREACH;
}

/* Room for one more: what the server has left only serves late events, and goes first. */
static gboolean
make_room (SioConnection *self)
{
  if (self->n_memberships < self->max_namespaces)
    return TRUE;
  for (guint i = 0; i < self->n_memberships; i++)
    {
      Membership *membership = &self->memberships[i];

      if (membership->state != STATE_LEFT)
        continue;
      drop (self, membership);
      return TRUE;
    }
  return FALSE;
}

static SioConnectionAction
on_connect (SioConnection *self, const char *nsp, GError **error)
{
  Membership *membership = find (self, nsp);

  if (membership != NULL && membership->state != STATE_LEFT)
    return breach (error, SIO_ERROR_PARSE, "Second CONNECT to a namespace");
  if (self->n_refused >= self->max_namespaces)
    return breach (error, SIO_ERROR_LIMIT, "Too many refused namespaces");
  if (membership != NULL)
    drop (self, membership);
  if (!make_room (self))
    return breach (error, SIO_ERROR_LIMIT, "Too many namespaces");
  self->memberships = g_renew (Membership, self->memberships, self->n_memberships + 1);
  self->memberships[self->n_memberships++]
      = (Membership){ .nsp = g_ref_string_new_intern (nsp), .state = STATE_CONNECTING };
  return SIO_CONNECTION_CONNECT;
}

/* Whatever needs a joined namespace. */
static SioConnectionAction
on_member_packet (SioConnection *self, const SioPacket *packet, gpointer *data, GError **error)
{
  Membership *membership = find (self, packet->nsp);
  gboolean was_left = membership != NULL && membership->state == STATE_LEFT;

  if (membership == NULL || membership->state == STATE_CONNECTING)
    return breach (error, SIO_ERROR_PARSE, "Packet for a namespace that is not joined");
  *data = membership->data;
  if (packet->type == SIO_PACKET_DISCONNECT)
    drop (self, membership);
  if (was_left)
    return SIO_CONNECTION_NOTHING;
  if (packet->type == SIO_PACKET_DISCONNECT)
    return SIO_CONNECTION_DISCONNECT;
  if (packet->type == SIO_PACKET_EVENT)
    return SIO_CONNECTION_EVENT;
  /* An ack without an id answers nothing; the reference ignores it as well. */
  return packet->has_id ? SIO_CONNECTION_ACK : SIO_CONNECTION_NOTHING;
}

static SioConnectionAction
on_packet (SioConnection *self, const SioPacket *packet, gpointer *data, GError **error)
{
  switch (packet->type)
    {
    case SIO_PACKET_CONNECT:
      return on_connect (self, packet->nsp, error);
    case SIO_PACKET_DISCONNECT:
    case SIO_PACKET_EVENT:
    case SIO_PACKET_ACK:
      return on_member_packet (self, packet, data, error);
    case SIO_PACKET_CONNECT_ERROR:
      return breach (error, SIO_ERROR_PARSE, "CONNECT_ERROR from a client");
    case SIO_PACKET_BINARY_EVENT:
    case SIO_PACKET_BINARY_ACK:
      break;
    }
  g_assert_not_reached ();
}

SioConnectionAction
sio_connection_receive (SioConnection *self,
                        GBytes *message,
                        gboolean binary,
                        SioPacket *packet,
                        gpointer *data,
                        GError **error)
{
  SioDecoderResult result;
  SioConnectionAction action;

  if (self->is_closed)
    return SIO_CONNECTION_NOTHING;
  if (binary)
    result = sio_decoder_feed_binary (self->decoder, message, packet, error);
  else
    result = sio_decoder_feed_text (self->decoder, message, packet, error);
  if (result == SIO_DECODER_ERROR)
    return SIO_CONNECTION_BREACH;
  if (result == SIO_DECODER_MORE)
    return SIO_CONNECTION_NOTHING;
  *data = NULL;
  action = on_packet (self, packet, data, error);
  if (action == SIO_CONNECTION_NOTHING || action == SIO_CONNECTION_BREACH)
    sio_packet_clear (packet);
  return action;
}

void
sio_connection_set_data (SioConnection *self, const char *nsp, gpointer data)
{
  Membership *membership = find (self, nsp);

  g_assert (membership != NULL && membership->state == STATE_CONNECTING);
  membership->data = data;
}

void
sio_connection_accept (SioConnection *self, const char *nsp)
{
  Membership *membership = find (self, nsp);

  g_assert (membership != NULL && membership->state == STATE_CONNECTING);
  membership->state = STATE_JOINED;
  self->n_refused = 0;
}

void
sio_connection_refuse (SioConnection *self, const char *nsp)
{
  Membership *membership = find (self, nsp);

  g_assert (membership != NULL && membership->state == STATE_CONNECTING);
  drop (self, membership);
  self->n_refused++;
}

void
sio_connection_leave (SioConnection *self, const char *nsp)
{
  Membership *membership = find (self, nsp);

  g_assert (membership != NULL && membership->state == STATE_JOINED);
  membership->state = STATE_LEFT;
  membership->data = NULL;
}

GPtrArray *
sio_connection_get_all (SioConnection *self)
{
  GPtrArray *all = g_ptr_array_new ();

  for (guint i = 0; i < self->n_memberships; i++)
    {
      Membership *membership = &self->memberships[i];

      if (membership->data != NULL)
        g_ptr_array_add (all, membership->data);
    }
  return all;
}

gpointer
sio_connection_get_lone (SioConnection *self)
{
  gpointer lone = NULL;

  for (guint i = 0; i < self->n_memberships; i++)
    {
      gpointer data = self->memberships[i].data;

      if (data != NULL && lone != NULL)
        return NULL;
      if (data != NULL)
        lone = data;
    }
  return lone;
}

gboolean
sio_connection_any (SioConnection *self, gboolean (*func) (gpointer data))
{
  for (guint i = 0; i < self->n_memberships; i++)
    {
      Membership *membership = &self->memberships[i];

      if (membership->data != NULL && func (membership->data))
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
sio_connection_close (SioConnection *self)
{
  GPtrArray *all = sio_connection_get_all (self);

  self->is_closed = TRUE;
  drop_all (self);
  return all;
}

guint
sio_connection_get_n_joined (SioConnection *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_memberships; i++)
    n += self->memberships[i].state == STATE_JOINED;
  return n;
}

gboolean
sio_connection_is_waiting (SioConnection *self)
{
  return !self->is_closed && sio_decoder_is_waiting (self->decoder);
}
