/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-hosting.h"

#include <glib/gi18n.h>

#include "sync/draw-session-move.h"

struct _DrawHosting
{
  GObject parent_instance;

  /* owned */
  DrawHost *host;
  char *data_dir;
  gboolean on_network; /* what the running server listens to */
  guint16 former_port; /* before it was started; 0: it never ran */
  GPtrArray *sessions; /* boards hosted by this process, weak */
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawHosting, draw_hosting, G_TYPE_OBJECT)

static void
on_session_gone (gpointer data, GObject *where_the_session_was)
{
  DrawHosting *self = data;

  g_ptr_array_remove_fast (self->sessions, where_the_session_was);
}

static void
remember_session (DrawHosting *self, DrawSession *session)
{
  if (g_ptr_array_find (self->sessions, session, NULL))
    return;
  g_ptr_array_add (self->sessions, session);
  g_object_weak_ref (G_OBJECT (session), on_session_gone, self);
}

static void
forget_sessions (DrawHosting *self)
{
  for (guint i = 0; i < self->sessions->len; i++)
    g_object_weak_unref (g_ptr_array_index (self->sessions, i), on_session_gone, self);
  g_ptr_array_set_size (self->sessions, 0);
}

static void
on_host_notify (DrawHost *host, GParamSpec *pspec, DrawHosting *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
draw_hosting_finalize (GObject *object)
{
  DrawHosting *self = DRAW_HOSTING (object);

  forget_sessions (self);
  g_ptr_array_unref (self->sessions);
  g_clear_object (&self->host);
  g_free (self->data_dir);
  G_OBJECT_CLASS (draw_hosting_parent_class)->finalize (object);
}

static void
draw_hosting_class_init (DrawHostingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_hosting_finalize;
  signals[CHANGED] = g_signal_new ("changed", DRAW_TYPE_HOSTING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
draw_hosting_init (DrawHosting *self)
{
  self->sessions = g_ptr_array_new ();
}

DrawHosting *
draw_hosting_new (const char *data_dir)
{
  DrawHosting *self;

  g_return_val_if_fail (data_dir != NULL, NULL);

  self = g_object_new (DRAW_TYPE_HOSTING, NULL);
  self->data_dir = g_strdup (data_dir);
  self->host = draw_host_new (data_dir);
  g_signal_connect_object (self->host, "notify", G_CALLBACK (on_host_notify), self, 0);
  return self;
}

static void
on_shared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  DrawHosting *self = g_task_get_source_object (task);
  DrawSession *session = DRAW_SESSION (source);
  GError *error = NULL;

  if (!draw_session_share_finish (session, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  remember_session (self, session);
  g_signal_emit (self, signals[CHANGED], 0);
  g_task_return_boolean (task, TRUE);
}

/* The person may have closed it while the server started. */
static gboolean
is_open (GTask *task)
{
  gboolean open = !draw_session_is_closed (g_task_get_task_data (task));

  if (!open)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, _("The board was closed."));
  return open;
}

static void
share_session (GTask *task)
{
  DrawHosting *self = g_task_get_source_object (task);

  if (!is_open (task))
    return;
  draw_session_share_async (g_task_get_task_data (task), draw_host_get_origin (self->host),
                            g_task_get_cancellable (task), on_shared, g_object_ref (task));
}

static void
on_moved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (draw_session_move_finish (DRAW_SESSION (source), result, &error))
    share_session (task);
  else
    g_task_return_error (task, error);
}

/* Whether the server has the board is its own to say: the address in the link is the same when another server was there
 * before, of somebody else at this computer or behind a tunnel. A board that it has not comes with all that happened. */
static void
bring_session (GTask *task)
{
  DrawHosting *self = g_task_get_source_object (task);

  if (!is_open (task))
    return;
  draw_session_move_async (g_task_get_task_data (task), self->data_dir, g_task_get_cancellable (task), on_moved,
                           g_object_ref (task));
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!draw_host_start_finish (DRAW_HOST (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  bring_session (task);
}

void
draw_hosting_share_async (DrawHosting *self,
                          DrawSession *session,
                          gboolean on_network,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DRAW_IS_HOSTING (self));
  g_return_if_fail (DRAW_IS_SESSION (session));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, draw_hosting_share_async);
  g_task_set_task_data (task, g_object_ref (session), g_object_unref);

  if (draw_hosting_is_running (self) && (self->on_network || !on_network))
    {
      bring_session (task);
      return;
    }
  /* A server that listens otherwise is started again; its boards come back by themselves. */
  self->on_network = on_network;
  self->former_port = draw_hosting_get_port (self);
  draw_host_start_async (self->host, on_network, cancellable, on_started, g_object_ref (task));
}

gboolean
draw_hosting_share_finish (DrawHosting *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
draw_hosting_stop (DrawHosting *self)
{
  g_return_if_fail (DRAW_IS_HOSTING (self));

  for (guint i = 0; i < self->sessions->len; i++)
    draw_session_disconnect (g_ptr_array_index (self->sessions, i));
  forget_sessions (self);
  draw_host_stop (self->host);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
draw_hosting_is_running (DrawHosting *self)
{
  g_return_val_if_fail (DRAW_IS_HOSTING (self), FALSE);

  return draw_host_is_running (self->host) && draw_host_get_origin (self->host) != NULL;
}

gboolean
draw_hosting_is_on_network (DrawHosting *self)
{
  g_return_val_if_fail (DRAW_IS_HOSTING (self), FALSE);

  return self->on_network && draw_hosting_is_running (self);
}

gboolean
draw_hosting_has_moved (DrawHosting *self)
{
  g_return_val_if_fail (DRAW_IS_HOSTING (self), FALSE);

  return self->former_port != 0 && self->former_port != draw_hosting_get_port (self);
}

GPtrArray *
draw_hosting_get_sessions (DrawHosting *self)
{
  g_return_val_if_fail (DRAW_IS_HOSTING (self), NULL);

  return self->sessions;
}

/* DrawHost keeps it, so that links stay valid. */
guint16
draw_hosting_get_port (DrawHosting *self)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  guint64 port = 0;

  g_return_val_if_fail (DRAW_IS_HOSTING (self), 0);

  path = g_build_filename (self->data_dir, "port", NULL);
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  if (!g_ascii_string_to_unsigned (g_strstrip (text), 10, 1, G_MAXUINT16, &port, NULL))
    return 0;
  return (guint16)port;
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

gboolean
draw_hosting_owns (DrawHosting *self, DrawSession *session)
{
  const BoardLink *link;

  g_return_val_if_fail (DRAW_IS_HOSTING (self), FALSE);
  g_return_val_if_fail (DRAW_IS_SESSION (session), FALSE);

  link = draw_session_get_link (session);
  return link != NULL && is_loopback (link->host) && link->port == draw_hosting_get_port (self);
}

char **
draw_hosting_list_addresses (DrawHosting *self)
{
  g_return_val_if_fail (DRAW_IS_HOSTING (self), NULL);

  return draw_hosting_is_on_network (self) ? draw_host_list_addresses (self->host) : NULL;
}
