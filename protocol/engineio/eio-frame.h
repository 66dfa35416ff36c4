/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-types.h"

G_BEGIN_DECLS

/**
 * EioFrame:
 *
 * A message encoded once for any number of receivers: immutable, refcounted, for one thread. Each
 * wire form (websocket bytes, polling text) is made when it is first needed.
 */
typedef struct _EioFrame EioFrame;

#define EIO_TYPE_FRAME (eio_frame_get_type ())
EIO_API GType eio_frame_get_type (void);
/**
 * eio_frame_new_text:
 * @utf8: valid UTF-8, without the packet's digit
 *
 * A text message, for any number of receivers.
 *
 * Returns: (transfer full): the frame
 */
EIO_API EioFrame *eio_frame_new_text (GBytes *utf8);
/**
 * eio_frame_new_binary:
 * @data: any bytes
 *
 * A binary message, for any number of receivers.
 *
 * Returns: (transfer full): the frame
 */
EIO_API EioFrame *eio_frame_new_binary (GBytes *data);
/**
 * eio_frame_set_compress:
 * @self: a frame that was not sent yet
 * @compress: %TRUE unless set
 *
 * Whether it may be compressed where a connection has agreed to that, and where it is worth it
 * ([property@Eio.Server:http-compression], [property@Eio.Server:per-message-deflate]). What holds a secret
 * beside words of a stranger should not be: its length would tell of it.
 */
EIO_API void eio_frame_set_compress (EioFrame *self, gboolean compress);
/**
 * eio_frame_ref:
 * @self: a frame
 *
 * One reference more.
 *
 * Returns: (transfer full): @self
 */
EIO_API EioFrame *eio_frame_ref (EioFrame *self);
/**
 * eio_frame_unref:
 * @self: (transfer full): a frame
 *
 * One reference less.
 */
EIO_API void eio_frame_unref (EioFrame *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EioFrame, eio_frame_unref)

G_END_DECLS
