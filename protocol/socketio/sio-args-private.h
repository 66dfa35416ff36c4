/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-args.h"

G_BEGIN_DECLS

/* Frozen arguments that share a packet's text. text, length: the values with the commas between
 * them, without brackets, inside of source, judged valid. attachments: nullable, (element-type
 * GBytes), transfer none, not to be changed afterwards. */
SioArgs *
sio_args_new_received (GBytes *source, const char *text, gsize length, GPtrArray *attachments);

/* All but the last of received arguments, of which there is one at least; shares their text. */
SioArgs *sio_args_copy_without_last (SioArgs *self);

void sio_args_freeze (SioArgs *self);
/* The values with the commas between them, without brackets. Borrowed until the next addition. */
const char *sio_args_get_text (SioArgs *self, gsize *length);
guint sio_args_get_n_attachments (SioArgs *self);
GBytes *sio_args_get_attachment (SioArgs *self, guint i);
/* Bytes of all of them. args: nullable. */
gsize sio_args_get_attachments_size (SioArgs *self);
/* Whether each placeholder in the text names one of the attachments. */
gboolean sio_args_check_placeholders (SioArgs *self);

G_END_DECLS
