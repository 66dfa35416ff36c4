/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-chat-panel.h"

#include <glib/gi18n.h>

#include "board/board-limits.h"
#include "window/draw-chat-row.h"

/* Rows in the list; older ones come by "Earlier Messages", as many again at a time. */
#define PAGE 100

struct _DrawChatPanel
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *box;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkListBox *list;
  GtkWidget *earlier;
  GtkEntry *entry;
  GtkButton *send_button;

  /* owned */
  BoardDocument *document;
  GSignalGroup *members;
  GPtrArray *rows; /* DrawChatRow in order, borrowed from the list */
  guint first;     /* index in the document of the first row */
  guint n_wanted;
  gboolean can_write;
  gboolean shared;
  gboolean at_end; /* the newest message is in sight: stay there */
};

enum
{
  SAID,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawChatPanel, draw_chat_panel, GTK_TYPE_WIDGET)

static DrawMember *
find_member (DrawChatPanel *self, const char *id)
{
  g_autoptr (GListModel) members = g_signal_group_dup_target (self->members);
  guint n = members != NULL ? g_list_model_get_n_items (members) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DrawMember) member = g_list_model_get_item (members, i);

      if (g_strcmp0 (draw_member_get_id (member), id) == 0)
        return g_steal_pointer (&member);
    }
  return NULL;
}

static void
on_adjustment_changed (GtkAdjustment *adjustment, DrawChatPanel *self)
{
  if (self->at_end)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

static void
on_adjustment_value_changed (GtkAdjustment *adjustment, DrawChatPanel *self)
{
  self->at_end = gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment)
                 >= gtk_adjustment_get_upper (adjustment) - 24;
}

static void
truncate_rows (DrawChatPanel *self, guint n)
{
  while (self->rows->len > n)
    {
      gtk_list_box_remove (self->list, g_ptr_array_index (self->rows, self->rows->len - 1));
      g_ptr_array_set_size (self->rows, self->rows->len - 1);
    }
}

static void
add_row (DrawChatPanel *self, guint i)
{
  g_autoptr (DrawMember) member = NULL;
  BoardChat chat, previous = { NULL };
  GtkWidget *row;

  board_document_get_chat (self->document, i, &chat);
  if (i > self->first)
    board_document_get_chat (self->document, i - 1, &previous);
  member = find_member (self, chat.member);
  row = draw_chat_row_new (&chat, member, g_strcmp0 (previous.member, chat.member) == 0);
  draw_chat_row_set_shared (DRAW_CHAT_ROW (row), self->shared);
  gtk_list_box_append (self->list, row);
  g_ptr_array_add (self->rows, row);
}

/* How many rows from the first on still say what the document says there. A message moves when the
 * server orders it after somebody else's. */
static guint
count_equal (DrawChatPanel *self, guint n_chats)
{
  guint i;

  for (i = 0; i < self->rows->len && self->first + i < n_chats; i++)
    {
      BoardChat chat;

      board_document_get_chat (self->document, self->first + i, &chat);
      if (!draw_chat_row_shows (g_ptr_array_index (self->rows, i), &chat))
        break;
    }
  return i;
}

void
draw_chat_panel_update (DrawChatPanel *self)
{
  guint n = 0, first;

  g_return_if_fail (DRAW_IS_CHAT_PANEL (self));

  if (self->document != NULL)
    n = board_document_get_n_chats (self->document);
  first = n > self->n_wanted ? n - self->n_wanted : 0;
  /* Rows at the top may stay some while longer than wanted: taking them away one by one would make
   * reading jump. */
  if (first < self->first || first > self->first + PAGE || n < self->first)
    {
      truncate_rows (self, 0);
      self->first = first;
    }
  truncate_rows (self, count_equal (self, n));
  for (guint i = self->first + self->rows->len; i < n; i++)
    add_row (self, i);
  gtk_widget_set_visible (self->earlier, self->first > 0);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "messages" : "empty");
}

/* Somebody whose words are here already may have become known; authors who are known tell of their
 * changes themselves. */
static void
on_members_changed (GListModel *members,
                    guint position,
                    guint removed,
                    guint added,
                    DrawChatPanel *self)
{
  for (guint i = 0; added > 0 && i < self->rows->len; i++)
    if (!draw_chat_row_has_author (g_ptr_array_index (self->rows, i)))
      {
        truncate_rows (self, i);
        draw_chat_panel_update (self);
        return;
      }
}

static void
on_earlier_clicked (GtkButton *button, DrawChatPanel *self)
{
  self->n_wanted += PAGE;
  self->at_end = FALSE;
  draw_chat_panel_update (self);
}

static void
on_entry_changed (GtkEditable *editable, DrawChatPanel *self)
{
  gboolean some = *gtk_editable_get_text (editable) != '\0';

  gtk_widget_set_sensitive (GTK_WIDGET (self->send_button), some && self->can_write);
}

static void
on_send (GtkWidget *widget, DrawChatPanel *self)
{
  g_autofree char *text
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (*text == '\0' || !self->can_write)
    return;
  self->at_end = TRUE;
  g_signal_emit (self, signals[SAID], 0, text);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
draw_chat_panel_dispose (GObject *object)
{
  DrawChatPanel *self = DRAW_CHAT_PANEL (object);

  g_clear_object (&self->document);
  g_clear_object (&self->members);
  if (self->rows != NULL)
    g_ptr_array_set_size (self->rows, 0);
  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_CHAT_PANEL);
  G_OBJECT_CLASS (draw_chat_panel_parent_class)->dispose (object);
}

static void
draw_chat_panel_finalize (GObject *object)
{
  g_ptr_array_unref (DRAW_CHAT_PANEL (object)->rows);
  G_OBJECT_CLASS (draw_chat_panel_parent_class)->finalize (object);
}

static void
draw_chat_panel_class_init (DrawChatPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_chat_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = draw_chat_panel_finalize;
  signals[SAID] = g_signal_new ("said", DRAW_TYPE_CHAT_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/drawbridge/Drawbridge/ui/draw-chat-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawChatPanel, box);
  gtk_widget_class_bind_template_child (widget_class, DrawChatPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, DrawChatPanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, DrawChatPanel, list);
  gtk_widget_class_bind_template_child (widget_class, DrawChatPanel, earlier);
  gtk_widget_class_bind_template_child (widget_class, DrawChatPanel, entry);
  gtk_widget_class_bind_template_child (widget_class, DrawChatPanel, send_button);
  gtk_widget_class_bind_template_callback (widget_class, on_earlier_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_send);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chatpanel");
}

static void
draw_chat_panel_init (DrawChatPanel *self)
{
  GtkAdjustment *adjustment;

  self->rows = g_ptr_array_new ();
  self->n_wanted = PAGE;
  self->at_end = TRUE;
  self->can_write = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (self->entry, BOARD_MAX_CHAT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Message"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->send_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Send"), -1);
  self->members = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_object (self->members, "items-changed", G_CALLBACK (on_members_changed),
                                 self, 0);
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (on_adjustment_changed), self, 0);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_adjustment_value_changed),
                           self, 0);
}

void
draw_chat_panel_set_board (DrawChatPanel *self, BoardDocument *document, GListModel *members)
{
  g_return_if_fail (DRAW_IS_CHAT_PANEL (self));

  truncate_rows (self, 0);
  self->first = 0;
  self->n_wanted = PAGE;
  self->at_end = TRUE;
  g_set_object (&self->document, document);
  g_signal_group_set_target (self->members, members);
  draw_chat_panel_update (self);
}

void
draw_chat_panel_set_shared (DrawChatPanel *self, gboolean shared)
{
  g_return_if_fail (DRAW_IS_CHAT_PANEL (self));

  if (shared == self->shared)
    return;
  self->shared = shared;
  for (guint i = 0; i < self->rows->len; i++)
    draw_chat_row_set_shared (g_ptr_array_index (self->rows, i), shared);
}

void
draw_chat_panel_set_can_write (DrawChatPanel *self, gboolean can_write)
{
  g_return_if_fail (DRAW_IS_CHAT_PANEL (self));

  self->can_write = can_write;
  gtk_widget_set_sensitive (GTK_WIDGET (self->entry), can_write);
  on_entry_changed (GTK_EDITABLE (self->entry), self);
}

void
draw_chat_panel_focus (DrawChatPanel *self)
{
  g_return_if_fail (DRAW_IS_CHAT_PANEL (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
