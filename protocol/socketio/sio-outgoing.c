/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-outgoing.h"

#include "engineio/eio-socket-private.h"
#include "socketio/sio-args-private.h"
#include "socketio/sio-packet.h"

struct _SioOutgoing
{
  grefcount ref_count;
  gsize size;
  uint64_t position; /* in a log; 0: in none */
  guint n_frames;
  EioFrame *frames[];
};

/* text: transfer full. */
static SioOutgoing *
new_for_text (GBytes *text, SioArgs *args)
{
  g_autoptr (GBytes) owned = text;
  guint n_attachments = args != NULL ? sio_args_get_n_attachments (args) : 0;
  SioOutgoing *self = g_malloc (sizeof (SioOutgoing) + (1 + n_attachments) * sizeof (EioFrame *));

  g_ref_count_init (&self->ref_count);
  self->position = 0;
  self->size = 2 * g_bytes_get_size (text);
  self->n_frames = 1 + n_attachments;
  self->frames[0] = eio_frame_new_text (text);
  for (guint i = 0; i < n_attachments; i++)
    {
      GBytes *attachment = sio_args_get_attachment (args, i);

      self->size += 2 * g_bytes_get_size (attachment);
      self->frames[1 + i] = eio_frame_new_binary (attachment);
    }
  return self;
}

SioOutgoing *
sio_outgoing_new (const char *nsp, const char *event, SioArgs *args, int64_t id)
{
  return new_for_text (sio_packet_encode_event (nsp, event, args, id), args);
}

SioOutgoing *
sio_outgoing_new_logged (const char *nsp,
                         const char *event,
                         SioArgs *args,
                         const char *offset,
                         uint64_t position)
{
  SioOutgoing *self = new_for_text (sio_packet_encode_logged_event (nsp, event, args, offset), args);

  self->position = position;
  return self;
}

void
sio_outgoing_forbid_compression (SioOutgoing *self)
{
  for (guint i = 0; i < self->n_frames; i++)
    eio_frame_set_compress (self->frames[i], FALSE);
}

SioOutgoing *
sio_outgoing_ref (SioOutgoing *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
sio_outgoing_unref (SioOutgoing *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->n_frames; i++)
    eio_frame_unref (self->frames[i]);
  g_free (self);
}

gsize
sio_outgoing_get_size (SioOutgoing *self)
{
  return self->size;
}

gsize
sio_outgoing_get_wire_size (SioOutgoing *self)
{
  return self->size / 2;
}

uint64_t
sio_outgoing_get_position (SioOutgoing *self)
{
  return self->position;
}

void
sio_outgoing_send (SioOutgoing *self, EioSocket *engine)
{
  for (guint i = 0; i < self->n_frames; i++)
    eio_socket_push_frame (engine, self->frames[i]);
}
