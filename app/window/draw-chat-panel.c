/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-chat-panel.h"

#include <glib/gi18n.h>

#include "window/draw-chat-composer.h"
#include "window/draw-chat-row.h"
#include "window/draw-chat-text.h"

/* Rows in the list; older ones come by "Earlier Messages", as many again at a time. */
#define PAGE 100
/* Rows that are made in one frame. The words of one may take 10 ms to lay out. */
#define SLICE 2
/* Private words in the list; the oldest go. */
#define MAX_WHISPERS 500
#define TYPING_SECONDS 3
/* Characters of what a message answers. */
#define REPLY_LENGTH 80

struct _DrawChatPanel
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *box;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkListBox *list;
  GtkWidget *earlier;
  GtkLabel *typing;
  DrawChatComposer *composer;

  /* owned */
  BoardDocument *document;
  GSignalGroup *members;
  GPtrArray *rows; /* DrawChatRow in order, borrowed from the list */
  GQueue whispers; /* DrawChatRow of private words, which stand between the others; borrowed */
  gboolean after_whisper;
  guint first;     /* index in the document of the first row */
  guint n_wanted;
  guint typing_id;
  guint tick_id; /* while rows are still to be made, or 0 */
  double upper;  /* of what is scrolled, when it was told the last time */
  gboolean shared;
  gboolean at_end; /* the newest message is in sight: stay there */
  gboolean earlier_come; /* rows are added above what is read: that stays where it is */
};

enum
{
  SAID,
  EDITED,
  DELETED,
  WHISPERED,
  TYPING,
  JUMPED,
  LINK_CLICKED,
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
  double upper = gtk_adjustment_get_upper (adjustment), grown = upper - self->upper;

  self->upper = upper;
  if (self->at_end)
    gtk_adjustment_set_value (adjustment, upper);
  else if (self->earlier_come && grown > 0)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + grown);
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

static DrawMember *
find_self (DrawChatPanel *self)
{
  g_autoptr (GListModel) members = g_signal_group_dup_target (self->members);

  return members != NULL ? g_list_model_get_item (members, 0) : NULL;
}

/* What a message answers, in one short line; NULL: nothing that is here. Transfer full. */
static char *
make_reply (DrawChatPanel *self, const BoardChat *chat)
{
  int n = chat->reply != NULL ? board_document_find_chat (self->document, chat->reply) : -1;
  g_autofree char *clean = NULL;
  g_autofree char *line = NULL;
  BoardChat about;

  if (n < 0)
    return NULL;
  board_document_get_chat (self->document, (guint)n, &about);
  if (about.deleted)
    return g_strdup (_("Message deleted"));
  clean = draw_chat_text_clean (about.text);
  line = g_utf8_substring (clean, 0, MIN (g_utf8_strlen (clean, -1), REPLY_LENGTH));
  return g_strdelimit (g_steal_pointer (&line), "\n", ' ');
}

static guint
count_chats (DrawChatPanel *self)
{
  return self->document != NULL ? board_document_get_n_chats (self->document) : 0;
}

/* Index of the first message that there is to be a row for. */
static guint
get_wanted (DrawChatPanel *self)
{
  guint n = count_chats (self);

  return n > self->n_wanted ? n - self->n_wanted : 0;
}

static DrawChatRowFlags
get_flags (DrawChatPanel *self, guint i, const BoardChat *chat)
{
  g_autoptr (DrawMember) own = find_self (self);
  DrawChatRowFlags flags = 0;
  BoardChat previous = { NULL };

  if (i > get_wanted (self) && !self->after_whisper)
    board_document_get_chat (self->document, i - 1, &previous);
  if (g_strcmp0 (previous.member, chat->member) == 0 && chat->reply == NULL)
    flags |= DRAW_CHAT_ROW_CONTINUED;
  if (own != NULL && draw_chat_text_mentions (chat->text, draw_member_get_name (own)))
    flags |= DRAW_CHAT_ROW_MENTION;
  return flags;
}

/* place: among the rows, of the i-th message of the document. */
static void
add_row (DrawChatPanel *self, guint i, guint place)
{
  g_autoptr (DrawMember) member = NULL;
  g_autofree char *reply = NULL;
  BoardChat chat;
  GtkWidget *row;

  board_document_get_chat (self->document, i, &chat);
  member = find_member (self, chat.member);
  reply = make_reply (self, &chat);
  row = draw_chat_row_new (&chat, member, get_flags (self, i, &chat), reply);
  draw_chat_row_set_shared (DRAW_CHAT_ROW (row), self->shared);
  gtk_list_box_insert (self->list, row, place < self->rows->len ? (int) place : -1);
  g_ptr_array_insert (self->rows, (int) place, row);
  /* Most likely it is what was being written. */
  gtk_widget_set_visible (GTK_WIDGET (self->typing), FALSE);
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

/* Up to so many new ones below what there is. */
static void
append_rows (DrawChatPanel *self, guint n)
{
  for (guint i = self->first + self->rows->len, end = MIN (i + n, count_chats (self)); i < end; i++)
    {
      add_row (self, i, self->rows->len);
      self->after_whisper = FALSE;
    }
  self->earlier_come = FALSE;
}

static void
prepend_rows (DrawChatPanel *self, guint n)
{
  gboolean after_whisper = self->after_whisper;

  self->after_whisper = FALSE;
  for (; n > 0 && self->first > get_wanted (self); n--)
    add_row (self, --self->first, 0);
  self->after_whisper = after_whisper;
  self->earlier_come = TRUE;
}

/* Rows at the top may stay some while longer than wanted: taking them away one by one would make reading jump. */
static gboolean
is_far_off (DrawChatPanel *self)
{
  return get_wanted (self) > self->first + PAGE || count_chats (self) < self->first;
}

static void go_on (DrawChatPanel *self);

/* The newest come first, then those below what is there, then those above, some in each frame. */
static void
fill (DrawChatPanel *self)
{
  guint n = count_chats (self), before = self->rows->len, wanted = get_wanted (self);
  gboolean complete;

  truncate_rows (self, is_far_off (self) ? 0 : count_equal (self, n));
  if (self->rows->len == 0)
    self->first = n - MIN (n - wanted, SLICE);
  /* What only changed is there again at once. */
  if (self->first + self->rows->len < n)
    append_rows (self, MAX (SLICE, before - self->rows->len));
  else
    prepend_rows (self, SLICE);
  complete = self->first <= wanted && self->first + self->rows->len == n;
  if (!complete)
    go_on (self);
  gtk_widget_set_visible (self->earlier, complete && self->first > 0);
  gtk_stack_set_visible_child_name (
      self->stack, n > 0 || self->whispers.length > 0 ? "messages" : "empty");
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  DrawChatPanel *self = DRAW_CHAT_PANEL (widget);

  self->tick_id = 0;
  draw_chat_panel_update (self);
  return G_SOURCE_REMOVE;
}

static void
go_on (DrawChatPanel *self)
{
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

/* Words that nobody looks at would cost as much to lay out as those that are read: they wait. */
void
draw_chat_panel_update (DrawChatPanel *self)
{
  g_return_if_fail (DRAW_IS_CHAT_PANEL (self));

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
}

static void
draw_chat_panel_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (draw_chat_panel_parent_class)->map (widget);
  go_on (DRAW_CHAT_PANEL (widget));
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

/* --- Writing --- */

static void
on_submit (DrawChatComposer *composer, const char *text, DrawChatPanel *self)
{
  const char *target = draw_chat_composer_get_target (composer);

  self->at_end = TRUE;
  switch (draw_chat_composer_get_mode (composer))
    {
    case DRAW_CHAT_SAY:
    case DRAW_CHAT_REPLY:
      g_signal_emit (self, signals[SAID], 0, text, target,
                     draw_chat_composer_has_place (composer));
      break;
    case DRAW_CHAT_EDIT:
      g_signal_emit (self, signals[EDITED], 0, target, text);
      break;
    case DRAW_CHAT_WHISPER:
      g_signal_emit (self, signals[WHISPERED], 0, target, text);
      break;
    }
}

static void
on_typing (DrawChatComposer *composer, DrawChatPanel *self)
{
  g_signal_emit (self, signals[TYPING], 0);
}

static void
begin_edit (DrawChatPanel *self, const BoardChat *chat)
{
  draw_chat_composer_set_mode (self->composer, DRAW_CHAT_EDIT, chat->id,
                               _("Changing your message"), chat->text);
  draw_chat_composer_focus (self->composer);
}

static void
on_edit_last (DrawChatComposer *composer, DrawChatPanel *self)
{
  g_autoptr (DrawMember) own = find_self (self);

  for (guint i = count_chats (self); own != NULL && i > self->first; i--)
    {
      BoardChat chat;

      board_document_get_chat (self->document, i - 1, &chat);
      if (!chat.deleted && g_str_equal (chat.member, draw_member_get_id (own)))
        {
          begin_edit (self, &chat);
          return;
        }
    }
}

/* --- What is done about a message --- */

static gboolean
find_chat (DrawChatPanel *self, GVariant *parameter, BoardChat *chat)
{
  const char *id = g_variant_get_string (parameter, NULL);
  int n = self->document != NULL ? board_document_find_chat (self->document, id) : -1;

  if (n >= 0)
    board_document_get_chat (self->document, (guint)n, chat);
  return n >= 0;
}

static void
action_reply (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DrawChatPanel *self = DRAW_CHAT_PANEL (widget);
  g_autoptr (DrawMember) author = NULL;
  g_autofree char *words = NULL;
  BoardChat chat;

  if (!find_chat (self, parameter, &chat))
    return;
  author = find_member (self, chat.member);
  /* Translators: %s is a person's name */
  words = g_strdup_printf (_("Answering %s"),
                           author != NULL ? draw_member_get_name (author) : _("Somebody"));
  draw_chat_composer_set_mode (self->composer, DRAW_CHAT_REPLY, chat.id, words, NULL);
  draw_chat_composer_focus (self->composer);
}

static void
action_edit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BoardChat chat;

  if (find_chat (DRAW_CHAT_PANEL (widget), parameter, &chat))
    begin_edit (DRAW_CHAT_PANEL (widget), &chat);
}

static void
action_delete (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[DELETED], 0, g_variant_get_string (parameter, NULL));
}

static void
action_copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BoardChat chat;

  if (find_chat (DRAW_CHAT_PANEL (widget), parameter, &chat))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), chat.text);
}

static void
action_jump (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BoardChat chat;

  if (find_chat (DRAW_CHAT_PANEL (widget), parameter, &chat) && chat.has_place)
    g_signal_emit (widget, signals[JUMPED], 0, chat.x, chat.y);
}

static void
action_open_link (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[LINK_CLICKED], 0, g_variant_get_string (parameter, NULL));
}

static void
draw_chat_panel_dispose (GObject *object)
{
  DrawChatPanel *self = DRAW_CHAT_PANEL (object);

  g_clear_object (&self->document);
  g_clear_object (&self->members);
  g_clear_handle_id (&self->typing_id, g_source_remove);
  if (self->rows != NULL)
    g_ptr_array_set_size (self->rows, 0);
  g_queue_clear (&self->whispers);
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
  const GType type = DRAW_TYPE_CHAT_PANEL;

  widget_class->map = draw_chat_panel_map;
  G_OBJECT_CLASS (klass)->dispose = draw_chat_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = draw_chat_panel_finalize;
#define SIGNAL(name, n, ...) \
  g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n, __VA_ARGS__)
  signals[SAID] = SIGNAL ("said", 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[EDITED] = SIGNAL ("edited", 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[DELETED] = SIGNAL ("deleted", 1, G_TYPE_STRING);
  signals[WHISPERED] = SIGNAL ("whispered", 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[TYPING] = SIGNAL ("typing", 0, G_TYPE_NONE);
  signals[JUMPED] = SIGNAL ("jumped", 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[LINK_CLICKED] = SIGNAL ("link-clicked", 1, G_TYPE_STRING);
#undef SIGNAL
  gtk_widget_class_install_action (widget_class, "message.reply", "s", action_reply);
  gtk_widget_class_install_action (widget_class, "message.edit", "s", action_edit);
  gtk_widget_class_install_action (widget_class, "message.delete", "s", action_delete);
  gtk_widget_class_install_action (widget_class, "message.copy", "s", action_copy);
  gtk_widget_class_install_action (widget_class, "message.jump", "s", action_jump);
  gtk_widget_class_install_action (widget_class, "message.open-link", "s", action_open_link);
  g_type_ensure (DRAW_TYPE_CHAT_COMPOSER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/drawbridge/Drawbridge/ui/draw-chat-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawChatPanel, box);
  gtk_widget_class_bind_template_child (widget_class, DrawChatPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, DrawChatPanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, DrawChatPanel, list);
  gtk_widget_class_bind_template_child (widget_class, DrawChatPanel, earlier);
  gtk_widget_class_bind_template_child (widget_class, DrawChatPanel, typing);
  gtk_widget_class_bind_template_child (widget_class, DrawChatPanel, composer);
  gtk_widget_class_bind_template_callback (widget_class, on_earlier_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_submit);
  gtk_widget_class_bind_template_callback (widget_class, on_typing);
  gtk_widget_class_bind_template_callback (widget_class, on_edit_last);
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
  g_queue_init (&self->whispers);
  gtk_widget_init_template (GTK_WIDGET (self));
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
  for (GtkWidget *row; (row = g_queue_pop_head (&self->whispers)) != NULL;)
    gtk_list_box_remove (self->list, row);
  draw_chat_composer_set_mode (self->composer, DRAW_CHAT_SAY, NULL, "", "");
  gtk_widget_set_visible (GTK_WIDGET (self->typing), FALSE);
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

  draw_chat_composer_set_can_write (self->composer, can_write);
}

void
draw_chat_panel_focus (DrawChatPanel *self)
{
  g_return_if_fail (DRAW_IS_CHAT_PANEL (self));

  draw_chat_composer_focus (self->composer);
}

/* --- Private words --- */

void
draw_chat_panel_begin_whisper (DrawChatPanel *self, DrawMember *member)
{
  g_autofree char *words = NULL;

  g_return_if_fail (DRAW_IS_CHAT_PANEL (self) && DRAW_IS_MEMBER (member));

  /* Translators: %s is a person's name */
  words = g_strdup_printf (_("Only for %s; not stored"), draw_member_get_name (member));
  draw_chat_composer_set_mode (self->composer, DRAW_CHAT_WHISPER, draw_member_get_id (member), words,
                               NULL);
  draw_chat_composer_focus (self->composer);
}

void
draw_chat_panel_add_whisper (DrawChatPanel *self, DrawMember *member, gboolean own, const char *text)
{
  g_autoptr (DrawMember) author = NULL;
  g_autofree char *words = NULL;
  BoardChat chat = { .id = "", .text = text, .time = g_get_real_time () / 1000 };
  GtkWidget *row;

  g_return_if_fail (DRAW_IS_CHAT_PANEL (self) && DRAW_IS_MEMBER (member) && text != NULL);

  author = own ? find_self (self) : g_object_ref (member);
  if (own)
    /* Translators: %s is a person's name */
    words = g_strdup_printf (_("Only for %s"), draw_member_get_name (member));
  row = draw_chat_row_new (&chat, author, DRAW_CHAT_ROW_PRIVATE,
                           words != NULL ? words : _("Only for you"));
  fill (self); /* it stands after what was said before it */
  gtk_list_box_append (self->list, row);
  g_queue_push_tail (&self->whispers, row);
  if (self->whispers.length > MAX_WHISPERS)
    gtk_list_box_remove (self->list, g_queue_pop_head (&self->whispers));
  self->after_whisper = TRUE;
  gtk_stack_set_visible_child_name (self->stack, "messages");
}

/* --- Who writes --- */

static gboolean
on_typing_over (gpointer user_data)
{
  DrawChatPanel *self = user_data;

  self->typing_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->typing), FALSE);
  return G_SOURCE_REMOVE;
}

void
draw_chat_panel_note_typing (DrawChatPanel *self, DrawMember *member)
{
  g_autofree char *words = NULL;

  g_return_if_fail (DRAW_IS_CHAT_PANEL (self) && DRAW_IS_MEMBER (member));

  /* Translators: %s is a person's name */
  words = g_strdup_printf (_("%s is writing…"), draw_member_get_name (member));
  gtk_label_set_text (self->typing, words);
  gtk_widget_set_visible (GTK_WIDGET (self->typing), TRUE);
  g_clear_handle_id (&self->typing_id, g_source_remove);
  self->typing_id = g_timeout_add_seconds (TYPING_SECONDS, on_typing_over, self);
}
