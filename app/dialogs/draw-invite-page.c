/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-invite-page.h"

#include "board/board-limits.h"

struct _DrawInvitePage
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *box;
  AdwEntryRow *label_row;
  AdwComboRow *role_row;
  AdwComboRow *expiry_row;
  GtkSpinButton *uses_spin;
};

enum
{
  INVITE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawInvitePage, draw_invite_page, GTK_TYPE_WIDGET)

/* In the order of the lists in the template. */
static const BoardRole roles[] = { BOARD_ROLE_EDITOR, BOARD_ROLE_VIEWER };
static const int64_t lifetimes[] = { 0, 3600, 86400, 7 * 86400, 30 * 86400 };

static void
on_create (GtkWidget *widget, DrawInvitePage *self)
{
  guint role = adw_combo_row_get_selected (self->role_row);
  guint lifetime = adw_combo_row_get_selected (self->expiry_row);
  g_autofree char *label = NULL;

  label = g_utf8_substring (gtk_editable_get_text (GTK_EDITABLE (self->label_row)), 0,
                            MIN (BOARD_MAX_NAME,
                                 g_utf8_strlen (gtk_editable_get_text (
                                                    GTK_EDITABLE (self->label_row)),
                                                -1)));
  g_signal_emit (self, signals[INVITE], 0, (int)roles[MIN (role, G_N_ELEMENTS (roles) - 1)],
                 (gint64)lifetimes[MIN (lifetime, G_N_ELEMENTS (lifetimes) - 1)],
                 (guint)gtk_spin_button_get_value_as_int (self->uses_spin), label);
}

static void
draw_invite_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_INVITE_PAGE);
  G_OBJECT_CLASS (draw_invite_page_parent_class)->dispose (object);
}

static void
draw_invite_page_class_init (DrawInvitePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_invite_page_dispose;
  signals[INVITE]
      = g_signal_new ("invite", DRAW_TYPE_INVITE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 4, G_TYPE_INT, G_TYPE_INT64, G_TYPE_UINT, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/drawbridge/Drawbridge/ui/draw-invite-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawInvitePage, box);
  gtk_widget_class_bind_template_child (widget_class, DrawInvitePage, label_row);
  gtk_widget_class_bind_template_child (widget_class, DrawInvitePage, role_row);
  gtk_widget_class_bind_template_child (widget_class, DrawInvitePage, expiry_row);
  gtk_widget_class_bind_template_child (widget_class, DrawInvitePage, uses_spin);
  gtk_widget_class_bind_template_callback (widget_class, on_create);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
draw_invite_page_init (DrawInvitePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
draw_invite_page_reset (DrawInvitePage *self)
{
  g_return_if_fail (DRAW_IS_INVITE_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->label_row), "");
  adw_combo_row_set_selected (self->role_row, 0);
  adw_combo_row_set_selected (self->expiry_row, 0);
  gtk_spin_button_set_value (self->uses_spin, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->label_row));
}
