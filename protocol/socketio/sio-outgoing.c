/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-outgoing.h"

#include "socketio/sio-args-private.h"
#include "socketio/sio-packet.h"

struct _SioOutgoing
{
  guint n_frames;
  EioFrame *frames[];
};

SioOutgoing *
sio_outgoing_new (const char *nsp, const char *event, SioArgs *args, int64_t id)
{
  guint n_attachments = args != NULL ? sio_args_get_n_attachments (args) : 0;
  g_autoptr (GBytes) text = sio_packet_encode_event (nsp, event, args, id);
  SioOutgoing *self = g_malloc (sizeof (SioOutgoing) + (1 + n_attachments) * sizeof (EioFrame *));

  self->n_frames = 1 + n_attachments;
  self->frames[0] = eio_frame_new_text (text);
  for (guint i = 0; i < n_attachments; i++)
    self->frames[1 + i] = eio_frame_new_binary (sio_args_get_attachment (args, i));
  return self;
}

void
sio_outgoing_free (SioOutgoing *self)
{
  for (guint i = 0; i < self->n_frames; i++)
    eio_frame_unref (self->frames[i]);
  g_free (self);
}

void
sio_outgoing_send (SioOutgoing *self, EioSocket *engine)
{
  /* The first may make it close, and its owner let go of it. */
  g_autoptr (EioSocket) alive = self->n_frames > 1 ? g_object_ref (engine) : NULL;

  for (guint i = 0; i < self->n_frames; i++)
    eio_socket_send_frame (engine, self->frames[i]);
}
