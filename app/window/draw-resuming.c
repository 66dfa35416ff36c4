/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-resuming.h"

struct _DrawResuming
{
  GObject parent_instance;

  /* owned */
  DrawHosting *hosting;
  GSettings *settings;
  GQueue waiting; /* of paths: to be hosted one after the other */
  gboolean on_network;
  DrawResumingFind find;
  gpointer find_data;
};

G_DEFINE_FINAL_TYPE (DrawResuming, draw_resuming, G_TYPE_OBJECT)

static void
note (DrawResuming *self)
{
  GPtrArray *sessions = draw_hosting_get_sessions (self->hosting);
  gboolean runs = draw_hosting_is_running (self->hosting);
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  /* A server that starts has none yet, one that crashed has some: then it stays as it was. */
  if (runs != (sessions->len > 0) || g_queue_get_length (&self->waiting) > 0)
    return;
  for (guint i = 0; i < sessions->len; i++)
    g_strv_builder_add (paths, draw_session_get_path (sessions->pdata[i]));
  list = g_strv_builder_end (paths);
  g_settings_set_strv (self->settings, "hosted-boards", (const char *const *)list);
  g_settings_set_boolean (self->settings, "hosted-on-network", draw_hosting_is_on_network (self->hosting));
}

static void host_next (DrawResuming *self);

static void
on_shared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DrawResuming) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!draw_hosting_share_finish (DRAW_HOSTING (source), result, &error))
    g_message ("not hosted again: %s", error->message);
  host_next (self);
}

static void
host_next (DrawResuming *self)
{
  DrawSession *session = NULL;

  while (session == NULL && g_queue_get_length (&self->waiting) > 0)
    {
      g_autofree char *path = g_queue_pop_head (&self->waiting);

      session = self->find (path, self->find_data);
    }
  if (session != NULL)
    draw_hosting_share_async (self->hosting, session, self->on_network, NULL, on_shared, g_object_ref (self));
  else
    note (self);
}

static void
draw_resuming_dispose (GObject *object)
{
  DrawResuming *self = DRAW_RESUMING (object);

  g_queue_clear_full (&self->waiting, g_free);
  g_clear_object (&self->hosting);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (draw_resuming_parent_class)->dispose (object);
}

static void
draw_resuming_class_init (DrawResumingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = draw_resuming_dispose;
}

static void
draw_resuming_init (DrawResuming *self)
{
  g_queue_init (&self->waiting);
}

DrawResuming *
draw_resuming_new (DrawHosting *hosting, GSettings *settings)
{
  DrawResuming *self;

  g_return_val_if_fail (DRAW_IS_HOSTING (hosting) && G_IS_SETTINGS (settings), NULL);

  self = g_object_new (DRAW_TYPE_RESUMING, NULL);
  self->hosting = g_object_ref (hosting);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (hosting, "changed", G_CALLBACK (note), self, G_CONNECT_SWAPPED);
  return self;
}

void
draw_resuming_start (DrawResuming *self, DrawResumingFind find, gpointer user_data)
{
  g_auto (GStrv) paths = NULL;

  g_return_if_fail (DRAW_IS_RESUMING (self) && find != NULL);

  paths = g_settings_get_strv (self->settings, "hosted-boards");
  self->on_network = g_settings_get_boolean (self->settings, "hosted-on-network");
  self->find = find;
  self->find_data = user_data;
  for (guint i = 0; paths[i] != NULL; i++)
    g_queue_push_tail (&self->waiting, g_strdup (paths[i]));
  host_next (self);
}
