/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-socket.h"
#include "socketio/sio-args.h"

G_BEGIN_DECLS

/**
 * SioOutgoing: an event for any number of receivers, encoded once: its text and its attachments.
 * Immutable, refcounted.
 */
typedef struct _SioOutgoing SioOutgoing;

/* args: nullable, frozen by this. id: of the ack that is wanted, negative for none. */
SioOutgoing *
sio_outgoing_new (const char *nsp, const char *event, SioArgs *args, int64_t id);
/* With its place in a log behind the arguments. position: the same place, above 0. */
SioOutgoing *sio_outgoing_new_logged (const char *nsp,
                                      const char *event,
                                      SioArgs *args,
                                      const char *offset,
                                      uint64_t position);
/* It must not be compressed. Before it is sent. */
void sio_outgoing_forbid_compression (SioOutgoing *self);
SioOutgoing *sio_outgoing_ref (SioOutgoing *self);
void sio_outgoing_unref (SioOutgoing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioOutgoing, sio_outgoing_unref)
/* About how much memory it takes, once it has been sent: a frame has its text in two forms. */
gsize sio_outgoing_get_size (SioOutgoing *self);
/* Bytes that are queued for each receiver. */
gsize sio_outgoing_get_wire_size (SioOutgoing *self);
/* Its place in a log, 0 if it is in none. */
uint64_t sio_outgoing_get_position (SioOutgoing *self);
/* Calls nobody back. */
void sio_outgoing_send (SioOutgoing *self, EioSocket *engine);

G_END_DECLS
