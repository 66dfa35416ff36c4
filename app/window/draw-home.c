/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-home.h"

#include <glib/gi18n.h>

#include "sync/draw-library.h"
#include "widgets/draw-narrow-bin.h"
#include "window/draw-board-row.h"
#include "window/draw-shortcuts.h"

struct _DrawHome
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *bin;
  GtkStack *stack;
  GtkListBox *list;
  GtkWidget *menu_button;
  GtkWidget *new_button;
  GtkWidget *join_button;

  /* owned */
  GCancellable *reading; /* of the list under way */
};

enum
{
  BOARD_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawHome, draw_home, GTK_TYPE_WIDGET)

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, DrawHome *self)
{
  g_autofree char *path = g_strdup (draw_board_row_get_path (DRAW_BOARD_ROW (row)));

  g_signal_emit (self, signals[BOARD_ACTIVATED], 0, path);
}

/* Where the keyboard goes when nothing else has it. */
static void
focus_something (DrawHome *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && gtk_root_get_focus (root) == NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
show_boards (DrawHome *self, GPtrArray *boards)
{
  GtkWidget *child;
  int64_t now = g_get_real_time () / G_USEC_PER_SEC;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < boards->len; i++)
    gtk_list_box_append (self->list, draw_board_row_new (g_ptr_array_index (boards, i), now));
  gtk_widget_set_visible (self->new_button, boards->len > 0);
  gtk_widget_set_visible (self->join_button, boards->len > 0);
  gtk_stack_set_visible_child_name (self->stack, boards->len > 0 ? "boards" : "empty");
  focus_something (self);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DrawHome *self = DRAW_HOME (source);
  g_autoptr (GPtrArray) boards = g_task_propagate_pointer (G_TASK (result), NULL);

  if (boards != NULL && !gtk_widget_in_destruction (GTK_WIDGET (self)))
    show_boards (self, boards);
}

/* In a thread: there may be many boards, and each is a file to be opened. */
static void
list_boards (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autofree char *directory = draw_library_get_directory ();

  g_task_return_pointer (task, draw_library_list (directory), (GDestroyNotify)g_ptr_array_unref);
}

void
draw_home_refresh (DrawHome *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DRAW_IS_HOME (self));

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  task = g_task_new (self, self->reading, on_listed, NULL);
  g_task_set_source_tag (task, draw_home_refresh);
  g_task_run_in_thread (task, list_boards);
}

static void
draw_home_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (draw_home_parent_class)->map (widget);
  draw_home_refresh (DRAW_HOME (widget));
}

static void
draw_home_dispose (GObject *object)
{
  DrawHome *self = DRAW_HOME (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_HOME);
  G_OBJECT_CLASS (draw_home_parent_class)->dispose (object);
}

static void
draw_home_class_init (DrawHomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_home_dispose;
  widget_class->map = draw_home_map;
  signals[BOARD_ACTIVATED] = g_signal_new ("board-activated", DRAW_TYPE_HOME, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (DRAW_TYPE_NARROW_BIN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/drawbridge/Drawbridge/ui/draw-home.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawHome, bin);
  gtk_widget_class_bind_template_child (widget_class, DrawHome, stack);
  gtk_widget_class_bind_template_child (widget_class, DrawHome, list);
  gtk_widget_class_bind_template_child (widget_class, DrawHome, menu_button);
  gtk_widget_class_bind_template_child (widget_class, DrawHome, new_button);
  gtk_widget_class_bind_template_child (widget_class, DrawHome, join_button);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
draw_home_init (DrawHome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  draw_shortcuts_describe (self->new_button, _("New Board"), "win.new-board", NULL);
  draw_shortcuts_describe (self->join_button, _("Join a Board"), "win.join", NULL);
  draw_shortcuts_describe (self->menu_button, _("Main Menu"), DRAW_SHORTCUTS_MENU, NULL);
}
