/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-packet.h"

G_BEGIN_DECLS

/**
 * SioDecoder: from the Engine.IO messages of one direction of one session to packets, attachments
 * put back in their places. No I/O.
 *
 * After an error the session has to be closed: the decoder is not to be fed any more.
 */
typedef struct _SioDecoder SioDecoder;

typedef enum
{
  SIO_DECODER_ERROR,  /* not Socket.IO 5, or beyond a limit */
  SIO_DECODER_MORE,   /* attachments are outstanding */
  SIO_DECODER_PACKET, /* packet has been filled */
} SioDecoderResult;

/* limits: borrowed, has to outlive the decoder. */
SioDecoder *sio_decoder_new (const SioPacketLimits *limits);
void sio_decoder_free (SioDecoder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioDecoder, sio_decoder_free)

/* A text message (without Engine.IO's digit; valid UTF-8). packet: an empty one, filled when the
 * result is PACKET, to be cleared by the caller; it may keep a reference to the message.
 * Errors: SIO_ERROR_PARSE, SIO_ERROR_LIMIT; their messages never quote the text. */
SioDecoderResult
sio_decoder_feed_text (SioDecoder *self, GBytes *message, SioPacket *packet, GError **error);
/* A binary message. */
SioDecoderResult
sio_decoder_feed_binary (SioDecoder *self, GBytes *message, SioPacket *packet, GError **error);
/* Whether attachments are outstanding. */
gboolean sio_decoder_is_waiting (SioDecoder *self);

G_END_DECLS
