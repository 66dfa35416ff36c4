/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-gate-halves.h"

static gssize
fail_closed (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "Connection is closed");
  return -1;
}

static gssize
gate_input_read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  EioGateStream *whole = EIO_GATE_INPUT (stream)->whole;

  return whole != NULL ? eio_gate_stream_read (whole, buffer, count, error)
                       : fail_closed (error);
}

static gssize
gate_input_read (GInputStream *stream,
                 void *buffer,
                 gsize count,
                 GCancellable *cancellable,
                 GError **error)
{
  return gate_input_read_nonblocking (G_POLLABLE_INPUT_STREAM (stream), buffer, count, error);
}

static gboolean
gate_input_is_readable (GPollableInputStream *stream)
{
  EioGateStream *whole = EIO_GATE_INPUT (stream)->whole;

  return whole == NULL || eio_gate_stream_is_readable (whole);
}

/* Ready when there is something: the reactor, which finds out, is a source of the same loop. One source and
 * not a pollable one with a child: the loop walks all of them at each turn, and there are as many as
 * connections that wait for a request. */
typedef struct {
  GSource source;
  EioGateInput *input; /* owned */
} ReadSource;

static gboolean
read_source_check (GSource *source)
{
  EioGateStream *whole = ((ReadSource *) source)->input->whole;

  return whole == NULL || eio_gate_stream_has_something (whole);
}

static gboolean
read_source_prepare (GSource *source, int *timeout)
{
  *timeout = -1;
  return read_source_check (source);
}

static gboolean
read_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  GPollableSourceFunc func = (GPollableSourceFunc) (void *) callback;

  return func (G_OBJECT (((ReadSource *) source)->input), user_data);
}

/* For its duty as a child: its parent calls the program. */
static gboolean
read_source_closure (GObject *stream, gpointer closure)
{
  return G_SOURCE_CONTINUE;
}

static void
read_source_finalize (GSource *source)
{
  g_object_unref (((ReadSource *) source)->input);
}

static GSourceFuncs read_source_funcs = {
  .prepare = read_source_prepare,
  .check = read_source_check,
  .dispatch = read_source_dispatch,
  .finalize = read_source_finalize,
  .closure_callback = (GSourceFunc) (void *) read_source_closure,
};

static GSource *
read_source_new (EioGateInput *input, GCancellable *cancellable)
{
  GSource *source = g_source_new (&read_source_funcs, sizeof (ReadSource));

  g_source_set_static_name (source, "Engine.IO requests");
  ((ReadSource *) source)->input = g_object_ref (input);
  if (cancellable != NULL)
    {
      g_autoptr (GSource) child = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (child);
      g_source_add_child_source (source, child);
    }
  return source;
}

static GSource *
gate_input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  EioGateStream *whole = EIO_GATE_INPUT (stream)->whole;
  g_autoptr (GSource) child = whole != NULL ? eio_gate_stream_create_read_source (whole) : NULL;

  return child != NULL ? g_pollable_source_new_full (stream, child, cancellable)
                       : read_source_new (EIO_GATE_INPUT (stream), cancellable);
}

static void
gate_input_iface_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = gate_input_is_readable;
  iface->create_source = gate_input_create_source;
  iface->read_nonblocking = gate_input_read_nonblocking;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (EioGateInput, eio_gate_input, G_TYPE_INPUT_STREAM,
  G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, gate_input_iface_init))

static void
eio_gate_input_class_init (EioGateInputClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = gate_input_read;
}

static void
eio_gate_input_init (EioGateInput *self)
{
}

static gssize
gate_output_write_nonblocking (GPollableOutputStream *stream,
                               const void *buffer,
                               gsize count,
                               GError **error)
{
  EioGateStream *whole = EIO_GATE_OUTPUT (stream)->whole;

  return whole != NULL ? eio_gate_stream_write (whole, buffer, count, error)
                       : fail_closed (error);
}

static gssize
gate_output_write (GOutputStream *stream,
                   const void *buffer,
                   gsize count,
                   GCancellable *cancellable,
                   GError **error)
{
  return gate_output_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (stream), buffer, count, error);
}

static GPollableOutputStream *
gate_output_get_base (GPollableOutputStream *stream)
{
  EioGateStream *whole = EIO_GATE_OUTPUT (stream)->whole;
  GIOStream *base = whole != NULL ? eio_gate_stream_get_base (whole) : NULL;

  return base != NULL ? G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (base)) : NULL;
}

static gboolean
gate_output_is_writable (GPollableOutputStream *stream)
{
  GPollableOutputStream *base = gate_output_get_base (stream);

  return base == NULL || g_pollable_output_stream_is_writable (base);
}

static GSource *
gate_output_create_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  GPollableOutputStream *base = gate_output_get_base (stream);
  g_autoptr (GSource) child = base != NULL ? g_pollable_output_stream_create_source (base, NULL)
                                           : g_timeout_source_new (0);

  return g_pollable_source_new_full (stream, child, cancellable);
}

static void
gate_output_iface_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = gate_output_is_writable;
  iface->create_source = gate_output_create_source;
  iface->write_nonblocking = gate_output_write_nonblocking;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (EioGateOutput, eio_gate_output, G_TYPE_OUTPUT_STREAM,
  G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM, gate_output_iface_init))

static void
eio_gate_output_class_init (EioGateOutputClass *klass)
{
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = gate_output_write;
}

static void
eio_gate_output_init (EioGateOutput *self)
{
}
