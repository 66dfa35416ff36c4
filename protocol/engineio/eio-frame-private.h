/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-chunk.h"
#include "engineio/eio-frame.h"
#include "engineio/eio-packet.h"

G_BEGIN_DECLS

/* A frame of any packet type; not binary. @data may be NULL. */
EioFrame *eio_frame_new_packet (EioPacketType type, GBytes *data);
/* The packet; its data is borrowed. */
EioPacket eio_frame_get_packet (EioFrame *self);
/* The whole websocket frame; the span is the frame's. */
const EioSpan *eio_frame_get_wire (EioFrame *self);
/* The same for a peer that cannot take binary frames: 'b' and base64 in a text frame. */
const EioSpan *eio_frame_get_base64_wire (EioFrame *self);
/* One of these two, or the same compressed (RFC 7692) if that is shorter. */
const EioSpan *eio_frame_get_deflated_wire (EioFrame *self, gboolean as_base64);
/* Whether it may be compressed. */
gboolean eio_frame_get_compress (EioFrame *self);
/* Bytes that a queue holds for it. */
gsize eio_frame_get_size (EioFrame *self);

G_END_DECLS
