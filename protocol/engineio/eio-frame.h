/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engineio/eio-types.h"

G_BEGIN_DECLS

/**
 * EioFrame: a message encoded once for any number of receivers (immutable, refcounted, one thread).
 * Each wire form (websocket bytes, polling text) is made when first asked for.
 */
typedef struct _EioFrame EioFrame;

#define EIO_TYPE_FRAME (eio_frame_get_type ())
EIO_API GType eio_frame_get_type (void);
EIO_API EioFrame *eio_frame_new_text (GBytes *utf8);
EIO_API EioFrame *eio_frame_new_binary (GBytes *data);
EIO_API EioFrame *eio_frame_ref (EioFrame *self);
EIO_API void eio_frame_unref (EioFrame *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EioFrame, eio_frame_unref)

G_END_DECLS
