/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-announcing.h"

struct _DrawAnnouncing
{
  GObject parent_instance;

  /* owned */
  DrawHosting *hosting;
  GSettings *settings;
  char *fallback_name;
  DrawAnnouncer *announcer;
};

G_DEFINE_FINAL_TYPE (DrawAnnouncing, draw_announcing, G_TYPE_OBJECT)

static void
announce (DrawAnnouncing *self, DrawSession *session)
{
  g_autofree char *name = g_settings_get_string (self->settings, "name");
  g_autofree char *title = NULL;
  gboolean ended = FALSE;

  g_object_get (session, "title", &title, "ended", &ended, NULL);
  if (ended)
    draw_announcer_remove (self->announcer, draw_session_get_board (session));
  else
    draw_announcer_set (self->announcer, draw_session_get_board (session), title,
                        *name != '\0' ? name : self->fallback_name,
                        draw_hosting_get_port (self->hosting));
}

static void update (DrawAnnouncing *self);

static void
watch (DrawAnnouncing *self, DrawSession *session)
{
  g_signal_handlers_disconnect_by_func (session, update, self);
  g_signal_connect_object (session, "notify::title", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::ended", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
update (DrawAnnouncing *self)
{
  GPtrArray *sessions = draw_hosting_get_sessions (self->hosting);

  if (!g_settings_get_boolean (self->settings, "announce")
      || !draw_hosting_is_on_network (self->hosting))
    {
      draw_announcer_clear (self->announcer);
      return;
    }
  for (guint i = 0; i < sessions->len; i++)
    {
      watch (self, sessions->pdata[i]);
      announce (self, sessions->pdata[i]);
    }
}

static void
draw_announcing_finalize (GObject *object)
{
  DrawAnnouncing *self = DRAW_ANNOUNCING (object);

  g_object_unref (self->announcer);
  g_object_unref (self->settings);
  g_object_unref (self->hosting);
  g_free (self->fallback_name);
  G_OBJECT_CLASS (draw_announcing_parent_class)->finalize (object);
}

static void
draw_announcing_class_init (DrawAnnouncingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_announcing_finalize;
}

static void
draw_announcing_init (DrawAnnouncing *self)
{
  self->announcer = draw_announcer_new ();
}

DrawAnnouncing *
draw_announcing_new (DrawHosting *hosting, GSettings *settings, const char *fallback_name)
{
  DrawAnnouncing *self;

  g_return_val_if_fail (DRAW_IS_HOSTING (hosting) && G_IS_SETTINGS (settings), NULL);

  self = g_object_new (DRAW_TYPE_ANNOUNCING, NULL);
  self->hosting = g_object_ref (hosting);
  self->settings = g_object_ref (settings);
  self->fallback_name = g_strdup (fallback_name);
  g_signal_connect_object (hosting, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::announce", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::name", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return self;
}

DrawAnnouncer *
draw_announcing_get_announcer (DrawAnnouncing *self)
{
  g_return_val_if_fail (DRAW_IS_ANNOUNCING (self), NULL);

  return self->announcer;
}
