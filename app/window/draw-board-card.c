/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-board-card.h"

#include <glib/gi18n.h>

#include "window/draw-thumbnails.h"
#include "window/draw-words.h"

struct _DrawBoardCard
{
  GtkFlowBoxChild parent_instance;

  /* template */
  GtkStack *stack;
  GtkPicture *picture;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkWidget *shared_icon;
  GtkMenuButton *menu_button;

  /* owned */
  char *path;
  char *board;
  char *haystack; /* what a search looks at, folded */
};

G_DEFINE_FINAL_TYPE (DrawBoardCard, draw_board_card, GTK_TYPE_FLOW_BOX_CHILD)

void
draw_board_fact_free (DrawBoardFact *fact)
{
  draw_board_info_free (fact->info);
  g_clear_object (&fact->picture);
  g_free (fact->names);
  g_free (fact);
}

static void
draw_board_card_finalize (GObject *object)
{
  DrawBoardCard *self = DRAW_BOARD_CARD (object);

  g_free (self->path);
  g_free (self->board);
  g_free (self->haystack);
  G_OBJECT_CLASS (draw_board_card_parent_class)->finalize (object);
}

static void
draw_board_card_class_init (DrawBoardCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = draw_board_card_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/drawbridge/Drawbridge/ui/draw-board-card.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawBoardCard, stack);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardCard, picture);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardCard, title);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardCard, subtitle);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardCard, shared_icon);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardCard, menu_button);
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, DrawBoardCard *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_menu_button_popup (self->menu_button);
}

static void
draw_board_card_init (DrawBoardCard *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
add_item (GMenu *menu, const char *label, const char *action, const char *path)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", path);
  g_menu_append_item (menu, item);
}

static void
make_menu (DrawBoardCard *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  add_item (menu, _("_Rename…"), "home.rename", self->path);
  add_item (menu, _("_Duplicate"), "home.duplicate", self->path);
  add_item (menu, _("_Export…"), "home.export", self->path);
  add_item (menu, _("D_elete"), "home.delete", self->path);
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (menu));
}

static void
add_key (DrawBoardCard *self, GtkShortcutController *keys, guint key, const char *action)
{
  GtkShortcut *shortcut
      = gtk_shortcut_new (gtk_keyval_trigger_new (key, 0), gtk_named_action_new (action));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_string (self->path));
  gtk_shortcut_controller_add_shortcut (keys, shortcut);
}

static void
add_keys (DrawBoardCard *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  add_key (self, GTK_SHORTCUT_CONTROLLER (keys), GDK_KEY_F2, "home.rename");
  add_key (self, GTK_SHORTCUT_CONTROLLER (keys), GDK_KEY_Delete, "home.delete");
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static char *
make_subtitle (const DrawBoardFact *fact, int64_t now)
{
  g_autofree char *when = draw_words_when (fact->info->changed, now);
  g_autofree char *waiting = NULL;

  if (fact->info->shared && fact->info->n_waiting > 0)
    waiting = g_strdup_printf (
        ngettext ("%u change waiting", "%u changes waiting", fact->info->n_waiting),
        fact->info->n_waiting);
  return g_strjoin (" · ", when, waiting != NULL ? waiting : fact->names, NULL);
}

/* As large as a card likes to be: two of its pixels in one, for screens that have them. */
static void
set_picture (DrawBoardCard *self, GdkTexture *picture)
{
  const graphene_size_t size = { DRAW_THUMBNAIL_WIDTH / 2.0f, DRAW_THUMBNAIL_HEIGHT / 2.0f };
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GdkPaintable) paintable = NULL;

  gtk_snapshot_append_texture (snapshot, picture, &(graphene_rect_t){ { 0, 0 }, size });
  paintable = gtk_snapshot_free_to_paintable (snapshot, &size);
  gtk_picture_set_paintable (self->picture, paintable);
}

GtkWidget *
draw_board_card_new (const DrawBoardFact *fact, int64_t now)
{
  DrawBoardCard *self;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (fact != NULL, NULL);

  self = g_object_new (DRAW_TYPE_BOARD_CARD, NULL);
  self->path = g_strdup (fact->info->path);
  self->board = g_strdup (fact->info->board);
  title = draw_words_title (fact->info->title);
  subtitle = make_subtitle (fact, now);
  text = g_strjoin ("\n", title, fact->names, NULL);
  self->haystack = g_utf8_casefold (text, -1);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), title);
  gtk_widget_set_visible (self->shared_icon, fact->info->shared);
  if (fact->picture != NULL)
    set_picture (self, fact->picture);
  gtk_stack_set_visible_child_name (self->stack, fact->picture != NULL ? "picture" : "none");
  g_free (text);
  text = g_strdup_printf ("%s, %s", title, subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  make_menu (self);
  add_keys (self);
  return GTK_WIDGET (self);
}

const char *
draw_board_card_get_path (DrawBoardCard *self)
{
  g_return_val_if_fail (DRAW_IS_BOARD_CARD (self), NULL);

  return self->path;
}

const char *
draw_board_card_get_board (DrawBoardCard *self)
{
  g_return_val_if_fail (DRAW_IS_BOARD_CARD (self), NULL);

  return self->board;
}

const char *
draw_board_card_get_title (DrawBoardCard *self)
{
  g_return_val_if_fail (DRAW_IS_BOARD_CARD (self), NULL);

  return gtk_label_get_text (self->title);
}

gboolean
draw_board_card_matches (DrawBoardCard *self, const char *text)
{
  g_autofree char *needle = NULL;

  g_return_val_if_fail (DRAW_IS_BOARD_CARD (self) && text != NULL, FALSE);

  needle = g_utf8_casefold (text, -1);
  return strstr (self->haystack, needle) != NULL;
}
