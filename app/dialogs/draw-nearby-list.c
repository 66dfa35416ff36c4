/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-nearby-list.h"

#include <glib/gi18n.h>

/* Rows without scrolling. */
#define HEIGHT_MAX 230

struct _DrawNearbyList
{
  GtkWidget parent_instance;

  /* owned by the widget tree */
  GtkWidget *box;
  GtkWidget *scroller;
  GtkListBox *list;
  GtkLabel *words;

  /* owned */
  DrawNearby *nearby;

  DrawNearbyFilter is_own;
  gpointer user_data;
  gboolean talkative;
  gboolean holding;
};

enum
{
  PROP_0,
  PROP_TALKATIVE,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawNearbyList, draw_nearby_list, GTK_TYPE_WIDGET)

/* --- Rows --- */

static GtkWidget *
make_row (DrawNearbyBoard *board)
{
  const char *title = draw_nearby_board_get_title (board);
  const char *person = draw_nearby_board_get_person (board);
  const char *host = draw_nearby_board_get_host (board);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = NULL;

  /* Translators: the first %s is a person, the second the address of a computer. */
  subtitle = *person != '\0' ? g_strdup_printf (_("Hosted by %s · %s"), person, host) : g_strdup (host);
  /* First, or what a stranger wrote would be read as markup for a moment. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *title != '\0' ? title : _("Untitled"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, _("Join this board…"));
  g_object_set_data_full (G_OBJECT (row), "board", g_object_ref (board), g_object_unref);
  return row;
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, DrawNearbyList *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, g_object_get_data (G_OBJECT (row), "board"));
}

static guint
fill (DrawNearbyList *self)
{
  GListModel *boards = draw_nearby_get_boards (self->nearby);
  GtkWidget *row;
  guint n = 0;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < g_list_model_get_n_items (boards); i++)
    {
      g_autoptr (DrawNearbyBoard) board = g_list_model_get_item (boards, i);

      if (self->is_own != NULL && self->is_own (draw_nearby_board_get_id (board), self->user_data))
        continue;
      gtk_list_box_append (self->list, make_row (board));
      n++;
    }
  return n;
}

static void
update (DrawNearbyList *self)
{
  guint n = fill (self);

  gtk_label_set_text (self->words, draw_nearby_get_state (self->nearby) == DRAW_NEARBY_UNAVAILABLE
                                       ? _("Boards near you cannot be found: the service Avahi does "
                                           "not run on this computer.")
                                       : _("No board is announced near you."));
  gtk_widget_set_visible (GTK_WIDGET (self->words), n == 0 && self->talkative);
  gtk_widget_set_visible (self->scroller, n > 0);
  gtk_widget_set_visible (self->box, n > 0 || self->talkative);
}

/* --- GtkWidget --- */

/* The network is asked only while somebody looks. */
static void
set_holding (DrawNearbyList *self, gboolean holding)
{
  if (self->nearby == NULL || self->holding == holding)
    return;
  self->holding = holding;
  if (holding)
    draw_nearby_hold (self->nearby);
  else
    draw_nearby_release (self->nearby);
}

static void
draw_nearby_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (draw_nearby_list_parent_class)->map (widget);
  set_holding (DRAW_NEARBY_LIST (widget), TRUE);
}

static void
draw_nearby_list_unmap (GtkWidget *widget)
{
  set_holding (DRAW_NEARBY_LIST (widget), FALSE);
  GTK_WIDGET_CLASS (draw_nearby_list_parent_class)->unmap (widget);
}

static void
draw_nearby_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TALKATIVE)
    DRAW_NEARBY_LIST (object)->talkative = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
draw_nearby_list_dispose (GObject *object)
{
  DrawNearbyList *self = DRAW_NEARBY_LIST (object);

  set_holding (self, FALSE);
  if (self->nearby != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->nearby, self);
      g_signal_handlers_disconnect_by_data (draw_nearby_get_boards (self->nearby), self);
    }
  g_clear_object (&self->nearby);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (draw_nearby_list_parent_class)->dispose (object);
}

static void
draw_nearby_list_class_init (DrawNearbyListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = draw_nearby_list_set_property;
  object_class->dispose = draw_nearby_list_dispose;
  widget_class->map = draw_nearby_list_map;
  widget_class->unmap = draw_nearby_list_unmap;
  props[PROP_TALKATIVE] = g_param_spec_boolean (
      "talkative", NULL, NULL, FALSE,
      G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHOSEN] = g_signal_new ("chosen", DRAW_TYPE_NEARBY_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, DRAW_TYPE_NEARBY_BOARD);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_list (DrawNearbyList *self)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Near You"), -1);
  g_signal_connect (list, "row-activated", G_CALLBACK (on_row_activated), self);
  return list;
}

static void
draw_nearby_list_init (DrawNearbyList *self)
{
  GtkWidget *heading = make_label (_("Near You"), "heading");
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_visible (self->box, FALSE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->scroller = scroller;
  self->list = GTK_LIST_BOX (make_list (self));
  self->words = GTK_LABEL (make_label (NULL, "dim-label"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), HEIGHT_MAX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_widget_add_css_class (scroller, "nearby");
  gtk_box_append (GTK_BOX (self->box), heading);
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->words));
}

void
draw_nearby_list_set_nearby (DrawNearbyList *self, DrawNearby *nearby, DrawNearbyFilter is_own,
                             gpointer user_data)
{
  g_return_if_fail (DRAW_IS_NEARBY_LIST (self) && DRAW_IS_NEARBY (nearby) && self->nearby == NULL);

  self->nearby = g_object_ref (nearby);
  self->is_own = is_own;
  self->user_data = user_data;
  g_signal_connect_swapped (nearby, "notify::state", G_CALLBACK (update), self);
  g_signal_connect_swapped (draw_nearby_get_boards (nearby), "items-changed", G_CALLBACK (update), self);
  set_holding (self, gtk_widget_get_mapped (GTK_WIDGET (self)));
  update (self);
}
