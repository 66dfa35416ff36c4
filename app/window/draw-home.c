/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-home.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sync/draw-library.h"
#include "widgets/draw-narrow-bin.h"
#include "board/board-link.h"
#include "window/draw-board-card.h"
#include "window/draw-shortcuts.h"
#include "window/draw-thumbnails.h"

struct _DrawHome
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *bin;
  GtkStack *stack;
  GtkFlowBox *grid;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkToggleButton *search_button;
  GtkRevealer *link_revealer;
  DrawNearbyList *nearby_list;
  GtkWidget *menu_button;
  GtkWidget *new_button;
  GtkWidget *join_button;

  /* owned */
  GCancellable *reading; /* of the list under way */
  GHashTable *hidden;    /* (element-type utf8) paths */
  char *link;            /* on the clipboard, or NULL */
};

enum
{
  BOARD_ACTIVATED,
  NEARBY_CHOSEN,
  VERB,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawHome, draw_home, GTK_TYPE_WIDGET)

static void
on_card_activated (GtkFlowBox *grid, GtkFlowBoxChild *card, DrawHome *self)
{
  g_autofree char *path = g_strdup (draw_board_card_get_path (DRAW_BOARD_CARD (card)));

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

/* --- the grid --- */

static gboolean
is_shown (GtkFlowBoxChild *card, gpointer user_data)
{
  DrawHome *self = user_data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  return !g_hash_table_contains (self->hidden,
                                 draw_board_card_get_path (DRAW_BOARD_CARD (card)))
         && draw_board_card_matches (DRAW_BOARD_CARD (card), text);
}

/* Boards, none that the search finds, or none at all. */
static void
choose_page (DrawHome *self)
{
  guint n_boards = 0, n_shown = 0;
  GtkWidget *card;

  for (card = gtk_widget_get_first_child (GTK_WIDGET (self->grid)); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    {
      n_boards += !g_hash_table_contains (self->hidden,
                                          draw_board_card_get_path (DRAW_BOARD_CARD (card)));
      n_shown += is_shown (GTK_FLOW_BOX_CHILD (card), self);
    }
  gtk_widget_set_visible (self->new_button, n_boards > 0);
  gtk_widget_set_visible (self->join_button, n_boards > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->search_button), n_boards > 0);
  gtk_stack_set_visible_child_name (
      self->stack, n_shown > 0 ? "boards" : (n_boards > 0 ? "nothing" : "empty"));
}

static void
on_search_changed (GtkSearchEntry *entry, DrawHome *self)
{
  gtk_flow_box_invalidate_filter (self->grid);
  choose_page (self);
}

static DrawBoardCard *
find_card (DrawHome *self, const char *path)
{
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->grid)); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    if (g_strcmp0 (draw_board_card_get_path (DRAW_BOARD_CARD (card)), path) == 0)
      return DRAW_BOARD_CARD (card);
  return NULL;
}

/* The path of the card that has the focus, or NULL. */
static char *
dup_focused_path (DrawHome *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *card
      = focus != NULL ? gtk_widget_get_ancestor (focus, DRAW_TYPE_BOARD_CARD) : NULL;

  return card != NULL ? g_strdup (draw_board_card_get_path (DRAW_BOARD_CARD (card))) : NULL;
}

static void
show_boards (DrawHome *self, GPtrArray *boards)
{
  g_autofree char *focused = dup_focused_path (self);
  int64_t now = g_get_real_time () / G_USEC_PER_SEC;
  DrawBoardCard *card;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_flow_box_remove (self->grid, child);
  for (guint i = 0; i < boards->len; i++)
    gtk_flow_box_append (self->grid, draw_board_card_new (boards->pdata[i], now));
  choose_page (self);
  card = focused != NULL ? find_card (self, focused) : NULL;
  if (card != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (card));
  else
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
  g_autoptr (GPtrArray) infos = draw_library_list (directory);
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify)draw_board_fact_free);

  for (guint i = 0; i < infos->len; i++)
    {
      DrawBoardFact *fact = g_new0 (DrawBoardFact, 1);

      fact->info = g_steal_pointer (&infos->pdata[i]);
      fact->picture = draw_thumbnails_load (fact->info->board);
      fact->names = draw_thumbnails_load_names (fact->info->board);
      g_ptr_array_add (facts, fact);
    }
  g_ptr_array_set_free_func (infos, NULL);
  g_task_return_pointer (task, facts, (GDestroyNotify)g_ptr_array_unref);
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

void
draw_home_set_hidden (DrawHome *self, const char *path, gboolean hidden)
{
  g_return_if_fail (DRAW_IS_HOME (self) && path != NULL);

  if (hidden)
    g_hash_table_add (self->hidden, g_strdup (path));
  else
    g_hash_table_remove (self->hidden, path);
  gtk_flow_box_invalidate_filter (self->grid);
  choose_page (self);
}

void
draw_home_search (DrawHome *self)
{
  g_return_if_fail (DRAW_IS_HOME (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/* --- a link on the clipboard --- */

static void
on_clipboard_text (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DrawHome) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (BoardLink) link = NULL;

  if (text != NULL && strnlen (text, 2000) < 2000)
    link = board_link_parse (g_strstrip (text), NULL);
  g_clear_pointer (&self->link, g_free);
  if (link != NULL)
    self->link = g_steal_pointer (&text);
  gtk_revealer_set_reveal_child (self->link_revealer, link != NULL);
}

/* Only looked at while Home is in front. */
static void
look_at_clipboard (DrawHome *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || !GTK_IS_WINDOW (root)
      || !gtk_window_is_active (GTK_WINDOW (root)))
    return;
  if (gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), G_TYPE_STRING))
    gdk_clipboard_read_text_async (clipboard, NULL, on_clipboard_text, g_object_ref (self));
  else
    gtk_revealer_set_reveal_child (self->link_revealer, FALSE);
}

static void
on_join_link_clicked (GtkButton *button, DrawHome *self)
{
  gtk_revealer_set_reveal_child (self->link_revealer, FALSE);
  if (self->link != NULL)
    g_signal_emit (self, signals[VERB], 0, "join", self->link, "");
}

static void
on_link_dismissed (GtkButton *button, DrawHome *self)
{
  gtk_revealer_set_reveal_child (self->link_revealer, FALSE);
}

/* --- boards near --- */

static void
on_nearby_chosen (DrawNearbyList *list, DrawNearbyBoard *board, DrawHome *self)
{
  g_signal_emit (self, signals[NEARBY_CHOSEN], 0, board);
}

void
draw_home_set_nearby (DrawHome *self, DrawNearby *nearby, DrawNearbyFilter is_own, gpointer user_data)
{
  g_return_if_fail (DRAW_IS_HOME (self));

  draw_nearby_list_set_nearby (self->nearby_list, nearby, is_own, user_data);
}

/* --- verbs --- */

static void
on_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DrawHome *self = DRAW_HOME (widget);
  g_autofree char *path = g_variant_dup_string (parameter, NULL);
  DrawBoardCard *card = find_card (self, path);
  g_autofree char *title = card != NULL ? g_strdup (draw_board_card_get_title (card)) : NULL;

  if (card != NULL)
    g_signal_emit (self, signals[VERB], 0, name + strlen ("home."), path, title);
}

/* --- GtkWidget --- */

static void
draw_home_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (draw_home_parent_class)->map (widget);
  draw_home_refresh (DRAW_HOME (widget));
  look_at_clipboard (DRAW_HOME (widget));
}

static void
draw_home_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (draw_home_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active",
                           G_CALLBACK (look_at_clipboard), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_clipboard (widget), "changed",
                           G_CALLBACK (look_at_clipboard), widget, G_CONNECT_SWAPPED);
}

static void
draw_home_finalize (GObject *object)
{
  DrawHome *self = DRAW_HOME (object);

  g_hash_table_unref (self->hidden);
  g_free (self->link);
  G_OBJECT_CLASS (draw_home_parent_class)->finalize (object);
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

static const char *const verbs[]
    = { "home.rename", "home.duplicate", "home.export", "home.delete" };

static void
draw_home_class_init (DrawHomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_home_dispose;
  G_OBJECT_CLASS (klass)->finalize = draw_home_finalize;
  widget_class->map = draw_home_map;
  widget_class->root = draw_home_root;
  signals[BOARD_ACTIVATED] = g_signal_new ("board-activated", DRAW_TYPE_HOME, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NEARBY_CHOSEN]
      = g_signal_new ("nearby-chosen", DRAW_TYPE_HOME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, DRAW_TYPE_NEARBY_BOARD);
  signals[VERB] = g_signal_new ("verb", DRAW_TYPE_HOME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    gtk_widget_class_install_action (widget_class, verbs[i], "s", on_verb);
  g_type_ensure (DRAW_TYPE_NARROW_BIN);
  g_type_ensure (DRAW_TYPE_NEARBY_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/drawbridge/Drawbridge/ui/draw-home.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawHome, bin);
  gtk_widget_class_bind_template_child (widget_class, DrawHome, stack);
  gtk_widget_class_bind_template_child (widget_class, DrawHome, grid);
  gtk_widget_class_bind_template_child (widget_class, DrawHome, search_bar);
  gtk_widget_class_bind_template_child (widget_class, DrawHome, search_entry);
  gtk_widget_class_bind_template_child (widget_class, DrawHome, search_button);
  gtk_widget_class_bind_template_child (widget_class, DrawHome, link_revealer);
  gtk_widget_class_bind_template_child (widget_class, DrawHome, nearby_list);
  gtk_widget_class_bind_template_child (widget_class, DrawHome, menu_button);
  gtk_widget_class_bind_template_child (widget_class, DrawHome, new_button);
  gtk_widget_class_bind_template_child (widget_class, DrawHome, join_button);
  gtk_widget_class_bind_template_callback (widget_class, on_card_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_join_link_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_link_dismissed);
  gtk_widget_class_bind_template_callback (widget_class, on_nearby_chosen);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
draw_home_init (DrawHome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_flow_box_set_filter_func (self->grid, is_shown, self, NULL);
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  draw_shortcuts_describe (GTK_WIDGET (self->search_button), _("Search"), "win.search", NULL);
  draw_shortcuts_describe (self->new_button, _("New Board"), "win.new-board", NULL);
  draw_shortcuts_describe (self->join_button, _("Join a Board"), "win.join", NULL);
  draw_shortcuts_describe (self->menu_button, _("Main Menu"), DRAW_SHORTCUTS_MENU, NULL);
}
