/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bridge-admin-socket.h"

#include <gio/gunixconnection.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define MAX_CALLS 16
#define TIMEOUT_S 10

struct _BridgeAdminSocket {
  GSocketService *service; /* owned */
  char *path;              /* owned */
  BridgeAdmin *admin;      /* borrowed */
  GCancellable *ending;    /* owned: calls that are under way when it goes */
  guint n_calls;
};

/* A question and the answer that it will get. */
typedef struct {
  BridgeAdminSocket *parent;     /* borrowed: gone once ending is cancelled */
  GCancellable *ending;          /* owned */
  GSocketConnection *connection; /* owned */
  char question[BRIDGE_ADMIN_MAX_QUESTION];
  gsize length;
  char *answer; /* owned */
} Call;

static void
call_free (Call *call)
{
  if (!g_cancellable_is_cancelled (call->ending))
    call->parent->n_calls--;
  g_free (call->answer);
  g_io_stream_close (G_IO_STREAM (call->connection), NULL, NULL);
  g_object_unref (call->connection);
  g_object_unref (call->ending);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
}

static void
on_answered (const char *answer, gpointer user_data)
{
  Call *call = user_data;
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (call->connection));

  if (answer == NULL || g_cancellable_is_cancelled (call->ending))
    {
      call_free (call);
      return;
    }
  call->answer = g_strconcat (answer, "\n", NULL);
  g_output_stream_write_all_async (out, call->answer, strlen (call->answer), G_PRIORITY_DEFAULT,
                                   call->ending, on_written, call);
}

static void read_more (Call *call);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n <= 0)
    {
      call_free (call);
      return;
    }
  call->length += (gsize) n;
  if (memchr (call->question, '\n', call->length) != NULL)
    bridge_admin_ask (call->parent->admin, call->question, call->length, on_answered, call);
  else if (call->length < sizeof call->question)
    read_more (call);
  else
    call_free (call);
}

static void
read_more (Call *call)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (call->connection));

  g_input_stream_read_async (in, call->question + call->length,
                             sizeof call->question - call->length, G_PRIORITY_DEFAULT, call->ending,
                             on_read, call);
}

/* The directory keeps others out; this says so once more. */
static gboolean
is_operator (GSocketConnection *connection)
{
  g_autoptr (GCredentials) credentials
      = g_socket_get_credentials (g_socket_connection_get_socket (connection), NULL);
  uid_t user = credentials != NULL ? g_credentials_get_unix_user (credentials, NULL) : (uid_t) -1;

  return user == 0 || user == geteuid ();
}

static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  BridgeAdminSocket *self = user_data;
  Call *call;

  if (self->n_calls >= MAX_CALLS || !is_operator (connection))
    return TRUE;

  self->n_calls++;
  g_socket_set_timeout (g_socket_connection_get_socket (connection), TIMEOUT_S);
  call = g_new0 (Call, 1);
  call->parent = self;
  call->ending = g_object_ref (self->ending);
  call->connection = g_object_ref (connection);
  read_more (call);
  return TRUE;
}

BridgeAdminSocket *
bridge_admin_socket_new (const char *path, BridgeAdmin *admin, GError **error)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GSocketAddress) address = NULL;
  BridgeAdminSocket *self;
  mode_t mask;
  gboolean ok;

  g_return_val_if_fail (path != NULL && admin != NULL, NULL);

  if (strlen (path) >= G_SIZEOF_MEMBER (struct sockaddr_un, sun_path))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG, "%s is too long for a socket",
                   path);
      return NULL;
    }
  g_unlink (path);
  address = g_unix_socket_address_new (path);
  mask = umask (0177);
  ok = g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error);
  umask (mask);
  if (!ok)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  self = g_new0 (BridgeAdminSocket, 1);
  self->service = g_steal_pointer (&service);
  self->path = g_strdup (path);
  self->admin = admin;
  self->ending = g_cancellable_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  return self;
}

void
bridge_admin_socket_free (BridgeAdminSocket *self)
{
  if (self == NULL)
    return;

  g_cancellable_cancel (self->ending);
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_unlink (self->path);
  g_free (self->path);
  g_object_unref (self->ending);
  g_free (self);
}

char *
bridge_admin_socket_dup_path (const char *data_dir)
{
  g_return_val_if_fail (data_dir != NULL, NULL);

  return g_build_filename (data_dir, "admin", NULL);
}
