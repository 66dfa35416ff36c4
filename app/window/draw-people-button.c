/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-people-button.h"

#include <glib/gi18n.h>

#include "widgets/draw-disc.h"
#include "sync/draw-session-moderate.h"
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
  GtkWidget *lock_box;
  GtkWidget *bring_button;
  GtkSwitch *lock_switch;

  /* owned */
  GtkFilterListModel *here;
  GtkFilterListModel *banned;
  GSignalGroup *session;
};

enum
{
  TROUBLE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

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
append_rows (DrawPeopleButton *self, GListModel *members, BoardRole own_role)
{
  guint n = g_list_model_get_n_items (members);

  for (guint i = 0; i < MIN (n, MAX_ROWS); i++)
    {
      g_autoptr (DrawMember) member = g_list_model_get_item (members, i);

      gtk_list_box_append (self->list, draw_member_row_new (member, own_role));
    }
}

static void
update_rows (DrawPeopleButton *self)
{
  g_autoptr (DrawSession) session = g_signal_group_dup_target (self->session);
  BoardRole role = session != NULL ? draw_session_get_role (session) : BOARD_ROLE_VIEWER;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->here));
  g_autofree char *rest = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  append_rows (self, G_LIST_MODEL (self->here), role);
  if (role == BOARD_ROLE_HOST)
    append_rows (self, G_LIST_MODEL (self->banned), role);
  rest = g_strdup_printf (ngettext ("and %u more", "and %u more", n - MIN (n, MAX_ROWS)),
                          n - MIN (n, MAX_ROWS));
  gtk_label_set_text (self->rest, rest);
  gtk_widget_set_visible (GTK_WIDGET (self->rest), n > MAX_ROWS);
}

static void
on_here_changed (DrawPeopleButton *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->here));

  update_discs (self, n);
  update_count (self, n);
  if (gtk_widget_get_mapped (GTK_WIDGET (self->list)))
    update_rows (self);
}

static void
on_banned_changed (DrawPeopleButton *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self->list)))
    update_rows (self);
}

static void
on_popup (GtkMenuButton *button, gpointer user_data)
{
  update_rows (user_data);
}

/* By themselves popovers focus what they find first before anything has a place. */
static void
on_popover_show (GtkPopover *popover, DrawPeopleButton *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, DrawPeopleButton *self)
{
  draw_member_row_popup (DRAW_MEMBER_ROW (row));
}

/* --- The lock --- */

static void
update_lock (DrawPeopleButton *self)
{
  g_autoptr (DrawSession) session = g_signal_group_dup_target (self->session);
  gboolean host = session != NULL && draw_session_get_role (session) == BOARD_ROLE_HOST
                  && draw_session_get_share_state (session) == DRAW_SHARE_ONLINE;
  gboolean locked = session != NULL && draw_session_get_locked (session);

  gtk_widget_set_visible (self->lock_box, host);
  gtk_widget_set_visible (self->bring_button, host);
  gtk_switch_set_state (self->lock_switch, locked);
  gtk_switch_set_active (self->lock_switch, locked);
}

static void
on_locked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DrawPeopleButton) self = user_data;
  g_autoptr (GError) error = NULL;

  if (draw_session_ask_finish (DRAW_SESSION (source), result, &error))
    return;
  update_lock (self);
  g_signal_emit (self, signals[TROUBLE], 0, error);
}

/* The switch moves when the server has told everybody. */
static gboolean
on_lock_set (GtkSwitch *lock_switch, gboolean locked, DrawPeopleButton *self)
{
  g_autoptr (DrawSession) session = g_signal_group_dup_target (self->session);

  if (session != NULL && draw_session_get_locked (session) != locked)
    draw_session_lock_async (session, locked, NULL, on_locked, g_object_ref (self));
  return TRUE;
}

static void
on_session_notify (DrawSession *session, GParamSpec *pspec, DrawPeopleButton *self)
{
  update_lock (self);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          draw_session_get_share_state (session) != DRAW_SHARE_LOCAL);
  if (g_str_equal (pspec->name, "role") && gtk_widget_get_mapped (GTK_WIDGET (self->list)))
    update_rows (self);
}

static void
draw_people_button_dispose (GObject *object)
{
  DrawPeopleButton *self = DRAW_PEOPLE_BUTTON (object);

  if (self->here != NULL)
    g_signal_handlers_disconnect_by_data (self->here, self);
  if (self->banned != NULL)
    g_signal_handlers_disconnect_by_data (self->banned, self);
  g_clear_object (&self->session);
  g_clear_object (&self->here);
  g_clear_object (&self->banned);
  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_PEOPLE_BUTTON);
  G_OBJECT_CLASS (draw_people_button_parent_class)->dispose (object);
}

static void
draw_people_button_class_init (DrawPeopleButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_people_button_dispose;
  signals[TROUBLE] = g_signal_new ("trouble", DRAW_TYPE_PEOPLE_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/drawbridge/Drawbridge/ui/"
                                                             "draw-people-button.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawPeopleButton, button);
  gtk_widget_class_bind_template_child (widget_class, DrawPeopleButton, discs);
  gtk_widget_class_bind_template_child (widget_class, DrawPeopleButton, count);
  gtk_widget_class_bind_template_child (widget_class, DrawPeopleButton, list);
  gtk_widget_class_bind_template_child (widget_class, DrawPeopleButton, rest);
  gtk_widget_class_bind_template_child (widget_class, DrawPeopleButton, lock_box);
  gtk_widget_class_bind_template_child (widget_class, DrawPeopleButton, bring_button);
  gtk_widget_class_bind_template_child (widget_class, DrawPeopleButton, lock_switch);
  gtk_widget_class_bind_template_callback (widget_class, on_popover_show);
  gtk_widget_class_bind_template_callback (widget_class, on_lock_set);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "people");
}

/* Only those of whom that is true; the filter looks again when it changes. */
static GtkFilterListModel *
make_filter_model (const char *property)
{
  GtkExpression *expression = gtk_property_expression_new (DRAW_TYPE_MEMBER, NULL, property);

  return gtk_filter_list_model_new (NULL, GTK_FILTER (gtk_bool_filter_new (expression)));
}

static void
draw_people_button_init (DrawPeopleButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->button, on_popup, self, NULL);
  self->here = make_filter_model ("here");
  self->banned = make_filter_model ("banned");
  g_signal_connect_swapped (self->here, "items-changed", G_CALLBACK (on_here_changed), self);
  g_signal_connect_swapped (self->banned, "items-changed", G_CALLBACK (on_banned_changed), self);
  self->session = g_signal_group_new (DRAW_TYPE_SESSION);
  g_signal_group_connect_object (self->session, "notify", G_CALLBACK (on_session_notify), self, 0);
}

void
draw_people_button_set_session (DrawPeopleButton *self, DrawSession *session)
{
  GListModel *members = session != NULL ? draw_session_get_members (session) : NULL;

  g_return_if_fail (DRAW_IS_PEOPLE_BUTTON (self));

  g_signal_group_set_target (self->session, session);
  gtk_filter_list_model_set_model (self->here, members);
  gtk_filter_list_model_set_model (self->banned, members);
  on_here_changed (self);
  update_lock (self);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          session != NULL
                              && draw_session_get_share_state (session) != DRAW_SHARE_LOCAL);
}

void
draw_people_button_popup (DrawPeopleButton *self)
{
  g_return_if_fail (DRAW_IS_PEOPLE_BUTTON (self));

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_menu_button_popup (self->button);
}

void
draw_people_button_popdown (DrawPeopleButton *self)
{
  g_return_if_fail (DRAW_IS_PEOPLE_BUTTON (self));

  gtk_menu_button_popdown (self->button);
}
