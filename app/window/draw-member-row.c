/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-member-row.h"

#include <glib/gi18n.h>

#include "widgets/draw-disc.h"
#include "window/draw-people-menu.h"

struct _DrawMemberRow
{
  GtkListBoxRow parent_instance;

  /* owned by the widget tree */
  DrawDisc *disc;
  GtkLabel *name;
  GtkLabel *role;
  GtkMenuButton *menu;

  BoardRole own_role;
};

G_DEFINE_FINAL_TYPE (DrawMemberRow, draw_member_row, GTK_TYPE_LIST_BOX_ROW)

static void
update_menu (DrawMemberRow *self, DrawMember *member)
{
  g_autoptr (GMenuModel) menu = draw_people_menu_new (member, self->own_role);
  /* Translators: %s is a person's name */
  g_autofree char *name = g_strdup_printf (_("Actions for %s"), draw_member_get_name (member));
  gboolean some = g_menu_model_get_n_items (menu) > 0;

  gtk_menu_button_set_menu_model (self->menu, menu);
  gtk_widget_set_visible (GTK_WIDGET (self->menu), some);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), some);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
show_member (DrawMemberRow *self, DrawMember *member)
{
  g_autofree char *words = draw_people_words (member);
  gboolean here = draw_member_get_here (member) && !draw_member_get_muted (member);

  draw_disc_set_color (self->disc, draw_member_get_color (member));
  draw_disc_set_text (self->disc, draw_member_get_name (member));
  gtk_widget_set_opacity (GTK_WIDGET (self->disc), here ? 1 : 0.5);
  gtk_label_set_text (self->name, draw_member_get_name (member));
  gtk_label_set_text (self->role, words);
}

static void
on_member_changed (DrawMember *member, GParamSpec *pspec, DrawMemberRow *self)
{
  show_member (self, member);
  /* An open menu would close with each move of that person. */
  if (g_str_equal (pspec->name, "role") || g_str_equal (pspec->name, "here")
      || g_str_equal (pspec->name, "muted") || g_str_equal (pspec->name, "banned")
      || g_str_equal (pspec->name, "name"))
    update_menu (self, member);
}

static void
draw_member_row_class_init (DrawMemberRowClass *klass)
{
}

static GtkLabel *
make_label (GtkBox *box, const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (label, TRUE);
  gtk_label_set_max_width_chars (label, 24);
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  gtk_box_append (box, GTK_WIDGET (label));
  return label;
}

static void
draw_member_row_init (DrawMemberRow *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  GtkBox *words = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));

  self->disc = DRAW_DISC (draw_disc_new (NULL, NULL, 32));
  self->name = make_label (words, NULL);
  self->role = make_label (words, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->role), "dim-label");
  gtk_box_append (box, GTK_WIDGET (self->disc));
  gtk_widget_set_hexpand (GTK_WIDGET (words), TRUE);
  gtk_box_append (box, GTK_WIDGET (words));
  self->menu = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->menu, "view-more-symbolic");
  gtk_widget_set_valign (GTK_WIDGET (self->menu), GTK_ALIGN_CENTER);
  gtk_menu_button_set_has_frame (self->menu, FALSE);
  gtk_box_append (box, GTK_WIDGET (self->menu));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (box));
}

GtkWidget *
draw_member_row_new (DrawMember *member, BoardRole own_role)
{
  DrawMemberRow *self = g_object_new (DRAW_TYPE_MEMBER_ROW, NULL);

  self->own_role = own_role;
  g_signal_connect_object (member, "notify", G_CALLBACK (on_member_changed), self, 0);
  show_member (self, member);
  update_menu (self, member);
  return GTK_WIDGET (self);
}

void
draw_member_row_popup (DrawMemberRow *self)
{
  g_return_if_fail (DRAW_IS_MEMBER_ROW (self));

  gtk_menu_button_popup (self->menu);
}
