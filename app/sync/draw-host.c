/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One state, one setter:
 *   STOPPED  -> STARTING  start
 *   STARTING -> READY     the ready line came
 *   STARTING -> WAITING   it died before that, and there are tries left
 *   STARTING -> STOPPED   stop, or no tries left
 *   READY    -> WAITING   it died
 *   READY    -> STOPPED   stop
 *   WAITING  -> STARTING  the pause is over
 *   WAITING  -> STOPPED   stop
 */
#include "draw-host.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <signal.h>
#include <string.h>

#include "draw-error.h"

#define DEFAULT_PORT 3729
#define FIRST_TRIES 4      /* before a start has failed: the one before may still be closing */
#define DELAY_FIRST_MS 250
#define DELAY_MAX_MS 10000
#define LASTED_US (60 * G_USEC_PER_SEC)
#define READY_TIMEOUT_MS 15000
#define KILL_AFTER_MS 5000
#define AVAHI_SOCKET "/run/avahi-daemon/socket"
#define READY_PREFIX "drawbridge-server ready "

typedef enum {
  HOST_STOPPED,
  HOST_STARTING,
  HOST_READY,
  HOST_WAITING,
} HostState;

struct _DrawHost {
  GObject parent_instance;

  char *data_dir;
  gboolean all_interfaces;

  HostState state;
  GSubprocess *process;    /* of this life; NULL when it is dead */
  char *origin;
  guint16 port;
  guint n_failures;        /* in a row */
  int64_t started_at;
  guint timer;             /* pause, or until it must be ready */
  GTask *task;             /* draw_host_start_async() */
};

G_DEFINE_FINAL_TYPE (DrawHost, draw_host, G_TYPE_OBJECT)

enum { PROP_0, PROP_RUNNING, PROP_ORIGIN, N_PROPS };
static GParamSpec *props[N_PROPS];

enum { SIGNAL_EXITED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void launch (DrawHost *self);

static void
host_set_state (DrawHost *self, HostState state)
{
  gboolean was_running = self->state == HOST_READY;

  if (self->state == state)
    return;
  self->state = state;
  if (state != HOST_READY && self->origin != NULL)
    {
      g_clear_pointer (&self->origin, g_free);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ORIGIN]);
    }
  if (was_running != (state == HOST_READY))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}

static void
return_failure (DrawHost *self, const char *message)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (task != NULL)
    g_task_return_new_error (task, DRAW_ERROR, DRAW_ERROR_SERVER, "%s", message);
}

/* --- The port ----------------------------------------------------------------------------------- */

static char *
get_port_path (DrawHost *self)
{
  return g_build_filename (self->data_dir, "port", NULL);
}

static guint16
read_port (DrawHost *self)
{
  g_autofree char *path = get_port_path (self);
  g_autofree char *text = NULL;
  guint64 port = 0;

  if (g_file_get_contents (path, &text, NULL, NULL) &&
      g_ascii_string_to_unsigned (g_strstrip (text), 10, 1, G_MAXUINT16, &port, NULL))
    return (guint16) port;
  return DEFAULT_PORT;
}

static void
remember_port (DrawHost *self)
{
  g_autofree char *path = get_port_path (self);
  g_autofree char *text = g_strdup_printf ("%u\n", self->port);

  if (!g_file_set_contents (path, text, -1, NULL))
    g_warning ("the port cannot be remembered");
}

/* Whether a server could listen there now; port 0 becomes a free one. */
static gboolean
try_port (GSocketFamily family, gboolean any, guint16 *port)
{
  g_autoptr (GInetAddress) address =
      any ? g_inet_address_new_any (family) : g_inet_address_new_loopback (family);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (address, *port);
  g_autoptr (GSocket) socket =
      g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) got = NULL;

  if (socket == NULL || !g_socket_bind (socket, wanted, TRUE, NULL) || !g_socket_listen (socket, NULL))
    return FALSE;
  got = g_socket_get_local_address (socket, NULL);
  if (got == NULL)
    return FALSE;
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  return TRUE;
}

/* The port of the links that are out there, unless a stranger sits on it by now. While tries are left
 * it is asked for in any case: the life before may be about to leave it. */
static guint16
choose_port (DrawHost *self)
{
  guint16 port = self->port > 0 ? self->port : read_port (self);
  guint16 any_port = 0;

  if (try_port (G_SOCKET_FAMILY_IPV4, self->all_interfaces, &port) ||
      self->n_failures + 2 < FIRST_TRIES)
    return port;
  return try_port (G_SOCKET_FAMILY_IPV4, self->all_interfaces, &any_port) ? any_port : port;
}

/* --- The child ---------------------------------------------------------------------------------- */

static char *
find_program (void)
{
  const char *chosen = g_getenv ("DRAWBRIDGE_SERVER");

  if (chosen != NULL && chosen[0] != '\0')
    return g_strdup (chosen);
  if (g_file_test (DRAW_SERVER_PATH, G_FILE_TEST_IS_EXECUTABLE))
    return g_strdup (DRAW_SERVER_PATH);
  return g_find_program_in_path ("drawbridge-server");
}

static gboolean
on_pause_over (gpointer data)
{
  DrawHost *self = data;

  self->timer = 0;
  launch (self);
  return G_SOURCE_REMOVE;
}

static void
wait_and_launch (DrawHost *self)
{
  guint delay = MIN (DELAY_FIRST_MS << MIN (self->n_failures, 10), DELAY_MAX_MS);

  self->n_failures++;
  host_set_state (self, HOST_WAITING);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (delay, on_pause_over, self);
}

/* It ended by itself; may_retry FALSE: it could not even be started. */
static void
child_failed (DrawHost *self, gboolean may_retry, const char *message)
{
  gboolean again = may_retry && (self->task == NULL || self->n_failures + 1 < FIRST_TRIES);

  g_clear_object (&self->process);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (g_get_monotonic_time () - self->started_at > LASTED_US)
    self->n_failures = 0;
  if (again)
    wait_and_launch (self);
  else
    host_set_state (self, HOST_STOPPED);
  g_signal_emit (self, signals[SIGNAL_EXITED], 0, again);
  if (!again)
    return_failure (self, message);
}

/* A callback of a child: it keeps neither the host alive nor mistakes one life for another. */
typedef struct {
  GWeakRef host;
  GSubprocess *process;
} Watch;

static Watch *
watch_new (DrawHost *self)
{
  Watch *watch = g_new0 (Watch, 1);

  g_weak_ref_init (&watch->host, self);
  watch->process = g_object_ref (self->process);
  return watch;
}

static void
watch_free (Watch *watch)
{
  g_weak_ref_clear (&watch->host);
  g_object_unref (watch->process);
  g_free (watch);
}

/* The host, if that child is still its own. Transfer full. */
static DrawHost *
watch_get_host (Watch *watch)
{
  g_autoptr (DrawHost) self = g_weak_ref_get (&watch->host);

  return self != NULL && self->process == watch->process ? g_steal_pointer (&self) : NULL;
}

static void
on_child_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DrawHost) self = watch_get_host (data);

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  watch_free (data);
  if (self != NULL)
    child_failed (self, TRUE, _("The server could not start. Is the disk full, or does a security program stop it? Try again; "
                                "“drawbridge-server” in a terminal says more."));
}

static gboolean
on_not_ready (gpointer data)
{
  DrawHost *self = data;

  self->timer = 0;
  g_subprocess_force_exit (self->process); /* which ends in on_child_ended() */
  return G_SOURCE_REMOVE;
}

static void
child_ready (DrawHost *self, const char *origin)
{
  g_autoptr (GTask) task = NULL;

  if (self->state != HOST_STARTING)
    return; /* the line of the second listener */
  g_debug ("the server is ready: %s", origin);
  g_clear_handle_id (&self->timer, g_source_remove);
  remember_port (self);
  self->n_failures = 0;
  self->origin = g_strdup_printf ("http://127.0.0.1:%u", self->port);
  host_set_state (self, HOST_READY);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ORIGIN]);
  task = g_steal_pointer (&self->task);
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

/* Read to its end, so that the child never blocks on a full pipe. */
static void
on_line (GObject *source, GAsyncResult *result, gpointer data)
{
  Watch *watch = data;
  g_autoptr (DrawHost) self = watch_get_host (watch);
  g_autofree char *line =
      g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL || self == NULL)
    {
      watch_free (watch);
      return;
    }
  if (g_str_has_prefix (line, READY_PREFIX))
    child_ready (self, line + strlen (READY_PREFIX));
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, on_line,
                                       watch);
}

static void
read_output (DrawHost *self)
{
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));

  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, on_line, watch_new (self));
}

static GSubprocess *
spawn (DrawHost *self, GError **error)
{
  g_autofree char *program = find_program ();
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);

  if (program == NULL)
    {
      g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_SERVER,
                           _("The program “drawbridge-server” is not installed."));
      return NULL;
    }
  self->port = choose_port (self);
  g_ptr_array_add (argv, g_steal_pointer (&program));
  g_ptr_array_add (argv, g_strdup ("--data-dir"));
  g_ptr_array_add (argv, g_strdup (self->data_dir));
  g_ptr_array_add (argv, g_strdup ("--exit-with-parent"));
  g_ptr_array_add (argv, g_strdup ("--listen"));
  g_ptr_array_add (argv, g_strdup_printf ("%s:%u", self->all_interfaces ? "0.0.0.0" : "127.0.0.1",
                                          self->port));
  if (self->all_interfaces && try_port (G_SOCKET_FAMILY_IPV6, TRUE, &(guint16){ 0 }))
    {
      g_ptr_array_add (argv, g_strdup ("--listen"));
      g_ptr_array_add (argv, g_strdup_printf ("[::]:%u", self->port));
    }
  g_ptr_array_add (argv, NULL);
  return g_subprocess_newv ((const char *const *) argv->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, error);
}

static void
launch (DrawHost *self)
{
  g_autoptr (GError) error = NULL;

  host_set_state (self, HOST_STARTING);
  self->started_at = g_get_monotonic_time ();
  self->process = spawn (self, &error);
  if (self->process == NULL)
    {
      child_failed (self, FALSE, error->message);
      return;
    }
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (READY_TIMEOUT_MS, on_not_ready, self);
  g_subprocess_wait_async (self->process, NULL, on_child_ended, watch_new (self));
  read_output (self);
}

static gboolean
on_kill (gpointer data)
{
  g_subprocess_force_exit (G_SUBPROCESS (data));
  return G_SOURCE_CONTINUE; /* on_stopped_child_ended() removes it */
}

static void
on_stopped_child_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  g_source_remove (GPOINTER_TO_UINT (data));
}

static void
end_child (DrawHost *self)
{
  g_autoptr (GSubprocess) process = g_steal_pointer (&self->process);
  guint timer;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (process == NULL)
    return;
  g_subprocess_send_signal (process, SIGTERM);
  timer = g_timeout_add_full (G_PRIORITY_DEFAULT, KILL_AFTER_MS, on_kill, g_object_ref (process),
                              g_object_unref);
  g_subprocess_wait_async (process, NULL, on_stopped_child_ended, GUINT_TO_POINTER (timer));
}

/* --- The object --------------------------------------------------------------------------------- */

static void
draw_host_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DrawHost *self = DRAW_HOST (object);

  switch (id)
    {
    case PROP_RUNNING: g_value_set_boolean (value, self->state == HOST_READY); break;
    case PROP_ORIGIN: g_value_set_string (value, self->origin); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
draw_host_finalize (GObject *object)
{
  DrawHost *self = DRAW_HOST (object);

  g_free (self->origin);
  g_free (self->data_dir);
  G_OBJECT_CLASS (draw_host_parent_class)->finalize (object);
}

static void
draw_host_dispose (GObject *object)
{
  draw_host_stop (DRAW_HOST (object));
  G_OBJECT_CLASS (draw_host_parent_class)->dispose (object);
}

static void
draw_host_class_init (DrawHostClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = draw_host_get_property;
  object_class->dispose = draw_host_dispose;
  object_class->finalize = draw_host_finalize;
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  props[PROP_ORIGIN] = g_param_spec_string ("origin", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_EXITED] = g_signal_new ("exited", DRAW_TYPE_HOST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
draw_host_init (DrawHost *self)
{
}

DrawHost *
draw_host_new (const char *data_dir)
{
  DrawHost *self;

  g_return_val_if_fail (data_dir != NULL, NULL);

  self = g_object_new (DRAW_TYPE_HOST, NULL);
  self->data_dir = g_strdup (data_dir);
  return self;
}

void
draw_host_start_async (DrawHost *self, gboolean all_interfaces, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DRAW_IS_HOST (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, draw_host_start_async);
  if (self->task != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, _("The server is being started."));
      return;
    }
  if (self->state == HOST_READY && self->all_interfaces == all_interfaces)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (g_mkdir_with_parents (self->data_dir, 0700) != 0)
    {
      g_task_return_new_error (task, DRAW_ERROR, DRAW_ERROR_SERVER, _("The folder “%s” cannot be made: %s"),
                               self->data_dir, g_strerror (errno));
      return;
    }
  draw_host_stop (self);
  self->all_interfaces = all_interfaces;
  self->n_failures = 0;
  self->task = g_steal_pointer (&task);
  launch (self);
}

gboolean
draw_host_start_finish (DrawHost *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

const char *
draw_host_get_origin (DrawHost *self)
{
  g_return_val_if_fail (DRAW_IS_HOST (self), NULL);

  return self->origin;
}

gboolean
draw_host_is_running (DrawHost *self)
{
  g_return_val_if_fail (DRAW_IS_HOST (self), FALSE);

  return self->state == HOST_READY;
}

void
draw_host_stop (DrawHost *self)
{
  g_return_if_fail (DRAW_IS_HOST (self));

  end_child (self);
  host_set_state (self, HOST_STOPPED);
  return_failure (self, _("The server was stopped."));
}

static gboolean
is_reachable (const struct ifaddrs *entry)
{
  const struct sockaddr_in6 *v6;

  if (entry->ifa_addr == NULL || (entry->ifa_flags & IFF_UP) == 0 ||
      (entry->ifa_flags & IFF_LOOPBACK) != 0)
    return FALSE;
  if (entry->ifa_addr->sa_family == AF_INET)
    return TRUE;
  if (entry->ifa_addr->sa_family != AF_INET6)
    return FALSE;
  /* A link-local one means nothing without the other side's interface name. */
  v6 = (const struct sockaddr_in6 *) (const void *) entry->ifa_addr;
  return !IN6_IS_ADDR_LINKLOCAL (&v6->sin6_addr);
}

/* This computer's name on the local network: it is known there while an Avahi daemon tells it. NULL when none
 * does, or the name is none. Transfer full. */
static char *
get_local_name (void)
{
  g_autofree char *name = g_strconcat (g_get_host_name (), ".local", NULL);

  if (!g_file_test (AVAHI_SOCKET, G_FILE_TEST_EXISTS) || strchr (g_get_host_name (), '.') != NULL ||
      g_str_equal (g_get_host_name (), "localhost") ||
      name[strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.")] != '\0')
    return NULL;
  return g_steal_pointer (&name);
}

char **
draw_host_list_addresses (DrawHost *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  struct ifaddrs *all = NULL;

  g_return_val_if_fail (DRAW_IS_HOST (self), NULL);

  if (self->all_interfaces && getifaddrs (&all) == 0)
    for (struct ifaddrs *entry = all; entry != NULL; entry = entry->ifa_next)
      {
        g_autoptr (GSocketAddress) address = NULL;
        g_autofree char *text = NULL;

        if (!is_reachable (entry))
          continue;
        address = g_socket_address_new_from_native (
            entry->ifa_addr, entry->ifa_addr->sa_family == AF_INET ? sizeof (struct sockaddr_in)
                                                                   : sizeof (struct sockaddr_in6));
        text = g_inet_address_to_string (
            g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
        g_strv_builder_add (builder, text);
      }
  if (all != NULL)
    {
      g_autofree char *name = get_local_name ();

      if (name != NULL)
        g_strv_builder_add (builder, name);
    }
  g_clear_pointer (&all, freeifaddrs);
  return g_strv_builder_end (builder);
}
