/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-chat-row.h"

#include <glib/gi18n.h>

#include "widgets/draw-readable.h"

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

  /* owned */
  DrawMember *member; /* the author, NULL when unknown */
  char *id;
  char *whole;
  int64_t sent; /* ms since the epoch; 0 while it is pending */
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

static void
on_more_clicked (GtkButton *button, DrawChatRow *self)
{
  gtk_label_set_text (self->text, self->whole);
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
  gtk_widget_class_bind_template_callback (widget_class, on_more_clicked);
}

static void
draw_chat_row_init (DrawChatRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
draw_chat_row_new (const BoardChat *chat, DrawMember *member, gboolean continued)
{
  DrawChatRow *self = g_object_new (DRAW_TYPE_CHAT_ROW, NULL);
  g_autofree char *shown = NULL;
  gboolean folded;

  self->id = g_strdup (chat->id);
  self->whole = g_strdup (chat->text);
  self->sent = chat->time;
  shown = draw_chat_row_fold (chat->text, &folded);
  gtk_label_set_text (self->text, shown);
  gtk_widget_set_visible (self->more, folded);
  show_time (self);
  if (member != NULL)
    {
      self->member = g_object_ref (member);
      g_signal_connect_object (member, "notify", G_CALLBACK (show_author), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                               G_CALLBACK (show_author), self, G_CONNECT_SWAPPED);
      show_author (self);
    }
  else
    gtk_label_set_text (self->author, _("Somebody"));
  gtk_widget_set_visible (self->head, !continued || chat->time == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->author), !continued);
  if (continued)
    gtk_widget_add_css_class (GTK_WIDGET (self), "continued");
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

  return self->sent == chat->time && g_strcmp0 (self->id, chat->id) == 0
         && g_strcmp0 (self->whole, chat->text) == 0;
}
