/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-state-bar.h"

#include <glib/gi18n.h>

struct _DrawStateBar
{
  GtkWidget parent_instance;

  /* template */
  GtkRevealer *revealer;
  GtkImage *icon;
  GtkLabel *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (DrawStateBar, draw_state_bar, GTK_TYPE_WIDGET)

static void
draw_state_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_STATE_BAR);
  G_OBJECT_CLASS (draw_state_bar_parent_class)->dispose (object);
}

static void
draw_state_bar_class_init (DrawStateBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_state_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/drawbridge/Drawbridge/ui/draw-state-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawStateBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, DrawStateBar, icon);
  gtk_widget_class_bind_template_child (widget_class, DrawStateBar, label);
  gtk_widget_class_bind_template_child (widget_class, DrawStateBar, button);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "statebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
draw_state_bar_init (DrawStateBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_remedy (DrawStateBar *self, DrawRemedy remedy)
{
  static const struct
  {
    const char *label, *action;
  } remedies[] = {
    [DRAW_REMEDY_NONE] = { "", NULL },
    [DRAW_REMEDY_RECONNECT] = { N_("_Reconnect Now"), "win.reconnect" },
    [DRAW_REMEDY_HOST] = { N_("_Host Again"), "win.host-again" },
    [DRAW_REMEDY_COPY] = { N_("_Host My Copy"), "win.host-copy" },
  };

  gtk_widget_set_visible (GTK_WIDGET (self->button), remedy != DRAW_REMEDY_NONE);
  gtk_button_set_label (self->button,
                        remedy != DRAW_REMEDY_NONE ? _(remedies[remedy].label) : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), remedies[remedy].action);
}

void
draw_state_bar_show (DrawStateBar *self, const DrawShareFacts *facts)
{
  DrawRemedy remedy;
  g_autofree char *text = NULL;

  g_return_if_fail (DRAW_IS_STATE_BAR (self));

  text = draw_words_bar (facts, &remedy);
  gtk_revealer_set_reveal_child (self->revealer, text != NULL);
  if (text == NULL)
    return;
  gtk_label_set_text (self->label, text);
  gtk_image_set_from_icon_name (self->icon, facts->state == DRAW_SHARE_REFUSED
                                                ? "dialog-warning-symbolic"
                                            : (facts->read_only || facts->locked) && remedy == DRAW_REMEDY_NONE
                                                ? "changes-prevent-symbolic"
                                                : "network-offline-symbolic");
  set_remedy (self, remedy);
}
