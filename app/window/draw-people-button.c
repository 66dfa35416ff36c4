/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-people-button.h"

#include <glib/gi18n.h>

#include "sync/draw-member.h"
#include "widgets/draw-disc.h"
#include "window/draw-member-row.h"
#include "window/draw-shortcuts.h"

#define MAX_DISCS 3
#define DISC_SIZE 24
/* A crowd's tail is told as a number: rows for hundreds of strangers would cost more than they
 * tell. */
#define MAX_ROWS 200

struct _DrawPeopleButton
{
  GtkWidget parent_instance;

  /* template */
  GtkMenuButton *button;
  GtkBox *discs;
  GtkLabel *count;
  GtkListBox *list;
  GtkLabel *rest;

  /* owned */
  GtkFilterListModel *here;
};

G_DEFINE_FINAL_TYPE (DrawPeopleButton, draw_people_button, GTK_TYPE_WIDGET)

static void
update_discs (DrawPeopleButton *self, guint n)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->discs))) != NULL)
    gtk_box_remove (self->discs, child);
  for (guint i = 0; i < MIN (n, MAX_DISCS); i++)
    {
      g_autoptr (DrawMember) member = g_list_model_get_item (G_LIST_MODEL (self->here), i);
      GtkWidget *disc = draw_disc_new (NULL, NULL, DISC_SIZE);

      g_object_bind_property (member, "color", disc, "color", G_BINDING_SYNC_CREATE);
      g_object_bind_property (member, "name", disc, "text", G_BINDING_SYNC_CREATE);
      gtk_box_append (self->discs, disc);
    }
}

static void
update_count (DrawPeopleButton *self, guint n)
{
  g_autofree char *more = g_strdup_printf ("+%u", n > MAX_DISCS ? n - MAX_DISCS : 0);
  g_autofree char *text = g_strdup_printf (ngettext ("%u person here", "%u people here", n), n);

  gtk_label_set_text (self->count, more);
  gtk_widget_set_visible (GTK_WIDGET (self->count), n > MAX_DISCS);
  draw_shortcuts_describe (GTK_WIDGET (self->button), text, "win.people", NULL);
}

static void
update_rows (DrawPeopleButton *self, guint n)
{
  g_autofree char *rest = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < MIN (n, MAX_ROWS); i++)
    {
      g_autoptr (DrawMember) member = g_list_model_get_item (G_LIST_MODEL (self->here), i);

      gtk_list_box_append (self->list, draw_member_row_new (member));
    }
  rest = g_strdup_printf (ngettext ("and %u more", "and %u more", n - MIN (n, MAX_ROWS)),
                          n - MIN (n, MAX_ROWS));
  gtk_label_set_text (self->rest, rest);
  gtk_widget_set_visible (GTK_WIDGET (self->rest), n > MAX_ROWS);
}

static void
on_here_changed (GListModel *here,
                 guint position,
                 guint removed,
                 guint added,
                 DrawPeopleButton *self)
{
  guint n = g_list_model_get_n_items (here);

  update_discs (self, n);
  update_count (self, n);
  if (gtk_widget_get_mapped (GTK_WIDGET (self->list)))
    update_rows (self, n);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 1);
}

static void
on_popover_show (GtkPopover *popover, DrawPeopleButton *self)
{
  update_rows (self, g_list_model_get_n_items (G_LIST_MODEL (self->here)));
}

static void
draw_people_button_dispose (GObject *object)
{
  DrawPeopleButton *self = DRAW_PEOPLE_BUTTON (object);

  if (self->here != NULL)
    g_signal_handlers_disconnect_by_data (self->here, self);
  g_clear_object (&self->here);
  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_PEOPLE_BUTTON);
  G_OBJECT_CLASS (draw_people_button_parent_class)->dispose (object);
}

static void
draw_people_button_class_init (DrawPeopleButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_people_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/drawbridge/Drawbridge/ui/"
                                                             "draw-people-button.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawPeopleButton, button);
  gtk_widget_class_bind_template_child (widget_class, DrawPeopleButton, discs);
  gtk_widget_class_bind_template_child (widget_class, DrawPeopleButton, count);
  gtk_widget_class_bind_template_child (widget_class, DrawPeopleButton, list);
  gtk_widget_class_bind_template_child (widget_class, DrawPeopleButton, rest);
  gtk_widget_class_bind_template_callback (widget_class, on_popover_show);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "people");
}

/* Only who is here now; the filter looks again when somebody's "here" changes. */
static GtkFilterListModel *
make_filter_model (void)
{
  GtkExpression *here = gtk_property_expression_new (DRAW_TYPE_MEMBER, NULL, "here");

  return gtk_filter_list_model_new (NULL, GTK_FILTER (gtk_bool_filter_new (here)));
}

static void
draw_people_button_init (DrawPeopleButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->here = make_filter_model ();
  g_signal_connect (self->here, "items-changed", G_CALLBACK (on_here_changed), self);
}

void
draw_people_button_set_members (DrawPeopleButton *self, GListModel *members)
{
  g_return_if_fail (DRAW_IS_PEOPLE_BUTTON (self));

  gtk_filter_list_model_set_model (self->here, members);
  on_here_changed (G_LIST_MODEL (self->here), 0, 0, 0, self);
}

void
draw_people_button_popup (DrawPeopleButton *self)
{
  g_return_if_fail (DRAW_IS_PEOPLE_BUTTON (self));

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_menu_button_popup (self->button);
}
