/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-member-row.h"

#include <glib/gi18n.h>

#include "widgets/draw-disc.h"
#include "window/draw-words.h"

struct _DrawMemberRow
{
  GtkListBoxRow parent_instance;

  /* owned by the widget tree */
  DrawDisc *disc;
  GtkLabel *name;
  GtkLabel *role;
};

G_DEFINE_FINAL_TYPE (DrawMemberRow, draw_member_row, GTK_TYPE_LIST_BOX_ROW)

static void
on_member_changed (DrawMember *member, GParamSpec *pspec, DrawMemberRow *self)
{
  const char *role = draw_words_role (draw_member_get_role (member));
  g_autofree char *text = NULL;

  draw_disc_set_color (self->disc, draw_member_get_color (member));
  draw_disc_set_text (self->disc, draw_member_get_name (member));
  gtk_label_set_text (self->name, draw_member_get_name (member));
  /* Translators: %s is a role: "Host · you" */
  text = g_strdup_printf (draw_member_is_self (member) ? _("%s · you") : "%s", role);
  gtk_label_set_text (self->role, text);
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
  gtk_box_append (box, GTK_WIDGET (words));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (box));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

GtkWidget *
draw_member_row_new (DrawMember *member)
{
  DrawMemberRow *self = g_object_new (DRAW_TYPE_MEMBER_ROW, NULL);

  g_signal_connect_object (member, "notify", G_CALLBACK (on_member_changed), self, 0);
  on_member_changed (member, NULL, self);
  return GTK_WIDGET (self);
}
