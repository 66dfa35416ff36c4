/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The two halves of a gate's stream, which do nothing but call the whole.
 */
#pragma once

#include "engineio/eio-gate-stream.h"

G_BEGIN_DECLS

#define EIO_TYPE_GATE_INPUT (eio_gate_input_get_type ())
G_DECLARE_FINAL_TYPE (EioGateInput, eio_gate_input, EIO, GATE_INPUT, GInputStream)

struct _EioGateInput {
  GInputStream parent_instance;
  EioGateStream *whole; /* borrowed, NULL once it is gone */
};

#define EIO_TYPE_GATE_OUTPUT (eio_gate_output_get_type ())
G_DECLARE_FINAL_TYPE (EioGateOutput, eio_gate_output, EIO, GATE_OUTPUT, GOutputStream)

struct _EioGateOutput {
  GOutputStream parent_instance;
  EioGateStream *whole; /* borrowed, NULL once it is gone */
};

/* What they call. */
gssize eio_gate_stream_read (EioGateStream *self, void *buffer, gsize count, GError **error);
gssize eio_gate_stream_write (EioGateStream *self, const void *buffer, gsize count, GError **error);
/* There is something to read, if only the end, without asking anybody. */
gboolean eio_gate_stream_has_something (EioGateStream *self);
gboolean eio_gate_stream_is_readable (EioGateStream *self);
/* The HTTP server has done what it could in this turn and waits. NULL: eio_gate_stream_has_something() will
 * tell it. */
GSource *eio_gate_stream_create_read_source (EioGateStream *self);
/* NULL: it has ended. Borrowed. */
GIOStream *eio_gate_stream_get_base (EioGateStream *self);

G_END_DECLS
