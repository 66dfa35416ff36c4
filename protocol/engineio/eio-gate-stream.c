/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the peer sends waits in `pending` until the guard lets it pass; `passable` bytes of it have been
 * let through. The deadlines by phase of the guard: the head must be complete head-timeout after the
 * connection was accepted or, later, after its first byte; between requests there is a minute; a body
 * must come faster than BODY_RATE after a grace. An answer that cannot be written for half a minute
 * ends the connection as well.
 *
 * libsoup 3.2 never lets go of a connection that ends between two requests (a plain SoupServer keeps the
 * descriptor of every kept-alive client that hangs up). It does let go after an answer with "Connection:
 * close", so a stream that ends there makes one last request itself, whose answer goes nowhere.
 *
 * Whoever waits for a plain connection waits for the reactor, whose epoll tells once of each arrival: a source
 * with a descriptor of its own costs four system calls for each request, by which GLib wakes a loop that is
 * awake, and a place in what is polled at each turn. An answer's head is kept by the kernel until its body
 * comes or the turn ends, so that both are one packet.
 */
#include "engineio/eio-gate-halves.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#define KEEP_ALIVE_MS 60000
#define WRITE_MS 30000
#define BODY_GRACE_MS 20000
#define BODY_CHECK_MS 1000
#define BODY_RATE (16 * 1024)
#define READ_SIZE (16 * 1024)

/* No handler is ever asked about "*". */
static const char parting[] = "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/* What counts a connection, for as long as it lasts: it outlives the stream when it is taken over, so
 * that a websocket does not keep all that HTTP needed. */
typedef struct {
  EioGate *gate; /* owned */
  char *address; /* ref string, shared by all of one address */
} Place;

struct _EioGateStream {
  GIOStream parent_instance;

  Place *place;    /* a reference */
  GList link;      /* in the gate's list, until it is finalized */
  GIOStream *base; /* owned */
  GSocketAddress *marked; /* owned, nullable */
  GInputStream *input;
  GOutputStream *output;

  EioHttpGuard *guard; /* owned */
  GByteArray *pending; /* owned, NULL when empty */
  gsize passable;
  gboolean starved; /* the guard has seen all of pending and wants more */
  gsize budget;
  gboolean ended;     /* nothing more is let through */
  gboolean in_body;   /* a head was let through, its body not whole */
  gboolean parted;    /* the last request has been made */
  gboolean given_up;  /* base belongs to a pipe */
  EioTimer read_timer;
  EioTimer write_timer;
  EioHttpPhase timed_phase;
  gboolean fresh; /* the first request is not complete yet */
  int64_t body_since;
  uint64_t body_size;

  EioWatch watch;      /* while the descriptor is its own */
  gboolean is_plain;   /* no TLS: what the kernel has is what can be read */
  gboolean readable;   /* plain: the kernel may have something */
  gboolean hung_up;    /* the peer sends nothing more */
  gboolean is_corked;  /* plain: the kernel waits for more to send */
  EioHangupFunc gone;  /* nullable */
  gpointer gone_data;
};

G_DEFINE_FINAL_TYPE (EioGateStream, eio_gate_stream, G_TYPE_IO_STREAM)

static G_DEFINE_QUARK (eio-gate-stream, address)

static void
place_clear (gpointer data)
{
  Place *self = data;

  eio_gate_leave (self->gate, self->address);
  g_ref_string_release (self->address);
  eio_gate_unref (self->gate);
}

static void
place_release (gpointer place)
{
  g_rc_box_release_full (place, place_clear);
}

static EioTimers *
get_timers (EioGateStream *self)
{
  return eio_gate_get_options (self->place->gate)->timers;
}

static int
get_fd (GIOStream *stream)
{
  g_autoptr (GIOStream) base = NULL;

  if (G_IS_SOCKET_CONNECTION (stream))
    return g_socket_get_fd (g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)));
  g_object_get (stream, "base-io-stream", &base, NULL);
  return get_fd (base);
}

/* The descriptor is about to be closed, or somebody else's. */
static void
stop_watching (EioGateStream *self)
{
  self->gone = NULL;
  if (self->watch.funcs != NULL)
    eio_reactor_remove (eio_gate_get_options (self->place->gate)->reactor, &self->watch);
  self->watch.funcs = NULL;
}

static void
tell_gone (EioGateStream *self)
{
  EioHangupFunc gone = g_steal_pointer (&self->gone);

  if (gone != NULL)
    gone (self->gone_data);
}

static void
on_ready (EioWatch *watch, uint32_t events)
{
  EioGateStream *self = G_STRUCT_MEMBER_P (watch, -(glong) G_STRUCT_OFFSET (EioGateStream, watch));

  self->readable = TRUE;
  if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) == 0)
    return;
  self->hung_up = TRUE;
  tell_gone (self);
}

static void
uncork (EioGateStream *self)
{
  const int on = 1;

  self->is_corked = FALSE;
  setsockopt (self->watch.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/* The end of a turn. */
static void
on_flush (EioWatch *watch)
{
  EioGateStream *self = G_STRUCT_MEMBER_P (watch, -(glong) G_STRUCT_OFFSET (EioGateStream, watch));

  eio_gate_stream_uncork (self);
  if (self->hung_up)
    tell_gone (self);
}

void
eio_gate_stream_uncork (EioGateStream *self)
{
  if (self->is_corked)
    uncork (self);
}

static const EioWatchFuncs watch_funcs = { on_ready, on_flush };

/* Whoever waits for the socket wakes up and finds the stream ended. */
static void
gate_stream_end (EioGateStream *self)
{
  if (self->ended)
    return;
  self->ended = TRUE;
  eio_timers_disarm (get_timers (self), &self->read_timer);
  eio_timers_disarm (get_timers (self), &self->write_timer);
  if (!self->given_up)
    shutdown (get_fd (self->base), SHUT_RDWR);
}

/* The HTTP server waits for a request, and not a byte of it has come. */
static gboolean
is_idle (EioGateStream *self)
{
  return !self->ended && self->timed_phase == EIO_HTTP_IDLE &&
         eio_timer_is_armed (&self->read_timer) && self->pending == NULL;
}

void
eio_gate_stream_end_if_idle (EioGateStream *self)
{
  if (is_idle (self))
    gate_stream_end (self);
}

static gboolean
is_body_slow (EioGateStream *self)
{
  int64_t elapsed = g_get_monotonic_time () - self->body_since;

  return self->body_size < (uint64_t) elapsed * BODY_RATE / G_USEC_PER_SEC;
}

static void
on_read_timeout (EioTimer *timer, gpointer user_data)
{
  EioGateStream *self = user_data;

  if (self->timed_phase == EIO_HTTP_BODY && !is_body_slow (self))
    eio_timers_arm (get_timers (self), &self->read_timer, BODY_CHECK_MS);
  else
    gate_stream_end (self);
}

static void
on_write_timeout (EioTimer *timer, gpointer user_data)
{
  gate_stream_end (user_data);
}

static void
arm_read_timer (EioGateStream *self, EioHttpPhase phase, guint ms)
{
  self->timed_phase = phase;
  eio_timers_arm (get_timers (self), &self->read_timer, ms);
}

/* The phase has, or may have, changed. */
static void
update_read_timer (EioGateStream *self)
{
  EioHttpPhase phase = eio_http_guard_get_phase (self->guard);

  if (self->fresh && phase <= EIO_HTTP_HEAD && !eio_http_guard_is_at_end (self->guard))
    return; /* one deadline since the beginning */
  self->fresh = FALSE;
  if (phase != EIO_HTTP_IDLE && phase == self->timed_phase &&
      eio_timer_is_armed (&self->read_timer))
    return;
  switch (phase)
    {
    case EIO_HTTP_HEAD:
      arm_read_timer (self, phase, eio_gate_get_options (self->place->gate)->head_timeout);
      break;
    case EIO_HTTP_BODY:
      self->body_since = g_get_monotonic_time ();
      self->body_size = 0;
      arm_read_timer (self, phase, BODY_GRACE_MS);
      break;
    case EIO_HTTP_IDLE:
    case EIO_HTTP_REFUSED:
    default:
      eio_timers_disarm (get_timers (self), &self->read_timer);
      break;
    }
}

EioPipe *
eio_gate_stream_take (EioGateStream *self, GBytes **early)
{
  const EioGateOptions *options;

  g_assert (EIO_IS_GATE_STREAM (self) && !self->given_up);

  options = eio_gate_get_options (self->place->gate);
  stop_watching (self);
  self->given_up = TRUE;
  gate_stream_end (self);
  if (early != NULL)
    *early = self->pending != NULL ? g_byte_array_free_to_bytes (g_steal_pointer (&self->pending))
                                   : NULL;
  g_clear_pointer (&self->pending, g_byte_array_unref);
  g_clear_pointer (&self->guard, eio_http_guard_free);
  return eio_pipe_new (options->reactor, self->base, g_rc_box_acquire (self->place),
                       place_release);
}

/* Says why and ends the connection well, without the HTTP server. */
static void
gate_stream_refuse (EioGateStream *self)
{
  const EioGateOptions *options = eio_gate_get_options (self->place->gate);
  guint status = eio_http_guard_get_status (self->guard);
  g_autofree char *target = g_strdup (eio_http_guard_get_target (self->guard));
  g_autofree char *answer = eio_http_guard_dup_refusal (self->guard);
  EioOutbox outbox = { 0 };

  if (answer != NULL)
    eio_outbox_push_copy (&outbox, answer, strlen (answer));
  eio_farewell_add (options->farewell, eio_gate_stream_take (self, NULL), &outbox, WRITE_MS);
  options->refused (target, self->place->address, status, options->user_data);
}

static gssize
fail (GIOErrorEnum code, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, code,
                       code == G_IO_ERROR_WOULD_BLOCK ? "Nothing to read" : "Connection is closed");
  return -1;
}

/* Bytes let through to the reader. */
static gssize
pass (EioGateStream *self, void *buffer, gsize count)
{
  gsize n = MIN (count, self->passable);

  memcpy (buffer, self->pending->data, n);
  self->passable -= n;
  if (n == self->pending->len)
    g_clear_pointer (&self->pending, g_byte_array_unref);
  else
    g_byte_array_remove_range (self->pending, 0, n);
  return n;
}

static void
judge (EioGateStream *self)
{
  self->passable =
      eio_http_guard_judge (self->guard, (const char *) self->pending->data, self->pending->len);
  self->starved = self->passable == 0;
  if (self->passable > 0)
    self->in_body = eio_http_guard_get_phase (self->guard) == EIO_HTTP_BODY;
  update_read_timer (self);
}

/* > 0: more has come. */
static gssize
fill (EioGateStream *self, GError **error)
{
  guint8 bytes[READ_SIZE];
  gsize wanted = MIN (sizeof bytes, self->budget);
  gssize n;

  if (wanted == 0)
    return fail (G_IO_ERROR_WOULD_BLOCK, error);
  n = g_pollable_input_stream_read_nonblocking (
      G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->base)), bytes,
      wanted, NULL, error);
  /* Less than was wanted: that was all; but of an end that has come with it nobody would tell again. */
  if (n < 0 || ((gsize) n < wanted && !self->hung_up))
    self->readable = FALSE;
  if (n <= 0)
    return n;
  self->budget -= n;
  self->body_size += n;
  self->starved = FALSE;
  if (self->pending == NULL)
    self->pending = g_byte_array_new ();
  g_byte_array_append (self->pending, bytes, n);
  return n;
}

/* Nothing more will come. */
static gssize
part (EioGateStream *self, void *buffer, gsize count, GError **error)
{
  gsize n = strlen (parting);

  if (self->in_body || self->parted || count < n)
    return fail (G_IO_ERROR_CLOSED, error);
  self->parted = TRUE;
  memcpy (buffer, parting, n);
  return n;
}

gssize
eio_gate_stream_read (EioGateStream *self, void *buffer, gsize count, GError **error)
{
  while (!self->ended && self->passable == 0)
    {
      if (self->pending != NULL && !self->starved)
        {
          judge (self);
          if (eio_http_guard_get_phase (self->guard) == EIO_HTTP_REFUSED)
            gate_stream_refuse (self);
        }
      else
        {
          g_autoptr (GError) local = NULL;
          gssize n = fill (self, &local);

          if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
            {
              g_propagate_error (error, g_steal_pointer (&local));
              return -1;
            }
          if (n <= 0)
            gate_stream_end (self);
        }
    }
  return self->ended ? part (self, buffer, count, error) : pass (self, buffer, count);
}

/* The first piece of an answer waits for the next one. */
static gssize
send_plain (EioGateStream *self, const void *buffer, gsize count, GError **error)
{
  GSocket *socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (self->base));
  GOutputVector vector = { buffer, count };
  gboolean first = !self->is_corked;
  gssize n = g_socket_send_message (socket, NULL, &vector, 1, NULL, 0, first ? MSG_MORE : 0, NULL,
                                    error);

  self->is_corked = first && n > 0;
  if (self->is_corked)
    eio_reactor_mark (eio_gate_get_options (self->place->gate)->reactor, &self->watch);
  return n;
}

static gssize
send_tls (EioGateStream *self, const void *buffer, gsize count, GError **error)
{
  return g_pollable_output_stream_write_nonblocking (
      G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->base)), buffer, count, NULL,
      error);
}

gssize
eio_gate_stream_write (EioGateStream *self, const void *buffer, gsize count, GError **error)
{
  g_autoptr (GError) local = NULL;
  gssize n;

  if (self->parted)
    return count;
  if (self->ended)
    return fail (G_IO_ERROR_CLOSED, error);
  n = self->is_plain ? send_plain (self, buffer, count, &local)
                     : send_tls (self, buffer, count, &local);
  if (n > 0)
    eio_timers_disarm (get_timers (self), &self->write_timer);
  else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) &&
           !eio_timer_is_armed (&self->write_timer))
    eio_timers_arm (get_timers (self), &self->write_timer, WRITE_MS);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return n;
}

gboolean
eio_gate_stream_has_something (EioGateStream *self)
{
  return self->ended || self->passable > 0 || (self->pending != NULL && !self->starved) ||
         self->readable;
}

GSource *
eio_gate_stream_create_read_source (EioGateStream *self)
{
  GPollableInputStream *input =
      G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->base));

  self->budget = EIO_READ_BUDGET;
  if (!self->ended && !eio_timer_is_armed (&self->read_timer) &&
      eio_http_guard_get_phase (self->guard) == EIO_HTTP_IDLE)
    arm_read_timer (self, EIO_HTTP_IDLE, KEEP_ALIVE_MS);
  if (eio_gate_is_ending (self->place->gate))
    eio_gate_stream_end_if_idle (self);
  if (self->is_plain || eio_gate_stream_has_something (self))
    return NULL;
  return g_pollable_input_stream_create_source (input, NULL);
}

gboolean
eio_gate_stream_is_readable (EioGateStream *self)
{
  return eio_gate_stream_has_something (self) ||
         (!self->is_plain &&
          g_pollable_input_stream_is_readable (
              G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->base))));
}

GIOStream *
eio_gate_stream_get_base (EioGateStream *self)
{
  return self->ended ? NULL : self->base;
}

static GInputStream *
eio_gate_stream_get_input_stream (GIOStream *stream)
{
  return EIO_GATE_STREAM (stream)->input;
}

static GOutputStream *
eio_gate_stream_get_output_stream (GIOStream *stream)
{
  return EIO_GATE_STREAM (stream)->output;
}

/* Saying goodbye in TLS may have to wait for the socket. */
static gboolean
eio_gate_stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  EioGateStream *self = EIO_GATE_STREAM (stream);

  stop_watching (self);
  self->ended = TRUE;
  eio_timers_disarm (get_timers (self), &self->read_timer);
  eio_timers_disarm (get_timers (self), &self->write_timer);
  if (self->given_up)
    return TRUE;
  if (G_IS_TLS_CONNECTION (self->base))
    g_io_stream_close_async (self->base, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  else
    g_io_stream_close (self->base, NULL, NULL);
  return TRUE;
}

static void
eio_gate_stream_finalize (GObject *object)
{
  EioGateStream *self = EIO_GATE_STREAM (object);

  stop_watching (self);
  eio_timers_disarm (get_timers (self), &self->read_timer);
  eio_timers_disarm (get_timers (self), &self->write_timer);
  EIO_GATE_INPUT (self->input)->whole = NULL;
  EIO_GATE_OUTPUT (self->output)->whole = NULL;
  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_pointer (&self->guard, eio_http_guard_free);
  g_clear_pointer (&self->pending, g_byte_array_unref);
  if (self->marked != NULL)
    g_object_set_qdata (G_OBJECT (self->marked), address_quark (), NULL);
  g_clear_object (&self->marked);
  g_clear_object (&self->base);
  eio_gate_delist (self->place->gate, &self->link);
  place_release (self->place);

  G_OBJECT_CLASS (eio_gate_stream_parent_class)->finalize (object);
}

static void
eio_gate_stream_class_init (EioGateStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  object_class->finalize = eio_gate_stream_finalize;
  stream_class->get_input_stream = eio_gate_stream_get_input_stream;
  stream_class->get_output_stream = eio_gate_stream_get_output_stream;
  stream_class->close_fn = eio_gate_stream_close;
}

static void
eio_gate_stream_init (EioGateStream *self)
{
  self->input = g_object_new (EIO_TYPE_GATE_INPUT, NULL);
  self->output = g_object_new (EIO_TYPE_GATE_OUTPUT, NULL);
  EIO_GATE_INPUT (self->input)->whole = self;
  EIO_GATE_OUTPUT (self->output)->whole = self;
  self->fresh = TRUE;
  self->budget = EIO_READ_BUDGET;
  eio_timer_init (&self->read_timer, on_read_timeout, self);
  eio_timer_init (&self->write_timer, on_write_timeout, self);
}

EioGateStream *
eio_gate_stream_new (EioGate *gate, GIOStream *base, const char *address)
{
  EioGateStream *self = g_object_new (EIO_TYPE_GATE_STREAM, NULL);
  const EioGateOptions *options = eio_gate_get_options (gate);

  self->place = g_rc_box_new (Place);
  *self->place = (Place) { eio_gate_ref (gate), g_ref_string_new_intern (address) };
  self->link.data = self;
  eio_gate_enlist (gate, &self->link);
  self->base = g_object_ref (base);
  self->guard = eio_http_guard_new (&options->rules);
  self->is_plain = !eio_gate_stream_is_tls (self);
  eio_watch_init (&self->watch, &watch_funcs, get_fd (base));
  if (!eio_reactor_set_events (options->reactor, &self->watch,
                               (self->is_plain ? EPOLLIN : 0) | EPOLLRDHUP | EPOLLET))
    self->ended = TRUE;
  eio_timers_arm (options->timers, &self->read_timer, options->head_timeout);
  return self;
}

EioGateStream *
eio_gate_stream_get (SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_remote_address (message);

  return address != NULL ? g_object_get_qdata (G_OBJECT (address), address_quark ()) : NULL;
}

void
eio_gate_stream_mark_address (EioGateStream *self, GSocketAddress *address)
{
  g_object_set_qdata (G_OBJECT (address), address_quark (), self);
  g_set_object (&self->marked, address);
}

const char *
eio_gate_stream_get_address (EioGateStream *self)
{
  return self->place->address;
}

gboolean
eio_gate_stream_is_tls (EioGateStream *self)
{
  return G_IS_TLS_CONNECTION (self->base);
}

void
eio_gate_stream_watch (EioGateStream *self, EioHangupFunc func, gpointer user_data)
{
  g_assert (EIO_IS_GATE_STREAM (self));

  if (self->given_up || self->ended)
    return;
  self->gone = func;
  self->gone_data = user_data;
  /* Not from within this call. */
  if (self->hung_up)
    eio_reactor_mark (eio_gate_get_options (self->place->gate)->reactor, &self->watch);
}

void
eio_gate_stream_unwatch (EioGateStream *self)
{
  self->gone = NULL;
}
