/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-client-transport.h"

G_BEGIN_DECLS

/**
 * EioClientQueue: packets that no transport has taken yet, in order, and their bytes. All zero is empty.
 */
typedef struct {
  GQueue packets; /* of EioPacket, owned; a transport takes from its head */
  gsize size;     /* bytes of all */
  uint64_t given; /* bytes of all that ever came and were not dropped */
} EioClientQueue;

/* Whose a message is: it may be dropped while it waits, with the n_more that follow it. */
typedef struct {
  gconstpointer owner; /* only compared; NULL: nobody drops it */
  int64_t tag;         /* the owner's word for it */
  guint n_more;
  gboolean plain;      /* not to be compressed */
} EioClientMark;

/* data: nullable, referenced. mark: nullable, copied. */
void eio_client_queue_push (EioClientQueue *self,
                            EioPacketType type,
                            gboolean binary,
                            GBytes *data,
                            const EioClientMark *mark);
/* Drops the owner's oldest message; what follows it has not been taken either then. FALSE: there is none. */
gboolean
eio_client_queue_drop_oldest (EioClientQueue *self, gconstpointer owner, int64_t *tag);
void eio_client_queue_clear (EioClientQueue *self);

G_END_DECLS
