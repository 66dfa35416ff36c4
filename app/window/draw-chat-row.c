/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-chat-row.h"

#include <glib/gi18n.h>

#include "widgets/draw-readable.h"
#include "window/draw-chat-text.h"

#define FOLD_CHARACTERS 600
#define FOLD_LINES 12

struct _DrawChatRow
{
  GtkListBoxRow parent_instance;

  /* template */
  GtkWidget *head;
  GtkLabel *author;
  GtkLabel *time;
  GtkLabel *text;
  GtkWidget *more;
  GtkLabel *reply;
  GtkButton *place;
  GtkMenuButton *menu;

  /* owned */
  DrawMember *member; /* the author, NULL when unknown */
  char *id;
  char *whole;
  int64_t sent; /* ms since the epoch; 0 while it is pending */
  gboolean edited, deleted;
};

G_DEFINE_FINAL_TYPE (DrawChatRow, draw_chat_row, GTK_TYPE_LIST_BOX_ROW)

char *
draw_chat_row_fold (const char *text, gboolean *folded)
{
  const char *end = text;
  guint lines = 1;

  g_return_val_if_fail (text != NULL && folded != NULL, NULL);

  for (guint n = 0; *end != '\0' && n < FOLD_CHARACTERS; n++, end = g_utf8_next_char (end))
    if (*end == '\n' && ++lines > FOLD_LINES)
      break;
  *folded = *end != '\0';
  return *folded ? g_strdup_printf ("%.*s…", (int) (end - text), text) : g_strdup (text);
}

/* Links are the one markup that there is; text without one never meets a parser. */
static void
show_text (DrawChatRow *self, const char *text)
{
  g_autofree char *clean = draw_chat_text_clean (text);
  gboolean links;
  g_autofree char *markup = draw_chat_text_to_markup (clean, &links);

  if (links)
    gtk_label_set_markup (self->text, markup);
  else
    gtk_label_set_text (self->text, clean);
}

static gboolean
on_activate_link (GtkLabel *label, const char *uri, DrawChatRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "message.open-link", "s", uri);
  return GDK_EVENT_STOP;
}

static void
on_more_clicked (GtkButton *button, DrawChatRow *self)
{
  show_text (self, self->whole);
  gtk_widget_set_visible (self->more, FALSE);
}

static void
set_color (DrawChatRow *self, const char *color)
{
  GdkRGBA rgba;
  g_autoptr (PangoAttrList) attrs = NULL;

  if (color == NULL || !gdk_rgba_parse (&rgba, color))
    return;
  draw_readable_adjust (&rgba, adw_style_manager_get_dark (adw_style_manager_get_default ()));
  attrs = pango_attr_list_new ();
  pango_attr_list_insert (attrs, pango_attr_foreground_new ((guint16) (rgba.red * 65535),
                                                            (guint16) (rgba.green * 65535),
                                                            (guint16) (rgba.blue * 65535)));
  gtk_label_set_attributes (self->author, attrs);
}

static void
show_author (DrawChatRow *self)
{
  gtk_label_set_text (self->author, draw_member_get_name (self->member));
  set_color (self, draw_member_get_color (self->member));
}

static void
show_time (DrawChatRow *self)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *text = NULL;

  if (self->sent > 0)
    time = g_date_time_new_from_unix_local (self->sent / 1000);
  if (time != NULL)
    /* Translators: the time of a message as g_date_time_format() writes it */
    text = g_date_time_format (time, _("%H:%M"));
  if (text != NULL && self->edited)
    {
      g_autofree char *plain = g_steal_pointer (&text);

      /* Translators: %s is the time of a message that was changed later */
      text = g_strdup_printf (_("%s, edited"), plain);
    }
  gtk_label_set_text (self->time, text != NULL ? text : "");
  if (time != NULL)
    {
      g_autofree char *date = g_date_time_format (time, "%c");
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->time), date);
    }
}

static void
draw_chat_row_finalize (GObject *object)
{
  DrawChatRow *self = DRAW_CHAT_ROW (object);

  g_clear_object (&self->member);
  g_free (self->id);
  g_free (self->whole);
  G_OBJECT_CLASS (draw_chat_row_parent_class)->finalize (object);
}

static void
draw_chat_row_class_init (DrawChatRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = draw_chat_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/drawbridge/Drawbridge/ui/draw-chat-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawChatRow, head);
  gtk_widget_class_bind_template_child (widget_class, DrawChatRow, author);
  gtk_widget_class_bind_template_child (widget_class, DrawChatRow, time);
  gtk_widget_class_bind_template_child (widget_class, DrawChatRow, text);
  gtk_widget_class_bind_template_child (widget_class, DrawChatRow, more);
  gtk_widget_class_bind_template_child (widget_class, DrawChatRow, reply);
  gtk_widget_class_bind_template_child (widget_class, DrawChatRow, place);
  gtk_widget_class_bind_template_child (widget_class, DrawChatRow, menu);
  gtk_widget_class_bind_template_callback (widget_class, on_more_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_link);
}

static void
draw_chat_row_init (DrawChatRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_item (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static void
make_menu (DrawChatRow *self, const BoardChat *chat, DrawChatRowFlags flags)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  gboolean own = self->member != NULL && draw_member_is_self (self->member);

  if (!chat->deleted && (flags & DRAW_CHAT_ROW_PRIVATE) == 0)
    {
      add_item (menu, _("_Reply"), "message.reply", chat->id);
      add_item (menu, _("_Copy"), "message.copy", chat->id);
      if (own)
        add_item (menu, _("_Edit"), "message.edit", chat->id);
      if (own)
        add_item (menu, _("_Delete"), "message.delete", chat->id);
    }
  gtk_menu_button_set_menu_model (self->menu, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self->menu),
                          g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0);
}

static void
watch_author (DrawChatRow *self, DrawMember *member)
{
  self->member = g_object_ref (member);
  g_signal_connect_object (member, "notify::name", G_CALLBACK (show_author), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (member, "notify::color", G_CALLBACK (show_author), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (show_author), self, G_CONNECT_SWAPPED);
  show_author (self);
}

static void
show_message (DrawChatRow *self, const BoardChat *chat)
{
  g_autofree char *shown = NULL;
  gboolean folded = FALSE;

  if (chat->deleted)
    gtk_label_set_text (self->text, _("Message deleted"));
  else
    {
      shown = draw_chat_row_fold (chat->text, &folded);
      show_text (self, shown);
    }
  if (chat->deleted)
    gtk_widget_add_css_class (GTK_WIDGET (self->text), "dim-label");
  gtk_widget_set_visible (self->more, folded);
  gtk_widget_set_visible (GTK_WIDGET (self->place), chat->has_place && !chat->deleted);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->place), "s", chat->id);
}

static void
apply_flags (DrawChatRow *self, const BoardChat *chat, DrawChatRowFlags flags)
{
  gboolean continued = (flags & DRAW_CHAT_ROW_CONTINUED) != 0;

  gtk_widget_set_visible (self->head, !continued || chat->time == 0 || chat->edited);
  gtk_widget_set_visible (GTK_WIDGET (self->author), !continued);
  if (continued)
    gtk_widget_add_css_class (GTK_WIDGET (self), "continued");
  if (flags & DRAW_CHAT_ROW_MENTION)
    gtk_widget_add_css_class (GTK_WIDGET (self), "mention");
  if (flags & DRAW_CHAT_ROW_PRIVATE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "private");
}

GtkWidget *
draw_chat_row_new (const BoardChat *chat,
                   DrawMember *member,
                   DrawChatRowFlags flags,
                   const char *reply)
{
  DrawChatRow *self = g_object_new (DRAW_TYPE_CHAT_ROW, NULL);

  self->id = g_strdup (chat->id);
  self->whole = g_strdup (chat->text);
  self->sent = chat->time;
  self->edited = chat->edited;
  self->deleted = chat->deleted;
  show_message (self, chat);
  show_time (self);
  if (member != NULL)
    watch_author (self, member);
  else
    gtk_label_set_text (self->author, _("Somebody"));
  gtk_label_set_text (self->reply, reply != NULL ? reply : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reply), reply != NULL);
  make_menu (self, chat, flags);
  apply_flags (self, chat, flags);
  return GTK_WIDGET (self);
}

void
draw_chat_row_set_shared (DrawChatRow *self, gboolean shared)
{
  g_return_if_fail (DRAW_IS_CHAT_ROW (self));

  if (self->sent == 0)
    gtk_label_set_text (self->time, shared ? _("waiting") : "");
}

gboolean
draw_chat_row_has_author (DrawChatRow *self)
{
  g_return_val_if_fail (DRAW_IS_CHAT_ROW (self), FALSE);

  return self->member != NULL;
}

gboolean
draw_chat_row_shows (DrawChatRow *self, const BoardChat *chat)
{
  g_return_val_if_fail (DRAW_IS_CHAT_ROW (self), FALSE);

  return self->sent == chat->time && self->edited == chat->edited
         && self->deleted == chat->deleted && g_strcmp0 (self->id, chat->id) == 0
         && g_strcmp0 (self->whole, chat->text) == 0;
}
