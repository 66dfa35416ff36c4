/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-gate.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "engineio/eio-address.h"
#include "engineio/eio-gate-stream.h"

/* Connections accepted in one turn of the loop, before others have theirs. */
#define MAX_ACCEPTS 64
/* After an accept that failed: long enough not to spin, short enough not to be felt. */
#define PAUSE_MS 20
/* Descriptors that connections may not take: the program's own files need them. */
#define SPARE_FDS 32

static const char busy[] = "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n"
                           "Content-Length: 0\r\nRetry-After: 5\r\n\r\n";

/* One listening socket. */
typedef struct {
  EioGate *gate;                /* borrowed */
  GSocket *socket;              /* owned */
  GTlsCertificate *certificate; /* owned, nullable */
  GSource *source;              /* owned, NULL during a pause */
  EioTimer pause;
} Door;

struct _EioGate {
  EioGateOptions options;
  GPtrArray *doors;
  guint n_connections;
  GHashTable *by_address; /* char * -> guint */
  GQueue streams;         /* of EioGateStream, borrowed: those that HTTP has */
  gboolean is_ending;
};

static void door_open (Door *door);

static void
door_shut (Door *door)
{
  if (door->source == NULL)
    return;
  g_source_destroy (door->source);
  g_clear_pointer (&door->source, g_source_unref);
}

static void
door_free (gpointer data)
{
  Door *door = data;

  door_shut (door);
  eio_timers_disarm (door->gate->options.timers, &door->pause);
  g_object_unref (door->socket);
  g_clear_object (&door->certificate);
  g_free (door);
}

static guint
get_count (EioGate *self, const char *address)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->by_address, address));
}

static gboolean
has_room (EioGate *self, int fd, const char *address)
{
  struct rlimit limit;
  guint per_address = self->options.max_connections_per_address;

  if (self->n_connections >= self->options.max_connections ||
      (per_address > 0 && get_count (self, address) >= per_address))
    return FALSE;
  /* The kernel gives the lowest free number, so the number tells how many are taken. */
  return getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
         (rlim_t) fd + SPARE_FDS < limit.rlim_cur;
}

static void
enter (EioGate *self, const char *address)
{
  self->n_connections++;
  g_hash_table_replace (self->by_address, g_strdup (address),
                        GUINT_TO_POINTER (get_count (self, address) + 1));
}

void
eio_gate_leave (EioGate *self, const char *address)
{
  guint count = get_count (self, address);

  self->n_connections--;
  if (count > 1)
    g_hash_table_replace (self->by_address, g_strdup (address), GUINT_TO_POINTER (count - 1));
  else
    g_hash_table_remove (self->by_address, address);
  self->options.left (self->options.user_data);
}

static GIOStream *
wrap_tls (GIOStream *stream, GTlsCertificate *certificate)
{
  g_autoptr (GError) error = NULL;
  GIOStream *tls = g_tls_server_connection_new (stream, certificate, &error);

  if (tls == NULL)
    g_warning ("No TLS connection could be made: %s", error->message);
  else
    g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  return tls;
}

static void
let_in (Door *door, GSocket *socket, GSocketAddress *remote, const char *address)
{
  EioGate *self = door->gate;
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (socket, NULL);
  g_autoptr (GIOStream) base =
      G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
  g_autoptr (GIOStream) tls = NULL;
  g_autoptr (EioGateStream) stream = NULL;

  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  if (door->certificate != NULL)
    tls = wrap_tls (base, door->certificate);
  if (local == NULL || (door->certificate != NULL && tls == NULL))
    return;
  enter (self, address);
  stream = eio_gate_stream_new (self, tls != NULL ? tls : base, address);
  eio_gate_stream_mark_address (stream, remote);
  soup_server_accept_iostream (self->options.soup, G_IO_STREAM (stream), local, remote, NULL);
}

static void
judge_socket (Door *door, GSocket *socket)
{
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);
  g_autofree char *address = NULL;

  /* It may have gone already. */
  if (remote == NULL)
    return;
  address = eio_address_dup (remote);
  g_socket_set_blocking (socket, FALSE);
  if (has_room (door->gate, g_socket_get_fd (socket), address))
    let_in (door, socket, remote, address);
  else
    send (g_socket_get_fd (socket), busy, strlen (busy), MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void
on_pause_over (EioTimer *timer, gpointer user_data)
{
  door_open (user_data);
}

/* Too many descriptors, an aborted connection, a network that is down: none of it is a reason to stop
 * listening. */
static gboolean
on_acceptable (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  Door *door = user_data;

  for (guint i = 0; i < MAX_ACCEPTS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) accepted = g_socket_accept (socket, NULL, &error);

      if (accepted != NULL)
        {
          judge_socket (door, accepted);
          continue;
        }
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          door_shut (door);
          eio_timers_arm (door->gate->options.timers, &door->pause, PAUSE_MS);
        }
      break;
    }
  return G_SOURCE_CONTINUE;
}

static void
door_open (Door *door)
{
  door->source = g_socket_create_source (door->socket, G_IO_IN, NULL);
  g_source_set_callback (door->source, G_SOURCE_FUNC (on_acceptable), door, NULL);
  g_source_attach (door->source, g_main_context_get_thread_default ());
}

static void
tell_nobody (gpointer user_data)
{
}

static void
tell_nobody_of_refusal (const char *target, const char *address, guint status, gpointer user_data)
{
}

EioGate *
eio_gate_new (const EioGateOptions *options)
{
  EioGate *self = g_rc_box_new0 (EioGate);

  self->options = *options;
  if (options->left == NULL)
    self->options.left = tell_nobody;
  eio_reactor_ref (options->reactor);
  eio_timers_ref (options->timers);
  self->doors = g_ptr_array_new_with_free_func (door_free);
  self->by_address = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

EioGate *
eio_gate_ref (EioGate *self)
{
  return g_rc_box_acquire (self);
}

static void
gate_clear (gpointer data)
{
  EioGate *self = data;

  g_ptr_array_unref (self->doors);
  g_hash_table_unref (self->by_address);
  eio_reactor_unref (self->options.reactor);
  eio_timers_unref (self->options.timers);
}

void
eio_gate_unref (EioGate *self)
{
  g_rc_box_release_full (self, gate_clear);
}

void
eio_gate_listen (EioGate *self, GSocket *socket, GTlsCertificate *certificate)
{
  Door *door = g_new0 (Door, 1);

  door->gate = self;
  door->socket = g_object_ref (socket);
  door->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  g_socket_set_blocking (socket, FALSE);
  eio_timer_init (&door->pause, on_pause_over, door);
  g_ptr_array_add (self->doors, door);
  door_open (door);
}

void
eio_gate_close (EioGate *self)
{
  g_ptr_array_set_size (self->doors, 0);
}

void
eio_gate_disown (EioGate *self)
{
  self->options.left = tell_nobody;
  self->options.refused = tell_nobody_of_refusal;
}

guint
eio_gate_get_n_connections (EioGate *self)
{
  return self->n_connections;
}

const EioGateOptions *
eio_gate_get_options (EioGate *self)
{
  return &self->options;
}

gboolean
eio_gate_is_ending (EioGate *self)
{
  return self->is_ending;
}

void
eio_gate_enlist (EioGate *self, GList *link)
{
  g_queue_push_tail_link (&self->streams, link);
}

void
eio_gate_delist (EioGate *self, GList *link)
{
  g_queue_unlink (&self->streams, link);
}

void
eio_gate_end_idle (EioGate *self)
{
  self->is_ending = TRUE;
  for (GList *l = self->streams.head, *next; l != NULL; l = next)
    {
      next = l->next;
      eio_gate_stream_end_if_idle (l->data);
    }
}
