/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-window-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "sync/draw-library.h"
#include "sync/draw-session-past.h"
#include "window/draw-joining.h"
#include "window/draw-shortcuts.h"

enum
{
  PROP_TOOL = 1,
  PROP_SHOW_CHAT,
  PROP_SHOW_LIBRARY,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (DrawWindow, draw_window, ADW_TYPE_APPLICATION_WINDOW)

static void
on_board_activated (DrawHome *home, const char *path, DrawWindow *self)
{
  draw_application_begin_path (draw_window_get_app (self), self, path);
}

static void
on_home_verb (
    DrawHome *home, const char *name, const char *path, const char *title, DrawWindow *self)
{
  draw_window_do_home_verb (self, name, path, title);
}

static void
on_nearby_chosen (DrawHome *home, DrawNearbyBoard *board, DrawWindow *self)
{
  draw_joining_start_near (self, board);
}

static void
on_view_trouble (DrawBoardView *view, GError *error, DrawWindow *self)
{
  draw_window_say (self, error->message);
}

static void
on_view_done (DrawBoardView *view, const char *words, DrawWindow *self)
{
  draw_window_say (self, words);
}

static void
on_view_facts_changed (DrawBoardView *view, DrawWindow *self)
{
  draw_window_update_actions (self);
}

static void
on_view_notify_tool (DrawBoardView *view, GParamSpec *pspec, DrawWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOOL]);
}

static void
on_view_notify_chat (DrawBoardView *view, GParamSpec *pspec, DrawWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_CHAT]);
}

static void
on_view_notify_library (DrawBoardView *view, GParamSpec *pspec, DrawWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_LIBRARY]);
}

static void
update_title (DrawWindow *self)
{
  g_autofree char *title = NULL;

  if (self->session != NULL)
    g_object_get (self->session, "title", &title, NULL);
  gtk_window_set_title (GTK_WINDOW (self),
                        title != NULL && *title != '\0' ? title : _("Drawbridge"));
}

static void
save_size (DrawWindow *self)
{
  GSettings *settings = draw_application_get_settings (draw_window_get_app (self));
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  if (width > 0 && height > 0)
    {
      g_settings_set_int (settings, "window-width", width);
      g_settings_set_int (settings, "window-height", height);
    }
}

static gboolean
draw_window_close_request (GtkWindow *window)
{
  DrawWindow *self = DRAW_WINDOW (window);

  save_size (self);
  draw_window_cancel_sharing (self);
  draw_window_set_session (self, NULL);
  draw_window_delete_doomed (self);
  return GTK_WINDOW_CLASS (draw_window_parent_class)->close_request (window);
}

static void
draw_window_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  DrawWindow *self = DRAW_WINDOW (object);

  /* Buttons ask for the state of their action while the template that makes the view is still
   * built. */
  if (self->view == NULL)
    {
      g_param_value_set_default (pspec, value);
      return;
    }
  switch (prop_id)
    {
    case PROP_TOOL:
      g_object_get_property (G_OBJECT (self->view), "tool", value);
      break;
    case PROP_SHOW_CHAT:
      g_object_get_property (G_OBJECT (self->view), "chat-visible", value);
      break;
    case PROP_SHOW_LIBRARY:
      g_object_get_property (G_OBJECT (self->view), "library-visible", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
draw_window_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  DrawWindow *self = DRAW_WINDOW (object);

  switch (prop_id)
    {
    case PROP_TOOL:
      g_object_set_property (G_OBJECT (self->view), "tool", value);
      break;
    case PROP_SHOW_CHAT:
      g_object_set_property (G_OBJECT (self->view), "chat-visible", value);
      break;
    case PROP_SHOW_LIBRARY:
      g_object_set_property (G_OBJECT (self->view), "library-visible", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
draw_window_dispose (GObject *object)
{
  DrawWindow *self = DRAW_WINDOW (object);

  draw_window_cancel_sharing (self);
  if (self->session != NULL)
    draw_window_set_session (self, NULL);
  g_clear_pointer (&self->opening, g_free);
  g_clear_pointer (&self->doomed, g_hash_table_unref);
  g_clear_weak_pointer (&self->share_dialog);
  g_clear_object (&self->board_state);
  g_queue_clear (&self->said);
  g_clear_object (&self->shelf);
  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_WINDOW);
  G_OBJECT_CLASS (draw_window_parent_class)->dispose (object);
}

static void
draw_window_class_init (DrawWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = draw_window_get_property;
  object_class->set_property = draw_window_set_property;
  object_class->dispose = draw_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = draw_window_close_request;

  /* They are the view's; here they are states of actions. */
  props[PROP_TOOL]
      = g_param_spec_string ("tool", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_SHOW_CHAT] = g_param_spec_boolean ("show-chat", NULL, NULL, FALSE,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_SHOW_LIBRARY] = g_param_spec_boolean ("show-library", NULL, NULL, FALSE,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (DRAW_TYPE_HOME);
  g_type_ensure (DRAW_TYPE_BOARD_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/drawbridge/Drawbridge/ui/draw-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DrawWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DrawWindow, home);
  gtk_widget_class_bind_template_child (widget_class, DrawWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, on_board_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_home_verb);
  gtk_widget_class_bind_template_callback (widget_class, on_nearby_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_view_trouble);
  gtk_widget_class_bind_template_callback (widget_class, on_view_done);
  gtk_widget_class_bind_template_callback (widget_class, on_view_facts_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_view_notify_tool);
  gtk_widget_class_bind_template_callback (widget_class, on_view_notify_chat);
  gtk_widget_class_bind_template_callback (widget_class, on_view_notify_library);
  draw_window_install_actions (widget_class);
}

static void
draw_window_init (DrawWindow *self)
{
  self->board_state = draw_board_state_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOOL]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_CHAT]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_LIBRARY]);
  g_action_map_add_action (G_ACTION_MAP (self), draw_board_state_get_action (self->board_state));
  gtk_widget_add_controller (GTK_WIDGET (self), draw_shortcuts_make_controller ());
  draw_window_clipboard_init (self);
  draw_window_drop_init (self);
  gtk_application_window_set_help_overlay (GTK_APPLICATION_WINDOW (self),
                                           draw_shortcuts_make_window ());
  draw_window_update_actions (self);
}

/* A window starts with what was in hand last; from then on it has its own. */
static void
bind_settings (DrawWindow *self, GSettings *settings)
{
  GSettingsBindFlags flags = G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_GET_NO_CHANGES;

  g_settings_bind (settings, "tool", self->view, "tool", flags);
  draw_board_view_bind_settings (self->view, settings);
  g_settings_bind (settings, "style", self->view, "style", flags);
}

DrawWindow *
draw_window_new (DrawApplication *app)
{
  DrawWindow *self = g_object_new (DRAW_TYPE_WINDOW, "application", app, NULL);
  GSettings *settings = draw_application_get_settings (app);

  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  bind_settings (self, settings);
  draw_home_set_nearby (self->home, draw_application_get_nearby (app), draw_application_hosts, app);
  draw_board_view_set_hosting (self->view, draw_application_get_hosting (app));
  draw_window_library_init (self, draw_application_get_shelf (app));
  return self;
}

DrawSession *
draw_window_get_session (DrawWindow *self)
{
  g_return_val_if_fail (DRAW_IS_WINDOW (self), NULL);

  return self->session;
}

/* A board on which nothing was ever done is no board to keep: else each look at an empty sheet
 * would leave one. */
static gboolean
is_untouched (DrawSession *session)
{
  BoardReplica *replica = draw_session_get_replica (session);
  g_autofree char *library = draw_library_get_directory ();
  g_autofree char *directory = g_path_get_dirname (draw_session_get_path (session));

  /* Only what the app itself made. */
  return g_strcmp0 (directory, library) == 0 && draw_session_get_link (session) == NULL
         && board_replica_get_next_counter (replica) == 1 && board_replica_get_seq (replica) == 0;
}

static void
close_session (DrawWindow *self)
{
  g_autoptr (DrawSession) old = NULL;
  g_autofree char *untouched = NULL;

  if (self->session != NULL && !is_untouched (self->session))
    draw_window_remember (self);
  if (self->session != NULL)
    draw_window_unwatch_drawing (self);
  old = g_steal_pointer (&self->session);
  if (old == NULL)
    return;
  g_cancellable_cancel (self->transfers);
  g_clear_object (&self->transfers);
  g_signal_handlers_disconnect_by_func (old, update_title, self);
  draw_board_view_set_session (self->view, NULL);
  draw_board_state_set_session (self->board_state, NULL);
  if (is_untouched (old))
    untouched = g_strdup (draw_session_get_path (old));
  draw_session_close (old);
  if (untouched != NULL)
    g_unlink (untouched);
}

/* Once, on the first board. */
static void
teach (DrawWindow *self)
{
  GSettings *settings = draw_application_get_settings (draw_window_get_app (self));
  AdwToast *toast;

  if (g_settings_get_boolean (settings, "hint-seen"))
    return;
  g_settings_set_boolean (settings, "hint-seen", TRUE);
  toast = adw_toast_new (_("Just draw. Space moves the sheet, Ctrl+wheel zooms, Ctrl+K does the rest."));
  adw_toast_set_timeout (toast, 10);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
draw_window_show_board (DrawWindow *self)
{
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->view));
  gtk_widget_add_css_class (GTK_WIDGET (self->toasts), "over-board");
  gtk_widget_grab_focus (GTK_WIDGET (draw_board_view_get_canvas (self->view)));
}

void
draw_window_set_session (DrawWindow *self, DrawSession *session)
{
  g_return_if_fail (DRAW_IS_WINDOW (self));
  g_return_if_fail (session == NULL || DRAW_IS_SESSION (session));

  if (session == self->session && self->opening == NULL)
    return;
  draw_window_cancel_sharing (self);
  close_session (self);
  if (session != NULL)
    {
      self->session = g_object_ref (session);
      draw_session_set_thorough (session, TRUE);
      self->transfers = g_cancellable_new ();
      g_signal_connect_object (session, "notify::title", G_CALLBACK (update_title), self,
                               G_CONNECT_SWAPPED);
      draw_window_watch_drawing (self);
      draw_board_view_set_session (self->view, session);
      draw_board_state_set_session (self->board_state, session);
      g_clear_pointer (&self->opening, g_free);
      draw_window_show_board (self);
    }
  else if (!gtk_widget_in_destruction (GTK_WIDGET (self)))
    {
      draw_window_end_opening (self);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->home));
      gtk_widget_remove_css_class (GTK_WIDGET (self->toasts), "over-board");
      gtk_window_set_focus (GTK_WINDOW (self), NULL);
    }
  if (draw_window_get_app (self) != NULL)
    {
      draw_application_note_boards (draw_window_get_app (self));
      draw_application_boards_changed (draw_window_get_app (self));
    }
  if (session != NULL)
    teach (self);
  update_title (self);
  draw_window_update_actions (self);
}

void
draw_window_refresh_home (DrawWindow *self)
{
  g_return_if_fail (DRAW_IS_WINDOW (self));

  if (self->session == NULL && !gtk_widget_in_destruction (GTK_WIDGET (self)))
    draw_home_refresh (self->home);
}

static void
on_said (AdwToast *toast, DrawWindow *self)
{
  g_queue_remove (&self->said, toast);
}

/* More would be told for minutes, of what others did long ago: fifty hands that are raised at once, or one that
 * goes up and down. The newest takes the place of the one that waits. */
#define MAX_SAID 2

void
draw_window_say (DrawWindow *self, const char *text)
{
  g_autofree char *escaped = NULL;
  AdwToast *toast;

  g_return_if_fail (DRAW_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  /* Titles of toasts are markup, whatever they say. */
  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_said), self, 0);
  if (g_queue_get_length (&self->said) >= MAX_SAID)
    adw_toast_dismiss (g_queue_peek_tail (&self->said));
  g_queue_push_tail (&self->said, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}
