/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-chat-composer.h"

#include <glib/gi18n.h>

#include "board/board-limits.h"

#define TYPING_INTERVAL_US (2 * G_USEC_PER_SEC)

struct _DrawChatComposer
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *box;
  GtkRevealer *banner;
  GtkLabel *banner_label;
  GtkToggleButton *place_button;
  GtkEntry *entry;
  GtkButton *send_button;

  DrawChatMode mode;
  char *target;
  gboolean can_write;
  int64_t told_at; /* monotonic us: of the last "typing" */
};

enum
{
  SUBMIT,
  TYPING,
  EDIT_LAST,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawChatComposer, draw_chat_composer, GTK_TYPE_WIDGET)

static void
tell_typing (DrawChatComposer *self)
{
  int64_t now = g_get_monotonic_time ();

  if (self->mode == DRAW_CHAT_WHISPER || self->mode == DRAW_CHAT_EDIT
      || (self->told_at > 0 && now - self->told_at < TYPING_INTERVAL_US))
    return;
  self->told_at = now;
  g_signal_emit (self, signals[TYPING], 0);
}

static void
on_entry_changed (GtkEditable *editable, DrawChatComposer *self)
{
  gboolean some = *gtk_editable_get_text (editable) != '\0';

  gtk_widget_set_sensitive (GTK_WIDGET (self->send_button), some && self->can_write);
  if (some)
    tell_typing (self);
}

static void
reset (DrawChatComposer *self)
{
  draw_chat_composer_set_mode (self, DRAW_CHAT_SAY, NULL, "", "");
}

static void
on_send (GtkWidget *widget, DrawChatComposer *self)
{
  g_autofree char *text
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (*text == '\0' || !self->can_write)
    return;
  g_signal_emit (self, signals[SUBMIT], 0, text);
  self->told_at = 0;
  /* A talk between two goes on between the two. */
  if (self->mode == DRAW_CHAT_WHISPER)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  else
    reset (self);
}

static void
on_close_clicked (GtkButton *button, DrawChatComposer *self)
{
  reset (self);
  draw_chat_composer_focus (self);
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        DrawChatComposer *self)
{
  gboolean empty = *gtk_editable_get_text (GTK_EDITABLE (self->entry)) == '\0';

  if (keyval == GDK_KEY_Escape && self->mode != DRAW_CHAT_SAY)
    reset (self);
  else if (keyval == GDK_KEY_Up && empty && self->mode == DRAW_CHAT_SAY)
    g_signal_emit (self, signals[EDIT_LAST], 0);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
draw_chat_composer_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_CHAT_COMPOSER);
  G_OBJECT_CLASS (draw_chat_composer_parent_class)->dispose (object);
}

static void
draw_chat_composer_finalize (GObject *object)
{
  g_free (DRAW_CHAT_COMPOSER (object)->target);
  G_OBJECT_CLASS (draw_chat_composer_parent_class)->finalize (object);
}

static void
draw_chat_composer_class_init (DrawChatComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType type = DRAW_TYPE_CHAT_COMPOSER;

  G_OBJECT_CLASS (klass)->dispose = draw_chat_composer_dispose;
  G_OBJECT_CLASS (klass)->finalize = draw_chat_composer_finalize;
  signals[SUBMIT] = g_signal_new ("submit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TYPING]
      = g_signal_new ("typing", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDIT_LAST]
      = g_signal_new ("edit-last", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/drawbridge/Drawbridge/ui/draw-chat-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawChatComposer, box);
  gtk_widget_class_bind_template_child (widget_class, DrawChatComposer, banner);
  gtk_widget_class_bind_template_child (widget_class, DrawChatComposer, banner_label);
  gtk_widget_class_bind_template_child (widget_class, DrawChatComposer, place_button);
  gtk_widget_class_bind_template_child (widget_class, DrawChatComposer, entry);
  gtk_widget_class_bind_template_child (widget_class, DrawChatComposer, send_button);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_send);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
draw_chat_composer_init (DrawChatComposer *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->can_write = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (self->entry, BOARD_MAX_CHAT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Message"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->send_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Send"), -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

void
draw_chat_composer_set_mode (DrawChatComposer *self,
                             DrawChatMode mode,
                             const char *target,
                             const char *words,
                             const char *text)
{
  g_autofree char *copy = g_strdup (target);

  g_return_if_fail (DRAW_IS_CHAT_COMPOSER (self) && words != NULL);
  g_return_if_fail ((mode == DRAW_CHAT_SAY) == (target == NULL));

  self->mode = mode;
  g_free (self->target);
  self->target = g_steal_pointer (&copy);
  gtk_label_set_text (self->banner_label, words);
  gtk_revealer_set_reveal_child (self->banner, mode != DRAW_CHAT_SAY);
  gtk_toggle_button_set_active (self->place_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->place_button),
                          mode == DRAW_CHAT_SAY || mode == DRAW_CHAT_REPLY);
  if (mode == DRAW_CHAT_WHISPER)
    gtk_widget_add_css_class (GTK_WIDGET (self), "whisper");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "whisper");
  if (text != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
      gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
    }
}

DrawChatMode
draw_chat_composer_get_mode (DrawChatComposer *self)
{
  g_return_val_if_fail (DRAW_IS_CHAT_COMPOSER (self), DRAW_CHAT_SAY);

  return self->mode;
}

const char *
draw_chat_composer_get_target (DrawChatComposer *self)
{
  g_return_val_if_fail (DRAW_IS_CHAT_COMPOSER (self), NULL);

  return self->target;
}

gboolean
draw_chat_composer_has_place (DrawChatComposer *self)
{
  g_return_val_if_fail (DRAW_IS_CHAT_COMPOSER (self), FALSE);

  return gtk_toggle_button_get_active (self->place_button);
}

void
draw_chat_composer_set_can_write (DrawChatComposer *self, gboolean can_write)
{
  g_return_if_fail (DRAW_IS_CHAT_COMPOSER (self));

  self->can_write = can_write;
  gtk_widget_set_sensitive (GTK_WIDGET (self->entry), can_write);
  gtk_widget_set_sensitive (GTK_WIDGET (self->send_button),
                            can_write
                                && *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0');
}

void
draw_chat_composer_focus (DrawChatComposer *self)
{
  g_return_if_fail (DRAW_IS_CHAT_COMPOSER (self));

  gtk_entry_grab_focus_without_selecting (self->entry);
}
