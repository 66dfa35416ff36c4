/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-board-title.h"

#include <glib/gi18n.h>

#include "board/board-limits.h"
#include "window/draw-shortcuts.h"
#include "window/draw-words.h"

struct _DrawBoardTitle
{
  GtkWidget parent_instance;

  /* template */
  GtkMenuButton *button;
  GtkLabel *title_label;
  GtkLabel *subtitle_label;
  GtkPopover *popover;
  GtkEntry *entry;

  /* owned */
  char *title;
};

enum
{
  RENAMED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawBoardTitle, draw_board_title, GTK_TYPE_WIDGET)

static void
on_popover_show (GtkPopover *popover, DrawBoardTitle *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->title);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

static void
on_rename (GtkWidget *widget, DrawBoardTitle *self)
{
  g_autofree char *title
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  gtk_popover_popdown (self->popover);
  if (g_strcmp0 (title, self->title) != 0)
    g_signal_emit (self, signals[RENAMED], 0, title);
}

static void
draw_board_title_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_BOARD_TITLE);
  G_OBJECT_CLASS (draw_board_title_parent_class)->dispose (object);
}

static void
draw_board_title_finalize (GObject *object)
{
  g_free (DRAW_BOARD_TITLE (object)->title);
  G_OBJECT_CLASS (draw_board_title_parent_class)->finalize (object);
}

static void
draw_board_title_class_init (DrawBoardTitleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_board_title_dispose;
  G_OBJECT_CLASS (klass)->finalize = draw_board_title_finalize;
  signals[RENAMED] = g_signal_new ("renamed", DRAW_TYPE_BOARD_TITLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/drawbridge/Drawbridge/ui/draw-board-title.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawBoardTitle, button);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardTitle, title_label);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardTitle, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardTitle, popover);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardTitle, entry);
  gtk_widget_class_bind_template_callback (widget_class, on_popover_show);
  gtk_widget_class_bind_template_callback (widget_class, on_rename);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "boardtitle");
}

static void
draw_board_title_init (DrawBoardTitle *self)
{
  self->title = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (self->entry, BOARD_MAX_TITLE);
  draw_shortcuts_describe (GTK_WIDGET (self->button), _("Rename"), "board.rename", NULL);
}

void
draw_board_title_set_title (DrawBoardTitle *self, const char *title)
{
  g_autofree char *text = NULL;

  g_return_if_fail (DRAW_IS_BOARD_TITLE (self));

  g_free (self->title);
  self->title = g_strdup (title != NULL ? title : "");
  text = draw_words_title (title);
  gtk_label_set_text (self->title_label, text);
}

void
draw_board_title_set_subtitle (DrawBoardTitle *self, const char *subtitle)
{
  g_return_if_fail (DRAW_IS_BOARD_TITLE (self));

  gtk_label_set_text (self->subtitle_label, subtitle);
}

void
draw_board_title_set_editable (DrawBoardTitle *self, gboolean editable)
{
  g_return_if_fail (DRAW_IS_BOARD_TITLE (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->button), editable);
}

void
draw_board_title_edit (DrawBoardTitle *self)
{
  g_return_if_fail (DRAW_IS_BOARD_TITLE (self));

  gtk_menu_button_popup (self->button);
}
