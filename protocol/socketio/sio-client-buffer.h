/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-packet.h"

G_BEGIN_DECLS

/* An event on its way out. */
typedef struct
{
  char *name;     /* owned */
  GBytes *text;   /* owned; the packet */
  SioArgs *args;  /* owned, nullable; frozen, for its attachments */
  int64_t ack_id; /* negative for none */
  gsize size;     /* bytes, attachments included; 0 for what is counted elsewhere */
  gboolean plain; /* not to be compressed */
} SioClientEvent;

/* text: taken. args: nullable, referenced. */
SioClientEvent *
sio_client_event_new (const char *name, GBytes *text, SioArgs *args, int64_t ack_id);
void sio_client_event_free (SioClientEvent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioClientEvent, sio_client_event_free)

/**
 * SioClientBuffer: events that wait to be sent, in order, and their bytes. All zero is empty.
 */
typedef struct
{
  GQueue events; /* of SioClientEvent, owned */
  gsize size;    /* bytes of all */
} SioClientBuffer;

/* event: taken. */
void sio_client_buffer_push (SioClientBuffer *self, SioClientEvent *event);
/* The oldest, transfer full; NULL when it is empty. */
SioClientEvent *sio_client_buffer_pop (SioClientBuffer *self);
/* The oldest that takes room; NULL when there is none. */
SioClientEvent *sio_client_buffer_pop_counted (SioClientBuffer *self);
/* Takes the one that asks for that ack out, if it is there. */
void sio_client_buffer_drop_ack (SioClientBuffer *self, uint64_t ack_id);
void sio_client_buffer_clear (SioClientBuffer *self);

/**
 * SioClientEarly: events that came before CONNECT's answer, as a recovering server sends them;
 * bounded. All zero is empty.
 */
typedef struct
{
  GPtrArray *packets; /* owned, nullable: of SioPacket, owned */
  gsize size;         /* bytes of all */
} SioClientEarly;

/* Takes what is in the packet. FALSE when there are too many. */
gboolean sio_client_early_keep (SioClientEarly *self, SioPacket *packet);
/* All of them, transfer full. */
GPtrArray *sio_client_early_take (SioClientEarly *self);
void sio_client_early_clear (SioClientEarly *self);

G_END_DECLS
