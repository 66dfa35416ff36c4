/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-staying.h"

#define MINUTE_S 60

struct _DrawStaying
{
  GObject parent_instance;

  /* borrowed */
  GtkApplication *app;

  /* owned */
  DrawHosting *hosting;
  GSettings *settings;
  guint timer_id; /* while the app is held without a window */
  gboolean given_up;
};

G_DEFINE_FINAL_TYPE (DrawStaying, draw_staying, G_TYPE_OBJECT)

static void
end_wait (DrawStaying *self)
{
  if (self->timer_id == 0)
    return;
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_application_release (G_APPLICATION (self->app));
}

static gboolean
on_over (gpointer user_data)
{
  DrawStaying *self = user_data;

  self->timer_id = 0;
  draw_hosting_stop (self->hosting);
  g_application_release (G_APPLICATION (self->app));
  return G_SOURCE_REMOVE;
}

static void
on_window_removed (GtkApplication *app, GtkWindow *window, DrawStaying *self)
{
  int minutes = g_settings_get_int (self->settings, "hosting-stays");

  if (gtk_application_get_windows (app) != NULL || self->given_up || minutes <= 0
      || self->timer_id != 0 || !draw_hosting_is_running (self->hosting))
    return;
  g_application_hold (G_APPLICATION (app));
  self->timer_id = g_timeout_add_seconds ((guint)minutes * MINUTE_S, on_over, self);
}

static void
on_window_added (GtkApplication *app, GtkWindow *window, DrawStaying *self)
{
  end_wait (self);
}

/* Nothing is hosted any more: nothing to stay for. */
static void
on_hosting_changed (DrawHosting *hosting, DrawStaying *self)
{
  if (!draw_hosting_is_running (hosting))
    end_wait (self);
}

static void
draw_staying_dispose (GObject *object)
{
  DrawStaying *self = DRAW_STAYING (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_object (&self->hosting);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (draw_staying_parent_class)->dispose (object);
}

static void
draw_staying_class_init (DrawStayingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = draw_staying_dispose;
}

static void
draw_staying_init (DrawStaying *self)
{
}

DrawStaying *
draw_staying_new (GtkApplication *app, DrawHosting *hosting, GSettings *settings)
{
  DrawStaying *self = g_object_new (DRAW_TYPE_STAYING, NULL);

  self->app = app;
  self->hosting = g_object_ref (hosting);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (app, "window-removed", G_CALLBACK (on_window_removed), self, 0);
  g_signal_connect_object (app, "window-added", G_CALLBACK (on_window_added), self, 0);
  g_signal_connect_object (hosting, "changed", G_CALLBACK (on_hosting_changed), self, 0);
  return self;
}

void
draw_staying_give_up (DrawStaying *self)
{
  g_return_if_fail (DRAW_IS_STAYING (self));

  self->given_up = TRUE;
  end_wait (self);
}

gboolean
draw_staying_is_waiting (DrawStaying *self)
{
  g_return_val_if_fail (DRAW_IS_STAYING (self), FALSE);

  return self->timer_id != 0;
}
